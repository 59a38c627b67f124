"""Which articles a run asks for, and in which order. Pure.

What the list told comes first, then what was never read, what was tried in vain behind the rest, then what is asked for
again, at last what is only old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scraper.models import Known
from scraper.sync import age, plan
from scraper.sync.due import due_failures
from scraper.sync.options import Options


@dataclass(frozen=True, slots=True)
class Failing:
    """What could not be had of one post: its files, None for the article."""

    due: set[str | None] = field(default_factory=set)
    waiting: set[str | None] = field(default_factory=set)

    @property
    def is_waiting(self) -> bool:
        """Something failed, and nothing of it is to be tried now."""
        return bool(self.waiting) and not self.due


@dataclass(frozen=True, slots=True)
class Turn:
    """The keys of the posts to read; the last ``aged`` of them only because of their age."""

    keys: list[str]
    aged: int


NOTHING = Failing()


def failing_posts(failures: Iterable[Mapping[str, Any]], options: Options, now: datetime) -> dict[str, Failing]:
    """By post key: what failed at its last try and is to be tried now, and what waits. ``failures``: open rows."""
    failures = list(failures)
    everything = options.retry or options.recheck is not None
    ready = due_failures(failures, now)
    failing: dict[str, Failing] = {}
    for failure in failures:
        key, file = failure["post_key"], failure["attachment_key"]
        found = failing.setdefault(key, Failing())
        (found.due if everything or file in ready.get(key, ()) else found.waiting).add(file)
    return failing


def turn_of(
    known: Mapping[str, Known],
    failing: Mapping[str, Failing],
    changed: Set[str],
    options: Options,
    now: datetime,
    may_confirm: Callable[[str], bool],
) -> Turn:
    """What is read tonight. ``may_confirm``: whether a missing post was not asked for today."""
    told: list[str] = []
    unread: list[str] = []
    in_vain: list[str] = []
    again: list[str] = []
    for post in sorted(known.values(), key=lambda post: post.id):
        failed = failing.get(post.key, NOTHING)
        if post.state in ("gone", "redacted"):
            continue
        if post.state == "missing":
            if may_confirm(post.key):
                told.append(post.key)
        elif post.state == "unread":
            if not failed.is_waiting and is_wanted(post, options):
                (in_vain if None in failed.due else unread).append(post.key)
        elif post.key in changed:
            told.append(post.key)
        elif (
            plan.is_stale(post, now, options.recheck)
            or failed.due
            or (post.state == "blocked" and (options.recheck is not None or options.retry))
        ):
            again.append(post.key)
    asked = {*told, *again}
    aged = [
        post.key
        for post in age.due_by_age(known.values(), now)
        if post.key not in asked and None not in failing.get(post.key, NOTHING).waiting and is_wanted(post, options)
    ]
    return Turn(told + unread + in_vain + again + aged, len(aged))


def is_wanted(post: Known, options: Options) -> bool:
    """Whether the post lies in the stretch of time that was asked for."""
    since, until = options.since, options.until
    if post.posted_date is None:
        return since is None and until is None
    return (since is None or post.posted_date >= since.isoformat()) and (
        until is None or post.posted_date <= until.isoformat()
    )
