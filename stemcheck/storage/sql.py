"""The names of SQLAlchemy that the rest of the program may use: in types, and to catch what the database raises."""

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

__all__ = ["Connection", "Engine", "SQLAlchemyError"]
