"""Commands of the morning after: what is held, what failed, what readers did, as typed in a terminal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime

import pytest
from cli_shell import Shell

from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, serve
from scraper.models import KST

SYNC = ("sync", "--allow-private", "--delay", "0", "--json")


@pytest.fixture
def paper() -> Iterator[FakeServer]:
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    board = FakeBoard("opinion", "gnuboard5", posts=24, seed=4, clock=clock, missing_file=True)
    with serve(FakeSite([board], clock=clock)) as running:
        yield running


@pytest.mark.parametrize("words", [("--hold-share", "40"), ("--confirm",)])
def test_a_mass_disappearance_waits_for_a_word(words: tuple[str, ...], shell: Shell, paper: FakeServer) -> None:
    shell.crawl(paper.url("opinion"), "--quiet")
    board = paper.site.boards[0]
    plain = [post.id for post in board.posts() if not post.notice]
    for post_id in plain[3:11]:
        board.delete(post_id)
    held = shell(*SYNC)
    assert (held.code, held.json["boards"][0]["outcome"], held.json["boards"][0]["missing"]) == (9, "held", 0)
    assert "8 of 24" in held.json["boards"][0]["message"]
    assert "--confirm" in held.json["boards"][0]["message"]
    assert shell(*SYNC, "--hold-share", "120").code == 2
    accepted = shell(*SYNC, *words)
    assert accepted.json["boards"][0]["outcome"] in ("ok", "partial"), accepted.out
    states = [post["state"] for post in _rows(shell, "SELECT state FROM posts")]
    assert states.count("missing") == 8


def test_a_failure_waits_and_is_tried_at_once_when_asked(shell: Shell, paper: FakeServer) -> None:
    assert shell.crawl(paper.url("opinion"), "--quiet").code == 3
    (failure,) = shell("failures", "--json").json["failures"]
    assert failure["next_at"] > failure["last_at"]
    assert failure["url"] in shell("failures").out
    paper.clear_log()
    assert shell(*SYNC).code == 0, "its turn has not come"
    assert [request.path for request in paper.log if request.kind == "attachment"] == []
    assert shell("retry", "--allow-private", "--delay", "0", "--json").code == 3
    assert failure["tries"] + 1 == shell("failures", "--json").json["failures"][0]["tries"]
    post = paper.site.boards[0].find(int(failure["post_key"]))
    for item in post.files:
        item.lost = False
    assert shell("retry", "--allow-private", "--delay", "0", "--json").code == 0
    assert shell("failures", "--json").json["failures"] == []


def test_our_own_visits_are_taken_off_the_readers(shell: Shell, paper: FakeServer) -> None:
    shell.crawl(paper.url("opinion"), "--quiet")
    for _ in range(2):
        assert shell(*SYNC, "--recheck", "all").code in (0, 3)
    curve = _rows(shell, "SELECT post_id, hits_seen, own_reads, hits_net FROM readership ORDER BY seen_at")
    assert all(point["hits_seen"] - point["own_reads"] == point["hits_net"] for point in curve)
    first, last = ({point["post_id"]: point for point in points} for points in (curve[::-1], curve))
    assert max(point["own_reads"] for point in last.values()) == 3, (
        "read three times, each time in a session of its own"
    )
    assert all(last[post]["hits_net"] <= first[post]["hits_net"] + 1 for post in last), "nobody else came"


def test_recheck_reads_what_was_read_longer_ago(shell: Shell, paper: FakeServer) -> None:
    shell.crawl(paper.url("opinion"), "--quiet")
    assert shell(*SYNC, "--recheck", "7d").json["boards"][0]["unchanged"] <= 1, "the one whose file failed"
    everything = shell(*SYNC, "--recheck", "all").json["boards"][0]
    assert everything["unchanged"] >= 20
    assert shell(*SYNC, "--recheck", "soon").code == 2


def _rows(shell: Shell, sql: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(shell.folder / "archive.db")
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
