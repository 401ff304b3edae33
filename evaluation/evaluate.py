"""Score all sets, write the reports, compare with the baseline: `python -m evaluation.evaluate` (make evaluate)."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from evaluation.baselines.keywords import Keywords
from evaluation.baselines.nearest import Nearest
from evaluation.chat_sections import chat_sections
from evaluation.claim_sections import calibration_section, misses_section, set_section, systems_section
from evaluation.comparison import find_falls, find_rises, read_baseline, write_baseline
from evaluation.document import Section, Text, as_markdown, as_page
from evaluation.message_scores import below_bars
from evaluation.message_sections import message_sections
from evaluation.messages import measure_messages
from evaluation.misses import Explainer, Miss
from evaluation.probabilities import calibration_curve, calibration_pairs, load_examples_near, read_texts
from evaluation.questions import Tally, score_chat
from evaluation.rows import ClaimSystem, ScoredText, compare, present, read_jsonl, read_labelled
from evaluation.scoring import score
from evaluation.service import ServiceFailed, run_service
from stemcheck.claims.spotter import load_spotter
from stemcheck.claims.thresholds import load_thresholds
from stemcheck.content.library import Library, load_library
from stemcheck.model.inference import load_model
from stemcheck.settings import load_settings

REPORTS = Path(__file__).parent / "reports"
# reviewed texts are what reviewers of conversations kept for testing; the baseline holds only the others
CLAIM_SETS = ("claims", "adverts", "real-claims", "real-adverts", "reviewed-claims")
CHAT_SETS = ("questions", "dialogues", "reviewed-questions")
OURS = "StemCheck"
TITLE = "StemCheck: evaluation"

Scored = dict[str, list[ScoredText]]


@dataclass(frozen=True)
class ClaimsMeasured:
    """What was measured on claims and adverts: ours in full, the figures of every system."""

    ours: Scored
    systems: dict[str, dict[str, dict[str, Any]]]
    misses: dict[str, list[Miss]]
    curve: list[tuple[float, float, int]]


def main() -> None:
    """Run the evaluation; exit status 1 if a figure fell."""
    options = _options()
    REPORTS.mkdir(exist_ok=True)
    library = load_library(load_settings().data_folder)
    claims = measure_claims(library, alone=options.without_baselines)
    messages = measure_messages(library)
    tallies, why_not = measure_chat(options.url, skip=options.without_questions)
    figures = {
        **claims.systems[OURS],
        **messages.figures,
        **{name: tally.figures() for name, tally in tallies.items()},
    }
    baseline, below = read_baseline(), below_bars(figures)
    falls, rises = find_falls(figures, baseline), find_rises(figures, baseline)
    sections = [*message_sections(messages, REPORTS), *chat_sections(tallies, why_not)]
    write_reports(claims, sections, [*below, *falls, *rises])
    for name, values in figures.items():
        print(name, " ".join(f"{figure}={value}" for figure, value in values.items() if " " not in figure))
    if below:
        print("Below the bar:", *below, sep="\n  ")
    if options.write_baseline:
        write_baseline({name: held for name, held in figures.items() if not name.startswith("reviewed-")}, _about())
        print("The new baseline is written.")
    elif _tell(falls, rises, bool(baseline)):
        sys.exit(1)


def measure_claims(library: Library, *, alone: bool = False) -> ClaimsMeasured:
    """Score ours on sentences and adverts, and both baselines unless it is to be `alone`."""
    systems: dict[str, ClaimSystem] = {OURS: load_spotter()}
    if not alone:
        systems["keyword lists with medspaCy's ConText"] = Keywords()
        systems["nearest example by cosine, untuned vectors"] = Nearest(load_settings())
    scored = {name: _score_sets(library, system) for name, system in systems.items()}
    figures = {name: {one: score(texts) for one, texts in sets.items()} for name, sets in scored.items()}
    model = load_model()
    readings = {name: read_texts(model, read_labelled(name)) for name in present(*CLAIM_SETS)}
    explainer = Explainer(load_thresholds(), model.claim_types, load_examples_near())
    misses = {
        name: [
            explainer.explain(text, reading)
            for text, reading in zip(scored[OURS][name], readings[name], strict=True)
            if text.is_miss
        ]
        for name in present(*CLAIM_SETS)
    }
    curve = calibration_curve(calibration_pairs(read_labelled("claims"), readings["claims"]))
    return ClaimsMeasured(scored[OURS], figures, misses, curve)


def measure_chat(url: str, *, skip: bool) -> tuple[dict[str, Tally], str]:
    """Score questions and dialogues on the service at `url`, or on one started for it; or say why not."""
    if skip:
        return {}, "left out by --without-questions."
    try:
        # a service that happens to run may limit rates, and keeps what visitors say: it is used only when named
        with nullcontext(url) if url else run_service() as reachable:
            return _score_chats(reachable), ""
    except (ServiceFailed, httpx.HTTPError) as problem:
        sys.exit(f"{problem}\nRun `make setup`, or leave this part out with --without-questions.")


def write_reports(claims: ClaimsMeasured, others: Sequence[Section], changes: Sequence[str]) -> None:
    """Write report.md, report.html and their pictures; `others` are the sections on messages, questions and dialogues."""
    about = "; ".join(f"{key} {value}" for key, value in _about().items())
    changed = "; ".join(changes) or "No figure differs from the baseline by more than the margin."
    sections = [
        Section("What this is", [Text(f"{about}. evaluation/README.md says what the figures mean."), Text(changed)]),
        systems_section(claims.systems, REPORTS),
        *(set_section(name, claims.ours[name], REPORTS) for name in present(*CLAIM_SETS)),
        calibration_section(claims.curve, REPORTS),
        *others,
        *(misses_section(name, claims.misses[name]) for name in present(*CLAIM_SETS)),
    ]
    (REPORTS / "report.md").write_text(as_markdown(TITLE, sections), encoding="utf-8")
    (REPORTS / "report.html").write_text(as_page(TITLE, sections), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write-baseline", action="store_true", help="make these figures the ones to hold")
    parser.add_argument("--without-questions", action="store_true", help="start no service: no questions and dialogues")
    parser.add_argument("--without-baselines", action="store_true", help="score ours alone, which is quicker")
    parser.add_argument(
        "--url", default="", help="a running service with its rate limits off, instead of one of our own"
    )
    return parser.parse_args()


def _about() -> dict[str, str]:
    return {"measured_on": date.today().isoformat(), "model": load_model().version}


def _score_sets(library: Library, system: ClaimSystem) -> Scored:
    return {name: compare(library, read_labelled(name), system) for name in present(*CLAIM_SETS)}


def _score_chats(url: str) -> dict[str, Tally]:
    return {name: score_chat(read_jsonl(name), url) for name in present(*CHAT_SETS)}


def _tell(falls: Sequence[str], rises: Sequence[str], has_baseline: bool) -> bool:
    """Say what changed, and return whether that is a failure."""
    if not has_baseline:
        print("There is no baseline yet. Write one with --write-baseline.")
    if rises:
        print(
            "Better than the baseline; hold it with `python -m evaluation.evaluate --write-baseline`:",
            *rises,
            sep="\n  ",
        )
    if falls:
        print("Worse than the baseline:", *falls, sep="\n  ", file=sys.stderr)
    return bool(falls)


if __name__ == "__main__":
    main()
