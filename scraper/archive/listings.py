"""Saving one list page: new posts, what the rows say of known ones, hits, coverage and the printed total.

Contract: called inside a transaction of the caller. What was read from an article is never overwritten by a list row.
A page seen earlier than a post's last sighting adds to coverage and hits, and changes nothing else of that post.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlite_utils import Database

from scraper.archive import search
from scraper.archive.boards import save_declared_total
from scraper.archive.captures import save_outcome
from scraper.archive.failures import save_event
from scraper.archive.posts import save_hits
from scraper.archive.rows import first, insert, select, update
from scraper.archive.values import Record, known_of, posted_columns, time_of, utc_text
from scraper.models import Known, Listing, Row, Stretch


def save_listing(db: Database, board_id: int, capture_id: int, listing: Listing, stretch: Stretch) -> list[Known]:
    rows = _once(listing.rows)
    keys = list(rows)
    sql = "SELECT * FROM posts WHERE board_id = ? AND key IN (SELECT value FROM json_each(?))"
    held = {post["key"]: post for post in select(db, sql, [board_id, json.dumps(keys)])}
    before = [known_of(held[key]) for key in keys if key in held]
    seen_at = utc_text(stretch.seen_at)
    for row in rows.values():
        if row.key in held:
            post = held[row.key] = _save_known(db, held[row.key], row, seen_at, capture_id)
        else:
            post = held[row.key] = _save_new(db, board_id, row, seen_at)
        if post["state"] != "redacted":
            save_hits(db, post["id"], seen_at, row.hits)
    _save_stretch(db, board_id, capture_id, stretch)
    newest = first(db, "SELECT max(seen_at) AS at FROM coverage WHERE board_id = ?", [board_id])
    if newest is not None and newest["at"] == seen_at:
        save_declared_total(db, board_id, listing.total)
    save_outcome(db, capture_id, "read")
    return before


def save_key(db: Database, board_id: int, old: str, new: str) -> bool:
    held = first(db, "SELECT * FROM posts WHERE board_id = ? AND key = ?", [board_id, old])
    taken = first(db, "SELECT id FROM posts WHERE board_id = ? AND key = ?", [board_id, new])
    if held is None or taken is not None:
        return False
    update(db, "posts", held, {"key": new})
    for failure in select(db, "SELECT * FROM failures WHERE board_id = ? AND post_key = ?", [board_id, old]):
        update(db, "failures", failure, {"post_key": new})
    return True


def save_numbers(db: Database, board_id: int, numbers: Mapping[str, int | None]) -> None:
    """What the list now prints as the number of posts that were not seen, as the rows around them tell."""
    sql = "SELECT * FROM posts WHERE board_id = ? AND key IN (SELECT value FROM json_each(?))"
    for post in select(db, sql, [board_id, json.dumps(list(numbers))]):
        update(db, "posts", post, {"number": numbers[post["key"]]})


def _once(rows: Iterable[Row]) -> dict[str, Row]:
    """One row per key. A post that stands there pinned and in its place is the row in its place, and a notice."""
    merged: dict[str, Row] = {}
    for row in rows:
        twin = merged.get(row.key, row)
        placed = twin if row.is_notice else row
        is_notice, is_secret = twin.is_notice or row.is_notice, twin.is_secret or row.is_secret
        merged[row.key] = replace(placed, is_notice=is_notice, is_secret=is_secret)
    return merged


def row_fields(row: Row) -> Record:
    """What a list row says of a post that was never read."""
    return {
        "category": row.category,
        "title": row.title,
        "title_cut": int(row.title_cut),
        "author": row.author,
        **posted_columns(row.posted),
        "url": None,
        "form": None,
        **_opening(row),
    }


def _opening(row: Row) -> Record:
    """How the list opens the post now; nothing when it gives no way to."""
    if row.ask is None:
        return {}
    return {"url": row.ask.url, "form": row.ask.form.decode("ascii") if row.ask.form is not None else None}


def _told(row: Row) -> str:
    return json.dumps(row.told, ensure_ascii=False)


def _save_new(db: Database, board_id: int, row: Row, seen_at: str) -> Record:
    post = {
        **row_fields(row),
        "board_id": board_id,
        "key": row.key,
        "number": row.number,
        "hits": row.hits,
        "is_notice": row.is_notice,
        "is_secret": row.is_secret,
        "told": _told(row),
        "version": 0,
        "state": "unread",
        "first_seen_at": seen_at,
        "last_seen_at": seen_at,
    }
    post_id = insert(db, "posts", post)
    saved = select(db, "SELECT * FROM posts WHERE id = ?", [post_id])[0]
    search.fill(db, saved)
    return saved


def _save_known(db: Database, post: Record, row: Row, seen_at: str, capture_id: int) -> Record:
    if seen_at < post["last_seen_at"]:
        return post
    changes: Record = {"last_seen_at": seen_at}
    if post["state"] != "redacted":
        changes |= {"is_notice": row.is_notice, "is_secret": row.is_secret, "told": _told(row)}
        if post["version"] and post["told"] not in (None, _told(row)):
            save_event(db, "changed", time_of(seen_at), post=post, capture_id=capture_id, detail="listed")
        changes |= {} if row.number is None else {"number": row.number}
        changes |= {} if row.hits is None else {"hits": row.hits}
        is_said = post["state"] == "blocked" and post["told"] == _told(row)  # its view may have told more
        changes |= _opening(row) if post["version"] or is_said else row_fields(row)
        if (row.posted is None or row.posted.at is None) and post["posted_at"] is not None:
            for name in posted_columns(row.posted):  # yesterday's clock time has become a day without a year
                changes.pop(name, None)
        for name in ("author", "category"):
            if changes.get(name, "") is None:  # a list that tells it no more does not take it back
                del changes[name]
    if post["state"] in ("missing", "gone") and not _is_stale(post, seen_at):
        changes |= {"state": "live" if post["version"] else "unread", "missing_at": None}
        save_event(db, "returned", time_of(seen_at), post=post, capture_id=capture_id, detail="listed")
    after = update(db, "posts", post, changes)
    search.refill(db, post, after)
    return after


def _is_stale(post: Record, seen_at: str) -> bool:
    """Whether the page is older than the discovery that the post is absent."""
    return post["missing_at"] is not None and seen_at < post["missing_at"]


def _save_stretch(db: Database, board_id: int, capture_id: int, stretch: Stretch) -> None:
    row: Record = {
        "board_id": board_id,
        "walk": stretch.walk,
        "page": stretch.page,
        "url": stretch.url,
        "capture_id": capture_id,
        "total": stretch.total,
        "keys": json.dumps(stretch.keys, ensure_ascii=False),
        "first_number": stretch.first_number,
        "last_number": stretch.last_number,
        "seen_at": utc_text(stretch.seen_at),
        "is_last": stretch.is_last,
    }
    held = first(db, "SELECT * FROM coverage WHERE capture_id = ?", [capture_id])
    if held is None:
        insert(db, "coverage", row)
    else:
        update(db, "coverage", held, row)
