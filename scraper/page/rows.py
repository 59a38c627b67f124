"""Which elements of a list page are rows, which column of them is which, and which link opens the post. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from scraper.errors import LayoutChanged
from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import Role
from scraper.korean.words import leading_label
from scraper.models import Ask
from scraper.page.columns import (
    is_whole,
    place_of,
    roles_as_told,
    roles_by_content,
    roles_by_header,
    row_cells,
)
from scraper.page.document import Document, ancestors, closest, line, same
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


def find_lines(
    document: Document, layout: Layout, nodes: Sequence[LexborNode], seen_at: datetime
) -> tuple[list[Line], list[str]]:
    """The rows among the elements, and the text of those that look like rows but open nothing."""
    part = layout.list
    is_boxed = any(closest(table, part.cells) is not None for table in document.root.css("table"))
    found: list[Line] = []
    linkless: list[tuple[LexborNode, list[str]]] = []
    for node in nodes:
        more = part.more if part.more and node.css_first("a[href], [onclick]") else 0
        cells = row_cells(node, part.cells, more, len(part.columns)) if part.cells else []
        if "th" in part.cells and _is_heading(cells) and not node.css_first("a[href], [onclick]"):
            continue
        if is_boxed and any(cell is not None and cell.css_first("table") for cell in cells):
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
    """Of a page without classes: all rows of that table where the most rows hold what a row must hold."""
    sure = [entry for entry in found if _holds(entry.texts, needs, seen_at)]
    shapes = Counter((_table(entry.node), len(entry.cells)) for entry in sure)
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


def roles_of(document: Document, layout: Layout, lines: Sequence[Line], seen_at: datetime) -> dict[int, Role]:
    """Column roles from the header that the layout names or a row of labels above the rows, and for what that leaves
    open as the layout tells them by place; by content where it tells none. Raises LayoutChanged where the rows have
    other columns than it tells."""
    part = layout.list
    if not part.cells:
        return {}
    texts = [entry.texts for entry in lines]
    told = roles_as_told(part.columns, texts, seen_at)
    if roles := roles_by_header_of(document, layout, lines, seen_at):
        open_places = {place: role for place, role in told.items() if place not in roles}
        return {**roles, **{place: role for place, role in open_places.items() if role not in roles.values()}}
    if any(part.columns) and not told:
        wanted = f"{len(part.columns)} columns ({', '.join(filter(None, part.columns))})"
        raise LayoutChanged(document.url, "columns", wanted, " | ".join(texts[0]))
    return told or roles_by_content(texts, [entry.place for entry in lines], seen_at)


def roles_by_header_of(document: Document, layout: Layout, lines: Sequence[Line], seen_at: datetime) -> dict[int, Role]:
    """Column roles by a row of labels; empty when there is none that fits the rows."""
    part = layout.list
    headers: list[LexborNode] = []
    if part.header and (named := document.root.css_first(part.header)) is not None and named.parent is not None:
        headers.append(named.parent)
    table = next((outer for outer in ancestors(lines[0].node) if outer.tag == "table"), None)
    for row in table.css("tr") if table is not None else ():
        if same(row, lines[0].node):
            break
        headers.append(row)
    for header in headers:
        cells = row_cells(header, part.cells, part.more)
        told = roles_by_header(cells)
        if (
            len(roles := set(told.values())) > 1
            and "title" in roles
            and (placed := _aligned(cells, told, lines, seen_at))
        ):
            return placed
    return {}


def _aligned(
    header: list[LexborNode | None], told: dict[int, Role], lines: Sequence[Line], seen_at: datetime
) -> dict[int, Role]:
    """Header roles (``told``) brought to the columns of the rows; a header may be wider or narrower than they are.

    Empty when they cannot be brought together.
    """
    shapes = [(len(entry.cells), _filled(entry.cells)) for entry in lines]
    width, count = shape = Counter(shapes).most_common(1)[0][0]
    rows = [entry for entry, own in zip(lines, shapes, strict=True) if own == shape]
    link = Counter(entry.place for entry in rows).most_common(1)[0][0]
    plain = [cell for cell in header if cell is not None]
    starts = [place for place, cell in enumerate(rows[0].cells) if cell is not None]
    if len(header) == width:
        return _titled(told, header, link, rows)
    if len(plain) == width:
        return roles_by_header(plain)
    for cells in (header, plain):
        if len(cells) == count:
            return {starts[place]: role for place, role in roles_by_header(cells).items()}
    title = next(place for place, role in told.items() if role == "title")
    if link is None:
        return {}
    shift = width - len(header)
    moved: dict[int, Role] = {
        place + shift if place > title else place: role for place, role in told.items() if role != "title"
    }
    moved[link] = "title"
    if not all(0 <= place < width for place in moved):
        return {}
    dates = [entry.texts[place] for place, role in moved.items() if role == "date" for entry in rows]
    readable = sum(read_date(text, seen_at) is not None for text in dates)
    return moved if len(moved) == len(told) and dates and readable * 2 > len(dates) else {}


def _filled(cells: Sequence[LexborNode | None]) -> int:
    return sum(cell is not None for cell in cells)


def _titled(
    roles: dict[int, Role], header: Sequence[LexborNode | None], link: int | None, rows: Sequence[Line]
) -> dict[int, Role]:
    """A 제목 over several columns means the one that holds the link; short words in the one before are the
    category. Where a cell of the rows is the wide one, it is that cell."""
    title = next(place for place, role in roles.items() if role == "title")
    end = next((place for place in range(title + 1, len(header)) if header[place] is not None), len(header))
    if link is not None and link not in roles and all(entry.cells[title] is None for entry in rows):
        return {**{place: role for place, role in roles.items() if place != title}, link: "title"}
    if link is None or link in roles or not title < link < end:
        return roles
    found: dict[int, Role] = {place: role for place, role in roles.items() if place != title}
    found[link] = "title"
    words = [entry.texts[title] for entry in rows if entry.texts[title]]
    if "category" not in found.values() and words and all(len(word) <= _LONGEST_CATEGORY for word in words):
        found[title] = "category"
    return found


def roles_in(entry: Line, roles: Mapping[int, Role], width: int, seen_at: datetime) -> Mapping[int, Role]:
    """The roles of one row's columns: in a row that lacks some, what it has stands by its link (a notice), or closes up
    behind its title (a secret post without a summary)."""
    title = place_of(roles, "title")
    if title is None or entry.place is None or entry.place > title or len(entry.cells) >= width:
        return roles
    if entry.place == title:
        return _closed_up(entry, roles, width, title, seen_at)
    shift = entry.place - title
    moved = {place if place < entry.place else place + shift: role for place, role in roles.items()}
    return {place: role for place, role in moved.items() if place >= 0}


def _closed_up(entry: Line, roles: Mapping[int, Role], width: int, title: int, seen_at: datetime) -> Mapping[int, Role]:
    """The roles without as many columns that mean nothing as the row lacks, where its date then stands in its place."""
    date = place_of(roles, "date")
    gaps = [place for place in range(title + 1, width) if place not in roles][: width - len(entry.cells)]
    if date is None or len(entry.cells) + len(gaps) < width or _tells_date(entry, date, seen_at):
        return roles
    moved = {place - sum(gap < place for gap in gaps): role for place, role in roles.items()}
    return moved if _tells_date(entry, date - sum(gap < date for gap in gaps), seen_at) else roles


def _tells_date(entry: Line, place: int, seen_at: datetime) -> bool:
    """Whether a column holds a date and no other label than one of dates."""
    text = entry.texts[place] if place < len(entry.texts) else ""
    lead = leading_label(text)
    told = text if lead is None else lead.rest if lead.role == "date" else ""
    return read_date(told, seen_at) is not None or find_date(told, seen_at) is not None
