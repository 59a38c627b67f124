"""The labelled values of a view page: 작성자, 등록일, 조회 … and the picks that read them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import Role, name_in, role_of, split_label, split_labels, unlabelled
from scraper.korean.numbers import read_number
from scraper.korean.words import may_begin
from scraper.page.document import head, line
from scraper.page.icons import TAGS, icon_role
from scraper.page.induce.articles.outline import Outline
from scraper.page.picks import behind, led_by

FIELDS: tuple[Role, ...] = ("title", "author", "date", "hits")
_LONGEST_LABEL = 16
_LEAST_COLUMNS = 3
_COUNT = re.compile(r"[0-9][0-9,]*\s*[^\W\d]{1,5}$")
"""A count before its label: 121 읽음."""
_WEAK: dict[Role, tuple[str, ...]] = {"author": ("담당자", "담당부서"), "date": ("보도일시", "배포일시")}
_LESS = ("name", "이름", "성명", "담당자", "담당", "부서", "담당부서", "아이디", "id")
_OF_RELEASES = ("보도일시", "보도일", "보도일자", "보도시점", "배포일시", "배포일", "배포일자")
"""How a press release begins, which may be the text of a post."""


@dataclass(frozen=True, slots=True)
class Value:
    """What stands beside a label."""

    role: Role
    spot: int
    """The element that holds the label, or label and value."""
    place: int
    """The index of the element where the value stands; that of the label when the value is bare text behind it."""
    text: str
    is_weak: bool = False
    """The label says less than it might: 담당부서 stands in many a foot of a page."""
    is_below: bool = False
    """The label heads the column of the value."""


def find_values(page: Outline) -> list[Value]:
    """Every labelled title, author, date and count of hits, in the order of the page."""
    found: list[Value] = []
    seen: set[tuple[Role, str, int]] = set()
    for value in (*_alone(page), *_pictured(page), *_glued(page), *_below(page)):
        mark = (value.role, value.text, page.spots[value.spot].up)
        if mark not in seen:
            seen.add(mark)
            found.append(value)
    return sorted(found, key=lambda value: (value.spot, value.place))


def _alone(page: Outline) -> Iterator[Value]:
    """Labels that have an element of their own, or stand first in the element of their value."""
    for at, own in enumerate(page.own):
        role = role_of(own) if 0 < len(own) <= _LONGEST_LABEL else None
        if role not in FIELDS or page.spots[at].is_aside or _is_clicked(page, at):
            continue
        node = page.spots[at].node
        if line(node) != own:
            text = led_by(node, role)
            text = _named(role, text)
            if text and fits(role, text, page):
                yield Value(role, at, at, text, _is_weak(own))
            continue
        at = _widest(page, at, own)
        value, text = behind(page.spots[at].node)
        text = _named(role, text)
        if text and fits(role, text, page):
            place = page.places.get(value.mem_id, at) if value is not None else at
            yield Value(role, at, place, text, _is_weak(own))


def _is_clicked(page: Outline, at: int) -> bool:
    """Whether words belong to a form: a button, an option, a label that heads no row."""
    tag = page.spots[at].tag
    return tag in ("button", "a", "option") or (
        tag == "label" and page.spots[page.spots[at].up].tag not in ("th", "dt")
    )


def _pictured(page: Outline) -> Iterator[Value]:
    """Labels that are images, or icons."""
    drawn = [(spot.at, icon_role(spot.node)) for spot in page.spots if spot.tag in TAGS and not page.own[spot.at]]
    labels = [(at, next((role for _, role in image_labels(page.spots[at].node)), None)) for at in page.images]
    for at, role in sorted([*labels, *drawn], key=lambda each: each[0]):
        node = page.spots[at].node
        if role not in FIELDS or page.spots[at].is_aside:
            continue
        value, text = behind(node)
        text = _named(role, text)
        if text and fits(role, text, page):
            yield Value(role, at, page.places.get(value.mem_id, at) if value is not None else at, text)


def _below(page: Outline) -> Iterator[Value]:
    """Labels in one row of a table, and their values in the next: a board that shows a post as its list would."""
    for spot in page.spots:
        if spot.tag != "table" or spot.is_aside:
            continue
        rows = [_cells(row) for row in spot.node.css("tr")]
        for labels, values, further in zip(rows, rows[1:], [*rows[2:], ()], strict=False):
            told = [role_of(head(cell)) for cell in labels] if len(labels) == len(values) else []
            if len(told) < _LEAST_COLUMNS or len(further) == len(labels) or None in told or "title" not in told:
                continue
            for role, label, cell in zip(told, labels, values, strict=True):
                at, place = page.places.get(label.mem_id), page.places.get(cell.mem_id)
                if role not in FIELDS or at is None or place is None or cell.css_first("a") is not None:
                    continue
                if (text := line(cell)) and fits(role, text, page):
                    yield Value(role, at, place, text, is_below=True)


def _cells(row: LexborNode) -> Sequence[LexborNode]:
    """The cells of a row."""
    found: list[LexborNode] = []
    child = row.first_child
    while child is not None:
        if child.tag in ("td", "th"):
            found.append(child)
        child = child.next
    return found


def image_labels(node: LexborNode) -> Iterator[tuple[str, Role]]:
    """The attributes by which an image says that it is a label, and which; its words before its file's name."""
    words = [name for name in ("alt", "title") if (node.attributes.get(name) or "").strip()]
    for name in words or ("src",):
        told = (node.attributes.get(name) or "").strip()
        role = role_of(told) if told else None
        if role is not None:
            yield name, role
        if told and name == "alt":
            return  # what the image shows


