"""Charts as inline SVG: bars by month, curves of hits, bars beside numbers.

Pure. Each has a title and a description for those who do not see it; the table with the same numbers stands beside it.
Colours come from the page's style, so they follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from scraper.archive.months import Month
from scraper.desk.report.markup import Child, Label, Markup, joined, tag

WIDTH, HEIGHT = 720, 150
_LEFT, _BOTTOM, _TOP = 34, 20, 12

PATTERNS = tag(
    "svg",
    tag(
        "defs",
        tag(
            "pattern",
            tag("path", d="M-1 1 2 -2 M0 6 6 0 M5 7 7 5", class_="hatch"),
            id="never",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        ),
    ),
    width=0,
    height=0,
    aria_hidden="true",
    class_="defs",
)
"""Once a page: the hatching of what was never fetched."""


def month_bars(months: Sequence[Month], title: Label, ident: str) -> Markup:
    """Posts by month; months that were not or only partly fetched stand on hatching."""
    most = max((month.posts for month in months), default=0) or 1
    step = (WIDTH - _LEFT) / len(months)
    tall = HEIGHT - _BOTTOM - _TOP
    parts: list[Child] = [_axis(most, tall)]
    for place, month in enumerate(months):
        x, high = _LEFT + place * step, tall * month.posts / most
        hover = tag("title", f"{month.month}: {month.posts}")
        if month.fetched != "whole":
            area = {"x": _n(x), "y": _TOP, "width": _n(step), "height": _n(tall)}
            parts.append(tag("rect", hover, **area, fill="url(#never)", class_="unfetched"))
        if month.posts:
            wide, y = max(step - min(2.0, step / 4), 0.5), _TOP + tall - high
            parts.append(tag("rect", hover, x=_n(x), y=_n(y), width=_n(wide), height=_n(high), class_="bar"))
    parts += _year_marks(months, step)
    told = f"{months[0].month} – {months[-1].month}: {sum(month.posts for month in months):,}; max {most:,}"
    return _picture(parts, WIDTH, HEIGHT, title, told, ident)


def curve(points: Sequence[tuple[datetime, int]], title: str, ident: str) -> Markup:
    """Hits over time, from nought."""
    wide, high, left, top, bottom = 230, 96, 36, 10, 16
    first, last = points[0][0], points[-1][0]
    span = (last - first).total_seconds() or 1
    most = max(hits for _, hits in points) or 1
    places = [
        (
            left + (wide - left - 6) * (at - first).total_seconds() / span,
            top + (high - top - bottom) * (1 - hits / most),
        )
        for at, hits in points
    ]
    line = " ".join(f"{_n(x)},{_n(y)}" for x, y in places)
    base = high - bottom
    parts: list[Child] = [
        tag("line", x1=left, y1=base, x2=wide - 6, y2=base, class_="axis"),
        tag("text", f"{most:,}", x=left - 4, y=top + 4, text_anchor="end"),
        tag("text", "0", x=left - 4, y=base + 3, text_anchor="end"),
        tag("text", f"{first:%Y-%m-%d}", x=left, y=high - 3) if last.date() > first.date() else None,
        tag("text", f"{last:%Y-%m-%d}", x=wide - 6, y=high - 3, text_anchor="end")
        if last.date() > first.date()
        else None,
        tag("polyline", points=line, class_="curve"),
        [tag("circle", cx=_n(x), cy=_n(y), r=2, class_="point") for x, y in places] if len(places) < 40 else None,
    ]
    told = f"{first:%Y-%m-%d} {points[0][1]:,} – {last:%Y-%m-%d} {points[-1][1]:,}"
    return _picture(parts, wide, high, title, told, ident)


def share_bar(value: int, most: int) -> Markup:
    """A bar beside a number, which says the same."""
    wide = 100 * value / most if most else 0
    bar = tag("rect", x=0, y=1, width=_n(wide), height=8, class_="bar")
    return tag("svg", bar, viewBox="0 0 100 10", class_="share", aria_hidden="true", preserveAspectRatio="none")


def _picture(parts: Sequence[Child], wide: int, high: int, title: Label | str, told: str, ident: str) -> Markup:
    name = title if isinstance(title, str) else f"{title.ko} {title.en}"
    return tag(
        "svg",
        joined(tag("title", name, id=f"{ident}-t"), tag("desc", told, id=f"{ident}-d"), parts),
        viewBox=f"0 0 {wide} {high}",
        role="img",
        aria_labelledby=f"{ident}-t {ident}-d",
        class_="chart",
    )


def _axis(most: int, tall: int) -> Markup:
    base = _TOP + tall
    return joined(
        tag("line", x1=_LEFT, y1=_TOP, x2=WIDTH, y2=_TOP, class_="grid-line"),
        tag("line", x1=_LEFT, y1=base, x2=WIDTH, y2=base, class_="axis"),
        tag("text", f"{most:,}", x=_LEFT - 5, y=_TOP + 4, text_anchor="end"),
        tag("text", "0", x=_LEFT - 5, y=base + 3, text_anchor="end"),
    )


def _year_marks(months: Sequence[Month], step: float) -> list[Child]:
    """Every January, as many as have room; the first month where there is none."""
    places = [place for place, month in enumerate(months) if month.month.endswith("-01")]
    every = max(1, round(44 / (12 * step) + 0.49))
    marks: list[Child] = []
    for place in places[::every]:
        x = _LEFT + place * step
        marks.append(tag("line", x1=_n(x), y1=HEIGHT - _BOTTOM, x2=_n(x), y2=HEIGHT - _BOTTOM + 4, class_="axis"))
        if x < WIDTH - 26:
            marks.append(tag("text", months[place].month[:4], x=_n(x + 2), y=HEIGHT - 6))
    if not places:
        marks.append(tag("text", months[0].month, x=_LEFT, y=HEIGHT - 6))
    return marks


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
