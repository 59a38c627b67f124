"""Small documents made here: an OLE container with an HWP 5 in it, HWPX, docx and PDF, whole, locked and spoilt."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096
TEXT = ("평택시 지역사회보장협의체가 돌봄을 논의했다.", "둘째 문단: 新聞庫 1호.")


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file, version 3, of streams by their path (one storage deep)."""
    small = b"".join(_padded(content, MINI) for content in streams.values() if len(content) < CUTOFF)
    starts, mini_fat, sectors = {}, [], []  # type: ignore[var-annotated]
    fat: list[int] = []

    def put(content: bytes) -> int:
        count = -(-len(content) // SECTOR)
        if not count:
            return END
        start = len(fat)
        fat.extend([*range(start + 1, start + count), END])
        sectors.append(_padded(content, SECTOR))
        return start

    for path, content in streams.items():
        if len(content) >= CUTOFF:
            starts[path] = put(content)
        elif content:
            starts[path] = len(mini_fat)
            count = -(-len(content) // MINI)
            mini_fat.extend([*range(len(mini_fat) + 1, len(mini_fat) + count), END])
        else:
            starts[path] = END
    mini_start = put(small)
    mini_fat_start = put(struct.pack(f"<{len(mini_fat)}I", *mini_fat)) if mini_fat else END
    mini_fat_sectors = -(-4 * len(mini_fat) // SECTOR)
    directory_start = put(_directory(streams, starts, mini_start, len(small)))
    fat_sectors = 1
    while -(-4 * (len(fat) + fat_sectors) // SECTOR) > fat_sectors:
        fat_sectors += 1
    fat_start = len(fat)
    fat.extend([FAT] * fat_sectors)
    sectors.append(_padded(struct.pack(f"<{len(fat)}I", *fat), SECTOR, b"\xff"))
    difat = [*range(fat_start, fat_start + fat_sectors), *[FREE] * (109 - fat_sectors)]
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0,
        fat_sectors, directory_start, 0, CUTOFF, mini_fat_start, mini_fat_sectors, END, 0, *difat,
    )  # fmt: skip
    return head + b"".join(sectors)


def _padded(content: bytes, size: int, by: bytes = b"\0") -> bytes:
    return content + by * (-len(content) % size)


def _directory(streams: Mapping[str, bytes], starts: Mapping[str, int], mini_start: int, mini_size: int) -> bytes:
    storages = sorted({path.partition("/")[0] for path in streams if "/" in path})
    entries: list[list[object]] = [["Root Entry", 5, mini_start, mini_size, FREE]]
    entries += [[name, 1, 0, 0, FREE] for name in storages]
    for path, content in streams.items():
        entries.append([path.rpartition("/")[2], 2, starts[path], len(content), FREE])
    right = [FREE] * len(entries)
    above = {"": 0, **{name: number for number, name in enumerate(storages, start=1)}}
    children: dict[int, list[int]] = {number: [] for number in above.values()}
    children[0] += range(1, len(storages) + 1)
    for number, path in enumerate(streams, start=len(storages) + 1):
        children[above[path.rpartition("/")[0]]].append(number)
    for parent, kids in children.items():
        kids.sort(key=lambda kid: (len(str(entries[kid][0])), str(entries[kid][0]).upper()))
        for one, two in pairwise(kids):
            right[one] = two
        if kids:
            entries[parent][4] = kids[0]
    out = b""
    for number, (name, kind, start, size, child) in enumerate(entries):
        label = str(name).encode("utf-16-le") + b"\0\0"
        out += struct.pack(
            "<64sHBBIII16xI16xIIxxxx", label, len(label), kind, 1, FREE, right[number], child, 0, start, size
        )
    return out


def record(tag: int, content: bytes, level: int = 1) -> bytes:
    """One record of an HWP stream."""
    if len(content) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(content) << 20) + content
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(content)) + content


def units(text: str) -> bytes:
    """The units of a paragraph with its end."""
    return text.encode("utf-16-le") + struct.pack("<H", 13)


def control(number: int, inside: bytes = b"dces\0\0\0\0\xe0\xac\0\xd8") -> bytes:
    """A control of eight units, whose inside looks like text and surrogates."""
    return struct.pack("<H", number) + inside + struct.pack("<H", number)


def section(paragraphs: Sequence[bytes | str]) -> bytes:
    """Records of paragraphs: a header, the text, its shape."""
    return b"".join(
        record(66, b"\0" * 22, 0)
        + record(67, units(each) if isinstance(each, str) else each)
        + record(68, b"\0" * 8)
        for each in paragraphs
    )  # fmt: skip


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


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


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


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
