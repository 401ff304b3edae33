"""Reads a message: its situations, who says what of which cells, the feeling, the degree of alarm, the language, the claims."""
