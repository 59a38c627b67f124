"""Signals: the first lets a run finish what it has in hand, the second ends it at once; an export ends at the first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from scraper.errors import Interrupted

_received = signal.SIGTERM


def signal_exit_code() -> int:
    """128 + the signal that came last (SIGTERM when none did)."""
    return 128 + _received


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set; a second signal ends at once."""
    stop = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        global _received
        _received = signal.Signals(number)
        if stop.is_set():
            raise Interrupted(number)
        stop.set()

    with _handling(handle):
        yield stop


@contextmanager
def _handling(handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def ending(told: str) -> Iterator[None]:
    """SIGINT and SIGTERM raise Interrupted at once, with ``told``; further ones do not disturb the clearing up."""
    ended = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal ended
        global _received
        _received = signal.Signals(number)
        if not ended:
            ended = True
            raise Interrupted(number, told)

    with _handling(handle):
        yield
