"""sinmungo texts: reads files once, tells what it could not, and never ends in a traceback."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archive_samples import World, post
from cli_shell import CLI, Shell
from file_samples import docx, hwp, pdf

from scraper.archive import open_archive

FILES = {"보도자료.hwp": hwp(), "기고.docx": docx(), "공고.pdf": pdf(), "사진.jpg": b"\xff\xd8\xff"}


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    world = World(shell.folder / "archive.db")
    for number, (name, content) in enumerate(FILES.items()):
        world.read(post(str(number), files=(world.file(content, "1", name),)))
    world.close()
    return shell


def test_texts_are_read_once_and_counted(stocked: Shell) -> None:
    first = stocked("texts", "--json")
    assert first.code == 0, first.err
    assert first.json == {
        "done": {"read": 3, "unsupported": 1},
        "held": {"read": 3, "unsupported": 1},
        "left": 0,
    }
    assert first.err == ""
    (found,) = stocked("search", "돌봄", "新聞庫", "--limit", "1", "--json").json["posts"]
    assert [file["name"] for file in found["files"]] == ["공고.pdf"]
    told = stocked("search", "新聞庫").out
    assert told.count("[기고] 제목") == 3
    assert "  보도자료.hwp: …보장협의체가 돌봄을 논의했다. 둘째 문단: «新聞庫» 1호.\n" in told
    stamp = (stocked.folder / "archive.db").read_bytes()
    again = stocked("texts", "opinion")
    assert again.out == "0 files now; 4 files (3 read, 1 unsupported) in all\n"
    assert (stocked.folder / "archive.db").read_bytes() == stamp
    assert stocked("texts", "--quiet").out == ""
    assert stocked("verify", "--data").code == 0
    out = stocked.folder / "texts.csv"
    assert stocked("export", "--view", "file_texts", "--out", str(out)).code == 0
    assert "지역사회보장협의체" in out.read_text(encoding="utf-8-sig")


def test_a_missing_extra_is_one_sentence_and_what_needs_none_is_read(stocked: Shell) -> None:
    for name in ("olefile", "pypdf"):
        (stocked.folder / f"{name}.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{stocked.folder}{os.pathsep}{CLI.parent}"}
    done = subprocess.run(
        [sys.executable, str(CLI), "texts"], cwd=stocked.folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr == "sinmungo: 2 files (HWP or PDF) could not be read: pip install '.[text]'\n"
    assert done.stdout.startswith("4 files (2 no reader, 1 read, 1 unsupported) now")
    for name in ("olefile", "pypdf"):
        (stocked.folder / f"{name}.py").unlink()
    assert stocked("texts", "--json").json["done"] == {"read": 2}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("texts", "nowhere"), "no board 'nowhere' in the archive; there are: opinion"),
        (("texts", "--db", "none.db"), "there is no archive at none.db"),
    ],
)
def test_what_cannot_be_done(stocked: Shell, words: tuple[str, ...], told: str) -> None:
    answer = stocked(*words)
    assert answer.code == 2
    assert told in answer.sentence()
    assert not (stocked.folder / "none.db").exists()


def test_an_archive_without_a_board_is_a_sentence(shell: Shell) -> None:
    open_archive(shell.folder / "archive.db", write=True).close()
    answer = shell("texts")
    assert (answer.code, answer.out) == (2, "")
    assert "archive.db holds no board yet" in answer.sentence()


def test_stopped_by_a_signal_the_next_run_goes_on(shell: Shell) -> None:
    world = World(shell.folder / "archive.db")
    many = tuple(world.file(f"{number}번 글".encode(), str(number), f"{number}.txt") for number in range(150))
    world.read(post("1", files=many))
    world.close()
    environment = {**os.environ, "PYTHONPATH": str(CLI.parent)}
    command = [sys.executable, str(CLI), "texts"]
    process = subprocess.Popen(
        command, cwd=shell.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while held(shell.folder / "archive.db") < 5 and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 143, err
    assert "interrupted: the next run goes on from here" in err
    assert "Traceback" not in err
    first = held(shell.folder / "archive.db")
    assert 5 <= first < 150
    assert shell("texts", "--json").json["done"] == {"read": 150 - first}


def held(path: Path) -> int:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        count: int = db.execute("SELECT count(*) FROM attachment_texts").fetchone()[0]
    finally:
        db.close()
    return count
