"""When what failed is tried again. Pure.

A failure is tried again the next night, then after 2, 4, 8 … days, up to 30: a dead address costs its host the tries
of one request, and that on few nights. Runs do not begin on the minute, so a gap ends hours before its last day does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

LONGEST_GAP = timedelta(days=30)
SLACK = timedelta(hours=6)
"""So much earlier than a day after its last try may the next night come to it."""
_DOUBLINGS = 5
"""2 ** 5 days are over the longest gap."""


def next_try(tries: int, last_tried_at: datetime) -> datetime:
    """When a failure that was tried so often, the last time then, is due again: after 1, 2, 4 … 30 days."""
    days = 2 ** min(max(tries, 1) - 1, _DOUBLINGS)
    return last_tried_at + min(timedelta(days=days), LONGEST_GAP) - SLACK


def is_due(tries: int, last_tried_at: datetime, now: datetime) -> bool:
    """Whether the next try's time has come."""
    return now >= next_try(tries, last_tried_at)


def due_failures(failures: Iterable[Mapping[str, Any]], now: datetime) -> dict[str, set[str | None]]:
    """By post key: the files (None: the article) whose next try is due. ``failures``: open rows of that table."""
    due: dict[str, set[str | None]] = {}
    for failure in failures:
        if is_due(failure["tries"], datetime.fromisoformat(failure["last_at"]), now):
            due.setdefault(failure["post_key"], set()).add(failure["attachment_key"])
    return due
