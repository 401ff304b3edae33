"""What the assistant says: replies composed from data/, with what was said before in mind."""
