"""What reading a file gives, and how much of it is read at most.

Contract: pure. A reader is a function from the bytes of a file to an iterator over its lines; it ends with NotRead when
it must stop before the end, and what it gave until then is kept.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Status = Literal["read", "empty", "encrypted", "broken", "too large", "unsupported", "no reader"]

MAX_BYTES = 64 << 20
"""Of a file."""
MAX_UNPACKED = 100 << 20
"""Bytes, of all parts of a file together."""
MAX_ENTRIES = 10_000
"""Parts in a zip file."""
MAX_PAGES = 1_000
MAX_CHARACTERS = 1_000_000
"""Of the text that is kept; a thick book has half of that."""

_FOREIGN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError),
    *(ValueError, struct.error, zlib.error, zipfile.BadZipFile),
)
"""What parsers written by others raise for bytes that they did not foresee."""


@dataclass(frozen=True, slots=True)
class FileText:
    """What one reading of a file gave. One that is not ``read`` may still have text: a preview, or its first part."""

    status: Status
    reader: str
    """ole (HWP 5), zip (HWPX, docx), pdf, plain, or none."""
    version: int
    """Of the reader; 0: its library is not installed."""
    text: str | None = None
    reason: str | None = None
    """Why there is no text, or not all of it."""


class NotRead(Exception):
    """A reader stops here."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(reason)
        self.status: Status = status
        self.reason = reason


class Allowance:
    """The bytes that the parts of one file may still unpack to."""

    def __init__(self, size: int = MAX_UNPACKED) -> None:
        self.size = self.left = size

    def take(self, count: int) -> None:
        """Raises NotRead when nothing is left."""
        self.left -= count
        if self.left < 0:
            raise NotRead("too large", f"it unpacks to more than {self.size >> 20} MiB")


@contextmanager
def foreign(what: str) -> Iterator[None]:
    """Whatever a parser that is not ours raises becomes NotRead: ``what`` is broken. Its own words are about itself."""
    try:
        yield
    except _FOREIGN as error:
        raise NotRead("broken", f"{what} cannot be read ({type(error).__name__})") from error
