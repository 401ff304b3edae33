"""Time the whole spotter beside the bare reading of the network on the same sentences: `python -m benchmarks.spotter_throughput`.

The bare reading is the floor: tokenizer, network and nothing else, on the pieces that the spotter would read. Both run in turns in
one process, so that a busy machine slows both; the figures are medians of the rounds, the ratio is the median of each round's ratio.
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
from stemcheck.network.network import load_network

ROOT = Path(__file__).parents[1]
SENTENCES = ROOT / "evaluation" / "sets" / "claims.jsonl"
RESULTS = Path(__file__).parent / "results" / "spotter-throughput.md"
BATCH = 256  # as many as `stemcheck check --jsonl` reads at once
MOST = 1.3


def main() -> None:
    """Measure, print, and write the results."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    texts = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    report = describe(*measure(texts, parser.parse_args().rounds), len(texts))
    print(report)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(report, encoding="utf-8")


def measure(texts: Sequence[str], rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds of each round: of the spotter, and of the bare reading."""
    spotter, network = load_spotter(), load_network()
    pieces = [unit.text for text in texts for unit in reading_units(text, split_sentences(text))]
    ours, bare = [], []
    for number in range(rounds + 1):
        seconds = (time_batches(spotter.find_in_all, texts), time_batches(network.read, pieces))
        if number:  # the first round warms up
            ours.append(seconds[0])
            bare.append(seconds[1])
    return ours, bare


def time_batches(read: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Return the seconds that `read` takes for all texts, a batch at a time."""
    began = time.perf_counter()
    for start in range(0, len(texts), BATCH):
        read(texts[start : start + BATCH])
    return time.perf_counter() - began


def describe(ours: Sequence[float], bare: Sequence[float], texts: int) -> str:
    """Return the results as Markdown."""
    ratios = [mine / floor for mine, floor in zip(ours, bare, strict=True)]
    rows = [describe_row(name, seconds, texts) for name, seconds in (("whole spotter", ours), ("bare network", bare))]
    load = os.getloadavg()[0]
    return "\n".join(
        [
            "# Throughput of the claim spotter",
            "",
            f"`python -m benchmarks.spotter_throughput`: {texts} sentences (evaluation/sets/claims.jsonl), {len(ours)} rounds,"
            f" {os.cpu_count()} cores, load {load:.1f} at the end, {time.strftime('%Y-%m-%d')}.",
            "",
            "| | sentences a second | median s | range s |",
            "|---|---|---|---|",
            *rows,
            "",
            f"The spotter takes {statistics.median(ratios):.2f} times the time of the bare reading"
            f" (rounds: {min(ratios):.2f} to {max(ratios):.2f}); at most {MOST} is wanted.",
            "",
        ]
    )


def describe_row(name: str, seconds: Sequence[float], texts: int) -> str:
    """Return one row of the table."""
    median = statistics.median(seconds)
    return f"| {name} | {texts / median:.0f} | {median:.2f} | {min(seconds):.2f} to {max(seconds):.2f} |"


if __name__ == "__main__":
    main()
