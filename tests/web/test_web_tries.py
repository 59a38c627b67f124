"""When a request fails: tries, Retry-After, budgets, giving up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from faulty_server import FaultyServer, Line, Request, answer, in_turn, send

from scraper.errors import (
    AddressDenied,
    FetchError,
    Interrupted,
    ProtocolBroken,
    ServerFailed,
    Unreachable,
)
from scraper.models import Ask, Exchange
from scraper.web.fetch import Web

MakeWeb = Callable[..., Web]
MakeAsk = Callable[..., Ask]

PAGE = "<html><body>기고문 본문</body></html>".encode("cp949")


def test_a_server_that_recovers(web: Web, ask: MakeAsk, kept: list[Exchange]) -> None:
    script = in_turn(send(answer(b"busy", "503 Busy"), keep_open=True), send(answer(PAGE), keep_open=True))
    with FaultyServer(script) as server:
        assert web.fetch(ask(server.url("/a"))).status == 200
    assert [one.status for one in kept] == [404, 503, 200]


@pytest.mark.parametrize("status", [500, 502, 429])
def test_a_server_that_does_not_recover(web: Web, ask: MakeAsk, kept: list[Exchange], status: int) -> None:
    failing = send(answer(b"no", f"{status} No"), keep_open=True)
    with FaultyServer(failing) as server, pytest.raises(ServerFailed, match=f"answered {status}") as raised:
        web.fetch(ask(server.url("/a")))
    assert (raised.value.status, raised.value.retry_after) == (status, None)
    assert server.asked("/a") == 3
    assert [one.status for one in kept] == [404, *[status] * 3]


@pytest.mark.parametrize("form", ["seconds", "date", "date without Date"])
def test_retry_after_is_waited_for(make_web: MakeWeb, ask: MakeAsk, form: str) -> None:
    def busy(line: Line, request: Request) -> bool:
        now = datetime.now(UTC).replace(microsecond=0)
        later = format_datetime(now + timedelta(seconds=2), usegmt=True).encode("ascii")
        headers = [b"Retry-After: " + (b"1" if form == "seconds" else later)]
        if form == "date":
            headers.append(b"Date: " + format_datetime(now, usegmt=True).encode("ascii"))
        line.send(answer(b"", "503 Busy", *headers))
        return True

    with FaultyServer(in_turn(busy, send(answer(PAGE)))) as server:
        make_web().fetch(ask(server.url("/a")))
    waited = server.log[2].came_at - server.log[1].came_at
    assert waited >= (2.0 if form == "date" else 1.0)
    assert waited < 4


def test_a_long_retry_after_stops_the_host(web: Web, ask: MakeAsk) -> None:
    with FaultyServer(send(answer(b"", "429 Slow", b"Retry-After: 7200"), keep_open=True)) as server:
        started = time.monotonic()
        with pytest.raises(ServerFailed, match="7200 seconds") as raised:
            web.fetch(ask(server.url("/a")))
        assert raised.value.retry_after == 7200
        with pytest.raises(ServerFailed, match="left alone") as raised:
            web.fetch(ask(server.url("/b")))
        assert (raised.value.url, raised.value.retry_after) == (server.url("/b"), 7200)
        assert time.monotonic() - started < 2
    assert server.targets == ["/robots.txt", "/a"]


def test_a_host_that_fails_too_often_is_left_alone(make_web: MakeWeb, ask: MakeAsk) -> None:
    web = make_web(errors_per_host=2, tries=2)
    with FaultyServer(send(answer(b"", "500 No"), keep_open=True)) as server:
        for target in ("/a", "/b"):
            with pytest.raises(ServerFailed):
                web.fetch(ask(server.url(target)))
        with pytest.raises(Unreachable, match="failed 2 times in this run"):
            web.fetch(ask(server.url("/c")))
    assert server.asked("/a") == server.asked("/b") == 2
    assert server.asked("/c") == 0


def test_a_refused_connection(make_web: MakeWeb, ask: MakeAsk) -> None:
    with FaultyServer(send(b"")) as server:
        pass
    started = time.monotonic()
    web = make_web()
    with pytest.raises(Unreachable, match="connection was refused"):
        web.fetch(ask(server.url("/a")))
    with pytest.raises(Unreachable, match=r"/b was not asked for"):
        web.fetch(ask(server.url("/b")))
    assert time.monotonic() - started < 5


def test_a_refused_connection_is_given_up_in_time_at_a_slow_pace(make_web: MakeWeb, ask: MakeAsk) -> None:
    with FaultyServer(send(b"")) as server:
        pass
    started = time.monotonic()
    with pytest.raises(Unreachable):
        make_web(delay=20.0).fetch(ask(server.url("/a")))
    assert time.monotonic() - started < 1


def test_an_unknown_name_is_asked_once(make_web: MakeWeb, ask: MakeAsk) -> None:
    with pytest.raises(Unreachable, match=r"the name nowhere\.example is not known") as raised:
        make_web().fetch(ask("http://nowhere.example/a"))
    assert raised.value.exit_code == 5


@pytest.mark.parametrize(
    "url",
    ["javascript:x", "ftp://a.kr/", "/relative", "", "http://", "http://u:p@a.kr/", "http://a b/", "http://1.2.3.4.5/"],
)
def test_what_is_no_address(web: Web, ask: MakeAsk, url: str) -> None:
    with pytest.raises(FetchError) as raised:
        web.fetch(ask(url))
    assert isinstance(raised.value, (ProtocolBroken, AddressDenied, Unreachable))


def test_interrupted_while_waiting_for_bytes(make_web: MakeWeb, ask: MakeAsk) -> None:
    stop = threading.Event()

    def silent(line: Line, request: Request) -> None:
        stop.set()
        time.sleep(2)

    with FaultyServer(silent) as server:
        started = time.monotonic()
        with pytest.raises(Interrupted) as raised:
            make_web(stop=stop).fetch(ask(server.url("/a")))
        assert time.monotonic() - started < 1.5
        assert raised.value.exit_code == 143
