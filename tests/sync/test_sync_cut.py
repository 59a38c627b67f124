"""What a cut night had found out is not found out again: what its lists told, what it read, what no longer stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, World, world

from scraper.fakeboard.exchange import Answer, Route
from scraper.sync import run as running
from scraper.sync.articles import Reader
from scraper.sync.drafts import CONTROLS, HOPELESS, Drafts
from scraper.sync.options import Options
from scraper.sync.saving import Saving


class Killed(BaseException):
    """Stands for the end of the process."""


def cut(day: World, owner: Any, name: str, options: Options = Options()) -> None:  # noqa: B008
    """A run that is killed where that function would begin."""

    def ending(*_: Any) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(owner, name, ending)
        day.sync(options)


def next_day(day: World) -> None:
    day.board.clock.advance(timedelta(days=1))


def old_post(day: World) -> int:
    """One that is not read for its age tonight, and that everybody may read."""
    plain = [post for post in day.board.posts() if not post.secret and not post.notice]
    return min(plain, key=lambda post: post.at).id


def test_what_the_list_told_is_read_after_a_kill(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=40) as day:
        day.sync()
        next_day(day)
        edited = old_post(day)
        day.board.edit(edited, title="고친 제목")
        day.board.edit(day.board.post(), title="오늘 글")  # its row is read, and page 1 changes
        cut(day, Reader, "go", Options(whole=True))
        assert day.sync().counts.revised == 1
        assert day.rows("SELECT title FROM posts WHERE key = ?", str(edited))[0]["title"] == "고친 제목"
        assert day.sync().counts.revised == 0
        assert day.asked()["article"] == 0, "what was read is told no more"


def test_what_the_list_no_longer_shows_is_missing_after_a_kill(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        next_day(day)
        left = old_post(day)
        day.board.delete(left)
        cut(day, running, "_absences")
        day.sync()
        assert day.state(left) == "missing"


@pytest.mark.parametrize("skin", ["gnuboard5", "rhymix", "legacy"])
def test_what_a_killed_run_had_read_vouches_for_an_edit(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=12) as day:
        day.sync()
        next_day(day)
        day.board.edit(old_post(day), body="고친 글. 다른 글은 그대로다.")
        cut(day, Saving, "save_believed", Options(recheck=timedelta(0), whole=True))
        day.board.clock.advance(timedelta(minutes=5))
        run = day.sync()
        assert (run.outcome, run.counts.revised, day.asked()["article"]) == ("ok", 1, 0)
        day.check()


def test_many_edits_that_a_killed_run_had_received_are_no_changed_template(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=30) as day:
        day.sync()
        next_day(day)
        plain = [post.id for post in day.board.posts() if not post.secret][: HOPELESS + 1]
        for post_id in plain:
            day.board.edit(post_id, body="고친 글.")
        cut(day, Saving, "save_believed", ALL)
        run = day.sync()
        assert (run.outcome, run.counts.revised) == ("ok", len(plain))


def test_long_after_a_kill_others_are_asked(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        next_day(day)
        day.board.edit(old_post(day), body="고친 글. 다른 글은 그대로다.")
        cut(day, Saving, "save_believed", ALL)
        day.board.clock.advance(timedelta(hours=5))
        run = day.sync()
        assert (run.outcome, run.counts.revised) == ("ok", 1)
        assert 0 < day.asked()["article"] <= CONTROLS


@pytest.mark.parametrize("redesign", ["everything", "one"])
def test_a_template_that_changes_after_a_kill_is_not_vouched_for(redesign: str, tmp_path: Path) -> None:
    """Two posts of the new template are enough to ask one that was read before."""
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        next_day(day)
        cut(day, Saving, "save_believed", ALL)
        garble(day)
        run = day.sync(ALL if redesign == "everything" else Options())
        assert (run.outcome, run.counts.revised) in (("layout", 0), ("ok", 0))
        assert (run.outcome == "layout") is (redesign == "everything")


def garble(day: World) -> None:
    """From now on every view names the same author."""
    answer: Callable[[Route], Answer] = day.site.answer

    def changed(route: Route) -> Answer:
        given = answer(route)
        body = given.body
        for post in day.board.posts() if route.kind == "article" else ():
            body = body.replace(post.author.encode(), "관리부".encode())
        return replace(given, body=body)

    day.site.answer = changed  # type: ignore[method-assign]


HELD: dict[str, Any] = {
    "title": "제목", "author": "최누리", "category": None, "posted_at": "2026-11-20T00:00:00+09:00",
    "body_text": "본문", "attachments": [],
}  # fmt: skip


def test_earlier_readings_vouch_for_one_edit_and_for_more_only_with_a_fresh_one() -> None:
    edit, nothing = frozenset({"body_text"}), frozenset[str]()
    drafts: Drafts[str] = Drafts()
    for _ in range(20):
        drafts.see(HELD, nothing, earlier=True)
    for name in ("first", "second"):
        drafts.see(HELD, edit)
        drafts.waiting.append((name, edit))
        assert drafts.doubtful == (nothing if name == "first" else edit)
    drafts.see(HELD, nothing)
    assert drafts.believed() == ["first", "second"]
