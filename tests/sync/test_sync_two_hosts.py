"""A board whose list stands on one host of its site and its posts on another."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import START, rows

from scraper.fakeboard import FakeClock, FakeSite, serve
from scraper.fakeboard.exchange import Answer
from scraper.fakeboard.skins.strange import StrangeBoard, make_skin
from scraper.models import Silent
from scraper.sync.hosts import Manner
from scraper.sync.options import Options
from scraper.sync.session import Session

READS = re.compile(rb'(href=["\']?)(/community/notice/\d+)')
"""What leads to the posts of this board."""


def leading(site: FakeSite, origin: str) -> Callable[[Any], Answer]:
    """The site's answers, with its posts on another host."""
    answer = site.answer

    def changed(route: Any) -> Answer:
        page = answer(route)
        return Answer(
            page.status, READS.sub(rb"\1" + origin.encode() + rb"\2", page.body), page.content_type, page.headers
        )

    return changed


def test_posts_on_another_host_of_the_site_are_archived_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.web.fetch.is_listed", lambda url, hosts: True)  # both hosts are this machine
    clock = FakeClock(START)
    board = StrangeBoard(make_skin(20).face, clock, 30)
    lists = FakeSite([board], clock=clock)
    with serve(FakeSite([board], clock=clock)) as other, serve(lists) as server:
        lists.answer = leading(lists, other.origin)  # type: ignore[method-assign]
        manner = Manner(delay=0, allow_private=True)
        session = Session(tmp_path / "archive.db", manner, Silent(), threading.Event(), clock.now)
        run = session.crawl([server.url(board.slug)], Options())[0]
        assert (run.exit_code, run.counts.new + run.counts.secret) == (0, 30), run.message
        addresses = [row["url"] for row in rows(session.db, "SELECT url FROM posts")]
        assert len(addresses) == 30 and all(url.startswith(other.origin) for url in addresses)
        clock.advance(timedelta(days=1))
        night = session.sync([], Options())[0]
        assert (night.exit_code, night.counts.new, night.counts.missing) == (0, 0, 0), night.message
