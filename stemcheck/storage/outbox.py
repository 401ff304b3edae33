"""Turns that the database refused: on disk until it takes them, so that they outlive a restart.

One file a turn, for the eyes of this user alone, with what is masked in the database masked here too. While the database works,
nothing is written.
"""

import fcntl
import hashlib
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from sqlalchemy.engine import Engine

from stemcheck.settings import load_settings
from stemcheck.storage.write_turn import NewTurn

logger = logging.getLogger(__name__)

MAX_OUTBOX_BYTES = 32 * 1024 * 1024
MAX_OUTBOX_DAYS = 7
LOCK_FILE = "lock"


class Outbox:
    """The turns that wait in one folder; what the disk refuses as well waits in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._in_memory: dict[str, NewTurn] = {}

    def add(self, turn: NewTurn) -> None:
        """Keep a turn."""
        name = f"{time.time_ns():020d}-{os.getpid()}-{_digest(turn.conversation_id)}.json"
        written = json.dumps(asdict(turn), ensure_ascii=False).encode()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sum(entry.stat().st_size for entry in os.scandir(self._folder)) + len(written) > MAX_OUTBOX_BYTES:
                raise OSError(f"{self._folder} is full")
            _write(self._folder / name, written)
        except OSError as problem:
            logger.error("A turn waits in memory alone (%s). Make room, and mend the database.", type(problem).__name__)
            self._in_memory[name] = turn

    def names(self, conversation_id: str = "") -> list[str]:
        """Return the names of the turns that wait, of one conversation or of all, oldest first."""
        wanted = f"{_digest(conversation_id)}.json" if conversation_id else ".json"
        return [name for name in self._all_names() if name.endswith(wanted)]

    def read(self, name: str) -> NewTurn | None:
        """Return a turn; None when it is gone, or when its file cannot be read and was put aside."""
        if name in self._in_memory:
            return self._in_memory[name]
        try:
            return NewTurn(**json.loads((self._folder / name).read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError) as problem:
            logger.error("%s cannot be read (%s) and is put aside.", self._folder / name, type(problem).__name__)
            (self._folder / name).rename(self._folder / f"{name}.broken")
            return None

    def remove(self, name: str) -> None:
        """Forget a turn."""
        self._in_memory.pop(name, None)
        (self._folder / name).unlink(missing_ok=True)

    def erase(self, conversation_id: str) -> int:
        """Forget all turns of a conversation and return how many there were, half written and unreadable ones counted."""
        found = [name for name in self._all_names() if _digest(conversation_id) in name]
        for name in found:
            self.remove(name)
        return len(found)

    def erase_old(self, now: float) -> int:
        """Forget what the database refused for MAX_OUTBOX_DAYS, and return how many turns that were."""
        before = (now - MAX_OUTBOX_DAYS * 86400) * 1e9
        found = [name for name in self._all_names() if int(name.partition("-")[0]) < before]
        for name in found:
            self.remove(name)
        return len(found)

    @contextmanager
    def hold(self) -> Iterator[bool]:
        """Give whether this is the only one who stores what waits, among all processes, until the end."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / LOCK_FILE).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
            else:
                yield True  # closing the file lets go of it

    def _all_names(self) -> list[str]:
        try:
            on_disk = [name for name in os.listdir(self._folder) if name != LOCK_FILE]
        except FileNotFoundError:
            on_disk = []
        return sorted([*on_disk, *self._in_memory])


def outbox_of(engine: Engine) -> Outbox:
    """Return the outbox of a database: what another one refused must never reach this one."""
    address = engine.url.set(password=None).render_as_string()
    return Outbox(load_settings().outbox_folder / _digest(address)[:16])


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    unfinished = path.with_suffix(".new")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
