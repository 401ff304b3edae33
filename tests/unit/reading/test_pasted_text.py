"""Somebody else's text, pasted, or a person who tells their own story."""

import pytest

from stemcheck.reading.pasted_text import MIN_CHARS, SPEAKER_SURE, is_pasted
from tests.parse_data import claim

ADVERT = "Our clinic by the sea offers stem cell therapy for MS. Patients walk again within weeks. " * 5
STORY = "I went there in May with my wife and I was so tired that I slept on my bag. They told me it heals MS. " * 4
TWO_CLAIMS = [claim(), claim("reversal", text="Patients walk again", start=60)]
SELLER = {"speaker": ["clinic", 0.9]}


def test_long_text_that_makes_claims_is_pasted():
    assert is_pasted(ADVERT, TWO_CLAIMS, {})


@pytest.mark.parametrize("speaker", ["clinic", "press", "organisation"])
def test_long_text_in_a_sellers_voice_is_pasted_also_without_a_claim(speaker):
    assert is_pasted(ADVERT, [], {"speaker": [speaker, 0.9]})


@pytest.mark.parametrize("speaker", [["self", 0.9], ["friend", 0.9], ["clinic", SPEAKER_SURE - 0.05]])
def test_long_text_without_claims_in_another_voice_is_not(speaker):
    assert not is_pasted(ADVERT, [], {"speaker": speaker})


def test_story_in_the_first_person_is_not_pasted_whatever_it_holds():
    assert not is_pasted(STORY, TWO_CLAIMS, SELLER)


def test_short_text_is_talk():
    assert not is_pasted(ADVERT[: MIN_CHARS - 1], TWO_CLAIMS, SELLER)


def test_long_quotation_makes_a_story_a_pasted_text():
    assert is_pasted(f"{STORY[:120]} “{ADVERT[:200]}”", [], {})


@pytest.mark.parametrize("more", [{"mode": "asked"}, {"mode": "reported"}, {"is_confirmed": False}])
def test_only_claims_that_the_text_makes_count(more):
    claims = [claim(**more), claim("reversal", text="Patients walk again", start=60, **more)]

    assert not is_pasted(ADVERT, claims, {"speaker": ["self", 0.9]})
