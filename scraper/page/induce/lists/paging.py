"""Naming the element around the pager, so that the links of a whole page need not be looked at for it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.page.document import Document, ancestors, same
from scraper.page.induce.selectors import selector_of
from scraper.page.listing import read_listing
from scraper.page.pager import Controls, read_controls
from scraper.page.parts import Layout
from scraper.page.steps import Rule

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
