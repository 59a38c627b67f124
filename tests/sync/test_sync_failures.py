"""What failed is tried again, seldom and seldomer; and a dead address costs its host little."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sync_world import world

from scraper.fakeboard import Fault
from scraper.fakeboard.exchange import Answer, Route
from scraper.models import KST
from scraper.sync import due

NIGHT = datetime(2026, 11, 20, 3, tzinfo=KST)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("tries", "days"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30), (400, 30)])
def test_gaps_double_up_to_a_month(tries: int, days: int) -> None:
    assert due.next_try(tries, NIGHT) == NIGHT + days * DAY - due.SLACK


@given(tries=st.integers(1, 500), late=st.integers(0, 300), early=st.integers(0, 300))
def test_a_failure_of_one_night_is_due_in_the_next_and_not_in_the_same(tries: int, late: int, early: int) -> None:
    """A night's run may begin some hours earlier than it came to the failure the night before."""
    tried = NIGHT + timedelta(minutes=late)
    gap = min(2 ** (tries - 1), 30) * DAY
    assert due.is_due(tries, tried, NIGHT + gap + timedelta(minutes=early))
    assert not due.is_due(tries, tried, tried + timedelta(hours=17))


def test_what_is_due_by_post() -> None:
    failures = [
        {"post_key": "1", "attachment_key": None, "tries": 1, "last_at": NIGHT.isoformat()},
        {"post_key": "1", "attachment_key": "0", "tries": 2, "last_at": NIGHT.isoformat()},
        {"post_key": "2", "attachment_key": "1", "tries": 1, "last_at": NIGHT.isoformat()},
        {"post_key": "3", "attachment_key": None, "tries": 3, "last_at": NIGHT.isoformat()},
    ]
    assert due.due_failures(failures, NIGHT + DAY) == {"1": {None}, "2": {"1"}}
    assert due.due_failures(failures, NIGHT + 2 * DAY) == {"1": {None, "0"}, "2": {"1"}}
    assert due.due_failures(failures, NIGHT) == {}


def test_many_dead_addresses_stand_in_nobodys_way(tmp_path: Path) -> None:
    """A host is left alone after 20 of them. What was not asked for did not fail, and comes first in the next night."""
    with world(tmp_path, "gnuboard5", posts=36) as day:
        ordinary = [post.id for post in day.board.posts() if not (post.notice or post.secret)]
        dead = {f"wr_id={post_id}" for post_id in ordinary[3:25]}
        day.site.faults = lambda method, path: Fault("status:500") if path.rpartition("&")[2] in dead else None
        run = day.sync()
        assert (run.outcome, run.exit_code, run.counts.failed) == ("unreachable", 5, 20)
        assert "is left alone" in (run.message or "")
        tries = Counter(request.path for request in day.server.log if request.path.rpartition("&")[2] in dead)
        assert (len(tries), set(tries.values())) == (20, {3})
        assert len(day.rows("SELECT 1 FROM failures WHERE reason LIKE '%500%'")) == 20
        day.board.clock.advance(DAY)
        run = day.sync()
        assert (run.outcome, run.counts.failed) == ("unreachable", 20)
        unread = {f"wr_id={row['key']}" for row in day.rows("SELECT key FROM posts WHERE state = 'unread'")}
        assert unread == dead, "all that can be read was read"


def test_a_post_that_wanted_a_login_on_one_night_is_tried_again(tmp_path: Path) -> None:
    """It is new, so nothing tells that the login is no habit of its own; others on the board are shown to everybody."""
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        young = day.board.post()
        day.board.closed.add(young)
        day.board.clock.advance(DAY)
        assert (day.sync().counts.secret, day.state(young)) == (1, "blocked")
        for nights, asked in ((1, 1), (1, 0), (1, 1), (3, 0)):
            day.board.clock.advance(nights * DAY)
            run = day.sync()
            assert (run.exit_code, run.counts.secret) == (0, asked), "after 1, 2, 4 … days"
        day.board.closed.clear()
        day.board.clock.advance(DAY)
        assert (day.sync().counts.new, day.state(young)) == (1, "live")
        day.check()


