"""The export of verdicts: valid against schema.org's terms, published verdicts only, safe in a spreadsheet."""

import csv
import datetime
import io
from pathlib import Path
from urllib.parse import urlparse

import pytest
import yaml

from stemcheck.replies.claim_review import claim_reviews, claim_table, defuse
from tests.library import LIBRARY

TERMS = yaml.safe_load(Path(__file__).with_name("schema-org-terms.yml").read_text("utf-8"))
EXPORT = claim_reviews(LIBRARY, site="https://charity.example/", author="A Charity")
REVIEWS = {review["identifier"]: review for review in EXPORT["@graph"]}
NEEDED = {"url", "claimReviewed", "reviewRating", "author", "itemReviewed", "datePublished"}


def kinds_of(type_name):
    return {type_name}.union(*(kinds_of(above) for above in TERMS["types"][type_name]))


def fits(value, takes):
    if isinstance(value, dict):
        return bool(kinds_of(value["@type"]) & set(takes))
    if isinstance(value, list):
        return all(fits(item, takes) for item in value)
    if isinstance(value, int | float):
        return "Number" in takes
    if "Date" in takes:
        return bool(datetime.date.fromisoformat(value))
    if "Text" in takes:
        return bool(value.strip())
    return "URL" in takes and urlparse(value).scheme in ("http", "https")


def check_node(node):
    for name, value in node.items():
        if name.startswith("@"):
            continue
        term = TERMS["properties"][name]
        assert kinds_of(node["@type"]) & set(term["domain"]), f"{node['@type']} has no {name}"
        assert fits(value, term["range"]), f"{name}: {value!r} is none of {term['takes']}"
        if isinstance(value, dict):
            check_node(value)


@pytest.mark.parametrize("type_id", REVIEWS)
def test_review_is_valid_against_the_terms_of_schema_org(type_id):
    check_node(REVIEWS[type_id])


@pytest.mark.parametrize("type_id", REVIEWS)
def test_review_has_all_that_a_fact_check_needs(type_id):
    rating = REVIEWS[type_id]["reviewRating"]

    assert REVIEWS[type_id].keys() >= NEEDED
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
    assert rating["alternateName"] == LIBRARY.verdicts[LIBRARY.claim_types[type_id].verdict].label
    assert len(REVIEWS[type_id]["claimReviewed"]) <= 75


def test_every_flagged_type_with_a_published_verdict_has_one_review_and_no_other_has():
    published = {"myth", "unproven"}

    assert sorted(REVIEWS) == sorted(id for id, kind in LIBRARY.claim_types.items() if kind.verdict in published)
    assert len(EXPORT["@graph"]) == len(REVIEWS)


def test_reviews_have_addresses_of_their_own_on_the_site():
    addresses = [review["url"] for review in REVIEWS.values()]

    assert len(set(addresses)) == len(addresses)
    assert all(address.startswith("https://charity.example/claims#") for address in addresses)


def test_table_has_a_row_for_every_claim_type():
    rows = list(csv.DictReader(io.StringIO(claim_table(LIBRARY))))

    assert [row["type"] for row in rows] == list(LIBRARY.claim_types)
    assert {row["flagged"] for row in rows} == {"yes", "no"}


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-3", "@SUM(A1)", "\t=1", "\r=1"])
def test_cell_that_looks_like_a_formula_is_made_text(cell):
    assert defuse(cell) == "'" + cell


def test_table_holds_no_formula():
    cells = [cell for row in csv.reader(io.StringIO(claim_table(LIBRARY))) for cell in row]

    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
