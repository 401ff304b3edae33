"""Situations: what they name exists, what they say is backed, short enough and plain, and nothing is learned from a test."""

import re
from collections import Counter

import pytest

from stemcheck.content.situation_schema import MAX_TITLE_CHARS, markers_of, without_markers
from stemcheck.dialogue.acts import load_acts
from stemcheck.settings import ROOT, Settings
from tests.content.readability import grade
from tests.turns import LIBRARY

SITUATIONS = LIBRARY.situations
each_situation = pytest.mark.parametrize("situation", SITUATIONS.values(), ids=SITUATIONS)
TERMS = [word for term in LIBRARY.terms.values() for word in term.words]
HIGHEST_GRADE = 8
MOST_SAME_OPENINGS = 4
TOLERANCE = 0.5  # for one reply alone, since the formula was made for a hundred words
PLACEHOLDERS = {"days", "contact", "organisation"}
OLD_STYLE = re.compile(
    r"here is what our source says|i understand (that|how)|as an ai|great question|important to note|sorry to hear that",
    re.I,
)


def texts_of(situation):
    """Return all replies of a situation, with their markers."""
    return (*situation.replies, situation.short)


def names_of(library):
    """Return names that count as easy words, the longest first."""
    names = {
        word
        for item in library.guidance.values()
        for word in re.findall(r"\b(?:[A-Z][\w.-]+ ?){2,}", item.source.publisher)
    }
    return sorted((name.strip() for name in names), key=len, reverse=True)


NAMES = names_of(LIBRARY)


@each_situation
def test_every_id_that_is_named_exists(situation):
    named = {*situation.next, *(item.after for item in situation.follow_ups)}
    named |= {also for message in (*situation.messages, *situation.tests) for also in message.also}
    named |= {twin.belongs for twin in situation.twins} - {"claim", "none"}

    assert named <= SITUATIONS.keys()
    assert situation.id not in situation.next


@each_situation
def test_every_marker_names_what_exists(situation):
    known = {
        *LIBRARY.facts,
        *(f"update:{id}" for id in LIBRARY.updates),
        *(f"guidance:{id}" for id in LIBRARY.guidance),
    }

    assert {marker for text in texts_of(situation) for marker in markers_of(text)} <= known


@each_situation
def test_kind_fits_what_the_replies_state(situation):
    facts = [marker for text in texts_of(situation) for marker in markers_of(text) if ":" not in marker]

    if situation.kind == "answer":
        assert facts
    if situation.kind == "out-of-scope":
        assert not facts


@each_situation
def test_promising_results_of_mscs_carry_the_result_of_the_trial(situation):
    text = " ".join(texts_of(situation))

    if "[msc-effects]" in text:
        assert situation.kind in ("answer", "verdict")


@each_situation
def test_situation_has_a_test_message_that_is_not_learned_from(situation):
    learned = {message.text.strip().lower() for message in situation.messages}

    assert situation.tests
    assert not learned & {message.text.strip().lower() for message in situation.tests}


@each_situation
def test_title_fits_a_button(situation):
    assert 2 <= len(situation.title) <= MAX_TITLE_CHARS


def test_titles_are_unique():
    titles = [situation.title.lower() for situation in SITUATIONS.values()]

    assert sorted(title for title in set(titles) if titles.count(title) > 1) == []


@each_situation
def test_variants_differ_and_are_not_said_elsewhere(situation):
    others = {text for other in SITUATIONS.values() if other is not situation for text in other.replies}

    assert len(set(situation.replies)) == len(situation.replies) >= 2
    assert not others & set(situation.replies)


@each_situation
def test_short_reply_is_shorter(situation):
    assert len(situation.short.split()) <= max(len(reply.split()) for reply in situation.replies)


@each_situation
def test_replies_have_no_phrase_of_the_old_style(situation):
    assert not [text for text in texts_of(situation) if OLD_STYLE.search(text)]


@each_situation
def test_placeholders_are_those_that_are_filled(situation):
    used = {name for text in texts_of(situation) for name in re.findall(r"\{(\w*)\}", text)}

    assert used <= PLACEHOLDERS


@each_situation
def test_replies_can_be_read_at_grade_eight(situation):
    whole = " ".join(without_markers(text) for text in texts_of(situation))

    assert grade(whole, [*NAMES, *TERMS]) <= HIGHEST_GRADE


@each_situation
def test_each_reply_alone_can_be_read_at_grade_eight(situation):
    hard = [
        text for text in situation.replies if grade(without_markers(text), [*NAMES, *TERMS]) > HIGHEST_GRADE + TOLERANCE
    ]

    assert hard == []


def test_no_opening_is_used_again_and_again():
    openings = Counter(
        " ".join(without_markers(text).lower().split()[:6]) for item in SITUATIONS.values() for text in item.replies
    )

    assert [opening for opening, times in openings.items() if times > MOST_SAME_OPENINGS] == []


def test_every_act_is_a_situation():
    assert load_acts(Settings().data_folder).keys() <= SITUATIONS.keys()


def test_situations_that_the_code_names_exist():
    groups = {situation.group for situation in SITUATIONS.values()}
    code = [path for folder in ("stemcheck", "actions") for path in (ROOT / folder).rglob("*.py")]
    literals = {found for path in code for found in re.findall(r'"([a-z-]+/[a-z0-9-]+)"', path.read_text("utf-8"))}

    assert {name for name in literals if name.split("/")[0] in groups} <= SITUATIONS.keys()


@each_situation
def test_alarm_has_a_card_of_its_degree(situation):
    if situation.card:
        assert situation.degree in ("now", "today", "talk")
        assert situation.kind == "safety"
