"""P7: a template that has changed, or a page that is none of the board's, is told; nothing is overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from redesigns import LISTS_ONLY, REDESIGNS, SOFT_ERRORS
from sync_world import ALL, FACES, World, content, world

from scraper.fakeboard.exchange import Answer, Route
from scraper.fakeboard.furniture import furniture
from scraper.models import Run
from scraper.sync.options import Options

BODY = "군청 앞 마을버스가 늘었다.\n\n주민들은 반겼다. {}번째 소식이다."
VERSION, STATE = 13, 14
PASSING = (1, 10, STATE)
"""Of a post in ``content``. Number and notice are what a list happened to say; a wall may block a post for a night."""
HTML = b"text/html; charset=utf-8"
HARD = [("links lead nowhere", True), ("no days", False)]
"""Redesigns, of views only or of lists too, under which new posts of many engines read as if they had less."""
ALARMS = ("layout", "wall", "held", "unbalanced", "partial")


def test_the_sizes() -> None:
    assert (len(FACES), len(REDESIGNS), len(SOFT_ERRORS)) == (24, 40, 25)


faces = pytest.mark.parametrize(
    "place", range(24), ids=lambda place: "-".join([FACES[place][0], *FACES[place][1].values()])
)


@faces
def test_no_alarm_on_pages_that_tell_of_another_day(place: int, tmp_path: Path, full: bool) -> None:
    """New posts and comments, other numbers, the day and the tokens that a site draws: the template is the same."""
    skin, options = FACES[place]
    unchanged = (500 if full else 50) // len(FACES) + 1
    with world(tmp_path, skin, posts=6, seed=100 + place, inside=furniture, **options) as day:
        assert day.sync().outcome == "ok"
        pages, dice = 0, Random(place)
        for days in (1, 9, 40) if full else (40,):
            known = day.board.ids()
            for post_id in dice.sample(known, 2):
                day.board.raise_hits(post_id, dice.randint(1, 4000))
                if day.board.traits.comments:
                    day.board.comment(post_id)
            day.board.clock.advance(timedelta(days=days))
            day.board.post()
            run = day.sync(ALL)
            assert (run.outcome, run.counts.new, run.counts.revised) == ("ok", 1, 0), run.message
            assert run.counts.unchanged + run.counts.secret == len(known)
            pages += run.counts.unchanged + run.counts.pages
        assert pages >= unchanged


@faces
def test_nothing_is_overwritten_under_another_template(place: int, tmp_path: Path, full: bool) -> None:
    skin, options = FACES[place]
    step = 1 if full else 5
    with world(tmp_path, skin, posts=20 if full else 12, seed=place, **options) as day:
        for post in day.board.posts():
            day.board.edit(post.id, body=BODY.format(post.id))  # what is changed below is the template, not the text
        assert day.sync().outcome == "ok"
        day.board.clock.advance(timedelta(days=1))
        unchanged = day.sync(ALL)
        assert unchanged.outcome == "ok", "no alarm on pages that did not change"
        assert len(day.server.log) >= (20 if full else 12)
        before = content(day.db)
        kept = day.db
        for name in [*list(REDESIGNS)[place % step :: step], *list(SOFT_ERRORS)[place % step :: step]]:
            day.db = tmp_path / "tried.db"
            shutil.copy(kept, day.db)
            run = with_pages(day, name)
            check(name, run, before, content(day.db), unchanged)
        after = day.sync(ALL)
        assert after.exit_code in (0, 3), f"{name} left a scar: {after.message}"


@faces
def test_no_new_post_is_stored_as_it_is_not(place: int, tmp_path: Path, full: bool) -> None:
    """On a night on which nothing else is due a new post has to be judged by what it looks like itself. Whether it has
    files can be judged where the list shows it."""
    skin, options = FACES[place]
    nights = [(name, views_only) for name in REDESIGNS for views_only in (False, True)] if full else HARD
    with world(tmp_path, skin, posts=14, seed=place, **options) as day:
        day.board.clock.advance(timedelta(days=12))
        files = ["보고서.hwp"] if day.board.traits.files else []
        day.board.post(files=files, at=day.board.clock.now() - timedelta(days=20))
        assert day.sync().outcome == "ok"
        if not day.rows("SELECT 1 FROM posts WHERE json_extract(told, '$[4]')"):
            files = []
        kept = day.db
        for name, views_only in nights:
            day.db = tmp_path / "tried.db"
            shutil.copy(kept, day.db)
            day.board.clock.advance(timedelta(days=1))
            young = {day.board.post("마을 소식", body=BODY.format(1), files=each) for each in ([], files)}
            run = with_pages(day, name, Options(), views_only=views_only)
            what = f"{name}: {run.outcome}: {run.message}"
            stored = young & {int(row["key"]) for row in day.rows("SELECT key FROM posts WHERE version")}
            found = [said for said in new_ones(day, stored) if ", 'failed')" not in said]
            assert not found, f"{what}: {found}"
            if stored != young or new_ones(day, stored):
                assert run.exit_code in (3, 4, 9), what
                assert run.message, what
            day.board.clock.advance(timedelta(days=1))
            after = day.sync()
            assert not new_ones(day, young), f"{what}; then {after.outcome}: {after.message}"
            for post_id in young:
                day.board.delete(post_id)


def new_ones(day: World, young: set[int]) -> list[str]:
    """How posts differ from what they are, but for their hits: they are no content, and nothing vouches for them."""
    keys = {str(post_id) for post_id in young}
    return [said for said in day.differences() if said.split()[0] in keys and " hits: " not in said]


def with_pages(day: World, name: str, options: Options = ALL, *, views_only: bool = False) -> Run:
    """A night, everything to be read again, on which the pages are changed so."""
    answer: Callable[[Route], Answer] = day.site.answer

    def changed(route: Route) -> Answer:
        given = answer(route)
        kinds = ("listing",) if name in LISTS_ONLY else ("article",) if views_only else ("listing", "article")
        if route.kind not in kinds or not given.content_type.startswith(b"text/html"):
            return given
        if name in SOFT_ERRORS:
            return Answer(200, SOFT_ERRORS[name], HTML)
        return replace(given, body=REDESIGNS[name](given.body))

    day.site.answer = changed  # type: ignore[method-assign]
    try:
        return day.sync(options)
    finally:
        day.site.answer = answer  # type: ignore[method-assign]


def check(name: str, run: Run, before: dict[str, Any], after: dict[str, Any], unchanged: Run) -> None:
    what = f"{name}: {run.outcome}: {run.message}"
    states = {row[0]: row[STATE] for row in after["posts"]}
    known = {row[0] for row in before["posts"] if row[VERSION]}
    assert all(states[key] not in ("missing", "gone") for key in known), what
    for table in ("post_versions", "attachments", "attachment_versions"):
        assert [row for row in after[table] if row[0] in known] == before[table], what
    stable = [
        [[value for n, value in enumerate(row) if n not in PASSING] for row in each["posts"] if row[0] in known]
        for each in (before, after)
    ]
    assert stable[0] == stable[1], what
    if run.outcome == "ok":
        assert run.counts.unchanged + run.counts.secret >= unchanged.counts.unchanged, what
    else:
        assert run.outcome in ALARMS, what
        assert run.exit_code in (3, 4, 9), what
        assert run.message, what
