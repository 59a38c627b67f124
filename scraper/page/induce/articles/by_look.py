"""What markup alone tells of a post: the only date near its title, what is called writer, a reporter's line. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.korean.dates import read_date
from scraper.korean.labels import Role, name_in, role_of, split_labels
from scraper.korean.numbers import read_number
from scraper.page.document import line
from scraper.page.induce.articles.byline import LEAD
from scraper.page.induce.articles.company import REPORTER, SENTENCE, names_board
from scraper.page.induce.articles.labelled import in_tail
from scraper.page.induce.articles.lines import byline_behind
from scraper.page.induce.articles.outline import is_date, roles_in
from scraper.page.induce.articles.views import Told, View, bounds, holds_title, inside_body, says
from scraper.page.induce.articles.ways import shared_way
from scraper.page.induce.facts import DATE
from scraper.page.parts import Pick
from scraper.page.picks import pick

_CUES: dict[Role, re.Pattern[str]] = {
    "author": re.compile(
        r"(?:^|_|\b)(?:\w*writer|(?<![\w-])write(?![\w-])|\w*author|(?:view|post)?_?name|nick\w*|reporter|byline|member\w*|user(?:_?name)?)(?:$|_|\b)"
    ),
    "hits": re.compile(r"(?:^|_|\b)(?:hits?|views?_?(?:count|cnt)|views|read_?(?:count|cnt)?|eye|inquiry)(?:$|_|\b)"),
}
_NICK = re.compile(r"(?:^|[\s_-])nick|(?:user|writer|author)_?name")
"""What a button is called that is the writer's name, and opens a menu."""
_ADDRESS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9x*]{1,3}){3}(?![0-9.])")
"""Where a visitor wrote from: 203.0.113.8."""
_MOST_PARTS = 14
_CHANGED = re.compile(r"(?:^|[_\s])(?:updated?|modif\w*)(?:$|[_\s])")
"""What an element is called that tells when a post was changed; where no other date stands, when it was written."""
_LONGEST_LINE = 80
_WHOLE = re.compile(r"[0-9]{1,4}\s*[-./년]\s*[0-9]{1,2}")
"""A date, with a month and more."""
_MENU = 3
"""So many elements above the title that are called alike are the entries of a menu."""
_CLOSE, _MOST_BESIDE = 2, 20
"""How many elements around a heading hold it closely, and how many elements such a one has at most."""
_DAY_AND_MONTH, _LONGEST_SPLIT = 3, 14


def by_look(
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
                              and not says(view, each, role) for view in known):  # fmt: skip
        return None
    stamped = _stamped(way, looked, views[0].page.seen_at) if role == "date" else ()
    return Told((*stamped, each), 0.85 if role == "date" else 0.6, f"{role} by its looks")


def _stamped(way: str, nodes: Sequence[LexborNode | None], seen_at: datetime) -> tuple[Pick, ...]:
    """The whole time that an attribute tells, where the words beside it say only how long ago that was."""
    found = [node for node in nodes if node is not None]
    if all(_WHOLE.search(line(node)) for node in found):
        return ()
    for name in ("datetime", "title"):
        told = [read_date(node.attributes.get(name) or "", seen_at) for node in found]
        if all(stamp is not None and stamp.at is not None for stamp in told):
            return (Pick(select=way, source=f"attr:{name}"),)
    return ()


def _disputes(view: View, each: Pick, role: Role) -> bool:
    """Whether the list says something else."""
    known = view.row.author if role == "author" and view.row else view.row.hits if view.row else None
    return known is not None and not says(view, each, role)


