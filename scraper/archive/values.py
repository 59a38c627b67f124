"""Between Python values and rows: times, hashes and the dataclasses of scraper.models.

Contract: pure. Our times are UTC text of one fixed form, so that order as text is order in time; a board's are KST.
A hash is the SHA-256 of a canonical JSON object of the columns that are not NULL: a later column changes no old hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from scraper.models import KST, Balance, Board, Capture, Counts, Known, Run, Stamp, Stretch

Record = dict[str, Any]

CONTENT = ("title", "author", "posted_at", "posted_precision", "category", "body_text")
"""The columns that make a version, together with the stored files. Markup is not among them: its links carry nonces."""


def utc_text(at: datetime) -> str:
    """2026-11-03T02:10:00.000000Z"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def time_of(text: str) -> datetime:
    """The aware time that ``utc_text`` wrote."""
    return datetime.fromisoformat(text)


def maybe_time(text: str | None) -> datetime | None:
    return None if text is None else time_of(text)


def kst_day(at: datetime) -> str:
    """The calendar day in Korea, YYYY-MM-DD."""
    return at.astimezone(KST).strftime("%Y-%m-%d")


def posted_columns(stamp: Stamp | None) -> Record:
    """posted_at is full ISO-8601 with +09:00, midnight when only the day is known."""
    at = stamp.at.astimezone(KST) if stamp and stamp.at else None
    return {
        "posted_date": at.strftime("%Y-%m-%d") if at else None,
        "posted_at": at.isoformat(timespec="seconds") if at else None,
        "posted_precision": stamp.precision if stamp and at else "none",
        "posted_raw": stamp.raw if stamp else None,
        "posted_capture_id": stamp.capture_id if stamp and at else None,
    }


def canonical(value: Any) -> bytes:
    """One spelling for one value: keys sorted, no spaces, UTF-8; bytes become hex."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=bytes.hex).encode()


def row_sha256(row: Mapping[str, Any]) -> str:
    """Over every column that is not NULL, but itself."""
    covered = {name: value for name, value in row.items() if value is not None and name != "row_sha256"}
    return hashlib.sha256(canonical(covered)).hexdigest()


def stored_files(attachments: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """[key, name, sha256] of the files that are stored, sorted."""
    return sorted([row["key"], row["name"], row["blob_sha256"]] for row in attachments if row["state"] == "stored")


def content_sha256(row: Mapping[str, Any], files: list[list[str]]) -> str:
    """What makes a version: two readings with one content hash are the same state of the post."""
    return hashlib.sha256(canonical({**{name: row[name] for name in CONTENT}, "files": files})).hexdigest()


def head_headers(head: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """The headers in a response head, names in lower case."""
    lines = head.replace(b"\r\n", b"\n").split(b"\n")[1:]
    pairs = (line.partition(b":") for line in lines if b":" in line)
    return tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)


def headers_column(headers: tuple[tuple[bytes, bytes], ...], response_head: bytes) -> str | None:
    """NULL when the response head says the same; else JSON of latin-1 pairs."""
    if tuple((name.lower(), value) for name, value in headers) == head_headers(response_head):
        return None
    return json.dumps([[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers])


def headers_of(row: Mapping[str, Any]) -> tuple[tuple[bytes, bytes], ...]:
    if row["headers"] is None:
        return head_headers(row["response_head"])
    return tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in json.loads(row["headers"]))


def board_of(row: Mapping[str, Any]) -> Board:
    """From a row of boards joined with its site's host and delay."""
    return Board(
        id=row["id"],
        site_id=row["site_id"],
        url=row["url"],
        host=row["host"],
        slug=row["slug"],
        name=row["name"],
        engine=row["engine"],
        layout=json.loads(row["layout"]),
        charset=row["charset"],
        declared_total=row["declared_total"],
        number_meaning=row["number_meaning"],
        allow_private=bool(row["allow_private"]),
        delay=row["delay"],
        created_at=time_of(row["created_at"]),
    )


def run_of(row: Mapping[str, Any], board: Board) -> Run:
    return Run(
        id=row["id"],
        board=board,
        outcome=row["outcome"],
        exit_code=row["exit_code"] or 0,
        started_at=time_of(row["started_at"]),
        finished_at=maybe_time(row["finished_at"]),
        counts=Counts(**{name: row[name] for name in Counts.__slots__}),
        total=row["total"],
        message=row["message"],
        balance=balance_of(row["balance"]),
    )


def balance_of(text: str | None) -> Balance | None:
    """The balance sheet that ``balance_text`` wrote."""
    if text is None:
        return None
    values: Record = json.loads(text)
    return Balance(**{**values, "unlisted": tuple(values["unlisted"]), "lines": tuple(values["lines"])})


def balance_text(balance: Balance | None) -> str | None:
    """JSON, every field."""
    return None if balance is None else json.dumps(asdict(balance), ensure_ascii=False)


def known_of(row: Mapping[str, Any]) -> Known:
    return Known(
        id=row["id"],
        key=row["key"],
        number=row["number"],
        title=row["title"],
        author=row["author"],
        posted_raw=row["posted_raw"],
        posted_date=row["posted_date"],
        hits=row["hits"],
        url=row["url"] or "",
        is_notice=bool(row["is_notice"]),
        is_secret=bool(row["is_secret"]),
        state=row["state"],
        version=row["version"],
        checked_at=maybe_time(row["checked_at"]),
        first_seen_at=time_of(row["first_seen_at"]),
        last_seen_at=time_of(row["last_seen_at"]),
        missing_at=maybe_time(row["missing_at"]),
        told=tuple(json.loads(row["told"])) if row["told"] is not None else None,
    )


def capture_of(row: Mapping[str, Any]) -> Capture:
    return Capture(
        id=row["id"],
        run_id=row["run_id"],
        kind=row["kind"],
        ask_url=row["ask_url"],
        url=row["url"],
        method=row["method"],
        status=row["status"],
        headers=headers_of(row),
        body_sha256=row["body_sha256"],
        body_size=row["body_size"],
        started_at=time_of(row["started_at"]),
        finished_at=time_of(row["finished_at"]),
        post_key=row["post_key"],
        attachment_key=row["attachment_key"],
        outcome=row["outcome"],
        form=row["form"],
    )


def stretch_of(row: Mapping[str, Any]) -> Stretch:
    return Stretch(
        walk=row["walk"],
        page=row["page"],
        url=row["url"],
        capture_id=row["capture_id"],
        total=row["total"],
        keys=tuple(json.loads(row["keys"])),
        first_number=row["first_number"],
        last_number=row["last_number"],
        seen_at=time_of(row["seen_at"]),
        is_last=bool(row["is_last"]),
    )
