"""Runs of eight words, as hashes, so that the tests need not hold the source's text."""

import hashlib
import re
from pathlib import Path

RUN = 8
HASHES = Path(__file__).parent / "source-runs.txt"


def hash_runs(text: str) -> dict[str, str]:
    """Return every run of eight words in a text, by its hash."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    runs = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:16]: run for run in runs}


def read_hashes() -> set[str]:
    """Return the hashes of the source's runs; docs/content-guide.md says how they are made."""
    return set(HASHES.read_text().split())
