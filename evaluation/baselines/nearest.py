"""The nearest training example by cosine, over vectors of the sentence model as published (untuned)."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.reading_units import Unit, reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.content.examples import Example, load_examples
from stemcheck.network.graph import write_graph
from stemcheck.network.network import MAX_TOKENS, TOKENIZER, pad
from stemcheck.network.weights import check_weights

Vectors = npt.NDArray[np.float32]
BATCH = 32


class Nearest:
    """Gives each reading unit the claims of the example that is nearest to it."""

    def __init__(self, data_folder: Path, model_folder: Path) -> None:
        self._examples = load_examples(data_folder)
        self._model = UntunedModel(model_folder)
        self._vectors = self._model.embed([example.text for example in self._examples])

    def find_in_all(self, texts: Sequence[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text."""
        units = [reading_units(text, split_sentences(text)) for text in texts]
        vectors = self._model.embed([unit.text for found in units for unit in found])
        nearest = iter((vectors @ self._vectors.T).argmax(axis=1))
        return [[claim for unit in found for claim in self._copy(unit, next(nearest))] for found in units]

    def _copy(self, unit: Unit, nearest: int) -> list[FoundClaim]:
        example: Example = self._examples[nearest]
        end = unit.start + len(unit.text)
        because = (example.text,)
        return [
            FoundClaim(kind, mode, unit.start, end, unit.text, because=because)  # type: ignore[arg-type]
            for kind, mode in example.types.items()
        ]


class UntunedModel:
    """all-MiniLM-L6-v2 as published, run by onnxruntime."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        with tempfile.TemporaryDirectory() as made:
            graph = Path(made) / "untuned.onnx"
            write_graph(load_file(str(check_weights(folder))), graph, heads=False)
            self._session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return the unit vector of each text: [texts, 384]."""
        encodings = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda index: len(encodings[index].ids))
        vectors = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            vectors[chosen] = self._run([encodings[index] for index in chosen])
        return vectors

    def _run(self, encodings: list[Any]) -> Vectors:
        ids, mask = pad([encoding.ids for encoding in encodings])
        (vectors,) = self._session.run(["vector"], {"ids": ids, "mask": mask})
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
