"""What to do about a message: the reading, the state, one table of named rules, and the plan that they make."""
