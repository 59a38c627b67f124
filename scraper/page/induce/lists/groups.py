"""Repeated records: the elements of a page that stand beside each other, look alike and each open something. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date, read_date
from scraper.korean.lines import is_neighbour
from scraper.page.calls import call_of
from scraper.page.columns import is_whole, rows_behind
from scraper.page.document import Document, ancestors, line, same
from scraper.page.hidden import is_hidden

_HIGHEST = 12
"""How many elements around a link may be its record."""
_MOST_LINKS = 14
_LONGEST_META = 120
_TO_A_PAGE = re.compile(
    r"(?i)[\d\s\[\]<>«»‹›….]*|(?:이전|다음|처음|맨\s*앞|맨?\s*끝|마지막|더\s*보기|prev\w*|next|first|last)\W*"
)
_NEIGHBOUR = re.compile(r"(?i)(?:^|\s)(?:prev(?:ious)?|next)(?:$|\s)")
_PERIOD = re.compile(r"\d{2,4}[-./]\d{1,2}[-./]\d{1,2}\W{0,4}[~∼～]")
"""A stretch of time: of no post the date, but of a row of a board."""
_SKIPPED = frozenset(("script", "style", "noscript", "template", "option", "select"))
_OPENING = "a[href], [onclick]"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element with text of its own (beside that of its children)."""

    node: LexborNode
    text: str
    """The whole text of the element when all its children are inline, else its own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Elements of one tag under one container, each with something to click."""

    container: LexborNode
    tag: str
    records: tuple[LexborNode, ...]
    score: float
    """How much they look like the rows of a board: dates and numbers count, menus have none."""
    steps: tuple[str, ...] = ()
    """The tags that lead from the container to what holds the records, where these stand in several pieces."""


def openers(node: LexborNode) -> list[LexborNode]:
    """What may open a post inside an element, itself included."""
    found = [inner for inner in node.css(_OPENING) if not _is_button(inner)]
    if found:
        return found
    return [inner for inner in node.css("*") if any(name.startswith("data-") for name in inner.attributes)]


def _is_button(node: LexborNode) -> bool:
    href = (node.attributes.get("href") or "").strip().lower()
    return href.startswith(("mailto:", "tel:")) or (not href and node.tag == "a" and call_of(node) is None
                                                     and not node.attributes.get("onclick"))  # fmt: skip


def leaves_of(node: LexborNode) -> list[Leaf]:
    """The elements of a record that have text of their own, in the order of the page."""
    found: list[Leaf] = []
    for inner in _elements(node):
        words: list[str] = []
        child = inner.first_child
        while child is not None:
            if child.tag == "-text":
                words.append(child.text_content or "")
            child = child.next
        text = " ".join(" ".join(words).split())
        if text:
            found.append(Leaf(inner, text))
    return found


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    rest: list[LexborNode | None] = [node]
    while rest:
        each = rest.pop()
        if each is None:
            continue
        if not same(each, node):
            rest.append(each.next)
        if each.is_element_node and each.tag not in _SKIPPED and (same(each, node) or not is_hidden(each.attributes)):
            yield each
            rest.append(each.first_child)


def find_groups(document: Document, seen_at: datetime) -> list[Group]:
    """Every group of records, those most like a board's rows first."""
    found: dict[tuple[int, str], tuple[LexborNode, dict[int, LexborNode]]] = {}
    for link in _all_openers(document):
        outer = link
        for _ in range(_HIGHEST):
            container = _container(outer)
            if container is None or container.tag == "html":
                break
            held = found.setdefault((container.mem_id, outer.tag or ""), (container, {}))
            held[1][outer.mem_id] = outer
            if outer.parent is None or outer.parent.tag == "body":
                break
            outer = outer.parent
    groups = []
    for (_, tag), (container, held_records) in found.items():
        records = tuple(
            record
            for record in held_records.values()
            if not is_neighbour(line(record)) and not _is_called_neighbour(record) and not _is_pager(record)
        )
        if (len(records) < 2 and tag != "tr") or (tag == "td" and not _side_by_side(records)):
            continue
        score = _score(records, seen_at)
        if score > 0:
            groups.append(Group(container, tag, records, score))
    return sorted(groups, key=lambda group: -group.score)


