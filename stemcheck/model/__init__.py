"""The one model that reads a text: all-mpnet-base-v2 with adapters, in eight bits, and small heads that `make refit` fits."""
