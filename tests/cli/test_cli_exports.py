"""sinmungo export: every format holds what the view holds; what cannot be done is said before a file is touched."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from cli_shell import Shell

from scraper.archive import open_archive
from scraper.archive.released import Wanted
from scraper.archive.views import VIEWS
from scraper.desk.bigkinds import HEADERS


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
        (("--out", "a.jsonl", "--no-bom"), "--no-bom has no meaning for jsonl"),
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


def test_an_empty_archive_and_none(shell: Shell) -> None:
    assert shell("export", "--out", "a.csv").code == 2
    with open_archive(shell.folder / "archive.db", write=True):
        pass
    answer = shell("export", "--out", "a.csv")
    assert answer.code == 2
    assert "archive.db holds no board yet" in answer.sentence()
    assert not (shell.folder / "a.csv").exists()
