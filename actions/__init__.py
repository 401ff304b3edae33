"""Rasa's door: read the tracker, ask stemcheck.answers, utter. One action a file."""
