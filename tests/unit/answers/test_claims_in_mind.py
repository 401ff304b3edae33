"""Follow-ups on claims that were judged before: by place, by subject, by quotation, and about all of them."""

import pytest

from stemcheck.answers.memory import Memory
from tests.unit.answers.understood import LIBRARY, ask, claim

CLAIMS = (
    claim("stop-medication", text="give up your MS medicine"),
    claim("halting", text="relapses stop", start=30),
    claim("pressure", text="only two places left", start=50),
)
AFTER_THREE = ask("check_claim", claims=CLAIMS)[1]


def follow(text, memory=AFTER_THREE, intent="out_of_scope_unclear", **more):
    """Return the reply to a follow-up."""
    return ask(intent, memory, text=text, **more)


def types(answer):
    """Return the claim types of a reply."""
    return [card["type"] for card in answer.claims]


@pytest.mark.parametrize(
    ("text", "kind"), [("the second one?", "halting"), ("and the last?", "pressure"), ("point 1", "stop-medication")]
)
def test_claim_is_found_by_its_place(text, kind):
    assert types(follow(text)[0]) == [kind]


def test_claims_in_the_same_words_are_one_place():
    for_certain = [claim("guarantee", text="it stops for certain"), claim("halting", text="it stops for certain")]
    _, memory = ask("check_claim", claims=[*for_certain, claim("reversal", text="he walks again", start=40)])

    assert types(follow("the first one", memory)[0]) == ["guarantee", "halting"]
    assert types(follow("the second one", memory)[0]) == ["reversal"]


def test_doubt_after_a_verdict_is_about_the_verdict():
    _, memory = ask("check_claim", claims=[claim("cure", "asked")])

    answer, _ = follow("so nothing at all then", memory, intent="share_doubt")

    assert types(answer) == ["cure"]


def test_follow_up_that_sounds_like_a_claim_is_one_on_the_verdict():
    _, memory = ask("check_claim", claims=[claim("cure", "asked")])

    answer, _ = follow("so nothing at all then?", memory, intent="ask_verdict", claims=[claim("no-risk", "asked")])

    assert types(answer) == ["cure"]


def test_what_nobody_understands_right_after_a_verdict_is_taken_for_it():
    _, memory = ask("check_claim", claims=[claim("testimonial")])

    answer, _ = follow("but she is so happy with it", memory, confidence=0.2)

    assert types(answer) == ["testimonial"]


def test_places_stay_the_same_after_one_was_picked():
    _, memory = follow("the first one")

    assert types(follow("and the third?", memory)[0]) == ["pressure"]


def test_claim_is_found_by_its_subject_in_the_words_it_had():
    answer, _ = follow("and the relapses?", subjects=("halting",))

    assert [card["text"] for card in answer.claims] == ["relapses stop"]


def test_claim_is_found_by_a_quotation():
    assert types(follow("what is amiss with ‘only two places’?")[0]) == ["pressure"]


def test_subject_that_nobody_claimed_is_answered_as_asked():
    answer, _ = follow("and the risks?", subjects=("no-risk",))

    assert types(answer) == ["no-risk"]
    assert not any(card["flagged"] for card in answer.claims)


def test_clear_question_for_a_fact_is_not_taken_for_a_claim():
    answer, _ = follow("how was it studied whether relapses differ", intent="ask_msc-studies", subjects=("halting",))

    assert answer.facts == ("msc-studies",)


def test_fact_asked_in_between_does_not_end_the_talk_about_claims():
    _, memory = ask("ask_mesems", AFTER_THREE)

    assert types(follow("was it right what they told me?", memory, claim_question="told-right")[0])


def test_worst_claim_is_the_one_that_does_most_harm():
    assert types(follow("which is the worst?", claim_question="worst")[0]) == ["stop-medication"]


def test_anything_true_tells_what_the_source_does_say():
    answer, _ = follow("anything true in it?", claim_question="any-true")

    assert answer.kind == "answer"
    assert answer.facts


def test_anything_true_names_what_is_backed():
    _, memory = ask("check_claim", claims=[claim("may-help-msc"), claim()])

    assert types(follow("anything true in it?", memory, claim_question="any-true")[0]) == ["may-help-msc"]


