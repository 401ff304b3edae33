"""The project's content, read once for all tests."""

from stemcheck.content.library import load_library

LIBRARY = load_library()
