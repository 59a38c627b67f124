"""The picks for author, date and hits: by label first, by what the list knows second, by markup last. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role, name_in, role_of
from scraper.korean.numbers import read_number
from scraper.models import Row
from scraper.page.document import ancestors, line
from scraper.page.induce.article_byline import LEAD, find_byline, find_lead
from scraper.page.induce.article_company import REPORTER, SENTENCE, names_board
from scraper.page.induce.article_facts import shows_date
from scraper.page.induce.article_outline import is_date
from scraper.page.induce.article_selectors import roots_of, shared_way, ways_to
from scraper.page.induce.article_values import Value, image_labels
from scraper.page.induce.article_views import Told, View, agrees, bounds, byline_behind, holds_title, inside_body
from scraper.page.induce.facts import DATE
from scraper.page.induce.selectors import step, tag_of
from scraper.page.parts import Pick
from scraper.page.picks import pick

_CUES: dict[Role, re.Pattern[str]] = {
    "author": re.compile(
        r"(?:^|_|\b)(?:\w*writer|\w*author|(?:view|post)?_?name|nick\w*|reporter|byline|member\w*|user(?:_?name)?)(?:$|_|\b)"
    ),
    "hits": re.compile(r"(?:^|_|\b)(?:hits?|views?_?(?:count|cnt)|views|read_?(?:count|cnt)?|eye|inquiry)(?:$|_|\b)"),
}
_MOST_PARTS = 14
_CHANGED = re.compile(r"(?:^|[_\s])(?:updated?|modif\w*)(?:$|[_\s])")
"""What an element is called that tells when a post was changed; where no other date stands, when it was written."""
_LONGEST_LINE = 80
_LONGEST_WAY = 380
_QUOTABLE = re.compile(r"[\w .:-]+")
_BAR = r"\s*[|│｜ㅣ·ㆍ/]\s*"


def find_field(views: Sequence[View], role: Role) -> Told | None:
    """The way to one field on all pages; None when they do not show it, or nothing tells it for sure."""
    lead = find_lead(views) if role == "author" else None
    return (
        lead
        or _by_label(views, role, _in_head)
        or _by_row(views, role)
        or (find_byline(views, role) if role == "author" else None)
        or _by_look(views, role)
        or (find_byline(views, role) if role == "hits" and all(view.row is None for view in views) else None)
        or _by_label(views, role, _in_tail)
        or (_by_look(views, role, _looks_behind) if role == "author" else None)
    )


def _in_head(view: View, role: Role) -> list[Value]:
    """The labelled values of one field that stand between heading and body, or close before the heading."""
    first, body, _ = bounds(view)
    heading = view.start
    own = [value for value in view.values if value.role == role and not inside_body(view, value.spot)]
    head = [value for value in own if first <= value.spot < body or view.page.holds(value.spot, heading)]
    head.sort(key=lambda value: (value.spot < heading, abs(value.spot - heading)))
    known = [value for value in head if agrees(view, role, value.text)]
    return known or [value for value in head if not value.is_weak] or head


def _in_tail(view: View, role: Role) -> list[Value]:
    """The labelled value right behind the body; a list below has one in every row."""
    _, body, last = bounds(view)
    heading = view.start
    own = [
        value
        for value in view.values
        if value.role == role and value.spot > body and not inside_body(view, value.spot)
        and not view.page.holds(value.spot, heading)
    ]  # fmt: skip
    alone = len({value.text for value in own}) == 1
    return [value for value in own if alone and value.spot <= last and not value.is_weak]


def _by_label(views: Sequence[View], role: Role, where: Callable[[View, Role], list[Value]]) -> Told | None:
    """The selector of the labels; what it reads must be the value that was meant on every page."""
    wanted = [next(iter(where(view, role)), None) for view in views]
    first = next(((view, value) for view, value in zip(views, wanted, strict=True) if value is not None), None)
    if first is None or sum(value is None for value in wanted) * 2 > len(wanted):
        return None
    view, value = first
    spots = [each.spot for each in where(view, role) if each.text == value.text]  # also that of an element around it
    nodes = [view.page.spots[spot].node for spot in spots]
    for way, source in dict.fromkeys(way for node in nodes for way in _ways(node)):
        each = Pick(select=way, label=role, source=source)
        if all(_reads(other, each, role, told) for other, told in zip(views, wanted, strict=True)):
            weak = value.is_weak and not any(agrees(v, role, w.text) for v, w in zip(views, wanted, strict=True) if w)
            return Told((each,), 0.8 if weak else 1.0, f"{role} by its label")
    return None


def _ways(node: LexborNode) -> Iterator[tuple[str, str]]:
    """Selectors that find a label, and where in what they find its words stand."""
    if node.tag != "img":
        yield from ((way, "text") for way in _label_ways(node))
    for name, _ in image_labels(node) if node.tag == "img" else ():
        told = (node.attributes.get(name) or "").rpartition("/")[2]
        if _QUOTABLE.fullmatch(told) is not None:
            yield f"img[{name}$='{told}']", f"attr:{name}"


def _label_ways(node: LexborNode) -> Iterator[str]:
    """Selectors that find a label wherever it stands among its like; nearest surroundings first."""
    around = list(ancestors(node))[:9]
    roots = [root for outer in around for root in roots_of(outer)]
    yield from (f"{root} {tag_of(node)}" for root in roots)
    yield from (f"{root} {step(node)}" for root in roots if "." in step(node))
    if "." in step(node):
        yield step(node)
    yield tag_of(node)
    outer = around[0] if around else None
    if outer is not None:
        yield f"{tag_of(outer)} > {tag_of(node)}"
    yield from (way for way in ways_to(node) if len(way) < _LONGEST_WAY)


def _reads(view: View, each: Pick, role: Role, told: Value | None) -> bool:
    picked = pick(view.scope, (each,), role)
    if told is None:
        return picked is None
    return picked is not None and picked.text == told.text


def _by_row(views: Sequence[View], role: Role) -> Told | None:
    """The same place on all pages where what the list says stands."""
    if len(views) < 2 or any(view.row is None for view in views):
        return None
    places = [list(_places(view, role)) for view in views]
    known = [place for place in places if place]
    if len(known) < 2 or len(known) * 3 < len(views) * 2:
        return None
    nodes = [(view.root, place[0][0] if place else None) for view, place in zip(views, places, strict=True)]
    for at, place in enumerate(places):
        for node, _ in place[:3]:
            tried = [
                (root, node if index == at else next((each for each, _ in places[index] if each.tag == node.tag), None))
                for index, (root, _) in enumerate(nodes)
            ]
            if any(wanted is None and places[index] for index, (_, wanted) in enumerate(tried)):
                continue
            way = shared_way(tried)
            if way is None:
                continue
            for pattern in _patterns(node, views[at].row, role):
                each = Pick(select=way, pattern=pattern)
                if all(_says(view, each, role) for view, found in zip(views, places, strict=True) if found):
                    return Told((each,), 0.95, f"{role} where the list's stands")
        if place:
            break
    return None


def _says(view: View, each: Pick, role: Role) -> bool:
    picked = pick(view.scope, (each,), role)
    return picked is not None and agrees(view, role, picked.text)


def _places(view: View, role: Role) -> Iterator[tuple[LexborNode, str]]:
    """The elements of the head, or right behind the body, that say what the list says; whole ones first."""
    first, body, last = bounds(view)
    partly: list[tuple[LexborNode, str]] = []
    seen: set[int] = set()
    for piece in view.page.pieces:
        if not (first <= piece.spot < body or body < piece.spot <= last) or inside_body(view, piece.spot):
            continue
        inner = range(piece.spot, min(view.page.ends[piece.spot], piece.spot + 14)) if len(piece.text) < 160 else ()
        for at in inner:
            node = view.page.spots[at].node
            if at in seen or node.css_first("table") is not None:
                continue
            seen.add(at)
            text = line(node)
            if not text or len(text) > 160 or holds_title(view, text):
                continue
            if agrees(view, role, text):
                yield node, text
            elif role == "author" and view.row is not None and view.row.author and view.row.author in text:
                partly.append((node, text))
    yield from sorted(partly, key=lambda each: len(each[1]))


def _patterns(node: LexborNode, row: Row | None, role: Role) -> Iterator[str | None]:
    """None when the element says the value and no more; else expressions for its part of the line."""
    yield None
    if role == "author" and row is not None and row.author:
        yield rf"^(?:[^|│｜]*?\s)?by\s+(.+?)(?:{_BAR}|$)"
        yield rf"^(.+?){_BAR}"
        for skip in (1, 2, 3):
            yield rf"^(?:[^|│｜ㅣ·ㆍ/]*[|│｜ㅣ·ㆍ/]){{{skip}}}\s*([^|│｜ㅣ·ㆍ/]+?)\s*(?:[|│｜ㅣ·ㆍ/]|$)"
        yield r"^(.+?)\s+\d{2,4}\s?[-./년]"
        yield r"^(.+?)\s+기자"
        yield r"^\S+\s*[:：=]\s*(.+)$"
        yield r"^(.+?)(?:\s+\d|\s*님|\s*$)"
        yield r"^(.+?)\s*[(\[]"


def _by_look(
    views: Sequence[View], role: Role, looks: Callable[[View, Role], Iterator[LexborNode]] | None = None
) -> Told | None:
    """What markup alone tells: the only date of the head, an element that is called writer, a reporter's line."""
    looked = [next((looks or _looks)(view, role), None) for view in views]
    if sum(node is not None for node in looked) * 3 < len(views) * 2:
        return None
    way = shared_way([(view.root, node) for view, node in zip(views, looked, strict=True)], accept=lambda *_: False)
    if way is None:
        return None
    known = [view for view in views if view.row is not None]
    is_bare = role != "date" or all(node is None or is_date(line(node), views[0].page.seen_at) for node in looked)
    is_picture = all(node is None or node.tag == "img" for node in looked)
    each = Pick(select=way, pattern=None if is_bare else DATE, source="attr:alt" if is_picture else "text")
    if not is_bare and any(pick(view.scope, (each,), role) is None for view in views):
        return None
    if role != "date" and any(_disputes(view, each, role) for view in known):
        return None
    if role == "date" and any(view.row is not None and view.row.posted is not None and view.row.posted.date
                              and not _says(view, each, role) for view in known):  # fmt: skip
        return None
    return Told((each,), 0.85 if role == "date" else 0.6, f"{role} by its looks")


