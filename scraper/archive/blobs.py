"""Bodies: content-addressed, in parts of at most 1 MiB, each part its own zstd frame with a checksum.

Contract: a body is stored once, under the SHA-256 of its bytes; memory stays flat both ways. What does not shrink is
stored raw. A board's first listing and first article serve as dictionaries for the later ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

import zstandard
from sqlite_utils import Database

from scraper.archive.rows import first, insert
from scraper.archive.values import Record
from scraper.errors import ArchiveDamaged
from scraper.models import Body

PART = 1 << 20
LEVEL = 3
DICTIONARY_MIN, DICTIONARY_MAX = 1 << 10, 1 << 18
"""Bytes: a shorter page has no skin to repeat; of a longer one the beginning serves."""


class Codecs:
    """Compressors and decompressors by dictionary, kept between calls; None is for no dictionary."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop everything: also what a transaction that failed may have put here."""
        self._dictionaries: dict[int | None, zstandard.ZstdCompressionDict | None] = {None: None}
        self._compressors: dict[int | None, zstandard.ZstdCompressor] = {}
        self._decompressors: dict[int | None, zstandard.ZstdDecompressor] = {}

    def compress(self, db: Database, dictionary_id: int | None, content: bytes) -> bytes:
        if dictionary_id not in self._compressors:
            self._compressors[dictionary_id] = zstandard.ZstdCompressor(
                level=LEVEL, dict_data=self._dictionary(db, dictionary_id), write_checksum=True, write_content_size=True
            )
        return self._compressors[dictionary_id].compress(content)

    def decompress(self, db: Database, dictionary_id: int | None, frame: bytes) -> bytes:
        """ZstdError for anything but one whole frame of at most one part."""
        size = zstandard.frame_content_size(frame)
        if not 0 < size <= PART:
            raise zstandard.ZstdError(f"a frame of {size} bytes")
        if dictionary_id not in self._decompressors:
            self._decompressors[dictionary_id] = zstandard.ZstdDecompressor(
                dict_data=self._dictionary(db, dictionary_id)
            )
        return self._decompressors[dictionary_id].decompress(frame, allow_extra_data=False)

    def _dictionary(self, db: Database, dictionary_id: int | None) -> zstandard.ZstdCompressionDict | None:
        if dictionary_id not in self._dictionaries:
            row = first(db, "SELECT data FROM dictionaries WHERE id = ?", [dictionary_id])
            if row is None:
                raise ArchiveDamaged(f"dictionaries {dictionary_id}: missing; run `sinmungo verify --data`")
            self._dictionaries[dictionary_id] = zstandard.ZstdCompressionDict(
                row["data"], dict_type=zstandard.DICT_TYPE_RAWCONTENT
            )
        return self._dictionaries[dictionary_id]


def board_dictionary(db: Database, board_id: int, kind: str, body: Body) -> int | None:
    """The board's dictionary for listings or articles; ``body`` becomes it when there is none."""
    held = first(db, "SELECT id FROM dictionaries WHERE board_id = ? AND kind = ?", [board_id, kind])
    if held is not None:
        return int(held["id"])
    if body.size < DICTIONARY_MIN:
        return None
    content = next(_parts(body.chunks()))[:DICTIONARY_MAX]
    sha256 = hashlib.sha256(content).hexdigest()
    return insert(db, "dictionaries", {"board_id": board_id, "kind": kind, "data": content, "sha256": sha256})


def save_body(db: Database, codecs: Codecs, body: Body, dictionary_id: int | None) -> None:
    """Store ``body`` unless its digest is known. ArchiveDamaged when its bytes do not have the digest it claims."""
    if first(db, "SELECT 1 FROM blobs WHERE sha256 = ?", [body.sha256]) is not None:
        return
    digest, size, number, codec = hashlib.sha256(), 0, 0, "raw"
    row = [body.sha256, body.size, codec, None, 0]
    db.execute("INSERT INTO blobs (sha256, size, codec, dictionary_id, parts) VALUES (?, ?, ?, ?, ?)", row)
    for number, content in enumerate(_parts(body.chunks()), start=1):
        digest.update(content)
        size += len(content)
        frame = codecs.compress(db, dictionary_id, content) if number == 1 or codec == "zstd" else content
        if number == 1 and len(frame) < 0.95 * len(content):
            codec = "zstd"
        kept = frame if codec == "zstd" else content
        insert(db, "blob_parts", {"sha256": body.sha256, "part": number, "data": kept})
    if digest.hexdigest() != body.sha256 or size != body.size:
        raise ArchiveDamaged(f"a body changed before it was stored: {size} of {body.size} bytes, not {body.sha256}")
    used = dictionary_id if codec == "zstd" else None
    db.execute(
        "UPDATE blobs SET codec = ?, dictionary_id = ?, parts = ? WHERE sha256 = ?", [codec, used, number, body.sha256]
    )


def read_blob(reading: Callable[[], AbstractContextManager[Database]], codecs: Codecs, sha256: str) -> Iterator[bytes]:
    """The bytes part by part; the connection is free between two parts."""
    with reading() as db:
        blob = first(db, "SELECT * FROM blobs WHERE sha256 = ?", [sha256])
    if blob is None:
        raise ArchiveDamaged(f"blobs {sha256}: there is none")
    digest, size = hashlib.sha256(), 0
    for number in range(1, blob["parts"] + 1):
        with reading() as db:
            content = read_part(db, codecs, blob, number)
        digest.update(content)
        size += len(content)
        yield content
    if digest.hexdigest() != sha256 or size != blob["size"]:
        raise ArchiveDamaged(f"blobs {sha256}: the bytes do not match the digest; run `sinmungo verify --data`")


def read_part(db: Database, codecs: Codecs, blob: Record, number: int) -> bytes:
    """One part, decompressed. ArchiveDamaged names it when it cannot be read."""
    name = f"blobs {blob['sha256']} part {number}"
    row = first(db, "SELECT data FROM blob_parts WHERE sha256 = ? AND part = ?", [blob["sha256"], number])
    if row is None:
        raise ArchiveDamaged(f"{name}: missing")
    data: bytes = row["data"]
    if blob["codec"] == "raw":
        return data
    try:
        return codecs.decompress(db, blob["dictionary_id"], data)
    except zstandard.ZstdError as error:
        raise ArchiveDamaged(f"{name}: {error}") from error


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of exactly one part, the last one shorter."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= PART:
            yield bytes(held[:PART])
            del held[:PART]
    if held:
        yield bytes(held)
