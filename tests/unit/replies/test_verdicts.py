"""Verdicts: each claim type in each mode, with the visitor's own words; the gravest first; one's own team on AHSCT."""

import pytest

from stemcheck.content.situation_schema import without_markers
from stemcheck.conversation.state import DialogueState
from stemcheck.replies.claim_cards import VERDICT_ORDER
from stemcheck.replies.claim_words import MAX_QUOTE_CHARS, spoken
from stemcheck.replies.verdicts import OF_THEIR_OWN, judge_claims
from tests.parse_data import claim
from tests.turns import LIBRARY

FLAGGED = {kind.id for kind in LIBRARY.claim_types.values() if LIBRARY.verdicts[kind.verdict].flagged}


def judge(*claims, state=None, **more):
    """Return the reply to claims, and the state after it."""
    return judge_claims(LIBRARY, claims, state or DialogueState(), **more)


@pytest.mark.parametrize("mode", ["asserted", "reported", "asked"])
@pytest.mark.parametrize("type", LIBRARY.claim_types)
def test_claim_gets_its_verdict_reason_and_facts(type, mode):
    kind = LIBRARY.claim_types[type]

    answer, state = judge(claim(type, mode))

    (card,) = answer.claims
    assert answer.kind == "verdict"
    assert card["verdict"] == kind.verdict
    assert card["flagged"] is (type in FLAGGED and mode != "asked")
    assert card["reason"] == (kind.asked if mode == "asked" else kind.reason)
    assert set(kind.facts) == set(answer.facts)
    assert answer.sources or not kind.facts
    assert [kept["type"] for kept in state.judged] == [type]


@pytest.mark.parametrize("mode", ["asserted", "asked"])
@pytest.mark.parametrize("type", LIBRARY.claim_types)
def test_opening_fits_the_verdict_and_how_it_was_said(type, mode):
    answer, _ = judge(claim(type, mode))

    lead = "asked" if mode == "asked" else "lead"
    kind = type if type in OF_THEIR_OWN else LIBRARY.claim_types[type].verdict
    leads = [one.format(claim=spoken(claim().text)) for one in LIBRARY.replies[f"verdict-{lead}-{kind}"].variants]
    assert answer.extra["intro"] in leads


@pytest.mark.parametrize("mode", ["asserted", "reported", "asked"])
@pytest.mark.parametrize("type", LIBRARY.claim_types)
def test_single_claim_is_answered_in_sentences_and_not_as_a_form(type, mode):
    answer, _ = judge(claim(type, mode))

    kind = LIBRARY.claim_types[type]
    assert f"{kind.label}: {LIBRARY.verdicts[kind.verdict].label}" not in answer.text
    assert "\n" not in answer.text.split(answer.claims[0]["reason"])[0]


def test_reply_names_the_claim_in_the_visitors_words_without_who_said_it():
    answer, _ = judge(claim(mode="reported", text="My neighbour told me that they heal MS for good."))

    assert "“they heal MS for good”" in answer.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The rep says it can't go wrong.", "it can't go wrong"),
        ("so nothing can hurt me", "nothing can hurt me"),
        ("My aunt swears they work wonders", "they work wonders"),
        ("Our cells heal", "Our cells heal"),
        ("They say yes.", "They say yes"),
        ('what about "never any trouble"?', "never any trouble"),
    ],
)
def test_words_of_a_claim_are_quoted_whole_and_clean(text, words):
    assert spoken(text) == words


@pytest.mark.parametrize("type", ["may-help", "may-help-msc"])
@pytest.mark.parametrize("mode", ["asserted", "asked"])
def test_what_is_not_proven_does_not_begin_with_yes(type, mode):
    state = None
    for _ in range(3):
        answer, state = judge(claim(type, mode), state=state)
        assert not answer.text.startswith("Yes")


@pytest.mark.parametrize(
    "name", ["reply-to-them", "true-for-me", "who-is-right", "harmless", "trust-them", "so-it-works"]
)
def test_question_of_ones_own_is_met_before_the_verdict_of_what_is_not_backed(name):
    doubted, _ = judge(claim("success-rate", "reported"), beside=name)
    backed, _ = judge(claim("some-success-ahsct", "reported"), beside=name)

    assert any(doubted.text.startswith(words) for words in LIBRARY.replies[f"beside-{name}"].variants)
    assert not any(words in backed.text for words in LIBRARY.replies[f"beside-{name}"].variants)


def test_update_on_other_cells_is_left_out():
    answer, _ = judge(claim(), unfitting=["ahsct-accepted"])

    assert "ahsct-accepted" not in [update["id"] for update in answer.updates]
    assert "AHSCT" not in answer.text


def test_same_words_a_second_time_are_named_by_what_they_claim():
    answer, _ = judge(claim("reversal", text="he walks again"), claim("testimonial", text="he walks again"))

    assert answer.text.count("he walks again") == 1
    assert f"2. {LIBRARY.claim_types['testimonial'].label}: " in answer.text


def test_text_is_whole_without_the_cards():
    answer, _ = judge(claim())

    assert answer.text.startswith(answer.extra["intro"])
    assert answer.claims[0]["reason"] in answer.text


def test_several_claims_are_counted_numbered_and_ranked():
    answer, state = judge(
        claim("testimonial", text="she walks again"), claim("no-risk", text="no side effects", start=30)
    )

    assert "2" in answer.extra["intro"]
    assert [card["type"] for card in answer.claims] == ["no-risk", "testimonial"]
    assert "1. “no side effects”" in answer.text and "2. “she walks again”" in answer.text
    assert [kept["type"] for kept in state.judged] == ["no-risk", "testimonial"]


