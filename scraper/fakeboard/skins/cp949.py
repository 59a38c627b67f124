"""Text to CP949 bytes as an old PHP board has them: CRLF, character references, and titles cut in mid-character."""

from __future__ import annotations

import codecs


def encode(page: str) -> bytes:
    """The page's bytes. A character that CP949 lacks becomes a reference; half a character stays half."""
    return page.replace("\n", "\r\n").encode("cp949", "fakeboard.cp949")


def cut_bytes(value: str, limit: int) -> str:
    """The text cut at ``limit`` CP949 bytes and marked with "...".

    A byte of a character that was cut in two stands in it as a lone surrogate, which encode() turns back.
    """
    if len(value.encode("cp949", "replace")) <= limit:
        return value
    head, used = "", 0
    for char in value:
        piece = char.encode("cp949", "replace")
        if used + len(piece) > limit:
            return head + piece[: limit - used].decode("ascii", "surrogateescape") + "..."
        head, used = head + char, used + len(piece)
    return head


def _as_php_does(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    char = error.object[error.start]
    if "\udc80" <= char <= "\udcff":
        return bytes([ord(char) - 0xDC00]), error.start + 1
    return f"&#{ord(char)};", error.start + 1


codecs.register_error("fakeboard.cp949", _as_php_does)
