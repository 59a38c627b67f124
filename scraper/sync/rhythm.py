"""A board's own rhythm: how improbable its silence is, told from the days on which it posted. Pure.

A weekly paper is not a daily. The share of earlier gaps that were as long is the chance of a gap; beyond the longest
one the chance falls by a factor e with every mean gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp

IMPROBABLE = 0.01
LEAST = 8
"""With fewer gaps nothing is said."""
MOST = 200
"""Earlier gaps are forgotten: a board may change its rhythm."""


@dataclass(frozen=True, slots=True)
class Silence:
    """``days`` since the newest post; ``longest`` and ``mean`` of the gaps before, in days."""

    days: int
    mean: float
    longest: int
    chance: float
    """That a gap of this board gets as long as this, between 0 and 1."""

    @property
    def is_improbable(self) -> bool:
        return self.chance < IMPROBABLE


def silence(posted: Iterable[date], today: date) -> Silence | None:
    """None when too little is known. Days to come are no posts."""
    days = sorted({day for day in posted if day <= today})[-MOST - 1 :]
    gaps = [(after - before).days for before, after in pairwise(days)]
    if len(gaps) < LEAST:
        return None
    now = (today - days[-1]).days
    longest, mean = max(gaps), sum(gaps) / len(gaps)
    as_long = sum(gap >= now for gap in gaps)
    chance = (as_long + 1) / (len(gaps) + 1)
    if now > longest:
        chance *= exp(-(now - longest) / mean)
    return Silence(now, round(mean, 2), longest, chance)