def _looks(view: View, role: Role) -> Iterator[LexborNode]:
    first, body, _ = bounds(view)
    heading = view.start
    found: list[tuple[bool, bool, int, LexborNode]] = []
    last = byline_behind(view)
    tail = range(last.spot, view.page.ends[last.spot]) if last is not None and role == "date" else ()
    above = Counter((spot.tag, spot.names) for spot in view.page.spots[first:heading])
    for at in (*range(first, min(body, _first_sentence(view))), *tail):
        spot = view.page.spots[at]
        if spot.is_aside or at == heading or view.page.holds(at, heading) or inside_body(view, at):
            continue
        if role == "date":
            own = view.page.own[at]
            is_split = not own and view.page.ends[at] - at == _DAY_AND_MONTH and _is_split_date(view, at)
            if is_split or (own and (_shows_date(view, line(spot.node)) or is_date(own, view.page.seen_at))):
                parts = view.page.spots[at : min(view.page.ends[at], at + _MOST_PARTS)]
                is_changed = any(_CHANGED.search(part.names) for part in parts)
                found.append((is_changed, at < heading, abs(at - heading), spot.node))
            continue
        text = line(spot.node) if view.page.own[at] else _pictured(spot.node) if role == "author" else ""
        if not text or len(text) > 24 or role_of(text) is not None:
            continue
        if role == "author" and set(roles_in(text)) - {role}:
            continue  # 추천 3
        near = list(view.page.around(at))[:2]
        if any(
            spot.tag == "button" and not _NICK.search(spot.names) for spot in map(view.page.spots.__getitem__, near)
        ):
            continue
        named = [each for each in map(view.page.spots.__getitem__, near) if _CUES[role].search(each.names)]
        called = bool(named) and (at > heading or any(above[each.tag, each.names] < _MENU for each in named))
        called = called or (role == "hits" and "view" in spot.names.split())
        called = called or any(role_of(_titled(view, each)) == role for each in near)
        if role == "hits" and called and read_number(text) is not None:
            found.append((False, at < heading, abs(at - heading), spot.node))
        if role == "author" and (called or REPORTER.fullmatch(text)) and _is_name(view, text):
            found.append((False, at < heading, abs(at - heading), spot.node))
    yield from (node for *_, node in sorted(found, key=lambda each: each[:3]))


def looks_beside(view: View, role: Role) -> Iterator[LexborNode]:
    """The same from the heading on, or before it in what holds the heading closely: such a date is none of the site."""
    page = view.page
    holders = [at for at in list(page.around(view.start))[1 : 1 + _CLOSE] if page.ends[at] - at <= _MOST_BESIDE]
    for node in _looks(view, role):
        at = page.places[node.mem_id]
        if at > view.start or any(page.holds(holder, at) for holder in holders):
            yield node


def looks_behind(view: View, role: Role) -> Iterator[LexborNode]:
    """The same beside the labelled date or count that stands behind the body."""
    page = view.page
    for value in (*in_tail(view, "date"), *in_tail(view, "hits")):
        for holder in list(page.around(value.spot))[1:3]:
            for at in range(holder, page.ends[holder]):
                is_called = _CUES[role].search(page.spots[at].names) is not None
                text = line(page.spots[at].node) if page.own[at] and is_called else ""
                if 0 < len(text) <= 24 and role_of(text) is None and _is_name(view, text):
                    yield page.spots[at].node


def _is_split_date(view: View, at: int) -> bool:
    """Whether an element holds a day and a month in two elements, one of which is large."""
    text = line(view.page.spots[at].node)
    return len(text) < _LONGEST_SPLIT and read_date(text, view.page.seen_at) is not None


def _first_sentence(view: View) -> int:
    """The place where text begins that has no element of its own: a date in it is the writer's."""
    behind = view.page.pieces[view.heading + 1 :] if view.body is None else ()
    return next((piece.first for piece in behind if SENTENCE.search(piece.text)), len(view.page.spots))


def _pictured(node: LexborNode) -> str:
    """The words of an image: the name of a writer who has one."""
    return (node.attributes.get("alt") or "").strip() if node.tag == "img" else ""


def _titled(view: View, at: int) -> str:
    told = view.page.spots[at].node.attributes
    return told.get("title") or told.get("alt") or ""


def _shows_date(view: View, text: str) -> bool:
    """Whether a text is a date, or a short line of facts with one date in it that no label takes for another."""
    if "~" in text or len(text) > _LONGEST_LINE:
        return False
    told = {role for role, _ in split_labels(text)}
    text = _ADDRESS.sub("", text)
    return is_date(text, view.page.seen_at) or (len(re.findall(DATE, text)) == 1 and "other" not in told)


def _is_name(view: View, text: str) -> bool:
    if read_number(text) is not None or is_date(text, view.page.seen_at) or holds_title(view, text):
        return False
    if names_board(text):
        return False
    return name_in(text) is not None and LEAD.match(text) is None
