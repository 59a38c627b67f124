"""Which months of a board were looked at: the coverage ledger beside the posts of each month.

Contract: reads only; all but ``find_months`` is pure. A month without a post that was looked at is told apart from one
that nobody looked at. Days are Korean (KST).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Literal

from sqlite_utils import Database

from scraper.archive.rows import select
from scraper.archive.values import Record, time_of
from scraper.models import KST

POSTS_SQL = "SELECT month, posts, authors, characters, disappeared FROM monthly WHERE board = :board ORDER BY month"
_COUNTS_SQL = """SELECT substr(p.posted_date, 1, 7) AS month, count(*) AS posts
FROM posts p JOIN boards b ON b.id = p.board_id
WHERE b.slug = :board AND p.posted_date IS NOT NULL AND p.state <> 'redacted' GROUP BY month"""
"""The first two columns of POSTS_SQL, three times as quick."""
PAGES_SQL = """SELECT c.walk, c.page, c.is_last, c.seen_at,
    (SELECT json_group_array(p.posted_date) FROM json_each(c.keys) k
        JOIN posts p ON p.board_id = c.board_id AND p.key = k.value) AS posted_dates
FROM coverage c JOIN boards b ON b.id = c.board_id
WHERE b.slug = :board ORDER BY c.walk, c.id"""

Fetched = Literal["whole", "part", "never"]
Span = tuple[date, date]
"""First and last day."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Month:
    """``month`` is YYYY-MM; ``fetched``: whether the lists that were read cover all of its days up to today."""

    month: str
    posts: int
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Sight:
    """One list page as it was read."""

    page: int
    day: date
    is_last: bool
    """The walk found its end here."""
    posted: tuple[date | None, ...]
    """The days of its ordinary posts, in page order."""


def find_months(db: Database, slug: str, today: date) -> list[Month]:
    """From the month of the oldest post to that of ``today``; nothing for a board without dated posts."""
    values = {"board": slug}
    return months_of(select(db, _COUNTS_SQL, values), select(db, PAGES_SQL, values), today)


def months_of(posts: Iterable[Record], pages: Iterable[Record], today: date) -> list[Month]:
    """The rows of the two queries as months."""
    counts = {row["month"]: row["posts"] for row in posts}
    if not counts:
        return []
    looked, unsure = spans_of(pages, today)
    return [
        Month(month, counts.get(month, 0), _fetched(days, looked, unsure, counts.get(month, 0)))
        for month, days in _calendar(min(counts), max(f"{today:%Y-%m}", max(counts)), today)
    ]


def spans_of(pages: Iterable[Record], today: date) -> tuple[list[Span], list[Span]]:
    """The days of which every post was listed; and those among them where a post without a date may belong.

    A walk that found its end has seen everything up to its last look at page 1 before that; the rest of that day is not
    known, but ``today`` is as of now. Of another walk each unbroken run of pages covers the days between its posts.
    Lists hold strays, such as posts dated back: days are told by the longest falling sequence, without its two ends,
    which nothing confirms, and without the days on which it begins and ends. What a board lists far from its date (a
    reply under an old thread) may still be missing from a month that only a broken walk has seen.
    """
    looked: list[Span] = []
    unsure: list[Span] = []
    for _, rows in groupby(pages, key=lambda row: row["walk"]):
        sights = [_sight(row) for row in rows]
        ends = [place for place, sight in enumerate(sights) if sight.is_last]
        tops = [sight for sight in sights[: ends[-1] + 1] if sight.page == 1] if ends else []
        if tops:
            looked.append((date.min, _until(tops[-1], today)))
        for run in _runs(sights):
            posted = [day for sight in run for day in sight.posted]
            if tops and run[-1].day <= tops[-1].day and None not in posted:
                continue  # nothing that the whole walk has not seen
            falling = _falling(posted)
            days = [posted[place] for place in falling]
            top = _until(run[0], today) if run[0].page == 1 else None
            if len(days) > 1:
                looked.append((_day(days[-2]) + DAY, top or _day(days[1]) - DAY))
            unsure += _around_undated(posted, falling, run[0].day)
    return _joined(looked), _joined(unsure)


def _until(sight: Sight, today: date) -> date:
    """The last day of which a look at page 1 has seen everything."""
    return sight.day if sight.day >= today else sight.day - DAY


def _sight(row: Record) -> Sight:
    posted = tuple(date.fromisoformat(day) if day else None for day in json.loads(row["posted_dates"]))
    day = time_of(row["seen_at"]).astimezone(KST).date()
    return Sight(row["page"], day, bool(row["is_last"]), posted)


def _runs(sights: Iterable[Sight]) -> Iterator[list[Sight]]:
    """Sights that follow page on page; the same page read again takes the place of the first reading."""
    run: list[Sight] = []
    for sight in sights:
        if run and sight.page == run[-1].page != 1:
            run[-1] = sight
        elif run and sight.page == run[-1].page + 1:
            run.append(sight)
        else:
            if run:
                yield run
            run = [sight]
    if run:
        yield run


def _falling(posted: Sequence[date | None]) -> list[int]:
    """Places of the longest sequence of days that never rises."""
    tails: list[int] = []
    ranks: list[int] = []
    before: dict[int, int | None] = {}
    for place, day in enumerate(posted):
        if day is None:
            continue
        rank = bisect_right(ranks, -day.toordinal())
        before[place] = tails[rank - 1] if rank else None
        tails[rank : rank + 1] = [place]
        ranks[rank : rank + 1] = [-day.toordinal()]
    places: list[int] = []
    at: int | None = tails[-1] if tails else None
    while at is not None:
        places.append(at)
        at = before[at]
    return places[::-1]


def _around_undated(posted: Sequence[date | None], falling: Sequence[int], top: date) -> Iterator[Span]:
    """The days between the dated neighbours of posts without a date."""
    newer, place = top, -1
    for after in (*falling, len(posted)):
        older = _day(posted[after]) if after < len(posted) else date.min
        if any(posted[between] is None for between in range(place + 1, after)):
            yield older, newer
        newer, place = older, after


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if joined and first.toordinal() <= joined[-1][1].toordinal() + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _fetched(days: Span, looked: Sequence[Span], unsure: Sequence[Span], posts: int) -> Fetched:
    if any(first <= days[0] and days[1] <= last for first, last in looked) and not _meet(days, unsure):
        return "whole"
    return "part" if posts or _meet(days, looked) else "never"


def _meet(days: Span, spans: Sequence[Span]) -> bool:
    return any(first <= days[1] and days[0] <= last for first, last in spans)


def _calendar(first: str, last: str, today: date) -> Iterator[tuple[str, Span]]:
    """Every month from ``first`` to ``last`` with its days, those to come left out."""
    begin = date.fromisoformat(f"{first}-01")
    while f"{begin:%Y-%m}" <= last:
        following = (begin + timedelta(days=31)).replace(day=1)
        end = following - timedelta(days=1)
        yield f"{begin:%Y-%m}", (begin, max(begin, min(end, today)))
        begin = following


def _day(value: Any) -> date:
    assert isinstance(value, date)
    return value
