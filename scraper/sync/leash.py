"""How far one host's thread may go in one night: until it is asked to end, or until its budget is spent.

What is in hand (a post with its files) is finished either way; only ``cut`` ends also that. Safe between threads.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable

from scraper.errors import Interrupted, SinmungoError
from scraper.sync.said import many

BEYOND = 100
"""So many requests the post in hand may take when the budget of requests is spent."""
GRACE = 30.0
"""So many seconds the post in hand may take when the budget of time is spent."""


class BudgetSpent(SinmungoError):
    """The host's budget of this night is spent; later nights go on from here. No failure."""

    exit_code = 0


class Leash:
    """One host's, for all its boards. Times are seconds on ``monotonic``."""

    def __init__(
        self,
        stop: threading.Event | None = None,
        *,
        max_requests: int | None = None,
        max_seconds: float | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stop = stop or threading.Event()
        """Set: whatever waits is cut short, also in the middle of a request."""
        self.sent: Callable[[], int] = lambda: 0
        """How many requests the host was sent so far."""
        self.spent: str | None = None
        """Which budget ended, once one did."""
        self._max_requests = max_requests
        self._max_seconds = max_seconds
        self._monotonic = monotonic
        self._started: float | None = None
        self._asked = False
        self._holding = False
        self._lock = threading.Lock()

    @property
    def asked(self) -> bool:
        """Whether somebody asked for the end, whatever the budget."""
        return self._asked or (self.stop.is_set() and self.spent is None)

    def begin(self) -> None:
        """The host's thread begins: its time runs from the first one's start."""
        self._started = self._monotonic() if self._started is None else self._started

    def rest(self) -> None:
        """Nothing is in hand and something new would begin. Raises Interrupted or BudgetSpent."""
        with self._lock:
            self._holding = False
            self._look()
            if self.asked:
                raise Interrupted(signal.SIGTERM)
            if self.spent is not None:
                raise BudgetSpent(self.spent)

    def hold(self) -> None:
        """Something came that is to be finished before the end."""
        with self._lock:
            self._holding = True

    def ask(self) -> None:
        """End when what is in hand is finished; at once when nothing is."""
        with self._lock:
            self._asked = True
            if not self._holding:
                self.stop.set()

    def cut(self) -> None:
        """End now."""
        self.stop.set()

    def watch(self) -> None:
        """Called again and again from outside: a budget that ended ends what waits, and after a grace all."""
        with self._lock:
            self._look()
            over = self._over()
            if self.spent is not None and (not self._holding or over):
                self.stop.set()

    def _look(self) -> None:
        if self.spent is not None:
            return
        if self._max_requests is not None and self.sent() >= self._max_requests:
            self.spent = f"the budget of {many(self._max_requests, 'request')} is spent; the next run goes on from here"
        elif self._max_seconds is not None and self._elapsed() >= self._max_seconds:
            minutes = self._max_seconds / 60
            budget = f"{minutes:g} minute{'' if minutes == 1 else 's'}"
            self.spent = f"the budget of {budget} is spent; the next run goes on from here"

    def _over(self) -> bool:
        late = self._max_seconds is not None and self._elapsed() >= self._max_seconds + GRACE
        return late or (self._max_requests is not None and self.sent() >= self._max_requests + BEYOND)

    def _elapsed(self) -> float:
        return 0.0 if self._started is None else self._monotonic() - self._started
