"""Counts what an export sends, and writes it down for the page that shows it."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from stemcheck.storage.database import transaction
from stemcheck.storage.export_runs import ExportRun, write_run
from stemcheck.storage.sql import Engine, SQLAlchemyError
from stemcheck.web.review.export_formats import Conversation

WRITE_EVERY = 0.5  # seconds


class Progress:
    """How far one export is; without a run, nothing is written."""

    def __init__(self, engine: Engine, run: ExportRun | None) -> None:
        self._engine = engine
        self._run = run
        self._written_at = 0.0

    def begin(self, total: int) -> None:
        """Write down how many conversations there are."""
        self._change(total=total)
        self._write()

    def conversations(self, found: Iterator[Conversation]) -> Iterator[Conversation]:
        """Pass conversations on; one counts as sent when the next is asked for."""
        for one in found:
            yield one
            if self._run:
                self._change(conversations=self._run.conversations + 1)

    def lines(self, made: Iterator[str]) -> Iterator[str]:
        """Pass lines on."""
        for line in made:
            yield line
            if self._run:
                self._change(lines=self._run.lines + 1)
                if time.monotonic() - self._written_at > WRITE_EVERY:
                    self._write()
        self._change(is_finished=True)
        self._write()

    def _change(self, **values: Any) -> None:
        self._run = replace(self._run, **values) if self._run else None

    def _write(self) -> None:
        if not self._run:
            return
        self._written_at = time.monotonic()
        try:
            with transaction(self._engine) as connection:
                write_run(connection, self._run)
        except SQLAlchemyError:
            return  # the download matters more than the news of it
