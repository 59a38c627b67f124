"""Writing a file whole or not at all.

Contract: the final name is taken in one step, when everything is written; whatever happens before leaves a file of that
name as it was, and nothing beside it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scraper.errors import BadOutput, StorageFull


@contextmanager
def replacing(path: Path, archive: Path) -> Iterator[Path]:
    """The name of a part to write, which becomes ``path`` at the end. Raises BadOutput, StorageFull."""
    _check(path, archive)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG):
            raise StorageFull(f"{path}: the disk is full or fails ({error.strerror}): make room, run again") from error
        raise BadOutput(f"{path} cannot be written: {error.strerror or error}") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _check(path: Path, archive: Path) -> None:
    if path.is_dir():
        raise BadOutput(f"{path} is a folder: name a file in it")
    if not path.parent.is_dir():
        raise BadOutput(f"{path.parent} is no folder: make it first")
    if path.resolve() in {archive.resolve().with_name(archive.name + end) for end in ("", "-wal", "-shm", ".lock")}:
        raise BadOutput(f"{path} belongs to the archive: name another file")
    if not os.access(path.parent, os.W_OK):
        raise BadOutput(f"{path} cannot be written: no permission for its folder")
