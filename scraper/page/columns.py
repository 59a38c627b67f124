"""Which column of a list is which: by header words first, by the type of the content second (DESIGN §3). Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from selectolax.lexbor import LexborNode

from scraper.korean.dates import read_date
from scraper.korean.labels import Role, role_of, squash_label
from scraper.korean.numbers import read_number
from scraper.korean.words import OFFICES
from scraper.page.document import line

_WIDEST = 60
_MANY = 25
_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_PERIOD = re.compile(r"(?:기간|기한|마감일|종료일)\s*$")
"""What ends the name of a stretch of time, whatever it is for."""
_MARK = re.compile(r"(?i)[\[(]\s*\+?\d{1,5}\s*[\])]|\+\d{1,5}|new|n|hot|새\s*글")


def cells_of(row: LexborNode, tags: Sequence[str]) -> list[LexborNode | None]:
    """The cells of a row, each standing as often as it is wide (colspan), so that places are columns."""
    cells: list[LexborNode | None] = []
    child = row.first_child
    while child is not None:
        if child.tag in tags:
            cells.append(child)
            span = child.attributes.get("colspan")
            if span and (span := span.strip()).isdigit():
                cells.extend([None] * (min(int(span), _WIDEST) - 1))
        child = child.next
    return cells


def row_cells(row: LexborNode, tags: Sequence[str], more: int = 0, width: int = 0) -> list[LexborNode | None]:
    """The cells of a row and of the ``more`` rows behind it that belong to the same post. Of more than ``width`` the
    last marks and counts of comments ("N", "[3]") are none, where that leaves as many."""
    cells = cells_of(row, tags)
    for after in rows_behind(row)[:more] if more else ():
        cells += cells_of(after, tags)
    surplus = len(cells) - width if width else 0
    if surplus <= 0:
        return cells
    marks = [at for at, cell in enumerate(cells) if cell is not None and is_mark(line(cell))][-surplus:]
    return [cell for at, cell in enumerate(cells) if at not in marks] if len(marks) == surplus else cells


def rows_behind(row: LexborNode) -> list[LexborNode]:
    """The rows between a row and the next one that opens anything; lines without text are none."""
    found: list[LexborNode] = []
    after = row.next
    while after is not None:
        if after.is_element_node:
            if after.css_first("a[href], [onclick]") is not None:
                break
            if after.tag == row.tag and line(after):
                found.append(after)
        after = after.next
    return found


def label_of(cell: LexborNode) -> str:
    """What a header cell says: its words, else those of its image (alt, title, file name)."""
    text = line(cell)
    if text:
        return text
    for image in cell.css("img"):
        for name in ("alt", "title", "src"):
            value = (image.attributes.get(name) or "").strip()
            if value:
                return value.rpartition("/")[2] if name == "src" else value
    return ""


def roles_by_header(header: Sequence[LexborNode | None]) -> dict[int, Role]:
    """Column → role from a header row. A wide 제목 keeps its first column; the first of two equal roles wins, but a
    department (담당부서) gives way to a person (작성자). Every column that is known to hold no field of a post is told
    as "other"."""
    roles: dict[int, Role] = {}
    office: int | None = None
    for place, cell in enumerate(header):
        label = label_of(cell) if cell is not None else ""
        role = role_of(label) or role_of(_REMARK.sub("", label)) or ("other" if _PERIOD.search(label) else None)
        if role is None:
            continue
        if role == "author" and office is not None and squash_label(label) not in OFFICES:
            del roles[office]
            office = None
        if role == "other" or role not in roles.values():
            roles[place] = role
            office = place if role == "author" and squash_label(label) in OFFICES else office
    return roles


def roles_by_content(rows: Sequence[Sequence[str]], links: Sequence[int | None], seen_at: datetime) -> dict[int, Role]:
    """Column → role from what the cells hold. ``links`` tells in which column each row's article link stands.

    Number is the first whole number before the title; the date the first column of dates; hits the last whole
    number after the date (after the title when there is no date); the author the first column of words after the title.
    """
    if not rows:
        return {}
    width = Counter(map(len, rows)).most_common(1)[0][0]
    alike = [row for row in rows if len(row) == width]
    kinds = [kind_of([row[place] for row in alike], seen_at) for place in range(width)]
    titles = Counter(place for place in links if place is not None)
    if not titles and "date" in kinds:  # the link lies round all of them
        words = [place for place, kind in enumerate(kinds) if kind == "text"]
        titles.update(sorted(words, key=lambda place: -sum(len(row[place]) for row in alike))[:1])
    if not titles:
        return {}
    title = titles.most_common(1)[0][0]
    roles: dict[int, Role] = {title: "title"}
    date = next((place for place, kind in enumerate(kinds) if kind == "date" and place != title), None)
    if date is not None:
        roles[date] = "date"
    numbers = [place for place, kind in enumerate(kinds) if kind == "int" and place not in roles]
    if before := [place for place in numbers if place < title]:
        roles[before[0]] = "number"
    start = date if date is not None and date > title else title
    if after := [place for place in numbers if place > start] or [place for place in numbers if place > title]:
        roles[after[-1]] = "hits"
    words = [place for place, kind in enumerate(kinds) if kind == "text" and place not in roles]
    if author := [place for place in words if place > title]:
        roles[author[0]] = "author"
    return roles


def roles_as_told(columns: Sequence[str], rows: Sequence[Sequence[str]], seen_at: datetime) -> dict[int, Role]:
    """Column → role as a layout tells them by place; empty when no row has that width, or the rows hold other things.
    What has no digit in the column of numbers is a notice's mark."""
    alike = [row for row in rows if len(row) == len(columns)]
    if not alike:
        return {}
    for place, role in enumerate(columns):
        filled = [row[place] for row in alike if row[place]]
        if role == "date":
            readable = sum(read_date(text, seen_at) is not None for text in filled)
        elif role in ("number", "hits", "votes", "comments"):
            filled = [text for text in filled if role != "number" or any(map(str.isdecimal, text))]
            readable = sum(read_number(text) is not None for text in filled)
        else:
            continue
        if readable * 2 < len(filled):
            return {}
    return {place: cast(Role, role) for place, role in enumerate(columns) if role}


def kind_of(values: Sequence[str], seen_at: datetime) -> str:
    """What most cells of a column hold: date, int, text; empty when most hold nothing."""
    filled = [value for value in values if value]
    if not filled or len(filled) * 3 < len(values):
        return "empty"
    if sum(read_date(value, seen_at) is not None for value in filled) * 10 >= len(filled) * 8:
        return "date"
    if sum(is_whole(value) for value in filled) * 10 >= len(filled) * 6:
        return "int"
    return "text"


def like_readers(values: Sequence[str]) -> bool:
    """Whether counts are such as readers give, not comments or votes: mostly some, and somewhere many."""
    numbers = [read_number(value) or 0 for value in values if value]
    return bool(numbers) and max(numbers) >= _MANY and sum(number == 0 for number in numbers) * 2 <= len(numbers)


def is_mark(text: str) -> bool:
    """Whether a text is a count of comments in brackets, or says that the post is new."""
    return _MARK.fullmatch(text) is not None


def is_whole(text: str) -> bool:
    """Whether a cell holds a bare whole number, separators allowed."""
    return text.replace(",", "").isdecimal() and read_number(text) is not None


def place_of(roles: Mapping[int, Role], role: Role) -> int | None:
    """The column of a role."""
    return next((place for place, held in roles.items() if held == role), None)
