"""The texts of stored files: kept once for the bytes they come from, found by the words in them.

Contract: called inside a transaction of the caller. A text refers to its blob, which therefore cannot be removed while
its text stands. Each text has its entry in attachment_texts_fts, as posts have theirs in posts_fts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from scraper.archive.rows import first, insert, scalar, select, update
from scraper.archive.terms import search_terms
from scraper.archive.values import Record, utc_text

_FILES = """FROM attachments a JOIN posts p ON p.id = a.post_id JOIN blobs b ON b.sha256 = a.blob_sha256
    WHERE a.kind = 'file' AND p.state <> 'redacted'"""


def find_unread_files(db: Database, board_id: int | None, versions: Mapping[str, int]) -> list[Record]:
    """The files of posts that nobody has read yet, or only a reader that is older than ``versions`` says.

    Each record has blob_sha256, size, and the name and mime under which the file was first seen; each blob comes once.
    """
    sql = f"""SELECT min(a.id), a.blob_sha256, b.size, a.name, a.mime {_FILES}
        AND (:board IS NULL OR p.board_id = :board)
        AND NOT EXISTS (SELECT 1 FROM attachment_texts t JOIN json_each(:versions) v ON v.key = t.reader
            WHERE t.blob_sha256 = a.blob_sha256 AND t.reader_version >= v.value)
        GROUP BY a.blob_sha256 ORDER BY min(a.id)"""
    return select(db, sql, {"board": board_id, "versions": json.dumps(dict(versions))})


def count_statuses(db: Database, board_id: int | None) -> dict[str, int]:
    """How many stored files have a text of each status; key '' for those that were never read."""
    sql = f"""SELECT coalesce(t.status, '') AS status, count(DISTINCT a.blob_sha256) AS files
        {_FILES.replace("WHERE", "LEFT JOIN attachment_texts t ON t.blob_sha256 = a.blob_sha256 WHERE")}
        AND (?1 IS NULL OR p.board_id = ?1) GROUP BY t.status ORDER BY files DESC"""
    return {row["status"]: row["files"] for row in select(db, sql, [board_id])}


def save_text(
    db: Database,
    blob_sha256: str,
    *,
    status: str,
    text: str | None,
    reason: str | None,
    reader: str,
    reader_version: int,
    at: datetime,
) -> None:
    """What one reading of a file gave, in place of what an earlier one did."""
    row: Record = {
        "status": status,
        "reason": reason,
        "text": text,
        "reader": reader,
        "reader_version": reader_version,
        "read_at": utc_text(at),
    }
    held = first(db, "SELECT * FROM attachment_texts WHERE blob_sha256 = ?", [blob_sha256])
    if held is None:
        insert(db, "attachment_texts", {"blob_sha256": blob_sha256, **row})
    else:
        _leave_index(db, held)
        update(db, "attachment_texts", held, row)
    _enter_index(db, select(db, "SELECT * FROM attachment_texts WHERE blob_sha256 = ?", [blob_sha256])[0])


def remove_redacted(db: Database) -> int:
    """Take out the texts of files that were only attached to posts that are redacted now; returns how many."""
    sql = """SELECT t.* FROM attachment_texts t WHERE EXISTS (SELECT 1 FROM attachments a JOIN posts p
            ON p.id = a.post_id WHERE a.blob_sha256 = t.blob_sha256 AND p.state = 'redacted')
        AND NOT EXISTS (SELECT 1 FROM attachments a JOIN posts p
            ON p.id = a.post_id WHERE a.blob_sha256 = t.blob_sha256 AND p.state <> 'redacted')"""
    rows = select(db, sql)
    for row in rows:
        _leave_index(db, row)
        db.execute("DELETE FROM attachment_texts WHERE id = ?", [row["id"]])
    return len(rows)


def fill_all(db: Database) -> int:
    """Empty the index of texts and fill it again, inside the caller's transaction; returns the number of texts."""
    db.execute("INSERT INTO attachment_texts_fts (attachment_texts_fts) VALUES ('delete-all')")
    ids = [row["id"] for row in select(db, "SELECT id FROM attachment_texts WHERE text IS NOT NULL ORDER BY id")]
    for text_id in ids:
        _enter_index(db, select(db, "SELECT id, text FROM attachment_texts WHERE id = ?", [text_id])[0])
    return len(ids)


def find_hits(
    db: Database, query: str, condition: str, arguments: Mapping[str, Any], most: int, limit: int
) -> list[Record]:
    """The files whose text answers an FTS5 query, best first: post_id and attachment_id of each.

    ``condition`` is more of a WHERE, with an alias ``p`` for posts. Of more than ``most`` files none is compared: they
    come as they were read, last one first.
    """
    source = f"""FROM attachment_texts_fts f JOIN attachment_texts t ON t.id = f.rowid
        JOIN attachments a ON a.blob_sha256 = t.blob_sha256 AND a.kind = 'file' JOIN posts p ON p.id = a.post_id
        WHERE attachment_texts_fts MATCH :query AND p.state <> 'redacted'{condition}"""
    values = {**arguments, "query": query, "some": most + 1, "limit": limit}
    common = scalar(db, f"SELECT count(*) FROM (SELECT 1 {source} LIMIT :some)", values) > most
    order = "f.rowid DESC" if common else "f.rank, p.posted_at DESC, p.id DESC"
    return select(db, f"SELECT a.post_id, a.id AS attachment_id {source} ORDER BY {order} LIMIT :limit", values)


def find_text(db: Database, attachment_id: int) -> Record:
    """A file that has a text: its ``key``, ``name`` and ``text``."""
    sql = """SELECT a.key, a.name, t.text FROM attachments a JOIN attachment_texts t ON t.blob_sha256 = a.blob_sha256
        WHERE a.id = ?"""
    return select(db, sql, [attachment_id])[0]


def _enter_index(db: Database, row: Mapping[str, Any]) -> None:
    if row["text"] is not None:
        db.execute("INSERT INTO attachment_texts_fts (rowid, text, search_terms) VALUES (?, ?, ?)", _entry(row))


def _leave_index(db: Database, row: Mapping[str, Any]) -> None:
    """FTS5 needs the exact text that was put in."""
    if row["text"] is not None:
        sql = """INSERT INTO attachment_texts_fts (attachment_texts_fts, rowid, text, search_terms)
            VALUES ('delete', ?, ?, ?)"""
        db.execute(sql, _entry(row))


def _entry(row: Mapping[str, Any]) -> list[Any]:
    return [row["id"], row["text"], search_terms("", row["text"])]
