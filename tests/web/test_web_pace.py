"""The pace on a virtual clock: gaps never under the delay, Retry-After never broken; and a few real requests."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
import respx
from faulty_server import NO_ROBOTS, FaultyServer, Line, Request, answer, in_turn, send
from virtual_site import VirtualSite, VirtualTime

from scraper.errors import FetchError, Interrupted, ServerFailed, Unreachable
from scraper.models import Ask, Waits
from scraper.web.fetch import Web
from scraper.web.pace import Pace

MakeWeb = Callable[..., Web]


@pytest.fixture
def now() -> Iterator[VirtualTime]:
    yield VirtualTime()


def virtual_web(make_web: MakeWeb, now: VirtualTime, site: VirtualSite, **given: object) -> Web:
    return make_web(
        stop=now,
        monotonic=now.monotonic,
        clock=now.clock,
        transport_factory=lambda host: site,
        errors_per_host=10**9,
        **{"backoff": 1.0, **given},
    )


@pytest.mark.parametrize(("crawl_delay", "gap"), [("7", 7.0), ("0.1", 2.0), ("3600", 60.0), ("-1", 2.0), ("x", 2.0)])
def test_crawl_delay(make_web: MakeWeb, now: VirtualTime, crawl_delay: str, gap: float) -> None:
    site = VirtualSite(now, random.Random(1), f"User-agent: *\nCrawl-delay: {crawl_delay}\n")
    site.dice.randrange = lambda *_: 7  # type: ignore[method-assign,assignment]
    web = virtual_web(make_web, now, site, delay=2.0)
    for _ in range(3):
        web.fetch(Ask("http://paper.example/a", "article"))
    assert site.gaps() == pytest.approx([gap] * 3)


def test_retry_after_holds_the_next_fetch_too(make_web: MakeWeb, now: VirtualTime) -> None:
    script = iter(
        [httpx.Response(404), *[httpx.Response(503, headers={"Retry-After": "100"})] * 3, httpx.Response(200)]
    )
    starts: list[float] = []

    def handle(request: httpx.Request) -> httpx.Response:
        starts.append(now.now)
        return next(script)

    web = make_web(
        stop=now,
        monotonic=now.monotonic,
        clock=now.clock,
        transport_factory=lambda host: httpx.MockTransport(handle),
    )
    with pytest.raises(ServerFailed):
        web.fetch(Ask("http://paper.example/a", "article"))
    web.fetch(Ask("http://paper.example/b", "article"))
    assert [round(after - before) for before, after in itertools.pairwise(starts[1:])] == [100, 100, 100]


def test_waiting_ends_with_the_signal(now: VirtualTime) -> None:
    pace = Pace(2.0, now, now.monotonic)
    with pace.request():
        pass
    now.set()
    with pytest.raises(Interrupted) as raised, pace.request():
        pytest.fail("asked although we are to stop")
    assert raised.value.exit_code == 143


def test_a_real_wait_ends_with_the_signal(make_web: MakeWeb) -> None:
    stop = threading.Event()

    def robots(line: Line, request: Request) -> bool | None:
        threading.Timer(0.2, stop.set).start()
        return send(NO_ROBOTS, keep_open=True)(line, request)

    with FaultyServer(send(answer(b"x"), keep_open=True), robots) as server:
        started = time.monotonic()
        with pytest.raises(Interrupted):
            make_web(delay=30.0, stop=stop).fetch(Ask(server.url("/a"), "article"))
        assert time.monotonic() - started < 5
    assert server.targets == ["/robots.txt"]


def test_real_gaps(make_web: MakeWeb) -> None:
    script = in_turn(
        send(answer(b"", "302 X", b"Location: /b"), keep_open=True),
        send(answer(b"", "500 X"), keep_open=True),
        send(answer(b"cut", length=9)),
        send(answer(b"x"), keep_open=True),
    )
    with FaultyServer(script) as server:
        web = make_web(delay=0.1, tries=5)
        for _ in range(4):
            web.fetch(Ask(server.url("/a"), "article"))
    gaps = [after.came_at - before.answered_at for before, after in itertools.pairwise(server.log)]
    assert len(gaps) == 7
    assert min(gaps) >= 0.099


def test_threads_on_one_host_take_turns(make_web: MakeWeb) -> None:
    with FaultyServer(send(answer(b"x"), keep_open=True)) as server:
        web = make_web(delay=0.05)
        asks = [Ask(server.url(f"/{number}"), "article") for number in range(6)]
        threads = [threading.Thread(target=web.fetch, args=(ask,)) for ask in asks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.log) == 7, "six pages and one robots.txt"
    gaps = [after.came_at - before.answered_at for before, after in itertools.pairwise(server.log)]
    assert min(gaps) >= 0.049


def test_hosts_have_their_own_pace(make_web: MakeWeb, now: VirtualTime) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200)

    web = make_web(
        delay=1000.0,
        stop=now,
        monotonic=now.monotonic,
        clock=now.clock,
        transport_factory=lambda host: httpx.MockTransport(handle),
    )
    web.fetch(Ask("http://paper.example/a", "article"))
    before = now.now
    web.fetch(Ask("http://other.example/a", "article"))
    assert now.now - before == 1000.0, "only between its robots.txt and its page"


def test_over_a_mocked_transport(make_web: MakeWeb) -> None:
    with respx.mock(assert_all_called=False) as router:
        router.get("http://paper.example/robots.txt").respond(404)
        router.get("http://paper.example/bbs", params={"page": "2"}).respond(200, text="목록")
        router.get("http://paper.example/broken").mock(side_effect=httpx.ConnectError("no route"))
        router.get("http://paper.example/odd").respond(302, headers={"Location": "javascript:x"})
        web = make_web(transport_factory=lambda host: httpx.MockTransport(router.handler))
        found = web.fetch(Ask("http://paper.example/bbs?page=2", "listing"))
        with pytest.raises(Unreachable, match="no route"):
            web.fetch(Ask("http://paper.example/broken", "article"))
        with pytest.raises(FetchError, match="redirected"):
            web.fetch(Ask("http://paper.example/odd", "article"))
    assert found.body.read() == "목록".encode()
    assert found.request_head.startswith(b"GET /bbs?page=2 HTTP/1.1\r\nHost: paper.example\r\n")
    assert found.response_head.startswith(b"HTTP/1.1 200 OK\r\n")


def test_what_the_waiting_was_for() -> None:
    now = VirtualTime()
    pace = Pace(2.0, now, now.monotonic)
    pace.slow_down(5.0)
    for _ in range(2):
        with pace.request():
            now.now += 1.5
    pace.hold(9.0)
    with pace.request():
        pass
    assert pace.waits == Waits(requests=3, pace=4.0, crawl_delay=6.0, retry_after=4.0, server=3.0)
