"""Where the errors of SQLite and of the disk become ours.

Contract: inside ``translated(path)`` no sqlite3 error of the outside world, disk error or value that SQLite cannot hold
leaves untranslated. An IntegrityError is a bug of ours and passes.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import ArchiveBusy, ArchiveDamaged, ArchiveError, FieldError, StorageFull

_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what goes wrong with ``path`` into a sentence about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        known = _from_sqlite(error, path)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        known = from_os(error, path)
        if known is None:
            raise
        raise known from error
    except OverflowError as error:
        raise FieldError("number", str(error)) from error
    except UnicodeEncodeError as error:
        raise FieldError("text", error.object[:80]) from error


def _from_sqlite(error: sqlite3.Error, path: Path) -> ArchiveError | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        undecodable = isinstance(error, sqlite3.OperationalError) and "decode" in str(error)
        return ArchiveDamaged(_damaged(path, str(error))) if undecodable else None
    match code & 0xFF:
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return StorageFull(
                f"{path}: the disk is full or fails ({error}): what was stored before is whole; make room, run again"
            )
        case sqlite3.SQLITE_CORRUPT:
            return ArchiveDamaged(_damaged(path, str(error)))
        case sqlite3.SQLITE_NOTADB:
            return ArchiveDamaged(f"{path} is not an SQLite database: name another file with --db")
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return ArchiveDamaged(
                f"{path} cannot be opened ({error}): look at the permissions of the file and its folder"
            )
        case sqlite3.SQLITE_READONLY:
            return ArchiveDamaged(f"{path} cannot be written: look at the permissions of the file and its folder")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return ArchiveBusy(f"{path} is being written by another program: close it and run again")
    return None


def from_os(error: OSError, path: Path) -> ArchiveError | None:
    """The sentence for an error of the operating system, if it is one about the disk or permissions."""
    if error.errno in _FULL_ERRNOS:
        return StorageFull(f"{path}: the disk is full or fails ({error.strerror}): make room, run again")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return ArchiveDamaged(f"no permission for {error.filename or path}: look at its owner and mode")
    if isinstance(error, (FileNotFoundError, NotADirectoryError, IsADirectoryError)):
        return ArchiveDamaged(f"{error.filename or path} cannot be opened: {error.strerror}")
    return None


def _damaged(path: Path, problem: str) -> str:
    return f"{path} is damaged ({problem}): run `sinmungo verify`, keep the file, and restore a backup"
