"""Looking for damage: every record against its hash, every capture against the chain, every blob against its digest.

Contract: opens read-only and changes nothing. A damaged record is named so that it can be looked up; damage never
raises, but a file that cannot be opened as an archive at all is ArchiveDamaged, ArchiveTooNew or NoArchive.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from scraper.archive import chain
from scraper.archive.blobs import Codecs, read_part
from scraper.archive.border import translated
from scraper.archive.open import open_archive
from scraper.archive.rows import SEALED, each, first, scalar, select
from scraper.archive.search import is_current
from scraper.archive.terms import search_terms
from scraper.archive.values import Record, content_sha256, row_sha256, stored_files
from scraper.errors import ArchiveDamaged


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong. ``record`` reads like "posts 17 (key 203)" or "blobs 3fa9… part 2"."""

    table: str
    record: str
    problem: str

    def __str__(self) -> str:
        return f"{self.record}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at. ``head`` is the chain's last entry hash, to be kept where nobody can change it."""

    rows: int = 0
    captures: int = 0
    blobs: int = 0
    bytes: int = 0
    damages: int = 0
    head: str = ""
    full: bool = False


class Verification:
    """An iterator over the damages; ``summary`` is complete when it ended."""

    def __init__(self, path: Path, *, full: bool, head: str | None) -> None:
        self.path = path
        self.summary = Summary(full=full)
        self._expected_head = head

    def __iter__(self) -> Iterator[Damage]:
        with open_archive(self.path, write=False) as archive, translated(self.path):
            db = archive.db
            db.execute("BEGIN")  # one snapshot, whatever a writer does meanwhile; closing ends it
            checks: list[Callable[[Database], Iterator[Damage]]]
            checks = [self._file, self._rows, self._contents, self._chain, self._blobs, self._dictionaries]
            checks += [_posts_index, _texts_index]
            for check in checks:
                try:
                    for damage in check(db):
                        self._count(damages=1)
                        yield damage
                except sqlite3.DatabaseError as error:
                    self._count(damages=1)
                    yield Damage(
                        "archive", f"{self.path.name} ({check.__name__.strip('_')})", f"cannot be read: {error}"
                    )

    def _count(self, **more: int) -> None:
        self.summary = replace(self.summary, **{name: getattr(self.summary, name) + add for name, add in more.items()})

    def _file(self, db: Database) -> Iterator[Damage]:
        for row in select(db, "PRAGMA integrity_check"):
            if row["integrity_check"] != "ok":
                yield Damage("archive", self.path.name, row["integrity_check"])
        for row in select(db, "PRAGMA foreign_key_check"):
            yield Damage(
                row["table"], f"{row['table']} {row['rowid']}", f"refers to {row['parent']}, where it is missing"
            )

    def _rows(self, db: Database) -> Iterator[Damage]:
        for table in sorted(SEALED):
            for number, row in _records(db, table):
                self._count(rows=1)
                if isinstance(row, str):
                    yield Damage(table, f"{table} {number}", row)
                elif not _matches(row):
                    yield Damage(table, _name(table, row), "does not match its row_sha256")

    def _contents(self, db: Database) -> Iterator[Damage]:
        for number, row in _records(db, "post_versions"):
            if not isinstance(row, str) and not _content_matches(row):
                name = f"post_versions {number} (post {row['post_id']}, version {row['version']})"
                yield Damage("post_versions", name, "does not match its content_sha256")
        for number, row in _records(db, "posts"):
            if isinstance(row, str) or row["state"] == "redacted":
                continue
            sql = "SELECT content_sha256 FROM post_versions WHERE post_id = ? ORDER BY version DESC LIMIT 1"
            latest = first(db, sql, [number])
            files = stored_files(select(db, "SELECT * FROM attachments WHERE post_id = ?", [number]))
            if row["content_sha256"] != (latest["content_sha256"] if latest else None):
                yield Damage("posts", _name("posts", row), "is not its latest version")
            elif latest and content_sha256(row, files) != row["content_sha256"]:
                yield Damage("posts", _name("posts", row), "does not match its content_sha256")

    def _chain(self, db: Database) -> Iterator[Damage]:
        start = chain.genesis(scalar(db, "SELECT value FROM meta WHERE key = 'archive_id'"))
        seen: list[str] = []

        def readable() -> Iterator[Record]:
            for number, row in _records(db, "captures"):
                self._count(captures=1)
                if isinstance(row, str):
                    unreadable.append(Damage("captures", f"captures {number}", row))
                else:
                    seen.append(row["entry_hash"])
                    yield row

        unreadable: list[Damage] = []
        for number, problem in chain.breaks(readable(), start):
            yield Damage("captures", f"captures {number}", problem)
        yield from unreadable
        last = first(db, "SELECT value FROM meta WHERE key = 'last_capture'")
        held = int(scalar(db, "SELECT coalesce(max(id), 0) FROM captures"))
        for number in range(held + 1, int(last["value"]) + 1 if last else held + 1):
            yield Damage("captures", f"captures {number}", "missing from the end of the chain")
        if self._expected_head is not None and self._expected_head not in {start, *seen}:
            yield Damage("captures", "captures", f"the chain does not hold the expected head {self._expected_head}")
        self.summary = replace(self.summary, head=seen[-1] if seen else start)

    def _blobs(self, db: Database) -> Iterator[Damage]:
        codecs = Codecs()
        for blob in select(db, "SELECT * FROM blobs ORDER BY rowid"):
            self._count(blobs=1, bytes=blob["size"])
            parts = scalar(db, "SELECT count(*) FROM blob_parts WHERE sha256 = ?", [blob["sha256"]])
            if parts != blob["parts"]:
                yield Damage("blobs", f"blobs {blob['sha256']}", f"{parts} of {blob['parts']} parts are there")
            if self.summary.full:
                yield from _bytes(db, codecs, blob)

    def _dictionaries(self, db: Database) -> Iterator[Damage]:
        for number, row in _records(db, "dictionaries"):
            if isinstance(row, str):
                yield Damage("dictionaries", f"dictionaries {number}", row)
            elif hashlib.sha256(row["data"]).hexdigest() != row["sha256"]:
                yield Damage("dictionaries", f"dictionaries {number}", "does not match its sha256")


