"""Passwords of reviewers, kept as argon2id hashes."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 256
HASHER = PasswordHasher()  # argon2id, with the parameters of RFC 9106's second choice


def find_fault(password: str) -> str:
    """Return what is wrong with a new password, or nothing."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} characters."
    if len(set(password)) < 5:
        return "This password is too easy to guess: use more different characters."
    return ""


def hash_password(password: str) -> str:
    """Return the hash to keep."""
    return HASHER.hash(password)


def fits(password: str, kept: str) -> bool:
    """Return whether a password is the one of a hash. An empty hash takes as long, so that nobody learns who is known."""
    try:
        return HASHER.verify(kept or _nobody(), password[:LONGEST]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return HASHER.hash("a password that nobody has")
