"""What a night would cost, told before: the next run asks for just that, but for what the board brings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import World, sync, world

from scraper.archive import open_archive
from scraper.fakeboard import FakeBoard, FakeSite, Fault, serve
from scraper.sync.cost import Cost, Face, first_walk, likely, limited, with_files
from scraper.sync.hosts import Manner
from scraper.sync.options import Options
from scraper.sync.simulate import find_costs

DAY = timedelta(days=1)


@pytest.fixture
def day(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "gnuboard5", posts=40, seed=5) as made:
        yield made


def told(day: World, options: Options = Options(), manner: Manner = Manner()) -> dict[str, Any]:  # noqa: B008
    with open_archive(day.db, write=False) as archive:
        return find_costs(archive, (), options, manner, day.clock.now())


def next_day(day: World) -> None:
    day.board.clock.advance(DAY + timedelta(minutes=5))


def test_quiet_nights_cost_what_was_told_to_the_request(day: World) -> None:
    """robots.txt, page 1, the articles whose day it is, and in the seventh night the pages that are due."""
    day.sync()
    pages = set()
    for _ in range(9):
        next_day(day)
        expected = told(day)
        (board,) = expected["boards"]
        run = day.sync()
        assert (board["requests"], board["pages"]) == (run.counts.requests, run.counts.pages)
        assert (expected["requests"], expected["at_least"], expected["likely"]) == (board["requests"], False, None)
        assert (board["other"], board["coming"], board["unknown"]) == (1, 0, [])
        pages.add(run.counts.pages)
    assert len(pages) > 1


def test_what_failed_and_what_is_missing_is_counted_when_it_is_due(day: World) -> None:
    day.site.faults = lambda method, path: Fault("status:404") if "download" in path else None
    day.sync()
    day.site.faults = None
    files = day.rows("SELECT count(*) AS n FROM attachments WHERE state = 'failed'")[0]["n"]
    assert files
    assert told(day)["boards"][0]["files"] == 0, "not before tomorrow"
    next_day(day)
    (board,) = told(day)["boards"]
    assert board["files"] == files
    day.board.delete(day.board.ids()[5])
    assert day.sync().counts.files == files
    next_day(day)
    (board,) = told(day)["boards"]
    run = day.sync()
    assert run.counts.gone == 1
    assert board["articles"] >= run.counts.due + 1
    assert abs(board["requests"] - run.counts.requests) <= 3


def test_days_bring_new_posts_by_the_boards_rhythm(day: World) -> None:
    day.sync()
    for _ in range(10):
        next_day(day)
        for _ in range(3):
            day.board.post(files=["자료.pdf"])
        day.sync()
    next_day(day)
    (board,) = told(day)["boards"]
    assert board["coming"] in (1, 2, 3)
    assert board["files"] >= 1
    day.board.clock.advance(4 * DAY)
    assert told(day)["boards"][0]["coming"] > 3 * board["coming"]


def test_a_first_walk_tells_the_least_and_what_the_other_boards_would_make_of_it(day: World, tmp_path: Path) -> None:
    other = FakeBoard("column", "gnuboard5", posts=40, seed=6, clock=day.board.clock)
    with serve(FakeSite([other], clock=day.board.clock)) as server:
        url = server.url("column")
        sync(day.db, url, Options(limit=1), day.clock)
        with open_archive(day.db, write=True) as archive:
            archive.db.execute("DELETE FROM coverage")
            archive.db.execute("UPDATE boards SET first_walk_done_at = NULL, declared_total = 40")
            archive.db.execute("UPDATE posts SET version = 0")
        alone = told(day)
        assert alone["at_least"] and alone["likely"] is None
        assert set(alone["boards"][0]["unknown"]) == {"pages", "files"}
        day.sync()
        both = told(day)
        low, high = both["likely"]
        assert both["requests"] < low <= high


def test_of_a_board_with_few_posts_nothing_is_unknown_once_it_was_walked(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=1, seed=5) as day:
        day.sync()
        (board,) = told(day)["boards"]
        assert (board["requests"], board["unknown"]) == (1, [])


def test_the_budget_of_a_host_caps_what_is_told(day: World) -> None:
    day.sync()
    whole = told(day, Options(recheck=timedelta(0)))
    some = told(day, Options(recheck=timedelta(0)), Manner(max_requests=10))
    assert (some["requests"], some["minutes"] < whole["minutes"]) == (10, True)
    run = day.sync(Options(recheck=timedelta(0)))
    assert abs(whole["requests"] - run.counts.requests) <= 2


def test_robots_txt_that_asks_for_patience_is_heeded(day: World) -> None:
    day.sync(Options(limit=1))
    with open_archive(day.db, write=True) as archive:
        host = archive.find_boards()[0].host
        archive.save_robots(host, 200, "User-agent: *\nCrawl-delay: 20\n", day.clock.now())
    hasty, patient = told(day, manner=Manner(delay=30)), told(day)
    (board,) = patient["boards"]
    assert board["seconds"] == pytest.approx(20 * board["requests"], rel=0.2)
    assert hasty["boards"][0]["seconds"] > board["seconds"]


def test_the_parts_of_a_cost() -> None:
    assert first_walk(None, 0, 0, 0).unknown == ("posts", "pages")
    assert (first_walk(40, 0, 15, 0).pages, first_walk(10, 0, 15, 0).pages) == (4, 1)
    assert (first_walk(40, 30, 15, 2).pages, first_walk(40, 30, 15, 2).coming) == (2, 10)
    least = with_files(first_walk(90, 0, 0, 0), 0, 0, None)
    assert (least.requests, least.unknown) == (94, ("pages", "files"))
    assert likely(least, 90, 0, [Face(10, 0.5), Face(15, 1.0)]) == (94 + 45 + 3, 94 + 90 + 6)
    assert likely(least, 90, 0, []) is None
    assert likely(with_files(first_walk(None, 0, 0, 0), 0, 0, None), None, 0, [Face(10, 0.5)]) is None
    assert with_files(Cost(coming=4), 2, 1, Face(10, 0.5)).files == 4
    assert limited(Cost(articles=5, coming=9), 8).coming == 3
