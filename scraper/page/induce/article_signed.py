"""Who wrote and when, as the text of a post itself tells, or what stands right behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role
from scraper.page.document import line
from scraper.page.induce.article_company import REPORTER
from scraper.page.induce.article_outline import is_date
from scraper.page.induce.article_views import View, bounds, inside_body

_LEADING = re.compile(rf"^[\[(【<]?\s*[가-힣A-Za-z·.\s]{{1,20}}=[^\])】>=]{{1,20}}[\])】>]?\s*({REPORTER.pattern})\s*=")
"""Before the first words: [늘봄=들녘통신] 박나루 기자 = …"""
_LAST = re.compile(
    rf"(?:^|[.?!”\"'’)\]/=·ⓒ]\s*)({REPORTER.pattern})(?:\s*[/=(\[<|]?\s*[\w.+-]+@[\w.-]+\s*[)\]>]?)?\s*$"
)
"""Behind the last: … 말했다. 정다솜 기자 (dasom@paper.example)"""


def signed(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """The body with an expression for the reporter's name in it."""
    text = line(view.body) if view.body is not None else ""
    for pattern in (_LEADING, _LAST):
        if view.body is not None and pattern.search(text) is not None:
            yield view.body, pattern.pattern


def dated_behind(view: View, role: Role) -> Iterator[LexborNode]:
    """The one line right behind the body that is a stamp and no more, where the reporter is named as well."""
    if role != "date":
        return
    _, body, last = bounds(view)
    behind = [piece for piece in view.page.pieces if body < piece.spot <= last and not inside_body(view, piece.spot)]
    dated = [piece for piece in behind if is_date(piece.text, view.page.seen_at) and ":" in piece.text]
    if len(dated) == 1 and any(REPORTER.match(piece.text) for piece in behind):
        yield view.page.spots[dated[0].first].node
