"""A package by name, since one of ours brings another `tests`."""
