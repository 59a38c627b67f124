"""Tables of the report, and the SQL behind each figure.

Pure. A column's name is its heading's key in ``words``; numbers stand right, times are cut to the minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scraper.archive.values import Record
from scraper.desk.report import words
from scraper.desk.report.charts import share_bar
from scraper.desk.report.figures import Figure
from scraper.desk.report.markup import Child, Label, Markup, joined, tag


def table(rows: Sequence[Record], columns: Sequence[str], *, bars: str | None = None) -> Markup:
    """The named columns of the rows. ``bars``: a number that gets a bar beside it."""
    if not rows:
        return tag("p", words.NOTHING, class_="nothing-here")
    numbers = {name for name in columns if any(isinstance(row[name], int) for row in rows)}
    most = max((row[bars] or 0 for row in rows), default=0) if bars else 0
    head: list[Markup] = []
    for name in columns:
        head.append(tag("th", words.column(name), scope="col", class_="n" if name in numbers else None))
        if name == bars:
            head.append(tag("td", aria_hidden="true"))
    body = [tag("tr", *_cells(row, columns, numbers, bars, most)) for row in rows]
    return tag("div", tag("table", tag("thead", tag("tr", *head)), tag("tbody", *body)), class_="scroll")


def _cells(row: Record, columns: Sequence[str], numbers: set[str], bars: str | None, most: int) -> list[Markup]:
    cells: list[Markup] = []
    for name in columns:
        cells.append(tag("td", shown(name, row[name]), class_="n" if name in numbers else _class(name)))
        if name == bars:
            cells.append(tag("td", share_bar(row[name] or 0, most), class_="beside", aria_hidden="true"))
    return cells


def shown(name: str, value: Any) -> Child:
    """A value as the report writes it."""
    if value is None:
        return "–"
    if name == "bytes":
        return size(value)
    if name.endswith("_at"):
        return str(value)[:16].replace("T", " ")
    if name == "state" and value in words.STATES:
        return words.STATES[value]
    return f"{value:,}" if isinstance(value, int) and name != "id" else value


def folded(label: Label, *children: Child) -> Markup:
    """What is read on demand; printed only when it was opened."""
    return tag("details", tag("summary", label), *children)


def figure(about: Figure, slug: str | None, *children: Child, others: Sequence[Figure] = ()) -> Markup:
    """A figure with its heading, its note, and the SQL that was run for it."""
    bound = f":board = {'NULL' if slug is None else repr(slug)}"
    queries = [tag("pre", tag("code", f"{each.sql};"), class_="sql") for each in (about, *others)]
    notes = [tag("p", each.note, class_="note") for each in (about, *others) if each.note]
    return tag(
        "section",
        tag("h3", about.title),
        *children,
        *notes,
        folded(words.SQL, *queries, tag("p", bound)),
        class_="figure",
    )


def latest(rows: Sequence[Record], total: int) -> Markup | None:
    """Says so when not all are shown."""
    if len(rows) >= total:
        return None
    return tag("p", words.SHOWN, joined(f": {len(rows):,} / {total:,}"), class_="note")


def size(count: int) -> str:
    """Bytes for people."""
    amount = float(count)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def _class(name: str) -> str | None:
    if name.endswith(("_at", "_date")) or name in (
        "board",
        "key",
        "outcome",
        "state",
        "month",
        "first",
        "last",
        "verdict",
    ):
        return "short"
    return "long" if name in ("title", "message", "name", "url") else None
