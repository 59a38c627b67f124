"""What the archive knows of a list before a night begins: where its posts stand, and what audit is owed. Pure.

The audit reads pages that nothing asks for: as many posts may have come as went between two known rows. A night on
which page 1 is unchanged owes its page to the next night with changes. After 7 unchanged nights everything that was
not read since is read, a third a night; from then on one page every 7 nights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scraper.models import KST, Known, Stretch
from scraper.sync.belief import Belief

LISTED = ("live", "unread", "blocked", "redacted")
QUIET = 7
"""After so many unchanged nights the audit is paid whatever happens."""
PAYDAYS = 3
NEAR = 100
"""So many of the newest posts are the ones among which a late one most often comes."""
MOST_OWED = 4
RESTLESS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Debt:
    """How many audit pages are due tonight, and which posts they are for, the longest unread first."""

    pages: int
    keys: tuple[str, ...]


def belief_of(known: Iterable[Known], *, is_whole: bool) -> Belief:
    """Where listed posts stand by their stored numbers. ``is_whole``: the last night came to its end."""
    listed = [post for post in known if post.state in LISTED]
    places = {post.key: post.number for post in listed if post.number is not None}
    oldest = min((post.last_seen_at for post in listed if post.number is not None), default=None)
    unplaced = frozenset(post.key for post in listed if post.number is None and oldest and post.last_seen_at < oldest)
    notices = frozenset(post.key for post in listed if post.is_notice)
    return Belief(places, min(places.values(), default=1) - 1, is_whole, notices, unplaced)


def first_pages(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Page 1 as it was seen, oldest first."""
    return [stretch for stretch in stretches if stretch.page == 1]


def quiet_nights(first: Sequence[Stretch]) -> list[datetime]:
    """The nights since page 1 last changed, one time for each calendar day in Korea, oldest first."""
    same = []
    for stretch in reversed(first):
        if _shown(stretch) != _shown(first[-1]):
            break
        same.append(stretch.seen_at)
    days: dict[date, datetime] = {}
    for at in reversed(same):
        days.setdefault(at.astimezone(KST).date(), at)
    return list(days.values())[1:]


def _shown(stretch: Stretch) -> tuple[object, ...]:
    return stretch.total, stretch.keys, stretch.first_number, stretch.last_number


def debt_of(
    known: Mapping[str, Known],
    places: Mapping[str, int],
    first: Sequence[Stretch],
    now: datetime,
    size: int,
    *,
    quiet: bool,
) -> Debt:
    """The audit of tonight. ``places``: where posts are believed to stand; ``quiet``: page 1 is as at the end of the
    last run; ``size``: rows on a page."""
    listed = sorted((known[key] for key in places), key=lambda post: (post.last_seen_at, -places[post.key]))
    if not quiet:
        return _changed(known, listed, places, now)
    nights = quiet_nights(first)
    if first and first[-1].seen_at.astimezone(KST).date() >= now.astimezone(KST).date():
        return Debt(0, ())
    count = len(nights) + 1
    if count < QUIET:
        return Debt(0, ())
    since = now if count == QUIET else nights[QUIET - 1]
    unread = tuple(post.key for post in listed if post.last_seen_at < since)
    if unread and (count < QUIET + PAYDAYS or listed[0].last_seen_at < since):
        share = max(1, QUIET + PAYDAYS - count)
        return Debt(-(-len(unread) // (max(1, size) * share)) + 1, unread)
    return Debt(1 if count % QUIET == 0 else 0, tuple(post.key for post in listed))


def _changed(known: Mapping[str, Known], listed: Sequence[Known], places: Mapping[str, int], now: datetime) -> Debt:
    """One page of those longest unread, one of the newest, more where posts were lately found missing."""
    newest = set(sorted(places, key=lambda key: -places[key])[:NEAR])
    lost = sum(post.missing_at is not None and now - post.missing_at < RESTLESS for post in known.values())
    pages = 1 + min(MOST_OWED - 1, lost // 2)
    near = (post for post in listed if post.key in newest)
    return Debt(pages, tuple(post.key for post in (*listed[:1], *near, *listed)))
