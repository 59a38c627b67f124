"""Who wrote a post, where no label of the board says so: a line of facts, a word before the name, a reporter. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date
from scraper.korean.labels import Role, name_in, split_labels
from scraper.korean.words import leading_label
from scraper.page.document import line
from scraper.page.induce.articles.counts import find_counted
from scraper.page.induce.articles.lines import (
    LONGEST_LINE,
    MARKS,
    PART,
    SPLIT,
    before_part,
    head_lines,
    is_labelled_otherwise,
    word_spots,
)
from scraper.page.induce.articles.names import holds_date, is_name, opens_menu
from scraper.page.induce.articles.outline import Outline, is_date, roles_in, squash
from scraper.page.induce.articles.reporter import carded, named
from scraper.page.induce.articles.values import fits
from scraper.page.induce.articles.views import Told, View, agrees, bounds, inside_body
from scraper.page.induce.articles.ways import shared_way
from scraper.page.parts import Pick
from scraper.page.picks import pick

_LEADS = (
    r"(?:기자명|작성자|글쓴이|등록자|게시자|필자|기고자|취재|글\s?[·/]?\s?사진|사진\s?[·/]\s?글|글"
    r"|(?:written\s+|posted\s+)?by)"
)
LEAD = re.compile(rf"{_LEADS}(?:[\s:：_]|$)", re.IGNORECASE)
"""A word before a name."""
_LED_PATTERN = rf"(?i)^{_LEADS}[\s:：_]+([^\s_].{{0,39}})$"
_LONGEST_LED = 25
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_LEADS = ("글", "필자", "취재")
"""Of these words that begin many a sentence as well."""
_LED = re.compile(_LED_PATTERN)
_NAMED_PATTERN = r"^(\S.{0,18}?)\s+(?:19|20)?\d\d\s?[-./년]"
_NAMED = re.compile(_NAMED_PATTERN)
"""A name and, behind it, a stamp."""
_SAID_PATTERN = (
    r"(?i)^(?:posted\s+by\s+(?=.*\son\s)|(?=.*님[이의]\s.*(?:작성|등록|게시|올)))(\S.{0,18}?\S)(?:\s?님[이의]|\s+on)\s"
)
_SAID = re.compile(_SAID_PATTERN)
"""A line that says who and when: 최누리님이 2026-11-02 16:21에 작성함."""
_CATEGORY = re.compile(r"categ|(?:^|[_\s])(?:cate?|section|badge|flag|state|tag|level|grade|rank)(?:$|[_\s])")
_AUTHORS = re.compile(r"/(?:authors?|writers?|reporters?)/[^/?#]+/?(?:[?#]|$)")
_BARS = re.compile(r"\s[|│｜·ㆍ/]\s")


def find_byline(views: Sequence[View], role: Role) -> Told | None:
    """The way to author or hits on all pages by a line without labels; None when one has none or the list denies it."""
    for way_of in _WAYS.get(role, ()):
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
        if all(_is_right(view, each, role) for view, told in zip(views, found, strict=True) if told is not None):
            return Told((each,), 0.6, f"{role} by its place")
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
    each = Pick(select=way, pattern=rf"^{first[1]}[\s:：]+(.+?)(?:\s*(?:[|│｜]|[·ㆍ/]\s).*)?$")
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


def _is_right(view: View, each: Pick, role: Role) -> bool:
    picked = pick(view.scope, (each,), role)
    if picked is None or (role == "author" and name_in(picked.text) is None):
        return False
    known = None if view.row is None else view.row.author if role == "author" else view.row.hits
    return known is None or agrees(view, role, picked.text)


def _worded(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """기자명 최누리 · by 고도담 · 글 노을빛: a word before the name, in an element of their own. Where the word has
    one to itself the name may be long."""
    page = view.page
    for piece in head_lines(view):
        for at in word_spots(view, piece):
            text = line(page.spots[at].node)
            said = _SAID.match(text)
            if said is not None and holds_date(page, text) and is_name(view, said[1], strict=False):
                yield page.spots[at].node, _SAID_PATTERN
            match = _LED.match(text)
            if match is None or _YEAR.search(match[1]) or holds_date(page, match[1]):
                continue
            is_short = len(match[1]) <= _LONGEST_LED
            strict = text.split()[0] in _SHORT_LEADS
            if _is_apart(page, at, match[1]) or (is_short and is_name(view, match[1], strict=strict)):
                yield page.spots[at].node, _LED_PATTERN


def _is_apart(page: Outline, at: int, name: str) -> bool:
    """Whether the word before a name has an element to itself, and the name none: then it may be long."""
    words = [page.own[inner] for inner in range(at + 1, page.ends[at]) if page.own[inner]]
    return page.own[at] == name and len(words) == 1


def _linked(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """A link that leads to what its owner wrote, or is said to: <a href="/author/hgr">, <a rel=author>."""
    page = view.page
    for piece in head_lines(view):
        for at in range(piece.spot, page.ends[piece.spot]) if piece.linked else ():
            told = page.spots[at].node.attributes if page.spots[at].tag == "a" and page.own[at] else {}
            is_author = "author" in (told.get("rel") or "").split() or _AUTHORS.search(told.get("href") or "")
            if is_author and line(page.spots[at].node) == page.own[at] and is_name(view, page.own[at], strict=False):
                yield page.spots[at].node, None


def _parted(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """윤새별 | 2026.11.02 10:33 | 조회 391: the part before the date, else the one behind it."""
    for piece in head_lines(view):
        for at in word_spots(view, piece):
            text = line(view.page.spots[at].node)
            parts = [part for part in SPLIT.split(text) if part]
            dates = [place for place, part in enumerate(parts) if holds_date(view.page, part)]
            if len(parts) < 2 or not dates or not any(mark in text for mark in MARKS):
                continue
            for place in (*range(dates[0] - 1, -1, -1), *range(dates[0] + 1, len(parts))):
                if is_name(view, parts[place], strict=False):
                    yield view.page.spots[at].node, rf"(?i){before_part(place)}(?:{_LEADS}[\s:：]+)?({PART}++)"
                    break


def _beside_date(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """An element with nothing but a name, beside the one with the date."""
    page = view.page
    heading = view.start
    for piece in head_lines(view):
        at = piece.first
        if not is_date(piece.text, page.seen_at) and find_date(piece.text, page.seen_at) is None:
            continue
        around = page.spots[page.spots[at].up].at if page.spots[at].up >= 0 else at
        for holder in dict.fromkeys((piece.spot, around, page.spots[piece.spot].up)):
            if holder < 0 or len(line(page.spots[holder].node)) > LONGEST_LINE:
                continue
            name = page.own[holder] if holder == piece.spot else ""
            if name and is_name(view, name, strict=True) and _begins_with(piece.text, name):
                yield page.spots[holder].node, _NAMED_PATTERN
            is_lonely = _is_lonely(page, holder)
            for inner in range(holder + 1, page.ends[holder]):
                text = page.own[inner]
                if page.holds(holder, heading) and inner < heading:
                    continue  # a category
                if is_labelled_otherwise(page.spots[inner].node):
                    continue
                if any(_CATEGORY.search(page.spots[each].names) for each in list(page.around(inner))[:2]):
                    continue
                if page.spots[inner].tag in ("th", "dt", "button"):
                    continue  # a label that is not known, a tool
                is_nick = page.spots[inner].tag == "a" and opens_menu(page, inner)
                if (
                    text
                    and line(page.spots[inner].node) == text
                    and is_name(view, text, strict=not (is_nick or is_lonely))
                ):
                    yield page.spots[inner].node, None


def _begins_with(text: str, name: str) -> bool:
    """Whether a line is a name and a stamp behind it."""
    found = _NAMED.match(text)
    return found is not None and found[1] == name


def _is_lonely(page: Outline, holder: int) -> bool:
    """Whether of the elements in a line of facts, a stamp and counts with their labels, all but one are such."""
    parts = [page.own[at] for at in range(holder + 1, page.ends[holder]) if page.own[at]]
    stamps = [text for text in parts if is_date(text, page.seen_at)]
    counts = [text for text in parts if {role for role, _ in split_labels(text)} & {"hits", "comments", "votes"}]
    return len(stamps) == 1 and bool(counts) and len(parts) == len(stamps) + len(counts) + 1


_WAYS: dict[Role, tuple[Callable[[View], Iterator[tuple[LexborNode, str | None]]], ...]] = {
    "author": (_worded, _linked, _parted, _beside_date, named, carded),
    "hits": (find_counted,),
}
