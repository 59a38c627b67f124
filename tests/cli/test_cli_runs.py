"""Commands that talk to sites: crawl, sync, add, probe, retry, and how they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from cli_shell import CLI, Shell

from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, serve
from scraper.models import KST

FACTS = set("slug outcome exit_code message seconds declared_total run started_at balance waits".split())
COUNTS = {
    *("requests", "pages", "new", "revised", "unchanged", "secret", "missing", "gone", "returned", "failed"),
    *("files", "files_failed", "bytes"),
}


def test_a_crawl_and_two_syncs_print_one_summary_each(shell: Shell) -> None:
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    board = FakeBoard("opinion", "rhymix", posts=20, seed=2, clock=clock)
    with serve(FakeSite([board], clock=clock)) as server:
        first = shell.crawl(server.url("opinion"), "--json")
        (run,) = first.json["boards"]
        assert (first.code, first.err) == (0, "")
        assert set(run) >= FACTS | COUNTS
        assert run["new"] + run["secret"] == 20
        server.clear_log()
        again = shell("sync", "--delay", "0", "--allow-private", "--json").json["boards"][0]
        assert (again["requests"], again["new"], again["unchanged"]) == (1, 0, 0)
        assert [request.kind for request in server.log] == ["listing"]
        board.post(title="새 글")
        later = shell("sync", "opinion", "--delay", "0", "--allow-private", "--json").json["boards"][0]
        assert later["new"] == 1
        rechecked = shell("sync", "--all", "--delay", "0", "--allow-private", "--recheck", "all", "--json").json[
            "boards"
        ][0]
        assert rechecked["unchanged"] + rechecked["secret"] == 21


def test_quiet_says_nothing_when_all_is_well(shell: Shell) -> None:
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    board = FakeBoard("opinion", "legacy", posts=12, seed=2, clock=clock)
    with serve(FakeSite([board], clock=clock)) as server:
        answer = shell.crawl(server.url("opinion"), "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_a_limited_crawl_is_finished_later(shell: Shell, server: FakeServer, board: FakeBoard) -> None:
    some = shell.crawl(server.url("opinion"), "--limit", "5", "--json").json["boards"][0]
    assert some["new"] + some["secret"] == 5
    status = shell("status", "--json").json["boards"][0]
    assert (status["live"] + status["blocked"], status["unread"]) == (5, 19)
    rest = shell.crawl(server.url("opinion"), "--json").json["boards"][0]
    assert rest["new"] + rest["secret"] == 19


def test_add_previews_and_stores(shell: Shell, server: FakeServer, board: FakeBoard) -> None:
    answer = shell("add", server.url("opinion"), "--allow-private", "--delay", "0", "--name", "오피니언 판")
    assert answer.code == 0
    assert board.truth()[0]["author"] in answer.out
    assert shell("boards", "--json").json["boards"][0]["name"] == "오피니언 판"
    assert shell("sync", "--allow-private", "--delay", "0", "--json").json["boards"][0]["new"] > 0


def test_probe_reads_an_address_and_a_file_alike(shell: Shell, server: FakeServer, tmp_path: Path) -> None:
    import urllib.request

    url = server.url("opinion")
    with urllib.request.urlopen(url) as answer:
        (tmp_path / "page.html").write_bytes(answer.read())
    seen = shell("probe", url, "--allow-private", "--delay", "0", "--json")
    read = shell("probe", str(tmp_path / "page.html"), "--url", url, "--json")
    assert seen.code == read.code == 0
    assert seen.json == read.json
    assert seen.json["kind"] == "listing"
    assert list(shell.folder.glob("*.db*")) == []
    saved = f"<!-- saved from url=({len(url):04})http://paper.example/bbs/board.php?bo_table=opinion -->"
    (tmp_path / "saved.html").write_bytes(saved.encode() + (tmp_path / "page.html").read_bytes())
    copy = shell("probe", str(tmp_path / "saved.html"), "--url", "(어느 신문의 게시판)", "--json")
    assert copy.json["url"] == "http://paper.example/bbs/board.php?bo_table=opinion"
    assert [row["title"] for row in copy.json["listing"]["rows"]] == [
        row["title"] for row in seen.json["listing"]["rows"]
    ]
    people = shell("probe", str(tmp_path / "page.html"), "--url", url)
    assert seen.json["listing"]["rows"][3]["author"] in people.out


def test_probe_prints_its_object_for_what_it_cannot_read(shell: Shell, tmp_path: Path) -> None:
    for body in (b"<html><body><p>nothing</p></body></html>", b"plain", b""):
        (tmp_path / "page.html").write_bytes(body)
        answer = shell("probe", str(tmp_path / "page.html"), "--json")
        assert answer.code == 4
        assert answer.json["kind"] == "unknown"
        assert answer.json["listing"] is answer.json["article"] is None


def test_python_cli_py_and_help(shell: Shell) -> None:
    answer = shell("--help")
    assert answer.code == 0
    commands = "demo probe add crawl sync boards status runs failures retry layout repair search show history verify"
    for command in commands.split():
        assert command in answer.out
        assert shell(command, "--help").code == 0
    assert shell("--version").out.startswith("sinmungo ")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, cli; from typer.testing import CliRunner; CliRunner().invoke(cli.app, ['--help']);"
        "heavy = ('httpx', 'sqlite_utils', 'selectolax', 'zstandard', 'rich.progress');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=CLI.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_the_run_and_the_next_one_goes_on(
    shell: Shell, server: FakeServer, board: FakeBoard, number: signal.Signals, code: int
) -> None:
    words = [sys.executable, str(CLI), "crawl", server.url("opinion"), "--allow-private", "--delay", "0.05"]
    server.clear_log()
    process = subprocess.Popen(words, cwd=shell.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while sum(request.kind == "article" for request in server.log) < 3:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    started = time.monotonic()
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - started < 10
    assert process.returncode == code
    assert "the next run goes on from here" in err
    assert shell("runs", "--json").json["runs"][0]["outcome"] == "interrupted"
    assert shell.crawl(server.url("opinion")).code == 3
    assert shell("status", "--json").json["boards"][0]["live"] == sum(not post["secret"] for post in board.truth())
    assert shell("verify", "--data").code == 0


def test_a_signal_is_not_lost_in_what_checks_the_options(tmp_path: Path) -> None:
    """Extensions that are no Python swallow what a handler raises inside them."""
    code = """if True:
        import os, signal
        from typer.core import TyperCommand
        checking = TyperCommand.make_context
        def swallowing(self, *words, **more):
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                pass
            return checking(self, *words, **more)
        TyperCommand.make_context = swallowing
        from cli import app
        app(["boards"])
    """
    environment = {**os.environ, "PYTHONPATH": str(CLI.parent)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_the_demo_shows_the_whole_job_and_refuses_a_strange_archive(shell: Shell, archived: Shell) -> None:
    answer = shell("demo")
    assert answer.code == 0, answer.err
    for words in ("Day 1", "Night 1", "Night 2", "missing", "gone", "A search for", "sinmungo history"):
        assert words in answer.out
    status = shell("status", "--json").json["boards"]
    assert sum(board["posts"] for board in status) >= 80
    assert sum(board["files"] for board in status) >= 10
    assert shell("verify", "--data").code == 0
    assert shell("demo").code == 0
    before = (archived.folder / "archive.db").read_bytes()
    refused = archived("demo")
    assert refused.code == 2
    assert "not the demo's" in refused.sentence()
    assert (archived.folder / "archive.db").read_bytes() == before
