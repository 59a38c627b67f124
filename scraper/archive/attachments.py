"""The files of a post: their current state, and every state they were stored in.

Contract: called inside a transaction of the caller. A failed download never replaces a stored file. A file that the
page no longer offers leaves ``attachments``; its versions and bytes stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from scraper.archive.failures import Failure, resolve, save_failure
from scraper.archive.rows import insert, scalar, select, update
from scraper.archive.values import Record, utc_text
from scraper.models import StoredFile


def save_files(
    db: Database, post: Record, files: Iterable[StoredFile], seen_at: datetime, *, reparse: bool = False
) -> list[Record]:
    """Bring the attachments of ``post`` to what one reading found; returns their rows. A reparse opens no failures."""
    held = {row["key"]: row for row in select(db, "SELECT * FROM attachments WHERE post_id = ?", [post["id"]])}
    offered: set[str] = set()
    for file in files:
        key = file.attachment.key
        offered.add(key)
        held[key] = _save_file(db, post, file, held.get(key), seen_at)
        if file.state == "stored":
            resolve(db, post["board_id"], post["key"], key, seen_at)
        elif file.tried and not reparse:
            reason = file.reason or file.state
            url = file.attachment.ask.url if file.attachment.ask else post["url"] or ""
            failure = Failure(post["key"], key, url, file.state, reason, file.capture_id, seen_at, file.asked)
            save_failure(db, post["board_id"], post["id"], failure)
    for key in held.keys() - offered:
        db.execute("DELETE FROM attachments WHERE id = ?", [held[key]["id"]])
        resolve(db, post["board_id"], post["key"], key, seen_at)
    return [row for key, row in held.items() if key in offered]


def _save_file(db: Database, post: Record, file: StoredFile, held: Record | None, seen_at: datetime) -> Record:
    stored = file.state == "stored"
    row: Record = {
        "name": file.name,
        "name_raw": file.name_raw,
        "url": file.attachment.ask.url if file.attachment.ask else "",
        "kind": file.attachment.kind,
        "blob_sha256": file.blob_sha256 if stored else None,
        "size": file.size if stored else None,
        "mime": file.mime if stored else None,
        "state": file.state,
        "reason": None if stored else file.reason,
    }
    if held is None:
        attachment_id = insert(db, "attachments", {**row, "post_id": post["id"], "key": file.attachment.key})
        after = select(db, "SELECT * FROM attachments WHERE id = ?", [attachment_id])[0]
    elif stored:
        after = update(db, "attachments", held, row if _differs(held, row) else {})
    elif held["blob_sha256"] is not None:
        after = update(db, "attachments", held, _kept(held, file))
    else:
        after = update(db, "attachments", held, row if _differs(held, row) else {})
    if stored and (held is None or (held["blob_sha256"], held["name"]) != (after["blob_sha256"], after["name"])):
        _save_version(db, after, file, seen_at)
    return after


def _differs(held: Record, row: Record) -> bool:
    """Whether anything but the address changed: addresses carry nonces."""
    return any(held[name] != value for name, value in row.items() if name != "url")


def _kept(held: Record, file: StoredFile) -> Record:
    """A stored file that could not be had again: failed leaves it as it is, gone says so and keeps the bytes."""
    return {"state": "gone", "reason": file.reason} if file.state == "gone" and held["state"] != "gone" else {}


def _save_version(db: Database, attachment: Record, file: StoredFile, seen_at: datetime) -> None:
    sql = "SELECT coalesce(max(version), 0) + 1 FROM attachment_versions WHERE post_id = ? AND key = ?"
    version = {
        "post_id": attachment["post_id"],
        "key": attachment["key"],
        "version": scalar(db, sql, [attachment["post_id"], attachment["key"]]),
        "kind": attachment["kind"],
        "capture_id": file.capture_id,
        "blob_sha256": attachment["blob_sha256"],
        "name": attachment["name"],
        "size": attachment["size"],
        "seen_at": utc_text(seen_at),
    }
    insert(db, "attachment_versions", version)