def _disputes(view: View, each: Pick, role: Role) -> bool:
    """Whether the list says something else."""
    known = view.row.author if role == "author" and view.row else view.row.hits if view.row else None
    return known is not None and not _says(view, each, role)


def _looks(view: View, role: Role) -> Iterator[LexborNode]:
    first, body, _ = bounds(view)
    heading = view.start
    found: list[tuple[bool, bool, int, LexborNode]] = []
    last = byline_behind(view)
    tail = range(last.spot, view.page.ends[last.spot]) if last is not None and role == "date" else ()
    for at in (*range(first, min(body, _first_sentence(view))), *tail):
        spot = view.page.spots[at]
        if spot.is_aside or at == heading or view.page.holds(at, heading) or inside_body(view, at):
            continue
        if role == "date":
            own = view.page.own[at]
            if own and (shows_date(line(spot.node), view.page.seen_at) or is_date(own, view.page.seen_at)):
                parts = view.page.spots[at : min(view.page.ends[at], at + _MOST_PARTS)]
                is_changed = any(_CHANGED.search(part.names) for part in parts)
                found.append((is_changed, at < heading, abs(at - heading), spot.node))
            continue
        text = line(spot.node) if view.page.own[at] else _pictured(spot.node) if role == "author" else ""
        if not text or len(text) > 24 or role_of(text) is not None:
            continue
        near = list(view.page.around(at))[:2]
        called = any(_CUES[role].search(view.page.spots[each].names) for each in near)
        called = called or any(role_of(_titled(view, each)) == role for each in near)
        if role == "hits" and called and read_number(text) is not None:
            found.append((False, at < heading, abs(at - heading), spot.node))
        if role == "author" and (called or REPORTER.fullmatch(text)) and _is_name(view, text):
            found.append((False, at < heading, abs(at - heading), spot.node))
    yield from (node for *_, node in sorted(found, key=lambda each: each[:3]))


