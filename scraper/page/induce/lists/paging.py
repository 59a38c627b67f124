"""What leads to further pages: the element around the pager, named, and ways to try where none is read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.models import Listing
from scraper.page.document import Document, ancestors, same
from scraper.page.induce.selectors import selector_of
from scraper.page.links import own_names
from scraper.page.listing import read_listing
from scraper.page.pager import Controls, read_controls
from scraper.page.parts import Layout
from scraper.page.steps import OFFSETS, PARAMS, Rule

_MOST_GUESSED = 3
_FEWEST = 2
"""So many pages must read the same: one alone does not tell what changes from page to page."""


def with_pager_named(layout: Layout, pages: Sequence[Document], seen_at: datetime) -> Layout:
    """The layout with the element around the pager, where an id or a class tells it and all these list pages read the
    same with it; else the layout itself.

    Raises PageError when the layout does not read one of them.
    """
    if len(pages) < _FEWEST or layout.pages.scope is not None:
        return layout
    for outer in _around_controls(pages[0], layout):
        selector = selector_of(pages[0].root, outer)
        if selector is not None and _is_lasting(selector):
            named = replace(layout, pages=replace(layout.pages, scope=selector))
            if all(_reads_alike(page, layout, named, seen_at) for page in pages):
                return named
    return layout


def ways_on(document: Document, layout: Layout, listing: Listing, seen_at: datetime) -> Iterator[Layout]:
    """Layouts to try where the next page is not the board's.

    By what names the board in the page's own address, which a script adds to ``?page=2``; or, where more posts are told
    of than shown and nothing leads to them, by what may be the parameter of the page: fields of forms, parameters of
    the links to posts.
    """
    names = own_names(document.url, layout)
    if listing.next is not None and names and layout.identity.board_keep is None:
        kept = replace(layout, identity=replace(layout.identity, board_keep=names))
        if read_listing(document, kept, seen_at).next != listing.next:
            yield kept
    if listing.next is None and listing.total is not None and listing.total > len(listing.rows):
        fields = [node.attributes.get("name") or "" for node in document.root.css("form input[type=hidden][name]")]
        links = [node.attributes.get("href") or "" for node in document.root.css("a[href*='?']")]
        told = [each.partition("=")[0] for href in links for each in href.partition("?")[2].split("&")]
        for name in list(dict.fromkeys(name for name in (*fields, *told) if name in PARAMS))[:_MOST_GUESSED]:
            counts = name in OFFSETS
            pages = replace(layout.pages, param=name, first=0 if counts else 1, step=len(listing.rows) if counts else 1)
            yield replace(layout, pages=pages)


def _around_controls(document: Document, layout: Layout) -> Iterator[LexborNode]:
    """The elements that hold every control of a page, the innermost first."""
    links = read_controls(document, layout).links
    held = [{outer.mem_id for outer in ancestors(link.node)} for link in links]
    for outer in ancestors(links[0].node) if links else ():
        if outer.tag in ("body", "html"):
            return
        if all(outer.mem_id in each for each in held):
            yield outer


def _is_lasting(selector: str) -> bool:
    """Whether it names the element: what is found by its place alone may be another one tomorrow."""
    return ("#" in selector or "." in selector) and ":nth-" not in selector


def _reads_alike(document: Document, layout: Layout, named: Layout, seen_at: datetime) -> bool:
    here, anywhere = read_controls(document, named), read_controls(document, layout)
    return (
        not same(here.scope, document.root)
        and _told(here) == _told(anywhere)
        and read_listing(document, named, seen_at) == read_listing(document, layout, seen_at)
    )


def _told(controls: Controls) -> tuple[Sequence[object], Rule | None]:
    return [(link.node.mem_id, link.page, link.ask) for link in controls.links], controls.rule
