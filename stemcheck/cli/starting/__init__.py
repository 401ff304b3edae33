"""What must be in order before anything starts, and what is told when it is not."""
