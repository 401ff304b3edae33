"""Reads one message: its situations and parts, who says what of which cells, the feeling, the degree of alarm, the claims."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.spotter import Spotter
from stemcheck.claims.subjects import SubjectMatcher, Subjects
from stemcheck.content.safety_rule import SafetyRule, graver
from stemcheck.content.schema_guidance import SafetyCard
from stemcheck.model.context_prefix import with_topic
from stemcheck.model.heads import Floats, Heads
from stemcheck.model.inference import KnownPredictions, Model, Prediction
from stemcheck.reading.foreign_language import ForeignReader
from stemcheck.reading.pasted_text import is_pasted
from stemcheck.reading.question_splitter import is_anaphoric, is_vague, split_questions
from stemcheck.text_form.normalise import normalise_text

RANKED, RANKED_OF_PART = 10, 3  # situations that are kept; the others have next to no probability
TOPIC_SHARE, TOPIC_SHARE_ELSE = (
    0.8,
    0.3,
)  # of the reading in the last answer's topic, where the message points back, and elsewhere
SUBJECT_SURE = 0.7  # which treatment a message names, so that its parts are read as being about it
SUBJECTS = {"ahsct": "ahsct/what-is-ahsct", "msc": "msc/what-are-mscs"}  # what is answered on each kind of cells first
PLAIN_ALONE = 0.7  # a message as sure as this by itself ("thanks") does not need what was said before
MAX_TOPIC_CHARS = 160  # a longer message stands for itself
MAX_FOLLOWUP_CHARS = 90
SHORT_LABELS = ("feeling", "speaker", "cells")


@dataclass(frozen=True)
class MessageReader:
    """Everything that is needed to read messages; built once."""

    model: Model
    spotter: Spotter
    safety_rule: SafetyRule
    subjects: SubjectMatcher
    foreign: ForeignReader
    titles: Mapping[str, str] = field(default_factory=dict)  # of the answer on each kind of cells that has one

    def read(self, written: str, topic: str = "") -> dict[str, Any]:
        """Return what goes into parse_data: `reading`, `claims`, `possible_claims`, `safety`, `subjects`, `claim_question`.

        The places of claims are those of the message as it was written.
        """
        began = time.perf_counter()
        form = normalise_text(written)
        text = form.text or written  # a message of links alone has nothing else to be read
        card, language = self._plain_rule(written, text)
        if language:
            return self._read_foreign(text, language, card, began)
        in_topic = with_topic(topic, text) if topic and len(text) <= MAX_TOPIC_CHARS else text
        parts = split_questions(text)
        known = KnownPredictions(self.model, [in_topic, text, *parts, *self.spotter.texts_read(form)])
        reading = self._reading(known, text, in_topic, parts, topic)
        claims = self.spotter.find_in_forms([form], known)[0]
        named = self.subjects.find(text) if len(text) <= MAX_FOLLOWUP_CHARS else Subjects()
        reading["is_pasted"] = is_pasted(text, claims, reading["labels"])
        reading["milliseconds"] = _since(began)
        return _parsed(reading, claims, named, safety=card.id if card else "")

    def _plain_rule(self, written: str, text: str) -> tuple[SafetyCard | None, str]:
        """Return the card by the plain rule, and the language: where it is not English, the one whose patterns fit, if any do."""
        language = self.foreign.detect(text)
        if not language:
            return self.safety_rule.find(written), ""
        found = self.safety_rule.find_in(written, language)
        return (found, language) if found else (self.safety_rule.find_foreign(written) or (None, language))

    def _read_foreign(self, text: str, language: str, by_rule: SafetyCard | None, began: float) -> dict[str, Any]:
        by_model = self.foreign.alarm(text, language)
        card = graver(self.safety_rule.cards, by_rule.id if by_rule else "", by_model)
        reading = {"model": self.model.version, "language": language, "situations": [], "milliseconds": _since(began)}
        return _parsed(reading, safety=card)

    def _reading(
        self, known: KnownPredictions, text: str, in_topic: str, parts: Sequence[str], topic: str
    ) -> dict[str, Any]:
        heads = self.model.heads
        alone, topical, *pieces = known.predict([text, in_topic, *parts])
        is_plain = float(alone.labels["situations"].max()) >= PLAIN_ALONE
        share = TOPIC_SHARE if is_anaphoric(text) and not is_plain else TOPIC_SHARE_ELSE
        mixed = share * topical.labels["situations"] + (1 - share) * alone.labels["situations"]
        of_parts = self._in_subject(known, parts, pieces, self._subject(alone, topic, parts))
        degree = alone.labels["degree"]
        return {
            "model": self.model.version,
            "language": "",
            "situations": _ranked(heads, mixed, RANKED),
            "parts": [
                {"text": part, "situations": _ranked(heads, situations, RANKED_OF_PART)}
                for part, situations in zip(parts, of_parts, strict=True)
            ],
            "labels": {head: _likeliest(heads, head, alone) for head in SHORT_LABELS},
            "degrees": {name: round(float(degree[place]), 4) for place, name in enumerate(heads.names("degree"))},
        }

    def _subject(self, message: Prediction, topic: str, parts: Sequence[str]) -> str:
        """Return what the parts of a message are about: a treatment that the message names, or what a correction goes back to."""
        cells, sure = _likeliest(self.model.heads, "cells", message)
        named = self.titles.get(cells, "") if float(sure) >= SUBJECT_SURE else ""
        return named or (topic if len(parts) == 1 else "")

    def _in_subject(
        self, known: KnownPredictions, parts: Sequence[str], alone: Sequence[Prediction], subject: str
    ) -> list[Floats]:
        """Return the situations of each part, of one that stands for more than it says in the subject: "AHSCT: how long is it?"."""
        found = [prediction.labels["situations"] for prediction in alone]
        vague = [place for place, part in enumerate(parts) if is_vague(part)] if subject else []
        topical = known.predict([with_topic(subject, parts[place]) for place in vague])
        for place, prediction in zip(vague, topical, strict=True):
            found[place] = TOPIC_SHARE * prediction.labels["situations"] + (1 - TOPIC_SHARE) * found[place]
        return found


def _ranked(heads: Heads, probabilities: Floats, most: int) -> list[dict[str, Any]]:
    names = heads.names("situations")
    order = probabilities.argsort()[::-1][:most]
    return [{"id": names[place], "probability": round(float(probabilities[place]), 4)} for place in order]


def _likeliest(heads: Heads, head: str, prediction: Prediction) -> list[Any]:
    place = int(np.argmax(prediction.labels[head]))
    return [heads.names(head)[place], round(float(prediction.labels[head][place]), 4)]


def _parsed(
    reading: Mapping[str, Any], claims: Sequence[FoundClaim] = (), named: Subjects | None = None, *, safety: str
) -> dict[str, Any]:
    return {
        "reading": dict(reading),
        "claims": [claim.as_dict() for claim in claims if claim.is_confirmed],
        "possible_claims": [replace(claim).as_dict() for claim in claims if not claim.is_confirmed],
        "subjects": list(named.types) if named else [],
        "claim_question": named.question if named else "",
        "safety": safety,
    }


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
