"""What a command that ended anywhere must have left, and what the next one must make of it."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from forks import Fork, Nursery
from sync_world import World, content, damages, world

SKINS = ("legacy", "gnuboard5", "rhymix")
OPTIONS: dict[str, dict[str, Any]] = {"legacy": {"pager": "links"}, "gnuboard5": {"missing_file": True}, "rhymix": {}}


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
    assert sum(again.values()) <= ends, again


def check_whole(day: World, expected: dict[str, Any]) -> None:
    day.check()
    check_equal(day, expected)


def check_equal(day: World, expected: dict[str, Any]) -> None:
    assert content(day.db) == expected
    assert damages(day.db) == []
    assert day.rows("SELECT 1 FROM captures WHERE outcome IS NULL") == []
    assert day.rows("SELECT 1 FROM posts GROUP BY board_id, key HAVING count(*) > 1") == []
    assert day.rows("SELECT 1 FROM runs WHERE outcome = 'running'") == []


def words_of(day: World, verb: str) -> list[str]:
    what = [day.url] if verb == "crawl" else []
    return [verb, *what, "--allow-private", "--delay", "0", "--db", str(day.db)]


def start(nursery: Nursery, day: World, verb: str, **death: Any) -> Fork:
    day.board.clock.advance(timedelta(minutes=1))
    return nursery.start(*words_of(day, verb), at=day.board.clock.now(), **death)


def finish(nursery: Nursery, day: World, verb: str) -> None:
    last = start(nursery, day, verb)
    assert last.code() in (0, 3), last.output()


def wait_for(day: World, requests: int, child: Fork) -> None:
    until = time.monotonic() + 30
    while len(day.server.log) < requests and child.running and time.monotonic() < until:
        time.sleep(0.002)
