"""What the row a turn costs when a turn is stored, beside Rasa's own SQL store: `python benchmarks/review_write.py`."""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import typer

sys.path.insert(0, str(Path(__file__).parent))

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from review_data import SEED, one_turn

from stemcheck.storage import conversations
from stemcheck.storage.tracker_store import ConversationStore


def main(turns: int = typer.Option(300, help="Turns to store with each store.")) -> None:
    """Store the same turns three times and print the milliseconds of processor time of one save in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        rasa = SQLTrackerStore(Domain.empty(), dialect="sqlite", db=f"{folder}/rasa.db")
        ours = ConversationStore(Domain.empty(), host=f"sqlite:///{folder}/ours.db")
        bare = ConversationStore(Domain.empty(), host=f"sqlite:///{folder}/bare.db")
        times: dict[str, list[float]] = {"Rasa's SQLTrackerStore": [], "ours": [], "ours without the row a turn": []}
        for number, events in enumerate(made(turns)):
            times["Rasa's SQLTrackerStore"].append(save(rasa, number, events))
            times["ours"].append(save(ours, number, events))
            times["ours without the row a turn"].append(
                without_row(lambda found=events, id=number: save(bare, id, found))
            )
    print("| store | median of a save, ms | p95, ms |\n|---|---|---|")
    for name, found in times.items():
        print(f"| {name} | {statistics.median(found):.2f} | {sorted(found)[int(len(found) * 0.95)]:.2f} |")


def made(turns: int) -> list[list[Event]]:
    """Return the events of some turns on the channel `rest`, which needs no row of the web service."""
    rng = random.Random(SEED)
    found = []
    for number in range(turns):
        happened = one_turn(rng, 1_790_000_000.0 + number)
        happened[0]["input_channel"] = "rest"
        found.append([Event.from_parameters(event) for event in happened])
    return found


def save(store: SQLTrackerStore | ConversationStore, number: int, events: list[Event]) -> float:
    """Store one turn of a conversation of its own; return the milliseconds of processor time."""
    tracker = DialogueStateTracker.from_events(f"c{number}", events)
    began = time.process_time()  # of this process alone: others may be busy on the machine
    asyncio.run(store.save(tracker))
    return (time.process_time() - began) * 1000


def without_row(work: Callable[[], float]) -> float:
    """Run some work with the row a turn left out."""
    kept = conversations.write_turns
    conversations.write_turns = lambda *_: None
    try:
        return work()
    finally:
        conversations.write_turns = kept


if __name__ == "__main__":
    typer.run(main)
