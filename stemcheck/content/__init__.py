"""The content of data/: its shape, its checks. Knows nothing of Rasa."""
