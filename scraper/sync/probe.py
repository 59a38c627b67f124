"""Reading one page for whoever wants to know what is on it; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.errors import BadConfig, Undecodable
from scraper.models import Page
from scraper.page.detect import detect
from scraper.page.document import parse
from scraper.page.layout import find_engines
from scraper.page.show import shown, shown_article
from scraper.sync.add import Look
from scraper.sync.session import Session

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
Shown = tuple[dict[str, Any], Sequence[str]]
"""The object of ``probe --json`` and the reasons behind it."""


def probe_file(path: Path, url: str, seen_at: datetime) -> Shown:
    """A page from a file. Raises BadConfig when it cannot be read."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise BadConfig(f"{path}: cannot be read: {error.strerror}") from error
    return _probed(Page(url, 200, (), body, seen_at))


def probe_url(session: Session, url: str) -> Shown:
    """A page from its address. Raises FetchError."""
    exchange = session.fetch(url)
    return _probed(Page(exchange.url, exchange.status, exchange.headers, exchange.body.read(), exchange.finished_at))


def shown_look(look: Look) -> dict[str, Any]:
    """The rows of a first look and the post that was looked at, as ``probe`` shows them."""
    found = shown(look.document, look.detection, look.document.url)
    if look.article is not None:
        found["article"] = shown_article(look.article)
    return found


def _probed(page: Page) -> Shown:
    try:
        document = parse(page)
    except Undecodable as error:
        return {**_NOTHING, "url": page.url}, (str(error),)
    detection = detect(document, find_engines().values(), page.seen_at, page.status)
    return shown(document, detection, page.url), detection.reasons
