"""A shell in an empty folder, and one in a folder that holds an archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cli_shell import Shell

from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, serve
from scraper.models import KST


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def board() -> FakeBoard:
    """A board that the tests of reading commands share; they do not change it."""
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    board = FakeBoard("opinion", "gnuboard5", posts=24, seed=5, clock=clock, missing_file=True)
    clock.advance(timedelta(days=1))  # lists of that day tell clock times, which the machine's own day does not fit
    return board


@pytest.fixture(scope="session")
def server(board: FakeBoard) -> Iterator[FakeServer]:
    with serve(FakeSite([board], clock=board.clock)) as running:
        yield running


@pytest.fixture(scope="session")
def archived(server: FakeServer, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder whose archive.db holds that board."""
    shell = Shell(tmp_path_factory.mktemp("archived"))
    answer = shell.crawl(server.url("opinion"), "--quiet")
    assert answer.code == 3, answer.err
    return shell
