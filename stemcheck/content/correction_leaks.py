"""Texts that would be learnt from and tested with, or learnt as two things: a score would then mean nothing."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from stemcheck.content.correction_rows import Correction, is_claim, learned_texts, tested_texts
from stemcheck.content.examples import load_examples
from stemcheck.content.situations import ELSEWHERE, situation_files

WORD = re.compile(r"\w+")
MIN_TURN_WORDS = 4  # of a dialogue's message, to be anybody's own
REMEDY = "Withdraw it, or change its text."


def find_leaks(root: Path, corrections: Sequence[Correction]) -> Iterator[str]:
    """Yield a sentence for each correction whose text stands elsewhere below `root`, or in another correction, for another use."""
    tested = {_key(text): where for text, where in _tested_before(root)}
    learned = dict(_learned_before(root))
    for item in corrections:
        for text in tested_texts(item):
            if where := learned.get(_key(text)):
                yield f"Correction {item['id']} is kept for testing, and is learnt as {where} already. {REMEDY}"
            tested.setdefault(_key(text), f"correction {item['id']}")
        for text, what in _learned(item):
            if where := tested.get(_key(text)):
                yield f"Correction {item['id']} is to be learnt from, and is kept for testing already ({where}). {REMEDY}"
            if (known := learned.setdefault(_key(text), what)) != what:
                yield f"Correction {item['id']} is learnt as {what}, and already as {known}. {REMEDY}"


def _learned(item: Correction) -> Iterator[tuple[str, str]]:
    """Yield what is learnt from a correction: each text, and as what."""
    content, texts = item["content"], learned_texts(item)
    types = [claim["type"] for claim in content.get("claims", ())]
    if item["kind"] == "twin":
        yield from ((text, f"no {content['twin_of']}") for text in texts)
    elif not is_claim(item):
        yield from ((text, f"the situation {content['situation']}") for text in texts)
    elif len(texts) == len(types):
        yield from ((text, f"the claim {type}") for text, type in zip(texts, types, strict=True))
    else:
        yield from ((text, f"the claim {'+'.join(sorted(types))}") for text in texts)


def _learned_before(root: Path) -> Iterator[tuple[str, str]]:
    for example in load_examples(root / "data"):
        types = "+".join(sorted(example.types))
        yield _key(example.text), f"no {example.twin_of}" if example.twin_of and not types else f"the claim {types}"
    for situation, content in _situations(root):
        yield from ((_key(text), f"the situation {situation}") for text in _texts(content.get("messages")))
        for twin in content.get("twins") or ():
            is_elsewhere = twin["belongs"] in ELSEWHERE
            yield _key(twin["text"]), f"no {situation}" if is_elsewhere else f"the situation {twin['belongs']}"


def _tested_before(root: Path) -> Iterator[tuple[str, str]]:
    for situation, content in _situations(root):
        yield from ((text, f"the tests of {situation}") for text in _texts(content.get("tests")))
    yield from ((text, "the evaluation") for text in _evaluation_texts(root))


def _situations(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in situation_files(root / "data"):
        yield f"{path.parent.name}/{path.stem}", _read_yaml(path)


def _texts(messages: Any) -> list[str]:
    """Return the texts of a list of messages, of which those without labels are written as their text alone."""
    return [str(item["text"] if isinstance(item, dict) else item) for item in messages or ()]


def _evaluation_texts(root: Path) -> Iterator[str]:
    for path in sorted((root / "evaluation" / "sets").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.strip() else {}
            yield from (row[name] for name in ("text",) if name in row)
            # "why not?" stands in any conversation
            yield from (turn["user"] for turn in row.get("turns", ()) if len(turn["user"].split()) >= MIN_TURN_WORDS)


def _read_yaml(path: Path) -> dict[str, Any]:
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content if isinstance(content, dict) else {}


def _key(text: str) -> str:
    """Return what two spellings of the same text share."""
    return " ".join(WORD.findall(text.casefold())) or text.strip()  # an emoji is no word, and no other emoji
