"""Archives of earlier versions are brought up to date, step by step, also when somebody is killed in between."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from archive_samples import T0, board, exchange, post

from scraper.archive import open_archive, verify
from scraper.archive.schema import MIGRATIONS, pending, schema_version
from scraper.archive.views import VIEWS
from scraper.errors import ArchiveError

VERSION_1 = Path(__file__).parent / "version_1.sql"

KILLED = """
import os, signal, sys
from pathlib import Path
from sqlite_utils import Database
from scraper.archive import open_archive
execute, left = Database.execute, int(sys.argv[2])
def counted(self, sql, *arguments):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(self, sql, *arguments)
Database.execute = counted
open_archive(Path(sys.argv[1]), write=True).close()
print(left)
"""


def old_archive(path: Path) -> Path:
    db = sqlite3.connect(path)
    db.executescript(VERSION_1.read_text(encoding="utf-8"))
    db.close()
    return path


def version_of(path: Path) -> int:
    db = sqlite3.connect(path)
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return found


def schema_of(path: Path) -> dict[str, str]:
    db = sqlite3.connect(path)
    found = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"))
    db.close()
    return found


def test_a_file_of_version_1_becomes_what_a_new_one_is(tmp_path: Path) -> None:
    path = old_archive(tmp_path / "archive.db")
    with pytest.raises(ArchiveError, match="older sinmungo: run `sinmungo reindex` once"):
        open_archive(path, write=False)
    assert version_of(path) == 1
    with open_archive(path, write=True) as archive:
        (saved,) = archive.find_boards()
        assert [item["key"] for item in archive.find_matching("협의체")] == ["201", "203"]
        assert {item["name"] for item in archive.find_unread_files(saved.id, {})} == {"붙임.txt", "b.bin"}
        run = archive.start_run(saved.id, T0)
        capture = archive.save_capture(run, exchange(b"<p>204</p>"))
        archive.save_post(
            saved.id, post("204"), capture_id=capture, listing_capture_id=None, seen_at=T0, parser_version="2"
        )
    open_archive(tmp_path / "new.db", write=True).close()
    assert version_of(path) == schema_version() == len(MIGRATIONS)
    assert schema_of(path) == schema_of(tmp_path / "new.db")
    assert [str(damage) for damage in verify(path, full=True)] == []
    assert archive_steps(path) == list(range(1, schema_version() + 1))


def archive_steps(path: Path) -> list[int]:
    db = sqlite3.connect(path)
    found = [version for (version,) in db.execute("SELECT version FROM migrations ORDER BY version")]
    db.close()
    return found


def killed(path: Path, statement: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, str(path), str(statement)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_killed_at_any_statement_of_the_way_it_is_at_one_version_or_the_next(tmp_path: Path, full: bool) -> None:
    unkilled = killed(old_archive(tmp_path / "unkilled.db"), 10_000)
    assert unkilled.returncode == 0, unkilled.stderr
    statements = 10_000 - int(unkilled.stdout)
    assert statements > 2 * len(VIEWS)
    ends = set()
    for statement in range(1, statements + 1, 1 if full else 6):
        path = old_archive(tmp_path / f"{statement}.db")
        assert killed(path, statement).returncode == -signal.SIGKILL
        ends.add(version_of(path))
        open_archive(path, write=True).close()
        assert version_of(path) == schema_version()
        assert [str(damage) for damage in verify(path, full=True)] == []
        with open_archive(path, write=False) as archive:
            assert len(archive.find_posts(limit=9)) == 2
    assert 1 in ends and ends <= set(range(1, schema_version() + 1))


def test_steps_of_a_version() -> None:
    assert [version for version, _ in pending(0)] == list(range(1, schema_version() + 1))
    assert list(pending(schema_version())) == []


def test_a_view_that_somebody_made_stays(tmp_path: Path) -> None:
    path = old_archive(tmp_path / "archive.db")
    db = sqlite3.connect(path)
    db.execute("CREATE VIEW own AS SELECT title FROM articles")
    db.close()
    with open_archive(path, write=True) as archive:
        assert len(archive.db.execute("SELECT * FROM own").fetchall()) == 2
        assert archive.save_board(board()).slug == "opinion"
