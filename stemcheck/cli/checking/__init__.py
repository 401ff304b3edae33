"""What `stemcheck check` is made of: reading its input, writing each kind of output."""
