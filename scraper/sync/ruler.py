"""How the rows of a list get their ranks, and which ranks its posts are believed to have. Pure.

A rank is printed, or it is counted: by the printed total less the rows above, so that it counts from the bottom as a
printed one does. Without a total it counts from where the top is believed to be, and the end has to be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scraper.models import Known, Stretch
from scraper.sync.belief import Belief
from scraper.sync.ledger import LISTED, belief_of
from scraper.sync.order import order_of
from scraper.sync.plan import Seen
from scraper.sync.sight import Sight

FREE = 20
"""So many ranks may belong to no post, on a list of any length."""


@dataclass(frozen=True, slots=True)
class Ruler:
    belief: Belief
    is_counted: bool = False
    first: int = 0
    """Rows on page 1."""
    size: int = 0
    """Rows on every page after it but the last."""

    def sight(self, seen: Seen) -> Sight | None:
        """A page with its ranks; None when they cannot be told, and the whole list must be walked: so where notices
        leave page 1 no other row."""
        if seen.page == 1 and not seen.keys and seen.next is not None:
            return None
        return self._counted(seen) if self.is_counted else _printed(seen)

    def shortest(self, seen: Seen) -> int:
        """Rows on the shortest page but the last. ``seen``: page 1."""
        return min((rows for rows in (len(seen.keys), self.size) if rows), default=1)

    def _counted(self, seen: Seen) -> Sight | None:
        is_end = seen.next is None or not seen.keys
        if len(set(seen.keys)) < len(seen.keys) or (seen.page > 1 and not is_end and len(seen.keys) != self.size):
            return None
        total = seen.total if seen.total is not None else self.belief.base + len(self.belief.places)
        above = self.first + (seen.page - 2) * self.size if seen.page > 1 else 0
        places = tuple(total - above - index for index in range(len(seen.keys)))
        return Sight(seen.page, seen.keys, places, seen.pinned, seen.total, is_end, is_counted=True)


def ruler_of(seen: Seen, known: Mapping[str, Known], stretches: Sequence[Stretch]) -> Ruler:
    """The ruler of tonight. ``seen``: page 1; ``stretches``: the ledger of a list that was once walked to its end."""
    printed = belief_of(known.values(), is_whole=stretches[-1].is_last)
    is_printed = seen.meaning == "rank" and _is_ladder(printed)
    if is_printed and not printed.doubled:
        return Ruler(printed)
    listed = frozenset(key for key, post in known.items() if post.state in LISTED)
    notices = frozenset(key for key in listed if known[key].is_notice)
    order = order_of(stretches, listed, notices)
    if is_printed:
        return Ruler(replace(printed, order=order.keys))
    uncounted = order.uncounted if seen.total is not None else None
    base = uncounted or 0
    places = {key: base + place for place, key in enumerate(reversed(order.keys), start=1)}
    oldest = min((known[key].last_seen_at for key in places), default=None)
    unplaced = frozenset(
        key for key in listed - places.keys() - notices if oldest is not None and known[key].last_seen_at < oldest
    )
    belief = Belief(places, base, uncounted is not None, notices, unplaced)
    return Ruler(belief, is_counted=True, first=len(seen.keys), size=order.size or len(seen.keys))


def _is_ladder(belief: Belief) -> bool:
    """Whether stored numbers can be ranks: hardly one is left out. Ids may follow each other on page 1 by chance."""
    ranks = set(belief.places.values())
    free = max(ranks, default=belief.base) - belief.base - len(ranks)
    return free <= max(FREE, len(ranks) // 20)


def _printed(seen: Seen) -> Sight | None:
    """Ranks as printed; None when rows have none, or they do not fall."""
    places = tuple(place for _, place in seen.ranks)
    if seen.meaning != "rank" and seen.keys:
        return None
    if any(high <= low for high, low in pairwise(places)) or (not places and seen.keys):
        return None
    is_end = seen.next is None or not places
    return Sight(seen.page, tuple(key for key, _ in seen.ranks), places, seen.pinned, seen.total, is_end)
