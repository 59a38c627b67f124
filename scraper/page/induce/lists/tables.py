"""Records that have columns: table rows, and elements whose children stand side by side like cells. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role, role_of, split_label, squash_label
from scraper.korean.words import OFFICES
from scraper.page.columns import roles_by_header, row_cells, rows_behind
from scraper.page.document import Document, closest, line, same, within
from scraper.page.induce.lists.groups import Group, told_by
from scraper.page.induce.lists.slots import COUNT, common_label
from scraper.page.induce.selectors import selector_of, step

_NO_CELLS = frozenset(("script", "style", "br", "hr", "input", "img", "form"))
_NARROWEST = 3
_MOST_MORE = 3
_FURTHEST = 4
"""How far above the records their header may stand."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The records of a group as rows with cells."""

    wrap: str
    """What leads from a record to the element whose children are the cells (" > a"), mostly nothing."""
    rows: tuple[LexborNode, ...]
    tags: tuple[str, ...]
    more: int = 0
    """How many rows behind each belong to the same post."""

    def cells(self, row: LexborNode) -> list[LexborNode | None]:
        """The columns of a row."""
        return row_cells(row, self.tags, self.more)


def shape_of(group: Group, seen_at: datetime) -> Shape | None:
    """The records as rows, when most have the same number of cells, three or more."""
    wrap, rows = "", list(group.records)
    if group.tag == "tr":
        return Shape("", tuple(rows), ("td", "th"), _rows_more(rows, seen_at))
    while True:
        inner = [_only_child(row) for row in rows]
        tags = {node.tag for node in inner if node is not None}
        if None in inner or len(tags) != 1:
            break
        rows = [node for node in inner if node is not None]
        wrap += f" > {step(rows[0])}"
    counted = Counter(child.tag or "" for row in rows for child in _children(row))
    if any(any(child.tag == "-text" and (child.text_content or "").strip() for child in _nodes(row)) for row in rows):
        return None
    cells = tuple(sorted(counted))
    commented = sum(any(COUNT.fullmatch(line(child)) for child in _children(row)) for row in rows)
    if 0 < commented < len(rows):
        return None  # what follows stands in another column where comments are counted
    widths = Counter(len(_children(row)) for row in rows)
    width, count = widths.most_common(1)[0]
    return Shape(wrap, tuple(rows), cells) if width >= _NARROWEST and count * 5 >= len(rows) * 4 else None


def _rows_more(rows: Sequence[LexborNode], seen_at: datetime) -> int:
    """How many rows without anything to click stand behind each of the others, the same number behind nearly all: where
    these tell the dates, they are the rest of the posts."""
    behind = [rows_behind(row) for row in rows]
    more, count = Counter(map(len, behind)).most_common(1)[0]
    if not 0 < more <= _MOST_MORE or count < max(_NARROWEST, len(rows) - 1) or told_by(rows, seen_at) == "date":
        return 0
    firsts = [after for each in behind if len(each) == more for after in each]
    dated = sum(told_by([after], seen_at) == "date" for after in firsts)
    return more if dated * 5 >= count * 4 else 0


def _nodes(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _children(node: LexborNode) -> list[LexborNode]:
    return [child for child in _nodes(node) if child.is_element_node and child.tag not in _NO_CELLS]


def _only_child(node: LexborNode) -> LexborNode | None:
    children = _children(node)
    spoken = any(child.tag == "-text" and (child.text_content or "").strip() for child in _nodes(node))
    return children[0] if len(children) == 1 and not spoken and _children(children[0]) else None


def find_header(document: Document, group: Group, shape: Shape) -> tuple[str, str] | None:
    """A selector of one cell of a header that stands apart from its rows, above them or as the first of them, and the
    tag of its cells.

    None when there is none, or when it stands in the table of the rows and is found without being named.
    """
    places: list[LexborNode] = [group.container]
    outer = group.container
    for _ in range(_FURTHEST):
        sibling = outer.prev
        while sibling is not None:
            if sibling.is_element_node:
                places.append(sibling)
            sibling = sibling.prev
        if outer.parent is None or outer.parent.tag in ("body", "html"):
            break
        outer = outer.parent
    records = {record.mem_id for record in group.records}
    widths = {len(_children(row)) for row in shape.rows}
    for place in places:
        for node in place.css("tr, ul, ol, dl, div, li, p, a, thead"):
            children = _children(node)
            if len(children) < 2 or node.mem_id in records or len(children) > 20:
                continue
            roles = roles_by_header(children)
            known = set(roles.values()) - {"other"}
            if len(known) < 2 or "title" not in known or (len(known) < _NARROWEST and len(children) not in widths):
                continue
            if any(within(node, row) for row in shape.rows) or any("내용" in line(each) for each in children):
                continue  # 제목 · 내용 · 작성자 is where to search
            if node.tag == "tr" and same(closest(node, ("table",)), group.container):
                return None
            selector = selector_of(document.root, children[0])
            return (selector, children[0].tag or "") if selector else None
    return None


def awaits_rows(document: Document) -> bool:
    """Whether a table of the page is a board's header and nothing else: a script of the site fetches the rows."""
    for table in document.root.css("table"):
        rows = [row for row in table.css("tr") if line(row)]
        told = roles_by_header(_children(rows[0])).values() if len(rows) == 1 else ()
        if "title" in told and len(set(told) - {"other"}) >= _NARROWEST:
            return True
    return False


def labelled_columns(shape: Shape) -> dict[int, Role]:
    """Column → role where every cell begins with its own label ("작성일 2021-10-24")."""
    counted: dict[int, Counter[Role]] = {}
    rows = [shape.cells(row) for row in shape.rows]
    for cells in rows:
        for place, cell in enumerate(cells):
            role = own_role(cell) if cell is not None else None
            if role is not None:
                counted.setdefault(place, Counter())[role] += 1
    for place in range(max(map(len, rows), default=0)):
        texts = [line(cell) for cells in rows if place < len(cells) and (cell := cells[place]) is not None]
        if (lead := common_label(texts)) is not None:
            counted.setdefault(place, Counter())[lead[0]] += len(rows)
    found: dict[int, Role] = {}
    offices = {place for place in counted if _names_office(rows, place)}
    for place, roles in sorted(counted.items(), key=lambda entry: (entry[0] in offices, entry[0])):
        role, count = roles.most_common(1)[0]
        if count * 2 > len(rows) and role not in found.values():
            found[place] = role
    return found


def _names_office(rows: Sequence[Sequence[LexborNode | None]], place: int) -> bool:
    """Whether a column's cells name a department: it gives way to a person."""
    cells = [cells[place] for cells in rows if place < len(cells)]
    texts = [squash_label(line(cell)) for cell in cells if cell is not None]
    return any(text.startswith(word) for text in texts for word in OFFICES)


def own_role(cell: LexborNode) -> Role | None:
    """The field that a cell names itself: by a label in an element of its own, or glued to the value."""
    child = next((node for node in _nodes(cell) if node.is_element_node or (node.text_content or "").strip()), None)
    if child is not None and child.is_element_node and line(child) != line(cell):
        role = role_of(line(child))
        if role is not None:
            return role
    told = split_label(line(cell))
    if told is not None and told[1]:
        return told[0]
    return None
