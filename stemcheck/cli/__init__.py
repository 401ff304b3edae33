"""The command `stemcheck`, one file a command."""
