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
from scraper.page.notices import pinned, says_notice
from scraper.page.pager import read_pager
from scraper.page.parts import Layout, Pick
from scraper.page.picks import Scope, pick, standing
from scraper.page.rows import Line, find_lines, roles_in, roles_of
from scraper.page.totals import Totals, read_totals

_LONGEST_AUTHOR = 200
_EMPTY = re.compile(
    r"(?:게시물|게시글|등록된\s*(?:글|게시물|게시글|자료|내용)|자료|글|기사|검색\s*결과|데이터|내용)\S{0,2}\s*(?:없습니다|존재하지\s*않|없음)"
)
_CUT = re.compile(r"(?:\.{2,}|…|‥|․{2,})\s*$")
_COUNT = re.compile(r"\s*[\[(]\d{1,5}[\])]$")
_INSIDE_TITLE = ("number", "category", "comments")
"""What a row may hold without a column of its own."""
_FINE: dict[Precision, int] = {"none": 0, "day": 1, "minute": 2, "second": 3}
_SECRET_TITLE = re.compile(r"비밀\s*글\s*입니다\.?")


def read_listing(document: Document, layout: Layout, seen_at: datetime) -> Listing:
    """One list page. Raises LayoutChanged when there are no rows, or rows without what every row must have."""
    part = layout.list
    totals = _totals(document, layout)
    scope = (document.root.css_first(part.scope) if part.scope else None) or document.root
    nodes = scope.css(part.rows)
    layout = standing(layout, scope)
    skipped = {node.mem_id for node in document.root.css(part.skip)} if part.skip else set()
    nodes = list({node.mem_id: node for node in nodes if node.mem_id not in skipped}.values())  # "a, b" may match twice
    lines, unread = find_lines(document, layout, nodes, seen_at)
    if not lines:
        return _without_rows(document, layout, nodes, totals, unread)
    roles = roles_of(document, layout, lines, seen_at)
    width = Counter(len(entry.cells) for entry in lines).most_common(1)[0][0]
    rows = [_row(document, layout, entry, _places(roles_in(entry, roles, width)), seen_at) for entry in lines]
    rows = pinned(rows, lines)
    _check(document, layout, rows, lines, roles)
    ordinary = [row for row in rows if not row.is_notice]
    meaning = _meaning(ordinary, part.number, totals.total if totals else None)
    ranks = [row.number for row in ordinary if row.number is not None] if meaning == "rank" else []
    counted = rows if part.total_counts_notices and ordinary else ordinary
    pager = read_pager(document, layout, totals, len(counted) + len(unread), min(ranks, default=None))
    return Listing(
        rows=tuple(rows),
        total=totals.total if totals else None,
        page=pager.page,
        last_page=pager.last_page,
        next=pager.next,
        number_meaning=meaning,
        unread=tuple(unread),
    )


def _places(roles: Mapping[int, Role]) -> dict[Role, int]:
    """The column of each role."""
    places: dict[Role, int] = {}
    for place, role in roles.items():
        places.setdefault(role, place)
    return places


def _without_rows(
    document: Document, layout: Layout, nodes: Sequence[LexborNode], totals: Totals | None, unread: Sequence[str]
) -> Listing:
    part = layout.list
    pager = read_pager(document, layout, totals, 0)
    said = bool(part.empty and document.root.css_first(part.empty)) or any(_says_empty(node) for node in nodes)
    past = pager.page > 1 and (totals is not None or bool(part.scope and document.root.css_first(part.scope)))
    nothing = totals is not None and totals.total == 0
    if unread or not (said or past or nothing):
        raise LayoutChanged(document.url, part.rows, "at least one row with a link to a post", "0")
    return Listing(
        rows=(), total=totals.total if totals else None, page=pager.page, last_page=pager.last_page, is_empty=True
    )


def _says_empty(node: LexborNode) -> bool:
    text = line(node)
    return len(text) < 60 and bool(_EMPTY.search(text)) and not is_neighbour(text)


def _totals(document: Document, layout: Layout) -> Totals | None:
    if layout.list.total is None:
        return None
    for node in document.root.css(layout.list.total):
        for drop in ((), ids(node.css("a, select, button, label"))):
            text = line(node, drop)
            totals = read_totals(text) if len(text) < 200 else None
            if totals is not None and (totals.total is not None or totals.last_page is not None):
                return totals
    return None


