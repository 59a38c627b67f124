"""Which column of the rows of a list is which: by a row of labels, as a layout tells, by content. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from selectolax.lexbor import LexborNode

from scraper.errors import LayoutChanged
from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import Role
from scraper.korean.words import leading_label
from scraper.page.columns import place_of, roles_as_told, roles_by_content, roles_by_header, row_cells
from scraper.page.document import Document, ancestors, same
from scraper.page.parts import Layout
from scraper.page.rows import Line

_LONGEST_CATEGORY = 12


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
    for cells in [*_spread(headers, part.cells), *(row_cells(header, part.cells, part.more) for header in headers)]:
        told = _headed(cells, lines)
        if (
            len(roles := set(told.values())) > 1
            and "title" in roles
            and (placed := _aligned(cells, told, lines, seen_at))
        ):
            return placed
    return {}


def _spread(headers: Sequence[LexborNode], tags: Sequence[str]) -> list[list[LexborNode | None]]:
    """A header of two rows as one: of each column the lower cell, where cells of the upper row reach down."""
    found = []
    for upper, lower in pairwise(headers):
        cells = row_cells(upper, tags)
        high = [cell is not None and (cell.attributes.get("rowspan") or "").strip() == "2" for cell in cells]
        below = row_cells(lower, tags)
        if any(high) and len(below) == len(cells) - sum(high):
            rest = iter(below)
            found.append([cell if reaches else next(rest) for cell, reaches in zip(cells, high, strict=True)])
    return found


def _headed(header: Sequence[LexborNode | None], lines: Sequence[Line]) -> dict[int, Role]:
    """Column → role from a header row; the column of the links holds the titles, whatever word stands over it."""
    told = roles_by_header(header)
    link = Counter(entry.place for entry in lines).most_common(1)[0][0]
    width = Counter(len(entry.cells) for entry in lines).most_common(1)[0][0]
    known = set(told.values()) - {"other"}
    if "title" in known or len(known) < 2 or link is None or link in told or len(header) != width:
        return told
    return {**told, link: "title"}


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
        return _titled(_under(told, starts), header, link, rows)
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


def _under(told: Mapping[int, Role], starts: Sequence[int]) -> dict[int, Role]:
    """Header roles at the places where the rows have cells: a wide cell stands under all the columns that it covers,
    and holds the title if one of them does."""
    placed: dict[int, Role] = {}
    for place, role in sorted(told.items(), key=lambda entry: entry[1] != "title"):
        placed.setdefault(max((start for start in starts if start <= place), default=place), role)
    return placed


def _filled(cells: Sequence[LexborNode | None]) -> int:
    return sum(cell is not None for cell in cells)


def _titled(
    roles: dict[int, Role], header: Sequence[LexborNode | None], link: int | None, rows: Sequence[Line]
) -> dict[int, Role]:
    """A 제목 over several columns means the one that holds the link; short words in the one before are the
    category."""
    title = next(place for place, role in roles.items() if role == "title")
    end = next((place for place in range(title + 1, len(header)) if header[place] is not None), len(header))
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
