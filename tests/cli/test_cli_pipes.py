"""A reader that hangs up, a stream that is closed, a disk that is full behind it: what a command does then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_shell import CLI, Shell
from sync_world import rows

from scraper.fakeboard import FakeServer

READING = [("--help",), ("search", "--help"), ("boards", "--json"), ("search", "기고")]


def piped(shell: Shell, *words: str, stderr: bool = False) -> tuple[int, str]:
    """A command whose reader has gone before it says anything; of stderr too, if that is piped there."""
    ours, theirs = os.pipe()
    os.close(ours)
    environment = {**os.environ, "PYTHONPATH": str(CLI.parent), "PYTHONWARNINGS": "error", "COLUMNS": "120"}
    try:
        done = subprocess.run(
            [sys.executable, str(CLI), *words], cwd=shell.folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=theirs, stderr=theirs if stderr else subprocess.PIPE, text=True, timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(theirs)
    return done.returncode, done.stderr or ""


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_reader_that_hangs_up_is_no_fault(archived: Shell, words: tuple[str, ...]) -> None:
    """Not a word about it, and the exit code is that of the work."""
    assert piped(archived, *words) == (0, "")


def test_the_code_of_a_command_that_failed_stays(archived: Shell) -> None:
    code, err = piped(archived, "show", "nope")
    assert (code, err.count("\n")) == (2, 1)
    assert piped(archived, "frobnicate", stderr=True)[0] == 2


@pytest.mark.parametrize("stderr", [False, True], ids=["stdout", "both"])
def test_a_crawl_goes_on_to_its_end(shell: Shell, server: FakeServer, tmp_path: Path, stderr: bool) -> None:
    words = ("crawl", server.url("opinion"), "--allow-private", "--delay", "0")
    code, _ = piped(shell, *words, stderr=stderr)
    (run,) = rows(shell.folder / "archive.db", "SELECT * FROM runs")
    assert (code, run["outcome"], run["new"] + run["secret"]) == (3, "partial", 24)
    assert not rows(shell.folder / "archive.db", "SELECT 1 FROM posts WHERE state = 'unread'")


@pytest.mark.parametrize(("words", "code"), [("boards >&-", 0), ("show nope >&- 2>&-", 2)])
def test_a_stream_that_is_closed(archived: Shell, words: str, code: int) -> None:
    command = f"exec {sys.executable} {CLI} {words}"
    done = subprocess.run(["sh", "-c", command], cwd=archived.folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a file that is always full is a matter of Linux")
@pytest.mark.parametrize("words", ["boards", "--help"])
def test_a_full_disk_behind_stdout_is_said(archived: Shell, words: str) -> None:
    command = f"exec {sys.executable} {CLI} {words} > /dev/full"
    done = subprocess.run(["sh", "-c", command], cwd=archived.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 7
    assert done.stderr == "sinmungo: the output cannot be written: No space left on device\n"
