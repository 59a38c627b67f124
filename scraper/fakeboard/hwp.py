"""A small document of the Hangul word processor, HWP 5: records of paragraphs in a compound file.

Contract: pure. The same paragraphs make the same bytes. A compound file has streams in storages that are one deep.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_PARAGRAPH, _TEXT, _SHAPE, _PROPERTIES = 66, 67, 68, 16


def write_hwp(paragraphs: Sequence[str]) -> bytes:
    """A packed document of one section."""
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010100, 1) + b"\0" * 216
    properties = deflated(record(_PROPERTIES, b"\0" * 26))
    return ole({"FileHeader": header, "DocInfo": properties, "BodyText/Section0": deflated(section(paragraphs))})


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file, version 3, of streams by their path (one storage deep)."""
    small = b"".join(_padded(content, _MINI) for content in streams.values() if len(content) < _CUTOFF)
    starts: dict[str, int] = {}
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(content: bytes) -> int:
        count = -(-len(content) // _SECTOR)
        if not count:
            return _END
        start = len(fat)
        fat.extend([*range(start + 1, start + count), _END])
        sectors.append(_padded(content, _SECTOR))
        return start

    for path, content in streams.items():
        if len(content) >= _CUTOFF:
            starts[path] = put(content)
        elif content:
            starts[path] = len(mini_fat)
            count = -(-len(content) // _MINI)
            mini_fat.extend([*range(len(mini_fat) + 1, len(mini_fat) + count), _END])
        else:
            starts[path] = _END
    mini_start = put(small)
    mini_fat_start = put(struct.pack(f"<{len(mini_fat)}I", *mini_fat)) if mini_fat else _END
    mini_fat_sectors = -(-4 * len(mini_fat) // _SECTOR)
    directory_start = put(_directory(streams, starts, mini_start, len(small)))
    fat_sectors = 1
    while -(-4 * (len(fat) + fat_sectors) // _SECTOR) > fat_sectors:
        fat_sectors += 1
    fat_start = len(fat)
    fat.extend([_FAT] * fat_sectors)
    sectors.append(_padded(struct.pack(f"<{len(fat)}I", *fat), _SECTOR, b"\xff"))
    difat = [*range(fat_start, fat_start + fat_sectors), *[_FREE] * (109 - fat_sectors)]
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0,
        fat_sectors, directory_start, 0, _CUTOFF, mini_fat_start, mini_fat_sectors, _END, 0, *difat,
    )  # fmt: skip
    return head + b"".join(sectors)


def _padded(content: bytes, size: int, by: bytes = b"\0") -> bytes:
    return content + by * (-len(content) % size)


def _directory(streams: Mapping[str, bytes], starts: Mapping[str, int], mini_start: int, mini_size: int) -> bytes:
    storages = sorted({path.partition("/")[0] for path in streams if "/" in path})
    entries: list[list[object]] = [["Root Entry", 5, mini_start, mini_size, _FREE]]
    entries += [[name, 1, 0, 0, _FREE] for name in storages]
    for path, content in streams.items():
        entries.append([path.rpartition("/")[2], 2, starts[path], len(content), _FREE])
    right = [_FREE] * len(entries)
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
            "<64sHBBIII16xI16xIIxxxx", label, len(label), kind, 1, _FREE, right[number], child, 0, start, size
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


def section(paragraphs: Sequence[bytes | str]) -> bytes:
    """Records of paragraphs: a header, the text, its shape."""
    return b"".join(
        record(_PARAGRAPH, b"\0" * 22, 0)
        + record(_TEXT, units(each) if isinstance(each, str) else each)
        + record(_SHAPE, b"\0" * 8)
        for each in paragraphs
    )  # fmt: skip


def deflated(content: bytes) -> bytes:
    """Packed as HWP packs its streams: without a header."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()
