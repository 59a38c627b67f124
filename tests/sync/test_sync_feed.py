"""The board's feed as the source of a date that neither the list nor the view gives in full."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, World, damages, dump, world

from scraper.archive import open_archive
from scraper.console.results import show_post
from scraper.fakeboard import Fault
from scraper.fakeboard.exchange import Answer
from scraper.fakeboard.skins import gnuboard5_feed
from scraper.fakeboard.skins.gnuboard5_urls import give_slugs
from scraper.sync.options import Options

DATES = "SELECT posted_at, posted_precision, posted_raw, posted_capture_id, state FROM posts WHERE key = ?"
AGAIN = Options(retry=True)


def shut(day: World, count: int = 3) -> list[int]:
    """Posts of other days, near the top of the list, whose views want points: the list prints no year for them."""
    today = day.board.clock.korea().date()
    plain = [post for post in day.board.ordinary() if not post.secret and post.at.date() != today]
    chosen = [post.id for post in plain[:count]]
    day.board.closed.update(chosen)
    return chosen


def held(day: World, post_id: int) -> dict[str, Any]:
    return dict(day.rows(DATES, str(post_id))[0])


def undated(day: World) -> set[int]:
    return {int(row["key"]) for row in day.rows("SELECT key FROM posts WHERE posted_date IS NULL")}


@pytest.mark.parametrize(
    "options",
    [{}, {"address": "number"}, {"address": "slug"}, {"variant": "gallery"}, {"variant": "mobile"}, {"variant": "5.2"}],
    ids=str,
)
def test_a_post_that_nobody_may_read_has_the_date_that_the_feed_tells(options: dict[str, Any], tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 24, feed=True, page_size=12, **options) as day:
        closed = shut(day)
        if options.get("address") == "slug":
            give_slugs(day.board, day.board.posts())  # all were listed before
        run = day.sync()
        assert (run.outcome, run.exit_code) == ("ok", 0), run.message
        assert day.asked()["feed"] == 1
        feeds = day.rows("SELECT id, outcome FROM captures WHERE kind = 'feed'")
        assert [row["outcome"] for row in feeds] == ["read"]
        by_title = {row["title"]: row["key"] for row in day.rows("SELECT key, title FROM posts")}
        for post_id in closed:
            post = day.board.find(post_id)
            key = next(key for title, key in by_title.items() if post.title.startswith(title.rstrip("….")))
            at = post.at.replace(microsecond=0).isoformat()
            expected = {"posted_at": at, "posted_precision": "second", "posted_raw": at, "state": "blocked"}
            assert dict(day.rows(DATES, key)[0]) == {**expected, "posted_capture_id": feeds[0]["id"]}
        secret = [post.id for post in day.board.posts() if post.secret]
        assert len(day.rows("SELECT key FROM posts WHERE posted_date IS NULL")) == len(secret), "the feed hides them"
        assert damages(day.db) == []


def test_a_run_without_need_asks_for_no_feed(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 24, feed=True) as day:
        closed = shut(day)
        day.sync()
        before = dump(day.db)["posts"]
        for _ in range(2):
            day.sync()
            assert dict(day.asked()) == {"listing": 1}
        fresh = day.board.post("새로 올린 글")
        day.sync()
        assert (day.asked()["article"], day.asked()["feed"]) == (1, 0), "its view tells the date"
        day.sync(AGAIN)
        assert day.asked()["feed"] == 1, "the secret posts are asked for again, and still have no date"
        for post in day.board.posts():
            post.secret = False
        day.sync(AGAIN)
        assert day.asked()["feed"] == 0, "all that is refused has its date"
        kept = {row["key"]: (row["posted_at"], row["posted_capture_id"]) for row in before}
        for post_id in closed:
            now = held(day, post_id)
            assert (now["posted_at"], now["posted_capture_id"]) == kept[str(post_id)]
        assert held(day, fresh)["posted_capture_id"] is None


def shown(day: World, post_id: int, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command ``show`` prints of the date."""
    with open_archive(day.db, write=False) as archive:
        post = archive.find_post(None, str(post_id))
    assert post is not None
    capsys.readouterr()
    show_post(post)
    return next(line for line in capsys.readouterr().out.splitlines() if line.startswith("posted"))


