"""The picks for author, date and hits: by label first, by what the list knows second, by markup last. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role
from scraper.models import Row
from scraper.page.document import line
from scraper.page.induce.articles.by_look import by_look, looks_behind, looks_beside
from scraper.page.induce.articles.byline import find_byline, find_lead
from scraper.page.induce.articles.labelled import by_label, in_head, in_tail
from scraper.page.induce.articles.reporter import dated_behind
from scraper.page.induce.articles.views import Told, View, agrees, bounds, holds_title, inside_body, says
from scraper.page.induce.articles.ways import shared_way
from scraper.page.parts import Pick

_WAYS_BEHIND = {"author": looks_behind, "date": dated_behind}
_BAR = r"\s*[|│｜ㅣ·ㆍ/]\s*"


def find_field(views: Sequence[View], role: Role) -> Told | None:
    """The way to one field on all pages; None when they do not show it, or nothing tells it for sure."""
    lead = find_lead(views) if role == "author" else None
    return (
        lead
        or by_label(views, role, in_head)
        or _by_row(views, role)
        or (find_byline(views, role) if role == "author" else None)
        or (by_look(views, role, looks_beside) if role == "date" else by_look(views, role))
        or (find_byline(views, role) if role == "hits" and all(view.row is None for view in views) else None)
        or by_label(views, role, in_tail)
        or (by_look(views, role) if role == "date" else None)
        or (by_look(views, role, _WAYS_BEHIND[role]) if role in _WAYS_BEHIND else None)
    )


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
                if all(says(view, each, role) for view, found in zip(views, places, strict=True) if found):
                    return Told((each,), 0.95, f"{role} where the list's stands")
        if place:
            break
    return None


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