def verify(archive_path: Path, *, full: bool, head: str | None = None) -> Verification:
    """The damages of an archive, found while iterating.

    ``full`` also decompresses and hashes every blob. ``head`` is a chain head noted earlier: it must still be there.
    """
    return Verification(archive_path, full=full, head=head)


def _records(db: Database, table: str) -> Iterator[tuple[int, Record | str]]:
    """Every row by its id; what is wrong with it, as text, when it cannot be read."""
    for number in [row["id"] for row in select(db, f"SELECT id FROM {table} NOT INDEXED ORDER BY id")]:
        try:
            found = first(db, f"SELECT * FROM {table} WHERE id = ?", [number])
        except sqlite3.DatabaseError as error:
            yield number, f"cannot be read: {error}"
        else:
            yield number, found if found is not None else "cannot be found by its id"


def _name(table: str, row: Record) -> str:
    key = row.get("key") or row.get("slug") or row.get("host")
    return f"{table} {row['id']}" + (f" (key {key})" if key else "")


def _matches(row: Record) -> bool:
    try:
        return bool(row_sha256(row) == row["row_sha256"])
    except (TypeError, ValueError):
        return False


def _content_matches(version: Record) -> bool:
    try:
        return bool(content_sha256(version, json.loads(version["files"])) == version["content_sha256"])
    except (TypeError, ValueError):
        return False


def _bytes(db: Database, codecs: Codecs, blob: Record) -> Iterator[Damage]:
    digest, size, whole = hashlib.sha256(), 0, True
    for number in range(1, blob["parts"] + 1):
        try:
            content = read_part(db, codecs, blob, number)
        except ArchiveDamaged as error:
            whole = False
            record, _, problem = str(error).partition(": ")
            yield Damage("blobs", record, problem)
        except sqlite3.DatabaseError as error:
            whole = False
            yield Damage("blobs", f"blobs {blob['sha256']} part {number}", f"cannot be read: {error}")
        else:
            digest.update(content)
            size += len(content)
    if whole and (digest.hexdigest() != blob["sha256"] or size != blob["size"]):
        yield Damage("blobs", f"blobs {blob['sha256']}", f"{size} of {blob['size']} bytes, another digest")


def _posts_index(db: Database) -> Iterator[Damage]:
    return _index(db, "posts_fts", "posts", "SELECT id, title, body_text AS text FROM posts")


def _texts_index(db: Database) -> Iterator[Damage]:
    texts = "SELECT id, '' AS title, text FROM attachment_texts WHERE text IS NOT NULL"
    return _index(db, "attachment_texts_fts", "texts of files", texts)


def _index(db: Database, index: str, what: str, source: str) -> Iterator[Damage]:
    """Every text has one entry, found by its first piece. An index can always be made anew."""
    held, wanted = (scalar(db, f"SELECT count(*) FROM {table}") for table in (f"{index}_docsize", f"({source})"))
    if held != wanted:
        yield Damage(index, index, f"holds {held} of {wanted} {what}: run `sinmungo reindex`")
        return
    if not is_current(db):
        return  # the next run that writes fills it again, with other terms
    sql = f"SELECT count(*) FROM {index} WHERE {index} MATCH ? AND rowid = ?"
    for row in each(db, f"{source} ORDER BY id"):
        piece = search_terms(row["title"], row["text"]).partition(" ")[0]
        if piece and not scalar(db, sql, [f'search_terms : "{piece}"', row["id"]]):
            yield Damage(index, f"{index} {row['id']}", "cannot be found by its text: run `sinmungo reindex`")
