"""How long the review console's pages take on 100,000 conversations: `python benchmarks/review_console.py --help`."""

import re
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import typer
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from review_data import generate

from stemcheck.settings import Settings
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.migrate import migrate
from stemcheck.storage.users import add_user
from stemcheck.web.app import create_app

NOW = 1_790_000_000.0  # the data ends here, whenever it is made
PASSWORD = "only for this benchmark"
PAGES = {
    "queue: unreviewed": "/review/?queue=unreviewed",
    "queue: flagged": "/review/?queue=flagged",
    "queue: unsure": "/review/?queue=unsure",
    "queue: thumbs down": "/review/?queue=thumbs_down",
    "queue: page 100": "/review/?queue=unreviewed&page=100",
    "search: nothing asked": "/review/search",
    "search: page 1000": "/review/search?page=1000",
    "search: a common word": "/review/search?text=clinic",
    "search: a rare word": "/review/search?text=1234",
    "search: a phrase": "/review/search?text=%22free+of+risk%22",
    "search: nothing found": "/review/search?text=xylophone",
    "filter: claim type": "/review/search?claim=cure",
    "filter: verdict": "/review/search?verdict=not-supported",
    "filter: fact": "/review/search?fact=mesems",
    "filter: kind": "/review/search?kind=safety",
    "filter: intent and confidence": "/review/search?intent=ask_mesems&sure_from=30&sure_to=50",
    "filter: dates": "/review/search?since=2026-07-01&until=2026-07-02",
    "messages of a day": "/review/search?dated=said&since=2026-07-01&until=2026-07-01",
    "claim in messages of a month": "/review/search?claim=cure&dated=said&since=2026-07-01&until=2026-07-31",
    "kind in messages of all days": "/review/search?kind=answer&dated=said&since=2026-06-01&until=2026-09-30",
    "begun in a month": "/review/search?dated=begun&since=2026-07-01&until=2026-07-31",
    "thumbs of a month": "/review/search?dated=thumb&thumb=down&since=2026-07-01&until=2026-07-31",
    "filter: channel": "/review/search?channel=telegram",
    "filter: length": "/review/search?shortest=100",
    "filter: reviewer and status": "/review/search?reviewer=ana&status=in-review",
    "filter: a tag nobody used": "/review/search?tag=nothing",
    "all together": "/review/search?text=clinic&claim=cure&mode=reported&status=done&reviewer=ben&since=2026-07-01&channel=web",
    "together, nothing fits": "/review/search?text=clinic&claim=cure&status=later&reviewer=ana&channel=telegram&shortest=50",
    "conversation": "/review/conversation?id=conversation-000500",
    "conversation of 1,000 turns": "/review/conversation?id=long",
    "its older messages": "/review/conversation?id=long&before={older}",
    "next in queue": "/review/conversation/go?to=next&queue=flagged&id=conversation-000500",
    "correct": "/review/correct?id=long&turn={turn}",
    "figures, 30 days": "/review/figures?since=2026-08-01&until=2026-08-30",
    "figures, 90 days": "/review/figures?since=2026-06-23&until=2026-09-20",
    "audit log": "/review/audit",
}


def main(
    url: str = typer.Option("", help="Database address; a new SQLite file if not given."),
    conversations: int = typer.Option(100_000, help="How many to make, if the database is empty."),
    rounds: int = typer.Option(20, help="How often each page is asked for."),
) -> None:
    """Make the data if it is not there, ask for every page, print a table in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url=url or f"sqlite:///{folder}/b.db", secret_file=Path(folder) / "secret", _env_file=None
        )
        prepare(settings, conversations)
        with TestClient(create_app(settings), follow_redirects=False) as client:
            sign_in(client)
            print_table(client, settings, rounds)


def prepare(settings: Settings, conversations: int) -> None:
    """Fill an empty database."""
    engine = create_engine(settings.database_url)
    migrate(engine)
    with engine.connect() as connection:
        is_empty = not connection.exec_driver_sql("SELECT 1 FROM conversations LIMIT 1").all()
        is_new = not connection.exec_driver_sql("SELECT 1 FROM users LIMIT 1").all()
    if is_empty:
        generate(engine, conversations, now=NOW)
    if is_new:
        with transaction(engine) as connection:
            add_user(connection, "bench", "admin", PASSWORD)
    engine.dispose()


def sign_in(client: TestClient) -> None:
    """Sign in as the only user."""
    token = re.search(r'name="form" value="([^"]+)"', client.get("/review/sign-in").text)
    assert token, "no sign-in form"
    form = {"form": token[1], "name": "bench", "password": PASSWORD}
    assert client.post("/review/sign-in", data=form).status_code == 303


def print_table(client: TestClient, settings: Settings, rounds: int) -> None:
    """Ask for each page and print how long it took; the first time is apart, as caches are cold then."""
    page = client.get("/review/conversation?id=long").text
    places = {"older": re.search(r"before=(\d+)", page), "turn": re.search(r"turn=(\d+)", page)}
    known = {name: found[1] if found else "0" for name, found in places.items()}
    print(f"Database: {settings.database_url.split(':')[0]}, {rounds} rounds\n")
    print("| page | first, ms | median, ms | p95, ms |\n|---|---|---|---|")
    everything: list[float] = []
    for name, address in PAGES.items():
        times = [ask(client, address.format(**known)) for _ in range(rounds + 1)]
        everything += times[1:]
        print(
            f"| {name} | {times[0]:.0f} | {statistics.median(times[1:]):.0f} | {percentile(times[1:]):.0f} |",
            flush=True,
        )
    print(f"| **all pages** | | {statistics.median(everything):.0f} | {percentile(everything):.0f} |")
    before = memory()
    for _ in range(5):
        for address in PAGES.values():
            ask(client, address.format(**known))
    print(f"\nMemory (highest): {before} MB after the first {rounds} rounds, {memory()} MB after 5 more.")


def ask(client: TestClient, address: str) -> float:
    """Return the milliseconds that a page took."""
    began = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code in (200, 303), (address, answer.status_code)
    return (time.perf_counter() - began) * 1000


def percentile(times: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)]


def memory() -> int:
    """Return the highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    typer.run(main)
