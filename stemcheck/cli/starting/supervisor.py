"""Keeps the processes of the service running: starts again what died, and ends them so that a reply under way is still given.

A thin layer on honcho, which starts processes, collects their output and passes signals on, but ends all when one dies.
"""

import multiprocessing
import time
from collections import deque

from honcho.manager import Manager
from honcho.printer import Printer

MAX_RESTARTS, WITHIN_SECONDS = 5, 60.0  # of one process; more than that is no accident
FIRST_PAUSE_SECONDS, MAX_PAUSE_SECONDS = 0.2, 5.0  # before a restart; doubled each time
MAX_ENDING_SECONDS = 15.0  # then everything is ended by force, also what hangs
CODE, NUMBER = "returncode", "pid"  # what honcho notes of a process


class Supervisor(Manager):  # type: ignore[misc]
    """honcho's manager, with restarts. `front` is the process that visitors talk to: on a stop it ends first, the others after it."""

    def __init__(self, printer: Printer, front: str) -> None:
        super().__init__(printer)
        self._front = front
        self._restarts: dict[str, deque[float]] = {}
        self._due: dict[str, float] = {}
        self._is_asked_to_end = False
        self._rest_was_ended = False
        self._asked_at = 0.0
        self.gave_up_on = ""

    def terminate(self) -> None:
        """End all processes; honcho fails before each has told its number, so a Ctrl-C in that moment waits here."""
        self._is_asked_to_end = True
        self._asked_at = self._asked_at or time.monotonic()
        self._end_when_all_are_known()

    def _end_when_all_are_known(self) -> None:
        if self._is_asked_to_end and super()._all_started():
            super().terminate()

    def _all_started(self) -> bool:  # honcho's loop asks these three ten times a second
        self._end_when_all_are_known()
        return bool(super()._all_started())

    def _all_stopped(self) -> bool:
        return self._is_ending() and bool(super()._all_stopped())

    def _any_stopped(self) -> bool:
        if self._is_asked_to_end:
            self._end_the_rest()
        elif not self.gave_up_on:
            self._restart_what_died()
        return self._is_ending() and bool(super()._any_stopped())

    def _is_ending(self) -> bool:
        return self._is_asked_to_end or bool(self.gave_up_on)

    def _killall(self, force: bool = False) -> None:
        """End the front alone at first, and the rest once it has given its last replies."""
        if force or CODE in self._processes[self._front]:
            super()._killall(force)
        else:
            self._system_print(f"sending SIGTERM to {self._front}\n")
            self._procmgr.terminate(self._processes[self._front][NUMBER])

    def _end_the_rest(self) -> None:
        if self._terminating and not self._rest_was_ended and CODE in self._processes[self._front]:
            self._rest_was_ended = True
            super()._killall()
        if time.monotonic() - self._asked_at > MAX_ENDING_SECONDS and super()._all_started():
            self.kill()

    def _restart_what_died(self) -> None:
        now = time.monotonic()
        for name, process in self._processes.items():
            if CODE in process and name not in self._due:
                self._plan_restart(name, now)
            if self._due.get(name, now + 1) <= now:
                self._start_again(name)

    def _plan_restart(self, name: str, now: float) -> None:
        past = self._restarts.setdefault(name, deque(maxlen=MAX_RESTARTS))
        if len(past) == MAX_RESTARTS and now - past[0] < WITHIN_SECONDS:
            self.gave_up_on = name
            return
        recent = sum(now - moment < WITHIN_SECONDS for moment in past)
        pause = min(MAX_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**recent)
        past.append(now)
        self._due[name] = now + pause
        self._system_print(f"{name} died; starting it again in {pause:g} s\n")

    def _start_again(self, name: str) -> None:
        process = self._processes[name]
        del self._due[name], process[CODE], process[NUMBER]
        self.returncode = None
        target = process["obj"].run
        process["process"] = multiprocessing.Process(name=name, target=target, args=(self.events, True))
        process["process"].start()
