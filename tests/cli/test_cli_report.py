"""The report as a command: a whole file or one sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from cli_shell import Shell

from scraper.archive import open_archive


def test_a_report_is_one_file(archived: Shell, tmp_path: Path) -> None:
    out = tmp_path / "보고서.html"
    answer = archived("report", "--board", "opinion", "--out", str(out))
    assert (answer.code, [path.name for path in tmp_path.iterdir()]) == (0, ["보고서.html"])
    assert str(out) in answer.out
    assert "1 board;" in answer.out
    told = out.read_text(encoding="utf-8")
    assert told.rstrip().endswith("</html>")
    assert str(archived.folder) not in told
    assert archived("report", "--out", str(out), "--json").json == {"out": str(out), "boards": 1}
    assert archived("report", "--out", str(out), "--quiet").out == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--board", "nope"), "opinion"),
        (("--out", "no-such-folder/report.html"), "no-such-folder"),
        (("--out", "."), "is a folder"),
        (("--out", "archive.db"), "belongs to the archive"),
        (("--out", "archive.db-wal"), "belongs to the archive"),
        (("--db", "nowhere.db"), "sinmungo crawl URL"),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(archived: Shell, words: tuple[str, ...], told: str) -> None:
    before = sorted(path.name for path in archived.folder.iterdir())
    answer = archived("report", *words)
    assert answer.code == 2
    assert told in answer.sentence()
    assert sorted(path.name for path in archived.folder.iterdir()) == before


def test_an_archive_without_a_board(shell: Shell) -> None:
    open_archive(shell.folder / "archive.db", write=True).close()
    answer = shell("report")
    assert answer.code == 2
    assert "holds no board yet" in answer.sentence()
    assert not (shell.folder / "report.html").exists()


def test_a_report_that_fails_leaves_the_one_before(archived: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    with sqlite3.connect(archived.folder / "archive.db") as source, sqlite3.connect(broken) as copy:
        source.backup(copy)
        copy.execute("DROP TABLE coverage")
    source.close()
    copy.close()
    out = tmp_path / "report.html"
    out.write_text("the one before")
    answer = archived("report", "--db", str(broken), "--out", str(out))
    assert answer.code == 7
    assert out.read_text() == "the one before"
    assert [path.name for path in tmp_path.iterdir() if "html" in path.name] == ["report.html"]
