"""sinmungo serve as a shell sees it: what it says, what it refuses, and that it stops when it is told to."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli_shell import CLI, Shell

from scraper.archive import open_archive


@contextmanager
def serving(folder: Path, *words: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command running, and the line it printed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(CLI.parent),
        "PYTHONWARNINGS": "error",
        "PYTHONUNBUFFERED": "1",
    } | more
    process = subprocess.Popen(
        [sys.executable, str(CLI), "serve", *words], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


def answer_of(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept-Language": "ko"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_it_serves_what_was_archived_until_it_is_stopped(archived: Shell) -> None:
    with serving(archived.folder, "--port", "0") as (process, line):
        assert line.startswith("archive.db is served at http://127.0.0.1:")
        port = int(line.split(":")[-1].split("/")[0])
        status, front = answer_of(port, "/")
        assert status == 200
        assert "/-/article/" in front
        assert answer_of(port, "/nothing/here")[0] == 404
        process.send_signal(signal.SIGINT)
        said, told = process.communicate(timeout=30)
        assert (process.returncode, said, told) == (130, "", "")


def test_an_archive_without_a_board(shell: Shell) -> None:
    open_archive(shell.folder / "archive.db", write=True).close()
    answer = shell("serve", "--port", "0")
    assert (answer.code, answer.out) == (2, "")
    assert "archive.db holds no board yet" in answer.sentence()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--db", "nothing.db"], "there is no archive at nothing.db"),
        (["--host", "0.0.0.0"], "would let every machine"),
        (["--host", "::"], "would let every machine"),
        (["--host", "no.such.name.example"], "there is no address of that name"),
        (["--host", "192.0.2.1", "--allow-others"], "is no address of this machine"),
    ],
)
def test_what_it_refuses(archived: Shell, words: list[str], sentence: str) -> None:
    answer = archived("serve", "--port", "0", *words)
    assert answer.code == 2
    assert sentence in answer.sentence()
    assert answer.out == ""


def test_a_port_in_use(archived: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = archived("serve", "--port", str(port))
    assert answer.code == 2
    assert f"port {port} of 127.0.0.1 is in use" in answer.sentence()


def test_it_says_what_another_address_opens(archived: Shell) -> None:
    with serving(archived.folder, "--host", "0.0.0.0", "--allow-others", "--port", "0") as (process, line):
        port = int(line.split(":")[-1].split("/")[0])
        assert answer_of(port, "/archive.json?sql=select+1")[0] == 403
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
        assert process.returncode == 143
        assert "there is no password" in told


def test_it_opens_the_browser_of_the_reader(archived: Shell, tmp_path: Path) -> None:
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}.part && mv {seen}.part {seen}\n', encoding="utf-8")
    browser.chmod(0o755)
    with serving(archived.folder, "--port", "0", "--open", BROWSER=str(browser)) as (_, line):
        until = time.monotonic() + 30
        while not seen.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert seen.read_text().strip() in line


def test_without_the_extra_it_says_what_to_install(archived: Shell) -> None:
    code = (
        "import sys, importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'datasette' else find(name, *a)\n"
        f"sys.argv = ['sinmungo', 'serve']; sys.path.insert(0, {str(CLI.parent)!r})\nimport cli; cli.app()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archived.folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install '.[serve]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_does_not_load_datasette(archived: Shell) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(CLI.parent)!r}); sys.argv = ['sinmungo', 'serve', '--help']\n"
        "import atexit, cli\n"
        "atexit.register(lambda: print('LOADED', sorted({'datasette', 'uvicorn', 'httpx'} & set(sys.modules))))\n"
        "cli.app()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=archived.folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "LOADED []" in done.stdout
    assert "--allow-others" in done.stdout
