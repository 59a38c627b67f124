"""The pace at which one host is asked: from the end of a request to the start of the next, never under the delay.

Waiting is ``stop.wait``: a signal ends it with Interrupted. Seconds on an injected monotonic clock.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scraper.errors import Interrupted
from scraper.models import Waits

CRAWL_DELAY_CAP = 60.0


@dataclass
class Gap:
    """What a host wants between two requests, whoever sends them. Changed by the one whose turn it is."""

    own: float = 0.0
    """The longest delay that was set for it."""
    delay: float = 0.0
    """What holds: ``own``, or more if its robots.txt asks for it."""
    free_at: float | None = None
    """When the last request ended."""
    held_until: float | None = None
    busy_since: float | None = None
    """When the request began that is under way."""

    def widen(self, delay: float) -> None:
        """Somebody asks this host who was told to leave it so many seconds."""
        self.own, self.delay = max(self.own, delay), max(self.delay, delay)


class Pace:
    """One asker's waiting for one host. Used by one thread at a time, and only when it is its turn."""

    def __init__(
        self, delay: float, stop: threading.Event, monotonic: Callable[[], float], gap: Gap | None = None
    ) -> None:
        """``gap``: shared with others that ask the same host."""
        self._gap = gap or Gap()
        self._gap.widen(delay)
        self._stop = stop
        self._monotonic = monotonic
        self.waits = Waits()

    @property
    def delay(self) -> float:
        return self._gap.delay

    def slow_down(self, crawl_delay: float | None) -> None:
        """Honour a robots.txt Crawl-delay that asks for more than our own delay, up to a minute."""
        if crawl_delay is not None:
            self._gap.delay = max(self._gap.delay, min(crawl_delay, CRAWL_DELAY_CAP))

    def hold(self, seconds: float) -> None:
        """No request before that many seconds have passed (Retry-After)."""
        until = self._monotonic() + seconds
        held = self._gap.held_until
        self._gap.held_until = until if held is None else max(held, until)

    def busy(self) -> float:
        """For how long the request under way has lasted, whoever sent it."""
        since = self._gap.busy_since
        return 0.0 if since is None else self._monotonic() - since

    @contextmanager
    def request(self) -> Iterator[None]:
        """Wait until the host may be asked again, and note how long the request lasts."""
        gap = self._gap
        check(self._stop)
        began = self._monotonic()
        try:
            while (left := self._left()) > 0:
                wait(self._stop, left)
        finally:
            sent_at = self._monotonic()
            self.waits += self._told(began, sent_at)
        self.waits += Waits(requests=1)
        gap.busy_since = sent_at
        try:
            yield
        finally:
            gap.busy_since, gap.free_at = None, self._monotonic()
            self.waits += Waits(server=gap.free_at - sent_at)

    def back_off(self, seconds: float) -> None:
        """The gap before something that failed is tried again."""
        self.waits += Waits(server=seconds)
        wait(self._stop, seconds)

    def queued(self, seconds: float) -> None:
        """So long the host answered somebody else."""
        self.waits += Waits(server=seconds)

    def _told(self, began: float, ended: float) -> Waits:
        """What the time between ``began`` and ``ended`` was waited for."""
        gap = self._gap
        own = began if gap.free_at is None else max(began, min(ended, gap.free_at + gap.own))
        asked = own if gap.free_at is None else max(own, min(ended, gap.free_at + gap.delay))
        return Waits(pace=own - began, crawl_delay=asked - own, retry_after=ended - asked)

    def _left(self) -> float:
        gap = self._gap
        due = max(
            (at for at in (None if gap.free_at is None else gap.free_at + gap.delay, gap.held_until) if at),
            default=None,
        )
        return 0.0 if due is None else due - self._monotonic()


def wait(stop: threading.Event, seconds: float) -> None:
    """Sleep, unless or until we are asked to stop: then Interrupted."""
    if stop.wait(seconds):
        raise Interrupted(signal.SIGTERM)


def check(stop: threading.Event) -> None:
    """Raise Interrupted if we are asked to stop."""
    if stop.is_set():
        raise Interrupted(signal.SIGTERM)
