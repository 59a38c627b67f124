"""P1: a crawl that is killed anywhere, and often, is finished by the next run: nothing lost, nothing twice."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import World, content, damages, world

from scraper.archive.store import Archive
from scraper.errors import Interrupted
from scraper.fakeboard import Fault

CHILD = Path(__file__).with_name("kill_child.py")
SKINS = ("legacy", "gnuboard5", "rhymix")
OPTIONS: dict[str, dict[str, Any]] = {"legacy": {"pager": "links"}, "gnuboard5": {"missing_file": True}, "rhymix": {}}


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours may catch it."""


def pages_asked(day: World) -> Counter[str]:
    """How often each page was asked for; a download that needs a session goes with its article."""
    return Counter(
        request.path.partition("&nonce")[0] for request in day.server.log if request.kind in ("listing", "article")
    )


def unkilled(tmp_path: Path, skin: str, seed: int) -> tuple[dict[str, Any], Counter[str]]:
    (tmp_path / "whole").mkdir()
    with world(tmp_path / "whole", skin, seed=seed, **OPTIONS[skin]) as day:
        day.sync()
        day.check()
        return content(day.db), pages_asked(day)


def check_asked(day: World, asked: Counter[str], once: Counter[str], ends: int) -> None:
    """At most one page is asked for again per end, beside page 1 of the list, at which every run looks."""
    again = asked - once
    first = day.site.path(day.board)
    assert again.pop(first, 0) <= ends + 1
    assert sum(again.values()) <= ends


def check_whole(day: World, expected: dict[str, Any]) -> None:
    day.check()
    assert content(day.db) == expected
    assert damages(day.db) == []
    assert day.rows("SELECT 1 FROM captures WHERE outcome IS NULL") == []
    assert day.rows("SELECT 1 FROM posts GROUP BY board_id, key HAVING count(*) > 1") == []
    assert day.rows("SELECT 1 FROM runs WHERE outcome = 'running'") == []


@pytest.mark.parametrize("skin", SKINS)
def test_sigkill_at_random_moments(skin: str, tmp_path: Path, full: bool) -> None:
    """A process of its own, killed by the kernel."""
    kills, seed = 25 if full else 8, 5
    rng = random.Random(f"kill {skin} {seed}")
    expected, once = unkilled(tmp_path, skin, seed)
    with world(tmp_path, skin, seed=seed, **OPTIONS[skin]) as day:
        done, said = 0, ""
        total = sum(once.values())
        for _ in range(kills * 3):
            asked = len(day.server.log)
            child = start(day)
            wait_for(day, asked + rng.randint(1, max(2, total // kills // 2)), child)
            time.sleep(rng.random() * 0.02)
            finished = child.poll() is not None
            child.kill()
            said = child.communicate()[1].decode()
            done += not finished
            if done == kills or finished:
                break
        assert done == kills, said
        last = start(day)
        said = last.communicate(timeout=60)[1].decode()
        assert last.returncode in (0, 3), said
        check_whole(day, expected)
        check_asked(day, pages_asked(day), once, done)


def start(day: World) -> subprocess.Popen[bytes]:
    at = day.board.clock.now().isoformat()
    return subprocess.Popen([sys.executable, str(CHILD), str(day.db), day.url, at], stderr=subprocess.PIPE)


def wait_for(day: World, requests: int, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while len(day.server.log) < requests and child.poll() is None and time.monotonic() < until:
        time.sleep(0.002)


SAVES = (
    "save_capture",
    "save_outcome",
    "save_listing",
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
            assert kills > 5
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
                if count == (3 if full else 9):
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
