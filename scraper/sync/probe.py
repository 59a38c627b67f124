"""Reading one page for whoever wants to know what is on it; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.errors import BadConfig, Undecodable, UnknownLayout
from scraper.models import Page
from scraper.page.detect import detect
from scraper.page.document import parse
from scraper.page.layout import Layout, find_engines
from scraper.page.show import shown, shown_article
from scraper.page.site import own_address
from scraper.sync.add import Look
from scraper.sync.session import Session
from scraper.urls import absolute

_NOTHING = {
    "kind": "unknown",
    "engine": None,
    "confidence": 0.0,
    "charset": None,
    "url": None,
    "listing": None,
    "article": None,
    "wall": None,
}
_NOWHERE = "http://board.example/list"
"""Where a page is said to come from that does not tell it."""
Shown = tuple[dict[str, Any], Sequence[str]]
"""The object of ``probe --json`` and the reasons behind it."""


def probe_file(path: Path, url: str | None, seen_at: datetime) -> Shown:
    """A page from a file, by the address that it came from or else says that it did. Raises BadConfig when it cannot be
    read."""
    return _probed(_page_of(path, url, seen_at))


def probe_url(session: Session, url: str) -> Shown:
    """A page from its address. Raises FetchError."""
    exchange = session.fetch(url)
    return _probed(exchange.page())


def draft_of_url(session: Session, url: str) -> Layout:
    """The layout that reads a board, its posts too, as ``add`` does; where that fails, the one that reads its page.

    Raises UnknownLayout, FetchError.
    """
    try:
        layout = session.draft(url)
    except UnknownLayout:
        exchange = session.fetch(url)
        page = exchange.page()
        return draft_of(page)
    assert layout is not None
    return layout


def draft_of_file(path: Path, url: str | None, seen_at: datetime) -> Layout:
    """The layout that reads a page from a file. Raises BadConfig, UnknownLayout."""
    return draft_of(_page_of(path, url, seen_at))


def draft_of(page: Page) -> Layout:
    """The layout that reads one page. Raises UnknownLayout."""
    detection = detect(parse(page), find_engines().values(), page.seen_at, page.status)
    if detection.layout is None or detection.wall is not None:
        raise UnknownLayout(f"{page.url}: no layout reads this page: {'; '.join(detection.reasons)}", page.url)
    return detection.layout


def shown_look(look: Look) -> dict[str, Any]:
    """The rows of a first look and the post that was looked at, as ``probe`` shows them."""
    found = shown(look.document, look.detection, look.document.url)
    if look.article is not None:
        found["article"] = shown_article(look.article)
    return found


def _page_of(path: Path, url: str | None, seen_at: datetime) -> Page:
    page = Page(url or _NOWHERE, 200, (), _read(path), seen_at)
    if url is not None and absolute(url) is not None:
        return page
    with suppress(Undecodable):
        page = replace(page, url=own_address(parse(page)) or page.url)
    return page


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadConfig(f"{path}: cannot be read: {error.strerror}") from error


def _probed(page: Page) -> Shown:
    try:
        document = parse(page)
    except Undecodable as error:
        return {**_NOTHING, "url": page.url}, (str(error),)
    detection = detect(document, find_engines().values(), page.seen_at, page.status)
    return shown(document, detection, page.url), detection.reasons
