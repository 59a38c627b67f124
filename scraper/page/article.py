"""Reading one post's view: Document and Layout to Article. Pure.

What the view does not have is None; it is never filled from somewhere else. Raises LayoutChanged when the
article itself is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.errors import LayoutChanged
from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import may_speak, name_in
from scraper.korean.lines import is_end, is_tool
from scraper.korean.numbers import read_number
from scraper.models import Article, Stamp
from scraper.page.beside import element_before
from scraper.page.document import Document, block, head, ids, inner_html, line, place_among, same
from scraper.page.files import is_labelled, read_files, read_images
from scraper.page.links import read_key
from scraper.page.listing import is_cut, stem_of
from scraper.page.parts import ArticlePart, Layout
from scraper.page.picks import Scope, led_by, pick, remarked
from scraper.urls import join

_LONGEST_AUTHOR = 200
_NEIGHBOUR = re.compile(r"\.{2,}")
_LED = re.compile(r"(?:([^|]{1,30}?) \| |\[([^\]]{1,30})\] |[^›»]{1,30}? [›»] )(?=\S)")
"""A category as skins put it before a title: "사설 | …", "[사설] …"; or the path to the board: "오피니언 › …"."""


def read_article(document: Document, layout: Layout, seen_at: datetime) -> Article:
    """One view page. Raises LayoutChanged when its scope, its title or its body has gone."""
    part = layout.article
    scope = find_scope(document, part)
    if scope is None:
        wanted = part.scope or f"a cell labelled {part.anchor}"
        raise LayoutChanged(document.url, wanted, "at least one", "0")
    if not any(each.after for each in part.body):
        body = _body(document, part, scope)
        scope = replace(scope, body=body, outside=_dropped(part, body))
    author = pick(scope, part.author, "author")  # first: a title may stand after the author
    title, cut, before = _title(document, part, scope)
    if title is None:
        raise LayoutChanged(document.url, _shown(part.title), "a title", "none")
    if any(each.after or each.before for each in part.author):
        author = pick(scope, part.author, "author")  # or the author after the title
    category = pick(scope, part.category, "category")
    hits = pick(scope, part.hits, "hits")
    body = scope.body or _body(document, part, scope)
    dropped = _dropped(part, body)
    return Article(
        key=_key(document, layout, scope),
        title=title,
        title_cut=cut,
        author=name_in(author.text, _LONGEST_AUTHOR) if author else None,
        posted=_date(part, scope, seen_at),
        hits=read_number(hits.text) if hits else None,
        category=category.text.strip("[]() ") or None if category else before,
        body_text=block(body, dropped) if body is not None else None,
        body_html=inner_html(body) if body is not None else None,
        attachments=(*read_files(document, layout, scope), *read_images(document, layout, scope, body)),
    )


def _dropped(part: ArticlePart, body: LexborNode | None) -> frozenset[int]:
    """The elements of a body that are left out of its text: a selector may find the body itself, which is none."""
    if body is None or not part.body_drop:
        return frozenset()
    return ids([inner for selector in part.body_drop for inner in body.css(selector)]) - {body.mem_id}


def find_scope(document: Document, part: ArticlePart) -> Scope | None:
    """The element that holds the article, with its cells; None when the page shows no article."""
    if part.scope is None:
        return Scope(document.root, document.url, part.cells)
    for node in document.root.css(part.scope):
        scope = Scope(node, document.url, part.cells)
        if part.anchor is None:
            return scope
        if any(is_labelled(line(cell), part.anchor) for cell in scope.cells if cell.css_first("table") is None):
            return scope
    return None


def _shown(picks: Sequence[object]) -> str:
    first = picks[0] if picks else None
    return str(getattr(first, "select", None) or getattr(first, "after", None) or "title")


def _title(document: Document, part: ArticlePart, scope: Scope) -> tuple[str | None, bool, str | None]:
    """The title, whether it is cut, and a category that stands before it: told by where the whole title stands."""
    picked = pick(scope, part.title, "title")
    if picked is None:
        return None, False, None
    title = picked.text
    for each in part.title_full:
        full = pick(Scope(document.tree.root or scope.node, document.url), (each,), "title_full")
        for text, before in ((title, None), *_led(title)) if full is not None else ():
            if full is not None and text and full.text.startswith(stem_of(text)):
                whole = full.text if is_cut(text) and len(full.text) > len(stem_of(text)) else text
                return whole, is_cut(whole), before
    return title, is_cut(title), None


def unled(title: str) -> list[str]:
    """What a title may be without the category, or the path to its board, that stands before it."""
    return [text for text, _ in _led(title)]


def _led(title: str) -> list[tuple[str, str | None]]:
    """The same, with the category that each leaves out."""
    found: list[tuple[str, str | None]] = []
    while (led := _LED.match(title)) is not None:
        title = title[led.end() :]
        found.append((title, led[1] or led[2]))
    return found


def _key(document: Document, layout: Layout, scope: Scope) -> str | None:
    picked = pick(scope, layout.article.key, "key")
    if picked is None:
        return read_key(layout.identity.key, document.url, None, None)
    text = picked.text
    if "/" in text or "?" in text:
        return read_key(layout.identity.key, join(document.base, text, document.charset), None, None)
    return text


def _date(part: ArticlePart, scope: Scope, seen_at: datetime) -> Stamp | None:
    picked = pick(scope, part.date, "date")
    if picked is None:
        return None
    stamp = read_date(picked.text, seen_at)
    return stamp if stamp is not None else find_date(picked.text, seen_at)


def _body(document: Document, part: ArticlePart, scope: Scope) -> LexborNode | None:
    """The element of the body. A layout that names one by a selector must find it; by shape it may be missing."""
    picked = None
    for each in part.body:
        nodes: Iterable[LexborNode] = ()
        if each.after is not None:
            start = scope.found.get(each.after)
            place = place_among(scope.cells, start)
            rest = scope.cells[place + 1 :] if place is not None else ()
            nodes = (cell for cell in rest if line(cell) or cell.css_first("img[src]"))
        elif each.select is not None:
            nodes = scope.node.css(each.select)
        elif each.remark is not None:
            nodes = remarked(scope.node, each.remark)
        picked = first_body(nodes)
        if picked is not None:
            break
    if picked is None:
        if any((each.select or each.remark) and each.count != "optional" for each in part.body):
            wanted = part.body[0].select or f"the comment {part.body[0].remark}"
            raise LayoutChanged(document.url, wanted, "at least one", "0")
        return None
    by_shape = all(each.after is not None for each in part.body)
    if by_shape:
        text = head(picked)
        if _NEIGHBOUR.fullmatch(text) or is_labelled(text, "files"):
            return None
    return picked


def first_body(nodes: Iterable[LexborNode]) -> LexborNode | None:
    """Of the elements that may be the body the first, but for empty ones, files that stand before another, and pictures
    right before one with text that may be the body's."""
    first = pictured = None
    for node in nodes:
        first = node if first is None else first
        text = head(node)
        if pictured is not None and not (text and same(element_before(node), pictured) and not _is_over(node)):
            return pictured
        if (text or node.css_first("img[src]") is not None) and not _holds_files(node, text):
            if text:
                return node
            pictured = node
    return pictured or first


def _is_over(node: LexborNode) -> bool:
    """Whether an element opens with what only stands beside a body: 댓글 0, buttons to share it."""
    first = (block(node) or "").partition("\n")[0]
    return is_end(first) or is_tool(first)


def _holds_files(node: LexborNode, text: str) -> bool:
    """Whether an element begins with 첨부파일, or stands beside it in a row. ``text`` is its head."""
    if may_speak(node.text(deep=True), "files") and (is_labelled(text, "files") or led_by(node, "files")):
        return True
    beside = element_before(node) if node.tag in ("td", "dd") else None
    return beside is not None and is_labelled(line(beside)[:40], "files")
