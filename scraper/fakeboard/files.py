"""Attachments out of a seed: names as Korean boards have them, documents with a text, and noise for the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from scraper.fakeboard.content import PLACES, TOPICS, write_document
from scraper.fakeboard.documents import write_docx, write_hwpx, write_pdf, zipped
from scraper.fakeboard.hwp import write_hwp

_HEADS = {"jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", "png": b"\x89PNG\r\n\x1a\n"}
_TAILS = {"jpg": b"\xff\xd9", "png": b"\x00\x00\x00\x00IEND\xaeB`\x82"}
_WRITERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "docx": write_docx,
    "hwp": write_hwp,
    "hwpx": write_hwpx,
    "pdf": write_pdf,
}
_ENDINGS = {("hwp", "신청서"): "hwpx", ("pdf", "신청서"): "docx"}
"""Forms come in the newer formats."""
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "zip": "application/zip"}
ODD_NAMES = ("기자's 메모.pdf", "붙임 #2 (최종).hwp", "찬성 100% 결과.pdf", "1_24.JPG", "‘봄’ 사진 모음.zip")

Look = Literal["file", "inline"]


@dataclass(slots=True)
class FakeFile:
    """One stored file. ``stored`` is its name on the server's disk; ``lost``: the row is there, the file is not."""

    id: int
    name: str
    content: bytes
    look: Look = "file"
    stored: str = ""
    lost: bool = False
    downloads: int = 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def suffix(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def mime(self) -> str:
        return TYPES.get(self.suffix, "application/octet-stream")


def write_file_name(rng: Random) -> str:
    """A name such as people give: with blanks, brackets, apostrophes, # and %."""
    if rng.random() < 0.3:
        return rng.choice(ODD_NAMES)
    ending = rng.choice(("pdf", "hwp", "jpg", "zip"))
    place, topic, what = rng.choice(PLACES), rng.choice(TOPICS), rng.choice(("자료", "신청서", "현황_붙임", "사진"))
    return f"{place} {topic} {what}.{_ENDINGS.get((ending, what), ending)}"


def write_file(rng: Random, name: str) -> bytes:
    """Bytes for a file of that name: documents of 1 to 4 KB with a text, a real zip, or noise of up to 24 KB."""
    suffix = name.rpartition(".")[2].lower()
    noise = rng.randbytes(rng.randint(200, 24_000))
    if suffix in _WRITERS:
        return _WRITERS[suffix](write_document(Random(noise)))
    if suffix == "zip":
        return zipped({"readme.bin": noise})
    return _HEADS.get(suffix, b"") + noise + _TAILS.get(suffix, b"")


def clean_rhymix_name(name: str) -> str:
    """The name as rhymix keeps it: it replaces signs that a file system or a header could stumble over."""
    table: dict[str, str | int | None] = {"<": "(", ">": ")", "{": "(", "}": ")", ";": ","}
    table.update(dict.fromkeys(":|~$%^", "_") | dict.fromkeys('/\\*?"', ""))
    return " ".join(name.translate(str.maketrans(table)).split())
