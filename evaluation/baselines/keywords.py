"""Keyword lists, with medspaCy's ConText rules as shipped to tell what is denied, hypothetical, uncertain or history."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from stemcheck.claims.english import load_english
from stemcheck.claims.found_claim import FoundClaim

LIST = Path(__file__).with_name("keywords.yml")
NO_CLAIM = ("is_negated", "is_hypothetical", "is_uncertain", "is_historical", "is_family")


class Keywords:
    """Finds a claim wherever a keyword stands that no ConText rule takes back. A question mark makes it asked."""

    def __init__(self) -> None:
        self._nlp = _build_pipeline()

    def find_in_all(self, texts: Sequence[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text."""
        return [[_claim(entity) for entity in doc.ents if _is_claim(entity)] for doc in self._nlp.pipe(texts)]


def _build_pipeline() -> Any:
    load_english()  # imports spaCy without TensorFlow
    import medspacy.context
    import medspacy.target_matcher
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher: Any = nlp.add_pipe("medspacy_target_matcher")
    keywords: dict[str, list[str]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    rule = medspacy.target_matcher.TargetRule
    matcher.add([rule(word, kind) for kind, words in keywords.items() for word in words])
    nlp.add_pipe("medspacy_context")
    return nlp


def _is_claim(entity: Any) -> bool:
    return not any(getattr(entity._, flag) for flag in NO_CLAIM)


def _claim(entity: Any) -> FoundClaim:
    mode = "asked" if entity.sent.text.rstrip().endswith("?") else "asserted"
    return FoundClaim(entity.label_.lower(), mode, entity.start_char, entity.end_char, entity.text)  # type: ignore[arg-type]
