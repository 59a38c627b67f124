"""Cron's life: budgets, pings, signals to many threads, stale boards; and nothing printed when all is well."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cli_shell import CLI, Shell

from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, serve
from scraper.models import KST

WAITS = {"requests", "pace", "crawl_delay", "retry_after", "server"}


class Watcher:
    """A service that watches cron jobs: which addresses it was asked for."""

    def __init__(self, status: int = 200) -> None:
        self.paths: list[str] = []
        paths = self.paths

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                paths.append(self.path)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/secret-uuid"
        threading.Thread(target=self.server.serve_forever, args=(0.05,)).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    watcher = Watcher()
    yield watcher
    watcher.close()


@pytest.fixture
def paper() -> Iterator[FakeServer]:
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    with serve(FakeSite([FakeBoard("opinion", "gnuboard5", posts=14, seed=4, clock=clock)], clock=clock)) as running:
        yield running


def test_a_quiet_night_pings_and_prints_nothing(shell: Shell, paper: FakeServer, watcher: Watcher) -> None:
    assert shell.crawl(paper.url("opinion"), "--quiet").code == 0
    answer = shell("sync", "--all", "-q", "--allow-private", "--delay", "0", "--ping-url", watcher.url)
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert watcher.paths == ["/secret-uuid/start", "/secret-uuid"]


def test_a_night_that_fails_pings_its_code(shell: Shell, paper: FakeServer, watcher: Watcher) -> None:
    assert shell("sync", "--ping-url", watcher.url, "--allow-private").code == 2
    assert watcher.paths == ["/secret-uuid/start", "/secret-uuid/2"]


def test_a_ping_that_fails_is_said_and_changes_nothing(shell: Shell, paper: FakeServer) -> None:
    shell.crawl(paper.url("opinion"), "--quiet")
    broken = Watcher(status=500)
    broken.close()
    answer = shell("sync", "-q", "--allow-private", "--delay", "0", "--ping-url", broken.url)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.count("the ping to 127.0.0.1") == 2
    assert "secret-uuid" not in answer.err
    refused = shell("sync", "--ping-url", "http://ping.example/x")
    assert refused.code == 2
    assert "https" in refused.sentence()


def test_the_summary_says_what_was_waited_for_and_which_budget_ended(shell: Shell, paper: FakeServer) -> None:
    shell("add", paper.url("opinion"), "--allow-private", "--delay", "0", "--yes")
    answer = shell("sync", "--allow-private", "--delay", "0", "--json", "--max-requests", "5")
    (board,) = answer.json["boards"]
    assert (answer.code, answer.json["exit_code"], board["outcome"]) == (0, 0, "budget")
    assert "5 requests" in board["message"]
    assert set(board["waits"]) == WAITS
    assert board["waits"]["requests"] >= max(5, board["requests"])  # also one that brought no answer
    assert set("requests new revised unchanged gone secret failed bytes balance seconds".split()) <= set(board)
    (rest,) = shell("sync", "--allow-private", "--delay", "0", "--json").json["boards"]
    assert rest["outcome"] == "ok"


def test_status_tells_stale_boards(shell: Shell, paper: FakeServer) -> None:
    shell("add", paper.url("opinion"), "--allow-private", "--delay", "0", "--yes")
    never = shell("status", "--max-age", "36h")
    assert never.code == 3
    assert "not brought up to date since it was added" in never.out
    shell.crawl(paper.url("opinion"), "--quiet")
    fresh = shell("status", "--max-age", "36h", "--json")
    assert (fresh.code, fresh.json["boards"][0]["stale"]) == (0, False)
    assert fresh.json["boards"][0]["last_success_at"]
    assert shell("status", "--max-age", "0h").code == 3
    assert shell("status", "--json").json["boards"][0]["stale"] is None
    assert shell("status", "--max-age", "soon").code == 2


def test_a_board_that_fell_silent_is_told_and_fails_only_when_asked(shell: Shell) -> None:
    clock = FakeClock(datetime(2020, 3, 1, 3, 0, tzinfo=KST))
    board = FakeBoard("opinion", "gnuboard5", posts=40, seed=4, clock=clock)
    with serve(FakeSite([board], clock=clock)) as server:
        shell.crawl(server.url("opinion"), "--quiet")
    told = shell("status")
    assert told.code == 0
    assert "silent for" in told.out
    (quiet,) = shell("status", "--json").json["boards"]
    assert quiet["silence"]["improbable"] is True
    assert set(quiet["months"][-1]) == {"month", "posts", "fetched"}
    assert sum(month["posts"] for month in quiet["months"]) >= 38
    assert shell("status", "--silence-fails").code == 3


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_reaches_every_host_also_in_a_long_wait(
    shell: Shell, watcher: Watcher, number: signal.Signals, code: int
) -> None:
    servers = []
    for seed in (4, 5, 6):
        clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
        board = FakeBoard(f"paper{seed}", "gnuboard5", posts=20, seed=seed, clock=clock)
        servers.append((board, serve(FakeSite([board], clock=clock))))
    with servers[0][1] as one, servers[1][1] as two, servers[2][1] as three:
        for (board, _), server in zip(servers, (one, two, three), strict=True):
            shell("add", server.url(board.slug), "--allow-private", "--delay", "0", "--yes")
            server.clear_log()
        words = [sys.executable, str(CLI), "sync", "--allow-private", "--delay", "30", "--json"]
        process = subprocess.Popen(
            [*words, "--ping-url", watcher.url], cwd=shell.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        while not all(server.log for server in (one, two, three)):
            assert process.poll() is None
            time.sleep(0.02)
        time.sleep(0.3)
        process.send_signal(number)
        started = time.monotonic()
        out, err = process.communicate(timeout=20)
        assert time.monotonic() - started < 10
        assert process.returncode == code
        assert "Traceback" not in err
        assert f'"exit_code": {code}' in out
        assert watcher.paths[-1] == f"/secret-uuid/{code}"
        runs = shell("runs", "--json").json["runs"]
        assert [run["outcome"] for run in runs] == ["interrupted"] * 3
        after = shell("sync", "--allow-private", "--delay", "0", "--json")
        assert [run["outcome"] for run in after.json["boards"]] == ["ok"] * 3


def test_a_simulated_sync_tells_the_cost_asks_nothing_and_writes_nothing(shell: Shell, paper: FakeServer) -> None:
    shell("add", paper.url("opinion"), "--allow-private", "--delay", "0", "--yes")
    shell("sync", "--allow-private", "--delay", "0", "--max-requests", "14", "-q")
    paper.clear_log()
    before = (shell.folder / "archive.db").read_bytes()
    told = shell("sync", "--simulate", "--json").json
    (board,) = told["boards"]
    assert (len(paper.log), (shell.folder / "archive.db").read_bytes()) == (0, before)
    (done,) = shell("sync", "--allow-private", "--delay", "0", "--json").json["boards"]
    assert abs(board["requests"] - done["requests"]) <= 6
    assert abs(board["articles"] + board["coming"] - done["new"] - done["secret"]) <= 2
    assert told["minutes"] == pytest.approx(board["requests"] * 2 / 60, abs=0.3)
    quiet = shell("sync", "--simulate")
    assert "about " in quiet.out
    assert shell("sync", "--simulate", "--recheck", "all", "--json").json["boards"][0]["articles"] >= 12
