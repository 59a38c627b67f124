"""Finding what the archive holds of posts: for planning, for showing and for the balance sheet.

Contract: reads only. Planning gets the frozen values of scraper.models; showing gets records of all columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from scraper.archive.rows import first, select
from scraper.archive.values import Record, known_of, stretch_of
from scraper.errors import UnknownBoard
from scraper.models import Known, Stretch

_KNOWN = """id, key, number, title, author, posted_raw, posted_date, hits, url, is_notice, is_secret, state, version,
    checked_at, first_seen_at, last_seen_at, missing_at, told"""
_POSTS = "SELECT p.*, b.slug AS board FROM posts p JOIN boards b ON b.id = p.board_id"


def find_known(db: Database, board_id: int, keys: Iterable[str] | None) -> dict[str, Known]:
    """All posts of the board, or those of ``keys``, by key."""
    sql, arguments = f"SELECT {_KNOWN} FROM posts WHERE board_id = ?", [board_id]
    if keys is None:
        return {row["key"]: known_of(row) for row in select(db, sql, arguments)}
    sql += " AND key IN (SELECT value FROM json_each(?))"
    return {row["key"]: known_of(row) for row in select(db, sql, [board_id, json.dumps(list(keys))])}


def find_told(db: Database, board_id: int) -> set[str]:
    """The keys of posts that were read and of which a list told later that they changed, or that they are back.

    Not of those whose article was asked for since.
    """
    sql = """SELECT DISTINCT p.key FROM events e JOIN posts p ON p.id = e.post_id
        WHERE e.board_id = ? AND e.kind IN ('changed', 'returned') AND p.version > 0 AND e.at > p.checked_at
        AND NOT EXISTS (SELECT 1 FROM failures f WHERE f.board_id = p.board_id AND f.post_key = p.key
            AND f.kind = 'article' AND f.resolved_at IS NULL AND f.last_at >= e.at)"""
    return {row["key"] for row in select(db, sql, [board_id])}


def find_coverage(db: Database, board_id: int, walk: int | None) -> list[Stretch]:
    sql = "SELECT * FROM coverage WHERE board_id = ?1 AND (?2 IS NULL OR walk = ?2) ORDER BY id"
    return [stretch_of(row) for row in select(db, sql, [board_id, walk])]


def find_post(db: Database, board_id: int | None, key_or_id: str | int) -> Record | None:
    column = "id" if isinstance(key_or_id, int) else "key"
    on_board = "" if board_id is None else "AND p.board_id = :board"  # spelt out: "board or none" would use no index
    sql = f"{_POSTS} WHERE p.{column} = :sought {on_board} ORDER BY p.id"
    post = first(db, sql, {"sought": key_or_id, "board": board_id})
    if post is None:
        return None
    files = select(db, "SELECT * FROM attachments WHERE post_id = ? ORDER BY id", [post["id"]])
    return {**post, "attachments": files}


def find_posts(db: Database, board_id: int | None, limit: int, *, newest_first: bool) -> list[Record]:
    """By the board's own date, posts without one last."""
    way = "DESC" if newest_first else "ASC"
    sql = f"""{_POSTS} WHERE ?1 IS NULL OR p.board_id = ?1
        ORDER BY p.posted_at IS NULL, p.posted_at {way}, p.number {way}, p.id {way} LIMIT ?2"""
    return select(db, sql, [board_id, limit])


def find_versions(db: Database, post_id: int) -> list[Record]:
    lists = ("files", "fields_from_listing")
    versions = select(db, "SELECT * FROM post_versions WHERE post_id = ? ORDER BY version", [post_id])
    return [{**row, **{name: json.loads(row[name]) for name in lists}} for row in versions]


def find_hits(db: Database, post_id: int) -> list[Record]:
    """When the post was seen in a list, and the hits it then had; oldest first."""
    return select(db, "SELECT seen_at, hits FROM post_hits WHERE post_id = ? ORDER BY seen_at", [post_id])


def find_failures(db: Database, board_id: int | None, *, open_only: bool) -> list[Record]:
    """Newest first, with the board's slug and the post's title. A post that nobody may read is no failure."""
    sql = """SELECT f.*, b.slug AS board, p.title FROM failures f
        JOIN boards b ON b.id = f.board_id LEFT JOIN posts p ON p.id = f.post_id
        WHERE (?1 IS NULL OR f.board_id = ?1) AND (f.resolved_at IS NULL OR NOT ?2)
        AND f.outcome NOT IN ('secret', 'blocked')
        ORDER BY f.last_at DESC, f.id DESC"""
    return select(db, sql, [board_id, int(open_only)])


def find_refused(db: Database, board_id: int) -> list[Record]:
    """Open refusals of articles that were never read, that are not marked as secret, and on a board that shows others:
    somebody may see them one day, as after a night on which the site wanted a login for everything."""
    sql = """SELECT f.* FROM failures f JOIN posts p ON p.id = f.post_id
        WHERE f.board_id = ? AND f.resolved_at IS NULL AND f.outcome = 'blocked' AND f.kind = 'article'
        AND p.state = 'blocked' AND NOT p.is_secret
        AND EXISTS (SELECT 1 FROM posts WHERE board_id = f.board_id AND state = 'live')"""
    return select(db, sql, [board_id])


def find_files(db: Database, board_id: int) -> list[tuple[str, str, str]]:
    """Of every file of the board's posts: the post's key, its own, and its state."""
    sql = (
        "SELECT p.key AS post, a.key, a.state FROM attachments a JOIN posts p ON p.id = a.post_id WHERE p.board_id = ?"
    )
    return [(row["post"], row["key"], row["state"]) for row in select(db, sql, [board_id])]


def find_balance(db: Database, board_id: int) -> Record:
    balance = first(db, "SELECT * FROM board_balance WHERE board_id = ?", [board_id])
    if balance is None:
        raise UnknownBoard(f"no board with id {board_id} in the archive")
    return balance


def find_posting_days(db: Database, board_id: int) -> list[date]:
    """The distinct days on which the board posted, oldest first."""
    sql = """SELECT DISTINCT posted_date AS day FROM posts
        WHERE board_id = ? AND posted_date IS NOT NULL ORDER BY posted_date"""
    return [date.fromisoformat(row["day"]) for row in select(db, sql, [board_id])]


def find_status(db: Database) -> list[Record]:
    """``bytes`` are those of the answers received, before they were stored once and packed."""
    sql = """SELECT b.slug, b.name, b.url, b.engine, v.*, r.outcome AS last_run, r.exit_code AS last_exit_code,
        coalesce(r.finished_at, r.started_at) AS last_run_at, b.first_walk_done_at,
        (SELECT count(*) FROM failures f WHERE f.board_id = b.id AND f.resolved_at IS NULL
            AND f.outcome NOT IN ('secret', 'blocked')) AS failures,
        (SELECT count(*) FROM attachments a JOIN posts p ON p.id = a.post_id
            WHERE p.board_id = b.id AND a.state = 'stored') AS files,
        (SELECT coalesce(sum(c.body_size), 0) FROM captures c JOIN runs q ON q.id = c.run_id
            WHERE q.board_id = b.id) AS bytes
        FROM boards b JOIN board_balance v ON v.board_id = b.id
        LEFT JOIN runs r ON r.id = (SELECT max(id) FROM runs WHERE board_id = b.id) ORDER BY b.id"""
    return select(db, sql)
