"""A received body: hashed while it is written, in memory while small, then in an unnamed temporary file.

SpooledBody fulfils models.Body; its file goes away with it. A full disk is StorageFull.
"""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from collections.abc import Iterator

from scraper.errors import StorageFull

_STEP = 1 << 20


class SpooledBody:
    """Write it once from front to end, then ``close_writing``; from then on it only reads."""

    def __init__(self, limit: int) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=limit)  # noqa: SIM115 - it lives as long as this body
        self._finalizer = weakref.finalize(self, self._file.close)
        self._hash = hashlib.sha256()
        self._size = 0

    def write(self, piece: bytes) -> None:
        """Add bytes at the end. Raises StorageFull when the temporary file cannot take them."""
        self._hash.update(piece)
        self._size += len(piece)
        try:
            self._file.write(piece)
        except OSError as error:
            raise _storage(error) from error

    def close_writing(self) -> None:
        """Everything is written. Raises StorageFull like ``write``."""
        try:
            self._file.flush()
        except OSError as error:
            raise _storage(error) from error

    @property
    def size(self) -> int:
        return self._size

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the start, in pieces of at most 1 MiB; several readers may take turns."""
        at = 0
        while at < self._size:
            self._file.seek(at)
            piece = self._file.read(_STEP)
            at += len(piece)
            yield piece

    def read(self) -> bytes:
        return b"".join(self.chunks())

    def close(self) -> None:
        """Give the memory or the file back now; otherwise it happens when the body is forgotten."""
        self._finalizer()


def _storage(error: OSError) -> StorageFull:
    return StorageFull(
        f"a download cannot be kept in {tempfile.gettempdir()}: {error.strerror or error}; "
        "make room there or set TMPDIR to a larger disk"
    )
