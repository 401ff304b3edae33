"""Checks a folder: one page, tables of its claims and warning signs, and a journal by which a broken run goes on."""
