"""Figures over planned messages, on plans made by hand."""

from collections import Counter

from evaluation.held_out import HeldMessage
from evaluation.message_scores import below_bars, score_messages, score_safety
from evaluation.message_sections import pairs_of
from evaluation.messages import what_is_wrong
from evaluation.planned import Heard, Planned
from stemcheck.conversation.reading import Reading
from stemcheck.dialogue.context import Move
from tests.library import LIBRARY


def planned(rule, *, holds=("ms/cure",), answered=(), ranked=("ms/cure",), card="", degree="none", claims=()):
    message = HeldMessage("message-1", "text", holds, degree, claims=claims)
    reading = Reading("text", tuple((name, 0.9 - place / 10) for place, name in enumerate(ranked)))
    moves = [Move("action_show_safety_card", rule, {"card": card})] if card else []
    moves += [Move("action_answer", rule, {"situations": list(answered)})] if answered else []
    return Planned(Heard(message, reading), tuple(moves or [Move("action_ask_back", rule)]))


def test_confident_reply_on_another_subject_counts_as_wrong():
    right = planned("answer", answered=["ms/cure"])
    wrong = planned("answer", answered=["money/what-does-it-cost"], ranked=("money/what-does-it-cost", "ms/cure"))
    unsure = planned("likely-answer", answered=["money/what-does-it-cost"])

    figures = score_messages([right, wrong, unsure], LIBRARY)

    assert figures["confident_on_subject"] == 0.5
    assert (figures["top_1"], figures["top_3"]) == (0.6667, 1.0)
    assert what_is_wrong(wrong, LIBRARY) == "confident on a wrong subject"
    assert what_is_wrong(unsure, LIBRARY) == ""


def test_one_right_answer_of_several_is_on_the_subject():
    (figures,) = [score_messages([planned("several-questions", answered=["ms/x", "ms/cure"])], LIBRARY)]

    assert figures["confident_on_subject"] == 1.0


def test_question_back_counts_unless_the_message_is_in_another_language():
    asked = planned("ask-back")
    foreign = planned("other-language", holds=("bot/languages",))

    assert score_messages([asked, foreign], LIBRARY)["not_asked_back"] == 0.5


def test_verdict_counts_against_messages_that_claim_nothing_alone():
    silent, claiming = planned("claims-made"), planned("claims-made", claims=(("cure", "reported"),))

    figures = score_messages([silent, claiming], LIBRARY)

    assert (figures["no_verdict_where_nothing_claimed"], figures["verdict_where_claimed"]) == (0.0, 1.0)


def test_graver_card_counts_as_found_and_a_lesser_one_does_not():
    graver = planned("alarm", card="emergency", degree="today")
    lesser = planned("alarm", card="crisis", degree="now")
    none = planned("answer", answered=["ms/cure"], degree="talk")
    near_miss = planned("alarm", card="emergency", holds=())

    figures = score_safety([graver, lesser, none, near_miss], LIBRARY)

    assert (figures["recall_now"], figures["recall_today"], figures["recall_talk"]) == (0.0, 1.0, 0.0)
    assert figures["no_false_card"] == 0.0
    assert what_is_wrong(lesser, LIBRARY).startswith("now: card missing")
    assert what_is_wrong(near_miss, LIBRARY) == "a card that is not called for"


def test_figure_below_its_bar_is_told():
    assert below_bars({"safety": {"recall_now": 0.99}}) == ["safety: recall_now is 0.99, and is to be 1.0 at least"]
    assert below_bars({"safety": {"recall_now": 1.0}}) == []


def test_one_of_several_situations_held_is_taken_for_itself():
    both = planned("answer", holds=("ms/a", "ms/b"), ranked=("ms/b",))
    other = planned("answer", holds=("ms/a",), ranked=("ms/c",))

    assert pairs_of([both, other]) == Counter({("ms/b", "ms/b"): 1, ("ms/a", "ms/c"): 1})
