"""The part of the report that is about one board.

Contract: asks only through ``find``, with the SQL of ``figures``, and shows that same SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from scraper.archive.months import Month, months_of
from scraper.archive.rows import Find
from scraper.archive.values import Record, time_of
from scraper.desk.report import changes, charts, figures, words
from scraper.desk.report.grid import month_grid
from scraper.desk.report.markup import Child, Markup, joined, tag
from scraper.desk.report.tables import figure, folded, latest, table
from scraper.models import KST

Ask = Callable[[figures.Figure], list[Record]]


def board_part(find: Find, balance: Record, today: date, ident: str) -> Iterator[Markup]:
    """Heading and figures of the board of a row of ``figures.BALANCE``, one after the other."""
    slug = balance["board"]

    def ask(about: figures.Figure) -> list[Record]:
        return find(about.sql, {"board": slug})

    yield tag("h2", balance["name"], " ", tag("span", slug, class_="facts"), id=ident)
    yield tag("p", balance["url"], class_="facts url")
    yield from _months(ask, balance, today, ident)
    yield _simple(ask, figures.AUTHORS, slug, ("author", "posts", "first", "last", "hits"), "posts")
    yield _simple(ask, figures.MOST_READ, slug, ("key", "title", "author", "posted_date", "hits"), "hits")
    yield _curves(ask, slug, ident)
    yield _simple(ask, figures.FILES, slug, ("type", "kind", "stored", "failed", "gone", "bytes"), "stored")
    runs = ("id", "started_at", "outcome", "exit_code", "requests", "new", "revised", "missing", "gone", "failed")
    yield _simple(ask, figures.RUNS, slug, (*runs, "files", "message"))
    edits, gone = ask(figures.EDITS), ask(figures.DISAPPEARED)
    yield figure(figures.EDITS, slug, _latest(edits), changes.edits(edits))
    yield figure(figures.DISAPPEARED, slug, _latest(gone), changes.disappeared(gone))


def _months(ask: Ask, balance: Record, today: date, ident: str) -> Iterator[Markup]:
    """The grid and the bars, both from the same two queries."""
    slug, counted = balance["board"], ask(figures.POSTS)
    pages = ask(figures.PAGES)
    months = months_of(counted, pages, today)
    undated = tag("p", words.UNDATED, f": {balance['undated']:,}", class_="note") if balance["undated"] else None
    if not months:
        yield figure(figures.POSTS, slug, tag("p", words.NOTHING, class_="nothing-here"), undated)
        return
    grid = month_grid(months, words.GRID, is_whole=balance["walked"] is not None)
    yield figure(figures.PAGES, slug, grid, undated, others=(figures.POSTS,))
    bars = tag("div", charts.month_bars(months, figures.POSTS.title, f"{ident}-months"), class_="scroll")
    names = ("month", "posts", "fetched", "authors", "characters", "disappeared")
    hatched = tag("p", words.HATCHED, class_="note") if any(each.fetched != "whole" for each in months) else None
    yield figure(figures.POSTS, slug, bars, hatched, folded(words.TABLE, table(_monthly(months, counted), names)))


def _monthly(months: Sequence[Month], counted: Sequence[Record]) -> list[Record]:
    held = {row["month"]: row for row in counted}
    nothing = dict.fromkeys(("authors", "characters", "disappeared"))
    return [
        {**nothing, **held.get(each.month, {}), "month": each.month, "posts": each.posts, "fetched": _fetched(each)}
        for each in months[::-1]
    ]


def _fetched(month: Month) -> Child:
    return words.FETCHED[month.fetched]


def _simple(ask: Ask, about: figures.Figure, slug: str, columns: Sequence[str], bars: str | None = None) -> Markup:
    return figure(about, slug, table(ask(about), columns, bars=bars))


def _curves(ask: Ask, slug: str, ident: str) -> Markup:
    rows = ask(figures.CURVES)
    pictures = []
    for number, (key, some) in enumerate(groupby(rows, key=lambda row: row["key"])):
        seen = list(some)
        points = [(time_of(row["seen_at"]).astimezone(KST), row["hits"]) for row in seen]
        title = seen[0]["title"]
        picture = charts.curve(points, f"{key} {title}", f"{ident}-curve{number}")
        pictures.append(tag("figure", picture, tag("figcaption", tag("b", key), " ", title)))
    if not pictures:
        return figure(figures.CURVES, slug, tag("p", words.NOTHING, class_="nothing-here"))
    told = folded(words.TABLE, table(rows, ("key", "title", "seen_at", "hits")))
    return figure(figures.CURVES, slug, joined(tag("div", *pictures, class_="curves"), told))


def _latest(rows: Sequence[Record]) -> Markup | None:
    return latest(rows, rows[0]["total"]) if rows else None
