"""Many hosts side by side, one thread each; the calling thread only watches them.

A host that hangs, drips or never ends keeps its own thread busy until its budget is spent, and no other's.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

from scraper.errors import WORST_FIRST, Interrupted, SinmungoError
from scraper.models import Run
from scraper.sync.leash import Leash

LEAVE_WITHIN = 5.0
"""Seconds for what is in hand once somebody asked for the end."""
_LOOK_EVERY = 0.1
_MOST = 256
"""Threads at once; further hosts wait for one to be free."""

T = TypeVar("T")


class NightEnded(Interrupted):
    """A signal ended the night early. ``runs`` are those that began."""

    def __init__(self, signal_number: int, runs: Sequence[Run]) -> None:
        super().__init__(signal_number)
        self.runs = tuple(runs)


@dataclass(frozen=True)
class Errand(Generic[T]):
    """What one host's thread is to do."""

    leash: Leash
    work: Callable[[], T]


def side_by_side(errands: Sequence[Errand[T]], wish: threading.Event) -> list[T]:
    """What each errand gave, in their order. When ``wish`` is set, each finishes what it has in hand.

    One that raises does not end the others. Raises the worst of what they raised.
    """
    if not errands:
        return []
    with ThreadPoolExecutor(min(len(errands), _MOST), thread_name_prefix="host") as pool:
        futures = [pool.submit(_started, errand) for errand in errands]
        try:
            _watch(futures, [errand.leash for errand in errands], wish)
        except BaseException:  # a second signal: nobody waits any more
            for errand in errands:
                errand.leash.cut()
            raise
    errors = [error for future in futures if (error := future.exception()) is not None]
    if errors:
        raise min(errors, key=_gravity)
    return [future.result() for future in futures]


def _started(errand: Errand[T]) -> T:
    errand.leash.begin()
    return errand.work()


def _watch(futures: Sequence[Future[T]], leashes: Sequence[Leash], wish: threading.Event) -> None:
    asked_at: float | None = None
    left: set[Future[T]] = set(futures)
    while left:
        left = wait(left, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED).not_done
        if asked_at is None and wish.is_set():
            asked_at = time.monotonic()
            for leash in leashes:
                leash.ask()
        late = asked_at is not None and time.monotonic() - asked_at > LEAVE_WITHIN
        for leash in leashes:
            leash.cut() if late else leash.watch()


def _gravity(error: BaseException) -> tuple[int, int]:
    """Bugs first, then by the order of the exit codes."""
    if not isinstance(error, SinmungoError):
        return (0, 0)
    return (1, WORST_FIRST.index(error.exit_code))
