"""sinmungo cite: posts of the archive in each format, and a sentence for what cannot be cited."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from archive_samples import World, post, row
from cli_shell import Shell


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    world = World(shell.folder / "archive.db")
    world.list(row("9", 3))
    world.read(post("1", title="[기고] 첫 제목"))
    world.read(post("1", title="[기고] 고친 제목"))
    world.read(post("2", author="\x1b[31m이나래", posted=None))
    world.close()
    return shell


def capture_of(shell: Shell, version: int) -> dict[str, Any]:
    db = sqlite3.connect(f"file:{shell.folder / 'archive.db'}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    sql = """SELECT c.* FROM captures c JOIN post_versions v ON v.article_capture_id = c.id
        JOIN posts p ON p.id = v.post_id WHERE p.key = '1' AND v.version = ?"""
    found = dict(db.execute(sql, [version]).fetchone())
    db.close()
    return found


def test_the_latest_version_and_an_earlier_one(stocked: Shell) -> None:
    (now,) = stocked("cite", "opinion/1", "--json").json["citations"]
    assert (now["post"], now["version"], now["title"]) == ("opinion/1", 2, "[기고] 고친 제목")
    assert now["sha256"] == capture_of(stocked, 2)["body_sha256"]
    then = stocked("cite", "1", "--version", "1").out
    assert "「[기고] 첫 제목」" in then and "제1판" in then and capture_of(stocked, 1)["body_sha256"] in then


def test_several_posts_in_each_format(stocked: Shell) -> None:
    assert len(stocked("cite", "1", "2").out.splitlines()) == 2
    assert stocked("cite", "1", "2", "--format", "bibtex").out.count("@misc{opinion-") == 2
    assert stocked("cite", "1", "2", "--format", "ris").out.count("ER  - ") == 2
    items = stocked("cite", "1", "2", "--format", "csl-json").json
    assert [item["id"] for item in items] == ["opinion-1-v2", "opinion-2-v1"]
    assert "\x1b" not in stocked("cite", "2").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cite", "opinion/1", "opinion/77"), "no post opinion/77 in the archive"),
        (("cite", "9"), "9 cannot be cited: it was never read"),
        (("cite", "1", "--version", "7"), "1 has no version 7: there are 1 to 2"),
        (("cite", "1", "--format", "apa"), "--format apa: there are korean, bibtex, ris, csl-json"),
    ],
)
def test_what_cannot_be_cited(stocked: Shell, words: tuple[str, ...], told: str) -> None:
    answer = stocked(*words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.sentence()
