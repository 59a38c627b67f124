"""Failures: what could not be read or downloaded, how often it was tried, and the events in a post's life.

Contract: called inside a transaction of the caller. One open failure per post and file; trying again counts up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from scraper.archive.rows import insert, select, update
from scraper.archive.values import Record, utc_text

_OPEN = """SELECT * FROM failures
    WHERE board_id = ? AND post_key = ? AND kind = ? AND attachment_key IS ? AND resolved_at IS NULL"""


@dataclass(frozen=True, slots=True)
class Failure:
    """One try that failed. ``attachment_key`` is None for the article itself."""

    post_key: str
    attachment_key: str | None
    url: str
    outcome: str
    reason: str
    capture_id: int | None
    at: datetime
    asked: bool = True
    """Not so when its host was left alone: then an open failure stays as it is."""

    @property
    def kind(self) -> str:
        return "article" if self.attachment_key is None else "attachment"


def save_failure(db: Database, board_id: int, post_id: int | None, failure: Failure) -> None:
    """Open a failure, or count the open one up. The same try told twice (same capture) counts once."""
    said: Record = {
        "post_id": post_id,
        "url": failure.url,
        "outcome": failure.outcome,
        "reason": failure.reason,
        "last_at": utc_text(failure.at),
        "capture_id": failure.capture_id,
    }
    held = select(db, _OPEN, [board_id, failure.post_key, failure.kind, failure.attachment_key])
    if held and not failure.asked:
        return
    if held:
        again = failure.capture_id is not None and held[0]["capture_id"] == failure.capture_id
        update(db, "failures", held[0], {**said, "tries": held[0]["tries"] + (not again)})
        return
    place = {"board_id": board_id, "post_key": failure.post_key, "attachment_key": failure.attachment_key}
    insert(db, "failures", {**said, **place, "kind": failure.kind, "tries": 1, "first_at": utc_text(failure.at)})


def resolve(db: Database, board_id: int, post_key: str, attachment_key: str | None, at: datetime) -> None:
    """Close the open failure of an article (None) or of one of its files."""
    kind = "article" if attachment_key is None else "attachment"
    for row in select(db, _OPEN, [board_id, post_key, kind, attachment_key]):
        update(db, "failures", row, {"resolved_at": utc_text(at)})


def save_event(
    db: Database, kind: str, at: datetime, *, post: Record, capture_id: int | None = None, detail: str | None = None
) -> None:
    """Something that happened to a post: missing, absent, gone, returned, changed, secret."""
    event = {"at": utc_text(at), "kind": kind, "board_id": post["board_id"], "post_id": post["id"]}
    insert(db, "events", {**event, "capture_id": capture_id, "detail": detail})
