"""Labelled sets, what is scored on them, reports with pictures, and the baseline that may not be fallen below."""
