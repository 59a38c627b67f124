"""P16: between two requests to a host there is never less than the set delay, whatever they are; Retry-After holds."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from forks import Nursery
from sync_world import START, rows, world
from web.faulty_server import FaultyServer, Line, Request, answer, send
from web.virtual_site import VirtualSite, VirtualTime

from scraper.errors import FetchError
from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, Fault, serve
from scraper.fakeboard.exchange import Answer, Route
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


class Elsewhere(FakeSite):
    """Its files stand on another host."""

    files = ""
    origin = ""

    def answer(self, route: Route) -> Answer:
        answer = super().answer(route)
        if route.kind != "article":
            return answer
        body = answer.body
        for path in ("/bbs/download.php", "/data/file"):
            body = body.replace(f"{self.origin}{path}".encode(), f"{self.files}{path}".encode())
        return replace(answer, body=body)


@contextmanager
def papers(third: FaultyServer, posts: int) -> Iterator[list[FakeServer]]:
    """Two boards on hosts of their own, both of which keep their files on a third one."""
    with ExitStack() as stack:
        servers = []
        for seed in (4, 5):
            clock = FakeClock(START)
            board = FakeBoard(f"paper{seed}", "gnuboard5", posts=posts, seed=seed, clock=clock)
            for post in board.posts()[:: 3 if posts < 50 else 1]:
                board.attach(post.id, "주민 설명회 자료.pdf")
            site = Elsewhere([board], clock=clock)
            server = stack.enter_context(serve(site))
            site.origin, site.files = server.origin, third.url("")
            servers.append(server)
        yield servers


def sync_both(nursery: Nursery, db: Path, servers: list[FakeServer], delay: float, **settings: Any) -> int:
    """Both boards in one night, hosts side by side; what their files' host may be is for the tests only to say."""
    words = ("--allow-private", "--delay", str(delay), "--db", str(db))
    for server in servers:
        (board,) = server.site.boards
        assert nursery.run("add", server.url(board.slug), "--yes", *words)[0] == 0
        server.clear_log()
    settings = {"allow_private": ["127.0.0.1"], **settings}
    sync = nursery.start("sync", "--all", *words, settings=settings)
    code = sync.code(within=600)
    assert "Traceback" not in sync.output()
    return code


def test_a_host_on_which_two_boards_keep_their_files(tmp_path: Path, nursery: Nursery, full: bool) -> None:
    """The command asks it for one thing at a time, at its pace, whichever board wants it; its robots.txt once."""
    delay = 0.1
    robots = send(answer(b"User-agent: *\nDisallow: /data/\n", "200 OK", b"Content-Type: text/plain"), keep_open=True)
    page = send(answer(b"%PDF-1.4 ...", "200 OK", b"Content-Type: application/pdf"), keep_open=True)
    with FaultyServer(page, robots) as third, papers(third, 120 if full else 18) as servers:
        assert sync_both(nursery, tmp_path / "archive.db", servers, delay) in (0, 3)
        boards = {name for request in third.log for name in ("paper4", "paper5") if name in request.target}
        assert boards == {"paper4", "paper5"}
        assert third.asked("/robots.txt") == 1 and third.targets[0] == "/robots.txt"
        assert not [target for target in third.targets if target.startswith("/data/")]
        assert len(third.log) >= (60 if full else 12)
        gaps = [after.came_at - before.answered_at for before, after in itertools.pairwise(third.log)]
        assert min(gaps) >= delay - 0.002
        spans = [[request.monotonic for request in server.log] for server in servers]
        assert max(each[0] for each in spans) < min(each[-1] for each in spans), "the boards were read side by side"
        for each in spans:
            assert min(after - before for before, after in itertools.pairwise(each)) >= delay
    refused = rows(tmp_path / "archive.db", "SELECT reason FROM attachments WHERE state = 'failed'")
    assert refused and all("robots.txt" in row["reason"] for row in refused)


def test_the_errors_of_a_host_count_for_all_boards_that_keep_their_files_there(
    tmp_path: Path, nursery: Nursery
) -> None:
    """It fails for both; together they try it no oftener than one alone might."""
    failing = send(answer(b"", "500 X"), keep_open=True)
    with FaultyServer(failing) as third, papers(third, 18) as servers:
        code = sync_both(nursery, tmp_path / "archive.db", servers, 0.02, tries=2, backoff=0.001, errors_per_host=5)
        assert code == 3
        asked = Counter(target for target in third.targets if target != "/robots.txt")
        assert 5 <= len(asked) <= 6, "one may be under way when the other uses the budget up"
        assert max(asked.values()) == 2
    for server in servers:
        assert Counter(request.kind for request in server.log)["article"] == 18, "the boards themselves are read on"
    open_failures = rows(tmp_path / "archive.db", "SELECT reason FROM failures WHERE attachment_key IS NOT NULL")
    assert any("left alone" in row["reason"] for row in open_failures)


def test_the_patience_that_a_host_asks_one_board_for_holds_for_the_other(tmp_path: Path, nursery: Nursery) -> None:
    held: list[float] = []

    def script(line: Line, request: Request) -> bool:
        if not held and len(third.log) > 3:
            line.send(answer(b"", "503 X", b"Retry-After: 1"))
            held.append(line.sent_at)
        else:
            line.send(answer(b"%PDF-1.4 ...", "200 OK", b"Content-Type: application/pdf"))
        return True

    with FaultyServer(script) as third, papers(third, 12) as servers:
        assert sync_both(nursery, tmp_path / "archive.db", servers, 0.05, backoff=0.001) in (0, 3)
        later = [request.came_at for request in third.log if request.came_at > held[0]]
        assert later and min(later) - held[0] >= 0.99
