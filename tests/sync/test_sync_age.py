"""When an article is read again: by its age, spread over the nights, and not more often than that."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sync_world import World, world

from scraper.models import KST, Known
from scraper.sync import age
from scraper.sync.options import Options

NIGHT = datetime(2026, 11, 20, 3, tzinfo=KST)
DAY = timedelta(days=1)


def known(key: str, posted: datetime | None, checked: datetime | None, seen: datetime = NIGHT) -> Known:
    return Known(
        id=int(key), key=key, number=None, title="제목", author=None, posted_raw=None,
        posted_date=posted.strftime("%Y-%m-%d") if posted else None, hits=None, url="", is_notice=False,
        is_secret=False, state="live", version=1, checked_at=checked, first_seen_at=seen, last_seen_at=seen,
        missing_at=None, told=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "expected"), [(-400, 1), (0, 1), (6, 1), (7, 7), (89, 7), (90, 90), (4000, 90)], ids=str
)
def test_how_often(days: int, expected: int) -> None:
    """A date that lies in the future is a slip of the pen: the post is no younger than our knowledge of it."""
    assert age.days_between(known("1", NIGHT - days * DAY, NIGHT), NIGHT) == expected


def test_without_a_date_the_first_sight_counts() -> None:
    assert age.days_between(known("1", None, NIGHT, seen=NIGHT - 30 * DAY), NIGHT) == 7
    assert age.days_between(known("1", NIGHT + 900 * DAY, NIGHT, seen=NIGHT - 100 * DAY), NIGHT) == 90


def test_never_twice_in_a_night_and_daily_although_a_night_begins_earlier() -> None:
    post = known("7", NIGHT, NIGHT)
    assert not age.is_due(post, NIGHT + timedelta(hours=3))
    assert age.is_due(post, NIGHT + timedelta(hours=23, minutes=50))
    late = known("7", NIGHT, NIGHT - timedelta(hours=4))
    assert not age.is_due(late, NIGHT), "the evening before is a day of its own, and too near"


def nights(posts: dict[str, Known], count: int, without: range = range(0)) -> list[list[str]]:
    """What each of so many nights reads again."""
    read: list[list[str]] = []
    for night in range(1, count + 1):
        now = NIGHT + night * DAY
        due = [] if night in without else age.due_by_age(posts.values(), now)
        for post in due:
            posts[post.key] = known(post.key, datetime.fromisoformat(post.posted_date or ""), now)
        read.append([post.key for post in due])
    return read


@pytest.mark.parametrize(("days_old", "gap", "share"), [(3000, 90, 4000 / 83), (30, 7, 4000 / 7)])
def test_each_in_its_time_and_no_night_thunders(days_old: int, gap: int, share: float) -> None:
    """4,000 posts that one first crawl read in one night."""
    posts = {str(n): known(str(n), NIGHT - days_old * DAY, NIGHT) for n in range(4000)}
    read = nights(posts, 59 if days_old == 30 else 200)
    last = dict.fromkeys(posts, 0)
    for night, keys in enumerate(read, start=1):
        for key in keys:
            assert night - last[key] <= gap
            last[key] = night
    assert all(len(read) - night <= gap for night in last.values())
    assert max(map(len, read)) < 1.6 * share
    assert min(map(len, read)) > 0.4 * share
    assert nights({key: known(key, NIGHT - days_old * DAY, NIGHT) for key in posts}, 3) == read[:3], "no dice"


def test_after_nights_without_a_run_the_backlog_is_worked_off_oldest_first() -> None:
    posts = {
        str(n): known(str(n), NIGHT - 3000 * DAY, NIGHT - (n % 80) * DAY, seen=NIGHT - 200 * DAY) for n in range(4000)
    }
    read = nights(posts, 160, without=range(1, 31))
    share = -(-4000 // 83)
    assert max(map(len, read)) <= 2 * share
    assert len({key for keys in read for key in keys}) == 4000
    checked = [post.checked_at for post in age.due_by_age(posts.values(), NIGHT + 161 * DAY)]
    assert checked == sorted(checked, key=lambda at: at or NIGHT)


def test_only_what_is_there_and_was_read() -> None:
    posts = [known("1", NIGHT - DAY, None), known("2", NIGHT - DAY, NIGHT - DAY)]
    assert [post.key for post in age.due_by_age(posts, NIGHT)] == ["2"]


def articles_asked(day: World) -> int:
    return day.asked()["article"]


@pytest.mark.parametrize("skin", ["legacy", "gnuboard5", "rhymix"])
def test_nights_of_an_unchanged_board(skin: str, tmp_path: Path) -> None:
    """One list request a night, but when the audit that is owed is paid, and no article but those that are due."""
    with world(tmp_path, skin, posts=60) as day:
        day.sync()
        again: Counter[int] = Counter()
        pages: list[int] = []
        for _ in range(14):
            day.board.clock.advance(DAY)
            run = day.sync()
            pages.append(day.asked()["listing"])
            assert (run.exit_code, run.counts.requests) == (0, pages[-1] + articles_asked(day) + day.asked()["robots"])
            assert (run.counts.due, run.counts.unchanged, run.counts.revised) == (articles_asked(day),) * 2 + (0,)
            again[run.counts.due] += 1
            assert day.sync().counts.requests == 1 + day.asked()["robots"], "once a night"
        assert sum(asked > 1 for asked in pages) <= 4 and max(pages) <= 6
        young = sum(post.at > day.board.clock.now() - 21 * DAY for post in day.board.posts())
        assert sum(due * nights for due, nights in again.items()) >= 7 * min(1, young)
        assert max(again) < 25


@pytest.mark.parametrize("skin", ["legacy", "gnuboard5", "rhymix"])
def test_an_edited_body_is_found_by_the_next_night(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=24) as day:
        fresh = day.board.post(title="오늘의 글")
        day.sync()
        day.board.edit(fresh, body="하룻밤 새 고쳐 쓴 글이다.")
        day.board.clock.advance(DAY)
        run = day.sync()
        assert run.counts.revised == 1
        assert run.counts.due == articles_asked(day) >= 1
        day.check()


def test_what_waits_for_another_try_is_not_tried_because_its_post_is_young(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        fresh = day.board.post(files=[("잃은 것.pdf", b"lost")])
        day.board.lose_file(fresh, 0)
        assert day.sync().exit_code == 3
        tries = []
        for _ in range(7):
            day.board.clock.advance(DAY)
            run = day.sync()
            tries.append(day.asked()["attachment"])
            assert run.exit_code == (3 if tries[-1] else 0)
        assert tries == [1, 0, 1, 0, 0, 0, 1]
        assert day.rows("SELECT tries FROM failures WHERE resolved_at IS NULL AND attachment_key NOTNULL")[0][0] == 4


def test_a_limited_run_reads_the_oldest_reading_again_first(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        fresh = [day.board.post() for _ in range(3)]
        day.sync()
        for _ in range(3):
            day.board.clock.advance(DAY)
            assert day.sync(Options(limit=1)).counts.unchanged == 1
        checked = day.rows(
            "SELECT count(DISTINCT checked_at) FROM posts WHERE key IN (?, ?, ?)", *(str(key) for key in fresh)
        )
        assert checked[0][0] == 3


def test_recheck_downloads_again(tmp_path: Path) -> None:
    """Only what was last read longer ago, and its files with it."""
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        files = day.rows("SELECT count(*) FROM attachments WHERE state = 'stored'")[0][0]
        assert files
        day.board.clock.advance(timedelta(hours=6))
        day.sync(Options(recheck=timedelta(hours=7)))
        assert day.asked()["attachment"] == 0
        day.sync(Options(recheck=timedelta(hours=5)))
        assert day.asked()["attachment"] == files