@pytest.mark.parametrize("type", LIBRARY.claim_types)
def test_graver_verdicts_come_first_and_asked_ones_last(type):
    answer, _ = judge(claim("cure", "asked"), claim("may-help"), claim(type, start=40))

    order = [(card["mode"] == "asked", VERDICT_ORDER.index(card["verdict"])) for card in answer.claims]
    assert order == sorted(order)


def test_same_kind_of_claim_twice_is_explained_once():
    answer, _ = judge(claim(text="cures MS"), claim(text="heals MS", start=20))

    assert answer.text.count(LIBRARY.claim_types["cure"].reason) == 1
    assert len(answer.claims) == 1


def test_claim_that_is_asked_and_said_counts_as_said():
    answer, _ = judge(claim("cure", "asked", "does it cure MS?"), claim("cure", text="it cures MS", start=20))

    (card,) = answer.claims
    assert (card["mode"], card["text"], card["flagged"]) == ("asserted", "it cures MS", True)


def test_long_claim_is_quoted_in_part():
    answer, _ = judge(claim(text="cures MS and " * 20))

    quoted = answer.text.split("“")[1].split("”")[0]
    assert quoted.endswith(" …")
    assert len(quoted) <= MAX_QUOTE_CHARS + 2


def test_asked_claim_is_answered_in_the_words_of_a_sure_situation():
    name = "ahsct/evidence"

    answer, state = judge(claim("some-success-ahsct", "asked"), situation=name)

    assert answer.text.startswith(without_markers(LIBRARY.situations[name].replies[0]))
    assert [card["type"] for card in answer.claims] == ["some-success-ahsct"]
    assert answer.facts
    assert state.situations == (name,)
    assert not any(card["flagged"] for card in answer.claims)


def test_said_claim_is_judged_whatever_the_situation():
    answer, _ = judge(claim(), situation="ahsct/evidence")

    assert answer.claims[0]["reason"] in answer.text


@pytest.mark.parametrize("type", ["cure", "halting", "success-rate"])
def test_own_team_on_ahsct_is_newer_than_the_source_and_not_flagged(type):
    answer, state = judge(claim(type, "reported"), newer=[type])

    (card,) = answer.claims
    assert (card["verdict"], card["flagged"], state.newer) == ("newer", False, (type,))
    assert card["reason"] == LIBRARY.verdicts["newer"].meaning
    assert answer.extra["intro"] in LIBRARY.replies["verdict-lead-newer"].variants


def test_what_is_newer_is_told_before_the_words_that_our_old_source_cannot_judge():
    answer, _ = judge(claim("halting", "reported", "it stops relapses"), newer=["halting"])

    update = LIBRARY.updates["ahsct-accepted"]
    assert 0 < answer.text.index(update.text) < answer.text.index("it stops relapses")
    assert answer.facts == ()


def test_own_team_backs_no_clinic_that_is_spoken_of_beside_it():
    answer, _ = judge(claim("halting", "reported"), newer=["halting"], names_clinic=True)

    assert any(words in answer.extra["intro"] for words in LIBRARY.replies["newer-no-clinic"].variants)


def test_what_the_source_backs_stays_backed_when_the_own_team_says_it():
    answer, state = judge(claim("some-success-ahsct", "reported"), newer=["some-success-ahsct"])

    assert (answer.claims[0]["verdict"], state.newer) == ("supported", ())


def test_feeling_is_met_before_the_verdict():
    answer, _ = judge(claim(), feeling="anger")

    assert answer.extra["intro"].startswith(LIBRARY.replies["feeling-anger"].variants[0])


def test_brief_verdict_names_the_claim_without_its_reason():
    whole, _ = judge(claim())
    brief, _ = judge(claim(), is_brief=True)

    assert f"“{claim().text}”" in brief.text
    assert brief.claims[0]["reason"] not in brief.text
    assert len(brief.text.split()) < len(whole.text.split()) / 2
    assert brief.facts == ()


def test_newer_verdict_names_chemotherapy_and_serious_risks():
    meaning = LIBRARY.verdicts["newer"].meaning

    assert "chemotherapy" in meaning and "serious risks" in meaning


def test_one_thing_asked_after_an_advert_does_not_end_the_talk_about_the_advert():
    _, state = judge(claim(), claim("no-risk", start=30), claim("pressure", start=60))

    _, after = judge(claim("guarantee", "asked"), state=state)

    assert [kept["type"] for kept in after.judged] == [kept["type"] for kept in state.judged]


def test_new_claims_take_the_place_of_those_judged_before():
    _, state = judge(claim(), claim("no-risk", start=30))

    _, after = judge(claim("guarantee"), state=state)

    assert [kept["type"] for kept in after.judged] == ["guarantee"]


def test_flagged_claims_bring_the_clinic_check_and_fair_ones_do_not():
    flagged, _ = judge(claim())
    fair, _ = judge(claim("may-help"))

    assert LIBRARY.situations["clinics/start-clinic-check"].title in [one["text"] for one in flagged.suggestions]
    assert fair.suggestions == ()


def test_update_beside_a_verdict_is_told_in_full_once():
    first, state = judge(claim())
    second, _ = judge(claim("reversal"), state=state)

    update = LIBRARY.updates["ahsct-accepted"]
    assert update.text in first.text
    assert update.line in second.text and update.text not in second.text
