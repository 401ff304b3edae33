"""Set from which probability on a claim of each type counts: `python -m evaluation.claim_thresholds`; takes about a minute.

Read are the pages that the model never learned from and that are in no set of evaluation/sets, by the spotter as it runs.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from evaluation.held_out import held_out_passages
from evaluation.rows import LabelledText, ScoredText, compare, labelled
from evaluation.scoring import Counts, count_types, score
from evaluation.write_sets import advert_row, claim_row
from stemcheck.claims.cues import load_cues
from stemcheck.claims.patterns import load_patterns
from stemcheck.claims.spotter import Spotter
from stemcheck.claims.thresholds import FILE, Thresholds, load_thresholds
from stemcheck.claims.treatment import load_treatment_words
from stemcheck.claims.whole_text import load_whole_text_judge
from stemcheck.content.library import Library, load_library
from stemcheck.model.inference import KnownPredictions, Model, load_model
from stemcheck.settings import load_settings

GRID = tuple(float(value) for value in np.round(np.arange(0.2, 0.86, 0.05), 2))
MIDDLE = 0.45  # for a type with too few labelled texts, and among those that are as good
AS_GOOD = 0.01  # a difference in F1 that says nothing
MIN_LABELLED = 5
HEADER = """# From which probability on a claim type counts; set by `python -m evaluation.claim_thresholds` on pages never trained on.
# possible: from here on reviewers see that there may be a claim; visitors never do.
"""

AtEach = Mapping[float, Sequence[ScoredText]]


def main() -> None:
    """Choose, write, and print how well the types are found with it."""
    data_folder = load_settings().data_folder
    library, model = load_library(data_folder), load_model()
    rows, possible = held_out_texts(library, data_folder), load_thresholds().possible
    known = KnownPredictions(model, [])
    scored = {value: read_with(library, rows, model, known, Thresholds({}, possible, value)) for value in GRID}
    chosen = choose_thresholds(scored, sorted(library.claim_types))
    write_thresholds(chosen, possible, data_folder)
    final = read_with(library, rows, model, known, Thresholds(chosen, possible))
    json.dump({"thresholds": chosen, "on what they were chosen on": score(final)}, sys.stdout, indent=1)


def held_out_texts(library: Library, data_folder: Path) -> list[LabelledText]:
    """Return passages and sentences of the half that is for thresholds. Raises ContentError."""
    passages, sentences = held_out_passages(data_folder, for_thresholds=True)
    rows = [*(advert_row(one, library) for one in passages), *(claim_row(one, library) for one in sentences)]
    return [labelled(row) for row in rows]


def read_with(
    library: Library, rows: Sequence[LabelledText], model: Model, known: KnownPredictions, thresholds: Thresholds
) -> list[ScoredText]:
    """Return what the spotter finds with these thresholds; the model reads each piece only the first time."""
    spotter = Spotter(model, thresholds, load_cues(), load_patterns(), load_treatment_words(), load_whole_text_judge())
    return compare(library, rows, SimpleNamespace(find_in_all=lambda texts: spotter.find_in_all(texts, known)))


def choose_thresholds(scored: AtEach, types: Sequence[str]) -> dict[str, float]:
    """Return for each type the threshold with the best F1, evened out over its neighbours; of those as good, the middlemost."""
    counts = {value: count_types(texts) for value, texts in scored.items()}
    return {kind: _choose([counts[value].get(kind, Counts()) for value in scored], list(scored)) for kind in types}


def _choose(counts: Sequence[Counts], values: Sequence[float]) -> float:
    if counts[0].hits + counts[0].missed < MIN_LABELLED:
        return MIDDLE
    found = [one.f1 or 0.0 for one in counts]
    # few texts make F1 jump; a value whose neighbours are good too is no accident
    even = [float(np.mean(found[max(0, place - 1) : place + 2])) for place in range(len(found))]
    good = [value for value, f1 in zip(values, even, strict=True) if f1 >= max(even) - AS_GOOD]
    return min(good, key=lambda value: abs(value - MIDDLE))


def write_thresholds(chosen: Mapping[str, float], possible: float, data_folder: Path) -> None:
    """Write the threshold of each type to data/claims-thresholds.yml."""
    lines = "".join(f"  {kind}: {value:.2f}\n" for kind, value in chosen.items())
    (data_folder / FILE).write_text(f"{HEADER}possible: {possible}\nconfirmed:\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()
