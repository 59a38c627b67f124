"""Where in a list something changed, told by the numbers that shifted. Pure.

A rank counts from the bottom: a row keeps it until something below it comes or goes. Between two known rows whose
numbers shifted alike, as many posts came as went; where the shifts differ, a page between them is read. A stretch is
*settled* when nothing in it can be new or gone (but for pairs that the audit finds), *read* when every place in it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import inf, isqrt

from scraper.sync.belief import Belief
from scraper.sync.order import beside, rising
from scraper.sync.sight import Sight, gaps_between, is_proven


@dataclass(frozen=True, slots=True)
class Stretch:
    """What lies between two known rows, the lowest row's ground, or the top."""

    low: int
    """Real rank of the lower row; its stored one is ``low_held``."""
    low_held: int
    high: int
    high_held: int | None
    """None: there is only the top above."""
    unread: tuple[tuple[int, int], ...]
    """Real ranks in it that no page showed, as (lowest, highest), from the top."""
    veiled: bool
    """A page passes over ranks in it without naming a post."""
    settled: bool

    @property
    def is_open(self) -> bool:
        return bool(self.unread) and not self.settled

    @property
    def is_read(self) -> bool:
        return not self.unread and not self.veiled


@dataclass(frozen=True)
class Map:
    """What the pages of one night tell of a list, beside what was believed."""

    belief: Belief
    sights: Sequence[Sight] = field(default_factory=tuple)
    """In the order they were read, one a page."""

    @cached_property
    def by_page(self) -> dict[int, Sight]:
        return {sight.page: sight for sight in self.sights}

    @cached_property
    def shown(self) -> dict[str, int]:
        """By key, its real rank; of what was read twice, the later."""
        return {key: place for sight in self.sights for key, place in zip(sight.keys, sight.places, strict=True)}

    @cached_property
    def held_by(self) -> dict[int, str]:
        """By real rank, who has it."""
        return {place: key for key, place in self.shown.items()}

    @cached_property
    def pinned(self) -> frozenset[str]:
        return frozenset[str]().union(*(sight.pinned for sight in self.sights))

    @cached_property
    def top(self) -> int:
        """The highest rank."""
        return max(self.shown.values(), default=self.base)

    @cached_property
    def end(self) -> int | None:
        """The rank under the last row, where the end of the list was read."""
        for sight in self.sights:
            before = self.by_page.get(sight.page - 1)
            if sight.is_end and sight.places:
                return sight.places[-1] - 1
            if sight.is_end and before is not None and before.places:
                return before.places[-1] - 1
        return 0 if self.sights and not self.shown and self.by_page.get(1) else None

    @cached_property
    def last_page(self) -> float:
        """The last page; infinity where the end was not read."""
        return min((sight.page for sight in self.sights if sight.is_end), default=inf)

    @cached_property
    def is_bottomless(self) -> bool:
        """Whether the end of the list has to be read: nobody knows where it is, or rows moved down to it or past it."""
        if self.end is not None or not self.belief.is_grounded:
            return self.end is None
        held = self.belief.places
        lowest = min(self.shown.values(), default=self.belief.base + 1) - 1
        row = min((key for key in self.shown if key in held), key=self.shown.__getitem__, default=None)
        return (
            lowest <= self.belief.base and row is not None and self.shown[row] - held[row] != lowest - self.belief.base
        )

    @cached_property
    def base(self) -> int:
        """The rank under the last row; where that has to be read first, some rank below those read."""
        if self.end is not None:
            return self.end
        lowest = min(self.shown.values(), default=self.belief.base + 1) - 1
        if self.is_bottomless and lowest <= self.belief.base:
            return lowest - self.size
        return min(self.belief.base, lowest)

    @cached_property
    def size(self) -> int:
        return max((len(sight.keys) for sight in self.sights), default=1) or 1

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """From the top, between the rows that stand in the order in which they were believed, and not side by side."""
        held = self.belief.places
        rows = sorted((place, held[key]) for key, place in self.shown.items() if key in held)
        rows = [row for row in rows if row[1] > self.belief.base]
        rows = [rows[index] for index in rising([place for _, place in rows])]  # those that moved are left out
        known = [(self.base, self.belief.base), *rows]
        pairs = [(low, high) for low, high in pairwise(known) if low is known[0] or not self._is_close(low, high)]
        found = [self._stretch(low, high) for low, high in pairs]
        return (*reversed([*found, self._stretch(known[-1], None)]),)

    def _is_close(self, low: tuple[int, int], high: tuple[int, int]) -> bool:
        """Whether two rows are side by side, and always were."""
        return high[0] - low[0] == high[1] - low[1] == 1 and high[1] not in self.belief.doubled

    def _stretch(self, low: tuple[int, int], high: tuple[int, int] | None) -> Stretch:
        top = high[0] if high else self.top + 1
        unread, veiled = self._unread(low[0], top)
        even = high is not None and high[0] - low[0] == high[1] - low[1]
        settled = even and high is not None and self.belief.highest_break(low[1], high[1]) is None
        settled = settled and high is not None and high[1] not in self.belief.doubled
        settled = settled and not (self.is_bottomless and low[0] == self.base)
        settled = settled and self._places_within(low[0], top) == 0  # who is shown there came, so that another has gone
        return Stretch(low[0], low[1], top, high[1] if high else None, unread, veiled, settled)

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """(lowest, highest) rank of each page, from the top."""
        return sorted(((sight.places[-1], sight.places[0]) for sight in self.sights if sight.places), reverse=True)

    @cached_property
    def _places(self) -> list[int]:
        return sorted(set(self.shown.values()))

    def _unread(self, low: int, high: int) -> tuple[tuple[tuple[int, int], ...], bool]:
        """The unread ranks strictly between two, and whether pages left out some of the others."""
        gaps = gaps_between(self._spans, low, high)
        read = high - low - 1 - sum(last - first + 1 for first, last in gaps)
        return gaps, self._places_within(low, high) < read

    def _places_within(self, low: int, high: int) -> int:
        return bisect_left(self._places, high) - bisect_right(self._places, low)

    def page_at(self, place: int) -> int:
        """The page on which a rank is to be expected, by the pages nearest to it; never one that was read, unless
        rows moved and no page is left between them: then the older of the two."""
        above = max((s for s in self.sights if s.places and s.places[-1] > place), key=lambda s: s.page, default=None)
        below = min((s for s in self.sights if self._is_below(s, place)), key=lambda s: s.page, default=None)
        if above is None:
            return 1
        page = above.page + -(-(above.places[-1] - place) // self.size)
        if below is None:
            return page
        if above.page + 1 < below.page:
            return min(page, below.page - 1)
        return min((above, below), key=lambda s: s.at).page

    @staticmethod
    def _is_below(sight: Sight, place: int) -> bool:
        return sight.places[0] < place if sight.places else sight.is_end

    def target(self, stretch: Stretch) -> int:
        """The rank to be read next in an open stretch: next to the last row read when it reaches the top; where the
        ladder is broken when as many came as went; else halfway down, counted so that near the top steps are small.
        """
        unread = stretch.unread
        if self.is_bottomless and stretch.low == self.base:
            return unread[-1][0]
        if stretch.high_held is None:
            return unread[0][1]
        if stretch.high - stretch.low == stretch.high_held - stretch.low_held:
            broken = self.belief.highest_break(stretch.low_held, stretch.high_held)
            if broken is not None:
                wanted = stretch.high - (stretch.high_held - self.belief.above(broken)) - 1
                return _nearest(unread, wanted)
        near, far = (self.top - place + self.size for place in (unread[0][1], unread[-1][0]))
        return _nearest(unread, self.top + self.size - isqrt(near * far))

    @cached_property
    def is_accounted(self) -> bool:
        """Whether every rank of the list is some post's, read or in a settled stretch."""
        return all(stretch.settled or stretch.is_read for stretch in self.stretches)

    def absent(self) -> list[str]:
        """Posts that stand nowhere in the stretch where they would stand, all of which was read.

        Where that stretch is not known, or ranks are doubled, every rank of the list must be accounted for.
        """
        homes = self._homes
        lost = [key for key in homes if homes[key].is_read] if self.belief.doubled else list(self._lost())
        if self.is_accounted:
            lost += sorted(self.belief.unplaced - self.shown.keys() - self.pinned)
        return lost

    def _lost(self) -> Iterator[str]:
        """Posts that are neither shown nor pinned, although the stretch they belong to was read."""
        is_above_read, above = False, self.top + 1
        for stretch in self.stretches:
            is_above_read = is_above_read or above > stretch.high  # rows side by side between the two
            claimed = self.belief.within(stretch.low_held, stretch.high_held)
            doubled = stretch.high_held in self.belief.doubled and stretch.is_read and is_above_read
            keys = [*(self.belief.at(stretch.high_held or 0) if doubled else ()), *(key for _, key in claimed)]
            if stretch.is_read:
                listed = self.shown.keys() | self.pinned | self.belief.notices
                yield from (key for key in keys if key not in listed)
            is_above_read, above = stretch.is_read, stretch.low

    @cached_property
    def _homes(self) -> dict[str, Stretch]:
        """Where ranks are doubled, the lost ones and what lies between the two rows nearest to each in the order of the
        list: ranks of two states may make a stretch look settled in which one stands and another is gone."""
        if not self.belief.doubled or not self.is_accounted:
            return {}
        between = beside(list(self._lost()), self.belief.order, self.shown, (self.base, self.top + 1))
        return {
            key: Stretch(low, low, high, high, *self._unread(low, high), settled=False)
            for key, (low, high) in between.items()
        }

    def doubted(self) -> int | None:
        """A page to be read before a post is called absent: the upper one of two again, if a post may have been slid
        over; the one beside the stretch, whose rows tell whether it was the post that moved or the row next to it."""
        homes = dict.fromkeys(self._homes.values())
        for home in homes:
            if home.unread:
                return self.page_at(home.unread[0][1])
        for stretch in (*(each for each in self.stretches if each.is_read and any(self._lost_in(each))), *homes):
            pages = sorted((s for s in self.sights if self._touches(s, stretch)), key=lambda s: s.page)
            for upper, lower in pairwise(pages):
                if not is_proven(upper, lower):
                    return min(upper, lower, key=lambda sight: sight.at).page
            for place in (stretch.high + 1, stretch.low - 1):
                page = self.page_at(place)
                if self.base < place <= self.top and self._is_unread(place) and page not in self.by_page:
                    return page
        return None

    def _is_unread(self, place: int) -> bool:
        return not any(low <= place <= high for low, high in self._spans)

    def _touches(self, sight: Sight, stretch: Stretch) -> bool:
        if not sight.places:
            return stretch.low == self.base
        return sight.places[-1] <= stretch.high and sight.places[0] >= stretch.low

    def _lost_in(self, stretch: Stretch) -> Iterator[str]:
        listed = self.shown.keys() | self.pinned | self.belief.notices
        return (key for _, key in self.belief.within(stretch.low_held, stretch.high_held) if key not in listed)

    def placed(self) -> dict[str, int | None]:
        """The ranks that settled stretches give to posts that were not read; None to one that is not in its place."""
        moved: dict[str, int | None] = {}
        for stretch in self.stretches:
            shift = stretch.low - stretch.low_held
            inside = self.belief.within(stretch.low_held, stretch.high_held)
            if stretch.settled and shift:
                moved |= {key: held + shift for held, key in inside if key not in self.shown}
            elif stretch.is_read:
                moved |= {key: None for _, key in inside if key not in self.shown}
        return moved

    def expected(self, key: str) -> int | None:
        """Where a post that was not read must stand, in a settled stretch."""
        held = self.belief.places[key]
        for stretch in self.stretches:
            if stretch.low_held < held and (stretch.high_held is None or held <= stretch.high_held):
                return held + stretch.low - stretch.low_held if stretch.settled else None
        return None


def _nearest(spans: Sequence[tuple[int, int]], wanted: int) -> int:
    """The rank nearest to the wanted one, at or below it if there is one."""
    for low, high in spans:
        if low <= wanted:
            return min(wanted, high)
    return spans[-1][0]
