"""When an article is read again because of its age: edits of a body do not show in the list. Pure.

Under 7 days old every day, under 90 every week, later once a season. Days are those of Korea, so that a night that
begins a minute earlier misses nothing. Every post has a day of its own in its week or season, told by its key: what was
crawled in one night is not all due in one night.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zlib import crc32

from scraper.models import KST, Known

FRESH_DAYS, RECENT_DAYS = 7, 90
"""A post is young until so many days after it was posted."""
DAILY, WEEKLY, SEASON = 1, 7, 90
SLACK = 7
"""The rolling share comes round so many days before the season is over: as many nights may fail."""
LEAST_GAP = timedelta(hours=12)
"""A run on the evening before does not make a night's run read again."""
CROWD = 2
CROWD_LEAST = 10
"""After nights without a run so many times the even share of a season are read in one night, and at least so many."""


def due_by_age(known: Iterable[Known], now: datetime) -> list[Known]:
    """The posts whose article is to be read again tonight, the one read longest ago first."""
    young: list[Known] = []
    old: list[Known] = []
    held = 0
    for post in known:
        if post.state != "live" or post.checked_at is None:
            continue
        days = days_between(post, now)
        held += days == SEASON
        if is_due(post, now):
            (old if days == SEASON else young).append(post)
    share = -(-held // (SEASON - SLACK))
    old = sorted(old, key=_longest_ago)[: max(CROWD * share, CROWD_LEAST)]
    return sorted(young + old, key=_longest_ago)


def is_due(post: Known, now: datetime) -> bool:
    """Whether the post's own day came round since its article was last read."""
    if post.checked_at is None or now - post.checked_at < LEAST_GAP:
        return False
    days = days_between(post, now)
    period = days - SLACK if days == SEASON else days
    return _round(post.key, _day(now), period) > _round(post.key, _day(post.checked_at), period)


def days_between(post: Known, now: datetime) -> int:
    """How many days may pass between two readings. A post with a date to come, or none, is as old as our knowledge."""
    first_seen = _day(post.first_seen_at)
    posted = date.fromisoformat(post.posted_date) if post.posted_date else first_seen
    age = (_day(now) - min(posted, first_seen)).days
    if age < FRESH_DAYS:
        return DAILY
    return WEEKLY if age < RECENT_DAYS else SEASON


def _round(key: str, day: date, period: int) -> int:
    """The how-manieth round of ``period`` days the day belongs to; rounds of another post begin on another day."""
    return (day.toordinal() + crc32(key.encode("utf-8", "surrogatepass")) % period) // period


def _longest_ago(post: Known) -> tuple[datetime, int]:
    assert post.checked_at is not None
    return post.checked_at, post.id


def _day(at: datetime) -> date:
    return at.astimezone(KST).date()
