"""Plain text files: the charset is found as for pages."""

from __future__ import annotations

from collections.abc import Iterator

from scraper.filetext.values import MAX_CHARACTERS, NotRead
from scraper.korean.charset import decode

_ENOUGH = 4 * MAX_CHARACTERS + 8
"""Bytes that hold more characters than are kept, in any charset."""
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_plain(content: bytes) -> Iterator[str]:
    """The text, as far as it can be kept. Bytes with NULs that are no UTF-16 are no text, whatever the name says."""
    if b"\0" in content and not content.startswith(_WIDE_MARKS):
        raise NotRead("unsupported", "it is called a text but is none")
    yield decode(content[:_ENOUGH], None).text
