"""sinmungo export: every format holds what the view holds; what cannot be done is said before a file is touched."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from cli_shell import CLI, Shell

from scraper.archive import open_archive
from scraper.archive.released import Wanted
from scraper.archive.views import VIEWS
from scraper.desk.bigkinds import HEADERS
from scraper.fakeboard import FakeBoard


def query(shell: Shell, sql: str, *values: Any) -> list[dict[str, Any]]:
    db = sqlite3.connect(f"file:{shell.folder / 'archive.db'}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in db.execute(sql, values)]
    finally:
        db.close()


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_in_two_formats(archived: Shell, tmp_path: Path, view: str) -> None:
    held = query(archived, f"SELECT * FROM {view}")
    for suffix in ("jsonl", "parquet"):
        answer = archived("export", "--view", view, "--out", str(tmp_path / f"a.{suffix}"), "--json")
        assert answer.code == 0, answer.err
        assert answer.json["rows"] == len(held)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    by_text = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in held]
    assert sorted(json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True) for line in lines) == sorted(by_text)
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in table) == sorted(by_text)


def test_csv_with_filters(archived: Shell, tmp_path: Path) -> None:
    out = tmp_path / "기고.csv"
    answer = archived("export", "--out", str(out))
    assert (answer.code, answer.out) == (0, f"{out}: 22 rows of articles\n")
    rows = read_csv(out)
    assert [row["title"] for row in rows] == [
        row["title"] for row in query(archived, "SELECT title FROM articles ORDER BY post_id")
    ]
    author, day = rows[7]["author"], rows[7]["posted_date"]
    archived("export", "--out", str(out), "--board", "opinion", "--author", author, "--since", day, "--until", day)
    sql = "SELECT key FROM articles WHERE author = ? AND posted_date = ?"
    assert {row["key"] for row in read_csv(out)} == {row["key"] for row in query(archived, sql, author, day)}
    assert rows[7]["key"] in {row["key"] for row in read_csv(out)}


def test_the_columns_of_bigkinds(archived: Shell, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    assert archived("export", "--out", str(out), "--layout", "bigkinds").code == 0
    rows, held = read_csv(out), query(archived, "SELECT * FROM articles ORDER BY post_id")
    assert tuple(rows[0]) == HEADERS
    assert [row["뉴스 식별자"] for row in rows] == [f"opinion/{row['key']}" for row in held]
    assert [row["일자"] for row in rows] == [(row["posted_date"] or "").replace("-", "") for row in held]
    assert [row["본문"] for row in rows] == [row["body_text"] or "" for row in held]


def test_as_of_a_day(archived: Shell) -> None:
    from datetime import date

    with open_archive(archived.folder / "archive.db", write=False) as archive:
        with archive.released("articles", Wanted(as_of=date(2100, 1, 1))) as later:
            names, rows = [column.name for column in later.columns], list(later.rows)
        with archive.released("articles", Wanted(as_of=date(2000, 1, 1))) as before:
            assert (before.total, list(before.rows)) == (0, [])
        with archive.released("articles", Wanted()) as now:
            assert [column.name for column in now.columns] == names
            for was, row in zip(list(now.rows), rows, strict=True):
                assert dict(zip(names, was, strict=True)) == dict(zip(names, row, strict=True))


def test_excel_of_an_archive(archived: Shell, tmp_path: Path) -> None:
    answer = archived("export", "--out", str(tmp_path / "a.xlsx"), "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "a.txt"), "its ending names no format: there are csv, jsonl, xlsx, parquet"),
        (("--out", "a.csv", "--format", "doc"), "--format doc: there are csv"),
        (("--out", "a.csv", "--view", "posts"), "no view posts: there are articles"),
        (("--out", "a.csv", "--board", "nowhere"), "nowhere"),
        (("--out", "a.csv", "--view", "monthly", "--author", "김가상"), "--author has no meaning for monthly"),
        (("--out", "a.csv", "--view", "edits", "--as-of", "2026-01-01"), "--as-of has no meaning for edits"),
        (("--out", "a.csv", "--layout", "naver"), "there is only bigkinds"),
        (("--out", "a.csv", "--view", "edits", "--layout", "bigkinds"), "it is made of articles"),
        (("--out", "new", "--attachments", "--view", "edits"), "--view has no meaning with --attachments"),
        (("--out", "new", "--attachments", "--layout", "bigkinds"), "--layout has no meaning with --attachments"),
        (("--out", "new", "--attachments", "--author", "김가상"), "--author has no meaning for attachment_files"),
        (("--out", ".", "--attachments"), ". is not empty: name a new folder"),
        (("--out", "archive.db", "--attachments"), "archive.db is no folder"),
        (("--out", "a.csv", "--images"), "--images has no meaning without --attachments"),
        (("--out", "a.jsonl", "--no-bom"), "--no-bom has no meaning for jsonl"),
        (("--out", "/proc/a.csv"), "/proc/a.csv cannot be written"),
        (("--out", "/proc/new", "--attachments"), "/proc/new cannot be written"),
        (("--out", "no/such/a.csv"), "no/such is no folder"),
        (("--out", "archive.db", "--format", "csv"), "archive.db belongs to the archive"),
        (("--out", ".", "--format", "csv"), ". is a folder"),
    ],
)
def test_what_cannot_be_done(archived: Shell, words: tuple[str, ...], told: str) -> None:
    before = {path.name: path.stat().st_size for path in archived.folder.iterdir()}
    answer = archived("export", *words)
    assert answer.code == 2, answer.err
    assert told in answer.sentence()
    assert {path.name: path.stat().st_size for path in archived.folder.iterdir()} == before


def test_a_device_stays_a_device_and_a_link_a_link(archived: Shell, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    answer = archived("export", "--view", "monthly", "--out", str(tmp_path / "pipe.csv"))
    assert answer.code == 2
    assert "pipe.csv is no ordinary file" in answer.sentence()
    assert (tmp_path / "pipe.csv").is_fifo()
    (tmp_path / "kept").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "kept" / "a.csv")
    assert archived("export", "--view", "monthly", "--out", str(tmp_path / "link.csv")).code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert "month" in read_csv(tmp_path / "kept" / "a.csv")[0]


def test_an_empty_archive_and_none(shell: Shell) -> None:
    assert shell("export", "--out", "a.csv").code == 2
    with open_archive(shell.folder / "archive.db", write=True):
        pass
    answer = shell("export", "--out", "a.csv")
    assert answer.code == 2
    assert "archive.db holds no board yet" in answer.sentence()
    assert not (shell.folder / "a.csv").exists()


def test_attached_files_with_their_manifest(archived: Shell, board: FakeBoard, tmp_path: Path) -> None:
    answer = archived("export", "--attachments", "--out", str(tmp_path / "files"), "--json")
    assert answer.code == 0, answer.err
    wanted = sorted(file["sha256"] for post in board.truth() for file in post["files"])
    stored = [path for path in (tmp_path / "files").rglob("*") if path.is_file() and path.name != "manifest.csv"]
    assert sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in stored) == wanted
    assert answer.json["files"] == len(wanted) == len(read_csv(tmp_path / "files" / "manifest.csv"))
    with_images = archived("export", "--attachments", "--images", "--out", str(tmp_path / "all"), "--json").json
    inline = query(archived, "SELECT count(*) AS n FROM attachments WHERE kind = 'inline' AND state = 'stored'")[0]["n"]
    assert with_images["files"] == len(wanted) + inline
    none = archived("export", "--attachments", "--out", str(tmp_path / "none"), "--until", "1999-12-31")
    assert (none.code, none.out) == (0, f"{tmp_path / 'none'}: 0 files, 0 B\n")


def many_posts(shell: Shell, count: int) -> None:
    """An archive of ``count`` posts: copies of those that ``shell`` holds."""
    db = sqlite3.connect(shell.folder / "many.db")
    source = sqlite3.connect(shell.folder / "archive.db")
    source.backup(db)
    source.close()
    columns = [row[1] for row in db.execute("PRAGMA table_info(posts)")]
    copied = ", ".join({"id": "p.id + n * 1000", "key": "p.key || '-' || n"}.get(name, f"p.{name}") for name in columns)
    numbers = "WITH numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
    sql = f"{numbers} INSERT INTO posts ({', '.join(columns)}) SELECT {copied} FROM posts p, numbers"
    db.execute(sql, [count // db.execute("SELECT count(*) FROM posts").fetchone()[0]])
    db.commit()
    db.close()


@pytest.mark.parametrize(
    ("number", "code", "command", "name"),
    [
        (signal.SIGTERM, 143, "export", "a.xlsx"),
        (signal.SIGINT, 130, "export", "a.xlsx"),
        (signal.SIGTERM, 143, "report", "a.html"),
    ],
)
def test_a_signal_leaves_what_was_there(
    archived: Shell, tmp_path: Path, number: signal.Signals, code: int, command: str, name: str
) -> None:
    many_posts(archived, 12_000)
    out = tmp_path / name
    out.write_text("was here")
    words = (sys.executable, str(CLI), command, "--db", "many.db", "--out", str(out))
    environment = {**os.environ, "PYTHONPATH": str(CLI.parent)}
    child = subprocess.Popen(words, cwd=archived.folder, env=environment, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) == 1 and time.monotonic() < until:
        time.sleep(0.01)
    child.send_signal(number)
    _, told = child.communicate(timeout=60)
    assert (child.returncode, told) == (code, "sinmungo: interrupted: nothing was written\n")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert out.read_text() == "was here"
