"""What becomes of one post: edited, deleted, returned, its file replaced; and what a run never touches."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sync_world import ALL, World, damages, world

from scraper.fakeboard import Fault
from scraper.models import KST
from scraper.sync.options import Options

SKINS = ("legacy", "gnuboard5", "rhymix")
DAY = timedelta(days=1)


def plain(day: World) -> list[int]:
    """Posts that anybody may read and that nobody answered, from the top."""
    parents = {post.parent for post in day.board.posts()}
    return [
        post.id for post in day.board.posts() if not (post.notice or post.secret or post.parent or post.id in parents)
    ]


@pytest.mark.parametrize("skin", SKINS)
def test_an_edit_makes_a_version(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=12) as day:
        day.sync()
        edited, untouched = plain(day)[3], plain(day)[4]
        day.board.edit(edited, body="고친 글이다.\n둘째 줄이다.")
        assert day.sync().counts.revised == 0, "a changed body does not show in the list"
        day.board.clock.advance(DAY)
        run = day.sync(ALL)
        assert (run.exit_code, run.counts.revised) == (0, 1)
        day.check()
        versions = day.rows(
            "SELECT v.* FROM post_versions v JOIN posts p ON p.id = post_id WHERE p.key = ? ORDER BY version",
            str(edited),
        )
        assert [(row["version"], row["cause"]) for row in versions] == [(1, "source"), (2, "source")]
        assert "고친 글" not in versions[0]["body_text"]
        assert "고친 글" in versions[1]["body_text"]
        assert day.rows("SELECT version FROM posts WHERE key = ?", str(untouched))[0]["version"] == 1


@pytest.mark.parametrize("skin", SKINS)
def test_a_changed_title_is_read_at_once(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=24) as day:
        day.sync()
        first, last = plain(day)[0], plain(day)[-1]
        day.board.edit(first, title="고친 제목")
        day.board.edit(last, title="맨 뒤의 고친 제목")
        run = day.sync()
        assert (run.counts.requests, run.counts.revised) == (2, 1), "page 1 shows the same posts, one with a new title"
        revised = 0
        for _ in range(3):
            day.board.post(title="새 글")
            run = day.sync()
            assert run.counts.new == 1
            revised += run.counts.revised
        assert revised == 1, "the audit comes round to every page"
        day.check()


@pytest.mark.parametrize("skin", SKINS)
def test_a_replaced_file_keeps_both(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=12) as day:
        post = day.board.post(
            title="자료를 붙입니다", files=[("보고서.pdf", b"%PDF first"), ("그대로.txt", b"as it was")]
        )
        day.sync()
        day.check()
        day.board.swap_file(post, 0, b"%PDF second, longer")
        day.board.clock.advance(DAY)
        assert day.sync(ALL).counts.revised == 1
        day.check()
        kept = day.rows(
            "SELECT name, blob_sha256 FROM attachment_versions v JOIN posts p ON p.id = v.post_id WHERE p.key = ?",
            str(post),
        )
        assert len({row["blob_sha256"] for row in kept if row["name"] == "보고서.pdf"}) == 2
        assert len([row for row in kept if row["name"] == "그대로.txt"]) == 1
        assert damages(day.db) == []


@pytest.mark.parametrize("skin", SKINS)
def test_deletion_takes_two_days(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=24) as day:
        day.sync()
        deleted = plain(day)[5]
        day.board.delete(deleted)
        run = day.sync(Options(whole=True))
        assert day.state(deleted) == "missing"
        assert (run.exit_code, run.counts.missing, run.counts.gone) == (0, 1, 0)
        day.sync(ALL)
        assert (day.state(deleted), day.asked()["article"] > 0) == ("missing", True)
        assert not asked_for(day, deleted), "a missing post is asked for once a day"
        day.board.clock.advance(DAY)
        run = day.sync()
        assert asked_for(day, deleted), "a pending confirmation is asked for, although page 1 is quiet"
        assert (day.state(deleted), run.counts.gone) == ("gone", 1)
        before = day.rows("SELECT * FROM posts WHERE key = ?", str(deleted))[0]
        assert before["body_text"] is not None
        day.board.clock.advance(DAY)
        assert day.sync(ALL).counts.gone == 0
        assert not asked_for(day, deleted)
        assert tuple(day.rows("SELECT * FROM posts WHERE key = ?", str(deleted))[0]) == tuple(before)
        day.check()


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("days", [0, 1])
def test_a_post_that_returns(skin: str, days: int, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=24) as day:
        day.sync()
        lost = plain(day)[5]
        post, place = day.board.find(lost), day.board.ids().index(lost)
        day.board.delete(lost)
        for _ in range(days + 1):
            day.sync(Options(whole=True))
            day.board.clock.advance(DAY)
        assert day.state(lost) == ("gone" if days else "missing")
        day.board._insert(post, place)
        run = day.sync(Options(whole=True))
        assert (run.exit_code, run.counts.returned, day.state(lost)) == (0, 1, "live")
        day.check()
        kinds = [
            row["kind"]
            for row in day.rows(
                "SELECT e.kind FROM events e JOIN posts p ON p.id = post_id WHERE p.key = ? ORDER BY e.id", str(lost)
            )
        ]
        assert kinds[0] == "missing"
        assert kinds[-1] == "returned"


def asked_for(day: World, post_id: int) -> bool:
    return any(
        request.kind == "article" and f"={post_id}" in f"{request.path}&".replace("/", "=")
        for request in day.server.log
    )


def test_a_post_that_is_only_hidden_from_the_list_is_no_tombstone(tmp_path: Path) -> None:
    """Its article can still be read on the second day: missing it stays, gone it is not."""
    with world(tmp_path, "gnuboard5", posts=24) as day:
        day.sync()
        hidden = plain(day)[5]
        day.board._order.remove(hidden)
        for _ in range(3):
            day.sync(ALL)
            assert day.state(hidden) == "missing"
            day.board.clock.advance(DAY)


def test_a_pinned_and_a_back_dated_post(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=24) as day:
        day.sync()
        day.board.pin(plain(day)[7])
        day.board.back_date(300)
        run = day.sync()
        assert (run.exit_code, run.counts.new) == (0, 1)
        day.check()


def test_only_what_was_asked_for_is_read(tmp_path: Path) -> None:
    with world(tmp_path, "rhymix", posts=24) as day:
        run = day.sync(Options(limit=5))
        assert run.exit_code == 0
        assert run.counts.new + run.counts.secret == 5
        year = day.board.clock.now().astimezone(KST).year
        day.sync(Options(since=date(year, 1, 1)))
        states = {row["state"] for row in day.rows("SELECT state FROM posts WHERE posted_date >= ?", f"{year}-01-01")}
        assert states <= {"live", "blocked"}
        assert day.rows("SELECT 1 FROM posts WHERE state = 'unread'")
        day.sync()
        day.check()


def test_a_failed_file_waits_for_its_turn(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12, missing_file=True) as day:
        assert day.sync().exit_code == 3
        assert day.sync().exit_code == 0
        assert set(day.asked()) == {"listing"}
        day.board.clock.advance(DAY)
        run = day.sync()
        assert run.exit_code == 3
        assert (day.asked()["listing"], day.asked()["attachment"]) == (1, 1)
        assert day.asked()["article"] == 1 + run.counts.due, "a secret post is no failure and is not asked for again"
        assert day.sync(Options(retry=True)).exit_code == 3
        for post in day.board.posts():
            for item in post.files:
                item.lost = False
        run = day.sync(Options(retry=True))
        assert (run.exit_code, run.counts.revised) == (0, 1)
        day.check()
        assert day.rows("SELECT 1 FROM failures WHERE resolved_at IS NULL AND outcome != 'secret'") == []


def test_a_file_that_is_lost_later_stays_stored(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=12) as day:
        post = day.board.post(files=[("한번.txt", b"only once")])
        day.sync()
        day.board.lose_file(post, 0)
        day.board.clock.advance(DAY)
        run = day.sync(ALL)
        assert (run.exit_code, run.counts.revised) == (3, 0)
        held = day.rows(
            "SELECT a.state, a.size FROM attachments a JOIN posts p ON p.id = post_id WHERE p.key = ?", str(post)
        )
        assert [tuple(row) for row in held] == [("stored", 9)]


def test_a_post_that_becomes_secret_keeps_what_was_read(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        post = plain(day)[2]
        body = day.board.find(post).body
        day.board.find(post).secret = True
        day.board.clock.advance(DAY)
        day.sync(ALL)
        held = day.rows("SELECT * FROM posts WHERE key = ?", str(post))[0]
        assert (held["state"], held["is_secret"], held["version"]) == ("live", 1, 1)
        assert held["body_text"].split()[0] == body.split()[0]


def test_one_bad_post_stops_nothing(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=24) as day:
        bad = plain(day)[4]
        day.site.faults = lambda method, path: Fault("status:500") if path.endswith(f"wr_id={bad}") else None
        run = day.sync()
        assert (run.outcome, run.exit_code, run.counts.failed) == ("partial", 3, 1)
        assert day.state(bad) == "unread"
        assert len(day.differences()) == len([text for text in day.differences() if text.startswith(f"{bad} ")])
        day.site.faults = None
        assert day.sync(Options(retry=True)).exit_code == 0
        day.check()


@pytest.mark.parametrize("pager", ["links", "post"])
def test_posts_vanish_while_the_list_is_walked(pager: str, tmp_path: Path) -> None:
    """Also while a walk that was broken off is finished: its last page is then asked for by what that page says."""
    with world(tmp_path, "legacy", posts=45, pager=pager) as day:
        lists = 0

        def moving(method: str, path: str) -> Fault | None:
            nonlocal lists
            lists += "mode=view" not in path and "list.php" in path
            if 4 <= lists <= 6:
                return Fault("reset")
            if lists == 7:
                for post_id in plain(day)[1:8:2]:
                    day.board.delete(post_id)
            return None

        day.site.faults = moving
        assert day.sync().exit_code == 5
        run = day.sync()
        pages = [row["page"] for row in day.rows("SELECT page FROM coverage ORDER BY id")]
        assert pages[:5] == [1, 2, 3, 3, 4], "page 3 once more, because page 4 no longer follows it"
        assert (run.exit_code, run.outcome) == (0, "ok"), run.message
        day.check()
        deleted = [row for row in day.rows("SELECT state FROM posts") if row["state"] == "missing"]
        assert len(deleted) == len(day.rows("SELECT key FROM posts")) - len(day.board.truth())
