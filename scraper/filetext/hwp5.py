"""HWP 5: an OLE file of record streams, with a small reader of our own for the text of its paragraphs.

FileHeader says in its flags whether BodyText/Section0, 1 … are deflated and whether somebody locked them; a record of
tag 67 holds the UTF-16LE units of one paragraph, in which those under 32 are controls of one or of eight units.
Source: Hancom, Document File Formats 5.0, revision 1.3.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Generator, Iterator
from io import BytesIO
from typing import Any

from scraper.filetext.values import MAX_CHARACTERS, Allowance, NotRead, Status, foreign

_SIGNATURE = b"HWP Document File"
_DEFLATED, _DISTRIBUTION = 1 << 0, 1 << 2
_LOCKS = {1: "a password", 4: "DRM", 8: "a certificate", 10: "DRM with a certificate"}
"""Bits of the flags."""
_PARA_TEXT = 67
_LONG = 0xFFF
"""A record of this size has its true size in four more bytes."""
_SHORT_CONTROLS = {0: "", 10: "\n", 13: "\n", 24: "-", 30: "\xa0", 31: " ", **dict.fromkeys(range(25, 30), "")}
"""Controls of one unit; all others take eight."""
_TAB = 9
_SECTION = re.compile(r"BodyText/Section(\d+)", re.IGNORECASE)
_PIECE = 1 << 16
_ENOUGH = 8 * MAX_CHARACTERS
"""Bytes of a paragraph that hold more characters than are kept."""
_OTHERS: tuple[tuple[str, Status, str], ...] = (
    ("EncryptedPackage", "encrypted", "an Office document with a password"),
    ("WordDocument", "unsupported", "a Word document of before 2007"),
    ("Workbook", "unsupported", "an Excel workbook of before 2007"),
    ("PowerPoint Document", "unsupported", "a PowerPoint file of before 2007"),
)


def read_hwp5(content: bytes) -> Iterator[str]:
    """The paragraphs, those of tables and notes after the one that holds them. Of a locked document its preview."""
    from olefile import OleFileIO

    with foreign("its OLE container"):
        container = OleFileIO(BytesIO(content))
        names = ["/".join(path) for path in container.listdir()]
    try:
        yield from _document(container, names, Allowance())
    finally:
        container.close()


def _document(container: Any, names: list[str], allowance: Allowance) -> Iterator[str]:
    if "FileHeader" not in names:
        for name, status, reason in _OTHERS:
            if name in names:
                raise NotRead(status, reason)
        raise NotRead("unsupported", "an OLE file that is no document")
    header = _stream(container, "FileHeader", allowance)
    if not header.startswith(_SIGNATURE) or len(header) < 40:
        raise NotRead("broken", "FileHeader does not say HWP")
    (flags,) = struct.unpack_from("<I", header, 36)
    lock = next((what for bit, what in _LOCKS.items() if flags & 1 << bit), None)
    if flags & _DISTRIBUTION:
        lock = "the lock of a document for distribution"
    sections = sorted((int(found[1]), name) for name in names if (found := _SECTION.fullmatch(name)))
    if lock or not sections:
        refusal = NotRead("encrypted", f"locked by {lock}") if lock else NotRead("broken", "it has no BodyText")
        yield from _preview(container, names, allowance, refusal)
        raise refusal
    for _, name in sections:
        yield from _section(_stream(container, name, allowance), name, flags & _DEFLATED != 0, allowance)


def _preview(container: Any, names: list[str], allowance: Allowance, refusal: NotRead) -> Iterator[str]:
    """PrvText, the first thousand characters; ``refusal`` then says that this is all."""
    if "PrvText" not in names:
        return
    text = _stream(container, "PrvText", allowance).decode("utf-16-le", "replace").strip("\0\r\n ")
    if text:
        refusal.reason += "; its text here is the preview only"
        yield text


def _stream(container: Any, name: str, allowance: Allowance) -> bytes:
    with foreign(name):
        allowance.take(container.get_size(name))
        content: bytes = container.openstream(name).read()
        return content


def _section(stream: bytes, name: str, deflated: bool, allowance: Allowance) -> Iterator[str]:
    """The paragraphs of a section; those before a damage are given before NotRead is raised."""
    section, problem = inflated(stream, allowance) if deflated else (stream, None)
    whole = yield from _paragraphs(section)
    if problem is None and not whole:
        problem = "ends within a record"
    if problem is not None:
        raise NotRead("broken", f"{name} {problem}")


def _paragraphs(section: bytes) -> Generator[str, None, bool]:
    """Returns whether the records fill the section."""
    at = 0
    while at + 4 <= len(section):
        (head,) = struct.unpack_from("<I", section, at)
        tag, size = head & 0x3FF, head >> 20
        at += 4
        if size == _LONG:
            if at + 4 > len(section):
                return False
            (size,) = struct.unpack_from("<I", section, at)
            at += 4
        if tag == _PARA_TEXT:
            yield paragraph(section[at : at + min(size, _ENOUGH)])
        at += size
    return at == len(section)


def paragraph(units: bytes) -> str:
    """The text of one PARA_TEXT record."""
    kept = bytearray()
    at, count = 0, len(units) // 2
    values = struct.unpack_from(f"<{count}H", units)
    while at < count:
        value = values[at]
        if value >= 32:
            kept += units[2 * at : 2 * at + 2]
            at += 1
        elif value in _SHORT_CONTROLS:
            kept += _SHORT_CONTROLS[value].encode("utf-16-le")
            at += 1
        else:
            if value == _TAB:
                kept += b"\t\0"
            at += 8
    return kept.decode("utf-16-le", "replace").rstrip("\n")


def inflated(stream: bytes, allowance: Allowance) -> tuple[bytes, str | None]:
    """Raw deflate undone, and what is wrong when that was not the whole. Raises NotRead past the allowance."""
    unpacker, out = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
    for start in range(0, len(stream), _PIECE):
        left = stream[start : start + _PIECE]
        while left and not unpacker.eof:
            try:
                some = unpacker.decompress(left, _PIECE)
            except zlib.error as error:
                return bytes(out), f"cannot be unpacked ({error})"
            allowance.take(len(some))
            out += some
            left = unpacker.unconsumed_tail
    while not unpacker.eof and (some := unpacker.decompress(b"", _PIECE)):
        allowance.take(len(some))
        out += some
    return bytes(out), None if unpacker.eof else "ends too soon"
