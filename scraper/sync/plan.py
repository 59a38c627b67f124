"""What to ask next and when to stop. Pure: told what was seen and what is known, it answers.

A walk goes through the list page by page. Rows shift while it goes: a gap between two pages sends it back one
page; it ends where no new post appears, and looks at page 1 once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scraper.models import KST, Ask, Known, Listing, NumberMeaning, Row, Stretch

REREADS = 3
"""How often pages are read again while posts vanish above them: so often, and once more for every page reached."""
BARREN = 3
"""How many pages without a new post are crossed that do not lead further down the list."""
HOLD_SHARE = 0.05
HOLD_LEAST = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """One list page, as planning sees it."""

    page: int
    keys: tuple[str, ...]
    """Ordinary rows, in page order."""
    pinned: frozenset[str]
    first_number: int | None
    last_number: int | None
    total: int | None
    last_page: int | None
    next: Ask | None
    meaning: NumberMeaning
    ranks: tuple[tuple[str, int], ...] = ()
    """(key, number) of the rows in their place that print one; a notice that stands there as well is among them."""
    shown: int | None = None
    """Which page the list itself says that it shows."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk so far. ``keys`` and ``pinned`` are all that was seen."""

    last: Seen | None = None
    keys: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    pages: int = 0
    rereads: int = 0
    barren: int = 0
    doubted: tuple[str, ...] | None = None
    """The posts of a page that seems to leave some out; it sent the walk back."""
    aside: frozenset[str] = frozenset()
    """Posts of pages that were read on the way back, until one of them joins what was seen."""
    settled: tuple[str, ...] | None = None
    """As ``doubted``, once the page before was read again and showed the same: nothing has moved."""
    passed: frozenset[str] = frozenset()
    """Posts that may have slid over a page border while the list was walked: that they were not seen tells nothing."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The walk is at its end; ``sure`` unless new posts on top could make the list look so."""

    reason: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Back:
    """Posts above vanished between two pages: this page must be read again, then those after it."""

    page: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """Page after page shows the same posts although there should be others: the pager is not understood."""

    wanted: str
    found: str


def page_shown(listing: Listing, asked: int) -> int:
    """Which page came: an earlier one than was asked for, where the list says so. One whose pager has no other page
    beside it may say nothing, and is then taken for page 1."""
    return listing.page if listing.page is not None and 1 < listing.page < asked else asked


def is_end(follow: Ask | Stop | Back | Stuck) -> bool:
    """Whether a walk is at its end for sure."""
    return isinstance(follow, Stop) and follow.sure


def seen_of(listing: Listing, page: int) -> Seen:
    """What planning needs of a listing that was asked for as ``page``."""
    ordinary = [row for row in listing.rows if not row.is_notice]
    numbers = [row.number for row in ordinary if row.number is not None]
    return Seen(
        page=page,
        keys=tuple(row.key for row in ordinary),
        pinned=frozenset(row.key for row in listing.rows if row.is_notice),
        first_number=numbers[0] if numbers else None,
        last_number=numbers[-1] if numbers else None,
        total=listing.total,
        last_page=listing.last_page,
        next=listing.next,
        meaning=listing.number_meaning,
        ranks=tuple((row.key, row.number) for row in listing.rows if row.number is not None),
        shown=listing.page,
    )


def advance(walk: Walk, seen: Seen) -> tuple[Walk, Ask | Stop | Back | Stuck]:
    """The walk with one more page, and what follows."""
    before = walk.last
    if before is not None and seen.keys != walk.settled and _gap(before, seen) and _may_reread(walk):
        return replace(walk, rereads=walk.rereads + 1, doubted=seen.keys, settled=None), Back(before.page)
    fresh = not set(seen.keys) | seen.pinned <= walk.keys | walk.pinned
    barren = 0 if fresh else walk.barren + 1
    reached = replace(_joined(walk, seen), pages=walk.pages + 1, barren=barren, doubted=None, settled=None)
    if not seen.keys and not (fresh and seen.next):
        return reached, Stop("a page without posts")
    if before is not None and not fresh and set(seen.keys) == set(before.keys) and seen.page > before.page:
        if seen.page == 2 and (seen.last_page or 0) > 1 and _lacks(reached):
            return reached, Stuck("other posts than on page 1", "the same posts")
        is_beyond = seen.last_page is not None and seen.page > seen.last_page
        if seen.keys != walk.settled and not is_beyond and _may_reread(walk):
            return replace(walk, rereads=walk.rereads + 1, doubted=seen.keys, settled=None), Back(before.page)
        is_same = seen.shown == before.page and (seen.page > 2 or is_beyond)  # the one before, read again
        is_settled = seen.keys == walk.settled or is_same
        return reached, Stop("a page that repeats the one before", sure=is_settled)
    if seen.next is None:
        return reached, Stop("the last page")
    if barren >= BARREN and not _leads_on(before, seen, reached):
        return reached, Stop(f"{barren} pages without a new post", sure=False)
    return reached, seen.next


