"""The lock beside archive.db: one writer, known by name, and freed by the kernel when it dies.

Contract: the lock is the kernel's, on ``archive.db.lock``; what stands in that file only names its holder.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from scraper.archive.values import utc_text
from scraper.errors import ArchiveBusy

NAMED_WITHIN = 0.5
"""Seconds in which a run that took the lock writes down who it is."""


class Lock(NamedTuple):
    """A lock that was taken."""

    file: FileLock
    path: Path

    def release(self) -> None:
        """Free it, and take the name away."""
        with suppress(OSError):
            self.path.write_text("", encoding="utf-8")
        self.file.release()


def take_lock(path: Path, place: Path) -> Lock:
    """Take it at once, or raise ArchiveBusy with the holder's name. ``path`` is ``place`` as it was typed."""
    name = place.with_name(place.name + ".lock")
    holder = _holder(name)
    lock = FileLock(name, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ArchiveBusy(
            f"{path} is in use: {_named(name) or holder or 'another run'} is writing to it; wait or stop it"
        ) from error
    taken = Lock(lock, name)
    try:
        name.write_text(json.dumps({"pid": os.getpid(), "since": utc_text(datetime.now(UTC))}) + "\n", encoding="utf-8")
    except BaseException:
        taken.release()
        raise
    return taken


def _named(name: Path) -> str | None:
    """The holder of a lock that was taken; one that took it this moment is still to write its name."""
    until = time.monotonic() + NAMED_WITHIN
    while (holder := _holder(name)) is None and time.monotonic() < until:
        time.sleep(0.01)
    return holder


def _holder(name: Path) -> str | None:
    try:
        said = json.loads(name.read_text(encoding="utf-8"))
        return f"process {int(said['pid'])} (since {said['since'][:19]}Z)"
    except (OSError, ValueError, TypeError, KeyError):
        return None


def find_holder(place: Path) -> tuple[str | None, bool]:
    """Who is named in the lock file, and whether that run still lives. A file that names nobody is not touched."""
    name = place.with_name(place.name + ".lock")
    holder = _holder(name)
    if holder is None:
        return None, False
    lock = FileLock(name, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return holder, True
    except OSError:
        return holder, False
    lock.release()
    return holder, False
