"""How far a page calls its post what a line says: in the window's title, in og:title. Pure."""

from __future__ import annotations

import re
from itertools import product

from scraper.page.article import unled
from scraper.page.induce.articles.company import names_board
from scraper.page.induce.articles.outline import Outline, squash
from scraper.page.listing import is_cut, stem_of

_PARTS = re.compile(r"\s+(?:::|[-–—|│｜<>›»:·])\s+")
"""What parts the name of a post from those of its board and its site."""
_OPENS = 1.5
"""What it speaks for a short line that the window's title opens with it."""


def meta(page: Outline, selector: str) -> str:
    """What a page says of itself in its head."""
    node = page.document.root.css_first(selector)
    return " ".join((node.attributes.get("content") or "").split()) if node is not None else ""


def called_so(text: str, og: str, window: str) -> float:
    """How far the page's own title (``window``) and its og:title say what a line says, perhaps without a category
    before it."""
    score, owns = 0.0, [own for each in (text, *unled(text)) if len(own := squash(each)) > 3]
    for own, told in product(owns, filter(None, (og, window))):
        whole = squash(told)
        stem = squash(stem_of(told)) if is_cut(told) else ""
        if own == whole:
            score = max(score, 4.0 if told is og or len(own) > 9 else 1.5)
        elif whole.startswith(own) and len(own) >= 8:
            score = max(score, 3.5)
        elif own in whole and len(own) >= 8:
            score = max(score, 2.5)
        elif own == squash(_PARTS.split(told, maxsplit=1)[0]) and not names_board(text):
            score = max(score, _OPENS)
        elif len(stem) > 8 and own.startswith(stem):
            score = max(score, 3.5)
    return score
