"""The title of posts that no line of their pages shows: what the window is called, without the site's name. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from scraper.models import Row
from scraper.page.article import unled
from scraper.page.calls import call_of
from scraper.page.document import line
from scraper.page.induce.articles.company import ends_in_board
from scraper.page.induce.articles.outline import Outline, squash
from scraper.page.induce.articles.title import Heading
from scraper.page.induce.check import is_same_title
from scraper.page.listing import is_cut, stem_of
from scraper.page.parts import Pick
from scraper.urls import join

_SHORTEST = 8
"""Characters of a title that is believed where no list tells it: a board's name is shorter."""
_SHARED = "meta[property='og:title']"
_NAMED = r"^(.+\S)\s+[-|:·>«]+\s+[^-|:·>«]+$"
"""A title before the name of the site."""
_PARTED = re.compile(r"\s+[-|:·>«]+\s+\S")


def window_title(
    pages: Sequence[Outline], rows: Sequence[Row | None], listed: Collection[int] = ()
) -> tuple[Pick, list[Heading]] | None:
    """How the titles of these posts are taken from their windows; None when those do not tell them, or all alike.
    ``listed`` are the elements of one page alone that are rows of a list on it."""
    windows = [_window(page) for page in pages]
    pattern = _after_titles(windows, rows) if all(rows) else _NAMED
    if pattern is None or (len(windows) > 1 and len(set(windows)) < len(windows)):
        return None
    found = [re.search(pattern, window) for window in windows]
    titles = [match[1] for match in found if match is not None]
    if len(titles) < len(pages) or not (all(rows) or _is_untold(pages[0], titles[0], listed)):
        return None if all(rows) else _shared_title(pages[0], listed)
    return Pick(select="title", pattern=pattern), [Heading(0, -1, title, 0.0, True) for title in titles]


def _shared_title(page: Outline, listed: Collection[int]) -> tuple[Pick, list[Heading]] | None:
    """What a page calls itself where it is shared, if it is an article and neither window nor site is called so."""
    metas = {node.attributes.get("property"): node.attributes.get("content") or "" for node in page.document.root.css(
        "meta[property^='og:']")}  # fmt: skip
    title = " ".join(metas.get("og:title", "").split())
    site = squash(metas.get("og:site_name", ""))
    if metas.get("og:type") != "article" or squash(title) in squash(_window(page)) or (site and site in squash(title)):
        return None
    if not _is_untold(page, title, listed):
        return None
    return Pick(select=_SHARED, source="attr:content"), [Heading(0, -1, title, 0.0, True)]


def shows_window_only(page: Outline, row: Row, headings: Sequence[Heading], listed: Collection[int]) -> bool:
    """Whether a post's title stands in its window and on the page in links to other pages at most, or in the rows of a
    list (``listed``)."""
    stem = squash(stem_of(row.title))
    if not stem or not squash(_window(page)).startswith(stem):
        return False
    return all(_leads_on(page, each.spot) or any(at in listed for at in page.around(each.spot)) for each in headings)


def full_title(pages: Sequence[Outline], rows: Sequence[Row | None], titles: Sequence[str]) -> tuple[Pick, ...]:
    """Where the titles of these pages stand whole that a view cuts or begins with a category: in their windows, or as
    the pages call themselves where they are shared. One page alone has to need it."""
    for select, source in (("title", "text"), (_SHARED, "attr:content")):
        told = [_called(page, select) for page in pages]
        needed = len(pages) > 1 or is_cut(titles[0]) or titles[0] not in told[0]
        for head, tail in _frames(told[0], titles[0]) if needed and all(told) else ():
            whole = [text[len(head) : len(text) - len(tail)] for text in told]
            framed = (text.startswith(head) and text.endswith(tail) for text in told)
            if all(framed) and all(map(_continues, whole, titles, rows)):
                return (Pick(select=select, source=source, pattern=rf"^{re.escape(head)}(.+){re.escape(tail)}$"),)
    return ()


def _called(page: Outline, select: str) -> str:
    node = page.document.tree.css_first(select)
    text = (node.attributes.get("content") or node.text()) if node is not None else ""
    return " ".join(text.split())


def _frames(told: str, title: str) -> Iterator[tuple[str, str]]:
    """What may stand before and behind the title in a text that tells it."""
    for text in (title, *unled(title)):
        stem = stem_of(text) if is_cut(text) else text
        at = told.find(stem) if len(stem) >= _SHORTEST else -1
        if at >= 0:
            behind = told[at + len(stem) :]
            parted = _PARTED.search(behind) if is_cut(text) else None
            yield told[:at], behind[parted.start() :] if parted is not None else "" if is_cut(text) else behind


def _continues(whole: str, title: str, row: Row | None) -> bool:
    """Whether a text is that title, or goes on where it is cut, or leaves out what leads it; and is the list's."""
    if row is not None and not is_same_title(row.title, whole):
        return False
    return any(squash(whole).startswith(squash(stem_of(each))) if is_cut(each) else squash(whole) == squash(each)
               for each in (title, *unled(title)))  # fmt: skip


def _leads_on(page: Outline, spot: int) -> bool:
    own = page.spots[spot].node.css_first("a[href], [onclick]")
    if own is not None and len(squash(line(own))) * 2 < len(squash(line(page.spots[spot].node))):
        own = None  # what leads to the board, before the title
    link = own or next((page.spots[at].node for at in page.around(spot) if page.spots[at].tag == "a"), None)
    href = (link.attributes.get("href") or "") if link is not None else ""
    if link is not None and (call_of(link) is not None or any(name.startswith("data-") for name in link.attributes)):
        return True
    return bool(href) and join(page.document.base, href, page.document.charset) != page.document.url


def _window(page: Outline) -> str:
    node = page.document.tree.css_first("title")
    return " ".join(node.text().split()) if node is not None else ""


def _after_titles(windows: Sequence[str], rows: Sequence[Row | None]) -> str | None:
    """An expression for what stands before the same words in each window; None where that is not what the rows say.
    Where the list cuts every title, those words are what all windows end with."""
    tails: set[str] = set()
    for window, row in zip(windows, rows, strict=True):
        if row is None or row.title_cut or is_cut(row.title):
            continue
        if not window.startswith(row.title):
            return None
        tails.add(window[len(row.title) :])
    if not tails:
        tails.update(_common_tail(windows))
    return rf"^(.+){re.escape(tails.pop())}$" if len(tails) == 1 else None


def _common_tail(windows: Sequence[str]) -> list[str]:
    """The name of the site, and what parts it from the title, when all windows end alike; none when they do not."""
    first = windows[0]
    tails = [first[parted.start() :] for parted in _PARTED.finditer(first)]
    return [tail for tail in tails if len(windows) > 1 and all(window.endswith(tail) for window in windows)][:1]


def _is_untold(page: Outline, title: str, listed: Collection[int]) -> bool:
    """Whether a title is long enough for a post's, and no line of the page outside the list says the same, unless it is
    a link: to the post itself, in a box of what is much read."""
    whole = squash(title)
    lines = [piece for piece in page.pieces if whole in squash(piece.text) and not piece.is_link]
    if len(whole) < _SHORTEST or ends_in_board(title):
        return False
    return all(any(at in listed for at in page.around(piece.spot)) for piece in lines)
