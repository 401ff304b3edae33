"""The spotter's own steps, with a model that says what the test tells it to."""

import re

import numpy as np
import pytest

from stemcheck.claims.cues import CueMatcher
from stemcheck.claims.denials.patterns import load_denials
from stemcheck.claims.found_claim import FoundClaim, read_claim
from stemcheck.claims.patterns import ClaimPatterns
from stemcheck.claims.spotter import Spotter
from stemcheck.claims.thresholds import Thresholds, load_thresholds
from stemcheck.claims.treatment import TreatmentMatcher
from stemcheck.model.inference import Prediction
from tests.library import LIBRARY

THRESHOLDS = Thresholds({"cure": 0.45, "no-risk": 0.7}, possible=0.2)
CUES = CueMatcher({("negation", "before"): ["nobody"], ("reporting", "before"): ["they say"]})
PATTERNS = ClaimPatterns({"no-risk": [re.compile("risk-free")]})
TREATMENT = TreatmentMatcher({"ms": ["MS"], "other-illness": ["migraine"]})
TALK = "We welcome you by the sea with flowers and music. " * 5


class ScriptedModel:
    """Gives the probabilities of the first word that the text holds; mode as in `modes`, else asserted."""

    claim_types = ("cure", "no-risk")

    def __init__(self, probabilities, modes=None):
        self.probabilities = probabilities
        self.modes = modes or {}
        self.calls = 0

    def predict(self, texts):
        self.calls += 1
        return [self.reading(text) for text in texts]

    def reading(self, text):
        word = next((word for word in self.probabilities if word in text), "")
        claims = np.array(self.probabilities.get(word, (0.0, 0.0)))
        mode = next((value for word, value in self.modes.items() if word in text), 0)
        offsets = ((0, 0), (text.index(word), text.index(word) + len(word)))
        look = np.full((2, 2), 0.5, np.float32)
        return Prediction(np.ones(768), claims, look, offsets, np.eye(3)[mode], {})


def spotter(model):
    return Spotter(model, THRESHOLDS, CUES, PATTERNS, TREATMENT)


def spot(text, probabilities, modes=None):
    return spotter(ScriptedModel(probabilities, modes)).find_claims(text)


@pytest.mark.parametrize(
    ("probability", "bands"),
    [(0.19, []), (0.2, [False]), (0.44, [False]), (0.5, [True]), (1.0, [True])],
)
def test_two_bands_confirmed_and_may_be_a_claim(probability, bands):
    found = spot("It will heal you", {"heal": (probability, 0.0)})

    assert [claim.is_confirmed for claim in found] == bands


def test_each_type_has_its_own_threshold():
    found = spot("It will heal you", {"heal": (0.6, 0.6)})

    assert {claim.type: claim.is_confirmed for claim in found} == {"cure": True, "no-risk": False}


@pytest.mark.parametrize(("mode", "name"), [(0, "asserted"), (1, "reported"), (2, "asked")])
def test_mode_is_the_networks(mode, name):
    found = spot("It will heal you", {"heal": (0.9, 0.0)}, {"heal": mode})

    assert [claim.mode for claim in found] == [name]


def test_places_count_in_the_original_text():
    text = "😀 " + TALK + "\n✓ It will heal you\n" + TALK

    (claim,) = spot(text, {"heal": (0.9, 0.0)})

    assert text[claim.start : claim.end] == claim.text
    assert "heal" in claim.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("𝗜𝘁 𝘄𝗶𝗹𝗹 𝗵𝗲𝗮𝗹 𝘆𝗼𝘂", "𝗜𝘁 𝘄𝗶𝗹𝗹 𝗵𝗲𝗮𝗹 𝘆𝗼𝘂"),
        ("> It will\n> heal you", "It will\n> heal you"),
        ("[12/03/2026, 10:15:22] Ana: It will heal you", "It will heal you"),
        ("It will h\u200beal you &amp; yours", "It will h\u200beal you &amp; yours"),
        ("<nav>Home</nav><p>It will <b>heal</b> you</p>", "It will <b>heal</b> you"),
    ],
)
def test_however_a_text_arrives_places_and_words_are_the_originals(text, words):
    (claim,) = spot(text, {"heal": (0.9, 0.0)})

    assert claim.text == words
    assert text[claim.start : claim.end] == words


def test_a_claim_said_twice_is_listed_once():
    text = "It will heal you. " + TALK + "It will heal you."

    assert len(spot(text, {"heal": (0.9, 0.0)})) == 1


