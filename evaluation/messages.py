"""Score messages and alarms on the engine without a server: `python -m evaluation.messages`; takes about two minutes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.held_out import from_row
from evaluation.message_scores import below_bars, is_asked_back, is_grave_enough, score_messages, score_safety
from evaluation.planned import CONFIDENT, VERDICTS, Planned, Planner, read_all
from evaluation.rows import present, read_jsonl
from stemcheck.content.library import Library, load_library
from stemcheck.dialogue.context import load_thresholds
from stemcheck.nlu.message_parser import load_reader
from stemcheck.settings import load_settings

SCORES = {"messages": score_messages, "safety": score_safety, "alarms": score_safety}


@dataclass(frozen=True)
class MessagesMeasured:
    """The plans of each set's messages, the figures, and what went wrong, by set."""

    planned: dict[str, list[Planned]]
    figures: dict[str, dict[str, Any]]
    wrong: dict[str, list[tuple[str, ...]]]


def main() -> None:
    """Print figures, what is below its bar, and every miss."""
    measured = measure_messages(load_library(load_settings().data_folder))
    for name, rows in measured.wrong.items():
        for row in rows:
            print(name, *row, sep="\t")
    print(json.dumps(measured.figures, indent=1))
    print(*below_bars(measured.figures), sep="\n")


def measure_messages(library: Library) -> MessagesMeasured:
    """Read and plan the messages of both sets. Raises ModelMissing before the set-up."""
    settings = load_settings()
    planner, reader = Planner(library, settings), load_reader()
    thresholds = load_thresholds(settings.data_folder)
    rows = {name: [from_row(row) for row in read_jsonl(name)] for name in present(*SCORES)}
    unique = list({message.text: message for messages in rows.values() for message in messages}.values())
    plans = {one.heard.message.text: one for one in planner.plan(read_all(reader, unique), thresholds)}
    planned = {name: [plans[message.text] for message in messages] for name, messages in rows.items()}
    return MessagesMeasured(
        planned,
        {name: SCORES[name](found, library) for name, found in planned.items()},
        {name: _wrong(found, library) for name, found in planned.items()},
    )


def what_is_wrong(planned: Planned, library: Library) -> str:
    """Return in words what is wrong with a plan; empty for nothing. A likely answer beside the subject is no grave fault."""
    message = planned.heard.message
    if not message.is_calm:
        return "" if is_grave_enough(planned, library) else f"{message.degree}: card missing, or not grave enough"
    if planned.card:
        return "a card that is not called for"
    if planned.rule in VERDICTS:
        return "" if message.claims else "a verdict where nothing was claimed"
    if is_asked_back(planned):
        return "asked back or declined"
    is_astray = planned.rule in CONFIDENT and message.situations and not planned.is_on_subject
    return "confident on a wrong subject" if is_astray else ""


def _wrong(planned: Sequence[Planned], library: Library) -> list[tuple[str, ...]]:
    found = [(one, what_is_wrong(one, library)) for one in planned]
    return [
        (
            one.heard.message.id,
            one.heard.message.text,
            wrong,
            ", ".join(one.heard.message.situations),
            f"{one.rule}: {one.card or ', '.join(one.subjects)}",
        )
        for one, wrong in found
        if wrong
    ]


if __name__ == "__main__":
    main()
