"""Feelings, pleas and talk that sound like a claim make none; what is certain counts whatever it stands beside."""

import pytest

from stemcheck.dialogue.claims.claim_gate import TALK_GROUPS, gate_claims
from tests.parse_data import claim
from tests.turns import LIBRARY, THRESHOLDS, context

DOUBTFUL = THRESHOLDS.claim_certain - 0.1
SURE = THRESHOLDS.sure + 0.05
TALK = [next(name for name in LIBRARY.situations if name.startswith(f"{group}/")) for group in sorted(TALK_GROUPS)]


def kept(situation, probability=DOUBTFUL, **more):
    """Return the claims that a message keeps."""
    return gate_claims(context(situation, claims=[claim(probability=probability)], **more)).claims


@pytest.mark.parametrize("situation", TALK)
def test_doubtful_claim_in_talk_is_none(situation):
    assert kept(situation) == ()
    assert kept(situation, confidence=SURE, ranking=[("claim", 0.4)]) == ()


@pytest.mark.parametrize("situation", [*TALK, "ahsct/risks"])
def test_certain_claim_counts_whatever_the_message_is_about(situation):
    assert len(kept(situation, probability=THRESHOLDS.claim_certain)) == 1


def test_doubtful_claim_beside_a_sure_question_is_none_where_nothing_else_speaks_for_it():
    assert kept("ahsct/risks") == ()


def test_doubtful_claim_stays_where_the_message_reads_like_a_claim():
    assert len(kept("claim")) == 1
    assert len(kept("ahsct/risks", confidence=SURE, ranking=[("claim", THRESHOLDS.claim_gate + 0.05)])) == 1


def test_doubtful_claim_stays_where_nothing_is_sure():
    assert len(kept("ahsct/risks", confidence=THRESHOLDS.sure - 0.05)) == 1


def test_pasted_text_keeps_its_claims():
    assert len(kept(TALK[0], is_pasted=True)) == 1
