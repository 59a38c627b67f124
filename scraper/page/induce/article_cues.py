"""What names, icons and shape alone tell of author, date and hits of a view page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scraper.korean.dates import read_date
from scraper.korean.labels import Role, name_in, role_of, split_labels
from scraper.korean.numbers import read_number
from scraper.page.document import line
from scraper.page.induce.article_byline import LEAD
from scraper.page.induce.article_company import REPORTER, SENTENCE, names_board
from scraper.page.induce.article_outline import is_date
from scraper.page.induce.article_views import View, bounds, holds_title, inside_body
from scraper.page.induce.facts import DATE

CUES: dict[Role, re.Pattern[str]] = {
    "author": re.compile(
        r"(?:^|_|\b)(?:\w*writer|\w*author|(?:view|post)?_?name|nick\w*|reporter|byline|member\w*|user(?:_?name)?)(?:$|_|\b)"
    ),
    "hits": re.compile(r"(?:^|_|\b)(?:hits?|views?_?(?:count|cnt)|views|read_?(?:count|cnt)?|eye|inquiry)(?:$|_|\b)"),
}
_LONGEST_LINE = 80
_DAY_AND_MONTH, _LONGEST_SPLIT = 3, 14


def looks(view: View, role: Role) -> Iterator[LexborNode]:
    first, body, _ = bounds(view)
    heading = view.start
    found: list[tuple[bool, int, LexborNode]] = []
    for at in range(first, min(body, _first_sentence(view))):
        spot = view.page.spots[at]
        if spot.is_aside or at == heading or view.page.holds(at, heading) or inside_body(view, at):
            continue
        if role == "date":
            own = view.page.own[at]
            is_split = not own and view.page.ends[at] - at == _DAY_AND_MONTH and _is_split_date(view, at)
            if is_split or (own and (_shows_date(view, line(spot.node)) or is_date(own, view.page.seen_at))):
                found.append((at < heading, abs(at - heading), spot.node))
            continue
        text = line(spot.node) if view.page.own[at] else _pictured(spot.node) if role == "author" else ""
        if not text or len(text) > 24 or role_of(text) is not None:
            continue
        near = list(view.page.around(at))[:2]
        called = any(CUES[role].search(view.page.spots[each].names) for each in near)
        called = called or any(role_of(_titled(view, each)) == role for each in near)
        if role == "hits" and called and read_number(text) is not None:
            found.append((at < heading, abs(at - heading), spot.node))
        if role == "author" and (called or REPORTER.fullmatch(text)) and may_be_name(view, text):
            found.append((at < heading, abs(at - heading), spot.node))
    yield from (node for _, _, node in sorted(found, key=lambda each: each[:2]))


def _is_split_date(view: View, at: int) -> bool:
    """Whether an element holds a day and a month in two elements, one of which is large."""
    text = line(view.page.spots[at].node)
    return len(text) < _LONGEST_SPLIT and read_date(text, view.page.seen_at) is not None


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


def _shows_date(view: View, text: str) -> bool:
    """Whether a text is a date, or a short line of facts with one date in it that no label takes for another."""
    if "~" in text or len(text) > _LONGEST_LINE:
        return False
    told = {role for role, _ in split_labels(text)}
    return is_date(text, view.page.seen_at) or (len(re.findall(DATE, text)) == 1 and "other" not in told)


def may_be_name(view: View, text: str) -> bool:
    if read_number(text) is not None or is_date(text, view.page.seen_at) or holds_title(view, text):
        return False
    if names_board(text):
        return False
    return name_in(text) is not None and LEAD.match(text) is None
