"""What was read in a message, what is remembered of a conversation, and what a reply is."""
