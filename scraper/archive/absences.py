"""Posts that could not be read, and posts that are not there.

Contract: called inside a transaction of the caller. Nothing that was read is taken back: a refusal changes the state of
a post that was never read; an absence makes 'missing', and only a second KST day with ``confirm`` makes 'gone'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from scraper.archive import search
from scraper.archive.captures import settle
from scraper.archive.failures import Failure, resolve, save_event, save_failure
from scraper.archive.listings import row_fields
from scraper.archive.rows import first, select, update
from scraper.archive.values import Record, kst_day, time_of, utc_text
from scraper.errors import FieldError
from scraper.models import PostState, Row

_ABSENCES = """SELECT e.at, e.detail FROM events e
    WHERE e.post_id = ?1 AND e.kind IN ('missing', 'absent')
    AND e.id > coalesce((SELECT max(id) FROM events WHERE post_id = ?1 AND kind = 'returned'), 0) ORDER BY e.id"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A try to read a post that brought no article."""

    outcome: str
    reason: str
    url: str
    capture_id: int | None
    at: datetime
    shown: Row | None = None
    """The post's list row, completed by what the refusing view tells."""


def save_refusal(
    db: Database, board_id: int, key: str, state: Literal["blocked", "missing"] | None, refusal: Refusal
) -> None:
    post = _post(db, board_id, key)
    post_id = post["id"] if post else None
    failure = Failure(key, None, refusal.url, refusal.outcome, refusal.reason, refusal.capture_id, refusal.at)
    save_failure(db, board_id, post_id, failure)
    settle(db, refusal.capture_id, refusal.outcome)
    if post is None or post["state"] == "redacted":
        return
    if state == "missing":
        _absent(db, post, "refused", refusal.at, confirm=False, capture_id=refusal.capture_id)
    elif state == "blocked":
        _blocked(db, post, refusal)


def save_absence(
    db: Database, board_id: int, key: str, *, evidence: str, at: datetime, confirm: bool, capture_id: int | None
) -> PostState:
    post = _post(db, board_id, key)
    if post is None:
        raise FieldError("post key", key)
    settle(db, capture_id, "gone")
    if post["state"] == "redacted":
        return "redacted"
    return _absent(db, post, evidence, at, confirm=confirm, capture_id=capture_id)


def find_absences(db: Database, board_id: int, key: str) -> list[tuple[datetime, str]]:
    post = _post(db, board_id, key)
    if post is None:
        return []
    return [(time_of(row["at"]), row["detail"]) for row in select(db, _ABSENCES, [post["id"]])]


def _post(db: Database, board_id: int, key: str) -> Record | None:
    return first(db, "SELECT * FROM posts WHERE board_id = ? AND key = ?", [board_id, key])


def _blocked(db: Database, post: Record, refusal: Refusal) -> None:
    """A post that was read, or that no list shows, stays what it is and only learns that it is secret now."""
    is_secret = refusal.outcome == "secret" or bool(post["is_secret"])
    if post["version"] or post["state"] in ("missing", "gone"):
        if is_secret and not post["is_secret"]:
            save_event(db, "secret", refusal.at, post=post, capture_id=refusal.capture_id, detail=refusal.reason)
        update(db, "posts", post, {"is_secret": is_secret})
    else:
        told = row_fields(refusal.shown) if refusal.shown else {}
        if refusal.shown and refusal.shown.hits is not None:
            told["hits"] = refusal.shown.hits
        after = update(db, "posts", post, {**told, "state": "blocked", "is_secret": is_secret, "missing_at": None})
        search.refill(db, post, after)


def _absent(
    db: Database, post: Record, evidence: str, at: datetime, *, confirm: bool, capture_id: int | None
) -> PostState:
    if post["state"] == "gone":
        return "gone"
    if post["missing_at"] is None:
        save_event(db, "missing", at, post=post, capture_id=capture_id, detail=evidence)
        update(db, "posts", post, {"state": "missing", "missing_at": utc_text(at)})
        return "missing"
    known = {(kst_day(time_of(row["at"])), row["detail"]) for row in select(db, _ABSENCES, [post["id"]])}
    if (kst_day(at), evidence) not in known:
        save_event(db, "absent", at, post=post, capture_id=capture_id, detail=evidence)
    if not confirm or kst_day(time_of(post["missing_at"])) >= kst_day(at):
        return "missing"
    save_event(db, "gone", at, post=post, capture_id=capture_id, detail=evidence)
    resolve(db, post["board_id"], post["key"], None, at)
    update(db, "posts", post, {"state": "gone"})
    return "gone"