def _row(document: Document, layout: Layout, entry: Line, places: Mapping[Role, int], seen_at: datetime) -> Row:
    part = layout.list
    title = _field(document, layout, entry, places, "title")
    if not title or _is_button(title):
        title = line(entry.link)
    title, cut = _whole_title(title, entry.link)
    number_text = _field(document, layout, entry, places, "number")
    number = read_number(number_text) if number_text else None
    notice = bool(part.notice and entry.node.css_first(part.notice)) or (
        number is None and says_notice(entry, places, number_text)
    )
    secret = bool(part.secret and entry.node.css_first(part.secret)) or bool(_SECRET_TITLE.fullmatch(title))
    return Row(
        key=entry.key,
        number=number,
        title=title,
        title_cut=cut,
        author=_author(layout, _field(document, layout, entry, places, "author")),
        posted=_date(document, layout, entry, places, seen_at),
        hits=_number(_field(document, layout, entry, places, "hits")),
        ask=entry.ask,
        is_notice=notice,
        is_secret=secret,
        category=_field(document, layout, entry, places, "category").strip("[]() ") or None,
        comments=_number(_field(document, layout, entry, places, "comments")),
        has_file=entry.node.css_first(part.file) is not None if part.file else None,
    )


def _is_button(title: str) -> bool:
    return title.lower() in ("read more", "more", "더보기", "자세히", "자세히 보기", "상세보기")


def _author(layout: Layout, text: str | None) -> str | None:
    """What a selector finds is the author, whatever it says; a column, or a part of a line, may hold its label, or
    another's value."""
    picks = layout.list.fields.get("author", ())
    picked = any(each.select is not None and each.pattern is None for each in picks)
    return text or None if picked else name_in(text or "", _LONGEST_AUTHOR)


def _field(document: Document, layout: Layout, entry: Line, places: Mapping[Role, int], role: Role) -> str:
    """The text of one field: by the layout's picks in its column, or in the row where rows have no columns; else the
    column itself."""
    place = places.get(role)
    cell = entry.cells[place] if place is not None and place < len(entry.cells) else None
    picks: Sequence[Pick] = layout.list.fields.get(role, ())
    if cell is None and not picks:
        return ""
    is_inside = cell is None and role in _INSIDE_TITLE
    if picks and (not places or cell is not None or is_inside or not layout.list.cells):
        around = _titled(entry, places) if is_inside else cell
        picked = pick(Scope(around if around is not None else entry.node, document.url), picks, role)
        if picked is not None:
            return picked.text
        if cell is None:
            return ""
    if cell is None or place is None:
        return ""
    return entry.texts[place]


def _titled(entry: Line, places: Mapping[Role, int]) -> LexborNode | None:
    """The cell of the title."""
    place = places.get("title")
    return entry.cells[place] if place is not None and place < len(entry.cells) else None


def _number(text: str) -> int | None:
    return read_number(text) if text else None


def _date(
    document: Document, layout: Layout, entry: Line, places: Mapping[Role, int], seen_at: datetime
) -> Stamp | None:
    """The date of a row; a full stamp in a ``title=`` of its cell is better than a short text."""
    text = _field(document, layout, entry, places, "date")
    stamp = read_date(text, seen_at) if text else None
    place = places.get("date")
    cell = entry.cells[place] if place is not None and place < len(entry.cells) else None
    if cell is not None and (stamp is None or stamp.precision != "second"):
        for node in (cell, *cell.css("[title]")):
            fuller = read_date(node.attributes.get("title") or "", seen_at)
            if (
                fuller is not None
                and fuller.at is not None
                and (stamp is None or _FINE[fuller.precision] > _FINE[stamp.precision])
                and (stamp is None or stamp.precision != "day" or stamp.date == fuller.date)  # "13:07" says today
            ):
                return fuller
    return stamp


def _whole_title(title: str, link: LexborNode) -> tuple[str, bool]:
    """The title, and whether the board cut it; a link's ``title=`` that continues a cut one is the whole. A count of
    comments behind the dots goes with them."""
    shown = _COUNT.sub("", title)
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
    return _CUT.search(title) is not None


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


def _check(
    document: Document, layout: Layout, rows: Sequence[Row], lines: Sequence[Line], roles: Mapping[int, Role]
) -> None:
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
