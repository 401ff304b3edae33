"""The sentence model: text in, vectors out."""
