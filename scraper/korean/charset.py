"""Bytes of a page to text, and text to the bytes that a board's form expects.

Every Korean label means cp949 (as browsers do). Whole UTF-8 wins at once; otherwise UTF-8, the declared charset and
cp949 are tried and the smallest share of U+FFFD wins, for boards cut titles by bytes and one cut character must not
decide. Text that was already spoilt by somebody else (mojibake) is left as it is.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote_from_bytes

Source = Literal["bom", "utf-8", "header", "meta", "guess"]

_ALIASES = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 utf-16 utf16 utf-16le utf-16be",
    "cp949": """euc-kr euckr euc_kr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 ks-c-5601-1987 ksc-5601
        iso-ir-149 korean cp949 ms949 uhc windows-949 x-windows-949 x-euc-kr cseuckr csksc56011987""",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j cp932 ms932",
    "euc_jp": "euc-jp euc_jp x-euc-jp",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 chinese x-gbk",
    "big5": "big5 big5-hkscs x-x-big5",
}
_CHARSET_OF = {label: charset for charset, labels in _ALIASES.items() for label in labels.split()}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 8192
_HEADER_LABEL = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_LABEL = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_LABEL = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_UNWANTED = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)])
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_LENIENT = "sinmungo.resynchronise"
_RUN = 64


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text. ``replacements`` counts the characters that could not be read and became U+FFFD."""

    text: str
    charset: str
    """utf-8, cp949 or another Python codec name."""
    source: Source
    """What decided: a byte order mark, whole UTF-8, the label of the header or of the page, or the bytes alone."""
    replacements: int
    is_body: bool = False
    """Whether the bytes of the page are this very text in UTF-8, to the last one."""


def charset_of(label: str) -> str | None:
    """The Python codec that a declared charset stands for; None for a label unknown or of no use (iso-8859-1)."""
    return _CHARSET_OF.get(label.strip().lower())


def decode(body: bytes, content_type: bytes | None) -> Decoded:
    """``body`` as text. ``content_type`` is the value of that header. Never fails; the byte order mark is dropped."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            text, lost = read_lenient(body[len(mark) :], charset)
            return Decoded(text, charset, "bom", lost)
    whole = _whole_utf8(body)
    if whole is not None and not body.isascii():
        return Decoded(whole, "utf-8", "utf-8", 0, is_body=True)
    labels = _declared(body, content_type)
    if whole is not None:
        named, by = labels[0] if labels else ("utf-8", "utf-8")
        return Decoded(whole, named, by, 0, is_body=True)
    candidates: dict[str, Source] = dict(labels)
    candidates.setdefault("utf-8", "guess")
    candidates.setdefault("cp949", "guess")
    readings = []
    for charset, source in candidates.items():
        text, lost = read_lenient(body, charset)
        readings.append(Decoded(text, charset, source, lost))
    return min(readings, key=lambda reading: reading.replacements / max(1, len(reading.text)))


def read_lenient(raw: bytes, charset: str) -> tuple[str, int]:
    """``raw`` in a Python codec with U+FFFD for what cannot be read, and how many; ASCII after a cut survives."""
    text = raw.decode(charset, _LENIENT if charset == "cp949" else "replace")
    own = raw.count(b"\xef\xbf\xbd") if charset == "utf-8" else 0
    return text, max(0, text.count("\ufffd") - own)


def clean(text: str, raw: bytes | None = None) -> str:
    """``text`` fit to be stored: NFC, without lone surrogates and control characters (tab and line ends stay).

    ``raw``: the bytes it was read from, if they write control characters as ASCII does (any charset but UTF-16).
    """
    return unicodedata.normalize("NFC", text if _is_clean(text, raw) else text.translate(_UNWANTED))


def _is_clean(text: str, raw: bytes | None) -> bool:
    """Bytes are looked through several times as fast as characters; a lone surrogate has none."""
    if raw is None:
        try:
            raw = text.encode("utf-8")
        except UnicodeEncodeError:
            return False
    return len(raw.translate(None, _CONTROLS)) == len(raw)


def encode_like(text: str, charset: str) -> bytes:
    """``text`` as a browser submits it from a page in ``charset`` (a label or codec; unknown: UTF-8).

    A character that the charset lacks becomes ``&#44032;``, as in browsers.
    """
    return clean(text).encode(charset_of(charset) or "utf-8", "xmlcharrefreplace")


def quote_in(text: str, charset: str) -> str:
    """A value of a query or form, percent-encoded in ``charset``; a blank becomes ``%20``."""
    return quote_from_bytes(encode_like(text, charset), safe="")


def _whole_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _declared(body: bytes, content_type: bytes | None) -> list[tuple[str, Source]]:
    """The known charsets that header, XML prolog and <meta> name, in order of trust; none twice."""
    head = _COMMENT.sub(b"", body[:_HEAD])
    found: dict[str, Source] = {}
    header = _HEADER_LABEL.search(content_type) if content_type else None
    labels: list[tuple[re.Match[bytes] | None, Source]] = [(header, "header"), (_XML_LABEL.match(head), "meta")]
    labels += [(match, "meta") for match in _META_LABEL.finditer(head)]
    for match, source in labels:
        charset = charset_of(match[1].decode("ascii", "replace")) if match else None
        if charset:
            found.setdefault(charset, source)
    return list(found.items())


def _resynchronise(error: UnicodeError) -> tuple[str, int]:
    """One U+FFFD for a lone lead byte or for an unassigned pair, told apart by the length of the run of high bytes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = error.object[error.start : error.start + _RUN]
    high = next((i for i, byte in enumerate(run) if byte < 0x80), len(run))
    return "\ufffd", error.start + (2 if high and high % 2 == 0 and run[0] not in (0x80, 0xFF) else 1)


codecs.register_error(_LENIENT, _resynchronise)
