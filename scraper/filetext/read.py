"""The text of a file, from its bytes.

Contract: never raises for what the bytes may be; everything but time is bounded, and whoever needs that runs it apart
(desk/apart.py). What a file is follows from its first bytes; its name decides only where plain text has no mark.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scraper.filetext.hwp5 import read_hwp5
from scraper.filetext.pdf import read_pdf
from scraper.filetext.plain import read_plain
from scraper.filetext.values import MAX_BYTES, MAX_CHARACTERS, FileText, NotRead, Status
from scraper.filetext.zipped import read_zipped
from scraper.korean.charset import clean

_PLAIN_NAME = re.compile(r"\.(txt|text|csv|tsv|md)$", re.IGNORECASE)
_PDF_WITHIN = 1024
"""Bytes before which the mark of a PDF may stand."""
_BLANK_LINES = re.compile(r"\n{3,}")


def read_nothing(content: bytes) -> Iterator[str]:
    """Never gives a text: says what a file is that nobody reads."""
    if not content:
        raise NotRead("empty", "it has no bytes")
    told = next((kind for mark, kind in _UNREAD if content.startswith(mark)), "no reader for what it is")
    raise NotRead("unsupported", told)


_UNREAD = (
    (b"HWP Document File V", "HWP 3, of before 2000"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"RIFF", "an image or sound"),
    (b"{\\rtf", "rich text"),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """One way to read files. A higher ``version`` makes ``sinmungo texts`` read its files again."""

    read: Callable[[bytes], Iterator[str]]
    version: int
    library: str | None = None


READERS: dict[str, Reader] = {
    "ole": Reader(read_hwp5, 1, "olefile"),
    "zip": Reader(read_zipped, 1),
    "pdf": Reader(read_pdf, 1, "pypdf"),
    "plain": Reader(read_plain, 1),
    "none": Reader(read_nothing, 1),
}


def reader_of(content: bytes, name: str, mime: str | None) -> str:
    """The name of the reader for a file: a look at its first bytes."""
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf"
    if any(content.startswith(mark) for mark, _ in _UNREAD):
        return "none"
    is_plain = _PLAIN_NAME.search(name) or (mime or "").partition(";")[0].strip().lower() == "text/plain"
    return "plain" if is_plain else "none"


def current_version(reader: str) -> int:
    """The version of a reader; 0 when its library cannot be imported."""
    chosen = READERS[reader]
    if chosen.library is not None:
        try:
            importlib.import_module(chosen.library)
        except ImportError:
            return 0
    return chosen.version


def given_up(status: Status, reader: str, reason: str) -> FileText:
    """A file that was not read to its end, or not at all."""
    return FileText(status, reader, READERS[reader].version, None, reason)


def oversized(start: bytes, name: str, mime: str | None = None) -> FileText:
    """A file of which only the first bytes are looked at, for it has more than MAX_BYTES."""
    return given_up("too large", reader_of(start, name, mime), f"it has more than {MAX_BYTES >> 20} MiB")


def read_file(content: bytes, name: str, mime: str | None = None) -> FileText:
    """The text of a file and how its reading ended. ``name`` and ``mime`` are what the site said."""
    if len(content) > MAX_BYTES:
        return oversized(content, name, mime)
    reader = reader_of(content, name, mime)
    version = current_version(reader)
    if version == 0:
        return FileText("no reader", reader, 0, None, f"{READERS[reader].library} is not installed")
    lines: list[str] = []
    status, reason = _gather(READERS[reader].read, content, lines)
    text = tidy("\n".join(lines)[: 4 * MAX_CHARACTERS])
    if len(text) > MAX_CHARACTERS:
        text, status = text[:MAX_CHARACTERS], "too large"
        reason = f"only its first {MAX_CHARACTERS:,} characters"
    if status == "read" and not text:
        status = "empty"
    return FileText(status, reader, version, text or None, reason)


def _gather(read: Callable[[bytes], Iterator[str]], content: bytes, lines: list[str]) -> tuple[Status, str | None]:
    """Fill ``lines`` until the end or until there are enough."""
    size = 0
    try:
        for line in read(content):
            lines.append(line)
            size += len(line) + 1
            if size > 2 * MAX_CHARACTERS:
                break
    except NotRead as error:
        return error.status, error.reason
    except MemoryError:
        return "too large", "it needs more memory than is there"
    return "read", None


def tidy(text: str) -> str:
    """NFC, no control characters, no blanks before line ends, at most one empty line in a row."""
    lines = (line.rstrip(" \t\xa0") for line in clean(text).splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
