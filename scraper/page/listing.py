"""Reading one page of a board: Document and Layout to Listing. Pure.

Nothing found is an error unless the page itself says that it is empty; a layout that no longer fits raises
LayoutChanged with selector, wanted and found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from selectolax.lexbor import LexborNode

from scraper.errors import LayoutChanged
from scraper.korean.dates import read_date
from scraper.korean.labels import Role, name_in
from scraper.korean.lines import is_neighbour
from scraper.korean.numbers import read_number
from scraper.models import Listing, NumberMeaning, Precision, Row, Stamp
from scraper.page.columns import place_of
from scraper.page.document import Document, ids, line
from scraper.page.fields import Field, Standing, column_text, field_text, fields_in, picked_text, standing
from scraper.page.notices import pinned, says_notice
from scraper.page.pager import read_pager
from scraper.page.parts import Layout, ListPart
from scraper.page.roles import roles_in, roles_of
from scraper.page.rows import Line, find_lines
from scraper.page.totals import Totals, read_totals

_LONGEST_AUTHOR = 200
_BESIDE = ("", "a, select, button, label", "a, select, button, label, ul, ol")
_EMPTY = re.compile(
    r"(?:게시물|게시글|등록된\s*(?:글|게시물|게시글|자료|내용)|자료|글|기사|검색\s*결과|데이터|내용)\S{0,2}\s*(?:없습니다|존재하지\s*않|없음)"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_CUT = re.compile(r"(?:\.{2,}|…|‥|․{2,})\s*$")
_COUNT = re.compile(r"\s*[\[(]\d{1,5}[\])]$")
_DOTS = ("..", "…", "‥", "․․")
_FINE: dict[Precision, int] = {"none": 0, "day": 1, "minute": 2, "second": 3}
_SECRET_TITLE = re.compile(r"비밀\s*글\s*입니다\.?")


def read_listing(document: Document, layout: Layout, seen_at: datetime) -> Listing:
    """One list page. Raises LayoutChanged when there are no rows, or rows without what every row must have."""
    part = layout.list
    totals = _totals(document, layout)
    scope = (document.root.css_first(part.scope) if part.scope else None) or document.root
    skipped = {node.mem_id for node in document.root.css(part.skip)} if part.skip else set()
    nodes = [node for node in scope.css(part.rows) if node.mem_id not in skipped]
    nodes = list({node.mem_id: node for node in nodes}.values())  # "a, b" may match twice
    lines, unread = find_lines(document, layout, nodes, seen_at)
    if not lines:
        return _without_rows(document, layout, nodes, totals, unread)
    roles = roles_of(document, layout, lines, seen_at)
    frame = standing(part, scope)
    rows = pinned(_rows(document, part, frame, lines, roles, seen_at), lines, is_pictured=frame.is_pictured)
    _check(document, rows, lines, roles)
    ordinary = [row for row in rows if not row.is_notice]
    meaning = _meaning(ordinary, part.number, totals.total if totals else None)
    numbers = [row.number for row in ordinary if row.number is not None]
    is_down = meaning == "rank" or all(above > below for above, below in pairwise(numbers))  # ids fall to 1, too
    counted = rows if part.total_counts_notices and ordinary else ordinary
    pager = read_pager(
        document, layout, totals, len(counted) + len(unread), min(numbers, default=None) if is_down else None
    )
    return Listing(
        rows=tuple(rows),
        total=totals.total if totals else None,
        page=pager.page,
        last_page=pager.last_page,
        next=pager.next,
        number_meaning=meaning,
        unread=tuple(unread),
    )


def _rows(
    document: Document,
    part: ListPart,
    frame: Standing,
    lines: Sequence[Line],
    roles: Mapping[int, Role],
    seen_at: datetime,
) -> list[Row]:
    width = Counter(len(entry.cells) for entry in lines).most_common(1)[0][0]
    places = _places(roles)
    fields = fields_in(frame, part, places)
    rows = []
    for entry in lines:
        own = roles_in(entry, roles, width, seen_at)
        if own is roles:
            rows.append(_row(document, part, frame, entry, places, fields, seen_at))
        else:
            moved = _places(own)
            rows.append(_row(document, part, frame, entry, moved, fields_in(frame, part, moved), seen_at))
    return rows


def _places(roles: Mapping[int, Role]) -> dict[str, int]:
    """The column of each role."""
    places: dict[str, int] = {}
    for place, role in roles.items():
        places.setdefault(role, place)
    return places


def _without_rows(
    document: Document, layout: Layout, nodes: Sequence[LexborNode], totals: Totals | None, unread: Sequence[str]
) -> Listing:
    part = layout.list
    pager = read_pager(document, layout, totals, 0)
    said = bool(part.empty and document.root.css_first(part.empty)) or any(says_empty(node) for node in nodes)
    past = pager.page > 1 and (totals is not None or bool(part.scope and document.root.css_first(part.scope)))
    nothing = totals is not None and totals.total == 0
    if unread or not (said or past or nothing):
        raise LayoutChanged(document.url, part.rows, "at least one row with a link to a post", "0")
    return Listing(
        rows=(), total=totals.total if totals else None, page=pager.page, last_page=pager.last_page, is_empty=True
    )


def says_empty(node: LexborNode) -> bool:
    """Whether the short text of an element says that there are no posts."""
    text = line(node)
    return len(text) < 60 and bool(_EMPTY.search(text)) and not is_neighbour(text)


def _totals(document: Document, layout: Layout) -> Totals | None:
    if layout.list.total is None:
        return None
    return next(filter(None, map(stated, document.root.css(layout.list.total))), None)


def stated(node: LexborNode) -> Totals | None:
    """What an element says about the size of the list; a search or a pager may stand in it."""
    return next(filter(None, (_told(line(node, ids(node.css(beside)) if beside else ())) for beside in _BESIDE)), None)


def _told(text: str) -> Totals | None:
    totals = read_totals(text) if len(text) < 200 else None
    told = totals is not None and (totals.total is not None or totals.last_page is not None)
    return totals if told else None


def _row(
    document: Document,
    part: ListPart,
    frame: Standing,
    entry: Line,
    places: Mapping[str, int],
    fields: Mapping[str, Field],
    seen_at: datetime,
) -> Row:
    url, node = document.url, entry.node
    title = field_text(entry, fields, "title", url)
    if not title or _is_button(title):
        title = line(entry.link)
    title, cut = _whole_title(title, entry.link)
    number_text = field_text(entry, fields, "number", url)
    number = read_number(number_text) if number_text else None
    notice = (frame.notice is not None and node.css_first(frame.notice) is not None) or (
        number is None and says_notice(entry, places, number_text)
    )
    secret = frame.secret is not None and node.css_first(frame.secret) is not None
    date = _date(field_text(entry, fields, "date", url), entry, places.get("date"), frame, seen_at)
    return Row(
        key=entry.key,
        number=number,
        title=title,
        title_cut=cut,
        author=_author(frame, entry, fields, url),
        posted=date,
        hits=_number(field_text(entry, fields, "hits", url)),
        ask=entry.ask,
        is_notice=notice,
        is_secret=secret or _SECRET_TITLE.fullmatch(title) is not None,
        category=field_text(entry, fields, "category", url).strip("[]() ") or None,
        comments=_number(field_text(entry, fields, "comments", url)),
        has_file=(frame.file is not None and node.css_first(frame.file) is not None) if part.file else None,
    )


def _is_button(title: str) -> bool:
    return title.lower() in ("read more", "more", "더보기", "자세히", "자세히 보기", "상세보기")


def _author(frame: Standing, entry: Line, fields: Mapping[str, Field], url: str) -> str | None:
    """What a selector finds is the author, whatever it says; a column may hold its label, or another's value."""
    picked = picked_text(entry, fields, "author", url)
    if picked is not None and frame.has_author:
        return picked or None
    return name_in(column_text(entry, fields, "author") if picked is None else picked, _LONGEST_AUTHOR)


