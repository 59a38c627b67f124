"""One night in a list that is known: which page next, and when to stop. Pure.

It begins with page 1. As long as some stretch may hide a change, a page in it is read; then the audit is paid. All
pages of a night must show one state of the list: when the total, or the rank of a post, changes between two, the
earlier ones are forgotten and what is still open is read again, but not for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from scraper.sync.belief import Belief
from scraper.sync.bisect import Map
from scraper.sync.plan import Stop
from scraper.sync.sight import Sight

RESTARTS = 4
"""How often a night begins again because the list moved."""
REREADS = 8
"""How often a single page is read again because rows moved past it."""


@dataclass(frozen=True)
class Patrol:
    """A night so far."""

    belief: Belief
    owed: int = 0
    """Audit pages to read tonight."""
    audit: tuple[str, ...] = ()
    """Whose pages they are, the most wanted first."""
    round: tuple[int, ...] = ()
    """Pages to read tonight whatever stands there."""
    sights: tuple[Sight, ...] = ()
    last: int | None = None
    """The page that was read last."""
    twin: tuple[str, ...] | None = None
    """The posts of a page that stood on another page as well."""
    again: int | None = None
    """That other page: it is read again first."""
    reads: int = 0
    restarts: int = 0
    rereads: int = 0

    @cached_property
    def map(self) -> Map:
        return Map(self.belief, self.sights)

    @property
    def is_sure(self) -> bool:
        """Whether the pages show one state of the list, without a stretch that may hide something."""
        total = {sight.total for sight in self.sights}
        return len(total) < 2 and not any(stretch.is_open for stretch in self.map.stretches)


def look(patrol: Patrol, sight: Sight) -> tuple[Patrol, int | Stop]:
    """The night with one more page, and the page to be read next."""
    patrol = _with(patrol, sight)
    limit = 12 + 3 * (1 + patrol.map.top // patrol.map.size)
    if patrol.reads >= limit or patrol.restarts > RESTARTS or patrol.rereads > REREADS:
        return patrol, Stop("a list that does not come to rest", sure=False)
    return _next(patrol)


def _with(patrol: Patrol, sight: Sight) -> Patrol:
    sights, restarts, rereads = patrol.sights, patrol.restarts, patrol.rereads
    reads = patrol.reads + 1
    same = (old.since for old in sights if (old.page, old.keys, old.total) == (sight.page, sight.keys, sight.total))
    sight = replace(sight, since=next(same, reads), at=reads)
    twin = next((old for old in sights if old.page != sight.page and old.keys == sight.keys != ()), None)
    if twin is not None and patrol.twin != sight.keys:  # its rows may have slid from one page to the other
        left = tuple(old for old in sights if old.page not in (twin.page, sight.page))
        return replace(patrol, sights=left, reads=reads, last=sight.page, twin=sight.keys, again=twin.page)
    if twin is not None:  # one of the two was asked for beyond the last page
        places = twin.places if sight.is_counted and twin.page < sight.page else sight.places
        sight = replace(sight, page=min(twin.page, sight.page), places=places, is_end=True)
        sights = tuple(old for old in sights if old is not twin or old.page == sight.page)
    if not _is_one_state(patrol.map if sights is patrol.sights else Map(patrol.belief, sights), sight):
        sights, restarts = (), restarts + 1
    elif any(old.page == sight.page for old in sights) and sight.page > 1:
        rereads += 1
    sights = (*(old for old in sights if old.page != sight.page), sight)
    return replace(patrol, sights=sights, reads=reads, restarts=restarts, rereads=rereads, last=sight.page)


def _is_one_state(found: Map, new: Sight) -> bool:
    """Whether a page may show the same state as the others: one total, one rank a post, ranks that fall with pages."""
    shown = found.shown
    if any(
        shown.get(key, at) != at or found.held_by.get(at, key) != key
        for key, at in zip(new.keys, new.places, strict=True)
    ):
        return False
    return all(_is_in_line(old, new) for old in found.sights)


def _is_in_line(old: Sight, new: Sight) -> bool:
    if old.total != new.total or (old.page == new.page and old.total is None and old.keys != new.keys):
        return False
    if old.page == new.page and old.pinned != new.pinned:
        return False
    upper, lower = (old, new) if old.page < new.page else (new, old)
    if upper.page == lower.page or not upper.places or not lower.places:
        return True
    return lower.places[0] <= upper.places[0] and lower.places[-1] <= upper.places[-1]


def _next(patrol: Patrol) -> tuple[Patrol, int | Stop]:
    found = patrol.map
    if patrol.again is not None:
        return replace(patrol, again=None), patrol.again
    if 1 not in found.by_page:
        return patrol, 1
    for stretch in found.stretches:
        if stretch.is_open:
            return patrol, found.page_at(found.target(stretch))
    for at, page in enumerate(patrol.round):
        if page not in found.by_page and page <= found.last_page:
            return replace(patrol, round=patrol.round[at + 1 :]), page
    if patrol.owed:
        for place in _audited(patrol):
            page = found.page_at(place)
            if page not in found.by_page:
                return replace(patrol, owed=patrol.owed - 1), page
    doubted = found.doubted()
    if doubted is not None:
        return patrol, doubted
    if patrol.last != 1 and (found.by_page[1].total is None or found.absent()):
        return patrol, 1
    return patrol, Stop("nothing left that may hide a change")


def _audited(patrol: Patrol) -> list[int]:
    """Where the most wanted posts stand that were not read yet: one is enough, the next ones stand by."""
    wanted = []
    for key in patrol.audit:
        if key not in patrol.map.shown and key in patrol.belief.places:
            place = patrol.map.expected(key)
            if place is not None:
                wanted.append(place)
                if len(wanted) == 3:
                    break
    return wanted
