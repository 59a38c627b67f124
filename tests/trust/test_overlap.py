"""P9: two runs race for one archive, a reader and a vacuum beside them: one writes, the other leaves at once (75)."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from datetime import timedelta
from pathlib import Path

from endings import check_whole, finish, start
from forks import Fork, Nursery
from sync_world import World, content, world

from scraper.fakeboard import play_night


def test_two_runs_race(tmp_path: Path, nursery: Nursery, full: bool) -> None:
    rng = random.Random("race 3")
    killed = 0
    with world(tmp_path, "gnuboard5", posts=12) as day:
        finish(nursery, day, "crawl")
        for race in range(200 if full else 20):
            if race % 10 == 0:
                play_night(day.board, race // 10 + 1)
            day.board.clock.advance(timedelta(hours=13))
            asked = len(day.server.log)
            day.server.hold()
            winner, loser = race_for(nursery, day)
            assert loser.code() == 75, loser.output()
            assert loser.took() < 2, f"{loser.took()} s, the waiting for a processor not counted"
            assert f"process {winner.pid} (since" in loser.output()
            await_request(day, winner)
            code, said = nursery.run("status", "--json", "--db", str(day.db))
            assert code == 0 and json.loads(said)["boards"][0]["posts"] >= 12, said
            vacuum(day.db)
            if rng.random() < 0.5:
                winner.kill()
                killed += 1
                day.server.release()
                assert winner.code() == -9
                code, said = nursery.run("status", "--json", "--db", str(day.db))
                assert code == 0, said
                finish(nursery, day, "sync")
            else:
                day.server.release()
                assert winner.code() == 0, winner.output()
            assert len(day.server.log) > asked
        assert killed > 5
        code, said = nursery.run(
            *("sync", "--recheck", "all", "--allow-private", "--delay", "0", "--db", str(day.db)),
            at=day.board.clock.now() + timedelta(hours=1),
        )
        assert code == 0, said
        check_whole(day, content(day.db))


def race_for(nursery: Nursery, day: World) -> tuple[Fork, Fork]:
    """Two commands at once; the one that goes on, and the one that left."""
    both = [start(nursery, day, "sync") for _ in range(2)]
    until = time.monotonic() + 60
    while all(each.running for each in both):
        assert time.monotonic() < until, "neither leaves"
        time.sleep(0.005)
    assert any(each.running for each in both), [each.output() for each in both]
    winner, loser = both if both[0].running else reversed(both)
    return winner, loser


def await_request(day: World, winner: Fork) -> None:
    """Until the run is at work: it was opened, and waits for an answer."""
    until = time.monotonic() + 20
    while not day.rows("SELECT 1 FROM runs WHERE outcome = 'running'"):
        assert winner.running and time.monotonic() < until, winner.output()
        time.sleep(0.005)


def vacuum(db: Path) -> None:
    """As another program would; when the writer is in the way it gives up."""
    connection = sqlite3.connect(db, timeout=0.2)
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        assert "locked" in str(error)
    finally:
        connection.close()
