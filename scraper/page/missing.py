"""Which fields a reading of a list lacks. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile

from scraper.korean.labels import role_of
from scraper.models import Row


def lost_of(rows: Sequence[Row]) -> list[str]:
    """Fields that some rows have and others lack, or that a board hardly goes without."""
    ordinary = [row for row in rows if not row.is_notice] or list(rows)
    lost = []
    if sum(row.posted is not None for row in ordinary) * 10 < len(ordinary) * 9:
        lost.append("date")
    if sum(row.author is not None for row in ordinary) * 2 < len(ordinary):
        lost.append("author")
    if _begin_with_label({row.author or "" for row in rows}):
        lost.append("authors apart from their label")
    if any(row.hits is not None for row in ordinary) and sum(row.hits is None for row in ordinary) * 5 > len(ordinary):
        lost.append("hits")
    if len({row.key for row in ordinary}) < len(ordinary):
        lost.append("distinct keys")
    if sum(len(row.title) > 1 for row in ordinary) < len(ordinary):
        lost.append("title")
    return lost


def _begin_with_label(authors: Collection[str]) -> bool:
    """Whether several authors all begin with the same label, and a word follows it."""
    first, last = min(authors, default=""), max(authors, default="")
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    rests = [author[len(shared) :] for author in authors]
    return len(authors) > 1 and role_of(shared) == "author" and all(rest[:1].isalpha() for rest in rests)
