"""Captures: exchanges kept as evidence, their outcome and the queue of those that nobody has read.

Contract: called inside a transaction of the caller. A capture is written once; only ``outcome`` is set later.
"""

from __future__ import annotations

from sqlite_utils import Database

from scraper.archive import chain
from scraper.archive.blobs import Codecs, board_dictionary, save_body
from scraper.archive.rows import first, insert, scalar, select
from scraper.archive.values import Record, capture_of, headers_column, utc_text
from scraper.errors import ArchiveDamaged
from scraper.models import Capture, Exchange, Kind

_REOPEN = """UPDATE captures SET outcome = NULL WHERE id IN (
    SELECT min(c.id) FROM captures c JOIN runs r ON r.id = c.run_id
    JOIN posts p ON p.board_id = r.board_id AND p.key = c.post_key
    WHERE r.board_id = ? AND c.kind = 'article' AND c.outcome = 'layout' AND c.status = 200
    AND p.version = 0 AND p.state <> 'redacted' GROUP BY p.id)"""


def save_capture(
    db: Database,
    codecs: Codecs,
    run_id: int,
    exchange: Exchange,
    *,
    post_key: str | None,
    attachment_key: str | None,
    encode_with: int | None,
) -> int:
    """Store the body and the exchange; returns the capture's id."""
    kind, body = exchange.ask.kind, exchange.body
    dictionary_id = encode_with
    if dictionary_id is None and kind in ("listing", "article") and exchange.status == 200:
        board_id = scalar(db, "SELECT board_id FROM runs WHERE id = ?", [run_id])
        dictionary_id = board_dictionary(db, board_id, kind, body)
    save_body(db, codecs, body, dictionary_id)
    last, prev_hash = chain_head(db)
    row: Record = {
        "id": last + 1,
        "run_id": run_id,
        "kind": kind,
        "post_key": post_key,
        "attachment_key": attachment_key,
        "ask_url": exchange.ask.url,
        "url": exchange.url,
        "method": exchange.ask.method,
        "form": exchange.ask.form,
        "status": exchange.status,
        "headers": headers_column(exchange.headers, exchange.response_head),
        "request_head": exchange.request_head,
        "response_head": exchange.response_head,
        "body_sha256": body.sha256,
        "body_size": body.size,
        "address": exchange.address,
        "tls": exchange.tls,
        "started_at": utc_text(exchange.started_at),
        "finished_at": utc_text(exchange.finished_at),
        "prev_hash": prev_hash,
    }
    row["entry_hash"] = chain.entry_hash(row)
    insert(db, "captures", row)
    db.execute("INSERT INTO meta VALUES ('last_capture', ?1) ON CONFLICT DO UPDATE SET value = ?1", [str(last + 1)])
    return last + 1


def chain_head(db: Database) -> tuple[int, str]:
    """Id and hash of the last entry; (0, genesis) before the first."""
    last = first(db, "SELECT id, entry_hash FROM captures ORDER BY id DESC LIMIT 1")
    if last is None:
        return 0, chain.genesis(scalar(db, "SELECT value FROM meta WHERE key = 'archive_id'"))
    return int(last["id"]), str(last["entry_hash"])


def save_outcome(db: Database, capture_id: int, outcome: str) -> None:
    db.execute("UPDATE captures SET outcome = ? WHERE id = ? AND outcome IS NOT ?", [outcome, capture_id, outcome])


def settle(db: Database, capture_id: int | None, outcome: str) -> None:
    """Give an outcome to a capture that has none yet."""
    if capture_id is not None:
        db.execute("UPDATE captures SET outcome = ? WHERE id = ? AND outcome IS NULL", [outcome, capture_id])


def find_unread_captures(db: Database, board_id: int) -> list[Capture]:
    sql = """SELECT c.* FROM captures c JOIN runs r ON r.id = c.run_id
        WHERE r.board_id = ? AND c.outcome IS NULL ORDER BY c.id"""
    return [capture_of(row) for row in select(db, sql, [board_id])]


def reopen(db: Database, board_id: int) -> None:
    """Make unread what no layout could read so far: of each post without a version the first article that came."""
    db.execute(_REOPEN, [board_id])


def find_newest_captures(db: Database, board_id: int, kind: Kind, limit: int) -> list[Capture]:
    sql = """SELECT c.* FROM captures c JOIN runs r ON r.id = c.run_id
        WHERE r.board_id = ? AND c.kind = ? AND c.status = 200 ORDER BY c.id DESC LIMIT ?"""
    return [capture_of(row) for row in select(db, sql, [board_id, kind, limit])]


def find_capture(db: Database, capture_id: int) -> Capture:
    row = first(db, "SELECT * FROM captures WHERE id = ?", [capture_id])
    if row is None:
        raise ArchiveDamaged(f"captures {capture_id}: there is none")
    return capture_of(row)
