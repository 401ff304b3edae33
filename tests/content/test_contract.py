"""The ids, verdicts and facts that other programs rely on: none may be renamed or dropped."""

import re
from pathlib import Path

import pytest

from stemcheck.content.library import DATA_DIR
from tests.library import LIBRARY

SECTIONS = {
    "What are stem cells?": "specialised-cells stem-cell-definition self-renewal differentiation therapy-definition "
    "therapy-aim ms-hope early-stage no-approved-therapy",
    "International consensus": "consensus-2010 consensus-aim guidelines-authors guidelines-purpose "
    "guidelines-meeting guidelines-supporters",
    "AHSCT": "hsc-definition ahsct-name ahsct-evidence",
    "Mesenchymal stem cells": "msc-sources msc-cell-types msc-effects msc-studies msc-results mesems",
}
VERDICTS = {
    "myth": True,
    "unproven": True,
    "not-covered": True,
    "early-evidence": False,
    "supported": False,
    "newer": False,
}
CLAIM_TYPES = {
    "cure": ("myth", "no-approved-therapy early-stage guidelines-purpose"),
    "reversal": ("unproven", "early-stage msc-effects"),
    "halting": ("unproven", "early-stage ahsct-evidence"),
    "approval": ("myth", "no-approved-therapy"),
    "proof": ("unproven", "early-stage no-approved-therapy"),
    "success-rate": ("unproven", "early-stage"),
    "guarantee": ("unproven", "early-stage"),
    "no-risk": ("myth", "msc-results"),
    "cure-all": ("not-covered", ""),
    "testimonial": ("not-covered", "early-stage"),
    "pressure": ("not-covered", ""),
    "endorsement": ("not-covered", "guidelines-purpose"),
    "improvement": ("unproven", "early-stage msc-results"),
    "superiority": ("not-covered", "no-approved-therapy"),
    "stop-medication": ("not-covered", "no-approved-therapy"),
    "some-success-ahsct": ("supported", "ahsct-evidence"),
    "may-help-msc": ("early-evidence", "msc-effects"),
    "may-help": ("supported", "ms-hope early-stage"),
}
UPDATED = {
    "ahsct-accepted": {"no-approved-therapy", "early-stage", "ahsct-evidence"},
    "mesems-result": {"mesems", "msc-studies", "msc-results", "msc-effects"},
}
SAFETY_CARDS = {"emergency", "crisis", "infection", "stopped-medicine"}  # of 0.1.0; others came since


def test_sections_hold_their_facts():
    found = {section: set() for section in SECTIONS}
    for fact in LIBRARY.facts.values():
        found[fact.section.title].add(fact.id)

    assert found == {section: set(ids.split()) for section, ids in SECTIONS.items()}


def test_verdicts_are_flagged_as_agreed():
    assert {verdict.id: verdict.flagged for verdict in LIBRARY.verdicts.values()} == VERDICTS


@pytest.mark.parametrize("id", CLAIM_TYPES)
def test_claim_type_has_its_verdict_and_facts(id):
    verdict, facts = CLAIM_TYPES[id]

    assert LIBRARY.claim_types[id].verdict == verdict
    assert list(LIBRARY.claim_types[id].facts) == facts.split()


def test_there_are_no_other_claim_types():
    assert LIBRARY.claim_types.keys() == CLAIM_TYPES.keys()


def test_only_facts_that_have_aged_carry_an_update():
    carried = {id: {fact.id for fact in LIBRARY.facts.values() if id in fact.updates} for id in LIBRARY.updates}

    assert carried == UPDATED


@pytest.mark.parametrize("update", LIBRARY.updates.values(), ids=LIBRARY.updates)
def test_what_is_newer_says_both_halves_in_full_and_in_its_line(update):
    for text in (update.text, update.line):
        assert "AHSCT" not in text or "serious risks" in text


def test_the_gravest_safety_card_comes_first():
    degrees = [card.degree for card in LIBRARY.safety.values()]

    assert degrees == sorted(degrees, key=("now", "today", "talk").index)
    assert LIBRARY.safety.keys() >= SAFETY_CARDS


def test_stopping_medicine_brings_the_safety_card():
    assert LIBRARY.claim_types["stop-medication"].safety == "stopped-medicine"


@pytest.mark.parametrize("kind", ["source", "update", "guidance"])
def test_every_kind_of_source_is_there_and_has_a_review_date(kind):
    sources = [source for source in LIBRARY.sources.values() if source.kind == kind]

    assert sources
    assert all(source.reviewed_on < source.review_due for source in sources)


def test_no_content_file_names_a_machine_path():
    files = [path for path in Path(DATA_DIR).rglob("*.yml") if "training" not in path.parts]

    texts = {path.name: path.read_text("utf-8") for path in files}

    assert not [name for name, text in texts.items() if re.search(r"(^|[\s'\"(])/(work|tmp|home|root)/", text)]
