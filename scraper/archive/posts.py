"""Saving one reading of a post: its row, its version when the content changed, its files, its place in the index.

Contract: called inside a transaction of the caller. A version is written once and never changed; what was stored is
never replaced by less. An older reading than the one that is held changes nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from scraper.archive import search
from scraper.archive.attachments import save_files
from scraper.archive.captures import settle
from scraper.archive.failures import resolve, save_event
from scraper.archive.rows import first, insert, select, update
from scraper.archive.values import Record, content_sha256, posted_columns, stored_files, utc_text
from scraper.models import Post, PostOutcome

_ADDRESSES = re.compile(r"""\b(href|src|action|data-[\w-]+|value)=("[^"]*"|'[^']*')""")
_VERSIONED = (
    "number category title title_cut author posted_date posted_at posted_precision posted_raw posted_capture_id hits "
    "url is_notice is_secret body_text body_html"
).split()


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a Post was read, when, by which parser and why."""

    capture_id: int
    listing_capture_id: int | None
    seen_at: datetime
    parser_version: str
    cause: Literal["source", "reparse"]


def save_post(db: Database, board_id: int, post: Post, reading: Reading) -> tuple[PostOutcome, int]:
    held = first(db, "SELECT * FROM posts WHERE board_id = ? AND key = ?", [board_id, post.key])
    seen_at = utc_text(reading.seen_at)
    if held is not None and (held["state"] == "redacted" or _is_older(held, reading)):
        settle(db, reading.capture_id, "superseded")
        return "unchanged", int(held["id"])
    fields = _fields(post)
    if held is None:
        row = {**fields, "board_id": board_id, "key": post.key, "version": 0, "state": "unread", "body_html": None}
        post_id = insert(db, "posts", {**row, "first_seen_at": seen_at, "last_seen_at": seen_at})
        held = select(db, "SELECT * FROM posts WHERE id = ?", [post_id])[0]
        search.fill(db, held)
    files = stored_files(save_files(db, held, post.files, reading.seen_at, reparse=reading.cause == "reparse"))
    digest = content_sha256(fields, files)
    outcome: PostOutcome = "unchanged"
    changes: Record = {}
    if held["content_sha256"] != digest:
        outcome = "revised" if held["version"] else "new"
        version = held["version"] + 1
        told = {name: value for name, value in fields.items() if name != "hits"}
        changes = {**told, "version": version, "content_sha256": digest}
        _save_version(db, held["id"], version, {**held, **fields}, files, digest, post, reading)
    elif _markup(held["body_html"]) != _markup(post.body_html):
        changes = {"body_html": post.body_html}
    if reading.cause == "source":
        changes |= _source_changes(db, held, post, reading)
    search.refill(db, held, update(db, "posts", held, changes))
    settle(db, reading.capture_id, "read")
    for file in post.files:
        settle(db, file.capture_id, "read" if file.state == "stored" else file.state)
    return outcome, int(held["id"])


def save_hits(db: Database, post_id: int, seen_at: str, hits: int | None) -> None:
    """A point of the readership curve; one per post and time."""
    if hits is not None:
        db.execute(
            "INSERT OR IGNORE INTO post_hits (post_id, seen_at, hits) VALUES (?, ?, ?)", [post_id, seen_at, hits]
        )


def _is_older(held: Record, reading: Reading) -> bool:
    checked_at = held["checked_at"]
    return reading.cause == "source" and checked_at is not None and utc_text(reading.seen_at) < checked_at


def _fields(post: Post) -> Record:
    fields: Record = {
        "number": post.number,
        "category": post.category,
        "title": post.title,
        "title_cut": int(post.title_cut),
        "author": post.author,
        **posted_columns(post.posted),
        "hits": post.hits,
        "url": post.url,
        "is_notice": int(post.is_notice),
        "is_secret": int(post.is_secret),
        "body_text": post.body_text,
        "body_html": post.body_html,
    }
    optional = ("number", "hits")
    return {name: value for name, value in fields.items() if value is not None or name not in optional}


def _source_changes(db: Database, held: Record, post: Post, reading: Reading) -> Record:
    """What a look at the source says beside the content: it is there, it was checked, so many hits."""
    seen_at = utc_text(reading.seen_at)
    if held["state"] in ("missing", "gone"):
        save_event(db, "returned", reading.seen_at, post=held, capture_id=reading.capture_id, detail="article")
    resolve(db, held["board_id"], post.key, None, reading.seen_at)
    save_hits(db, held["id"], seen_at, post.hits)
    changes: Record = {"state": "live", "missing_at": None, "checked_at": seen_at, "is_secret": int(post.is_secret)}
    is_old = held["hits"] is not None and seen_at < held["last_seen_at"]  # a list read since has told a newer number
    if post.hits is None or is_old:
        return changes
    return {**changes, "hits": post.hits}


def _save_version(
    db: Database,
    post_id: int,
    version: int,
    fields: Record,
    files: list[list[str]],
    digest: str,
    post: Post,
    reading: Reading,
) -> None:
    origin = {
        "post_id": post_id,
        "version": version,
        "cause": reading.cause,
        "listing_capture_id": reading.listing_capture_id,
        "article_capture_id": reading.capture_id,
        "fields_from_listing": json.dumps(list(post.fields_from_listing)),
        "parser_version": reading.parser_version,
        "seen_at": utc_text(reading.seen_at),
        "files": json.dumps(files, ensure_ascii=False),
        "content_sha256": digest,
    }
    insert(db, "post_versions", {**origin, **{name: fields[name] for name in _VERSIONED}})


def _markup(html: str | None) -> str | None:
    """Markup without its addresses: their nonces differ at every look."""
    return None if html is None else _ADDRESSES.sub(r"\1=", html)
