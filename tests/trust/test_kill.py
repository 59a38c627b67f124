"""P1: a crawl that is killed anywhere, and often, is finished by the next run: nothing lost, nothing twice."""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from endings import (
    OPTIONS,
    SKINS,
    check_asked,
    check_equal,
    check_whole,
    finish,
    pages_asked,
    start,
    unkilled,
    wait_for,
)
from forks import Nursery
from sync_world import World, content, world

from scraper.archive.store import Archive
from scraper.errors import Interrupted
from scraper.fakeboard import Fault, play_night


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours may catch it."""


@pytest.mark.parametrize("skin", SKINS)
def test_sigkill_at_random_moments(skin: str, tmp_path: Path, nursery: Nursery, full: bool) -> None:
    """A crawl killed by the kernel over and over, until nothing is left to do; and that for several seeds."""
    points, done, seed = 170 if full else 10, 0, 5
    while done < points:
        rng = random.Random(f"kill {skin} {seed}")
        place = tmp_path / str(seed)
        place.mkdir()
        expected, once = unkilled(place, skin, seed)
        with world(place, skin, seed=seed, **OPTIONS[skin]) as day:
            ends, finished = 0, False
            while not finished and ends < 10:
                asked = len(day.server.log)
                child = start(nursery, day, "crawl")
                wait_for(day, asked + rng.randint(1, max(2, sum(once.values()) // 8)), child)
                time.sleep(rng.random() * 0.02)
                child.kill()
                finished = child.code() >= 0
                ends += not finished
            finish(nursery, day, "crawl")
            check_whole(day, expected)
            check_asked(day, pages_asked(day), once, ends)
        done, seed = done + ends, seed + 1


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("verb", ["crawl", "sync"])
def test_sigkill_at_a_commit(skin: str, verb: str, tmp_path: Path, nursery: Nursery, full: bool) -> None:
    """Just before or just after one commit of the first crawl, or of a night on which much happened."""
    commits, step = 1, 1 if full else 19
    with world(tmp_path, skin, posts=14, seed=8, **OPTIONS[skin]) as day:
        before = tmp_path / "before.db"
        if verb == "sync":
            finish(nursery, day, "crawl")
            for night in (1, 2):
                play_night(day.board, night)
            day.db.rename(before)
        put_back(day, before)
        finish(nursery, day, verb)
        expected, once = content(day.db), pages_asked(day)
        killed = True
        while killed:
            put_back(day, before)
            victim = start(nursery, day, verb, die=commits, before=bool(commits // step % 2))
            killed = victim.code() == -9
            finish(nursery, day, verb)
            check_equal(day, expected)
            check_asked(day, pages_asked(day), once, int(killed))
            commits += step
    assert commits > 30


def put_back(day: World, before: Path) -> None:
    """The archive as it was, or none, and nothing asked for."""
    for end in ("", "-wal", "-shm"):
        Path(f"{day.db}{end}").unlink(missing_ok=True)
    if before.exists():
        shutil.copy(before, day.db)
    day.server.clear_log()


SAVES = (
    "save_capture",
    "save_outcome",
    "save_listings",
    "save_post",
    "save_refusal",
    "save_absence",
    "save_board_facts",
)


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_an_end_at_any_commit(
    skin: str, before: bool, tmp_path: Path, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end comes just before or just after every so many transactions, over and over, until the board is whole."""
    expected, once = unkilled(tmp_path, skin, 5)
    left = 0

    def ending(save: Any) -> Any:
        def saving(self: Archive, *arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0 and before:
                raise Killed
            answer = save(self, *arguments, **named)
            if left == 0:
                raise Killed
            return answer

        return saving

    for name in SAVES:
        monkeypatch.setattr(Archive, name, ending(getattr(Archive, name)))
    for step in (7, 11, 13, 17, 19, 23) if full else (13,):
        (tmp_path / str(step)).mkdir()
        with world(tmp_path / str(step), skin, seed=5, **OPTIONS[skin]) as day:
            kills = 0
            asked: Counter[str] = Counter()
            for _ in range(200):
                left = step + kills % 3
                try:
                    day.sync()
                    break
                except Killed:
                    kills += 1
                finally:
                    asked += pages_asked(day)
                    left = 0
            assert kills > 3
            check_whole(day, expected)
            check_asked(day, asked, once, kills)


@pytest.mark.parametrize("skin", SKINS)
def test_a_stop_at_every_request(skin: str, tmp_path: Path, full: bool) -> None:
    """The signal comes while an answer is awaited; what came before is there, and the run is closed as interrupted."""
    expected, once = unkilled(tmp_path, skin, 5)
    with world(tmp_path, skin, seed=5, **OPTIONS[skin]) as day:
        asked: Counter[str] = Counter()
        stops = 0
        for _ in range(200):
            stop = threading.Event()
            count = 0

            def count_down(method: str, path: str, stop: threading.Event = stop) -> Fault | None:
                nonlocal count
                count += 1
                if count == (4 if full else 9):  # robots.txt, the list and one post come before a board is stored
                    stop.set()
                return None

            day.site.faults = count_down
            try:
                day.sync(stop=stop)
                break
            except Interrupted:
                stops += 1
                assert day.rows("SELECT outcome FROM runs ORDER BY id DESC")[0]["outcome"] == "interrupted"
            finally:
                asked += pages_asked(day)
        assert stops > 3
        check_whole(day, expected)
        check_asked(day, asked, once, stops)


@pytest.mark.parametrize("skin", SKINS)
def test_a_connection_that_breaks_at_every_tenth_request(skin: str, tmp_path: Path) -> None:
    expected, _ = unkilled(tmp_path, skin, 5)
    with world(tmp_path, skin, seed=5, **OPTIONS[skin]) as day:
        count = 0

        def breaking(method: str, path: str) -> Fault | None:
            nonlocal count
            count += 1
            return Fault("reset") if count % 10 == 9 else None

        day.site.faults = breaking
        day.sync()
        check_whole(day, expected)


def test_what_a_dead_run_left_is_used_days_later(tmp_path: Path) -> None:
    """New posts came meanwhile, others left: the first walk is finished, and everything is there."""
    with world(tmp_path, "legacy", posts=40, pager="links") as day:
        day.site.faults = lambda method, path: Fault("status:503") if "page=3" in path else None
        assert day.sync().exit_code == 5
        day.site.faults = None
        for _ in range(25):
            day.board.post()
        for post_id in day.board.ids()[30:50:7]:
            day.board.delete(post_id)
        day.board.clock.advance(timedelta(days=9))
        assert day.sync().exit_code == 0
        day.sync()
        day.check()
