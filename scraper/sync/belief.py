"""Where the archive thinks that the posts of a list stand, before a night has read any page of it. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise


@dataclass(frozen=True)
class Belief:
    """Where the archive thinks that the posts of a list stand."""

    places: Mapping[str, int]
    """By key, the rank that was stored. Two posts may share one, and ranks may be free: both ask to be looked at."""
    base: int = 0
    """The rank under the lowest post; 0 unless the board counts from elsewhere."""
    is_grounded: bool = True
    """Whether that rank is sure. If not, the end of the list has to be read."""
    notices: frozenset[str] = frozenset()
    """Posts last seen pinned: one may have left its rank long ago, and come back anywhere."""
    unplaced: frozenset[str] = frozenset()
    """Posts that were not seen since every other one was, as a notice that is pinned no more."""

    order: tuple[str, ...] = ()
    """The posts from the top as the ledger tells; known where some ranks are doubled."""

    @cached_property
    def ladder(self) -> tuple[tuple[int, str], ...]:
        """(rank, key) from the bottom."""
        return tuple(sorted((place, key) for key, place in self.places.items()))

    @cached_property
    def _ranks(self) -> list[int]:
        return [self.base, *(place for place, _ in self.ladder)]

    @cached_property
    def _breaks(self) -> list[int]:
        """Ranks above which the next one is missing or doubled."""
        ranks = self._ranks
        return [low for low, high in pairwise(ranks) if high != low + 1]

    @cached_property
    def doubled(self) -> frozenset[int]:
        """Ranks that several posts claim: a run was broken off after posts had vanished."""
        return frozenset(low for low, high in pairwise(self._ranks) if low == high)

    def at(self, rank: int) -> list[str]:
        """Who claims a rank."""
        return [
            key
            for _, key in self.ladder[bisect_left(self.ladder, (rank, "")) : bisect_left(self.ladder, (rank + 1, ""))]
        ]

    def within(self, low: int, high: int | None) -> tuple[tuple[int, str], ...]:
        """Posts strictly between two ranks; ``high`` None is the top."""
        end = None if high is None else bisect_left(self.ladder, (high, ""))
        return self.ladder[bisect_left(self.ladder, (low + 1, "")) : end]

    def highest_break(self, low: int, high: int) -> int | None:
        """The rank just above which the ladder is broken, looked for from ``high`` down to ``low``."""
        found = bisect_left(self._breaks, high)
        return self._breaks[found - 1] if found and self._breaks[found - 1] >= low else None

    def above(self, rank: int) -> int:
        """The next rank above that somebody holds; the one after it when nobody does."""
        found = bisect_right(self._ranks, rank)
        return self._ranks[found] if found < len(self._ranks) else rank + 1
