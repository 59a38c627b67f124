"""Who wrote a post, where no label of the board says so: a line of facts, a word before the name, a reporter. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import name_in, role_of, split_label
from scraper.korean.lines import is_end, is_tool
from scraper.korean.words import leading_label
from scraper.page.document import line
from scraper.page.induce.article_company import REPORTER, SENTENCE, names_board
from scraper.page.induce.article_outline import Outline, Piece, is_date, roles_in
from scraper.page.induce.article_selectors import shared_way
from scraper.page.induce.article_title import squash
from scraper.page.induce.article_values import fits
from scraper.page.induce.article_views import Told, View, agrees, bounds, byline_behind, holds_title, inside_body
from scraper.page.parts import Pick
from scraper.page.picks import pick

_MARKS = "|│｜ㅣ·ㆍ/∣•"
_PART = rf"(?:[^{_MARKS}]|(?<=\d)[{_MARKS}](?=\d))"
_SPLIT = re.compile(rf"\s*(?<!\d)[{_MARKS}]\s*|\s*[{_MARKS}](?!\d)\s*|\s{{3,}}")
_LEADS = r"(?:기자명|작성자|글쓴이|등록자|게시자|필자|기고자|취재|글\s?[·/]?\s?사진|글|(?:written\s+|posted\s+)?by)"
_LED_PATTERN = rf"(?i)^{_LEADS}[\s:：]+(\S.{{0,24}})$"
_REPORTED = re.compile(rf"^(?:\([^)]{{1,20}}\)\s*)?({REPORTER.pattern})")
"""A reporter at the start of a line, perhaps behind a place: (늘봄=들녘통신) 박나루 기자."""
_LED = re.compile(_LED_PATTERN)
_SAID_PATTERN = (
    r"(?i)^(?:posted\s+by\s+(?=.*\son\s)|(?=.*님[이의]\s.*(?:작성|등록|게시|올)))(\S.{0,18}?\S)(?:\s?님[이의]|\s+on)\s"
)
_SAID = re.compile(_SAID_PATTERN)
"""A line that says who and when: 최누리님이 2026-11-02 16:21에 작성함."""
_NAME = re.compile(
    r"(?:[가-힣]{2,4}(?:\s?(?:기자|시민기자|객원기자|선임기자|인턴기자|특파원|논설위원|편집장|목사|전도사|교수|원장|회장|대표|이사장|소장|팀장|과장"
    r"|위원|의원|작가|시인|님))?|[가-힣][*○〇ㅇ]{1,3}[가-힣]?|관리자|운영자|편집부|편집국"
    r"|(?:[가-힣]{2,8}\s)?[가-힣]{1,8}(?:과|팀|실|처|국|센터|위원회|사무국|사무실|연구소|신문|뉴스|재단|협회|조합|본부|지부))"
    r"(?:\s?\([가-힣 ·]{1,12}\))?"
)
_DEEDS = frozenset(("작성", "게시", "올림"))
"""Words before a name or a date alike."""
_CATEGORY = re.compile(r"categ|(?:^|[_\s])(?:cate?|section|badge|flag|state|tag)(?:$|[_\s])")
_BARS = re.compile(r"\s[|│｜·ㆍ/]\s")
_LONGEST_LINE = 90
_LONGEST_NAME = 20
_BEFORE = 3
"""So many lines before the title may hold its facts."""


def find_byline(views: Sequence[View]) -> Told | None:
    """The way to the author on all pages, by a line without labels; None when one has none or the list denies it."""
    for way_of in (_worded, _parted, _beside_date, _reporter):
        found = [next(way_of(view), None) for view in views]
        known = [each for each in found if each is not None]
        if not known or len(known) * 3 < len(found) * 2:
            continue
        way = shared_way(
            [(view.root, each[0] if each else None) for view, each in zip(views, found, strict=True)],
            accept=lambda *_: False,
        )
        if way is None or len({pattern for _, pattern in known}) > 1:
            continue
        each = Pick(select=way, pattern=known[0][1])
        if all(_is_right(view, each) for view, told in zip(views, found, strict=True) if told is not None):
            return Told((each,), 0.6, "author by its place")
    return None


def find_lead(views: Sequence[View]) -> Told | None:
    """A line of several facts that begins with an author's label without a colon: 필자 보건소장 최누리 | 조회 3."""
    found = [next(_led(view), None) for view in views]
    first = next((each for each in found if each is not None), None)
    if first is None or sum(each is None for each in found) * 2 > len(found):
        return None
    way = shared_way([(view.root, each[0] if each else None) for view, each in zip(views, found, strict=True)],
                     accept=lambda *_: False)  # fmt: skip
    if way is None:
        return None
    each = Pick(select=way, pattern=rf"^{first[1]}[\s:：]+(.+?)(?:\s*[|│｜·ㆍ/]\s.*)?$")
    values = [picked.text if (picked := pick(view.scope, (each,), "author")) else None for view in views]
    if any((value is None) != (known is None) for value, known in zip(values, found, strict=True)):
        return None
    if any(
        value is not None and not fits("author", value, view.page) for value, view in zip(values, views, strict=True)
    ):
        return None
    for value, view in zip(values, views, strict=True):
        known = view.row.author if view.row is not None else None
        if value is not None and known is not None and not agrees(view, "author", value):
            return None
    return Told((each,), 0.95, "author behind its word")


