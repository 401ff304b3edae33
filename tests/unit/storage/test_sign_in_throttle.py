"""Tries of a password are counted one after the other, in either database."""

from stemcheck.storage.database import transaction
from stemcheck.storage.sign_in_throttle import MAX_TRIES, WINDOW_SECONDS, count_try
from tests.unit.storage.test_store import at_once


def test_of_tries_at_the_same_moment_no_more_than_the_limit_are_made(engine):
    waits = []

    def try_once():
        with transaction(engine) as connection:
            waits.append(count_try(connection, 1000.0, name="ana", address="10.0.0.1"))

    problems = at_once(12, try_once)

    assert [problem for problem in problems if problem] == []
    assert waits.count(0) == MAX_TRIES["name"] and len(waits) == 12


def test_the_wait_ends_with_the_window(engine):
    with transaction(engine) as connection:
        for second in range(5):
            assert count_try(connection, 1000.0 + second, name="ana") == 0
        assert count_try(connection, 1010.0, name="ana") == WINDOW_SECONDS - 10
        assert count_try(connection, 1000.0 + WINDOW_SECONDS, name="ana") == 0