def test_a_post_that_is_secret_no_more_is_read(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        post_id = day.board.post(secret=True)
        day.sync()
        day.board.clock.advance(DAY)
        assert (day.sync().counts.secret, day.state(post_id)) == (0, "blocked")
        day.board.find(post_id).secret = False
        day.board.post()
        day.board.clock.advance(DAY)
        day.sync()
        assert day.state(post_id) == "live"
        day.check()


def test_a_file_without_an_address_is_a_failure_that_is_seldom_told(tmp_path: Path) -> None:
    """Only a script of the site knows where it is: nothing can be asked for, the post is whole but for it, and the run
    says so when its turn comes; once the site gives an address, the file is fetched."""
    with world(tmp_path, "gnuboard5", posts=16) as day:
        (post,) = [each for each in day.board.posts() if each.id == day.board.ids()[6]]
        day.board.attach(post.id, "주민 설명회 자료.pdf")
        plain = day.site.answer

        def answer(route: Route) -> Answer:
            page = plain(route)
            link = rb'href="[^"]*download\.php\?bo_table=\w+&amp;wr_id=%d&amp;[^"]*"' % post.id
            return replace(page, body=re.sub(link, b"href=\"javascript:file_open('31')\"", page.body))

        day.site.answer = answer  # type: ignore[method-assign]
        run = day.sync()
        lost = len(post.files)
        assert (run.outcome, run.exit_code, run.counts.failed, run.counts.files_failed) == ("partial", 3, 0, lost)
        assert run.message == f"{lost} files failed; 'sinmungo failures' lists them".replace("1 files", "1 file")
        (file, *_) = day.rows("SELECT * FROM attachments WHERE state = 'failed'")
        assert file["reason"] == "only a script of the site knows where this file is"
        assert day.state(post.id) == "live"
        outcomes = []
        for _ in range(9):
            day.board.clock.advance(DAY)
            outcomes.append(day.sync().exit_code)
        assert outcomes == [3, 0, 3, 0, 0, 0, 3, 0, 0], "after 1, 2, 4 nights"
        day.site.answer = plain  # type: ignore[method-assign]
        for _ in range(6):
            day.board.clock.advance(DAY)
            run = day.sync()
        day.check()


def test_a_view_that_says_deleted_is_told_as_what_was_seen(tmp_path: Path) -> None:
    """On a board without a total page 1 tells nothing of a deletion below it. The article is asked for because of its
    age; until the list is read where it stood, nobody knows, and nothing claims that it was listed."""
    with world(tmp_path, "sub_read", posts=24, seed=5, page_size=8) as day:
        day.sync()
        for _ in range(12):
            day.board.post()
        day.board.clock.advance(DAY)
        assert (day.sync().exit_code, day.sync().total) == (0, None)
        gone = day.board.ids()[10]
        day.board.delete(gone)
        day.board.clock.advance(DAY)
        run = day.sync()
        assert (run.outcome, run.exit_code, run.counts.pages) == ("partial", 3, 1)
        assert run.message == "1 post failed; 'sinmungo failures' lists them"
        (failure,) = day.rows("SELECT * FROM failures WHERE resolved_at IS NULL")
        assert failure["post_key"] == str(gone)
        assert failure["reason"].endswith(
            "(the list was not read there in this run: a later one tells whether the post is gone)"
        )
        assert day.state(gone) == "live"
        day.board.post()
        for state in ("missing", "gone"):
            day.board.clock.advance(DAY)
            assert (day.sync().exit_code, day.state(gone)) == (0, state)
        assert not day.rows("SELECT * FROM failures WHERE resolved_at IS NULL")


def test_a_view_that_says_deleted_of_a_listed_post_is_told_so(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=12, seed=5) as day:
        day.sync()
        newest = day.board.post()
        plain = day.site.answer

        def answer(route: Route) -> Answer:
            page = plain(route)
            is_its_view = route.kind == "article" and f"={newest}" in route.target
            return Answer(404, b"<html><body>404</body></html>") if is_its_view else page

        day.site.answer = answer  # type: ignore[method-assign]
        day.board.clock.advance(DAY)
        assert day.sync().exit_code == 3
        (failure,) = day.rows("SELECT * FROM failures WHERE resolved_at IS NULL")
        assert failure["reason"].startswith("listed, but ")
