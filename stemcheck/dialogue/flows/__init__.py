"""What the moves of each flow say."""
