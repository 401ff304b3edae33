"""Conversations in the database: the only place that imports SQLAlchemy."""
