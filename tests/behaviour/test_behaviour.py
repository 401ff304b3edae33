"""Behaviour of the spotter after CheckList: what may not change a finding, and what must.

Each behaviour has its own failure rate, printed at the end of the run; rates.yml says how many cases must come right.
"""

from pathlib import Path

import pytest
import yaml

from stemcheck.claims.spotter import load_spotter
from stemcheck.replies.claim_cards import check_result
from tests.behaviour.twins import INVARIANT, load_sentences
from tests.library import LIBRARY

pytestmark = pytest.mark.model

SENTENCES = load_sentences()
MINIMUM = yaml.safe_load(Path(__file__).with_name("rates.yml").read_text("utf-8"))["minimum"]


@pytest.fixture(scope="module")
def check():
    library, spotter = LIBRARY, load_spotter()
    return lambda texts: [check_result(library, claims) for claims in spotter.find_in_all(texts)]


@pytest.fixture
def hold(report_rate):
    def hold_to_minimum(behaviour, results):
        wrong = [text for text, is_right in results if not is_right]
        report_rate(behaviour, len(wrong), len(results))
        rate = 1 - len(wrong) / len(results)
        assert rate >= MINIMUM[behaviour], f"{behaviour}: {rate:.3f} of {len(results)} right. Wrong:\n" + "\n".join(
            wrong
        )

    return hold_to_minimum


def has(result, type):
    return any(claim["type"] == type and claim["flagged"] for claim in result["claims"])


def verdicts(result):
    return {(claim["type"], claim["verdict"]) for claim in result["claims"] if claim["flagged"]}


def test_there_are_enough_sentences_and_every_flagged_type_has_some():
    library = LIBRARY
    flagged = {id for id, kind in library.claim_types.items() if library.verdicts[kind.verdict].flagged}

    assert len(SENTENCES) >= 60
    assert {sentence.type for sentence in SENTENCES} == flagged


def test_every_claim_is_found(check, hold):
    found = check([sentence.claim for sentence in SENTENCES])

    hold("claims found", [(s.claim, has(result, s.type)) for s, result in zip(SENTENCES, found, strict=True)])


@pytest.mark.parametrize(("behaviour", "key"), [("negation flip", "denied"), ("hedge flip", "hedged")])
def test_turned_claim_is_no_claim(check, hold, behaviour, key):
    texts = [getattr(sentence, key) for sentence in SENTENCES]

    found = check(texts)

    hold(behaviour, [(text, not result["flagged"]) for text, result in zip(texts, found, strict=True)])


def test_claim_and_its_denial_never_get_the_same_verdict(check, hold):
    claims, denials = check([s.claim for s in SENTENCES]), check([s.denied for s in SENTENCES])

    pairs = zip(SENTENCES, claims, denials, strict=True)
    hold("never the same verdict", [(s.denied, not verdicts(claim) & verdicts(denial)) for s, claim, denial in pairs])


@pytest.mark.parametrize("behaviour", INVARIANT)
def test_what_does_not_matter_changes_nothing(check, hold, behaviour):
    twins = [twin for sentence in SENTENCES for twin in INVARIANT[behaviour](sentence)]
    before, after = check([twin.original for twin in twins]), check([twin.text for twin in twins])

    # whether the original is read rightly is asked by the tests above
    results = [
        (twin.text, has(changed, twin.type) if twin.is_claim else not changed["flagged"])
        for twin, result, changed in zip(twins, before, after, strict=True)
        if (has(result, twin.type) if twin.is_claim else not result["flagged"])
    ]
    hold(behaviour, results)
