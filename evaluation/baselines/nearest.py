"""The nearest training example by cosine, over vectors of the sentence model as published (untuned)."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from stemcheck.claims.found_claim import FoundClaim
from stemcheck.claims.reading_units import Unit, reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.content.examples import Example, load_examples
from stemcheck.model.base_weights import unpack_base_weights
from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import ADAPTERS, GRAPH, PLACES, build_encoder
from stemcheck.model.heads import Floats
from stemcheck.model.inference import SHIPPED
from stemcheck.settings import Settings

MAX_EXAMPLES = 6000  # chosen at random but always the same: reading all of them takes many minutes
SEED = 7


class Nearest:
    """Gives each reading unit the claims of the example that is nearest to it."""

    def __init__(self, settings: Settings) -> None:
        examples = load_examples(settings.data_folder)
        chosen = np.random.default_rng(SEED).permutation(len(examples))[:MAX_EXAMPLES]
        self._examples = [examples[place] for place in chosen]
        self._encoder = untuned_encoder(settings)
        self._vectors = self._embed([example.text for example in self._examples])

    def find_in_all(self, texts: Sequence[str]) -> list[list[FoundClaim]]:
        """Return the claims of each text."""
        units = [reading_units(text, split_sentences(text)) for text in texts]
        vectors = self._embed([unit.text for found in units for unit in found])
        nearest = iter((vectors @ self._vectors.T).argmax(axis=1))
        return [[claim for unit in found for claim in self._copy(unit, next(nearest))] for found in units]

    def _embed(self, texts: Sequence[str]) -> Floats:
        found = {place: encoded.vector for place, encoded in self._encoder.encode(texts)}
        return np.stack([found[place] for place in range(len(texts))])

    def _copy(self, unit: Unit, nearest: int) -> list[FoundClaim]:
        example: Example = self._examples[nearest]
        end = unit.start + len(unit.text)
        because = (example.text,)
        return [
            FoundClaim(kind, mode, unit.start, end, unit.text, because=because)  # type: ignore[arg-type]
            for kind, mode in example.types.items()
        ]


def untuned_encoder(settings: Settings) -> Encoder:
    """Return all-mpnet-base-v2 as published, in eight bits as ours is. Raises WeightsError or EncoderError."""
    models = settings.models_folder
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        # the set-up deletes what it unpacked; then it is unpacked for this time alone
        kept = models / "base"
        published = unpack_base_weights(kept if kept.is_dir() else folder / "base", settings.sentence_model)
        copy_without_adapters(models / SHIPPED, folder / "shipped")
        build_encoder(folder / "shipped", folder / "built", published, published)
        return Encoder(folder / "built")


def copy_without_adapters(shipped: Path, target: Path) -> None:
    """Copy what an encoder is built from, but for the low-rank pairs that training found."""
    from safetensors.numpy import load_file, save_file

    target.mkdir()
    for name in (GRAPH, PLACES):
        (target / name).write_bytes((shipped / name).read_bytes())
    arrays = load_file(str(shipped / ADAPTERS))
    save_file({name: value for name, value in arrays.items() if name[-2:] not in (".A", ".B")}, target / ADAPTERS)
