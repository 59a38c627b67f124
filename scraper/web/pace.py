"""The pace at which one host is asked: from the end of a request to the start of the next, never under the delay.

Waiting is ``stop.wait``: a signal ends it with Interrupted. Seconds on an injected monotonic clock.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scraper.errors import Interrupted
from scraper.models import Waits

CRAWL_DELAY_CAP = 60.0


class Pace:
    """One host's pace. Used by one thread at a time."""

    def __init__(self, delay: float, stop: threading.Event, monotonic: Callable[[], float]) -> None:
        self._own = self._delay = delay
        self._stop = stop
        self._monotonic = monotonic
        self._free_at: float | None = None
        self._held_until: float | None = None
        self.waits = Waits()

    @property
    def delay(self) -> float:
        return self._delay

    def slow_down(self, crawl_delay: float | None) -> None:
        """Honour a robots.txt Crawl-delay that asks for more than our own delay, up to a minute."""
        if crawl_delay is not None:
            self._delay = max(self._delay, min(crawl_delay, CRAWL_DELAY_CAP))

    def hold(self, seconds: float) -> None:
        """No request before that many seconds have passed (Retry-After)."""
        until = self._monotonic() + seconds
        self._held_until = until if self._held_until is None else max(self._held_until, until)

    @contextmanager
    def request(self) -> Iterator[None]:
        """Wait for our turn, then hold it while the request lasts."""
        check(self._stop)
        began = self._monotonic()
        try:
            while (left := self._left()) > 0:
                wait(self._stop, left)
        finally:
            sent_at = self._monotonic()
            self.waits += self._told(began, sent_at)
        self.waits += Waits(requests=1)
        try:
            yield
        finally:
            self._free_at = self._monotonic()
            self.waits += Waits(server=self._free_at - sent_at)

    def back_off(self, seconds: float) -> None:
        """The gap before something that failed is tried again."""
        self.waits += Waits(server=seconds)
        wait(self._stop, seconds)

    def _told(self, began: float, ended: float) -> Waits:
        """What the time between ``began`` and ``ended`` was waited for."""
        own = began if self._free_at is None else max(began, min(ended, self._free_at + self._own))
        asked = own if self._free_at is None else max(own, min(ended, self._free_at + self._delay))
        return Waits(pace=own - began, crawl_delay=asked - own, retry_after=ended - asked)

    def _left(self) -> float:
        due = max(
            (at for at in (None if self._free_at is None else self._free_at + self._delay, self._held_until) if at),
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
