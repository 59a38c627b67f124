"""Lines of facts around the title of a view page, without labels, and their parts: 윤새별 | 2026.11.02 | 391. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from scraper.korean.labels import role_of
from scraper.page.document import line
from scraper.page.induce.articles.company import SENTENCE
from scraper.page.induce.articles.outline import Piece, squash
from scraper.page.induce.articles.views import View, holds_title, inside_body

_HARD, _SOFT = "|│｜ㅣ∣", "·ㆍ/•"
MARKS = _HARD + _SOFT
PART = rf"(?:[^{MARKS}]|(?<=\d)[{_SOFT}](?=\d))"
SPLIT = re.compile(rf"\s*[{_HARD}]\s*|\s*(?<!\d)[{_SOFT}]\s*|\s*[{_SOFT}](?!\d)\s*|\s{{3,}}")
LONGEST_LINE = 90
_CLOSE = 3
_BY = re.compile(r"(?:글쓴이|작성자|(?:written\s+|posted\s+)?by)[\s:：]", re.IGNORECASE)
_BEFORE = 3
"""So many lines before the title may hold its facts."""


def head_lines(view: View) -> Iterator[Piece]:
    """The lines between title and body, and a few before the title; what stands after it first."""
    body = view.page.places.get(view.body.mem_id) if view.body is not None else None
    rest = view.page.pieces
    behind = [piece for piece in rest[view.heading + 1 :] if body is None or piece.spot < body]
    before = rest[max(0, view.heading - _BEFORE) : max(0, view.heading)]
    last = byline_behind(view)
    for piece in (*behind[:20], *reversed(before), *([last] if last is not None else [])):
        if len(piece.text) <= LONGEST_LINE and not inside_body(view, piece.spot):
            if body is None and SENTENCE.search(piece.text):
                return
            if not view.page.spots[piece.spot].is_aside and not holds_title(view, piece.text):
                yield piece


def byline_behind(view: View) -> Piece | None:
    """The line right behind the body that begins as one by a writer: By 최누리 | 2026-11-02."""
    body = view.page.places.get(view.body.mem_id) if view.body is not None else None
    if body is None:
        return None
    behind = islice((piece for piece in view.page.pieces if piece.spot >= view.page.ends[body]), _CLOSE)
    return next((piece for piece in behind if _BY.match(piece.text) and len(piece.text) <= LONGEST_LINE), None)


def word_spots(view: View, piece: Piece) -> Iterator[int]:
    """The elements of a line that hold words themselves, and the one around all of them."""
    page = view.page
    whole = squash(line(page.spots[piece.spot].node)) == squash(piece.text)
    yield from [piece.spot] * whole
    yield from (at for at in range(piece.spot + 1, page.ends[piece.spot]) if page.own[at])


def before_part(place: int) -> str:
    """An expression for so many parts of a line, from its start."""
    return rf"^[\s{MARKS}]*+" + rf"{PART}++[{MARKS}][\s{MARKS}]*+" * place


def is_labelled_otherwise(node: LexborNode) -> bool:
    """Whether the element before one is a label of something else than an author."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before is not None and role_of(line(before)) not in (None, "author")
