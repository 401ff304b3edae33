"""Passwords of reviewers, kept as argon2id hashes."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 256
LONGEST_JUDGED = 72  # characters; more take zxcvbn long, and are no weaker
LEAST_SCORE = 3  # of 0 to 4: ten thousand million guesses or more
HASHER = PasswordHasher()  # argon2id, with the parameters of RFC 9106's second choice


def find_fault(password: str, *known: str) -> str:
    """Return what is wrong with a new password, or nothing. `known` are words that anybody would try, such as the name."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} characters."
    from zxcvbn import zxcvbn  # 30,000 words that most people never need to load

    told = zxcvbn(password[:LONGEST_JUDGED], user_inputs=[*known, "stemcheck"])
    if told["score"] >= LEAST_SCORE:
        return ""
    why = told["feedback"]["warning"]
    return f"This password is too easy to guess. {why}{' ' if why else ''}Add another word or two, uncommon ones."


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
