"""A long text that does not speak for its claims: nothing of a flagged type is confirmed in it."""

from dataclasses import replace

import numpy as np
import pytest

from stemcheck.claims.reading_units import Unit
from stemcheck.claims.spotter import load_spotter
from stemcheck.claims.unit_reading import UnitReading
from stemcheck.claims.whole_text import WholeTextJudge, count_words, read_weights, weigh_words
from stemcheck.model.heads import ModelMissing
from stemcheck.model.inference import Prediction
from tests.parse_data import claim

PIECE = UnitReading(Unit("…", 0), (Prediction(np.ones(2), np.zeros(1), np.zeros((1, 1)), ((0, 0),), np.ones(3), {}),))
CLAIMS = [claim("cure"), claim("may-help", text="one day", start=40)]
LONG = "false " * 60

ADVERT = """Welcome to the clinic on the hill. Our team speaks five languages and fetches you from the airport.
With our stem cells your MS comes to an end, and there is no risk, since the cells are your own. The rooms look
over the bay, breakfast is from seven. Nine of ten of our patients walk better within a month. Call Anna today."""
WARNING = """A page that is going round says that a clinic on a hill ends MS with stem cells, that there is no risk
and that nine of ten patients walk better within a month. We asked the ministry, two neurologists and the clinic.
None of these statements is true. No study was ever published, and the ministry has never approved the treatment.
Please do not pass the page on, and talk to your own neurologist before you pay anybody."""
LIFT = """Stairlifts and bath lifts for people with MS and for everybody else, made in our family's workshop since 1962.
The seat folds up, the motor hums no louder than a fridge, and there is no risk of falling. Nine of ten customers
would buy it again, and the ten years' guarantee covers motor and rail. Order in May and the remote control is free."""


def judge(word_weight):
    words = {"words": np.array(["false"]), "rarity": np.ones(1, np.float32)}
    scaling = {"middle": np.zeros(4), "spread": np.ones(4)}
    return WholeTextJudge(
        {**words, **scaling, "weights": np.array([word_weight, 0, 0, 0, 0]), "bias": 0.0}, kinds=["cure"]
    )


def test_claims_of_flagged_types_are_not_confirmed_and_the_reviewer_sees_why():
    cure, may_help = judge(-1.0).judge(LONG, [PIECE], CLAIMS)

    assert not cure.is_confirmed and cure.about.startswith("whole text: 5%")
    assert may_help == CLAIMS[1]


def test_a_part_with_a_heading_of_its_own_counts_half_beside_the_whole():
    text = f"Who we are\n{'true ' * 60}\n\nMyths that you may hear\n{LONG}"
    place = text.index("false")
    claims = [claim("cure", start=20), claim("cure", start=place)]
    pieces = [replace(PIECE, unit=Unit("…", start)) for start in (0, place)]

    kept, silenced = judge(-0.95).judge(text, pieces, claims)

    assert (kept.is_confirmed, silenced.is_confirmed) == (True, False)


@pytest.mark.parametrize(("weight", "text"), [(1.0, LONG), (-1.0, "false " * 5)], ids=["speaks", "short"])
def test_other_texts_keep_their_claims(weight, text):
    assert judge(weight).judge(text, [PIECE], CLAIMS) == CLAIMS


def test_words_count_whatever_their_case_and_apostrophe():
    assert count_words("Don’t! DON'T “do” it") == {"don't": 2, "!": 1, "“": 1, "do": 1, "”": 1, "it": 1}


def test_text_without_known_words_weighs_nothing():
    assert weigh_words("…", {"false": 0}, np.ones(1)).tolist() == [0.0]


def test_missing_weights_are_told_with_the_remedy(tmp_path):
    with pytest.raises(ModelMissing, match="git checkout models"):
        read_weights(tmp_path)


@pytest.mark.model
def test_advert_keeps_its_claims():
    found = {found.type for found in load_spotter().find_claims(ADVERT) if found.is_confirmed}

    assert {"cure", "no-risk", "success-rate"} <= found


@pytest.mark.model
@pytest.mark.parametrize("text", [WARNING, LIFT], ids=["warning", "other subject"])
def test_text_that_speaks_for_no_claim_is_not_flagged(text):
    assert not [found for found in load_spotter().find_claims(text) if found.is_confirmed]
