"""Writing a file or a folder whole or not at all.

Contract: the final name is taken in one step, when everything is written; whatever happens before leaves what has that
name as it was, and nothing beside it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import BadOutput, StorageFull


@contextmanager
def replacing(path: Path, archive: Path) -> Iterator[Path]:
    """The name of a part to write, which becomes ``path`` at the end. Raises BadOutput, StorageFull."""
    if path.is_dir():
        raise BadOutput(f"{path} is a folder: name a file in it")
    if path.exists() and not path.is_file():
        raise BadOutput(f"{path} is no ordinary file: name another")
    _check(path, archive)
    place = path.resolve()
    part = _part_of(place)
    with _told(path):
        try:
            yield part
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(place)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextmanager
def assembling(folder: Path, archive: Path) -> Iterator[Path]:
    """A folder to fill, which becomes ``folder``, a new or empty one, at the end. Raises BadOutput, StorageFull."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BadOutput(f"{folder} is no folder: name a new one")
    _check(folder, archive)
    place = folder.resolve()
    with _told(folder):
        if place.is_dir() and any(place.iterdir()):
            raise BadOutput(f"{folder} is not empty: name a new folder")
        part = _part_of(place)
        try:
            part.mkdir()
            yield part
            if place.is_dir():
                place.rmdir()
            part.rename(place)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name[:40]}.{os.getpid()}.part")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG):
            raise StorageFull(f"{path}: the disk is full or fails ({error.strerror}): make room, run again") from error
        raise BadOutput(f"{path} cannot be written: {error.strerror or error}") from error


def _check(path: Path, archive: Path) -> None:
    if not path.parent.is_dir():
        raise BadOutput(f"{path.parent} is no folder: make it first")
    if path.resolve() in {archive.resolve().with_name(archive.name + end) for end in ("", "-wal", "-shm", ".lock")}:
        raise BadOutput(f"{path} belongs to the archive: name another file")
    if not os.access(path.parent, os.W_OK):
        raise BadOutput(f"{path} cannot be written: no permission for its folder")
