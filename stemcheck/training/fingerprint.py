"""The fingerprint of what the model learns from: texts, labels, ids and titles, but no wording of a reply."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

SITUATIONS, CLAIMS = "situations", "claims"
WHOLE = ("claims/examples", "training/passages", "misspellings")  # folders of which every word is learned from
# of a situation: its title stands before follow-ups; replies, kind, next and card are only said
LEARNED_KEYS = ("id", "title", "defaults", "degree", "messages", "follow_ups", "twins", "tests")


def fingerprint(data_folder: Path) -> str:
    """Return the SHA-256 of all that encoder and heads learn from."""
    digest = hashlib.sha256()
    for name, content in _learned_from(data_folder):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _learned_from(data_folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((data_folder / SITUATIONS).rglob("*.yml")):
        yield path.relative_to(data_folder).as_posix(), _taught_by(path)
    for path in sorted((data_folder / CLAIMS).glob("*.yml")):
        yield f"{CLAIMS}/{path.name}", b""  # that there is such a type; what is said of it is no matter
    for folder in WHOLE:
        for path in sorted((data_folder / folder).rglob("*.yml")):
            yield path.relative_to(data_folder).as_posix(), path.read_bytes()


def _taught_by(path: Path) -> bytes:
    """Return what a situation's file teaches; all of it when it is no mapping, which the content's check tells."""
    raw = path.read_bytes()
    try:
        stored: Any = yaml.load(raw, yaml.CSafeLoader)
    except yaml.YAMLError:
        return raw
    if not isinstance(stored, dict):
        return raw
    taught = {key: stored[key] for key in LEARNED_KEYS if key in stored}
    return json.dumps(taught, ensure_ascii=False, sort_keys=True, default=str).encode()
