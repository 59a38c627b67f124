"""What the archive knows of a list before a night begins: where its posts stand, and what audit is owed. Pure.

The audit reads pages that nothing asks for: as many posts may have come as went between two known rows. A night on
which page 1 is unchanged owes its page to the next night with changes. After 7 unchanged nights everything that was
not read since is read, a third a night; from then on one page every 7 nights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from scraper.models import KST, Known, Stretch
from scraper.sync.belief import Belief

LISTED = ("live", "unread", "blocked", "redacted")
QUIET = 7
"""After so many unchanged nights the audit is paid whatever happens."""
PAYDAYS = 3
WEEKLY = 15
"""So many pages at most are read in a later round."""
NEAR = 100
"""So many of the newest posts are the ones among which a late one most often comes."""
MOST_OWED = 4
RESTLESS = timedelta(days=14)
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Debt:
    """Which audit is due tonight."""

    pages: int = 0
    """So many pages, of posts among ``keys``."""
    keys: tuple[str, ...] = ()
    """The longest unread first."""
    round: tuple[int, ...] = ()
    """Pages by their number, whatever stands there."""
    is_round: bool = False
    """The list is gone round."""
    end: bool = False
    """Its end is to be read as well."""


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
        if shown(stretch) != shown(first[-1]):
            break
        same.append(stretch.seen_at)
    days: dict[date, datetime] = {}
    for at in reversed(same):
        days.setdefault(at.astimezone(KST).date(), at)
    return list(days.values())[1:]


def shown(stretch: Stretch) -> tuple[object, ...]:
    """What a page must show again to be as it was."""
    return stretch.total, stretch.keys, stretch.first_number, stretch.last_number


def debt_of(
    known: Mapping[str, Known],
    places: Mapping[str, int],
    stretches: Sequence[Stretch],
    now: datetime,
    size: int,
    *,
    same: bool,
) -> Debt:
    """The audit of tonight. ``places``: where posts are believed to stand; ``stretches``: the ledger; ``same``: page 1
    is as it was last seen; ``size``: rows on a page."""
    if same:
        days = quiet_nights(first_pages(stretches))
        is_over = stretches[-1].is_last
        if is_over and is_same_day(stretches[-1].seen_at, now):
            return Debt()
        if not days or not is_same_day(days[-1], now):
            days.append(now)
        debt = _round(days, stretches, -(-len(places) // max(1, size)))
        if debt.is_round or is_over:
            return debt
    listed = sorted((known[key] for key in places), key=lambda post: (post.last_seen_at, -places[post.key]))
    return _changed(known, listed, places, now)


def _round(days: Sequence[datetime], stretches: Sequence[Stretch], last: int) -> Debt:
    """What is due of the round in which quiet ``days`` read a list of ``last`` pages; the last of them is tonight.

    A round that was cut short goes on until a night comes to its end.
    """
    count = len(days)
    begin = count - count % QUIET
    end = begin + PAYDAYS - 1
    if not begin or (count > end and any(each.is_last and each.seen_at >= days[end - 1] for each in stretches)):
        return Debt()
    read = {each.page: each.seen_at for each in stretches}
    done = {page for page, at in read.items() if at >= days[begin - 1]} - {1}
    left = [page for page in range(last, 1, -1) if page not in done]
    if begin > QUIET:
        lowest = min(left, key=lambda page: (read.get(page, NEVER), -page), default=0)
        left = [page for page in left if page <= lowest][: max(0, WEEKLY - len(done))]
    left = left[: -(-len(left) // max(1, end + 1 - count))]
    seam = [left[0] + 1] if left and left[0] < last else []
    return Debt(round=(*seam, *left), is_round=bool(left) or count == begin, end=last not in done)


def is_same_day(first: datetime, second: datetime) -> bool:
    """Whether two times are on one calendar day in Korea."""
    return first.astimezone(KST).date() == second.astimezone(KST).date()


def _changed(known: Mapping[str, Known], listed: Sequence[Known], places: Mapping[str, int], now: datetime) -> Debt:
    """One page of those longest unread, one of the newest, more where posts were lately found missing."""
    newest = set(sorted(places, key=lambda key: -places[key])[:NEAR])
    lost = sum(post.missing_at is not None and now - post.missing_at < RESTLESS for post in known.values())
    pages = 1 + min(MOST_OWED - 1, lost // 2)
    near = (post for post in listed if post.key in newest)
    return Debt(pages, tuple(post.key for post in (*listed[:1], *near, *listed)))