def _looks_behind(view: View, role: Role) -> Iterator[LexborNode]:
    """The same beside the labelled date or count that stands behind the body."""
    page = view.page
    for value in (*_in_tail(view, "date"), *_in_tail(view, "hits")):
        for holder in list(page.around(value.spot))[1:3]:
            for at in range(holder, page.ends[holder]):
                is_called = _CUES[role].search(page.spots[at].names) is not None
                text = line(page.spots[at].node) if page.own[at] and is_called else ""
                if 0 < len(text) <= 24 and role_of(text) is None and _is_name(view, text):
                    yield page.spots[at].node


def _first_sentence(view: View) -> int:
    """The place where text begins that has no element of its own: a date in it is the writer's."""
    behind = view.page.pieces[view.heading + 1 :] if view.body is None else ()
    return next((piece.spot for piece in behind if SENTENCE.search(piece.text)), len(view.page.spots))


def _pictured(node: LexborNode) -> str:
    """The words of an image: the name of a writer who has one."""
    return (node.attributes.get("alt") or "").strip() if node.tag == "img" else ""


def _titled(view: View, at: int) -> str:
    told = view.page.spots[at].node.attributes
    return told.get("title") or told.get("alt") or ""


def _is_name(view: View, text: str) -> bool:
    if read_number(text) is not None or is_date(text, view.page.seen_at) or holds_title(view, text):
        return False
    if names_board(text):
        return False
    return name_in(text) is not None and LEAD.match(text) is None
