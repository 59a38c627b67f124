"""What was read of one page, as the JSON object that ``probe`` prints (DESIGN §8). Pure.

Every key is always there; what the page does not have is null.
"""

from __future__ import annotations

from typing import Any

from scraper.models import Article, Ask, Attachment, Listing, Row, Stamp
from scraper.page.detect import Detection
from scraper.page.document import Document
from scraper.page.wall import Wall


def shown(document: Document, detection: Detection, url: str) -> dict[str, Any]:
    """The object of one page; ``url`` is the address that was asked for. An Ask that is no plain GET has no url."""
    return {
        "kind": detection.kind,
        "engine": detection.layout.name if detection.layout else None,
        "confidence": detection.confidence,
        "charset": document.charset,
        "url": url,
        "listing": _listing(detection.listing) if detection.listing else None,
        "article": shown_article(detection.article) if detection.article else None,
        "wall": _wall(detection.wall) if detection.wall else None,
    }


def _listing(listing: Listing) -> dict[str, Any]:
    return {
        "total": listing.total,
        "page": listing.page,
        "last_page": listing.last_page,
        "next_url": _address(listing.next),
        "number_meaning": listing.number_meaning,
        "rows": [_row(row) for row in listing.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "number": row.number,
        "title": row.title,
        "author": row.author,
        "posted": _stamp(row.posted),
        "posted_raw": row.posted.raw if row.posted else None,
        "hits": row.hits,
        "url": _address(row.ask),
        "notice": row.is_notice,
        "secret": row.is_secret,
        "category": row.category,
        "comments": row.comments,
    }


def shown_article(article: Article) -> dict[str, Any]:
    """The article part of the object."""
    return {
        "title": article.title,
        "author": article.author,
        "posted": _stamp(article.posted),
        "hits": article.hits,
        "body_text": article.body_text,
        "body_html": article.body_html,
        "attachments": [_attachment(attachment) for attachment in article.attachments],
    }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {"name": attachment.name, "url": _address(attachment.ask), "kind": attachment.kind}


def _wall(wall: Wall) -> dict[str, Any]:
    return {"kind": wall.kind, "message": wall.message}


def _address(ask: Ask | None) -> str | None:
    return ask.url if ask is not None and ask.method == "GET" else None


def _stamp(stamp: Stamp | None) -> str | None:
    return (str(stamp) or None) if stamp is not None else None
