"""The one network that reads a text: all-MiniLM-L6-v2, tuned by `make train`, with a head for claims, one for mode, one for intents."""
