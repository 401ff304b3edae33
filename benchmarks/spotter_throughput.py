"""Time the whole spotter beside the bare reading of the model on the same sentences: `python -m benchmarks.spotter_throughput`.

The bare reading is the floor: tokenizer, encoder, heads and nothing else, on the pieces that the spotter would read. Both take turns
batch by batch in one process, so that a busy machine slows both alike; the figures are medians over all batches of all rounds.
"""

import json
import os
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path

from stemcheck.claims.reading_units import reading_units
from stemcheck.claims.sentences import split_sentences
from stemcheck.claims.spotter import load_spotter
from stemcheck.model.inference import load_model

ROOT = Path(__file__).parents[1]
SENTENCES = ROOT / "evaluation" / "sets" / "claims.jsonl"
RESULTS = Path(__file__).parent / "results" / "spotter-throughput.md"
BATCH = 64
MOST = 1.3


def main() -> None:
    """Measure, print, and write the results."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    texts = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    report = describe(*measure(texts, parser.parse_args().rounds))
    print(report)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(report, encoding="utf-8")


def measure(texts: Sequence[str], rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds that each batch took: the spotter, and the bare reading of the same pieces."""
    spotter, model = load_spotter(), load_model()
    batches = [texts[start : start + BATCH] for start in range(0, len(texts) - BATCH + 1, BATCH)]
    ours, bare = [], []
    for number in range(rounds + 1):
        for batch in batches:
            pieces = [unit.text for text in batch for unit in reading_units(text, split_sentences(text))]
            seconds = (time_one(spotter.find_in_all, batch), time_one(model.predict, pieces))
            if number:  # the first round warms up
                ours.append(seconds[0])
                bare.append(seconds[1])
    return ours, bare


def time_one(read: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Return the seconds that `read` takes for these texts."""
    began = time.perf_counter()
    read(texts)
    return time.perf_counter() - began


def describe(ours: Sequence[float], bare: Sequence[float]) -> str:
    """Return the results as Markdown."""
    ratios = [mine / floor for mine, floor in zip(ours, bare, strict=True)]
    rows = [describe_row(name, seconds) for name, seconds in (("whole spotter", ours), ("bare model", bare))]
    load = os.getloadavg()[0]
    return "\n".join(
        [
            "# Throughput of the claim spotter",
            "",
            f"`python -m benchmarks.spotter_throughput`: {len(ours)} batches of {BATCH} sentences (evaluation/sets/claims.jsonl),"
            f" {os.cpu_count()} cores, load {load:.1f} at the end, {time.strftime('%Y-%m-%d')}.",
            "",
            "| | sentences a second | median ms | range ms |",
            "|---|---|---|---|",
            *rows,
            "",
            f"The spotter takes {statistics.median(ratios):.2f} times the time of the bare reading"
            f" (median of the batches; middle half {quarter(ratios, 1):.2f} to {quarter(ratios, 3):.2f}); at most {MOST} is wanted.",
            "",
        ]
    )


def quarter(values: Sequence[float], which: int) -> float:
    """Return a quartile."""
    return statistics.quantiles(values, n=4)[which - 1]


def describe_row(name: str, seconds: Sequence[float]) -> str:
    """Return one row of the table."""
    median = statistics.median(seconds)
    return f"| {name} | {BATCH / median:.0f} | {median * 1000:.0f} | {min(seconds) * 1000:.0f} to {max(seconds) * 1000:.0f} |"


if __name__ == "__main__":
    main()
