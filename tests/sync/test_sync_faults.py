"""A site that fails, refuses or changes: the right outcome, and nothing overwritten or called deleted."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, World, damages, dump, world

from scraper.errors import SinmungoError, UnknownLayout
from scraper.fakeboard import Fault
from scraper.fakeboard.exchange import Answer
from scraper.sync.options import Options

SKINS = ("legacy", "gnuboard5", "rhymix")
DAY = timedelta(days=1)
HELD = "posts post_versions attachments attachment_versions".split()

FAULTS = [
    ("status:503", 5, "unreachable"),
    ("status:500", 5, "unreachable"),
    ("status:429;retry-after=9999", 5, "unreachable"),
    ("reset", 5, "unreachable"),
    ("truncate", 5, "unreachable"),
    ("maintenance", 4, "wall"),
    ("login", 4, "wall"),
    ("ban", 4, "wall"),
    ("status:403", 4, "wall"),
    ("status:404", 4, "wall"),
]


def is_list(path: str) -> bool:
    return not any(sign in path for sign in ("wr_id=", "idx=", "file", "robots", "upload", "data")) and not (
        path.rpartition("/")[2].isdigit()
    )


def held(day: World) -> dict[str, list[dict[str, Any]]]:
    """What is held of posts that were read, but when they were last listed or asked for."""
    late = {"hits", "last_seen_at", "row_sha256", "number", "missing_at", "checked_at"}
    tables = dump(day.db)
    tables["posts"] = [row for row in tables["posts"] if row["version"]]
    return {
        table: [{name: value for name, value in row.items() if name not in late} for row in tables[table]]
        for table in HELD
    }


@pytest.mark.parametrize(
    ("kind", "exit_code", "outcome", "skin"), [(*fault, SKINS[n % 3]) for n, fault in enumerate(FAULTS)]
)
def test_a_list_that_cannot_be_had(skin: str, kind: str, exit_code: int, outcome: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=12) as day:
        day.sync()
        before = held(day)
        day.board.delete(day.board.ids()[4])
        day.site.faults = lambda method, path: Fault(kind) if is_list(path) else None
        day.board.clock.advance(DAY / 2)
        run = day.sync(ALL)
        assert (run.exit_code, run.outcome) == (exit_code, outcome), run.message
        assert run.message is not None
        assert "http://127.0.0.1" in run.message
        assert held(day) == before
        day.site.faults = None
        assert day.sync(ALL).exit_code == 0, "what came in place of the list is not taken for the list again"
        day.check()
        assert damages(day.db) == []


@pytest.mark.parametrize("kind", ["status:503", "maintenance", "reset", "truncate"])
def test_a_list_that_breaks_off_in_the_middle(kind: str, tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=35) as day:
        day.site.faults = lambda method, path: Fault(kind) if "page=3" in path else None
        run = day.sync()
        assert run.exit_code in (4, 5)
        assert day.rows("SELECT 1 FROM posts WHERE state NOT IN ('unread')") == []
        day.site.faults = None
        run = day.sync()
        assert (run.outcome, day.rows("SELECT first_walk_done_at FROM boards")[0][0] is None) == ("ok", False)
        assert day.asked()["listing"] == 3, "pages 1 and 2 are there: 3, 4 and page 1 once more"
        day.check()


ARTICLE_FAULTS = ("status:503", "status:403", "reset", "maintenance", "ban", "truncate")


@pytest.mark.parametrize(
    ("kind", "skin"),
    [*((kind, SKINS[n % 3]) for n, kind in enumerate(ARTICLE_FAULTS)), *(("login", skin) for skin in SKINS)],
)
def test_articles_that_cannot_be_had(skin: str, kind: str, tmp_path: Path) -> None:
    """Every article fails: nothing that was read is overwritten, nothing is deleted, and the run is no success."""
    with world(tmp_path, skin, posts=12) as day:
        day.sync()
        deleted = next(post.id for post in day.board.posts() if not (post.notice or post.secret))
        day.board.delete(deleted)
        day.sync(Options(whole=True))
        assert day.state(deleted) == "missing"
        before = held(day)
        day.board.clock.advance(DAY)
        day.site.faults = lambda method, path: None if is_list(path) or "robots" in path else Fault(kind)
        run = day.sync(ALL)
        assert run.exit_code in (3, 4, 5), run.message
        assert held(day) == before
        assert day.state(deleted) == "missing"
        day.site.faults = None
        day.board.clock.advance(DAY)
        assert day.sync(ALL).exit_code == 0
        day.check()


@pytest.mark.parametrize(
    ("robots", "exit_code"),
    [
        ((500, ""), 8),
        ((503, ""), 8),
        ((429, ""), 8),
        ((200, "User-agent: *\nDisallow: /\n"), 8),
        ((200, "User-agent: x\n"), 0),
    ],
)
def test_robots(robots: tuple[int, str], exit_code: int, tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        before = held(day)
        day.site.robots = robots
        day.board.clock.advance(DAY + timedelta(hours=1))
        run = day.sync()
        assert (run.exit_code, run.outcome) == (exit_code, "policy" if exit_code else "ok")
        assert held(day) == before
        assert exit_code == 0 or day.asked()["article"] == 0


def test_robots_that_forbid_from_the_start(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.site.robots = (200, "User-agent: *\nDisallow: /bbs/\n")
        with pytest.raises(SinmungoError) as error:
            day.sync()
        assert error.value.exit_code == 8
        assert set(day.asked()) == {"robots"}
        assert day.rows("SELECT * FROM boards") == []


@pytest.mark.parametrize("skin", SKINS)
def test_a_mass_disappearance_is_held(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=24) as day:
        day.sync()
        before = held(day)
        victims = [post.id for post in day.board.posts() if not (post.notice or post.secret)][3:12]
        for post_id in victims:
            day.board.delete(post_id)
        day.board.clock.advance(DAY)
        run = day.sync(Options(whole=True))
        assert (run.exit_code, run.outcome, run.counts.missing) == (9, "held", 0)
        assert run.message is not None
        assert "--confirm" in run.message
        assert held(day) == before
        again = day.sync(Options(whole=True))
        assert again.exit_code == 9, "it stays held until somebody confirms it"
        run = day.sync(Options(whole=True, confirm=True))
        assert run.exit_code == 0
        assert {day.state(post_id) for post_id in victims} == {"missing"}
        day.board.clock.advance(DAY)
        run = day.sync()
        assert (run.exit_code, run.counts.gone) == (0, len(victims))
        assert {day.state(post_id) for post_id in victims} == {"gone"}
        day.check()


def test_what_is_held_stays_held_on_a_quiet_night(tmp_path: Path) -> None:
    """Page 1 shows what it showed when the disappearance was first seen; the run still says so."""
    with world(tmp_path, "gnuboard5", posts=24) as day:
        day.sync()
        for post_id in [post.id for post in day.board.posts() if not (post.notice or post.secret)][3:12]:
            day.board.delete(post_id)
        assert day.sync().exit_code == 9
        assert day.sync().exit_code == 9
        assert day.sync(Options(confirm=True)).exit_code == 0
        assert day.sync().exit_code == 0


def renamed(day: World, old: bytes, new: bytes) -> None:
    """From now on the site's pages carry other names."""
    answer: Callable[[Any], Answer] = day.site.answer

    def changed(route: Any) -> Answer:
        page = answer(route)
        return Answer(page.status, page.body.replace(old, new), page.content_type, page.headers)

    day.site.answer = changed  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("skin", "old", "new"),
    [("gnuboard5", b"wr_id=", b"post="), ("rhymix", b"/opinion/", b"/opinion/view-"), ("legacy", b"idx=", b"art=x")],
)
def test_a_list_with_a_new_layout(skin: str, old: bytes, new: bytes, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=12) as day:
        day.sync()
        before = held(day)
        renamed(day, old, new)
        for _ in range(2):
            day.board.clock.advance(DAY)
            run = day.sync(ALL)
            assert (run.exit_code, run.outcome) == (4, "layout"), run.message
            assert run.message is not None
            assert "the layout no longer fits" in run.message
            assert held(day) == before


