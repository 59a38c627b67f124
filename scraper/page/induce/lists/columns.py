"""Which column is which where no header says so: by labels in cells, by what they hold, by where they stand. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from scraper.korean.dates import find_date
from scraper.korean.labels import Role
from scraper.korean.numbers import read_number
from scraper.korean.words import leading_label
from scraper.models import Row
from scraper.page.columns import is_whole, kind_of, like_readers
from scraper.page.induce.lists.slots import is_category

_LONGEST_NAME = 40
CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
"""A time of day, and how long a film lasts."""
_MOST_MARKS = 3
_STATE = re.compile(
    r"\W*(?:(?:접수|진행|답변|처리|모집|심사|신청|검토|공고|교육|행사)\s*)?(?:중|완료|대기|마감|예정|종료|접수)\W*"
    r"|(?:(?:신청|조회|보기|바로가기|다운로드|상세|자세히|수정|삭제)[\s/|·]*)+"
    r"|[\d\s.:~∼～/()년월일-]*\d{4}[\d\s.:~∼～/()년월일-]*"
)
"""What comes of a post, a button, or a stretch of time: nobody's name."""
_TELLING = 4
"""Rows in which chance does not make readers fall as ranks do."""
Told = tuple[dict[int, Role], dict[str, str]]
"""Column → role, and role → how it was told (see InducedList.how)."""


def told_columns(
    rows: Sequence[Sequence[str]],
    links: Sequence[int | None],
    labels: Mapping[int, Role],
    seen_at: datetime,
    keys: Sequence[str] = (),
) -> Told:
    """The columns of rows without a header. ``links`` is the column of each row's link, ``labels`` what cells say of
    themselves, ``keys`` the posts that the rows open."""
    columns = _columns(rows)
    kinds = {place: kind_of(_unmarked(column), seen_at) for place, column in enumerate(columns)}
    roles: dict[int, Role] = dict(labels)
    how: dict[str, str] = dict.fromkeys(labels.values(), "label")
    title = _title(columns, kinds, links)
    if "title" not in how and title is not None and title not in roles:
        roles[title], how["title"] = "title", "alone"
    found = next((place for place, role in roles.items() if role == "title"), None)
    if found is None:
        return {}, {}
    number = next(
        (at for at, kind in kinds.items() if kind == "int" and at not in roles and _are(columns[at], keys)), None
    )
    if number is not None and "number" not in how:
        roles[number], how["number"] = "number", "shape"
    _fill(columns, kinds, roles, how, found, seen_at)
    return roles, how


