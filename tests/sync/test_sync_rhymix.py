"""Whole days on the skins of Rhymix and XpressEngine and on KBoard: every address, every order of columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, START, dump, sync, world

from scraper.fakeboard import FakeBoard, FakeClock, play_night
from scraper.fakeboard.skins.rhymix_urls import list_url, view_url
from scraper.sync.options import Options

COLUMNS = ("extra", "readNum", "title", "lastPost", "time", "voteNum", "author")
GENRES = ("기고", "사설")
CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("rhymix", "rhymix", {"rewrite": 0, "columns": COLUMNS, "missing_file": True}),
    ("rhymix", "rhymix", {"rewrite": 2, "variant": "default", "short_files": True, "categories": GENRES}),
    ("rhymix-sketchbook5", "rhymix", {"variant": "sketchbook5", "rewrite": 0, "notice_twice": True}),
    ("rhymix-sketchbook5", "rhymix", {"variant": "sketchbook5", "categories": GENRES, "columns": COLUMNS}),
    (
        "rhymix-sketchbook5",
        "rhymix",
        {"variant": "sketchbook5", "rewrite": 2, "columns": ("title", "readNum", "time", "author")},
    ),
    ("rhymix-sketchbook5-webzine", "rhymix", {"variant": "webzine", "rewrite": 2, "categories": GENRES}),
    ("rhymix-sketchbook5-webzine", "rhymix", {"variant": "firstthumb", "categories": GENRES}),
    ("rhymix-sketchbook5-gallery", "rhymix", {"variant": "gallery", "rewrite": 0, "categories": GENRES}),
    ("rhymix-mobile", "rhymix_mobile", {"rewrite": 2, "categories": GENRES}),
    ("xe", "xe", {"rewrite": 0, "categories": GENRES}),
    ("xe", "xe", {"columns": ("title", "lastUpdate", "extra", "time", "author", "readNum")}),
    ("kboard", "kboard", {"categories": GENRES}),
    ("kboard", "kboard", {"variant": "thumbnail", "columns": ("view", "title", "extra", "date", "user")}),
    ("kboard", "kboard", {"variant": "avatar", "missing_file": True}),
]


def name_of(case: Any) -> str:
    return "-".join([case[0], *(f"{key}={value}" for key, value in case[2].items())]).replace(" ", "")[:90]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_days(case: tuple[str, str, dict[str, Any]], tmp_path: Path) -> None:
    engine, skin, options = case
    refuses = 3 if options.get("missing_file") else 0
    with world(tmp_path, skin, posts=26, **options) as day:
        first = day.sync()
        assert (first.exit_code, first.board.engine) == (refuses, engine), (first.message, day.told.said)
        day.check()
        deleted: list[int] = []
        for night in (1, 2):
            changes = play_night(day.board, night)
            run = day.sync(ALL)
            assert run.exit_code == refuses, (run.message, day.told.said)
            day.check()
            deleted += [change.id for change in changes if change.verb == "delete"]
            assert run.counts.new == sum(change.verb in ("post", "back_date") for change in changes)
        assert [day.state(post_id) for post_id in deleted] == ["gone", "missing"]
        before = dump(day.db)
        again = day.sync()
        assert (again.outcome, dict(day.asked())) == ("ok", {"listing": 1})
        after = dump(day.db)
        for table in ("post_versions", "attachments", "attachment_versions"):
            assert after[table] == before[table]
        assert day.told.said == []


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("variant", ["xedition", "webzine"])
def test_a_board_begins_with_any_of_its_addresses(level: int, variant: str, tmp_path: Path) -> None:
    with world(tmp_path, "rhymix", posts=14, page_size=5, rewrite=level, variant=variant) as day:
        post = day.board.ordinary()[7]
        for at, path in enumerate((list_url(day.board, 2), view_url(day.board, post.id, 2), f"/opinion/{post.id}")):
            day.db = tmp_path / f"{at}.db"
            run = sync(day.db, day.server.origin + path, Options(), day.clock)
            assert (run.outcome, run.board.url) == (
                "ok",
                day.url if at < 2 or level else f"{day.server.origin}/opinion",
            )
            day.check()


def test_a_title_that_the_list_hides_comes_from_the_view(tmp_path: Path) -> None:
    with world(tmp_path, "rhymix", posts=12, variant="sketchbook5") as day:
        secret = next(post for post in day.board.posts() if post.secret)
        day.sync()
        title = "SELECT title, author, posted_at, state, version FROM posts WHERE key = ?"
        held = day.rows(title, str(secret.id))[0]
        assert (held["title"], held["author"]) == (" ".join(secret.title.split()), secret.author)
        assert (held["posted_at"], held["state"]) == (secret.at.replace(second=0, microsecond=0).isoformat(), "blocked")
        day.board.post("새 글")
        day.sync()
        assert tuple(day.rows(title, str(secret.id))[0]) == tuple(held)
        day.board.edit(secret.id, title="고친 비밀 제목")
        day.sync(ALL)
        assert day.rows(title, str(secret.id))[0]["title"] == "고친 비밀 제목"
        assert day.rows("SELECT count(*) AS n FROM posts_fts WHERE posts_fts MATCH '\"고친 비밀\"'")[0]["n"] == 1


def test_a_notice_of_another_board_is_kept_as_a_notice_of_this_one(tmp_path: Path) -> None:
    """It stands on this board's list and opens under its address, so it is held here too, once, and marked."""
    news = FakeBoard("news", "rhymix", 12, clock=FakeClock(START), name="공지", first_id=5000)
    with world(tmp_path, "rhymix", posts=12, global_notice=news) as day:
        assert day.sync().exit_code == 0
        shared = news.notices()[0]
        assert day.differences() == [f"{shared.id} is no post of the board: live"]
        held = day.rows("SELECT * FROM posts WHERE key = ?", str(shared.id))
        assert [(row["is_notice"], row["number"], row["title"]) for row in held] == [(1, None, shared.title)]
        assert day.sync().counts.requests == 1


def test_two_kboards_on_one_page_are_read_as_one(tmp_path: Path) -> None:
    beside = FakeBoard("news", "kboard", 12, clock=FakeClock(START), first_id=5000)
    with world(tmp_path, "kboard", posts=24, beside=beside) as day:
        run = day.sync()
        assert (run.outcome, run.exit_code) == ("unbalanced", 9), "the total is that of one of them, and tells"
        listed = {row["key"] for row in day.rows("SELECT key FROM posts")}
        assert listed == {str(post_id) for post_id in (*day.board.ids(), *beside.ids())}


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_category_is_a_list_of_its_own(level: int, tmp_path: Path) -> None:
    with world(tmp_path, "rhymix", posts=40, rewrite=level, categories=GENRES) as day:
        address = day.server.origin + list_url(day.board, None, "기고")
        run = sync(day.db, address, Options(), day.clock)
        wanted = {str(post.id) for post in day.board.posts() if post.category == "기고" or post.notice}
        assert {row["key"] for row in day.rows("SELECT key FROM posts")} == wanted
        assert sync(day.db, run.board.url, Options(), day.clock).counts.requests == 1
