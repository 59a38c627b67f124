"""P16: between two requests to a host there is never less than the set delay, whatever they are; Retry-After holds."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest
from forks import Nursery
from sync_world import world
from web.virtual_site import VirtualSite, VirtualTime

from scraper.errors import FetchError
from scraper.fakeboard import Fault
from scraper.models import Ask, Kind, Waits
from scraper.web.door import Doors
from scraper.web.fetch import Web
from scraper.web.settings import RobotsInMemory, WebSettings

BOARDS = ("paper.example", "press.example")
THIRD = "images.example"
KINDS: tuple[Kind, ...] = ("listing", "article", "attachment")


class Redirecting(VirtualSite):
    """Sends every other redirect to another host."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if answer.status_code == 302 and self.dice.random() < 0.5:
            answer.headers["Location"] = f"http://{THIRD}{answer.headers['Location']}"
        return answer


@pytest.mark.parametrize("delay", [0.5, 2.0, 30.0])
def test_the_gap_on_a_virtual_clock(delay: float, full: bool) -> None:
    """Two boards on hosts of their own, both with files on a third, in turns by dice."""
    wanted = 3400 if full else 340
    now, dice, doors, robots = VirtualTime(), random.Random(f"polite {delay}"), Doors(), RobotsInMemory()
    sites = {host: Redirecting(now, dice) for host in (*BOARDS, THIRD)}
    settings = WebSettings(delay=delay, errors_per_host=10**9)
    webs = {
        host: Web(settings, stop=now, robots=robots, clock=now.clock, monotonic=now.monotonic, doors=doors,
                  transport_factory=sites.__getitem__, resolve=lambda *_: [])
        for host in BOARDS
    }  # fmt: skip
    outcomes: Counter[str] = Counter()
    while sum(len(site.spans) for site in sites.values()) < wanted:
        board, kind = dice.choice(BOARDS), dice.choice(KINDS)
        host = THIRD if kind == "attachment" and dice.random() < 0.7 else board
        try:
            outcomes[str(webs[board].fetch(Ask(f"http://{host}/{dice.random()}", kind)).status)] += 1
        except FetchError as error:
            outcomes[type(error).__name__] += 1
        now.now += dice.choice([0.0, 0.0, delay / 3, delay * 2])
    gaps = {host: site.gaps() for host, site in sites.items()}
    assert min(min(each) for each in gaps.values()) >= delay - 1e-6
    assert sum(gap < delay + 1e-6 for each in gaps.values() for gap in each) > wanted // 6, "and no slower than it must"
    assert all(len(each) > wanted // 10 for each in gaps.values())
    assert outcomes["200"] > wanted // 5 and outcomes["ServerFailed"] > 3, outcomes
    waited = sum((web.waits() for web in webs.values()), Waits())
    for web in webs.values():
        web.close()
    assert waited.requests == sum(len(site.spans) for site in sites.values())
    assert waited.retry_after > 0 < waited.pace


def test_the_gap_of_a_real_crawl(tmp_path: Path, nursery: Nursery, full: bool) -> None:
    """A board through the command line: list, articles, files, robots, failures, retries and Retry-After."""
    delay = 0.1
    with world(tmp_path, "gnuboard5", posts=150 if full else 14, seed=5, missing_file=True) as day:
        dice, ill = random.Random("polite"), set[str]()
        held: list[tuple[float, float]] = []

        def fault(method: str, path: str) -> Fault | None:
            """Each address fails at most once; every third that does asks for patience."""
            if path in ill or path == "/robots.txt" or dice.random() < 0.7:
                return None
            ill.add(path)
            kind = ("reset", "status:500", "status:503;Retry-After=1")[len(ill) % 3]
            if kind.endswith("=1"):
                held.append((time.monotonic(), 1.0))
            return Fault(kind)

        day.site.faults = fault
        words = ("crawl", day.url, "--allow-private", "--delay", str(delay), "--db", str(day.db))
        crawl = nursery.start(*words)
        assert crawl.code(within=600) in (0, 3), crawl.output()
        day.site.faults = None
        assert nursery.run("retry", *words[2:])[0] in (0, 3)
        log = [request.monotonic for request in day.server.log]
        assert len(log) >= (300 if full else 30)
        assert {request.kind for request in day.server.log} >= {"robots", "listing", "article", "attachment"}
        assert len(ill) >= 5 and held
        gaps = [after - before for before, after in itertools.pairwise(log)]
        assert sum(gap < delay for gap in gaps) <= 1, "but between the two commands"
        for at, seconds in held:
            later = [moment for moment in log if moment > at + 0.05]
            assert not later or min(later) - at >= seconds
