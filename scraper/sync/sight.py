"""One list page as a night saw it, and whether two of them show the list at one time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """One list page as it was just read: its numbered rows from the top, and who is pinned."""

    page: int
    keys: tuple[str, ...]
    places: tuple[int, ...]
    """Their ranks, falling."""
    pinned: frozenset[str] = frozenset()
    total: int | None = None
    is_end: bool = False
    """No page follows."""
    is_counted: bool = False
    """The ranks were not printed but counted."""
    since: int = 0
    at: int = 0
    """The first and the last read of the night that showed it so."""


def is_proven(upper: Sight, lower: Sight) -> bool:
    """Whether nothing slid over from one page to the next: one showed the same before and after the other was read."""
    return upper.since <= lower.at and lower.since <= upper.at


def gaps_between(spans: Iterable[tuple[int, int]], low: int, high: int) -> tuple[tuple[int, int], ...]:
    """The ranks strictly between two that no page shows, as (lowest, highest), from the top. ``spans``: the (lowest,
    highest) rank of each page, from the top."""
    gaps, at = [], high - 1
    for bottom, top in spans:
        if at <= low or bottom > at:
            continue
        if top <= low:
            break
        if top < at:
            gaps.append((top + 1, at))
        at = bottom - 1
    if at > low:
        gaps.append((low + 1, at))
    return tuple(gaps)
