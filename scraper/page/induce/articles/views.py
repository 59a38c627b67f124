"""One view page as far as it is understood, and how a field of it is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import Role
from scraper.korean.lines import is_end
from scraper.korean.numbers import read_number
from scraper.models import Row
from scraper.page.induce.articles.outline import Outline, squash
from scraper.page.induce.articles.values import Value
from scraper.page.parts import Pick
from scraper.page.picks import Scope, pick

_BEFORE = 10
_HEAD = 40
_BEHIND = 14


@dataclass(frozen=True, slots=True)
class View:
    """One page as far as it is understood: where its heading and its body stand."""

    page: Outline
    values: tuple[Value, ...]
    heading: int
    """The line of the heading; -1 where the page shows no title."""
    body: LexborNode | None
    row: Row | None
    outside: frozenset[int] = frozenset()
    """The ``mem_id`` of elements inside the body that are none of it."""
    rows: frozenset[int] = frozenset()
    """The elements that are rows of a list on the page: what they tell is of other posts."""

    @property
    def root(self) -> LexborNode:
        return self.page.document.root

    @property
    def start(self) -> int:
        """The block of the heading; where there is none, the whole page."""
        return self.page.pieces[self.heading].spot if self.heading >= 0 else 0

    @property
    def scope(self) -> Scope:
        return Scope(self.root, self.page.document.url, body=self.body, outside=self.outside)


@dataclass(frozen=True, slots=True)
class Told:
    """How a field is read: its picks, how sure that is (1 by label, less by place), and why."""

    picks: tuple[Pick, ...]
    trust: float
    why: str


def inside_body(view: View, spot: int) -> bool:
    """Whether an element stands in the body, and in nothing there that is none of it."""
    start = view.page.places.get(view.body.mem_id) if view.body is not None else None
    if start is None or not view.page.holds(start, spot):
        return False
    return not any(view.page.spots[at].node.mem_id in view.outside for at in view.page.around(spot) if at > start)


def bounds(view: View) -> tuple[int, int, int]:
    """The places where the head begins, where the body begins, and where what follows it closely ends."""
    pieces = view.page.pieces
    first = pieces[max(0, view.heading - _BEFORE)].spot
    body = view.page.places.get(view.body.mem_id) if view.body is not None else None
    if body is None:
        return first, pieces[min(len(pieces) - 1, view.heading + _HEAD)].first + 1, 0
    behind: list[int] = []
    for piece in pieces:
        if piece.spot >= view.page.ends[body]:
            if is_end(piece.text) or len(behind) >= _BEHIND:
                break
            behind.append(piece.spot)
    return first, body, behind[-1] if behind else view.page.ends[body] - 1


def agrees(view: View, role: Role, text: str) -> bool:
    """Whether a text is what the list says of that field; hits may have grown."""
    row = view.row
    if row is None:
        return False
    if role == "author":
        return row.author is not None and squash(row.author) == squash(text)
    if role == "date":
        stamp = read_date(text, view.page.seen_at) or find_date(text, view.page.seen_at)
        return bool(row.posted is not None and row.posted.date and stamp is not None and stamp.date == row.posted.date)
    number = read_number(text)
    return row.hits is not None and number is not None and row.hits <= number <= row.hits + 50 + row.hits // 5


def holds_title(view: View, text: str) -> bool:
    """Whether a text holds the title."""
    return view.heading >= 0 and squash(view.page.pieces[view.heading].text) in squash(text)


def says(view: View, each: Pick, role: Role) -> bool:
    """Whether a pick reads what the list says of that field."""
    picked = pick(view.scope, (each,), role)
    return picked is not None and agrees(view, role, picked.text)