def test_an_address_alone_claims_nothing():
    assert spot("https://ms.example/it-will-heal-you", {"heal": (0.9, 0.0)}) == []


def test_a_denial_in_the_next_sentence_takes_the_claim_away():
    network = ScriptedModel({"heal": (0.9, 0.0)})
    with_denials = Spotter(network, THRESHOLDS, CUES, PATTERNS, TREATMENT, denials=load_denials())

    (denied,) = with_denials.find_claims("It will heal you. That is a myth.")
    (kept,) = with_denials.find_claims("It will heal you. That is a fact.")

    assert (denied.is_confirmed, kept.is_confirmed) == (False, True)
    assert denied.cue == "denied: That is a myth."


def test_claims_come_in_order_of_appearance():
    text = TALK + "It has no dangers. " + TALK + "It will heal you."

    found = spot(text, {"dangers": (0.0, 0.9), "heal": (0.9, 0.0)})

    assert [claim.type for claim in found] == ["no-risk", "cure"]


def test_many_texts_are_read_in_one_call_and_answered_each_for_itself():
    network = ScriptedModel({"heal": (0.9, 0.0)})

    found = spotter(network).find_in_all(["It will heal you", "", "Rain today", TALK + "heal."])

    assert [len(claims) for claims in found] == [1, 0, 0, 1]
    assert network.calls == 1


def test_pattern_lifts_a_doubtful_claim_and_is_named_as_the_reason():
    (claim,) = spot("It is risk-free.", {"risk": (0.0, 0.3)})

    assert claim.is_confirmed
    assert claim.because == ("pattern: risk-free",)


def test_pattern_alone_makes_no_claim_where_the_network_sees_none():
    assert spot("It is risk-free.", {"risk": (0.0, 0.1)}) == []


def test_cue_that_denies_takes_a_doubtful_claim_back_and_is_named():
    (claim,) = spot("Nobody says it will heal you.", {"heal": (0.48, 0.0)})

    assert not claim.is_confirmed
    assert claim.cue == "negation: Nobody"


def test_cue_that_denies_lets_a_sure_claim_stand():
    (claim,) = spot("Nobody says it will heal you.", {"heal": (0.9, 0.0)})

    assert claim.is_confirmed


def test_doubtful_claim_about_something_else_is_not_confirmed_and_the_word_is_kept():
    (claim,) = spot("It will heal your migraine.", {"heal": (0.48, 0.0)})

    assert not claim.is_confirmed
    assert claim.about == "other-illness: migraine"


def test_sure_claim_about_something_else_stands_with_the_word_as_a_note():
    (claim,) = spot("It will heal your migraine.", {"heal": (0.95, 0.0)})

    assert claim.is_confirmed
    assert claim.about == "other-illness: migraine"


def test_word_of_ours_in_the_next_piece_keeps_a_claim_ours():
    (claim,) = spot("It will heal your migraine. And MS.", {"heal": (0.48, 0.0)})

    assert claim.is_confirmed
    assert claim.about == ""


def test_nearest_examples_are_named_beside_the_pattern():
    class Examples:
        def find(self, claim_type, vector):
            return (f"example of {ScriptedModel.claim_types[claim_type]}",)

    explaining = Spotter(
        ScriptedModel({"risk": (0.0, 0.9)}), THRESHOLDS, CUES, PATTERNS, TREATMENT, examples=Examples()
    )

    (claim,) = explaining.find_claims("It is risk-free.")

    assert claim.because == ("pattern: risk-free", "like: example of no-risk")


def test_the_same_sentence_is_read_once():
    network = ScriptedModel({"heal": (0.9, 0.0)})
    network.texts = []
    predict = network.predict
    network.predict = lambda texts: network.texts.extend(texts) or predict(texts)

    found = spotter(network).find_in_all(["It will heal you"] * 3)

    assert [len(claims) for claims in found] == [1, 1, 1]
    assert network.texts == ["It will heal you"]


def test_claim_survives_the_way_through_json():
    claim = FoundClaim("cure", "asked", 3, 9, "cure MS", 0.8, False, ("like: a cure",), "is it true", "ms: MS")

    assert read_claim(claim.as_dict()) == claim


def test_every_claim_type_has_a_threshold_above_the_lower_band():
    thresholds = load_thresholds()

    assert set(thresholds.confirmed) == set(LIBRARY.claim_types)
    assert all(thresholds.possible <= value < 1 for value in thresholds.confirmed.values())
