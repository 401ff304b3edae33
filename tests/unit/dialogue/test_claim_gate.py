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


@pytest.mark.parametrize(
    "text",
    [
        "Could you write down why they hope that the cells can mend nerves?",
        "Good morning, please explain why our stem cells cure MS",
        "Give me two sentences on how stem cells repair myelin",
    ],
)
def test_request_to_the_assistant_claims_nothing(text):
    ctx = context("claim", text=text, claims=[claim(text=text, probability=0.99)])

    assert gate_claims(ctx).claims == ()
    assert gate_claims(ctx).situation != "claim"


@pytest.mark.parametrize(
    "text",
    [
        "Can you tell me whether our stem cells cure MS?",
        "Could you explain to me if it is true that they cure MS?",
        "Our stem cells cure MS",
    ],
)
def test_question_whether_something_is_true_keeps_its_claim(text):
    assert len(gate_claims(context("claim", text=text, claims=[claim(text=text, probability=0.99)])).claims) == 1


def test_filler_beside_a_claim_is_no_claim():
    text = "Seeing, I mean. Will they give me my sight back?"
    said = [
        claim("reversal", "asked", "I mean.", 8),
        claim("reversal", "asked", "Will they give me my sight back?", 16),
    ]

    assert [one.start for one in gate_claims(context("claim", text=text, claims=said)).claims] == [16]


@pytest.mark.parametrize(
    ("type", "text", "cut"),
    [
        ("no-risk", "My cousin (a baker, you know) says the drip is safe.", "you know) says the drip is safe."),
        ("cure-all", "It helps with asthma, lupus and bad knees.", "lupus and bad knees."),
    ],
)
def test_claim_cut_in_a_bracket_or_a_list_gets_its_whole_sentence(type, text, cut):
    said = [claim(type, "reported", cut, text.index(cut), probability=0.99)]

    (whole,) = gate_claims(context("claim", text=text, claims=said)).claims

    assert (whole.text, whole.start, whole.end) == (text, 0, len(text))
