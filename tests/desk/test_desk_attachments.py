"""Files out of the archive: what was stored is in the folder, nothing else is, and every original name is told."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from archive_samples import World, failed, post

from scraper.archive.released import Wanted
from scraper.desk.attachments import COLUMNS, MANIFEST, Written, write_files
from scraper.desk.output import assembling
from scraper.desk.tables import csv_writer
from scraper.errors import BadOutput

NAMES = ("../../밖.txt", "사진.jpg", "사진.JPG", "con", "가" * 120 + ".hwp", "=합계.xlsx", "두\n줄.txt", ".", "")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two posts of one board with files under troublesome names, one file in two parts, one that was not to be had."""
    made = World(tmp_path / "archive.db")
    files = [made.file(f"내용 {at}".encode(), str(at), name) for at, name in enumerate(NAMES)]
    made.read(post("7", files=(*files, failed("x", "없음.hwp"))))
    made.read(post("a/7", files=(made.file(b"\x00" * ((1 << 20) + 5), "1", "큰 것.bin"),)))
    made.read(post("A_7", files=(made.file(b"third", "1", "a.txt"),)))
    return made


def export(world: World, folder: Path, *kinds: str) -> tuple[Written, list[dict[str, str]]]:
    written = Written()
    with (
        world.archive.released("attachment_files", Wanted()) as found,
        assembling(folder, world.path) as part,
    ):
        csv_writer()(part / MANIFEST, COLUMNS, write_files(part, world.archive, found, kinds or {"file"}, written))
    with (folder / MANIFEST).open(encoding="utf-8-sig", newline="") as file:
        return written, list(csv.DictReader(file))


def test_every_stored_file_is_there_under_a_safe_name(world: World, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    folder = tmp_path / "첨부"
    written, rows = export(world, folder)
    assert {path.name for path in tmp_path.iterdir()} == before | {"첨부"}
    held = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    del held[MANIFEST]
    assert [row["name"] for row in rows] == [*NAMES, "큰 것.bin", "a.txt"]
    assert sorted(row["stored_as"] for row in rows) == sorted(held)
    for row in rows:
        content = held[row["stored_as"]]
        assert (hashlib.sha256(content).hexdigest(), str(len(content))) == (row["sha256"], row["size"])
    assert [row["stored_as"].split("/")[:2] for row in rows[-2:]] == [["opinion", "a_7"], ["opinion", "A_7 (2)"]]
    assert (written.files, written.damaged) == (len(NAMES) + 2, [])
    assert written.bytes == sum(map(len, held.values()))
    assert rows[0]["post"] == "opinion/7"


def test_a_damaged_file_is_left_out_and_told(world: World, tmp_path: Path) -> None:
    world.archive.db.execute("UPDATE blob_parts SET data = x'00' WHERE part = 2")
    written, rows = export(world, tmp_path / "out")
    assert [row["stored_as"] for row in rows if row["name"] == "큰 것.bin"] == [""]
    assert not (tmp_path / "out/opinion/a_7/큰 것.bin").exists()
    assert written.files == len(NAMES) + 1
    assert len(written.damaged) == 1 and written.damaged[0].startswith("opinion/a/7 큰 것.bin: ")


def test_the_folder_is_new_or_empty_and_taken_at_the_end(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert export(world, folder)[0].files
    with pytest.raises(BadOutput, match="is not empty: name a new folder"):
        export(world, folder)
    (tmp_path / "file").write_text("here")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(BadOutput, match="is no folder"):
            export(world, tmp_path / name)
    assert (tmp_path / "file").read_text() == "here"


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "full"), OSError(13, "no")])
def test_what_fails_half_way_leaves_nothing(world: World, tmp_path: Path, error: BaseException) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(BaseException), assembling(tmp_path / "out", world.path) as part:  # noqa: B017
        (part / "sub").mkdir()
        (part / "sub" / "half").write_text("half")
        raise error
    assert {path.name for path in tmp_path.iterdir()} == before
