"""The reporter whose name begins or ends the text of a post itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scraper.page.document import line
from scraper.page.induce.article_company import REPORTER
from scraper.page.induce.article_views import View

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
