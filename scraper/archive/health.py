"""How an archive is doing, told cheaply: what is left undone, what somebody else changed, which command mends it.

Contract: reads only, and reads little (``verify`` looks at every record). A file that cannot be opened as an archive at
all is NoArchive, ArchiveTooNew or another ArchiveError.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from scraper.archive.border import translated
from scraper.archive.lock import find_holder
from scraper.archive.open import open_archive
from scraper.archive.rows import scalar, select
from scraper.archive.schema import schema_version
from scraper.archive.search import is_current
from scraper.archive.terms import search_terms

Level = Literal["ok", "undone", "damaged"]

_FAILURES = "SELECT count(*) FROM failures WHERE resolved_at IS NULL AND outcome NOT IN ('secret', 'blocked')"
_PROBES = 20
"""Posts, and texts of files, whose entry in the index is looked for, spread over all of them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was looked at; ``next_step`` is what mends it, None when all is well."""

    name: str
    level: Level
    told: str
    next_step: str | None = None


def examine(path: Path) -> list[Fact]:
    """What can be told of the archive at ``path`` at a glance."""
    place = path.expanduser().resolve()
    wal = place.with_name(place.name + "-wal")
    waiting = wal.stat().st_size if wal.exists() else 0
    with open_archive(path, write=False) as archive, translated(path):
        holder, alive = find_holder(place)
        facts = [_schema(), _lock(holder, alive=alive), _wal(waiting, alive=alive), *_index(archive.db)]
        return [*facts, _file_texts(archive.db), *_work(archive.db, alive=alive)]


def _schema() -> Fact:
    return Fact("schema", "ok", f"{schema_version()}, the one of this program; SQLite {sqlite3.sqlite_version}")


def _lock(holder: str | None, *, alive: bool) -> Fact:
    if holder is None:
        return Fact("lock", "ok", "free")
    if alive:
        return Fact("lock", "ok", f"held by {holder}, which is writing")
    return Fact("lock", "undone", f"left by {holder}, which died", "the next run takes it: `sinmungo sync`")


def _wal(waiting: int, *, alive: bool) -> Fact:
    if not waiting:
        return Fact("wal", "ok", "folded in: the file can be copied")
    told = f"{waiting:,} bytes stand beside the file in -wal: a copy of the file alone lacks them"
    if alive:
        return Fact("wal", "ok", told)
    return Fact("wal", "undone", told, "any run folds them in: `sinmungo sync`")


def _index(db: Database) -> Iterator[Fact]:
    mend = "fill it again: `sinmungo reindex`"
    try:
        posts, held = (scalar(db, f"SELECT count(*) FROM {table}") for table in ("posts", "posts_fts_docsize"))
        lost = _count_lost(db, "posts", "title, body_text")
    except sqlite3.DatabaseError as error:
        yield Fact("search index", "damaged", f"cannot be read: {error}", mend)
        return
    if held != posts:
        yield Fact("search index", "damaged", f"holds {held:,} of {posts:,} posts", mend)
    elif not is_current(db):
        yield Fact(
            "search index",
            "undone",
            "filled by an earlier sinmungo",
            "the next run fills it: `sinmungo sync`, or `sinmungo reindex`",
        )
    elif lost:
        told = f"the pieces of words are gone ({lost} of {min(posts, _PROBES)} posts looked at): somebody rebuilt it"
        yield Fact("search index", "damaged", told, mend)
    else:
        yield Fact(
            "search index", "ok", f"{posts:,} post{'' if posts == 1 else 's'}, each with the pieces of its words"
        )


def _file_texts(db: Database) -> Fact:
    tries, texts, held, waiting = (
        scalar(db, f"SELECT count(*) FROM {source}")
        for source in (
            "attachment_texts",
            "attachment_texts WHERE text IS NOT NULL",
            "attachment_texts_fts_docsize",
            "blobs WHERE sha256 IN (SELECT blob_sha256 FROM attachments WHERE kind = 'file') "
            "AND sha256 NOT IN (SELECT blob_sha256 FROM attachment_texts)",
        )
    )
    if held != texts:
        told = f"the index holds {held:,} of {texts:,} texts"
        return Fact("file texts", "damaged", told, "fill it again: `sinmungo reindex`")
    if lost := _count_lost(db, "attachment_texts", "'' AS title, text AS body_text", "WHERE text IS NOT NULL"):
        told = f"the pieces of words are gone ({lost} of {min(texts, _PROBES)} texts looked at): somebody rebuilt it"
        return Fact("file texts", "damaged", told, "fill it again: `sinmungo reindex`")
    more = f"; {waiting:,} were never tried: `sinmungo texts` reads them" if waiting else ""
    return Fact("file texts", "ok", f"{texts:,} of {tries:,} files have a text{more}")


def _count_lost(db: Database, table: str, columns: str, where: str = "") -> int:
    """Of rows spread over a table, how many the index finds by no piece of their words, as after a rebuild."""
    sql = f"""WITH held AS (SELECT id FROM {table} {where}), generate(value) AS
        (SELECT 0 UNION ALL SELECT value + 1 FROM generate WHERE value < ?1 - 1)
        SELECT DISTINCT
            (SELECT id FROM held WHERE id >= low + (high - low) * value / (?1 - 1) ORDER BY id LIMIT 1) AS id
        FROM (SELECT min(id) AS low, max(id) AS high FROM held), generate"""
    ids = [row["id"] for row in select(db, sql, [_PROBES]) if row["id"] is not None]
    return sum(not _is_found(db, table, columns, row_id) for row_id in ids)


def _is_found(db: Database, table: str, columns: str, row_id: int) -> bool:
    """Whether the entry of a text holds a piece of its words, which a rebuilt index cannot."""
    held = select(db, f"SELECT {columns} FROM {table} WHERE id = ?", [row_id])[0]
    term = search_terms(held["title"], held["body_text"]).partition(" ")[0]
    sql = f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH ? AND rowid = ?"
    return not term or bool(scalar(db, sql, [f'search_terms : "{term}"', row_id]))


def _work(db: Database, *, alive: bool) -> Iterator[Fact]:
    """What a run left undone; while one is at work, that is its business."""
    counts = (
        ("captures", "SELECT count(*) FROM captures WHERE outcome IS NULL", "fetched, not read yet"),
        ("runs", "SELECT count(*) FROM runs WHERE finished_at IS NULL", "without an end"),
        ("first walks", "SELECT count(*) FROM boards WHERE first_walk_done_at IS NULL", "to go on with"),
    )
    for name, sql, told in counts:
        count = scalar(db, sql)
        if not count:
            yield Fact(name, "ok", "none left")
        elif alive:
            yield Fact(name, "ok", f"{count:,} {told}; a run is at work")
        else:
            yield Fact(name, "undone", f"{count:,} {told}", "`sinmungo sync`")
    failures = scalar(db, _FAILURES)
    told = f"{failures:,} posts or files could not be had; `sinmungo failures` lists them" if failures else "none"
    yield Fact("failures", "ok", told)
