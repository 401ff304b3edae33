"""Rasa's graph components and its channel; named in config.yml and credentials.yml."""