def _led(view: View) -> Iterator[tuple[LexborNode, str]]:
    """Elements of the head that begin with an author's label, beside a further fact; the label as an expression."""
    first, body, _ = bounds(view)
    for piece in view.page.pieces:
        if not first <= piece.spot < body or len(piece.text) > 160 or inside_body(view, piece.spot):
            continue
        inner = [at for at in range(piece.spot + 1, view.page.ends[piece.spot]) if view.page.own[at]]
        whole = squash(line(view.page.spots[piece.spot].node)) == squash(piece.text)
        is_one_of_several = any(role in ("date", "hits") for role in roles_in(piece.text))
        for at in [piece.spot] * whole + inner * is_one_of_several:
            text = piece.text if at == piece.spot else view.page.own[at]
            lead = leading_label(text)
            if lead is None or lead.role != "author" or lead.colon or not lead.rest:
                continue
            if (at == piece.spot and not _BARS.search(lead.rest)) or squash(line(view.page.spots[at].node)) != squash(
                text
            ):
                continue
            label = "".join(text[: -len(lead.rest)].split())
            yield view.page.spots[at].node, r"\s*".join(map(re.escape, label))


def _is_right(view: View, each: Pick) -> bool:
    picked = pick(view.scope, (each,), "author")
    if picked is None or name_in(picked.text) is None:
        return False
    return view.row is None or view.row.author is None or agrees(view, "author", picked.text)


def _head(view: View) -> Iterator[Piece]:
    """The lines between title and body, and a few before the title; what stands after it first."""
    body = view.page.places.get(view.body.mem_id) if view.body is not None else None
    rest = view.page.pieces
    behind = [piece for piece in rest[view.heading + 1 :] if body is None or piece.spot < body]
    before = rest[max(0, view.heading - _BEFORE) : view.heading]
    last = byline_behind(view)
    for piece in (*behind[:20], *reversed(before), *([last] if last is not None else [])):
        if len(piece.text) <= _LONGEST_LINE and not inside_body(view, piece.spot):
            if body is None and SENTENCE.search(piece.text):
                return
            if not view.page.spots[piece.spot].is_aside and not holds_title(view, piece.text):
                yield piece


def _inner(view: View, piece: Piece) -> Iterator[int]:
    """The elements of a line that hold words themselves, and the one around all of them."""
    page = view.page
    whole = squash(line(page.spots[piece.spot].node)) == squash(piece.text)
    yield from [piece.spot] * whole
    yield from (at for at in range(piece.spot + 1, page.ends[piece.spot]) if page.own[at])


