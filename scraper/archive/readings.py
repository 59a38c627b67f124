"""What was read lately: of each article of a known post its state before and after, out of captures and versions.

Contract: reads only. A state has the columns of a version that planning compares, and ``attachments`` as far as they
are stored; of a reading that changed nothing it is the post as it is held, with all of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from scraper.archive.query import find_post
from scraper.archive.rows import select
from scraper.archive.values import Record, utc_text

_ARTICLES = """SELECT c.id, c.outcome, p.id AS post_id FROM runs r
    JOIN captures c ON c.run_id = r.id JOIN posts p ON p.board_id = r.board_id AND p.key = c.post_key
    WHERE r.board_id = ?1 AND (r.finished_at IS NULL OR r.finished_at >= ?2)
    AND c.kind = 'article' AND c.outcome IN ('read', 'layout') AND c.finished_at >= ?2
    AND p.version > 0 AND p.state <> 'redacted' ORDER BY c.id"""
_LOOKS = """SELECT p.title, p.author, p.category, p.posted_at, p.posted_capture_id, p.told, v.fields_from_listing,
    p.body_text <> '' AS has_text,
    EXISTS (SELECT 1 FROM attachments a WHERE a.post_id = p.id AND a.kind = 'file') AS files
    FROM posts p JOIN post_versions v ON v.post_id = p.id AND v.version = p.version
    WHERE p.board_id = ? AND p.state = 'live' ORDER BY p.posted_date DESC, p.id DESC LIMIT ?"""
_KINDS = "SELECT DISTINCT key, kind FROM attachment_versions WHERE post_id = ?"


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at a known post's article."""

    capture_id: int
    before: Record
    after: Record | None
    """None: it was not believed, and nothing was stored of it."""


def find_readings(db: Database, board_id: int, since: datetime) -> list[Reading]:
    found = []
    for row in select(db, _ARTICLES, [board_id, utc_text(since)]):
        held = find_post(db, None, int(row["post_id"]))
        if held is None:
            continue
        versions = select(db, "SELECT * FROM post_versions WHERE post_id = ? ORDER BY version", [held["id"]])
        place = next((n for n, each in enumerate(versions) if each["article_capture_id"] == row["id"]), None)
        if row["outcome"] == "layout":
            found.append(Reading(row["id"], held, None))
        elif place is None:
            found.append(Reading(row["id"], held, held))
        elif place:
            kinds = {each["key"]: each["kind"] for each in select(db, _KINDS, [held["id"]])}
            before, after = (_state(versions[n], kinds) for n in (place - 1, place))
            found.append(Reading(row["id"], before, after))
    return found


def find_looks(db: Database, board_id: int, limit: int) -> list[Record]:
    return select(db, _LOOKS, [board_id, limit])


def _state(version: Record, kinds: dict[str, str]) -> Record:
    files = [{"key": key, "kind": kinds[key], "state": "stored"} for key, _, _ in json.loads(version["files"])]
    return {**version, "attachments": files}