def _number(text: str) -> int | None:
    return read_number(text) if text else None


def _date(text: str, entry: Line, place: int | None, frame: Standing, seen_at: datetime) -> Stamp | None:
    """The date of a row; a full stamp in a ``title=`` of its cell is better than a short text."""
    stamp = read_date(text, seen_at) if text else None
    cell = entry.cells[place] if frame.is_titled and place is not None and place < len(entry.cells) else None
    is_clock = stamp is not None and _CLOCK.fullmatch(stamp.raw) is not None  # says today, whenever it was saved
    if cell is not None and (stamp is None or is_clock or stamp.precision != "second"):
        for node in (cell, *cell.css("[title]")):
            fuller = read_date(node.attributes.get("title") or "", seen_at)
            if fuller is None or fuller.at is None:
                continue
            is_finer = stamp is None or _FINE[fuller.precision] > _FINE[stamp.precision]
            is_other_day = stamp is not None and stamp.date != fuller.date
            may_differ = stamp is None or stamp.precision != "day"
            if (is_clock and is_other_day) or (is_finer and (may_differ or not is_other_day)):
                return fuller
    return stamp


def _whole_title(title: str, link: LexborNode) -> tuple[str, bool]:
    """The title, and whether the board cut it; a link's ``title=`` that continues a cut one is the whole. A count of
    comments behind the dots goes with them."""
    shown = _COUNT.sub("", title) if title.endswith(("]", ")")) else title
    if not is_cut(shown):
        return title, False
    title = shown
    stem = stem_of(title)
    full = re.sub(r"\s+", " ", link.attributes.get("title") or "").strip()
    full = re.sub(r"\s*(?:상세\s*보기|자세히\s*보기|새창\s*(?:열림)?)$", "", full)
    if len(full) > len(stem) and full.startswith(stem) and not is_cut(full):
        return full, False
    return title, True


