"""Questions that rest on a claim: it is judged first."""

import pytest

from tests.parse_data import claim
from tests.turns import THRESHOLDS, say

PAYS = "money/who-pays"


@pytest.mark.parametrize("opening", ["Now that", "Since", "Because", "Given that", "And now that"])
@pytest.mark.parametrize("mode", ["asked", "asserted"])
def test_claim_that_a_question_takes_for_granted_is_judged_before_the_answer(opening, mode):
    said = claim("approval", mode, f"{opening} it is approved")

    turn = say(PAYS, text=f"{said.text}, who pays for it?", claims=[said])

    assert [move.action for move in turn.moves] == ["action_judge_claims", "action_answer"]
    assert turn.text.startswith("No") and turn.state.situations == (PAYS,)


def test_premise_in_doubt_is_judged_too():
    said = claim("cure", "asserted", "Now that it is a cure", probability=0.4, is_confirmed=False)

    assert say(PAYS, text=f"{said.text}, who pays for it?", possible=[said]).rule == "premise-corrected"


def test_premise_is_judged_where_the_question_is_not_understood():
    said = claim("no-risk", "asked", "As there are no side effects")

    turn = say("claim", 0.9, text=f"{said.text}, may I drive home?", claims=[said])

    assert [move.action for move in turn.moves] == ["action_judge_claims"]


def test_question_after_a_premise_is_read_by_itself():
    said = claim("cure", "asked", "Now that it is a cure")
    parts = [("Now that it is a cure", "claim", 0.5), ("how long is the list?", "ahsct/how-to-be-referred", 0.8)]

    turn = say("approval/when-available", 0.3, text=f"{said.text}, how long is the list?", claims=[said], parts=parts)

    assert turn.state.situations == ("ahsct/how-to-be-referred",)


@pytest.mark.parametrize(
    "text", ["Is it approved now?", "It is approved, since when?", "Since it is approved I feel hope"]
)
def test_claim_without_a_question_that_rests_on_it_is_no_premise(text):
    said = claim("approval", "asked", text.rstrip("?"))

    assert say(PAYS, THRESHOLDS.sure, text=text, claims=[said]).rule != "premise-corrected"
