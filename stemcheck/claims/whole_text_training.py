"""Train the step that asks whether a long text speaks for its claims; takes seconds, after the network."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from stemcheck.claims.reading_units import reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.claims.unit_reading import read_units
from stemcheck.claims.whole_text import FILE, SHORTEST, count_words, describe_vectors, read_weights, scale, weigh_words
from stemcheck.content.library import Library
from stemcheck.content.passages import FOLDER, is_held_out_page, read_passages
from stemcheck.content.texts import WholeText, load_texts
from stemcheck.model.heads import Floats
from stemcheck.model.inference import Predictor, load_model, models_folder
from stemcheck.settings import load_settings

LEAST_TEXTS = 2  # a word of one text alone says nothing


def fingerprint_of_texts(data_folder: Path) -> str:
    """Return the SHA-256 of the texts that are learned from."""
    digest = hashlib.sha256()
    for path in sorted([*(data_folder / "texts").glob("*.yml"), *(data_folder / FOLDER).glob("*.yml")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def is_whole_text_trained(data_folder: Path) -> bool:
    """Return whether the weights beside the network come from the texts as they are now."""
    if not (models_folder() / FILE).is_file():
        return False
    return str(read_weights(models_folder())["trained_from"]) == fingerprint_of_texts(data_folder)


def train_whole_text(library: Library) -> None:
    """Train on data/texts and put the weights beside the network. Raises ContentError or ModelMissing."""
    data_folder = load_settings().data_folder
    flagged = [kind.id for kind in library.claim_types.values() if library.verdicts[kind.verdict].flagged]
    texts = [*load_texts(data_folder), *passages_as_texts(data_folder, flagged)]
    weights = fit(texts, describe_pieces([text.text for text in texts], load_model()))
    np.savez(models_folder() / FILE, trained_from=fingerprint_of_texts(data_folder), kinds=flagged, **weights)


def passages_as_texts(data_folder: Path, flagged: Sequence[str]) -> list[WholeText]:
    """Return the passages of pages that are learned from; one that makes a claim of a flagged type speaks for its claims."""
    passages, _ = read_passages(data_folder)
    return [
        WholeText(
            kind="other-subject" if passage.stance == "other" else passage.stance,
            text=passage.text,
            flagged=any(claim.type in flagged and claim.mode != "asked" for claim in passage.claims),
        )
        for passage in passages
        if len(passage.text) >= SHORTEST and not is_held_out_page(passage.page)
    ]


def describe_pieces(texts: Sequence[str], model: Predictor) -> Floats:
    """Return what the vectors of each text's pieces are like, [texts, 1536]."""
    # the pieces alone: their sentences say nothing here, and would double the time
    units = [[replace(unit, sentences=()) for unit in reading_units(text, split_sentences(text))] for text in texts]
    read = read_units(model, units)
    return np.stack([describe_vectors([piece.readings[0].vector for piece in pieces]) for pieces in read])


def fit(texts: Sequence[WholeText], vectors: Floats) -> dict[str, Any]:
    """Return the weights of a logistic regression over words and vectors, both classes counting the same."""
    from sklearn.linear_model import LogisticRegression

    found = Counter(word for text in texts for word in count_words(text.text))
    words = sorted(word for word, count in found.items() if count >= LEAST_TEXTS)
    places = {word: place for place, word in enumerate(words)}
    rarity = np.array([1 + np.log((1 + len(texts)) / (1 + found[word])) for word in words], np.float32)
    middle, spread = vectors.mean(0), vectors.std(0) + 1e-9
    features = np.stack(
        [
            np.concatenate([weigh_words(text.text, places, rarity), scale(row, middle, spread)])
            for text, row in zip(texts, vectors, strict=True)
        ]
    )
    model = LogisticRegression(max_iter=3000, class_weight="balanced").fit(features, [text.flagged for text in texts])
    learned = {"weights": model.coef_[0].astype(np.float32), "bias": model.intercept_[0]}
    return {"words": np.array(words), "rarity": rarity, "middle": middle, "spread": spread, **learned}
