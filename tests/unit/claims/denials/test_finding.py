"""Short denials, each of a kind, and near twins that deny nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemcheck.claims.denials.finding import apply_denials, find_agreed, find_denied
from stemcheck.claims.denials.patterns import KINDS, DenialsError, load_denials, read_denials
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.sentences import split_sentences
from stemcheck.text_form.normalise import normalise_text

CLAIM = "tem cells cure MS"  # with a capital or a small "s" before it
DENIED = [
    "Do stem cells cure MS? No.",
    "Do stem cells cure MS? No, they don't.",
    "Do stem cells cure MS? Unfortunately not.",
    "Do stem cells cure MS? Not yet.",
    "Stem cells cure MS. That is a myth.",
    "Stem cells cure MS. Not true.",
    "Stem cells cure MS. Wrong!",
    "Stem cells cure MS. This is false.",
    "Stem cells cure MS. Debunked.",
    "Stem cells cure MS. No, sadly they do not.",
    "Stem cells cure MS. It's a lie.",
    "Stem cells cure MS. There is no evidence for that.",
    "Stem cells cure MS. They work wonders. None of this is true.",
    "Saw an ad saying stem cells cure MS. They don't.",
    "Stem cells cure MS (spoiler: they don't)",
    "Stem cells cure MS – not true",
    "Stem cells cure MS, they don’t.",
    "Stem cells cure MS... nope",
    "“Stem cells cure MS”: false.",
    "Myth: Stem cells cure MS. Fact: There is no cure.",
    "**Myth:** Stem cells cure MS",
    "MYTH #1\nStem cells cure MS.\nFACT\nThere is no cure.",
    "False: stem cells cure MS",
    "Fake: stem cells cure MS",
    "Claim: stem cells cure MS. Verdict: False.",
    "Claim: stem cells cure MS\nRating: Misleading",
    "❌ Stem cells cure MS",
    "🚫 Stem cells cure MS",
    "Stem cells cure MS ❌",
    "Common myths:\n- Stem cells cure MS\n- Nothing can go wrong",
    "Red flags\n• Stem cells cure MS",
]
NOT_DENIED = [
    "Stem cells cure MS. No. 1 clinic in Europe.",
    "Stem cells cure MS. No side effects.",
    "Stem cells cure MS. Believe it.",
    "Doctors say it can't be done. Wrong! Stem cells cure MS.",
    "Fact: stem cells cure MS",
    "Myth: there is no hope. Fact: stem cells cure MS.",
    "What we say:\n- Stem cells cure MS",
    "Claim: stem cells cure MS. Verdict: True.",
    "✅ Stem cells cure MS ❌ No drugs",
    "No. Stem cells cure MS.",
    "Stem cells cure MS – no drugs",
]

BROKEN = "".join(f"{kind}: ['(']\n" for kind in KINDS)


def judge(text, words=CLAIM, mode="asserted"):
    form = normalise_text(text)
    start = form.text.index(words)
    claim = FoundClaim("cure", mode, start, start + len(words), words)
    (judged,) = apply_denials([claim], form.text, split_sentences(form.text), load_denials())
    return judged


@pytest.mark.parametrize("text", DENIED)
def test_a_short_denial_takes_the_claim_away(text):
    judged = judge(text)

    assert not judged.is_confirmed
    assert judged.cue.startswith("denied: ")


@pytest.mark.parametrize("text", NOT_DENIED)
def test_what_denies_something_else_leaves_the_claim(text):
    assert judge(text).is_confirmed


@pytest.mark.parametrize(
    "text", ["Are there side effects? No.", "Do I need my MS drugs? No.", "MS cannot be cured? Wrong!"]
)
def test_no_to_a_question_about_harm_is_the_claim_itself(text):
    assert find_denied(text, split_sentences(text), load_denials()) == []


@pytest.mark.parametrize("text", ["Is it free of risk? No.", "Is it safe? No."])
def test_no_to_a_question_about_safety_denies_it(text):
    assert find_denied(text, split_sentences(text), load_denials())


def test_a_question_answered_with_yes_claims_what_it_asks():
    assert judge("Do stem cells cure MS? Yes, they do!", mode="asked").mode == "asserted"
    assert judge("Do stem cells cure MS? Good question.", mode="asked").mode == "asked"
    assert judge("Are there any side effects? No.", "side effects", mode="asked").mode == "asserted"
    assert judge("Are there any side effects? Yes.", "side effects", mode="asked").mode == "asked"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_stretches_lie_within_any_text(text):
    sentences = split_sentences(text)

    for stretch in [*find_denied(text, sentences, load_denials()), *find_agreed(sentences, load_denials())]:
        assert 0 <= stretch.start < stretch.end <= len(text)


@pytest.mark.parametrize(
    ("content", "words"),
    [("replies: []\n", "the keys must be"), (BROKEN, "Correct the pattern")],
    ids=["keys", "pattern"],
)
def test_a_wrong_file_is_named(tmp_path, content, words):
    path = tmp_path / "denials.yml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(DenialsError, match=words):
        read_denials(path)
