"""Situations: what they name exists, what they say is backed, short enough and plain, and nothing is learned from a test."""

import re
from collections import Counter

from stemcheck.content.situation_schema import MAX_TITLE_CHARS, markers_of, without_markers
from stemcheck.dialogue.acts import load_acts
from stemcheck.settings import ROOT, Settings
from tests.content.readability import grade
from tests.turns import LIBRARY

SITUATIONS = LIBRARY.situations
TERMS = [word for term in LIBRARY.terms.values() for word in term.words]
HIGHEST_GRADE = 8
MOST_SAME_OPENINGS = 4
TOLERANCE = 0.5  # for one reply alone, since the formula was made for a hundred words
PLACEHOLDERS = {"days", "contact", "organisation"}
OLD_STYLE = re.compile(
    r"here is what our source says|i understand (that|how)|as an ai|great question|important to note|sorry to hear that",
    re.I,
)


def those_where(finds):
    """Return what was found by the situation's id, for the situations where something is; one test reads them all."""
    found = {situation.id: finds(situation) for situation in SITUATIONS.values()}
    return {name: what for name, what in found.items() if what}


def texts_of(situation):
    """Return all replies of a situation, with their markers."""
    return (*situation.replies, situation.short)


def markers_in(situation):
    """Return the markers of all replies of a situation."""
    return [marker for text in texts_of(situation) for marker in markers_of(text)]


def names_of(library):
    """Return names that count as easy words, the longest first."""
    names = {
        word
        for item in library.guidance.values()
        for word in re.findall(r"\b(?:[A-Z][\w.-]+ ?){2,}", item.source.publisher)
    }
    return sorted((name.strip() for name in names), key=len, reverse=True)


NAMES = names_of(LIBRARY)


def grade_of(situation):
    """Return the school grade at which all replies of a situation together can be read."""
    return grade(" ".join(without_markers(text) for text in texts_of(situation)), [*NAMES, *TERMS])


def test_every_id_that_is_named_exists():
    def unknown(situation):
        named = {*situation.next, *(item.after for item in situation.follow_ups)}
        named |= {also for message in (*situation.messages, *situation.tests) for also in message.also}
        named |= {twin.belongs for twin in situation.twins} - {"claim", "none"}
        return named - SITUATIONS.keys() or {situation.id} & set(situation.next)

    assert those_where(unknown) == {}


def test_every_marker_names_what_exists():
    known = {
        *LIBRARY.facts,
        *(f"update:{id}" for id in LIBRARY.updates),
        *(f"guidance:{id}" for id in LIBRARY.guidance),
    }

    assert those_where(lambda situation: {*markers_in(situation)} - known) == {}


def test_answers_of_the_source_name_facts_and_those_it_is_silent_on_name_none():
    def wrong(situation):
        facts = [marker for marker in markers_in(situation) if ":" not in marker]
        expected = {"answer": bool(facts), "out-of-scope": not facts}
        return not expected.get(situation.kind, True)

    assert those_where(wrong) == {}


def test_promising_results_of_mscs_carry_the_result_of_the_trial():
    def wrong(situation):
        return "msc-effects" in markers_in(situation) and situation.kind not in ("answer", "verdict")

    assert those_where(wrong) == {}


def test_situation_has_a_test_message_that_is_not_learned_from():
    def wrong(situation):
        learned = {message.text.strip().lower() for message in situation.messages}
        tests = {message.text.strip().lower() for message in situation.tests}
        return learned & tests or ({"no test message"} if not tests else set())

    assert those_where(wrong) == {}


def test_title_fits_a_button():
    assert those_where(lambda situation: not 2 <= len(situation.title) <= MAX_TITLE_CHARS) == {}


def test_titles_are_unique():
    titles = [situation.title.lower() for situation in SITUATIONS.values()]

    assert sorted(title for title in set(titles) if titles.count(title) > 1) == []


def test_situation_has_two_variants_or_more_that_differ():
    assert those_where(lambda situation: not len(set(situation.replies)) == len(situation.replies) >= 2) == {}


def test_reply_is_said_by_one_situation_alone():
    replies = Counter(reply for situation in SITUATIONS.values() for reply in set(situation.replies))

    assert [reply for reply, times in replies.items() if times > 1] == []


def test_short_reply_is_shorter():
    def is_long(situation):
        return len(situation.short.split()) > max(len(reply.split()) for reply in situation.replies)

    assert those_where(is_long) == {}


def test_replies_have_no_phrase_of_the_old_style():
    assert those_where(lambda situation: [text for text in texts_of(situation) if OLD_STYLE.search(text)]) == {}


def test_placeholders_are_those_that_are_filled():
    def unknown(situation):
        return {name for text in texts_of(situation) for name in re.findall(r"\{(\w*)\}", text)} - PLACEHOLDERS

    assert those_where(unknown) == {}


def test_replies_can_be_read_at_grade_eight():
    def too_hard(situation):
        return grade_of(situation) if grade_of(situation) > HIGHEST_GRADE else None

    assert those_where(too_hard) == {}


def test_each_reply_alone_can_be_read_at_grade_eight():
    def too_hard(situation):
        grades = [grade(without_markers(text), [*NAMES, *TERMS]) for text in situation.replies]
        return [found for found in grades if found > HIGHEST_GRADE + TOLERANCE]

    assert those_where(too_hard) == {}


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
    literals = {
        found for path in code for found in re.findall(r'"([a-z-]+/[a-z0-9-]*[a-z0-9])"', path.read_text("utf-8"))
    }

    assert {name for name in literals if name.split("/")[0] in groups} <= SITUATIONS.keys()


def test_alarm_has_a_card_of_its_degree():
    def wrong(situation):
        return situation.card and (situation.degree not in ("now", "today", "talk") or situation.kind != "safety")

    assert those_where(wrong) == {}
