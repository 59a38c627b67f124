"""Whole days over the gnuboard family: its skins, its addresses, its columns in any order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, World, damages, dump, world
from test_sync_days import name_of, run_twice

from scraper.fakeboard import play_night
from scraper.fakeboard.skins.gnuboard5_urls import give_slugs

CASES: list[tuple[str, dict[str, Any]]] = [
    ("gnuboard5", {"variant": "5.3", "categories": ()}),
    ("gnuboard5", {"variant": "gallery"}),
    ("gnuboard5", {"variant": "gallery", "list_under_view": True, "address": "number"}),
    ("gnuboard5", {"variant": "mobile"}),
    ("gnuboard5", {"variant": "mobile", "address": "number", "list_under_view": True}),
    ("gnuboard5", {"address": "number"}),
    ("gnuboard5", {"address": "number", "variant": "5.2", "votes": True}),
    ("gnuboard5", {"columns": ("date", "hit", "name", "title", "num")}),
    ("gnuboard5", {"columns": ("title", "name", "hit")}),
    ("gnuboard5", {"columns": ("num", "extra", "title", "file", "good", "name", "date", "nogood", "hit")}),
    ("gnuboard5", {"columns": ("num", "title", "hit", "date", "file", "name"), "variant": "5.2"}),
    ("gnuboard4", {}),
    ("gnuboard4", {"variant": "utf-8", "categories": ()}),
    ("gnuboard4", {"columns": ("num", "hit", "extra", "name", "subject", "good"), "categories": ()}),
    ("zeroboard4", {}),
    ("zeroboard4", {"variant": "pl9"}),
    ("zeroboard4", {"columns": ("no", "date", "weather", "subject", "name", "hit")}),
    ("zeroboard4", {"columns": ("hit", "name", "subject", "vote", "no"), "variant": "pl9"}),
]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_days(case: tuple[str, dict[str, Any]], tmp_path: Path) -> None:
    skin, options = case
    with world(tmp_path, skin, 28, **options) as day:
        first = day.sync()
        assert (first.outcome, first.exit_code) == ("ok", 0), (first.message, day.told.said)
        day.check()
        run_twice(day)
        for night in (1, 2):
            play_night(day.board, night)
            second = day.sync(ALL)
            assert second.exit_code == 0, (second.message, day.told.said)
            day.check()
            run_twice(day)
        assert damages(day.db) == []


SLUGS: list[dict[str, Any]] = [
    {},
    {"categories": (), "list_under_view": True},
    {"variant": "gallery"},
    {"variant": "mobile"},
    {"columns": ("hit", "title", "date", "name")},
]


@pytest.mark.parametrize("options", SLUGS, ids=lambda options: "-".join(map(str, options.values())) or "plain")
def test_days_by_slugs(options: dict[str, Any], tmp_path: Path) -> None:
    """A post has three addresses and its link changes from number to words; its key is the wr_id all the same."""
    with world(tmp_path, "gnuboard5", 28, address="slug", **options) as day:
        settle(day)
        deleted: list[int] = []
        for night in (1, 2):
            changes = play_night(day.board, night)
            deleted += [change.id for change in changes if change.verb == "delete"]
            assert day.sync(ALL).exit_code == 0, day.told.said
            day.check()
            settle(day)
        assert [day.state(post_id) for post_id in deleted] == ["gone", "missing"]
        assert {row["key"] for row in day.rows("SELECT key FROM posts")} >= {str(each) for each in day.board.ids()}
        assert damages(day.db) == []


def settle(day: World) -> None:
    """Two runs after which every post is known by its present address, and one that asks for the list only."""
    for _ in range(2):
        assert day.sync(ALL).exit_code == 0, day.told.said
        day.check()
    before = dump(day.db)
    assert day.sync().exit_code == 0
    assert dict(day.asked()) == {"listing": 1}
    after = dump(day.db)
    assert len(after["posts"]) == len(before["posts"])
    assert after["post_versions"] == before["post_versions"]


def test_a_known_address_costs_nothing_and_an_unknown_one_a_single_request(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 8, address="slug", page_size=20, categories=()) as day:
        day.sync()
        assert day.asked()["article"] == 8
        day.sync()
        assert day.asked()["article"] == 8, "the links went from numbers to words: each is opened once"
        assert not [row for row in day.rows("SELECT key FROM posts") if not row["key"].isdigit()]
        assert {row["version"] for row in day.rows("SELECT version FROM posts")} == {1}
        day.sync()
        assert day.asked()["article"] == 0
        new = day.board.post("새로 난 길")
        day.sync()
        assert day.asked()["article"] == 1
        day.sync()
        assert day.asked()["article"] == 1
        assert day.rows("SELECT url FROM posts WHERE key = ?", str(new))[0]["url"].endswith("/")
        day.check()


def test_a_slug_that_another_post_took_over_is_that_post(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 6, address="slug", page_size=20, categories=()) as day:
        old = day.board.post("같은 제목", author="한누리")
        settle(day)
        day.board.delete(old)
        new = day.board.post("같은 제목", author="서은별")
        for _ in range(2):
            day.sync(ALL)
        day.check()
        assert day.state(old) == "missing"
        assert day.state(new) == "live"


def test_a_post_that_nobody_may_read_is_kept_under_its_address_until_its_key_is_told(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 4, address="slug", page_size=20, categories=()) as day:
        settle(day)
        shut = day.board.post("처음부터 닫힌 글")
        give_slugs(day.board, [day.board.find(shut)])
        day.board.closed.add(shut)
        for _ in range(2):
            assert day.sync().exit_code == 0
            held = day.rows("SELECT key, state FROM posts WHERE title = ?", "처음부터 닫힌 글")
            assert [tuple(row) for row in held] == [("/opinion/처음부터-닫힌-글/", "blocked")]
        assert day.asked()["article"] == 0, "a refusal is not asked for again by every run"
        day.board.closed.clear()
        assert day.sync(ALL).exit_code == 0
        day.check()
        assert day.state(shut) == "live"
        assert len(day.rows("SELECT key FROM posts")) == 5


def test_a_title_twice_and_a_title_of_signs_have_addresses_of_their_own(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 3, address="slug", page_size=20, categories=()) as day:
        same = [day.board.post("봄이 온다!") for _ in range(3)]
        signs = day.board.post("!!!")
        settle(day)
        urls = {row["key"]: row["url"] for row in day.rows("SELECT key, url FROM posts")}
        assert {urls[str(each)].rpartition("%")[2] for each in same} == {"A4/", "A4-1/", "A4-2/"}
        assert urls[str(signs)].endswith(f"/opinion/{signs}")


def test_the_original_of_a_shrunk_image_is_kept(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", 3, categories=()) as day:
        post = day.board.post("둑길 사진")
        day.board.attach(post, "둑길.jpeg", b"\xff\xd8" + b"x" * 9_000, look="inline")
        assert day.sync().outcome == "ok"
        (held,) = day.rows(
            "SELECT a.size, a.state FROM attachments a JOIN posts p ON p.id = a.post_id WHERE p.key = ?", str(post)
        )
        assert tuple(held) == (9_002, "stored")