def _widest(page: Outline, at: int, own: str) -> int:
    """The outermost element that says no more than the label."""
    up = page.spots[at].up
    while up >= 0 and page.spots[up].tag not in ("tr", "ul", "dl", "body") and line(page.spots[up].node) == own:
        at, up = up, page.spots[up].up
    return at


def _glued(page: Outline) -> Iterator[Value]:
    """Labels that stand in one line with their values."""
    done: set[int] = set()
    for piece in page.pieces:
        if piece.spot in done or len(piece.text) > 300 or page.spots[piece.spot].is_aside or piece.is_link:
            continue
        inside = range(piece.spot + 1, page.ends[piece.spot])
        parts = [at for at in inside if may_begin(page.own[at]) or _COUNT.match(page.own[at])]
        for at in dict.fromkeys((piece.first, piece.spot, *parts)):
            if at in parts and at != piece.first:
                glued = split_label(page.own[at]) or next(iter(split_labels(page.own[at])), None)
                if glued is None or glued[0] not in FIELDS or not glued[1] or line(page.spots[at].node) != page.own[at]:
                    continue
            pairs = split_labels(line(page.spots[at].node)) or split_labels(piece.text)
            for role, told in pairs:
                text = _named(role, told)
                if role in FIELDS and fits(role, text, page):
                    done.add(piece.spot)
                    said = "".join(piece.text.split())
                    yield Value(role, at, at, text, any(word in said for word in _WEAK.get(role, ())))


def _named(role: Role, text: str) -> str:
    return (name_in(text) or "") if role == "author" else unlabelled(text, role)


def fits(role: Role, text: str, page: Outline) -> bool:
    """Whether a text can be the value of a field."""
    if role == "date":
        return len(text) < 90 and (
            read_date(text, page.seen_at) is not None or find_date(text, page.seen_at) is not None
        )
    if role == "hits":
        return read_number(text) is not None
    first = split_label(text)
    if role_of(text) is not None or (first is not None and role == "author" and first[0] != "author"):
        return False
    if role == "author":
        return name_in(text) == text and read_number(text) is None and read_date(text, page.seen_at) is None
    return len(text) <= 300


def _is_weak(label: str) -> bool:
    return "".join(label.split()).rstrip(":：").lower() in (*_LESS, *_OF_RELEASES)


def titles_in_line(page: Outline, values: Sequence[Value]) -> dict[int, Value]:
    """By their block the titles that stand in one line with their label, each in an element of its own:
    <b>제목</b> <span>…</span>."""
    parted = [value for value in values if value.role == "title" and value.place != value.spot]
    blocks = [(page.block_of(value.place), value) for value in parted]
    return {block: value for block, value in blocks if block == page.block_of(value.spot)}
