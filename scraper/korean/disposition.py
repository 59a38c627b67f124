"""The file name in a Content-Disposition header, from its raw bytes: what the servers of Korean boards really send.

``filename*`` comes first; then ``filename``: raw UTF-8 or cp949, percent-encoded, RFC 2047, or UTF-8 encoded twice.
And such a header written as it should be, by RFC 6266.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from urllib.parse import quote, unquote_to_bytes

from scraper.korean.charset import charset_of, clean, read_lenient

_LONGEST = 4096
_SHORT = 8
"""Bytes of a name that may fit UTF-8 by chance."""
_PARAMETER = re.compile(rb"(?:^|[;\s,])(filename\*?)\s*=\s*", re.IGNORECASE)
_NEXT_PARAMETER = re.compile(rb";\s*[!#$&'*+.^_`|~0-9A-Za-z-]{1,40}\s*=")
_ESCAPE = re.compile(rb"%[0-9A-Fa-f]{2}")
_ENCODED_WORD = re.compile(r"=\?([\w.:-]+)(?:\*[\w-]*)?\?([bBqQ])\?([^?]*)\?=(\s+(?==\?))?")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u3000-\u318e\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")


def read_disposition(raw: bytes, page_charset: str | None) -> tuple[str, str] | None:
    """(name, name_raw) of a Content-Disposition header's bytes; None when it names no file.

    ``name`` is NFC and has no path; ``name_raw`` is the parameter's value as sent, read as latin-1. ``page_charset``
    (a label or codec) decides where the bytes of a short name fit both UTF-8 and cp949.
    """
    values = _parameters(raw[:_LONGEST])
    for key in (b"filename*", b"filename"):
        value = values.get(key)
        if value is None:
            continue
        text = _extended(value) if key == b"filename*" else _plain(value, page_charset)
        name = base_name(text)
        if name:
            return name, value.decode("latin-1")
    return None


def write_disposition(name: str) -> str:
    """The header's value that makes a browser save a file as ``name``: ASCII, RFC 8187 for what is not."""
    saved = base_name(name) or "file"
    plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in saved)
    encoded = quote(saved.encode("utf-8", "replace"), safe="!#$&+-.^_`|~")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"


def base_name(text: str) -> str | None:
    """The last part of a path (``C:\\dir\\file``, ``a/b``), cleaned; None when nothing is left."""
    name = clean(re.split(r"[\\/]", text)[-1])
    name = " ".join(name.split()) if "\n" in name or "\r" in name or "\t" in name else name.strip()
    return name if name.strip(".") else None


def _parameters(raw: bytes) -> dict[bytes, bytes]:
    """The values of ``filename`` and ``filename*``, unquoted; the first of each."""
    values: dict[bytes, bytes] = {}
    position = 0
    while match := _PARAMETER.search(raw, position):
        value, position = _value(raw, match.end())
        values.setdefault(match[1].lower(), value)
    return values


def _value(raw: bytes, start: int) -> tuple[bytes, int]:
    """A quoted or bare value and where it ends. Quotes and semicolons inside it were not always escaped."""
    if raw[start : start + 1] == b'"':
        end = raw.find(b'"', start + 1)
        while end != -1:
            if raw[end - 1 : end] != b"\\" and raw[end + 1 :].lstrip()[:1] in (b"", b";"):
                return raw[start + 1 : end].replace(b'\\"', b'"').replace(b"\\\\", b"\\"), end + 1
            end = raw.find(b'"', end + 1)
    following = _NEXT_PARAMETER.search(raw, start)
    end = following.start() if following else len(raw)
    bare = raw[start:end].strip(b' \t\r\n;"')
    return (bare[1:-1] if len(bare) > 1 and bare[:1] == bare[-1:] == b"'" else bare), end


def _extended(value: bytes) -> str:
    """``charset'language'percent-encoded`` (RFC 8187), any charset; servers forget the quotes or lie about it."""
    parts = value.split(b"'", 2)
    charset = charset_of(parts[0].decode("latin-1")) if len(parts) == 3 else None
    content = unquote_to_bytes(parts[-1] if len(parts) == 3 else value)
    if charset is not None:
        text = _strict(content, charset)
        if text is not None:
            return text
    return _of_bytes(content, charset)


def _plain(value: bytes, page_charset: str | None) -> str:
    if b"=?" in value:
        text = _encoded_words(value.decode("latin-1"))
        if text is not None:
            return text
    if value.isascii() and _ESCAPE.search(value):
        content = unquote_to_bytes(value)
        for charset in ("utf-8", "cp949"):
            if _strict(content, charset) is None:
                continue
            if b" " not in value and b"%20" not in value:
                content = unquote_to_bytes(value.replace(b"+", b"%20"))
            return _of_bytes(content, page_charset)
    return _of_bytes(value, page_charset)


def _of_bytes(content: bytes, page_charset: str | None) -> str:
    """UTF-8 or cp949, whichever fits. Where both fit the page decides, unless UTF-8 reads as East Asian."""
    page = charset_of(page_charset) if page_charset else None
    utf8 = _strict(content, "utf-8")
    if utf8 is not None:
        straight = _untwist(utf8)
        if page != "cp949" or _EAST_ASIAN.search(utf8) or utf8.isascii():
            return straight
        if straight != utf8 and len(content) > _SHORT:
            return straight
    for charset in ("cp949", page or "cp949"):
        text = _strict(content, charset)
        if text is not None:
            return text
    if utf8 is not None:
        return utf8
    readings = [read_lenient(content, charset) for charset in dict.fromkeys((page or "utf-8", "utf-8", "cp949"))]
    return min(readings, key=lambda reading: reading[1] / max(1, len(reading[0])))[0]


def _strict(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except UnicodeDecodeError:
        return None


def _untwist(text: str) -> str:
    """A name whose bytes somebody took for Latin letters and encoded again; only when all of it turns into Hangul."""
    if text.isascii() or _EAST_ASIAN.search(text):
        return text
    for charset in ("latin-1", "cp1252"):
        try:
            content = text.encode(charset)
        except UnicodeEncodeError:
            continue
        for reading in (_strict(content, "utf-8"), _strict(content, "cp949")):
            if reading is not None and all(c.isascii() or _HANGUL.match(c) for c in reading):
                return reading
    return text


def _encoded_words(text: str) -> str | None:
    """RFC 2047 words joined, a character split between two of them too; None when one is broken."""
    out: list[str] = []
    pending, charset, end = b"", "utf-8", 0
    for word in _ENCODED_WORD.finditer(text):
        named = charset_of(word[1]) or "utf-8"
        between = text[end : word.start()]
        if pending and (between or named != charset):
            out.append(_of_bytes(pending, charset))
            pending = b""
        out.append(between)
        try:
            coded = word[3].encode("ascii")
            pending += (
                quopri.decodestring(coded, header=True) if word[2] in "qQ" else base64.b64decode(coded, validate=True)
            )
        except (UnicodeEncodeError, binascii.Error):
            return None
        charset, end = named, word.end()
    if not end:
        return None
    out.append(_of_bytes(pending, charset))
    return "".join(out) + text[end:]
