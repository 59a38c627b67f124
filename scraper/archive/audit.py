"""What the audit asks of the archive: posts by state, the total last printed, years, posts that were never read.

Contract: reads only.
"""

from __future__ import annotations

from sqlite_utils import Database

from scraper.archive.rows import first, select
from scraper.archive.values import Record
from scraper.models import Tally


def find_tally(db: Database, board_id: int) -> Tally:
    """``total`` is that of page 1 as last read: None when the board printed none there."""
    states = select(
        db,
        "SELECT state, count(*) AS posts, sum(is_notice) AS notices FROM posts WHERE board_id = ? GROUP BY state",
        [board_id],
    )
    newest = first(
        db,
        "SELECT total FROM coverage WHERE board_id = ? AND page = 1 ORDER BY seen_at DESC, id DESC LIMIT 1",
        [board_id],
    )
    return Tally(
        total=newest["total"] if newest else None,
        posts={row["state"]: row["posts"] for row in states},
        notices={row["state"]: row["notices"] for row in states},
    )


def find_years(db: Database, board_id: int) -> list[Record]:
    """Posts by year of posting (KST), the newest first, those without a date last (year None)."""
    sql = """SELECT CAST(substr(posted_date, 1, 4) AS INTEGER) AS year,
        sum(state IN ('live', 'unread', 'blocked', 'redacted')) AS listed,
        sum(version > 0 AND state IN ('live', 'redacted')) AS held,
        sum(state = 'unread') AS unread, sum(state = 'blocked') AS blocked,
        sum(state IN ('missing', 'gone')) AS disappeared,
        min(posted_date) AS oldest, max(posted_date) AS newest
        FROM posts WHERE board_id = ? GROUP BY year ORDER BY year IS NULL, year DESC"""
    return select(db, sql, [board_id])


def find_unread(db: Database, board_id: int) -> list[Record]:
    """Posts that are listed and were never read: key, title, url, state, and why, where a try failed."""
    sql = """SELECT p.key, p.title, p.posted_date, p.url, p.state,
        (SELECT f.reason FROM failures f WHERE f.board_id = p.board_id AND f.post_key = p.key
            AND f.attachment_key IS NULL AND f.resolved_at IS NULL ORDER BY f.id DESC LIMIT 1) AS reason
        FROM posts p WHERE p.board_id = ? AND p.state IN ('unread', 'blocked') ORDER BY p.id"""
    return select(db, sql, [board_id])
