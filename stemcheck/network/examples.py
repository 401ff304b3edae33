"""The sentences that the network learns from, as arrays: claims and near twins, and messages with their intents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from stemcheck.content.examples import STATEMENT_INTENTS, Example, load_examples
from stemcheck.content.library import Library
from stemcheck.content.problems import ContentError, Problem
from stemcheck.content.schema import ClaimType
from stemcheck.network.network import MODES
from stemcheck.network.topic import with_topic, without_topic

Array = npt.NDArray[np.float32]


CLAIM_INTENT = "check_claim"
# messages that may repeat a claim while they are about something else
MAY_HOLD_CLAIMS = frozenset({"out_of_scope_manipulation", "safety_stopped-medicine", "ask_verdict"})
PLAIN_AFTER_TOPIC = 2500  # plain messages that are read after a random topic as well
CLAIMS_AFTER_TOPIC, LONGEST_AFTER_TOPIC = 1500, 90  # short claims and near twins (characters) that are read so as well
CLAIM_INTENT_WEIGHT, STATEMENT_WEIGHT = 0.15, 0.1  # there are many more of them than messages of any one intent


@dataclass(frozen=True)
class TrainingSet:
    """Rows of text with their labels; a weight of 0 marks what a row says nothing about.

    `claims` and `claim_weights` are [rows, types]; `mode`, `intent` (indexes, -1 for none) and `intent_weight` are [rows];
    `group` names the idea that a row grew from, which cross-validation must not part.
    """

    texts: list[str]
    claim_types: tuple[str, ...]
    intents: tuple[str, ...]
    claims: Array
    claim_weights: Array
    mode: npt.NDArray[np.int64]
    intent: npt.NDArray[np.int64]
    intent_weight: Array
    group: list[str]


def read_intents(nlu_folder: Path) -> list[tuple[str, str]]:
    """Return (text, intent) of every example in Rasa's NLU files below a folder."""
    found: list[tuple[str, str]] = []
    for path in sorted(nlu_folder.rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader).get("nlu") or []:
            lines = (line.strip().removeprefix("-").strip() for line in (block.get("examples") or "").splitlines())
            found.extend((line, block["intent"]) for line in lines if line)
    # what a claim looks like is learned from the labelled examples of data/claims
    return [(text, intent) for text, intent in found if intent != CLAIM_INTENT]


def read_follow_ups(folder: Path, titles: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (fact just answered, message, intent) of every follow-up. Raises ContentError for an unknown fact."""
    found: list[tuple[str, str, str]] = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["follow_ups"]:
            if block["after"] not in titles:
                message = f'after: "{block["after"]}" is not in data/facts'
                raise ContentError([Problem(f"data/follow-ups/{path.name}", block["after"], message, "Correct the id")])
            found.extend((block["after"], text, intent) for intent, texts in block["asks"].items() for text in texts)
    return found


def messages_in_topic(
    messages: Sequence[tuple[str, str]], follow_ups: Sequence[tuple[str, str, str]], titles: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return (text with its topic, intent): the follow-ups, and plain messages after a random topic, which changes nothing in them."""
    random = np.random.default_rng(7)
    chosen = random.choice(len(messages), min(len(messages), PLAIN_AFTER_TOPIC), replace=False)
    topics = random.choice(sorted(titles), len(chosen))
    plain = [
        (with_topic(titles[topic], messages[place][0]), messages[place][1])
        for topic, place in zip(topics, chosen, strict=True)
    ]
    return [(with_topic(titles[after], text), intent) for after, text, intent in follow_ups] + plain


def examples_in_topic(examples: Sequence[Example], titles: Mapping[str, str]) -> list[Example]:
    """Return some short claims and near twins after a random topic: "can they cure it?" asks for a claim whatever was said before."""
    random = np.random.default_rng(11)
    short = [example for example in examples if len(example.text) <= LONGEST_AFTER_TOPIC]
    chosen = random.choice(len(short), min(len(short), CLAIMS_AFTER_TOPIC), replace=False)
    topics = random.choice(sorted(titles), len(chosen))
    return [
        replace(short[place], text=with_topic(titles[topic], short[place].text))
        for topic, place in zip(topics, chosen, strict=True)
    ]


def load_training_set(data_folder: Path, library: Library) -> TrainingSet:
    """Return all examples below data/. Raises ContentError when a file of examples is wrong."""
    claim_types = library.claim_types
    titles = {str(fact.id): str(fact.title) for fact in library.facts.values()}
    examples = load_examples(data_folder)
    examples += examples_in_topic(examples, titles)
    messages = read_intents(data_folder / "nlu")
    messages += messages_in_topic(messages, read_follow_ups(data_folder / "follow-ups", titles), titles)
    types = tuple(sorted(claim_types))
    intents = tuple(sorted({intent for _, intent in messages} | {CLAIM_INTENT} | set(STATEMENT_INTENTS.values())))
    rows = len(examples) + len(messages)
    claims, weights = np.zeros((rows, len(types)), np.float32), np.ones((rows, len(types)), np.float32)
    mode, intent = np.full(rows, -1), np.full(rows, -1)
    intent_weight = np.ones(rows, np.float32)
    for row, example in enumerate(examples):
        claims[row] = [kind in example.types for kind in types]
        weights[row] = [kind not in example.maybe or kind in example.types for kind in types]
        mode[row] = _mode_of(list(example.types.values()))
        name = intent_of(example)
        intent[row] = intents.index(name) if name else -1
        intent_weight[row] = CLAIM_INTENT_WEIGHT if example.types else STATEMENT_WEIGHT
    for row, (_, name) in enumerate(messages, start=len(examples)):
        weights[row] = [not may_be_claim(name, claim_types[kind]) for kind in types]
        intent[row] = intents.index(name)
    texts = [example.text for example in examples] + [text for text, _ in messages]
    groups = [example.idea for example in examples] + [f"message/{without_topic(text)}" for text, _ in messages]
    return TrainingSet(texts, types, intents, claims, weights, mode, intent, intent_weight, groups)


def intent_of(example: Example) -> str:
    """Return the intent of a message that reads like this example; none for a twin that asks, hedges, or may hold a claim."""
    if example.types:
        return CLAIM_INTENT
    return "" if example.maybe or example.text.endswith("?") else STATEMENT_INTENTS.get(example.why or "", "")


def may_be_claim(intent: str, claim_type: ClaimType) -> bool:
    """Return whether a message of this intent may ask for the claim as well: "is anything approved?" asks for both."""
    if intent in MAY_HOLD_CLAIMS:
        return True
    return intent.removeprefix("ask_") in claim_type.facts


def _mode_of(modes: Sequence[str]) -> int:
    return MODES.index(modes[0]) if modes else -1
