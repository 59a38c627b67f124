"""What the documents tell readers to type is run: Python, SQL, exports, on an archive like that of the demo."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sync_world import world

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/tutorial.md", "docs/recipes.md")
RUN = frozenset({"export", "report", "status", "search", "texts", "verify", "boards"})
"""Commands that ask no network and name no post."""


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def named(language: str) -> list[tuple[str, int]]:
    return [(page, number) for page in PAGES for number, _ in enumerate(blocks(page, language))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, in which the commands of the recipes were typed."""
    made = tmp_path_factory.mktemp("docs")
    with world(made, "gnuboard5", 24) as filled:
        filled.sync()
    for block in blocks("docs/recipes.md", "sh"):
        for words in typed(block):
            assert run(made, [str(ROOT / "cli.py"), *words]) == (0, ""), words
    return made


def typed(block: str) -> list[list[str]]:
    """The commands of a block that can be run here, as words."""
    lines = [shlex.split(line) for line in block.splitlines() if line.startswith("sinmungo ")]
    return [words[1:] for words in lines if words[1] in RUN and "--db" not in words]


def run(folder: Path, words: list[str]) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("SINMUNGO_DB", None)
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stderr.strip()


@pytest.mark.parametrize(("page", "number"), named("python"))
def test_the_python_of_the_documents_runs(folder: Path, page: str, number: int) -> None:
    assert run(folder, ["-c", blocks(page, "python")[number]]) == (0, "")


@pytest.mark.parametrize(("page", "number"), named("sql"))
def test_the_sql_of_the_documents_runs(folder: Path, page: str, number: int) -> None:
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    try:
        for statement in blocks(page, "sql")[number].split(";"):
            connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_the_sql_of_the_r_recipe_runs(folder: Path) -> None:
    (recipe,) = blocks("docs/recipes.md", "r")
    queries = re.findall(r'dbGetQuery\(con, "([^"]*)"(, params)?', recipe)
    connection = sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)
    try:
        counts = [len(connection.execute(sql, ["opinion"] if bound else []).fetchall()) for sql, bound in queries]
    finally:
        connection.close()
    assert len(counts) == 2
    assert min(counts) > 5


@pytest.mark.parametrize(
    "words", [words for block in blocks("docs/tutorial.md", "sh") for words in typed(block)], ids=str
)
def test_the_commands_of_the_tutorial_run(folder: Path, words: list[str]) -> None:
    code, said = run(folder, [str(ROOT / "cli.py"), *words])
    assert (code, said) == (0, ""), words


def test_both_tutorials_have_the_same_build() -> None:
    english, korean = ((ROOT / f"docs/tutorial{end}.md").read_text(encoding="utf-8") for end in ("", ".ko"))
    for pattern in (r"^```.*?^```", r"^#+ \d*"):
        found = re.findall(pattern, english, re.MULTILINE | re.DOTALL)
        assert len(found) > 5
        assert found == re.findall(pattern, korean, re.MULTILINE | re.DOTALL)
