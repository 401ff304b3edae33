"""Claims without doubles."""

from stemcheck.claims.doubles import without_doubles
from stemcheck.claims.found_claim import FoundClaim


def claim(start, text, *, type="cure", mode="asserted", probability=0.9, is_confirmed=True):
    return FoundClaim(type, mode, start, start + len(text), text, probability, is_confirmed)


def test_the_same_words_twice_are_one_claim_at_the_likelier_place():
    found = without_doubles([claim(0, "We cure MS.", probability=0.7), claim(90, "we cure  MS")])

    assert [one.start for one in found] == [90]


def test_two_that_overlap_are_one():
    assert len(without_doubles([claim(0, "We cure MS for good"), claim(3, "cure MS", probability=0.8)])) == 1


def test_a_confirmed_claim_outdoes_a_likelier_one_that_only_may_be():
    (found,) = without_doubles([claim(0, "cure MS", is_confirmed=False), claim(40, "Cure MS", probability=0.6)])

    assert found.is_confirmed


def test_other_types_other_modes_and_other_words_stay():
    claims = [
        claim(0, "cure MS"),
        claim(0, "cure MS", type="proof"),
        claim(50, "cure MS", mode="asked"),
        claim(90, "heal MS"),
    ]

    assert len(without_doubles(claims)) == 4
