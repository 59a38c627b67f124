"""What a click asks for whose function stands in a script file: looked up when a board is added, kept in its layout."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from scraper.errors import FetchError, PageError
from scraper.models import Ask, Page
from scraper.page.calls import call_of
from scraper.page.document import Document
from scraper.page.induce.lists.listing import InducedList
from scraper.page.listing import read_listing
from scraper.page.scripts import address_in, definition, sources
from scraper.sync.check import Fetch

_MOST_SCRIPTS = 6
"""So many scripts of a site are looked into."""


def opened(fetch: Fetch, document: Document, found: InducedList, page: Page) -> InducedList:
    """The draft with the addresses of functions that open posts and stand in scripts which the page loads."""
    clicked = document.root.css("a[href], [onclick]")
    names = {call.name for node in clicked if (call := call_of(node)) is not None}
    unknown = {name for name in names if definition(document.scripts, name.rpartition(".")[2]) is None}
    told = told_by_scripts(fetch, [document], unknown)
    if not told:
        return found
    layout = replace(found.layout, calls=told)
    return replace(found, layout=layout, listing=read_listing(document, layout, page.seen_at))


def told_by_scripts(fetch: Fetch, documents: Sequence[Document], names: Collection[str]) -> dict[str, str]:
    """What functions ask for (see Layout.calls) that the site's own scripts define and the pages do not."""
    told: dict[str, str] = {}
    for url in list(dict.fromkeys(url for each in documents for url in sources(each)))[:_MOST_SCRIPTS]:
        if set(names) <= told.keys():
            break
        try:
            page = fetch(Ask(url, "attachment"))
        except (PageError, FetchError):
            continue
        script = page.body.decode("utf-8", "replace") if page.status == 200 else ""
        found = ((name, address_in(documents[0], script, name)) for name in sorted(set(names) - told.keys()))
        told.update({name: address for name, address in found if address is not None})
    return told
