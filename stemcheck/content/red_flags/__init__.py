"""Signs in how something is sold that a careful reader would stop at, and that are no claim about the treatment."""
