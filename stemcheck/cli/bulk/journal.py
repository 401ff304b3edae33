"""What is done of a run, a line for each file, so that a run that was broken off goes on where it stopped."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stemcheck.claims.found_claim import FoundClaim, read_claim


@dataclass(frozen=True)
class Entry:
    """A file that was checked, or what is wrong with it. `state` changes when the file does."""

    name: str
    state: str
    text: str = ""
    claims: tuple[FoundClaim, ...] = ()
    error: str = ""
    notes: tuple[str, ...] = ()


class Journal:
    """The lines of one run, in a file that only grows until the run is finished."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done = {entry.name: entry.state for entry in self} if path.exists() else {}

    def has(self, name: str, state: str) -> bool:
        """Return whether a file was checked as it is now."""
        return self._done.get(name) == state

    def add(self, entry: Entry) -> None:
        """Write an entry down at once."""
        with self._path.open("a", encoding="utf-8") as file:
            # a run that was killed may have left half a line
            file.write(f"\n{json.dumps(asdict(entry), ensure_ascii=False)}\n")
        self._done[entry.name] = entry.state

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries, the last one of each file alone."""
        places: dict[str, int] = {}
        for place, found in self._lines():
            places[found["name"]] = place
        for place, found in self._lines():
            if places[found["name"]] == place:
                yield _entry(found)

    def remove(self) -> None:
        """Forget the run."""
        self._path.unlink(missing_ok=True)

    def _lines(self) -> Iterator[tuple[int, dict[str, Any]]]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            for place, line in enumerate(file):
                try:
                    yield place, json.loads(line)
                except ValueError:  # half a line
                    continue


def state_of(path: Path) -> str:
    """Return what changes when a file does."""
    status = path.stat()
    return f"{status.st_size}-{status.st_mtime_ns}"


def _entry(found: dict[str, Any]) -> Entry:
    claims = tuple(read_claim(claim) for claim in found["claims"])
    return Entry(**{**found, "claims": claims, "notes": tuple(found["notes"])})