@pytest.mark.parametrize(("skin", "old", "new"), [("gnuboard5", b"bo_v", b"vw"), ("rhymix", b"board_read", b"vw_new")])
def test_a_view_with_a_new_layout(skin: str, old: bytes, new: bytes, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=12) as day:
        day.sync()
        before = held(day)
        renamed(day, old, new)
        for _ in range(2):
            day.board.clock.advance(DAY)
            run = day.sync(ALL)
            assert (run.exit_code, run.outcome) == (4, "layout"), run.message
            assert held(day) == before


def test_a_view_layout_that_was_never_right(tmp_path: Path) -> None:
    """A board whose views nobody can read is not added: an engine's signs on the list are not enough."""
    with world(tmp_path, "gnuboard5", posts=12) as day:
        renamed(day, b'<article id="bo_v"', b'<template id="vw"')  # a script would show it
        with pytest.raises(UnknownLayout, match="how its posts are laid out cannot be told"):
            day.sync()


def test_views_of_a_skin_of_their_own_are_found_out(tmp_path: Path) -> None:
    """An engine reads the list, and nothing it knows stands in the views."""
    with world(tmp_path, "gnuboard5", posts=12) as day:
        renamed(day, b"bo_v", b"vw")
        run = day.sync()
        assert (run.exit_code, run.board.engine) == (0, "induced"), run.message
        day.check()


def test_a_flaky_server_is_asked_again(tmp_path: Path) -> None:
    with world(tmp_path, "rhymix", posts=24) as day:
        count = itertools.count()
        kinds = itertools.cycle(["status:503", "reset", "truncate"])
        day.site.faults = lambda method, path: Fault(next(kinds)) if next(count) % 7 == 3 else None
        for _ in range(3):
            if day.sync(Options(retry=True)).exit_code == 0:
                break
        day.site.faults = None
        assert day.sync(Options(retry=True)).exit_code == 0
        day.check()
        assert damages(day.db) == []
