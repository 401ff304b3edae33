"""The texts that the model learns from, as arrays: claims and near twins, and messages with their situations and labels."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stemcheck.claims.reading_units import reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.content.examples import Example, load_examples
from stemcheck.content.library import Library
from stemcheck.content.passages import Passage, is_held_out_page, read_passages
from stemcheck.content.situation_schema import Message, Situation, labels_of
from stemcheck.model.context_prefix import with_topic, without_topic
from stemcheck.model.heads import MODES

Array = npt.NDArray[np.float32]

CLAIM = "claim"  # what a message is about when it makes or repeats a claim rather than asking for an answer
SEEDED = 7
CLAIMS_AFTER_TOPIC, MAX_AFTER_TOPIC_CHARS = (
    1500,
    90,
)  # short claims and near twins that are read after a random topic too
MESSAGES_AFTER_TOPIC = 2500  # messages that are read after a random topic as well, which changes nothing in them
ALSO_SHARE = 0.4  # of a message's weight that goes to the further situations that it holds
CLAIM_MESSAGES, CLAIM_WEIGHT = 4000, 0.3  # labelled claims that the situations' head learns as such
UNLABELLED_CLAIM_WEIGHT = 0.7  # of "this message holds no such claim": its writer labelled situations first
MIN_SHARED_WORDS = 0.6  # of a claim's words that a piece must hold to carry the claim
HELD_OUT_OF = 10  # one page in ten is never trained on
LABELS: Mapping[str, tuple[str, ...]] = {
    "feeling": ("none", "fear", "grief", "joy", "anger", "shame", "lonely", "tired", "hope", "doubt", "worry"),
    "speaker": ("self", "clinic", "own-doctor", "organisation", "friend", "press"),
    "cells": ("any", "ahsct", "msc", "clinic", "other"),
    "degree": ("none", "gentle", "talk", "today", "now"),
}


@dataclass(frozen=True)
class Row:
    """One text with its labels. `situations` holds (id, share); None in `claims` means that nothing is known of claims."""

    text: str
    situations: tuple[tuple[str, float], ...] = ()
    labels: Mapping[str, str] | None = None
    claims: Mapping[str, str] | None = None
    maybe: frozenset[str] = frozenset()
    claim_weight: float = 1.0
    weight: float = 1.0
    group: str = ""


def message_rows(library: Library) -> list[Row]:
    """Return the rows of all situations' messages and near twins that may be trained on."""
    kept_back = {row.text for row in test_rows(library)}  # one may also stand in another file, as a twin
    rows = (row for situation in library.situations.values() for row in rows_of(situation, library))
    return [row for row in rows if without_topic(row.text) not in kept_back]


def rows_of(situation: Situation, library: Library) -> Iterator[Row]:
    """Yield the training rows of one situation: messages, follow-ups in their topic, and twins where they belong."""
    for message in situation.messages:
        if not is_held_out(message):
            yield _message_row(situation, message, message.text)
    for item in situation.follow_ups:
        title = library.situations[item.after].title
        yield _message_row(situation, item, with_topic(title, item.text))
    for twin in situation.twins:
        row = _message_row(situation, twin, twin.text)
        if twin.belongs == CLAIM:
            yield replace(row, situations=((CLAIM, 1.0),), claims=row.claims or None)
        elif twin.belongs in library.situations:
            yield replace(row, situations=((twin.belongs, 1.0),), labels=None)
        else:
            yield replace(row, situations=(), labels={"degree": twin.degree or "none"})


def test_rows(library: Library) -> list[Row]:
    """Return the messages that are never trained on: those under `tests`, and those heard on a held-out page."""
    found = []
    for situation in library.situations.values():
        kept = [message for message in situation.messages if is_held_out(message)]
        found += [_message_row(situation, message, message.text) for message in (*situation.tests, *kept)]
    return found


def is_held_out(message: Message) -> bool:
    """Return whether a message's page is among the tenth that is never trained on."""
    return bool(message.page) and zlib.crc32(message.page.encode()) % HELD_OUT_OF == 0


def claim_rows(data_folder: Path) -> list[Row]:
    """Return the rows of data/claims/examples. Raises ContentError when a file is wrong."""
    return [_claim_row(example) for example in load_examples(data_folder)]


def passage_rows(data_folder: Path) -> list[Row]:
    """Return the pieces in which the spotter reads the passages, and the single sentences, each with the claims in it."""
    passages, sentences = read_passages(data_folder)
    found = [row for passage in passages if not is_held_out_page(passage.page) for row in _piece_rows(passage)]
    for item in sentences:
        if not is_held_out_page(item.page):
            claims: dict[str, str] = {str(claim.type): claim.mode for claim in item.claims}
            found.append(Row(item.text, claims=claims, maybe=frozenset(item.optional), group=f"passage/{item.page}"))
    return found