def _are(column: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether the numbers of a column are keys of posts; a notice may have none."""
    numbers = [text for text in column if read_number(text) is not None]
    return len(numbers) > 1 and len(numbers) * 2 > len(column) and all(text in keys for text in numbers)


def filled_up(rows: Sequence[Sequence[str]], roles: Mapping[int, Role], seen_at: datetime) -> Told:
    """Date and hits that a header names by a picture or a word nobody knows: the one column of dates, or of counts,
    that is left."""
    columns = _columns(rows)
    left = {place: kind_of(column, seen_at) for place, column in enumerate(columns) if place not in roles}
    read = [place for place, kind in left.items() if kind == "int" and like_readers(columns[place])]
    fitting: dict[Role, list[int]] = {
        "date": [place for place, kind in left.items() if kind == "date"],
        "hits": [place for place in read if not falls(columns[place])],
    }
    found = {role: places[0] for role, places in fitting.items() if role not in roles.values() and len(places) == 1}
    return {place: role for role, place in found.items()}, dict.fromkeys(found, "alone")


def _columns(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    return list(zip(*(row for row in rows if len(row) == width), strict=True))


def _title(columns: Sequence[Sequence[str]], kinds: Mapping[int, str], links: Sequence[int | None]) -> int | None:
    linked = Counter(place for place in links if place is not None)
    if linked:
        return linked.most_common(1)[0][0]
    words = [place for place, kind in kinds.items() if kind == "text"]
    words = [place for place in words if not _says_all(columns, kinds, place)] or words
    return max(words, key=lambda place: sum(map(len, columns[place])), default=None)


def _says_all(columns: Sequence[Sequence[str]], kinds: Mapping[int, str], place: int) -> bool:
    """Whether the cells of a column say again what others do, a date and a count too: the row for small screens."""
    told = {
        kind: [sum(text in whole for text, whole in zip(column, columns[place], strict=True) if text)
               for at, column in enumerate(columns) if at != place and kinds[at] == kind]
        for kind in ("date", "int")
    }  # fmt: skip
    return all(max(counts, default=0) * 5 >= len(columns[place]) * 4 for counts in told.values())


def _fill(
    columns: Sequence[Sequence[str]],
    kinds: Mapping[int, str],
    roles: dict[int, Role],
    how: dict[str, str],
    title: int,
    seen_at: datetime,
) -> None:
    dates = [place for place, kind in kinds.items() if kind == "date" and place not in roles]
    dates.sort(key=lambda place: all(CLOCK.fullmatch(text) for text in columns[place] if text))
    if dates and "date" not in how:
        roles[dates[0]], how["date"] = "date", "alone" if len(dates) == 1 else "shape"
    counts = [place for place, kind in kinds.items() if kind == "int" and place not in roles]
    is_doubtful = False
    if "number" not in how and counts:
        before = [place for place in counts if place < title]
        falling = [place for place in counts if falls(columns[place])]
        ranked = [place for place in falling if _is_ranked(columns[place])]
        number = next(iter(sorted(ranked or falling, key=lambda place: place not in before)), None)
        if number is None and len(columns[0]) < 3 and before:
            number = before[0]
        is_doubtful = len(ranked or falling) > 1
        if number is not None:
            roles[number], how["number"] = "number", "shape"
            counts.remove(number)
    if "hits" not in how:
        read = [place for place in counts if like_readers(columns[place])]
        if len(read) == 1:
            roles[read[0]], how["hits"] = "hits", "alone" if len(counts) == 1 and not is_doubtful else "shape"
        elif counts and counts[-1] > title:
            roles[counts[-1]], how["hits"] = "hits", "shape"
    words = [
        place
        for place, kind in kinds.items()
        if kind == "text" and place not in roles and _may_be_names(columns[place], seen_at)
    ]
    after = [place for place in words if place > title]
    before = [place for place in words if place < title and not is_category(columns[place])]
    if (after or before) and "author" not in how:
        roles[(after or before)[0]], how["author"] = "author", "shape"
        if len(words) == 1 and after and not is_category(columns[after[0]]):
            how["author"] = "alone"
    kinds_of_post = [place for place in words if place < title and place not in before]
    if kinds_of_post and "category" not in how:
        roles[kinds_of_post[0]], how["category"] = "category", "shape"


def _unmarked(column: Sequence[str]) -> list[str]:
    """A column of numbers without the marks that stand in place of some (공지): few words, the same again and again."""
    marks = {text for text in column if text and not any(map(str.isdecimal, text))}
    whole = sum(is_whole(text) for text in column)
    if not marks or len(marks) > _MOST_MARKS or whole < 2 or len(column) - whole < len(marks):
        return list(column)
    return [text for text in column if text not in marks]


def _may_be_names(column: Sequence[str], seen_at: datetime) -> bool:
    """Whether a column of words can hold names: short ones, no line of several facts ("가나다 | 2021.10.24"), nothing
    that says it is another field ("첨부 2")."""
    leads = [leading_label(text) for text in column]
    other = sum(lead is not None and lead.role != "author" and not lead.rest.strip("0123456789") for lead in leads)
    dated = sum(find_date(text, seen_at) is not None for text in column)
    states = sum(_STATE.fullmatch(text) is not None for text in column)
    return max(map(len, column)) <= _LONGEST_NAME and max(dated, other, states) * 2 < len(column)


def _is_ranked(column: Sequence[str]) -> bool:
    """Whether the numbers of a column fall by one from row to row, what has none aside: readers hardly do."""
    numbers = [number for text in column if (number := read_number(text)) is not None]
    return len(numbers) > 1 and all(above - below == 1 for above, below in pairwise(numbers))


def falls(column: Sequence[str]) -> bool:
    """Whether the numbers of a column fall from row to row, as ranks and ids do but for a notice among them."""
    numbers = [number for text in column if (number := read_number(text)) is not None]
    falling = sum(above > below for above, below in pairwise(numbers))
    return len(numbers) > 1 and falling * 5 >= (len(numbers) - 1) * 4


def are_mixed_up(rows: Sequence[Row]) -> bool:
    """Whether a list's hits fall by one from row to row, as ranks do, or its numbers do not fall: what was read as one
    may be the other."""
    ordinary = [row for row in rows if not row.is_notice]
    numbers = [str(row.number) for row in ordinary if row.number is not None]
    hits = [str(row.hits) for row in ordinary if row.hits is not None]
    return (len(numbers) >= _TELLING and not falls(numbers)) or (len(hits) >= _TELLING and _is_ranked(hits))
