"""Reads the text of what people hold in their hands: files, saved pages, mails and photos."""
