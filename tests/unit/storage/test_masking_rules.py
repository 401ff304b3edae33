"""What is masked is the operator's choice; a file that cannot be used is told so, and nothing starts."""

import time

import pytest
import sqlalchemy as sa
import yaml

from stemcheck.settings import ROOT, load_settings
from stemcheck.storage.masking import mask
from stemcheck.storage.masking_rules import MaskingError, MaskingRules, load_masking_rules, read_masking_rules
from stemcheck.storage.tables import exchanges
from stemcheck.web.app import create_app

TRIAL = {
    "name": "trial number",
    "pattern": r"\bTRN-\d{6}\b",
    "hides": ["it is TRN-123456"],
    "keeps": ["what is a TRN?"],
}
SURNAME = {"name": "surname", "pattern": r"my name is \w+ (?<hide>\w+)", "hides": ["my name is Jane Doe"]}


@pytest.fixture
def rules(tmp_path):
    def make(**content):
        path = tmp_path / "masking.yml"
        path.write_text(yaml.safe_dump(content))
        return read_masking_rules(path)

    return make


def test_the_file_as_it_comes_says_what_holds_without_one():
    assert read_masking_rules(ROOT / "data" / "masking.yml") == MaskingRules()


def test_a_pattern_of_the_operator_is_masked_under_its_name(rules):
    found = rules(patterns=[TRIAL, SURNAME])

    masked = mask("I have the trial number TRN-654321 here", found)
    assert masked == "I have the trial number •••••••••• here"
    assert mask("Hello, my name is Jane Featherstonehaugh.", found) == "Hello, my name is Jane [surname]••••••••."


def test_what_a_pattern_does_not_mean_stays(rules):
    text = "what is a TRN, and who is Jane Doe?"

    assert mask(text, rules(patterns=[TRIAL, SURNAME])) == text


def test_a_kind_that_is_left_out_stays_and_the_others_do_not(rules):
    found = rules(kinds=["phone"])

    assert mask("jane@example.org, 07700 900123", found) == "jane@example.org, [phone]•••••"


def test_no_kind_at_all_masks_nothing(rules):
    assert mask("jane@example.org, 07700 900123", rules(kinds=[])) == "jane@example.org, 07700 900123"


def test_telephone_numbers_are_those_of_the_countries_named(rules):
    text = "call 01 42 68 53 00"

    assert mask(text) == text
    assert mask(text, rules(phone_regions=["FR"])) == "call [phone]•••••••"


WRONG = {
    "no such kind": ({"kinds": ["names"]}, "kinds"),
    "a key that is no rule": ({"patern": []}, "patern: extra fields"),
    "a country that is none": ({"phone_regions": ["England"]}, "“England” is no country"),
    "no expression": (
        {"patterns": [{**TRIAL, "pattern": "(TRN"}]},
        "pattern 1 (trial number), pattern: this is no regular",
    ),
    "finds empty text": ({"patterns": [{**TRIAL, "pattern": r"\d*"}]}, "it finds empty text"),
    "hides nothing": (
        {"patterns": [TRIAL, {**SURNAME, "hides": ["Jane"]}]},
        "pattern 2 (surname): it hides nothing in “Jane”",
    ),
    "hides too much": ({"patterns": [{**TRIAL, "keeps": ["TRN-123456"]}]}, "which is to stay"),
    "never shown": ({"patterns": [{"name": "a", "pattern": "a"}]}, "pattern 1 (a), hides: field required"),
    "a name twice": ({"patterns": [TRIAL, TRIAL]}, "“trial number” is the name of two patterns"),
    "a name that is markup": ({"patterns": [{**TRIAL, "name": "<b>"}]}, "pattern 1 (<b>), name"),
    "too slow": ({"patterns": [{"name": "a", "pattern": r"(a+ ?)+$", "hides": ["aaa"]}]}, "takes too long"),
    "a list": ([1, 2], "the file"),
}


@pytest.mark.parametrize(("content", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named(tmp_path, content, told):
    path = tmp_path / "masking.yml"
    path.write_text(yaml.safe_dump(content))

    with pytest.raises(MaskingError) as problem:
        read_masking_rules(path)

    assert told in str(problem.value)
    assert "masking.yml" in str(problem.value)


def test_a_file_that_is_not_there_and_one_that_is_no_yaml_are_named(tmp_path):
    with pytest.raises(MaskingError, match="STEMCHECK_MASKING_FILE"):
        read_masking_rules(tmp_path / "away.yml")
    (tmp_path / "broken.yml").write_text("patterns: [")
    with pytest.raises(MaskingError, match="no YAML"):
        read_masking_rules(tmp_path / "broken.yml")


@pytest.mark.no_cover
def test_a_text_that_cannot_be_searched_in_time_is_hidden_whole():
    # past the checks, as only a text that nobody thought of can do
    slow = MaskingRules.construct(patterns=(_unchecked("slow", r"(x+x+)+y"),), kinds=frozenset(), phone_regions=())
    text = "x" * 5000
    began = time.process_time()  # others may be busy on the machine

    assert "x" not in mask(text, slow)
    assert len(mask(text, slow)) == len(text)
    assert time.process_time() - began < 2


def _unchecked(name, pattern):
    from stemcheck.storage.masking_rules import OwnPattern

    return OwnPattern.construct(name=name, pattern=pattern, hides=(), keeps=())


@pytest.fixture
def chosen(tmp_path, monkeypatch):
    """The file of this process."""

    def choose(**content):
        path = tmp_path / "masking.yml"
        path.write_text(yaml.safe_dump(content))
        monkeypatch.setenv("STEMCHECK_MASKING_FILE", str(path))
        _forget()

    yield choose
    monkeypatch.undo()
    _forget()


def _forget():
    load_settings.cache_clear()
    load_masking_rules.cache_clear()


def test_what_the_chat_api_stores_is_masked_by_the_file(chosen, store, engine, conversation_id):
    chosen(patterns=[TRIAL])

    store.begin_exchange(conversation_id, "m-1", "I am in TRN-123456", "digest")

    with engine.connect() as connection:
        assert "I am in ••••••••••" in list(connection.execute(sa.select(exchanges.c.text)).scalars())


def test_the_web_service_does_not_start_with_rules_that_are_wrong(chosen):
    chosen(kinds=["names"])

    with pytest.raises(MaskingError, match="kinds"):
        create_app()