def _piece_rows(passage: Passage) -> Iterator[Row]:
    """Yield a row for each piece; a claim belongs to the pieces that hold most of its words."""
    places = [(claim, passage.text.index(claim.words)) for claim in passage.claims]
    for unit in reading_units(passage.text, split_sentences(passage.text)):
        pieces = [(unit.text, unit.start), *((sentence.text, sentence.start) for sentence in unit.sentences)]
        for text, start in pieces:
            claims: dict[str, str] = {}
            maybe = {str(name) for name in passage.optional}
            for claim, place in places:
                common = min(start + len(text), place + len(claim.words)) - max(start, place)
                if common >= MIN_SHARED_WORDS * len(claim.words):
                    claims[str(claim.type)] = claim.mode
                elif common > 0:
                    maybe.add(str(claim.type))
            yield Row(text, claims=claims, maybe=frozenset(maybe), group=f"passage/{passage.page}")


def in_topic(rows: Sequence[Row], titles: Sequence[str], most: int, seed: int) -> list[Row]:
    """Return some short rows after a random topic: "can they cure it?" asks for the same whatever was said before."""
    random = np.random.default_rng(seed)
    short = [row for row in rows if len(row.text) <= MAX_AFTER_TOPIC_CHARS and not row.text.startswith("[")]
    chosen = random.choice(len(short), min(len(short), most), replace=False)
    topics = random.choice(sorted(titles), len(chosen))
    return [
        replace(short[place], text=with_topic(str(topic), short[place].text))
        for place, topic in zip(chosen, topics, strict=True)
    ]


def load_rows(data_folder: Path, library: Library) -> list[Row]:
    """Return everything that is learned from, in a fixed order."""
    titles = [situation.title for situation in library.situations.values()]
    claims, messages = claim_rows(data_folder), message_rows(library)
    spoken = [row for row in claims if row.claims]
    random = np.random.default_rng(SEEDED)
    also_talk = {id(spoken[place]) for place in random.permutation(len(spoken))[:CLAIM_MESSAGES]}
    claims = [replace(row, situations=((CLAIM, 1.0),)) if id(row) in also_talk else row for row in claims]
    return [
        *claims,
        *in_topic(claims, titles, CLAIMS_AFTER_TOPIC, 11),
        *messages,
        *in_topic(messages, titles, MESSAGES_AFTER_TOPIC, 13),
        *passage_rows(data_folder),
    ]


def _message_row(situation: Situation, message: Message, text: str) -> Row:
    own = 1.0 - (ALSO_SHARE if message.also else 0.0)
    further = [(name, ALSO_SHARE / len(message.also)) for name in message.also]
    return Row(
        text,
        ((situation.id, own), *further),
        labels_of(situation, message),
        {str(claim.type): claim.mode for claim in message.claims or situation.defaults.claims},
        claim_weight=1.0 if message.claims else UNLABELLED_CLAIM_WEIGHT,
        group=f"{situation.id}/{message.page}" if message.page else situation.id,
    )


def _claim_row(example: Example) -> Row:
    return Row(example.text, claims=dict(example.types), maybe=example.maybe, weight=CLAIM_WEIGHT, group=example.idea)


def claim_arrays(rows: Sequence[Row], types: Sequence[str]) -> tuple[Array, Array, npt.NDArray[np.int64]]:
    """Return claims [rows, types], their weights [rows, types], and the mode [rows] (index into MODES, -1 for none)."""
    claims = np.zeros((len(rows), len(types)), np.float32)
    weights = np.zeros((len(rows), len(types)), np.float32)
    mode = np.full(len(rows), -1)
    for place, row in enumerate(rows):
        if row.claims is None:
            continue
        claims[place] = [name in row.claims for name in types]
        known = [name in row.claims or name not in row.maybe for name in types]
        weights[place] = np.where(claims[place] > 0, 1.0, row.claim_weight) * known
        first = next(iter(row.claims.values()), "")
        mode[place] = MODES.index(first) if first else -1
    return claims, weights, mode


def situation_names(library: Library) -> tuple[str, ...]:
    """Return the labels of the situations' head."""
    return (*sorted(library.situations), CLAIM)


def targets(rows: Iterable[Row], head: str, names: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Yield (row, label, weight) of every row that has a label for a head."""
    places = {name: place for place, name in enumerate(names)}
    for number, row in enumerate(rows):
        if head == "situations":
            yield from ((number, places[name], share * row.weight) for name, share in row.situations if name in places)
        elif row.labels and head in row.labels:
            yield number, places[row.labels[head]], row.weight
