"""The real command line, a process for each command, on a clock of its own.

Waits that would only take the machine's time are short: the gaps between tries, and how long a silent server is
waited for.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from forks import Fork, Nursery

HASTE = {"backoff": 0.001, "read_timeout": 0.8, "page_deadline": 1.6, "file_deadline": 3.0}
"""Seconds of WebSettings."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended. ``code`` is minus the signal that killed it."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out) if self.out.strip() else None


class Commands:
    """Runs commands in one folder; close it at the end (``with``)."""

    def __init__(self, folder: Path) -> None:
        self._nursery = Nursery(folder)

    def __enter__(self) -> Commands:
        return self

    def __exit__(self, *error: object) -> None:
        self._nursery.__exit__(*error)

    def start(self, *words: str, at: datetime) -> Fork:
        """A command whose clock begins ``at``."""
        return self._nursery.start(*words, at=at, settings=HASTE)

    def end(self, fork: Fork) -> Ended:
        """Wait for a command, two minutes at most; what it printed is read and cleared away."""
        ended = Ended(fork.code(within=120), fork.out, fork.err)
        fork.clear()
        return ended

    def run(self, *words: str, at: datetime) -> Ended:
        """A command to its end."""
        return self.end(self.start(*words, at=at))
