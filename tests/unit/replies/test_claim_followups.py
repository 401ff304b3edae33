"""What is asked about all claims judged before."""

import pytest

from stemcheck.conversation.state import DialogueState, read_state
from stemcheck.replies.claim_followups import QUESTIONS, answer_claim_question
from stemcheck.replies.verdicts import judge_claims
from tests.parse_data import claim
from tests.turns import LIBRARY

CLAIMS = (
    claim("stop-medication", text="give up your MS medicine"),
    claim("halting", text="relapses stop", start=30),
    claim("pressure", text="only two places left", start=50),
)


def after(*claims):
    """Return what is remembered after these claims were judged, as it comes back from its slot."""
    return read_state(judge_claims(LIBRARY, claims, DialogueState())[1].as_slot())


def ask(question, *claims):
    """Return the answer to a question about these claims."""
    return answer_claim_question(LIBRARY, question, after(*(claims or CLAIMS)))


def types(answer):
    """Return the claim types of a reply."""
    return [card["type"] for card in answer.claims]


def test_every_question_of_the_content_has_an_answer():
    assert QUESTIONS.keys() == LIBRARY.claim_questions.keys()


@pytest.mark.parametrize("question", QUESTIONS)
def test_numbers_on_the_screen_stay_as_they_were(question):
    before = after(*CLAIMS)

    _, state = answer_claim_question(LIBRARY, question, before)

    assert state.judged == before.judged


def test_worst_claim_is_the_one_that_does_most_harm():
    assert types(ask("worst")[0]) == ["stop-medication"]


def test_without_danger_the_worst_is_what_the_source_denies():
    assert types(ask("worst", claim("testimonial"), claim("cure", start=30))[0]) == ["cure"]


def test_anything_true_says_no_where_nothing_is_backed():
    answer, _ = ask("any-true")

    assert answer.extra["intro"] in LIBRARY.replies["none-backed"].variants
    assert set(types(answer)) == {"stop-medication", "halting", "pressure"}


def test_anything_true_names_what_is_backed():
    answer, _ = ask("any-true", claim("may-help-msc"), claim(start=30))

    assert answer.extra["intro"] in LIBRARY.replies["some-backed"].variants
    assert types(answer) == ["may-help-msc"]


def test_what_is_not_backed_leaves_out_the_rest():
    answer, _ = ask("not-backed", claim("may-help-msc"), claim(start=30))

    assert types(answer) == ["cure"]


def test_nothing_amiss_is_said_so():
    answer, _ = ask("not-backed", claim("may-help-msc"))

    assert answer.extra["intro"] in LIBRARY.replies["all-backed"].variants


@pytest.mark.parametrize("question", ["told-right", "is-it-true"])
def test_so_they_lied_is_answered_about_words_and_never_people(question):
    flagged, _ = ask(question)
    fair, _ = ask(question, claim("may-help"))

    assert flagged.extra["intro"] in LIBRARY.replies["ask-verdict"].variants
    assert fair.extra["intro"] in LIBRARY.replies["ask-verdict-backed"].variants


def test_writing_back_is_left_to_the_visitor_with_questions():
    answer, _ = ask("write-back")

    assert answer.text.startswith(tuple(LIBRARY.replies["write-back"].variants))
    assert any(question.question in answer.text for question in LIBRARY.questions.values())
    assert answer.facts
