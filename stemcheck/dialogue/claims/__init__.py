"""What is done about claims: which count, who makes them, how they are judged, and what a message points at later."""
