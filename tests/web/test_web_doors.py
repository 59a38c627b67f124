"""A host that several boards ask for, each in a thread of its own: one pace, one patience, one set of rules."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from faulty_server import FaultyServer, Line, Request, answer, in_turn, send

from scraper.errors import Interrupted, RobotsDenied, ServerFailed, Unreachable
from scraper.models import Ask
from scraper.web.door import Doors
from scraper.web.fetch import Web

MakeWeb = Callable[..., Web]
PAGE = send(answer(b"x"), keep_open=True)


def image(server: FaultyServer, name: object) -> Ask:
    return Ask(server.url(f"/{name}.jpg"), "attachment")


def gaps(server: FaultyServer) -> list[float]:
    return [after.came_at - before.answered_at for before, after in itertools.pairwise(server.log)]


def test_the_pace_of_a_third_host_holds_across_boards(make_web: MakeWeb) -> None:
    """The one who wants to wait longest decides, also for the others; the rules are asked for once."""
    with FaultyServer(PAGE) as server:
        doors = Doors()
        webs = [make_web(doors=doors, delay=delay) for delay in (0.02, 0.06, 0.02)]
        for web in webs:
            web.fetch(image(server, "first"))
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda n: webs[n % 3].fetch(image(server, n)), range(12)))
    assert server.asked("/robots.txt") == 1
    assert len(server.log) == 16
    assert min(gaps(server)[2:]) >= 0.059, "the second board asked for more patience"
    assert min(gaps(server)) >= 0.019
    assert sum(web.waits().requests for web in webs) == 16


def test_retry_after_holds_all_boards(make_web: MakeWeb) -> None:
    script = in_turn(send(answer(b"", "503 X", b"Retry-After: 1"), keep_open=True), PAGE)
    with FaultyServer(script) as server:
        doors = Doors()
        one, other = make_web(doors=doors, tries=1), make_web(doors=doors)
        with pytest.raises(ServerFailed):
            one.fetch(image(server, 1))
        other.fetch(image(server, 2))
    assert gaps(server)[-1] >= 0.99
    assert other.waits().retry_after >= 0.9


def test_a_host_that_asks_to_be_left_alone_is_left_alone_by_all(make_web: MakeWeb) -> None:
    with FaultyServer(send(answer(b"", "429 X", b"Retry-After: 9999"), keep_open=True)) as server:
        doors = Doors()
        for number in range(2):
            with pytest.raises(ServerFailed, match="9999"):
                make_web(doors=doors).fetch(image(server, number))
    assert [request.target for request in server.log] == ["/robots.txt", "/0.jpg"]


def test_errors_of_all_boards_are_one_budget(make_web: MakeWeb) -> None:
    with FaultyServer(send(answer(b"", "500 X"), keep_open=True)) as server:
        doors = Doors()
        for number in range(9):
            with pytest.raises((ServerFailed, Unreachable)):
                make_web(doors=doors, tries=1, errors_per_host=4).fetch(image(server, number))
    assert len(server.log) == 5


def test_what_a_third_host_forbids_is_forbidden_to_all(make_web: MakeWeb) -> None:
    rules = send(answer(b"User-agent: *\nDisallow: /private\nCrawl-delay: 0.2\n"), keep_open=True)
    with FaultyServer(PAGE, robots=rules) as server:
        doors = Doors()
        for name in ("private/1", "private/2"):
            with pytest.raises(RobotsDenied):
                make_web(doors=doors).fetch(image(server, name))
        for name in "ab":
            make_web(doors=doors).fetch(image(server, name))
    assert server.targets == ["/robots.txt", "/a.jpg", "/b.jpg"]
    assert min(gaps(server)) >= 0.199


def drip(line: Line, request: Request) -> None:
    line.send(answer(b"", length=400), *[b"x"] * 400, gap=0.02)


def first_drips(line: Line, request: Request) -> bool | None:
    return drip(line, request) if request.target == "/0.jpg" else PAGE(line, request)


def test_a_download_that_drips_keeps_other_boards_no_longer_than_a_page_may_take(make_web: MakeWeb) -> None:
    with FaultyServer(first_drips) as server:
        doors, stop = Doors(), threading.Event()
        slow, other = make_web(doors=doors, stop=stop), make_web(doors=doors, page_deadline=0.5)
        slow.fetch(image(server, "before"))

        def dripping() -> None:
            with pytest.raises(Interrupted):
                slow.fetch(image(server, 0))

        thread = threading.Thread(target=dripping)
        thread.start()
        while server.asked("/0.jpg") == 0:
            time.sleep(0.01)
        began = time.monotonic()
        with pytest.raises(Unreachable, match="has been answering another board"):
            other.fetch(image(server, 1))
        assert 0.3 < time.monotonic() - began < 2
        began = time.monotonic()
        with pytest.raises(Unreachable, match="has been answering another board"):
            other.fetch(image(server, 2))
        assert time.monotonic() - began < 0.5, "and not so long for every file"
        stop.set()
        thread.join()
        other.fetch(image(server, 3))
        assert other.waits().server < 1
    assert server.asked("/1.jpg") == server.asked("/2.jpg") == 0


def test_who_waits_behind_another_hears_the_signal(make_web: MakeWeb) -> None:
    with FaultyServer(drip) as server:
        doors, first, second = Doors(), threading.Event(), threading.Event()

        def fetch(stop: threading.Event) -> None:
            with pytest.raises(Interrupted):
                make_web(doors=doors, stop=stop).fetch(image(server, 0))

        threads = [threading.Thread(target=fetch, args=(stop,)) for stop in (first, second)]
        threads[0].start()
        while server.asked("/0.jpg") == 0:
            time.sleep(0.01)
        threads[1].start()
        time.sleep(0.2)
        began = time.monotonic()
        second.set()
        threads[1].join()
        assert time.monotonic() - began < 1
        assert threads[0].is_alive()
        first.set()
        threads[0].join()
