"""What the stories cover: every rule, every group of situations, every safety card; in words that nothing was learned from."""

import pytest

from stemcheck.dialogue.rules import RULES
from tests.conversations.stories import load_stories
from tests.library import LIBRARY

MIN_STORIES = 90
STORIES = load_stories()
TURNS = [turn for story in STORIES for turn in story.turns]


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_fires_in_a_story(rule):
    assert [turn.text for turn in TURNS if turn.rules == (rule,)]


def test_no_story_expects_a_rule_that_is_gone():
    assert {rule for turn in TURNS for rule in turn.rules} <= {rule.name for rule in RULES}


@pytest.mark.parametrize("group", sorted({situation.group for situation in LIBRARY.situations.values()}))
def test_every_group_is_answered_in_a_story(group):
    assert [turn.text for turn in TURNS if turn.intent.partition("/")[0] == group]


@pytest.mark.parametrize("card", sorted(LIBRARY.safety))
def test_every_safety_card_is_shown_in_a_story(card):
    assert [turn.text for turn in TURNS if turn.expected.get("card") == card]


def test_every_intent_exists():
    groups = {situation.group for situation in LIBRARY.situations.values()}
    known = {*LIBRARY.situations, *groups, "claim", "other_language"}

    assert {turn.intent for turn in TURNS} <= known


def test_no_message_is_one_that_was_learned_from():
    learned = {
        plain(message.text)
        for situation in LIBRARY.situations.values()
        for message in (*situation.messages, *situation.follow_ups, *situation.twins)
    }

    # "yes", "and the second?": so short that everybody says them
    assert [turn.text for turn in TURNS if len(turn.text.split()) > 4 and plain(turn.text) in learned] == []


def test_every_story_has_a_name_of_its_own():
    names = [str(story) for story in STORIES]

    assert len(names) == len(set(names)) >= MIN_STORIES


def plain(text):
    """Return the words alone."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
