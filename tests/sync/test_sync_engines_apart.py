"""Boards that engines read, added without any engine: their lists, pages and posts are found out all the same."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sync_world import START, differences

from scraper.fakeboard import FakeBoard, FakeClock, FakeSite, serve
from scraper.models import Silent
from scraper.sync.hosts import Manner
from scraper.sync.options import Options
from scraper.sync.session import Session


@pytest.mark.parametrize(
    "skin",
    ["siiru", "k2web", "mediaon", "ybscript", "zeroboard4", "xe", "rhymix_mobile", "egov", "gnuboard4", "korcham"],
)
def test_a_board_whose_engine_is_not_known_is_archived(
    skin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """siiru shows no pager without its script, k2web sends a form for a page, mediaon has cards; of ybscript and
    zeroboard4 no post that is looked at first has files."""
    monkeypatch.setattr("scraper.sync.add.find_engines", dict)
    clock = FakeClock(START)
    board = FakeBoard("opinion", skin, posts=24, seed=5, clock=clock)
    with serve(FakeSite([board], clock=clock)) as server:
        session = Session(
            tmp_path / "archive.db", Manner(delay=0, allow_private=True), Silent(), threading.Event(), clock.now
        )
        run = session.crawl([server.url("opinion")], Options())[0]
        assert run.exit_code in (0, 3), run.message
        assert differences(session.db, board.truth()) == []
