"""What the assistant does, one action a file: each turns the move that the policy planned for it into a message."""
