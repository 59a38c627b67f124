"""The report as a command: a whole file or one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli_shell import CLI, Shell

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


def test_a_disk_that_is_full_leaves_the_report_before(archived: Shell, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("the one before")
    small = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); sys.path.insert(0, {0!r}); "
    small += "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); import cli; cli.app({1!r})"
    words = ["report", "--db", str(archived.folder / "archive.db"), "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-c", small.format(str(CLI.parent), words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 7, done.stderr
    assert "disk is full" in done.stderr
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report.html", "the one before")]
