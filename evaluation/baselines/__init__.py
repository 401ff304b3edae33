"""What most would build instead, scored in the same run."""