def _is_called_neighbour(record: LexborNode) -> bool:
    """Whether an element is called by the post before or behind that it leads to."""
    return _NEIGHBOUR.search(record.attributes.get("class") or "") is not None


def _is_pager(record: LexborNode) -> bool:
    """Whether every link in an element leads to another page of the list."""
    links = [line(link) for link in record.css("a[href]")]
    return bool(links) and all(map(_TO_A_PAGE.fullmatch, links)) and not record.css_first("a img")


def _side_by_side(cells: Sequence[LexborNode]) -> bool:
    """Whether a row of the table holds several posts, each in a cell of its own (a gallery)."""
    return len({cell.parent.mem_id for cell in cells if cell.parent is not None}) * 3 < len(cells) * 2


def _all_openers(document: Document) -> list[LexborNode]:
    found = [node for node in document.root.css(_OPENING) if not _is_button(node)]
    known = {node.mem_id for node in found}
    found += [
        node
        for node in document.root.css("a, tr, li, td, div, button, span, p")
        if node.mem_id not in known and any(name.startswith("data-") and value and value.isdigit()
                                            for name, value in node.attributes.items())
    ]  # fmt: skip
    return found


def _container(node: LexborNode) -> LexborNode | None:
    """What holds the records: for a table's rows, or cells, the table, whatever stands between."""
    if node.tag in ("tr", "td"):
        return next((outer for outer in ancestors(node) if outer.tag == "table"), node.parent)
    return node.parent


def _score(records: tuple[LexborNode, ...], seen_at: datetime) -> float:
    score = 0.0
    for record in records:
        if len(record.css("a[href]")) > _MOST_LINKS or any(form.css_first("table") for form in record.css("form")):
            return 0.0
        leaves = leaves_of(record)
        if record.tag == "tr" and not any(_has_date(leaf.text, seen_at) for leaf in leaves):
            leaves += [leaf for after in rows_behind(record) for leaf in leaves_of(after)]
        texts = {leaf.text for leaf in leaves}  # a row may say all of it twice, for screens of two sizes
        dated = sum(_has_date(text, seen_at) or _PERIOD.search(text) is not None for text in texts)
        if dated > 3:
            return 0.0
        numbers = sum(is_whole(leaf.text) for leaf in leaves)
        words = max((len(leaf.text) for leaf in leaves), default=0)
        score += (0.2 if words > 1 else 0.0) + 3 * (dated > 0) + 0.7 * min(numbers, 2) + 0.3 * (len(leaves) > 2)
    return score if len(records) > 1 or score > 4 else 0.0


def told_by(records: Sequence[LexborNode], seen_at: datetime) -> Literal["date", "number"] | None:
    """What most records hold and other rows of a page hardly do: a date, else a bare number."""
    leaves = [leaves_of(record) for record in records]
    if sum(any(_has_date(leaf.text, seen_at) for leaf in each) for each in leaves) * 5 >= len(records) * 4:
        return "date"
    counted = sum(any(is_whole(leaf.text) for leaf in each) for each in leaves)
    return "number" if counted * 5 >= len(records) * 3 else None


def have_periods(records: Sequence[LexborNode]) -> bool:
    """Whether most records tell a stretch of time."""
    return sum(any(_PERIOD.search(leaf.text) for leaf in leaves_of(record)) for record in records) * 2 > len(records)


def _has_date(text: str, seen_at: datetime) -> bool:
    if not any(letter.isdecimal() for letter in text) or len(text) > _LONGEST_META:
        return False
    return (len(text) < 40 and read_date(text, seen_at) is not None) or find_date(text, seen_at) is not None
