"""The reporter who signs a post, and when: near its title, or in a card behind its text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date
from scraper.korean.labels import Role
from scraper.korean.lines import is_neighbour
from scraper.page.document import line
from scraper.page.induce.articles.company import REPORTER
from scraper.page.induce.articles.ends import leads_on
from scraper.page.induce.articles.lines import head_lines, word_spots
from scraper.page.induce.articles.outline import is_date, squash
from scraper.page.induce.articles.talk import find_talk
from scraper.page.induce.articles.views import View, bounds, inside_body

_REPORTED = re.compile(rf"^(?:\([^)]{{1,20}}\)\s*|(?:글|취재|기사)\s?(?:[·/,]\s?사진)?\s+)?({REPORTER.pattern})")
"""A reporter at the start of a line, perhaps behind a place or a word: (늘봄=들녘통신) 박나루 기자, 글 최누리 기자."""
_DATED = re.compile(rf"[\d\])]\s+({REPORTER.pattern})$")
"""A reporter at the end of a line, behind a stamp: 기사입력 2026-11-02 10:33 최누리 기자."""
_OF_PAPER = re.compile(rf"(?:[가-힣A-Za-z0-9]{{2,12}}\s)?{REPORTER.pattern}")
"""A reporter, perhaps behind the name of the paper: 들녘방송 최누리 기자."""
_BEHIND = 24
"""So many lines behind the body may hold the reporter's card."""


def named(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """한가람 기자, 한가람 기자 hgr@paper.example, or the name beside the word in an element of its own."""
    for piece in head_lines(view):
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
        if _DATED.search(piece.text) and find_date(piece.text, view.page.seen_at) is not None:
            for at in word_spots(view, piece):
                if _DATED.search(line(spots[at].node)):
                    yield spots[at].node, _DATED.pattern
        for at in word_spots(view, piece):
            if _OF_PAPER.fullmatch(line(spots[at].node)) is not None:
                yield spots[at].node, None


def carded(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """The reporter's card behind the body of a page that names no other reporter there."""
    page = view.page
    start = page.places.get(view.body.mem_id) if view.body is not None else None
    within = [at for at, piece in enumerate(page.pieces) if inside_body(view, piece.spot)]
    first = within[-1] + 1 if within else len(page.pieces)  # it may stand in the body's element and be none of it
    places = range(first, len(page.pieces)) if start is not None else range(0)
    talk = find_talk(page, view.start)
    others = talk | view.rows
    ended = (
        at
        for at in places
        if is_neighbour(page.pieces[at].text)
        or leads_on(page, at)
        or not others.isdisjoint(page.around(page.pieces[at].spot))
    )
    last = next(ended, len(page.pieces))
    behind = [page.pieces[at] for at in places[:_BEHIND] if at < last]
    named = [(piece, match[1]) for piece in behind if (match := _REPORTED.match(piece.text)) is not None]
    if len({squash(name) for _, name in named}) != 1:
        return
    piece = named[0][0]
    for at in word_spots(view, piece):
        if REPORTER.fullmatch(line(page.spots[at].node)) is not None:
            yield page.spots[at].node, None
    if squash(line(page.spots[piece.spot].node)) == squash(piece.text):
        yield page.spots[piece.spot].node, _REPORTED.pattern


def dated_behind(view: View, role: Role) -> Iterator[LexborNode]:
    """The one line right behind the body that is a stamp and no more, where the reporter is named as well."""
    if role != "date":
        return
    _, body, last = bounds(view)
    behind = [piece for piece in view.page.pieces if body < piece.spot <= last and not inside_body(view, piece.spot)]
    dated = [piece for piece in behind if is_date(piece.text, view.page.seen_at) and ":" in piece.text]
    if len(dated) == 1 and any(REPORTER.match(piece.text) for piece in behind):
        yield view.page.spots[dated[0].first].node
