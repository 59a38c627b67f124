"""The hits of a post over time as the points of a small drawing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT, MARGIN = 640, 140, 10


@dataclass(frozen=True, slots=True)
class Point:
    """A count of hits where it stands in the drawing; x grows with time, y grows downwards."""

    x: float
    y: float
    at: datetime
    hits: int


@dataclass(frozen=True, slots=True)
class Curve:
    """The drawing, ``WIDTH`` by ``HEIGHT``, and its smallest and largest count."""

    points: tuple[Point, ...]
    low: int
    high: int

    @property
    def line(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)


def hits_curve(seen: Sequence[tuple[datetime, int]]) -> Curve | None:
    """The curve of counts in the order of time; None for fewer than two, which tell of no change."""
    if len(seen) < 2:
        return None
    first, last = seen[0][0], seen[-1][0]
    low, high = min(hits for _, hits in seen), max(hits for _, hits in seen)
    span = (last - first).total_seconds() or 1.0
    rise = (high - low) or 1

    def place(at: datetime, hits: int) -> Point:
        x = MARGIN + (WIDTH - 2 * MARGIN) * (at - first).total_seconds() / span
        y = HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (hits - low) / rise
        return Point(round(x, 1), round(y, 1), at, hits)

    return Curve(tuple(place(at, hits) for at, hits in seen), low, high)
