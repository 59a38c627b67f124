"""P10: SIGTERM or SIGINT at any moment: the post in hand is finished, the run leaves in time, the next one resumes."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import pytest
from endings import OPTIONS, check_asked, check_whole, finish, pages_asked, unkilled, wait_for
from forks import Nursery
from sync_world import world

from scraper.fakeboard import Fault

SIGNALS = {signal.SIGTERM: 143, signal.SIGINT: 130}


@pytest.mark.parametrize("skin", ["gnuboard5", "rhymix"])
def test_a_signal_at_any_moment(skin: str, tmp_path: Path, nursery: Nursery, full: bool) -> None:
    points, done, seed = 150 if full else 10, 0, 7
    while done < points:
        rng = random.Random(f"signal {skin} {seed}")
        place = tmp_path / str(seed)
        place.mkdir()
        expected, once = unkilled(place, skin, seed)
        with world(place, skin, seed=seed, **OPTIONS[skin]) as day:
            ends = cut = 0
            finished = False
            while not finished and ends < 8:
                day.site.faults = rng.choice([None, slow])
                delay = rng.choice(["0", "0", "0.05", "30"])
                asked = len(day.server.log)
                words = ("crawl", day.url, "--allow-private", "--db", str(day.db))
                child = nursery.start(*words, "--delay", delay, at=day.board.clock.now())
                wanted = 1 if delay == "30" else rng.randint(1, max(2, sum(once.values()) // 6))
                wait_for(day, asked + wanted, child)
                time.sleep(rng.random() * 0.05)
                number = rng.choice(list(SIGNALS))
                child.kill(number)
                began = time.monotonic()
                code = child.code(within=10)
                told = "opinion: ok" in child.output() or "opinion: partial" in child.output()
                finished = code in (0, 3) or (code == -number and told)  # the signal came when all was done
                assert finished or code == SIGNALS[number], child.output()
                assert "Traceback" not in child.output(), child.output()
                if day.db.exists():
                    assert day.rows("SELECT 1 FROM runs WHERE outcome = 'running'") == []
                    cut += not finished
                ends += not finished
                assert time.monotonic() - began < 10
            day.site.faults = None
            finish(nursery, day, "crawl")
            check_whole(day, expected)
            check_asked(day, pages_asked(day), once, ends)
        done, seed = done + ends, seed + 1


def slow(method: str, path: str) -> Fault:
    return Fault("slow", 0.1)


def test_a_signal_before_anything_was_asked(nursery: Nursery, tmp_path: Path, full: bool) -> None:
    """Also while the command is only beginning, it leaves in time and without a word of Python's."""
    rng = random.Random(11)
    with world(tmp_path, "gnuboard5", posts=4) as day:
        day.server.hold()
        for _ in range(60 if full else 6):
            number = rng.choice(list(SIGNALS))
            child = nursery.start("crawl", day.url, "--allow-private", "--delay", "0", "--db", str(day.db))
            time.sleep(rng.random() * 0.2)
            child.kill(number)
            assert child.code(within=10) in (SIGNALS[number], -number), child.output()
            assert "Traceback" not in child.output(), child.output()