def rejoin(walk: Walk, seen: Seen) -> tuple[Walk, Ask | Stop | Back]:
    """The walk with a page that was read again, and what follows: further back, if it begins with a new post."""
    still = walk.last is not None and walk.last.page == seen.page and walk.last.keys == seen.keys != ()
    joins = still or seen.page == 1 or (bool(seen.keys) and seen.keys[0] in walk.keys)
    if not joins and _may_reread(walk):
        return replace(walk, aside=walk.aside | set(seen.keys), rereads=walk.rereads + 1), Back(seen.page - 1)
    joined = _joined(walk, seen)
    again = replace(joined, keys=joined.keys | walk.aside, aside=frozenset(), settled=walk.doubted if still else None)
    return again, seen.next if seen.next is not None else Stop("the last page")


def _joined(walk: Walk, seen: Seen) -> Walk:
    return replace(walk, last=seen, keys=walk.keys | set(seen.keys), pinned=walk.pinned | seen.pinned)


def _may_reread(walk: Walk) -> bool:
    return walk.rereads < REREADS + walk.pages


def _leads_on(before: Seen | None, seen: Seen, walk: Walk) -> bool:
    """Whether pages of known posts are crossed on the way down, as after many new ones came on top."""
    if before is None or set(before.keys) & set(seen.keys) or walk.barren >= max(walk.pages, seen.last_page or 0):
        return False
    if before.last_number is None or seen.first_number is None:
        return True
    return seen.first_number < before.last_number


def _gap(before: Seen, seen: Seen) -> bool:
    """Whether rows slid up from this page to the one before after that one was read."""
    if seen.page != before.page + 1 or set(before.keys) & set(seen.keys):
        return False
    if before.meaning == "rank" and before.last_number is not None and not seen.keys:
        return before.last_number > 1
    if before.meaning == seen.meaning == "rank" and before.last_number is not None and seen.first_number is not None:
        return seen.first_number < before.last_number - 1
    return before.total is not None and seen.total is not None and seen.total < before.total


def _lacks(walk: Walk) -> bool:
    """Whether posts are still to come, or nobody says how many there are."""
    total = walk.last.total if walk.last else None
    return total is None or len(walk.keys | walk.pinned) < total


def is_balanced(walk: Walk, *, counts_notices: bool) -> bool | None:
    """Whether the walk saw as many posts as the board says it has; None when it says nothing.

    A board whose total leaves notices out may still list them again as ordinary rows.
    """
    total = walk.last.total if walk.last else None
    if total is None:
        return None
    everything = len(walk.keys | walk.pinned)
    if counts_notices:
        return total == everything
    return total in (everything, len(walk.keys), len(walk.keys - walk.pinned))


def is_quiet(stored: Stretch | None, seen: Seen) -> bool:
    """Whether page 1 shows what it showed at the end of the last run: the total, the posts, the numbers."""
    if stored is None:
        return False
    same = (
        stored.total == seen.total
        and stored.keys == seen.keys
        and stored.first_number == seen.first_number
        and stored.last_number == seen.last_number
    )
    return bool(same)


def is_changed(row: Row, known: Known) -> bool:
    """Whether a row says something else than when it was last listed."""
    return known.told is not None and known.told != row.told


def absent(known: Mapping[str, Known], walk: Walk) -> list[Known]:
    """Posts that were held and that a whole walk no longer saw."""
    listed = walk.keys | walk.pinned | walk.passed
    return [post for post in known.values() if post.key not in listed and post.state in ("live", "unread", "blocked")]


def is_held(vanished: int, held: int, *, share: float = HOLD_SHARE) -> bool:
    """Whether so many posts vanished at once that somebody must confirm it first."""
    return vanished > max(HOLD_LEAST, held * share)


def is_later_day(first: datetime, now: datetime) -> bool:
    """Whether ``now`` is on a later calendar day in Korea."""
    return now.astimezone(KST).date() > first.astimezone(KST).date()


def may_ask_again(absences: Sequence[tuple[datetime, str]], now: datetime) -> bool:
    """Whether a missing post's article is asked for: once a day. ``absences``: when, and with what evidence."""
    asked = [at for at, evidence in absences if evidence in ("refused", "readable")]
    return not asked or is_later_day(asked[-1], now)


def is_confirmed(absences: Sequence[tuple[datetime, str]], now: datetime) -> bool:
    """Whether a refusal now makes a tombstone: an earlier one came on an earlier day."""
    return any(evidence == "refused" and is_later_day(at, now) for at, evidence in absences)


def is_stale(post: Known, now: datetime, recheck: timedelta | None) -> bool:
    """Whether a post's article is to be read again: it was last read longer ago than ``recheck``."""
    return recheck is not None and post.checked_at is not None and now - post.checked_at >= recheck
