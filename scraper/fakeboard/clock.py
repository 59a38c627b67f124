"""A clock that only moves when told to: what the fake boards print as now.

now() is aware UTC. Safe to use from several threads.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from scraper.models import KST


class FakeClock:
    """Stands still at ``start`` (aware) until it is advanced."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._now = start.astimezone(UTC)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The present, aware UTC."""
        with self._lock:
            return self._now

    def korea(self) -> datetime:
        """The present in KST."""
        return self.now().astimezone(KST)

    def advance(self, step: timedelta) -> datetime:
        """Move on by ``step``, which may not be negative; the new present."""
        if step < timedelta(0):
            raise ValueError("a clock does not run backwards")
        with self._lock:
            self._now += step
            return self._now
