"""Find the claims in a text. The only place that imports spaCy."""
