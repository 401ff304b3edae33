"""Find the claims in a text: read each sentence, see what the words around it do, say what and where each claim is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from stemcheck.claims.context import judge_context
from stemcheck.claims.cues import Cue, CueMatcher, load_cues
from stemcheck.claims.denials.finding import apply_denials
from stemcheck.claims.denials.patterns import DenialPatterns, load_denials
from stemcheck.claims.doubles import without_doubles
from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.nearest import NearestExamples, load_nearest
from stemcheck.claims.patterns import ClaimPatterns, load_patterns
from stemcheck.claims.reading_units import reading_units
from stemcheck.claims.sentences import Sentence, split_sentences
from stemcheck.claims.thresholds import Thresholds, load_thresholds
from stemcheck.claims.treatment import TreatmentMatcher, judge_treatment, load_treatment_words
from stemcheck.claims.unit_reading import UnitReading, read_units
from stemcheck.claims.whole_text import WholeTextJudge, load_whole_text_judge
from stemcheck.model.inference import Model, Prediction, Predictor, load_model
from stemcheck.text_form.mapped_text import MappedText
from stemcheck.text_form.normalise import normalise_text

OURS = "stem-cells"  # the group of data/treatment-words.yml


class ClaimFinder(Protocol):
    """What finds claims in a text."""

    def find_claims(self, text: str) -> list[FoundClaim]:
        """Return the claims in order of appearance."""


class Spotter:
    """The steps together, and what each needs; the last three only if denials, long texts or the nearest examples matter."""

    def __init__(
        self,
        model: Model,
        thresholds: Thresholds,
        cues: CueMatcher,
        patterns: ClaimPatterns,
        treatment: TreatmentMatcher,
        whole_text: WholeTextJudge | None = None,
        examples: NearestExamples | None = None,
        denials: DenialPatterns | None = None,
    ) -> None:
        self._model = model
        self._thresholds = thresholds
        self._cues = cues
        self._patterns = patterns
        self._treatment = treatment
        self._whole_text = whole_text
        self._examples = examples
        self._denials = denials

    def find_claims(self, text: str) -> list[FoundClaim]:
        """Return the claims of a text in order of appearance, those that only may be claims among them."""
        return self.find_in_all([text])[0]

    def find_in_all(self, texts: Sequence[str], predictor: Predictor | None = None) -> list[list[FoundClaim]]:
        """Return the claims of each text, however it arrived; many texts are read together, which is quicker.

        `predictor` may know some predictions already.
        """
        return self.find_in_forms([normalise_text(text) for text in texts], predictor)

    def find_in_forms(self, forms: Sequence[MappedText], predictor: Predictor | None = None) -> list[list[FoundClaim]]:
        """Return the claims of each normalised text; their places and words are those of the original."""
        sentences = [split_sentences(form.text) for form in forms]
        units = [reading_units(form.text, parts) for form, parts in zip(forms, sentences, strict=True)]
        readings = read_units(predictor or self._model, units)
        texts = zip(forms, readings, sentences, strict=True)
        found = [self._claims(form.text, read, parts) for form, read, parts in texts]
        return [[_as_it_came(claim, form) for claim in claims] for form, claims in zip(forms, found, strict=True)]

    @staticmethod
    def texts_read(form: MappedText) -> list[str]:
        """Return the pieces of a normalised text that the model is asked about first."""
        return [piece for unit in reading_units(form.text, split_sentences(form.text)) for piece in unit.texts()]

    def _claims(self, text: str, read: Sequence[UnitReading], sentences: Sequence[Sentence]) -> list[FoundClaim]:
        found = [(one.unit, claim) for one in read for claim in self._claims_of(one)]
        words = self._treatment.find(text) if found else []
        judged = [judge_treatment(claim, words, unit.start, unit.start + len(unit.text)) for unit, claim in found]
        if self._denials:
            judged = apply_denials(judged, text, sentences, self._denials)
        if self._whole_text:
            judged = self._whole_text.judge(text, read, judged)
        return sorted(without_doubles(judged), key=lambda claim: (claim.start, claim.type))

    def _claims_of(self, read: UnitReading) -> list[FoundClaim]:
        probabilities = read.probabilities()
        likely = [row for row in range(len(probabilities)) if self._may_be_claim(read, row, float(probabilities[row]))]
        cues = self._cues.find(read.unit.text) if likely else []
        return [self._claim(read, row, float(probabilities[row]), cues) for row in likely]

    def _may_be_claim(self, read: UnitReading, row: int, probability: float) -> bool:
        """Return whether the model sees a claim type, or a firm pattern does in a piece that names our treatment."""
        if probability >= self._thresholds.possible:
            return True
        text = read.unit.text
        is_firm = self._patterns.find_firm(self._model.claim_types[row], text)
        return bool(is_firm) and any(word.group == OURS for word in self._treatment.find(text))

    def _claim(self, read: UnitReading, row: int, probability: float, cues: Sequence[Cue]) -> FoundClaim:
        kind, unit = self._model.claim_types[row], read.unit
        start, end, reading = read.place_claim(row)
        match = self._patterns.find(kind, unit.text)
        is_silent = probability < self._thresholds.possible
        if match and is_silent:
            start, end = match.span()
        if match:
            probability = max(probability, self._thresholds.of(kind))
            # the "no" of "no side effects whatsoever" denies nothing
            cues = [cue for cue in cues if not match.start() <= cue.start < match.end()]
        seen = 0.0 if is_silent else probability
        context = judge_context(kind, seen, read.readings[0].mode, cues, unit.text, start, end)
        opposite = self._patterns.find_opposite(kind, unit.text, start, end)
        if opposite:
            context = replace(context, is_said=False, cue=f"opposite: {opposite.group()}")
        return FoundClaim(
            kind,
            context.mode,
            unit.start + start,
            unit.start + end,
            unit.text[start:end],
            round(probability, 4),
            context.is_said and probability >= self._thresholds.of(kind),
            because=self._explain(match, row, reading),
            cue=context.cue,
        )

    def _explain(self, match: re.Match[str] | None, row: int, reading: Prediction) -> tuple[str, ...]:
        pattern = (f"pattern: {match.group()}",) if match else ()
        near = self._examples.find(row, reading.vector) if self._examples else ()
        return (*pattern, *(f"like: {text}" for text in near))


def _as_it_came(claim: FoundClaim, form: MappedText) -> FoundClaim:
    start, end = form.place(claim.start, claim.end)
    return replace(claim, start=start, end=end, text=form.original[start:end])


@lru_cache(maxsize=1)
def load_spotter() -> Spotter:
    """Return the spotter that names no examples: the quicker one. Raises ModelMissing before the first training."""
    return _build_spotter(None)


@lru_cache(maxsize=1)
def load_explaining_spotter() -> Spotter:
    """Return the spotter that names the nearest examples of every claim, for reviewers. Raises ModelMissing."""
    return _build_spotter(load_nearest())


def _build_spotter(examples: NearestExamples | None) -> Spotter:
    return Spotter(
        load_model(),
        load_thresholds(),
        load_cues(),
        load_patterns(),
        load_treatment_words(),
        load_whole_text_judge(),
        examples,
        load_denials(),
    )