def test_writing_back_is_left_to_the_visitor_with_questions():
    answer, _ = follow("should I write back?", claim_question="write-back")

    assert any(question.question in answer.text for question in LIBRARY.questions.values())


def test_claims_beside_a_safety_card_are_kept():
    _, memory = ask("safety_stopped-medicine", claims=CLAIMS[:1], safety="stopped-medicine")

    assert types(follow("so was it right what they told me?", memory, claim_question="told-right")[0])


def test_without_a_verdict_nothing_is_followed():
    answer, _ = follow("the second one?", Memory(), claim_question="worst", subjects=("halting",))

    assert not answer.claims


def test_safety_goes_before_any_follow_up():
    answer, _ = follow("the second one?", intent="safety_crisis")

    assert answer.kind == "safety"


def test_second_fact_of_a_list_is_found_by_its_place():
    _, memory = ask("ask_stem-cell-definition")
    first, memory = follow("and the first one?", memory)
    other, _ = follow("and the other ability?", memory)

    assert (first.facts, other.facts) == (("self-renewal",), ("differentiation",))


def test_offered_fact_is_found_by_its_place():
    ranking = (("ask_mesems", 0.2), ("ask_msc-studies", 0.15))
    _, memory = ask("out_of_scope_unclear", confidence=0.25, ranking=ranking)

    assert follow("the second one", memory)[0].facts == ("msc-studies",)


def test_claim_that_is_not_sure_is_asked_about_and_not_flagged():
    possible = (claim("guarantee", probability=0.4, is_confirmed=False),)
    answer, _ = ask("check_claim", possible=possible)

    assert types(answer) == ["guarantee"]
    assert not answer.claims[0]["flagged"]


def test_message_like_a_claim_gets_the_fact_that_a_part_asks_for():
    parts = (("who wrote them", (("ask_guidelines-authors", 0.9),)),)

    assert ask("check_claim", parts=parts)[0].facts == ("guidelines-authors",)


def test_message_like_a_claim_without_one_gets_choices():
    answer, _ = ask("check_claim", ranking=(("ask_mesems", 0.05), ("ask_msc-studies", 0.03)))

    assert len(answer.suggestions) == 2


def test_naming_a_claim_is_not_making_it():
    _, memory = follow("and the relapses bit", claims=[claim("halting", text="the relapses bit")])

    assert types(follow("and the third?", memory)[0]) == ["pressure"]


def test_is_it_true_after_a_fact_is_answered_with_the_source():
    _, memory = ask("ask_mesems")

    answer, _ = follow("is that so", memory, intent="acknowledge", claim_question="is-it-true")

    assert answer.text in LIBRARY.replies["source-says-so"].variants


def test_facts_as_likely_as_each_other_are_offered_and_not_guessed():
    answer, _ = ask("ask_ms-hope", confidence=0.35, ranking=(("ask_guidelines-meeting", 0.3),))

    assert answer.kind == "out-of-scope"
    assert len(answer.suggestions) == 2


def test_near_facts_that_go_together_are_both_told():
    answer, _ = ask("ask_msc-studies", confidence=0.45, ranking=(("ask_msc-results", 0.4),))

    assert set(answer.facts) == {"msc-studies", "msc-results"}


def test_fact_of_another_subject_is_not_told_along():
    answer, _ = ask("ask_ms-hope", confidence=0.8, ranking=(("ask_guidelines-meeting", 0.18),))

    assert answer.facts == ("ms-hope",)


def test_fact_of_another_subject_is_told_along_where_the_best_is_in_doubt():
    answer, _ = ask("ask_ms-hope", confidence=0.6, ranking=(("ask_guidelines-meeting", 0.3),))

    assert answer.facts == ("ms-hope", "guidelines-meeting")


@pytest.mark.parametrize("text", ["Do stem cells stop relapses?", "Nobody can promise that stem cells stop relapses."])
def test_whole_sentence_stands_for_itself(text):
    asked = [claim("halting", "asked", text=text)] if text.endswith("?") else []

    answer, _ = follow(text, subjects=("halting",), claims=asked)

    assert not any(card["flagged"] for card in answer.claims)