def is_cut(title: str) -> bool:
    """Whether a title ends in the dots that a board puts where it cut it."""
    return title.rstrip().endswith(_DOTS)


def stem_of(title: str) -> str:
    """A cut title without its dots, and without the character or the entity that the cut broke."""
    return re.sub(r"&#?\w{0,6}$", "", _CUT.sub("", title).rstrip("\ufffd ")).rstrip()


def _meaning(rows: Sequence[Row], told: NumberMeaning | None, total: int | None) -> NumberMeaning:
    numbered = [row for row in rows if row.number is not None]
    if not numbered or len(numbered) * 2 < len(rows):
        return "none"
    numbers = [row.number for row in numbered if row.number is not None]
    falls = all(above - below == 1 for above, below in pairwise(numbers))
    if len(numbered) > 1 and all(str(row.number) == row.key for row in numbered):
        return "rank" if falls and (told == "rank" or numbers[0] == total) else "id"
    return told or ("rank" if falls else "id")


def _check(document: Document, rows: Sequence[Row], lines: Sequence[Line], roles: Mapping[int, Role]) -> None:
    """The sanity gate: what every row has, and columns that must not have gone blind."""
    untitled = sum(not row.title for row in rows)
    if untitled * 5 > len(rows):
        raise LayoutChanged(document.url, "title", "text in every row", f"{untitled} of {len(rows)} rows without")
    checked: tuple[Role, ...] = ("date", "hits")
    for role in checked:
        place = place_of(roles, role)
        if place is None:
            continue
        filled = [
            row for row, entry in zip(rows, lines, strict=True) if place < len(entry.texts) and entry.texts[place]
        ]
        blind = [row for row in filled if (row.posted if role == "date" else row.hits) is None]
        if len(filled) > 2 and len(blind) * 2 > len(filled):
            raise LayoutChanged(
                document.url, role, f"a {role} in every row", f"{len(blind)} of {len(filled)} unreadable"
            )


def distinct(listing: Listing) -> Listing:
    """The listing with one row a post: of a post that is both notice and numbered row, the numbered one, pinned."""
    kept: dict[str, Row] = {}
    for row in listing.rows:
        other = kept.get(row.key)
        if other is None:
            kept[row.key] = row
        else:
            better = other if row.is_notice else row
            kept[row.key] = replace(better, is_notice=row.is_notice or other.is_notice)
    return replace(listing, rows=tuple(kept.values()))
