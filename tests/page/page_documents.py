"""Small pages for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from scraper.models import Page
from scraper.page.document import Document, parse
from scraper.page.layout import Layout, layout_from

SEEN = datetime(2021, 11, 29, 5, 0, tzinfo=UTC)
URL = "http://board.example/bbs/list.php?code=col"


def document(
    html: str | bytes, url: str = URL, content_type: bytes = b"text/html; charset=utf-8", form: bytes | None = None
) -> Document:
    body = html if isinstance(html, bytes) else html.encode()
    return parse(Page(url, 200, ((b"Content-Type", content_type),), body, SEEN, form))


def layout(**values: Any) -> Layout:
    """A plain layout: rows are tr, posts are known by ``no``."""
    return layout_from({"name": "plain", "identity": {"key": ["query:no", "call:0"]}, **values}, "test")


def table(rows: Sequence[Sequence[str]], header: Sequence[str] = (), after: str = "") -> str:
    """A page with one table; a cell that begins with ``<t`` is written as it is."""

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(cell if cell.startswith("<t") else f"<{tag}>{cell}</{tag}>" for cell in row)

    head = f"<thead><tr>{cells('th', header)}</tr></thead>" if header else ""
    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<html><body><table>{head}<tbody>{body}</tbody></table>{after}</body></html>"
