"""Rasa sees the situations as its own training data."""

import yaml

from stemcheck.nlu.situation_importer import SituationImporter
from stemcheck.settings import ROOT
from tests.turns import LIBRARY

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))


def test_every_message_is_an_example_of_its_group_and_situation():
    examples = SituationImporter(config_file=str(ROOT / "config.yml")).get_nlu_data().training_examples

    assert len(examples) == sum(len(situation.messages) for situation in LIBRARY.situations.values())
    one = examples[0]
    situation = LIBRARY.situations[one.get("intent_response_key")]
    assert one.get("intent") == situation.group
    assert one.get("text") in [message.text for message in situation.messages]


def test_groups_are_the_domains_intents():
    groups = {situation.group for situation in LIBRARY.situations.values()}

    assert set(DOMAIN["intents"]) == groups | {"claim", "other_language"}
