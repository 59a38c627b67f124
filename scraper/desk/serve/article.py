"""A post with its versions, files and hits in the shape in which the article page shows it. Pure.

Contract: nothing here is markup; the template escapes it. Times are Korean, to the minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scraper.desk.serve.curve import Curve, hits_curve
from scraper.desk.serve.policy import is_picture
from scraper.korean.diff import Piece, changes, shortened
from scraper.models import KST

LONGEST = 40_000
"""Characters of a text that is still compared word by word: the time grows with the square."""

_COMPARED = ("title", "author", "posted", "category")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one field; no pieces when the texts are too long to be compared."""

    field: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class File:
    """A file of a post. ``sha256`` is None when its bytes are not held."""

    name: str
    sha256: str | None
    size: int | None = None
    reason: str | None = None

    @property
    def is_picture(self) -> bool:
        return self.sha256 is not None and is_picture(self.name)


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One state of the post and how it differs from the one before."""

    number: int
    cause: str
    seen_at: str
    changes: list[Change]
    files: list[File]
    """Files that only this version or an earlier one had."""
    has_original: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """All of the page."""

    post: Record
    files: list[File]
    pictures: list[File]
    versions: list[VersionShown]
    """The newest first."""
    curve: Curve | None


def shown(post: Record, versions: Sequence[Record], hits: Sequence[Record]) -> Shown:
    """Everything that the page shows of ``post``."""
    attachments = post["attachments"]
    times = {name: minute(post[name]) for name in ("first_seen_at", "last_seen_at", "checked_at")}
    link = post["url"] if (post["url"] or "").startswith(("http://", "https://")) else None
    counted = [(datetime.fromisoformat(row["seen_at"]).astimezone(KST), row["hits"]) for row in hits]
    return Shown(
        {**post, **times, "posted": posted(post), "link": link},
        [_attachment(each) for each in attachments if each["kind"] == "file"],
        [_attachment(each) for each in attachments if each["kind"] == "inline"],
        list(_versions(versions, {each["blob_sha256"] for each in attachments}))[::-1],
        hits_curve(counted),
    )


def find_name(post: Record, versions: Sequence[Record], sha256: str, wanted: str | None) -> str | None:
    """The name under which the post has or had these bytes: ``wanted`` if it was one. None when it never had them."""
    names = [each["name"] for each in post["attachments"] if each["blob_sha256"] == sha256]
    names += [name for version in reversed(versions) for _, name, digest in version["files"] if digest == sha256]
    return wanted if wanted in names else next(iter(names), None)


def minute(at: str | None) -> str | None:
    """One of our UTC times as a Korean one, YYYY-MM-DD HH:MM."""
    return datetime.fromisoformat(at).astimezone(KST).strftime("%Y-%m-%d %H:%M") if at else None


def posted(record: Record) -> str | None:
    """When it was posted, as exactly as the board tells."""
    if record["posted_precision"] in ("day", "none"):
        return None if record["posted_date"] is None else str(record["posted_date"])
    width = len("2026-01-01T00:00:00" if record["posted_precision"] == "second" else "2026-01-01T00:00")
    return str(record["posted_at"])[:width].replace("T", " ")


def _attachment(each: Record) -> File:
    held = each["blob_sha256"] if each["state"] == "stored" else None
    return File(each["name"], held, each["size"], each["reason"])


def _versions(versions: Sequence[Record], current: set[str]) -> Iterator[VersionShown]:
    for before, version in zip([None, *versions], versions, strict=False):
        former = [File(name, digest) for _, name, digest in version["files"] if digest not in current]
        told = list(_changes(before, version)) if before else []
        original = version["article_capture_id"] is not None
        yield VersionShown(
            version["version"], version["cause"], minute(version["seen_at"]) or "", told, former, original
        )


def _changes(before: Record, after: Record) -> Iterator[Change]:
    old, new = {**before, "posted": posted(before)}, {**after, "posted": posted(after)}
    for field in _COMPARED:
        if old[field] != new[field]:
            yield Change(field, shortened(changes(old[field] or "", new[field] or "")))
    texts = before["body_text"] or "", after["body_text"] or ""
    if texts[0] != texts[1]:
        yield Change("text", shortened(changes(*texts)) if max(map(len, texts)) <= LONGEST else [])
    if before["files"] != after["files"]:
        held = [{tuple(file) for file in version["files"]} for version in (before, after)]
        gone = [Piece("gone", name) for key, name, digest in before["files"] if (key, name, digest) not in held[1]]
        added = [Piece("new", name) for key, name, digest in after["files"] if (key, name, digest) not in held[0]]
        yield Change("files", gone + added)