def test_a_date_of_the_feed_outlives_the_feed_and_gives_way_to_the_view(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with world(tmp_path, "gnuboard5", 24, feed=True) as day:
        post_id = shut(day, 1)[0]
        day.sync()
        told = held(day, post_id)
        assert told["posted_capture_id"] is not None
        assert f"{told['posted_at']} (told by the board's feed)" in shown(day, post_id, capsys)
        day.board.feed = False
        day.board.edit(post_id, title="고쳐 쓴 제목")
        assert day.sync(ALL).exit_code == 0
        assert held(day, post_id) == told
        day.board.closed.clear()
        assert day.sync(ALL).exit_code == 0
        now = held(day, post_id)
        assert (now["state"], now["posted_precision"], now["posted_capture_id"]) == ("live", "minute", None)
        assert "feed" not in shown(day, post_id, capsys)
        day.check()


def test_a_view_without_a_date_is_completed_from_the_feed_in_its_first_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(tmp_path, "gnuboard5", 16, feed=True, page_size=20) as day:
        hide_dates(day, monkeypatch)
        day.sync()
        assert day.asked()["feed"] == 1
        today = day.board.clock.korea().date()
        posts = [post for post in day.board.posts() if not post.secret]
        for _ in range(2):
            for post in posts:
                now = held(day, post.id)
                assert now["posted_at"][:16] == post.at.isoformat()[:16], post.id
                assert (now["posted_capture_id"] is None) == (post.at.date() == today)
            rows = day.rows("SELECT v.*, p.key FROM post_versions v JOIN posts p ON p.id = v.post_id")
            assert {row["version"] for row in rows} == {1}
            assert len(rows) == len(posts)
            for row in rows:
                assert ("posted_at" in row["fields_from_listing"]) == (row["posted_capture_id"] is None)
            day.board.feed = False
            day.board.clock.advance(timedelta(days=1))
            day.sync(ALL)
        day.board.post("하루 뒤의 글", at=day.board.clock.korea() - timedelta(days=3))
        day.sync()
        assert len(undated(day)) == 1 + sum(post.secret for post in day.board.posts())
        assert damages(day.db) == []


def hide_dates(day: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A skin whose views print no date."""
    answer = day.site.answer

    def without(route: Any) -> Answer:
        found = answer(route)
        if route.kind != "article":
            return found
        body = re.sub(rb'<strong class="if_date">.*?</strong>', b"", found.body, flags=re.S)
        return Answer(found.status, body, found.content_type, found.headers)

    monkeypatch.setattr(day.site, "answer", without)


def test_a_feed_that_is_not_offered_is_not_asked_for(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 24) as day:
        closed = shut(day)
        day.sync()
        assert day.asked()["feed"] == 0
        assert undated(day) >= set(closed)


def later(text: str) -> str:
    """The feed with each day moved on by one, as by a server that is wrong about its zone."""
    days = re.compile(r"(?<=<dc:date>)(\d{4}-\d\d-)(\d\d)")
    return days.sub(lambda found: f"{found[1]}{int(found[2]) % 27 + 1:02}", text)


WRONG: list[tuple[str, Any]] = [
    ("of another board", lambda text: text.replace("bo_table=opinion", "bo_table=notice")),
    ("of other days", later),
    ("no XML", lambda text: "오류가 발생하였습니다."),
    ("a page", lambda text: "<!doctype html><html><body><item><link>x</link></item></body></html>"),
    ("empty", lambda text: ""),
    ("without items", lambda text: re.sub(r"<item>.*</item>", "", text, flags=re.S)),
    ("with a document type", lambda text: text.replace("<rss", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss", 1)),
]


@pytest.mark.parametrize(("what", "spoil"), WRONG, ids=[what for what, _ in WRONG])
def test_a_wrong_feed_changes_nothing(what: str, spoil: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = gnuboard5_feed.feed

    def spoilt(*arguments: Any) -> Answer:
        found = original(*arguments)
        return Answer(found.status, spoil(found.body.decode()).encode(), found.content_type)

    monkeypatch.setattr(gnuboard5_feed, "feed", spoilt)
    with world(tmp_path, "gnuboard5", 24, feed=True) as day:
        closed = shut(day)
        run = day.sync()
        assert (run.outcome, run.exit_code, day.told.said) == ("ok", 0, [])
        assert day.asked()["feed"] == 1
        assert undated(day) >= set(closed)
        day.sync()
        assert dict(day.asked()) == {"listing": 1}


@pytest.mark.parametrize("kind", ["status:404", "status:403", "status:500", "reset", "truncate", "maintenance"])
def test_a_feed_that_fails_is_no_failure(kind: str, tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 24, feed=True) as day:
        closed = shut(day)
        day.site.faults = lambda method, path: Fault(kind) if "rss.php" in path else None
        run = day.sync()
        assert (run.outcome, run.exit_code, run.counts.failed) == ("ok", 0, 0)
        assert undated(day) >= set(closed)
        day.site.faults = None
        day.sync()
        assert dict(day.asked()) == {"listing": 1}
        day.sync(AGAIN)
        assert day.asked()["feed"] == 1
        assert not undated(day) & set(closed)


def test_robots_that_forbid_the_feed_are_obeyed(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 24, feed=True) as day:
        closed = shut(day)
        day.site.robots = (200, "User-agent: *\nDisallow: /bbs/rss.php\n")
        assert day.sync().outcome == "ok"
        assert day.asked()["feed"] == 0
        assert undated(day) >= set(closed)


def test_a_board_that_guests_may_not_read_refuses_its_feed_too(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 2, feed=True, members_only=True) as day:
        day.board.post("지난달 글", at=day.board.clock.korea() - timedelta(days=30))
        assert day.sync().exit_code == 0
        assert day.asked()["feed"] == 1
        assert day.rows("SELECT outcome FROM captures WHERE kind = 'feed'")[0]["outcome"] == "refused"
        assert len(undated(day)) == 1


def test_a_text_that_ends_its_own_cdata_costs_only_what_stands_below_it(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 24, feed=True) as day:
        first, second, third = shut(day)
        day.board.edit(second, body="배열 a[b[0]]> 뒤의 <말")
        day.sync()
        assert undated(day) >= {second, third}
        assert first not in undated(day)
