"""Which fields a reading of a list lacks. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.models import Row


def lost_of(rows: Sequence[Row]) -> list[str]:
    """Fields that some rows have and others lack, or that a board hardly goes without."""
    ordinary = [row for row in rows if not row.is_notice] or list(rows)
    lost = []
    if sum(row.posted is not None for row in ordinary) * 10 < len(ordinary) * 9:
        lost.append("date")
    if sum(row.author is not None for row in ordinary) * 2 < len(ordinary):
        lost.append("author")
    if any(row.hits is not None for row in ordinary) and sum(row.hits is None for row in ordinary) * 5 > len(ordinary):
        lost.append("hits")
    if len({row.key for row in ordinary}) < len(ordinary):
        lost.append("distinct keys")
    if sum(len(row.title) > 1 for row in ordinary) < len(ordinary):
        lost.append("title")
    return lost
