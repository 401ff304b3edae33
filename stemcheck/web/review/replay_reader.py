"""Reads a message as it would be read now: by the running assistant, or by the same model here when that is away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from stemcheck.claims.subjects import SubjectMatcher
from stemcheck.content.library import Library
from stemcheck.content.safety_rule import build_safety_rule
from stemcheck.conversation.reading import Reading, read_message

if TYPE_CHECKING:
    from stemcheck.reading.message_reader import MessageReader

SECONDS = 5.0
# text and metadata (topic, region) → how it is read, and whether the running assistant read it
Reader = Callable[[str, Mapping[str, str]], tuple[Reading, bool]]


def load_reader(rasa_port: int, library: Library, data_folder: Path) -> Reader:
    """Return the reader; it raises ModelMissing when there is neither a running assistant nor a model."""
    load_here = lru_cache(maxsize=1)(partial(_load_here, library, data_folder))

    def read(text: str, metadata: Mapping[str, str]) -> tuple[Reading, bool]:
        try:
            return read_live(rasa_port, text, metadata), True
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return read_here(load_here(), text, metadata), False

    return read


def read_live(rasa_port: int, text: str, metadata: Mapping[str, str]) -> Reading:
    """Return how Rasa's pipeline reads a message. Raises httpx.HTTPError when Rasa does not answer."""
    body = {"message": text, "metadata": dict(metadata)}
    # never by a proxy: Rasa listens on this machine alone
    with httpx.Client(timeout=SECONDS, trust_env=False) as client:
        answer = client.post(f"http://127.0.0.1:{rasa_port}/webhooks/stemcheck/read", json=body).raise_for_status()
    parsed: dict[str, Any] = answer.json()
    return replace(read_message(parsed), text=text)


def read_here(reader: "MessageReader", text: str, metadata: Mapping[str, str]) -> Reading:
    """Return how the model reads a message in this process."""
    parsed = reader.read(text, metadata.get("topic", ""))
    return read_message({**parsed, "text": text, "metadata": dict(metadata)})


def _load_here(library: Library, data_folder: Path) -> "MessageReader":
    from stemcheck.claims.spotter import load_spotter
    from stemcheck.model.foreign_alarms import load_alarms
    from stemcheck.model.inference import load_model
    from stemcheck.reading.foreign_language import load_foreign_reader
    from stemcheck.reading.message_reader import MessageReader

    return MessageReader(
        load_model(),
        load_spotter(),
        build_safety_rule(library.safety),
        SubjectMatcher(library.claim_subjects, library.claim_questions),
        load_foreign_reader(data_folder, library, load_alarms(library)),
    )