def _worded(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """기자명 최누리 · by 고도담 · 글 노을빛: a word before the name, in an element of their own."""
    for piece in _head(view):
        for at in _inner(view, piece):
            text = line(view.page.spots[at].node)
            match = _LED.match(text)
            if match is not None and _is_name(view.page, match[1], strict=len(text.split()[0]) < 3):
                yield view.page.spots[at].node, _LED_PATTERN
            said = _SAID.match(text)
            if said is not None and _has_date(view.page, text) and _is_name(view.page, said[1], strict=False):
                yield view.page.spots[at].node, _SAID_PATTERN


def _parted(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """윤새별 | 2026.11.02 10:33 | 조회 391: the part before the date, else the one behind it."""
    for piece in _head(view):
        for at in _inner(view, piece):
            text = line(view.page.spots[at].node)
            parts = [part for part in _SPLIT.split(text) if part]
            dates = [place for place, part in enumerate(parts) if _has_date(view.page, part)]
            if len(parts) < 2 or not dates or not any(mark in text for mark in _MARKS):
                continue
            for place in (*range(dates[0] - 1, -1, -1), *range(dates[0] + 1, len(parts))):
                if _is_name(view.page, parts[place], strict=False):
                    before = rf"^[\s{_MARKS}]*+" + rf"{_PART}++[{_MARKS}][\s{_MARKS}]*+" * place
                    yield view.page.spots[at].node, rf"(?i){before}(?:{_LEADS}[\s:：]+)?({_PART}++)"
                    break


def _beside_date(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """An element with nothing but a name, beside the one with the date."""
    page = view.page
    heading = page.pieces[view.heading].spot
    for piece in _head(view):
        at = piece.first
        if not is_date(piece.text, page.seen_at) and find_date(piece.text, page.seen_at) is None:
            continue
        around = page.spots[page.spots[at].up].at if page.spots[at].up >= 0 else at
        for holder in dict.fromkeys((piece.spot, around, page.spots[piece.spot].up)):
            if holder < 0 or len(line(page.spots[holder].node)) > _LONGEST_LINE:
                continue
            for inner in range(holder + 1, page.ends[holder]):
                text = page.own[inner]
                if page.holds(holder, heading) and inner < heading:
                    continue  # a category
                if _is_labelled_otherwise(page.spots[inner].node):
                    continue
                if any(_CATEGORY.search(page.spots[each].names) for each in list(page.around(inner))[:2]):
                    continue
                if text and line(page.spots[inner].node) == text and _is_name(page, text, strict=True):
                    yield page.spots[inner].node, None


def _is_labelled_otherwise(node: LexborNode) -> bool:
    """Whether the element before one is a label of something else than an author."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before is not None and role_of(line(before)) not in (None, "author")


def _reporter(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """한가람 기자, 한가람 기자 hgr@paper.example, or the name beside the word in an element of its own."""
    for piece in _head(view):
        spots = view.page.spots
        match = _REPORTED.match(piece.text)
        if match is not None and squash(line(spots[piece.spot].node)) == squash(piece.text):
            inside = range(piece.spot + 1, view.page.ends[piece.spot])
            own = next(
                (at for at in inside if match[1] in (f"{line(spots[at].node)}{gap}기자" for gap in ("", " "))), None
            )
            if own is not None:
                yield spots[own].node, None
            yield spots[piece.spot].node, _REPORTED.pattern
        for at in _inner(view, piece):
            if REPORTER.fullmatch(line(spots[at].node)) is not None:
                yield spots[at].node, None


def _has_date(page: Outline, part: str) -> bool:
    return read_date(part, page.seen_at) is not None or find_date(part, page.seen_at) is not None


def _is_name(page: Outline, text: str, *, strict: bool) -> bool:
    """Whether short words may be a name: no label, no fact, no board, nothing that a menu leads to."""
    if (
        not 1 < len(text) <= _LONGEST_NAME
        or text in _DEEDS
        or role_of(text) is not None
        or split_label(text) is not None
    ):
        return False
    if is_tool(text) or is_end(text) or read_date(text, page.seen_at) is not None or names_board(text):
        return False
    if not re.search(r"[^\W\d_]", text) or re.fullmatch(r"[\d,.\s]+\S?", text) or text[:1] in "#<>[(":
        return False
    if strict and _NAME.fullmatch(text) is None:
        return False
    return squash(text) not in _menu(page)


def _menu(page: Outline) -> Collection[str]:
    """What short links of the page's head and margins say."""
    return {squash(piece.text) for piece in page.pieces if piece.is_link and len(piece.text) <= _LONGEST_NAME} - {""}
