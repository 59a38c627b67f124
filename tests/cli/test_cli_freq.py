"""sinmungo freq: one run of the real analyser, and a sentence for what cannot be counted."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys

import pytest
from archive_samples import World, day, post
from cli_shell import CLI, Shell


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    world = World(shell.folder / "archive.db")
    world.read(post("1", title="물 부족", body_text="저수지의 물이 줄었다.", posted=day("2020-05-01")))
    world.read(post("2", title="물 관리", body_text="예산을 늘렸다.", posted=day("2021-05-01"), author="이나래"))
    world.close()
    return shell


def test_nouns_of_each_year(stocked: Shell) -> None:
    answer = stocked("freq", "--until", "2020-12-31", "--board", "opinion")
    assert answer.code == 0, answer.err
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert rows[0] == {"year": "2020", "noun": "물", "count": "2", "posts": "1"}
    assert {row["noun"] for row in rows} == {"물", "부족", "저수지"}
    assert "articles counted: 1; lines: 3; nouns by kiwipiepy " in answer.err


def test_a_missing_extra_is_one_sentence(stocked: Shell) -> None:
    (stocked.folder / "kiwipiepy.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{stocked.folder}{os.pathsep}{CLI.parent}"}
    done = subprocess.run(
        [sys.executable, str(CLI), "freq"], cwd=stocked.folder, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sinmungo: freq needs kiwipiepy: pip install '.[ko]'\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--board", "nowhere"), "no board 'nowhere'"),
        (("--out", "no/such/a.csv"), "no/such is no folder"),
    ],
)
def test_what_cannot_be_counted(stocked: Shell, words: tuple[str, ...], told: str) -> None:
    answer = stocked("freq", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.sentence()


def test_a_file_is_written_whole_and_help_needs_no_extra(stocked: Shell) -> None:
    (stocked.folder / "kiwipiepy.py").write_text(
        "from types import SimpleNamespace as S\n__version__ = '0'\nclass Kiwi:\n"
        "    def tokenize(self, texts):\n"
        "        for text in texts:\n"
        "            yield [S(form=word, tag='NNG') for word in text.split()] + [S(form='.', tag='SF')]\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": f"{stocked.folder}{os.pathsep}{CLI.parent}"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(CLI), *words]
        return subprocess.run(command, cwd=stocked.folder, env=environment, capture_output=True, text=True)

    done = run("freq", "--out", "a.csv", "--top", "1", "--author", "이나래", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (stocked.folder / "a.csv").read_bytes().decode("utf-8-sig") == "year,noun,count,posts\r\n2021,관리,1,1\r\n"
    for library in ("kiwipiepy", "olefile", "pypdf"):
        (stocked.folder / f"{library}.py").write_text("raise SystemExit('imported')\n", encoding="utf-8")
    for words in (("--help",), ("freq", "--help")):
        assert (run(*words).returncode, run(*words).stderr) == (0, "")
