"""What one board's next run is likely to cost, out of what is known of it. Pure.

Counts are expectations and so may be broken: what is due is known, what the board will bring is told by its own rhythm.
What is not known of a board is named, and then the cost is the least.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil, exp

from scraper.models import KST, Known, Stretch
from scraper.sync.ledger import first_pages, shown

_UNKNOWN = {"listing": (0, 60_000, 0.5), "article": (0, 60_000, 0.5), "attachment": (0, 300_000, 0.5)}
"""Count, bytes and seconds of an answer while a board has none: a guess."""
NIGHTS = 14
"""So many earlier nights tell what a night is like."""
_WEEK, _MONTH = 7, 30
_CHANGED = 4.0
"""List pages of a night with changes, where there was none yet: a guess that weighs two nights."""
_PRIOR = 2
LONGEST_PAGE = 30
"""Rows on a page of a list that nobody has seen yet: hardly any has more."""
ENOUGH = 5
"""So many posts that were read tell how many files a post has."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one board's next run. ``articles``: those due now; ``coming``: those of new posts; ``other``: robots.txt and
    feeds. ``unknown``: what is not known and therefore left out, of "posts", "pages", "files"."""

    pages: float = 0
    articles: float = 0
    coming: float = 0
    files: float = 0
    other: float = 0
    unknown: tuple[str, ...] = ()

    @property
    def requests(self) -> float:
        return self.pages + self.articles + self.coming + self.files + self.other


@dataclass(frozen=True, slots=True)
class Habits:
    """What earlier nights of a board were like."""

    changed: float
    """The chance that page 1 shows something else than the night before."""
    pages: float
    """List pages of a night on which it does."""
    edited: float
    """Articles a night of which the list told that they had been edited."""
    feeds: float


@dataclass(frozen=True, slots=True)
class Face:
    """What a board is like that others may be like too: rows of a list page, files of a post."""

    rows: int
    files: float


def habits_of(
    nights: Sequence[int],
    asked: Mapping[int, Mapping[str, int]],
    stretches: Sequence[Stretch],
    *,
    coming: float,
    edits: int,
) -> Habits:
    """``nights``: the runs after the first walk that came to their end; ``asked``: by run and kind the answers that
    came; ``coming``: how many posts are expected tonight; ``edits``: of which the list told in these nights."""
    changes = _changes(stretches)
    known = [run for run in nights if run in changes]
    chance = (sum(changes[run] for run in known) + _PRIOR * (1 - exp(-coming))) / (len(known) + _PRIOR)
    pages = _usual([asked.get(run, {}).get("listing", 0) for run in known if changes[run]])
    feeds = [asked.get(run, {}).get("feed", 0) for run in nights]
    many = max(1, len(nights))
    each = (sum(pages) + _PRIOR * _CHANGED) / (len(pages) + _PRIOR)
    return Habits(chance, each, edits / many, sum(feeds) / many)


def _changes(stretches: Sequence[Stretch]) -> dict[int, bool]:
    """By walk: whether page 1 had changed since the walk before."""
    return {
        after.walk: shown(before) != shown(after)
        for before, after in pairwise(first_pages(stretches))
        if after.walk != before.walk
    }


def _usual(counts: Sequence[int]) -> Sequence[int]:
    """Without the dearest night, where there are several: the whole list may have been walked."""
    return sorted(counts)[:-1] if len(counts) > ENOUGH else counts


def coming_posts(known: Iterable[Known], walked_at: datetime, seen_at: datetime, now: datetime) -> float:
    """How many posts came since the list was last seen, by the board's own rhythm.

    Posts a day are those that we first saw in the last month, and while that is no month, also those of the month
    before by their dates, which weigh as much as a week of nights.
    """
    posts = list(known)
    since = max(walked_at, seen_at - timedelta(days=_MONTH))
    days = (seen_at - since) / timedelta(days=1)
    came = float(sum(post.first_seen_at > since for post in posts))
    if days < _MONTH:
        last = seen_at.astimezone(KST).date()
        dated = sum(0 <= (last - at).days < _MONTH for at in _dates(posts))
        came, days = came + dated * _WEEK / _MONTH, days + _WEEK
    return came / days * max(0.0, (now - seen_at) / timedelta(days=1))


def _dates(posts: Iterable[Known]) -> list[date]:
    return [date.fromisoformat(post.posted_date) for post in posts if post.posted_date]


def first_walk(total: int | None, held: int, rows: int, seen_pages: int) -> Cost:
    """The list and the posts that no page showed yet, of a list that was not walked to its end. ``rows`` on a page,
    0 when none was seen."""
    if total is None:
        return Cost(pages=1, unknown=("posts", "pages"))
    whole = ceil(total / (rows or LONGEST_PAGE))
    pages = max(1, whole - seen_pages) + (whole > 1)  # at its end page 1 is looked at once more
    return Cost(pages=pages, coming=max(0, total - held), unknown=() if rows else ("pages",))


def with_files(cost: Cost, unread: int, again: int, face: Face | None) -> Cost:
    """The cost with the files of new posts, of ``unread`` ones among ``articles``, and ``again``: of known ones."""
    posts = cost.coming + unread
    if face is None and round(posts):
        return replace(cost, files=again, unknown=(*cost.unknown, "files"))
    return replace(cost, files=again + posts * (face.files if face else 0))


def likely(cost: Cost, total: int | None, unread: int, faces: Collection[Face]) -> tuple[float, float] | None:
    """The requests from the least to the most, if the board is like the others: None when there are none to compare,
    or nobody knows how many posts it has."""
    if not faces or "posts" in cost.unknown:
        return None
    known = cost.requests
    files = [(cost.coming + unread) * face.files for face in faces] if "files" in cost.unknown else [0.0]
    pages = [0.0]
    if "pages" in cost.unknown and total is not None:
        pages = [first_walk(total, 0, face.rows, 0).pages - cost.pages for face in faces if face.rows]
    return known + min(files) + min(pages), known + max(files) + max(pages)


def limited(cost: Cost, limit: int | None) -> Cost:
    """At most so many articles."""
    if limit is None:
        return cost
    articles = min(cost.articles, limit)
    return replace(cost, articles=articles, coming=min(cost.coming, limit - articles))


def weight(cost: Cost, traffic: Mapping[str, tuple[int, float, float]], delay: float) -> tuple[float, float]:
    """Seconds and bytes. ``traffic``: by kind the count, mean bytes and mean seconds of earlier answers."""
    means = {kind: traffic.get(kind, guess) for kind, guess in _UNKNOWN.items()}
    parts = {"listing": cost.pages, "article": cost.articles + cost.coming, "attachment": cost.files}
    seconds = sum(count * (delay + means[kind][2]) for kind, count in parts.items()) + cost.other * delay
    return seconds, sum(count * means[kind][1] for kind, count in parts.items())
