"""However a text arrives: one step that makes it plain to read, and knows where each letter stood."""
