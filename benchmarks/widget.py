"""The widget beside deep-chat and rasa-webchat: bytes, time until one can type, main thread blocked. All in one run.

Ours asks the real service, on another origin, for the greeting; deep-chat runs in its demo mode and asks nobody;
rasa-webchat's socket.io server confirms at once. Rounds go from one widget to the next, so that a busy moment of the
machine meets all of them.
"""

import argparse
import gzip
import os
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from benchmarks.cold_load import SLOWER, Load, load
from benchmarks.host_website import HostWebsite, host_website
from benchmarks.screenshots import BROWSERS, FLAGS
from benchmarks.services import ROOT, stemcheck
from benchmarks.socketio_server import socketio_server
from benchmarks.widget_peers import Embedded, deep_chat, ours, rasa_webchat

ROUNDS = 10
RESULT = ROOT / "benchmarks" / "results" / "widget.md"
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
LINKS = {
    "Same machine, no network between": {},
    "Slow 4G (150 ms, 1.6 Mbit/s)": {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000},
}
Loads = dict[Embedded, list[Load]]
ROWS: dict[str, Callable[[Embedded, list[Load]], float]] = {
    "script, bytes after gzip -9": lambda one, _: len(gzip.compress(one.script.read_bytes(), 9)),
    "from script load to ready to type, ms": lambda _, loads: median(run["ready"] for run in loads),
    "main thread blocked (beyond 50 ms a task), ms": lambda _, loads: median(run["blocked"] for run in loads),
    "longest task, ms": lambda _, loads: median(run["longest"] for run in loads),
    "main thread busy, to 3 s after ready, ms": lambda _, loads: median(run["busy"] for run in loads),
    "other companies' servers asked": lambda _, loads: max(run["elsewhere"] for run in loads),
}


def measure(
    browser: Browser, website: HostWebsite, widgets: list[Embedded], link: dict[str, int], rounds: int
) -> Loads:
    """Return the loads of each widget over one link."""
    loads: Loads = {one: [] for one in widgets}
    for _ in range(rounds):
        for one in widgets:
            loads[one].append(load(browser, website, one, link))
    return loads


def table(title: str, loads: Loads) -> str:
    """Return the medians as a table in Markdown, each with its ratio to ours."""
    lines = [f"| {title} | " + " | ".join(one.name for one in loads) + " |", "|---|" + "---|" * len(loads)]
    for name, figure in ROWS.items():
        ours_, *theirs = (figure(one, runs) for one, runs in loads.items())
        shown = [f"{value:,.0f}" + (f" ({value / ours_:.1f} x)" if ours_ else "") for value in theirs]
        lines.append(f"| {name} | {ours_:,.0f} | {' | '.join(shown)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure all three over each link, print and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--url", help="a service that runs already and allows all origins")
    arguments = parser.parse_args()
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not program:
        raise SystemExit("Chromium is needed (Debian: apt-get install chromium).")
    os.environ["STEMCHECK_ALLOWED_ORIGINS"] = "*"
    running = nullcontext(arguments.url) if arguments.url else stemcheck()
    with running as service, socketio_server() as sockets, host_website() as website, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, ONLY_HERE])
        widgets = [ours(arguments.url or service.url), deep_chat(), rasa_webchat(sockets)]
        tables = [table(link, measure(browser, website, widgets, how, arguments.rounds)) for link, how in LINKS.items()]
        head = (
            f"`.venv/bin/python -m benchmarks.widget`, {date.today()}, Chromium {browser.version}, 2 shared cores. Medians of "
            f"{arguments.rounds} loads each, every one with an empty cache and the processor slowed {SLOWER} times.\n"
        )
        browser.close()
    report = "\n".join(["# The widget beside deep-chat and rasa-webchat\n", head, *tables])
    print(report)
    RESULT.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
