"""Stored files out of the archive into a folder of their own: BOARD/KEY/NAME, and manifest.csv with what each was.

Contract: writes nothing outside the folder and over nothing; memory stays flat; every file is checked against its
digest while it is written, and one that does not match is taken away and told.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scraper.archive.reader import Reader
from scraper.archive.released import Column, Released
from scraper.desk.filenames import Names
from scraper.errors import ArchiveDamaged

MANIFEST = "manifest.csv"
COLUMNS = (
    *(Column(name, "TEXT") for name in ("post", "posted_date", "title", "attachment_key", "kind", "name", "stored_as")),
    *(Column("size", "INTEGER"), Column("mime", "TEXT"), Column("sha256", "TEXT"), Column("url", "TEXT")),
)


@dataclass
class Written:
    """What came of it; ``damaged`` names what could not be taken out."""

    files: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)


class Cabinet:
    """One folder that is being filled."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._roots = Names(MANIFEST)
        self._posts: dict[str, tuple[str, Names]] = {}
        self._post: tuple[tuple[str, str], str, Names] | None = None

    def place(self, board: str, key: str, name: str) -> str:
        """Where the file shall stand, as a path from the folder with ``/``. Files of one post come together."""
        if board not in self._posts:
            self._posts[board] = (self._roots.take(board), Names())
        root, keys = self._posts[board]
        if self._post is None or self._post[0] != (board, key):
            self._post = ((board, key), keys.take(key), Names())
            (self._folder / root / self._post[1]).mkdir(parents=True)
        return f"{root}/{self._post[1]}/{self._post[2].take(name)}"


def write_files(
    folder: Path, archive: Reader, found: Released, kinds: Container[str], written: Written
) -> Iterator[tuple[Any, ...]]:
    """Write the stored files of some kinds among rows of attachment_files, each when the row for it is asked for.

    Files of one post come together. Yields rows of ``COLUMNS``; ``stored_as`` is empty where the bytes are damaged.
    Raises OSError.
    """
    names, cabinet = [column.name for column in found.columns], Cabinet(folder)
    for row in found.rows:
        file = dict(zip(names, row, strict=True))
        if file["state"] != "stored" or file["kind"] not in kinds:
            continue
        place = cabinet.place(file["board"], file["post_key"], file["name"])
        post = f"{file['board']}/{file['post_key']}"
        try:
            written.bytes += _write(folder / place, archive, file["blob_sha256"])
            written.files += 1
        except ArchiveDamaged as error:
            (folder / place).unlink()
            place = ""
            written.damaged.append(f"{post} {file['name']}: {error}")
        yield (
            *(post, file["posted_date"], file["title"], file["attachment_key"], file["kind"], file["name"], place),
            *(file["size"], file["mime"], file["blob_sha256"], file["url"]),
        )


def _write(path: Path, archive: Reader, sha256: str) -> int:
    with path.open("xb") as out:
        return sum(out.write(piece) for piece in archive.read_blob(sha256))
