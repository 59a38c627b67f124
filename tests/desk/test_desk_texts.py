"""Reading the files of an archive: once, apart, and on from where a run was stopped."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from archive_samples import World, post
from file_samples import TEXT, docx, hwp, hwpx, pdf

from scraper.archive import verify
from scraper.desk import apart, texts
from scraper.desk.apart import Apart
from scraper.errors import ArchiveDamaged
from scraper.filetext import read

FILES = {
    "보도자료.hwp": hwp(),
    "안내.hwpx": hwpx(),
    "기고.docx": docx(),
    "공고.pdf": pdf(),
    "명단.csv": "이름,글\n김가상,조례 개정".encode("cp949"),
    "사진.jpg": b"\xff\xd8\xff\xe0",
    "잠김.hwp": hwp(flags=3),
}


@pytest.fixture
def stocked(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path / "archive.db")
    for number, (name, content) in enumerate(FILES.items()):
        world.read(post(str(number), files=(world.file(content, "1", name),)))
    yield world
    world.close()


def read_all(world: World, stop: threading.Event | None = None, **more: Any) -> dict[str, int]:
    return dict(texts.read_texts(world.archive, world.board.id, stop or threading.Event(), **more))


def test_every_file_is_read_once(stocked: World) -> None:
    assert read_all(stocked) == {"read": 5, "unsupported": 1, "encrypted": 1}
    held = {row["name"]: row["text"] for row in stocked.table("file_texts")}
    assert {name for name, text in held.items() if text == "\n".join(TEXT)} == set(list(FILES)[:4])
    assert held["명단.csv"] == "이름,글\n김가상,조례 개정"
    assert held["사진.jpg"] is None and held["잠김.hwp"] is None
    assert [row["key"] for row in stocked.archive.find_matching("조례를")] == ["4"]
    before, changes = stocked.table("attachment_texts"), stocked.archive.db.conn.total_changes
    assert read_all(stocked) == {}
    assert (stocked.table("attachment_texts"), stocked.archive.db.conn.total_changes) == (before, changes)
    assert [str(damage) for damage in verify(stocked.path, full=True)] == []


def test_a_stopped_run_goes_on_from_there(stocked: World) -> None:
    stop = threading.Event()

    def shown(files: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for number, file in enumerate(files):
            if number == 3:
                stop.set()
            yield file

    assert sum(read_all(stocked, stop, shown=shown).values()) == 3
    assert sum(read_all(stocked).values()) == len(FILES) - 3


def test_a_damaged_blob_stops_no_other_file(stocked: World) -> None:
    db = stocked.archive.db
    sql = "SELECT blob_sha256 FROM attachments WHERE name = '안내.hwpx'"
    (blob,) = db.execute(sql).fetchone()
    db.execute("UPDATE blob_parts SET data = CAST(data || x'00' AS BLOB) WHERE sha256 = ?", [blob])
    with pytest.raises(ArchiveDamaged, match=blob):
        read_all(stocked)
    assert len(stocked.table("attachment_texts")) == len(FILES) - 1


def test_an_oversized_file_is_never_unpacked(stocked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MAX_BYTES", 1_000)
    monkeypatch.setattr(read, "MAX_BYTES", 1 << 20)
    large = [name for name, content in FILES.items() if len(content) > 1_000]
    assert read_all(stocked)["too large"] == len(large) > 0
    told = {row["name"]: (row["reader"], row["reason"]) for row in stocked.table("file_texts")}
    assert told["보도자료.hwp"] == ("ole", "it has more than 1 MiB")


def hang(content: bytes, name: str, mime: str | None) -> Any:
    time.sleep(60)


def fall(content: bytes, name: str, mime: str | None) -> Any:
    os._exit(9)


def serve_badly(link: Any, seconds: float) -> None:
    """The process of a reader that hangs at one file and falls at another."""
    apart.read_file = lambda content, name, mime: {"hang": hang, "fall": fall}.get(name, read.read_file)(
        content, name, mime
    )
    serve(link, seconds)


serve = apart._serve


def test_a_reader_that_hangs_or_falls_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_serve", serve_badly)
    with Apart(seconds=60) as reading:
        assert reading.read(b"abc", "a.txt", None).text == "abc"
        reading.seconds = 0.3
        late = reading.read(b"%PDF-", "hang", None)
        assert (late.status, late.reader, late.version) == ("too large", "pdf", 1)
        assert late.reason == "it takes more than 0.3 seconds to read"
        reading.seconds = 60
        fallen = reading.read(b"abc", "fall", "text/plain")
        assert (fallen.status, fallen.reader, fallen.reason) == ("broken", "plain", "its reader broke down")
        assert reading.read(b"def", "a.txt", None).text == "def"
        process = reading._process
        assert process is not None and process.is_alive()
        pid = process.pid
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_serve", serve_hungrily)
    with Apart(seconds=60) as reading:
        found = reading.read(b"abc", "a.txt", None)
    assert (found.status, found.reason) == ("too large", "it needs more memory than is there")


def eat(content: bytes) -> Iterator[str]:
    yield "가" * (4 << 30)


def serve_hungrily(link: Any, seconds: float) -> None:
    read.READERS["plain"] = read.Reader(eat, 1)
    serve(link, seconds)
