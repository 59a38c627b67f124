"""Which elements of a list page are rows, and which link of each opens the post. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from scraper.korean.dates import read_date
from scraper.models import Ask
from scraper.page.columns import (
    is_whole,
    row_cells,
)
from scraper.page.document import Document, ancestors, closest, ids, line, within
from scraper.page.links import read_row_link
from scraper.page.parts import Layout

_LONGEST_CATEGORY = 12


class Line(NamedTuple):
    """A row element with its columns and the link that opens its post."""

    node: LexborNode
    cells: list[LexborNode | None]
    texts: list[str]
    key: str
    ask: Ask | None
    place: int | None
    """The column of the link."""
    link: LexborNode
    first_by: str | None
    """The layout's selector of titles by which the link is the first that is found in the row."""

    @property
    def elements(self) -> list[LexborNode]:
        """The row element, and the rows behind it that belong to the same post."""
        behind = {row.mem_id: row for cell in self.cells if cell is not None and (row := cell.parent) is not None}
        behind.pop(self.node.mem_id, None)
        return [self.node, *behind.values()]

    def holds(self, node: LexborNode) -> bool:
        """Whether an element stands in the record."""
        return any(within(node, each) for each in self.elements)


def find_lines(
    document: Document, layout: Layout, nodes: Sequence[LexborNode], seen_at: datetime
) -> tuple[list[Line], list[str]]:
    """The rows among the elements, and the text of those that look like rows but open nothing."""
    part = layout.list
    is_boxed = any(closest(table, part.cells) is not None for table in document.root.css("table"))
    meant = ids(list(nodes)) if is_boxed else frozenset()
    found: list[Line] = []
    linkless: list[tuple[LexborNode, list[str]]] = []
    for node in nodes:
        more = part.more if part.more and node.css_first("a[href], [onclick]") else 0
        cells = row_cells(node, part.cells, more, len(part.columns)) if part.cells else []
        if "th" in part.cells and _is_heading(cells) and not node.css_first("a[href], [onclick]"):
            continue
        if is_boxed and any(cell is not None and _holds_rows(cell, meant) for cell in cells):
            continue
        linked = _linked(document, layout, node, cells)
        texts = [line(cell) if cell is not None else "" for cell in cells]
        if linked is None:
            linkless.append((node, texts))
            continue
        found.append(Line(node, cells, texts, *linked))
    if len({entry.key for entry in found}) < len(found):
        found = _without_frames(found)
    if not part.cells:
        return found, []
    if part.needs != ("link",):
        found = _of_one_shape(found, part.needs, seen_at)
    elif part.scope and document.root.css_first(part.scope) is None:
        found = _of_one_shape(found, (), seen_at)
    if not found:
        return [], [" | ".join(filter(None, texts)) for _, texts in linkless if _like_a_row(texts, seen_at)]
    if not linkless:
        return found, []
    width = Counter(len(entry.cells) for entry in found).most_common(1)
    tables = {_table(entry.node) for entry in found}
    unread = [
        " | ".join(filter(None, texts))
        for node, texts in linkless
        if len(texts) == width[0][0] > 2 and _table(node) in tables and _holds(texts, ("date",), seen_at)
    ]
    return found, unread


def _holds_rows(cell: LexborNode, meant: Collection[int]) -> bool:
    """Whether a table in a cell has rows of the list itself: then what holds it is layout."""
    return cell.css_first("table") is not None and any(row.mem_id in meant for row in cell.css("tr"))


def _without_frames(found: list[Line]) -> list[Line]:
    """The lines without elements around others that open nothing but what those open: a layout table is made of the
    same elements as its list."""
    keys = {entry.node.mem_id: entry.key for entry in found}
    inside = {(outer.mem_id, entry.key) for entry in found for outer in ancestors(entry.node) if outer.mem_id in keys}
    return [entry for entry in found if (entry.node.mem_id, entry.key) not in inside]


def _is_heading(cells: Sequence[LexborNode | None]) -> bool:
    return any(cell is not None and cell.tag == "th" for cell in cells)


def _table(node: LexborNode) -> int:
    return next((outer.mem_id for outer in ancestors(node) if outer.tag in ("table", "ul", "ol", "dl", "div")), 0)


def _of_one_shape(found: list[Line], needs: Sequence[str], seen_at: datetime) -> list[Line]:
    """Of a page without classes: all rows of that table where those that hold what a row must hold say the most."""
    sure = [entry for entry in found if _holds(entry.texts, needs, seen_at)]
    shapes: Counter[tuple[int, int]] = Counter()
    for entry in sure:
        shapes[_table(entry.node), len(entry.cells)] += sum(map(bool, entry.texts))
    if not shapes:
        return []
    best = shapes.most_common(1)[0][0][0]
    return [entry for entry in found if _table(entry.node) == best]


def _like_a_row(texts: Sequence[str], seen_at: datetime) -> bool:
    """Whether a line without a readable link must be a post all the same: a number, a date and words."""
    return len([text for text in texts if text]) > 2 and _holds(texts, ("number", "date"), seen_at)


def _holds(texts: Sequence[str], needs: Sequence[str], seen_at: datetime) -> bool:
    if "date" in needs and not any(read_date(text, seen_at) is not None for text in texts if 0 < len(text) < 40):
        return False
    return "number" not in needs or any(is_whole(text) for text in texts)


def _linked(
    document: Document, layout: Layout, node: LexborNode, cells: Sequence[LexborNode | None]
) -> tuple[str, Ask | None, int | None, LexborNode, str | None] | None:
    """Key, Ask, column and element of the row's link: the picked one, else the one with the longest text; and what it
    was picked by as the first."""
    seen: set[int] = set()
    for inner, first_by in _links(layout, node):
        if inner.mem_id in seen:
            continue
        seen.add(inner.mem_id)
        linked = read_row_link(document, layout, (inner,))
        if linked is not None:
            return (*linked, _column(inner, node, cells), inner, first_by)
    return None


def _column(link: LexborNode, row: LexborNode, cells: Sequence[LexborNode | None]) -> int | None:
    """The column in which a link stands, or which it is."""
    inner, outer, end = link, link.parent, row.mem_id
    while outer is not None and outer.mem_id != end:
        inner, outer = outer, outer.parent
    own = inner.mem_id if outer is not None else None
    return next((at for at, cell in enumerate(cells) if cell is not None and cell.mem_id == own), None)


def _links(layout: Layout, node: LexborNode) -> Iterator[tuple[LexborNode, str | None]]:
    for each in layout.list.fields.get("title", ()):
        for place, inner in enumerate(node.css(each.select) if each.select else ()):
            if inner.tag == "a" or inner.attributes.get("onclick"):
                yield inner, None if place else each.select
    links = node.css("a[href], [onclick]")
    for inner in sorted(links, key=lambda inner: -len(line(inner))) if len(links) > 1 else links:
        yield inner, None
    for source in layout.identity.key:
        if source.startswith("attr:"):
            for inner in node.css(f"[{source[5:]}]"):
                yield inner, None
