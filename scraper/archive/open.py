"""Opening archive.db, for writing (one process, a kernel lock) or for reading (no lock, nothing created).

Contract: whatever stands at the path, the answer is an open Archive, or an ArchiveError or NoArchive that names it.
A file that is not ours is never changed. The lock is freed by the kernel when its holder dies.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from scraper.archive.border import translated
from scraper.archive.lock import take_lock
from scraper.archive.rows import scalar
from scraper.archive.schema import APPLICATION_ID, migrate, schema_version
from scraper.archive.search import bring_up
from scraper.archive.store import Archive
from scraper.errors import ArchiveDamaged, ArchiveError, ArchiveTooNew, NoArchive

BUSY_MS = 5_000
"""How long SQLite waits for a program that is not sinmungo."""

_AS_IT_LIES = "mode=ro&immutable=1"
"""No locks, no companion files: only while nobody writes."""

_MAGIC = b"SQLite format 3\0"


def open_archive(path: Path, *, write: bool, create: bool = True) -> Archive:
    """The archive at ``path``, as a context manager.

    ``write=True`` creates it when there is none, brings its schema up to date and takes the lock at once or raises
    ArchiveBusy. For reading, or with ``create=False``, NoArchive when there is no file. Else ArchiveTooNew,
    ArchiveDamaged or StorageFull.
    """
    with translated(path):
        place = path.expanduser().resolve()
        _look(path, place, write=write, create=write and create)
        _probe(path, place)
        return _writer(path, place) if write else _reader(path, place)


def connect_reader(path: Path) -> Database:
    """A read-only connection. On a medium that cannot hold the companions of the WAL, the file is read as it lies."""
    try:
        return _connect(path, "mode=ro", _read_schema)
    except sqlite3.OperationalError as error:
        primary = error.sqlite_errorcode & 0xFF
        if primary not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _has_wal(path):
            raise
        return _connect(path, _AS_IT_LIES, _read_schema)


def _has_wal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _read_schema(db: Database) -> None:
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _look(path: Path, place: Path, *, write: bool, create: bool) -> None:
    """Refuse what is no archive by its outside, before anything is created beside it."""
    if place.is_dir():
        raise ArchiveDamaged(f"{path} is a directory: name a file with --db, for example {path / 'archive.db'}")
    if not place.parent.is_dir():
        raise ArchiveDamaged(
            f"{path}: the folder {place.parent} does not exist: make it first, or name another with --db"
        )
    if not place.exists():
        if not create:
            raise NoArchive(f"there is no archive at {path}: `sinmungo crawl URL` makes one, --db names another")
        return
    with place.open("rb") as file:
        head = file.read(len(_MAGIC))
    if not head and not create:
        raise NoArchive(f"{path} is empty: `sinmungo crawl URL` makes an archive, --db names another")
    if head and head != _MAGIC:
        raise ArchiveDamaged(f"{path} is not an SQLite database: name another file with --db")
    if write and not os.access(place, os.W_OK):
        raise ArchiveDamaged(f"no permission to write {path}: look at its owner and mode")


def _probe(path: Path, place: Path) -> None:
    """Refuse a database that is not ours without leaving SQLite's companion files beside it."""
    if not place.exists() or not place.stat().st_size:
        return
    probe = connect_reader(place) if _has_wal(place) else _connect(place, _AS_IT_LIES, _read_schema)
    try:
        identify(probe, path)
    finally:
        probe.close()


def _reader(path: Path, place: Path) -> Archive:
    db = connect_reader(place)
    try:
        found = identify(db, path)
        if found == 0:
            raise NoArchive(f"{path} is empty: `sinmungo crawl URL` makes an archive, --db names another")
        if found < schema_version():
            raise ArchiveError(
                f"{path} was written by an older sinmungo: run `sinmungo reindex` once to bring it up to date"
            )
    except BaseException:
        db.close()
        raise
    return Archive(db, path, writable=False)


def _writer(path: Path, place: Path) -> Archive:
    lock = take_lock(path, place)
    try:
        db = _connect(place, "mode=rwc", lambda db: identify(db, path))
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            migrate(db, identify(db, path))
            bring_up(db)
        except BaseException:
            db.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Archive(db, path, writable=True, release=lock.release)


def identify(db: Database, path: Path) -> int:
    """The schema version of an archive, 0 for a file without tables. ArchiveDamaged or ArchiveTooNew for any other."""
    application = scalar(db, "PRAGMA application_id")
    found = int(scalar(db, "PRAGMA user_version"))
    if application != APPLICATION_ID:
        if scalar(db, "SELECT count(*) FROM sqlite_master") or application:
            raise ArchiveDamaged(f"{path} is the database of another program: name another file with --db")
        return 0
    if found > schema_version():
        raise ArchiveTooNew(
            f"{path} was written by a later sinmungo (schema {found}, this one knows {schema_version()}): "
            "upgrade with `pip install -U sinmungo`"
        )
    return found


def _connect(path: Path, query: str, check: Callable[[Database], object]) -> Database:
    connection = sqlite3.connect(
        f"{path.as_uri()}?{query}",
        uri=True,
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        db = Database(connection, execute_plugins=False)
        check(db)
    except BaseException:
        connection.close()
        raise
    return db
