"""Small documents: HWP 5, HWPX, docx and PDF, whole, locked and spoilt."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence

from scraper.fakeboard.documents import zipped
from scraper.fakeboard.hwp import deflated, ole, record, section

TEXT = ("평택시 지역사회보장협의체가 돌봄을 논의했다.", "둘째 문단: 新聞庫 1호.")


def control(number: int, inside: bytes = b"dces\0\0\0\0\xe0\xac\0\xd8") -> bytes:
    """A control of eight units, whose inside looks like text and surrogates."""
    return struct.pack("<H", number) + inside + struct.pack("<H", number)


def hwp(
    *sections: Sequence[bytes | str], flags: int = 1, preview: str | None = None, raw: Mapping[str, bytes] | None = None
) -> bytes:
    """An HWP 5 document. ``raw`` replaces or adds streams."""
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010100, flags) + b"\0" * 216
    streams = {"FileHeader": header, "DocInfo": deflated(record(16, b"\0" * 26))}
    for number, paragraphs in enumerate(sections or [TEXT]):
        content = section(paragraphs)
        streams[f"BodyText/Section{number}"] = deflated(content) if flags & 1 else content
    if preview is not None:
        streams["PrvText"] = preview.encode("utf-16-le")
    return ole({**streams, **(raw or {})})


HWPML = 'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'


def hwpx(*sections: str, parts: Mapping[str, str] | None = None) -> bytes:
    """HWPX of the inside of each section."""
    whole = sections or ("".join(f"<hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p>" for text in TEXT),)
    made = {
        f"Contents/section{number}.xml": f'<?xml version="1.0" encoding="UTF-8"?><hs:sec {HWPML}>{inside}</hs:sec>'
        for number, inside in enumerate(whole)
    }
    return zipped({"mimetype": "application/hwp+zip", "Contents/header.xml": "<x/>", **made, **(parts or {})})


def docx(inside: str | None = None, parts: Mapping[str, str] | None = None) -> bytes:
    """docx of the inside of its body."""
    body = inside or "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in TEXT)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    document = f'<w:document xmlns:w="{space}" xmlns:mc="{markup}"><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(parts or {})})


def pdf(*pages: str, packed: bool = True, trailer: str = "", content: bytes | None = None) -> bytes:
    """A PDF whose font has a ToUnicode map: every character of ``pages`` is a two-byte code of its own."""
    texts = pages or TEXT
    letters = sorted(set("".join(texts)))
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    chars = "\n".join(f"<{codes[c]:04x}> <{c.encode('utf-16-be').hex()}>" for c in letters)
    cmap = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Own def 1 begincodespacerange <0000> <ffff> endcodespacerange
{len(letters)} beginbfchar
{chars}
endbfchar endcmap end end""".encode()
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(texts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _pdf_stream(cmap, packed),
    ]
    for number, text in enumerate(texts):
        shown = "".join(f"{codes[c]:04x}" for c in text)
        drawn = content if content is not None else f"BT /F1 12 Tf 50 700 Td <{shown}> Tj ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(_pdf_stream(drawn, packed))
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{tail}".encode()


def _pdf_stream(content: bytes, packed: bool) -> bytes:
    kept = zlib.compress(content, 9) if packed else content
    how = " /Filter /FlateDecode" if packed else ""
    return f"<< /Length {len(kept)}{how} >>\nstream\n".encode() + kept + b"\nendstream"
