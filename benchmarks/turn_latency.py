"""Time to a ready server, turn latency and memory, beside the starter bot of `rasa init`, in one run.

Ours goes through the public web service and a custom action; the starter bot answers on Rasa's REST channel by itself.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

from benchmarks.services import ROOT, Running, starter_bot, stemcheck

TURNS = 200
WARM_UP = 10
OURS = (
    "What is a stem cell?",
    "My clinic says that I will walk again.",
    "Why?",
    "Where do mesenchymal cells come from?",
    "How much does it cost?",
    "Is anything approved for MS?",
    "They promise a cure. True?",
    "Thank you",
)
STARTER = ("hello", "I am sad", "yes", "no", "are you a bot?", "I am great", "goodbye", "perfect")
RESULT = ROOT / "benchmarks" / "results" / "turn-latency.md"


def main() -> None:
    """Measure both, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--starter", type=Path, default=ROOT / ".cache" / "starter-bot")
    arguments = parser.parse_args()
    with starter_bot(arguments.starter) as running:
        theirs = measure(running, talk_to_starter(running), STARTER, arguments.turns)
    with stemcheck() as running:
        ours = measure(running, talk_to_stemcheck(running), OURS, arguments.turns)
    report = table(ours, theirs, arguments.turns)
    print(report)
    RESULT.write_text(report, encoding="utf-8")


def talk_to_stemcheck(running: Running) -> Callable[[str, int], None]:
    """Return a function that sends one message of a conversation over the chat API."""
    client = httpx.Client(base_url=running.url, timeout=30, trust_env=False)
    opened = client.post("/api/conversations", json={}).json()
    address = f"/api/conversations/{opened['conversation_id']}/messages"
    headers = {"Authorization": f"Bearer {opened['token']}"}

    def say(text: str, number: int) -> None:
        answer = client.post(address, json={"id": str(number), "text": text}, headers=headers)
        answer.raise_for_status()
        assert all(message["kind"] != "error" for message in answer.json()["messages"])

    return say


def talk_to_starter(running: Running) -> Callable[[str, int], None]:
    """Return a function that sends one message over the REST channel."""
    client = httpx.Client(base_url=running.url, timeout=30, trust_env=False)

    def say(text: str, number: int) -> None:
        client.post("/webhooks/rest/webhook", json={"sender": "benchmark", "message": text}).raise_for_status()

    return say


def measure(running: Running, say: Callable[[str, int], None], texts: tuple[str, ...], turns: int) -> dict[str, Any]:
    """Return seconds to ready, milliseconds a turn, and resident memory by process in MB."""
    for number in range(WARM_UP):
        say(texts[number % len(texts)], number)
    times = []
    for number in range(WARM_UP, WARM_UP + turns):
        began = time.perf_counter()
        say(texts[number % len(texts)], number)
        times.append((time.perf_counter() - began) * 1000)
    tenth = len(texts) * max(1, turns // 10 // len(texts))
    return {
        "ready": running.ready_seconds,
        "p50": median(times),
        "p95": quantiles(times, n=20)[-1],
        "growth": median(times[-tenth:]) / median(times[:tenth]),
        "memory": memory(running.process),
    }


def memory(process: int) -> dict[str, float]:
    """Return the resident memory in MB of a process and all below it, by the last words of its command."""
    found: dict[str, float] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            words = (path / "cmdline").read_text().split("\0")
            resident = next(
                int(line.split()[1]) for line in (path / "status").read_text().splitlines() if line.startswith("VmRSS")
            )
        except (OSError, StopIteration):
            continue
        if parent == process or int(path.name) == process:
            below = memory(int(path.name)) if int(path.name) != process else {}
            name = next((word for word in ("uvicorn", "rasa_sdk", "rasa") if word in words), Path(words[0]).name)
            found[f"{name} {path.name}"] = resident / 1024
            found.update(below)
    return found


def table(ours: dict[str, Any], theirs: dict[str, Any], turns: int) -> str:
    """Return the figures as a page of Markdown."""
    rows = [
        f"| ready after, s | {ours['ready']:.1f} | {theirs['ready']:.1f} | {ours['ready'] / theirs['ready']:.2f} |",
        f"| turn p50, ms | {ours['p50']:.1f} | {theirs['p50']:.1f} | {ours['p50'] / theirs['p50']:.2f} |",
        f"| turn p95, ms | {ours['p95']:.1f} | {theirs['p95']:.1f} | {ours['p95'] / theirs['p95']:.2f} |",
        f"| last tenth of the turns to the first | {ours['growth']:.2f} | {theirs['growth']:.2f} | |",
        f"| memory of all processes, MB | {sum(ours['memory'].values()):.0f} | {sum(theirs['memory'].values()):.0f} | |",
    ]
    single = json.dumps({name.rsplit(" ", 1)[0]: round(value) for name, value in ours["memory"].items()})
    return "\n".join(
        [
            "# Turn latency",
            "",
            f"`make benchmarks`, {date.today()}, {turns} warm turns of one conversation after {WARM_UP}, 2 shared cores.",
            "Ours goes through the public web service and a custom action; the starter bot is `rasa init`'s, on its REST channel.",
            "",
            "| | StemCheck | starter bot | ratio |",
            "|---|---|---|---|",
            *rows,
            "",
            f"Memory of our processes in MB: {single}",
            "",
        ]
    )


if __name__ == "__main__":
    main()
