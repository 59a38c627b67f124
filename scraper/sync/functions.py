"""What a click asks for whose function stands in a script file: looked up when a board is added, kept in its layout."""

from __future__ import annotations

import re
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
_LONGEST = 500_000
"""Bytes of a script that are looked at."""
_LOADING = re.compile(r"(?i)\b(?:fn_?)?\w*(?:file_?down|down_?load|down_?file)\w*(?=\s*(?:\(|[=:]\s*function\b))")
"""The names of functions that download."""


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


def downloads_told(fetch: Fetch, documents: Sequence[Document], found: InducedList) -> dict[str, str]:
    """What functions ask for that download by their names, on a board whose list shows files and whose posts that were
    looked at have none."""
    if "files" not in found.layout.list.columns and found.layout.list.file is None:
        return {}
    return told_by_scripts(fetch, documents, ())


def told_by_scripts(fetch: Fetch, documents: Sequence[Document], names: Collection[str]) -> dict[str, str]:
    """What functions ask for (see Layout.calls) that the site's own scripts define and the pages do not; without
    ``names``, those that download."""
    told: dict[str, str] = {}
    for url in list(dict.fromkeys(url for each in documents for url in sources(each)))[:_MOST_SCRIPTS]:
        if names and set(names) <= told.keys():
            break
        try:
            page = fetch(Ask(url, "attachment"))
        except (PageError, FetchError):
            continue
        script = page.body[:_LONGEST].decode("utf-8", "replace") if page.status == 200 else ""
        wanted = set(names or _LOADING.findall(script)) - told.keys()
        read = ((name, address_in(documents[0], script, name)) for name in sorted(wanted))
        told.update({name: address for name, address in read if address is not None})
    return told
