"""The door of one host: all who ask it stand here, whatever board they come for, and go in one after the other.

Several boards may keep their files with the same third host, each in a thread of its own: its pace, its patience and
its rules are the host's, not the board's. Seconds are those of one monotonic clock for all. Safe between threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scraper.errors import FetchError, ServerFailed, Unreachable
from scraper.web.pace import Gap, check
from scraper.web.robots import Rules

_LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Stopped:
    """Why a host is not asked any more in this run."""

    kind: type[FetchError]
    reason: str
    status: int = 0
    retry_after: float | None = None

    def error(self, url: str) -> FetchError:
        message = f"{url} was not asked for: {self.reason}"
        if issubclass(self.kind, ServerFailed):
            error: FetchError = self.kind(message, url, self.status, self.retry_after)
        else:
            error = self.kind(message, url)
        error.asked = False
        return error


class Door:
    """``gap``: since the last request, whoever sent it."""

    def __init__(self, name: str) -> None:
        self.name = name
        """``host`` or ``host:port``."""
        self.gap = Gap()
        self.rules: Rules | None = None
        self.errors = 0
        self.stopped: Stopped | None = None
        self._count = threading.Lock()
        self._turn = threading.Lock()
        self._rules_turn = threading.Lock()

    @contextmanager
    def turn(self, stop: threading.Event, patience: Callable[[], None]) -> Iterator[None]:
        """For one exchange. ``patience`` is called now and then while another has the turn, and may raise."""
        with _taken(self._turn, stop, patience):
            yield

    @contextmanager
    def looking_up(self, stop: threading.Event, patience: Callable[[], None]) -> Iterator[None]:
        """While the rules are looked up, and fetched if need be."""
        with _taken(self._rules_turn, stop, patience):
            yield

    def charge(self, budget: int) -> None:
        """Count a failed request; a host that used up its budget is left alone."""
        with self._count:
            self.errors += 1
            if self.errors >= budget and self.stopped is None:
                reason = f"{self.name} failed {self.errors} times in this run and is left alone"
                self.stopped = Stopped(Unreachable, reason)


class Doors:
    """The doors of one command, by ``host`` or ``host:port``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._doors: dict[str, Door] = {}

    def door(self, name: str) -> Door:
        """The one door of that host."""
        with self._lock:
            return self._doors.setdefault(name, Door(name))


@contextmanager
def _taken(lock: threading.Lock, stop: threading.Event, patience: Callable[[], None]) -> Iterator[None]:
    while not lock.acquire(timeout=_LOOK_EVERY):
        check(stop)
        patience()
    try:
        yield
    finally:
        lock.release()
