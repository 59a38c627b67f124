"""Faults below HTTP, each in every phase: resets, cuts, drips, broken heads."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from faulty_server import FaultyServer, Line, Request, Script, answer, chunked, gzipped, in_turn, send

from scraper.errors import FetchError, ProtocolBroken, Truncated, Unreachable
from scraper.models import Ask, Exchange
from scraper.web.fetch import Web

MakeWeb = Callable[..., Web]
MakeAsk = Callable[..., Ask]

TEXT = ("<p>지역 신문의 독자 투고</p>" * 40).encode("cp949")
GZIP = b"Content-Encoding: gzip"
CLOSE = b"Connection: close"  # framed right, so the client would keep a connection that the server is closing


def reset_after(data: bytes) -> Script:
    def script(line: Line, request: Request) -> None:
        line.send(data)
        time.sleep(0.02)
        line.reset()

    return script


def drip(data: bytes) -> Script:
    return lambda line, request: line.send(data, *[b"x"] * 60, gap=0.05)


CASES: list[tuple[str, Script, type[FetchError], int]] = [
    ("closes at once", send(b""), Unreachable, 3),
    ("resets at once", reset_after(b""), Unreachable, 3),
    ("closes in the head", send(b"HTTP/1.1 200 OK\r\nContent-Le"), Truncated, 3),
    ("resets in the head", reset_after(b"HTTP/1.1 200 OK\r\nContent-Le"), Truncated, 3),
    ("resets in the body", reset_after(answer(TEXT, length=len(TEXT) + 1)), Truncated, 3),
    ("short of its length", send(answer(TEXT, length=len(TEXT) + 1)), Truncated, 3),
    ("chunks cut", send(chunked(TEXT)[:-5]), Truncated, 3),
    ("gzip cut, length right", send(answer(gzipped(TEXT)[:-9], "200 OK", GZIP, CLOSE)), Truncated, 3),
    ("gzip cut, closed", send(answer(gzipped(TEXT)[:40], "200 OK", GZIP, framed=False)), Truncated, 3),
    ("gzip of no bytes, closed", send(answer(b"", "200 OK", GZIP, framed=False)), Truncated, 3),
    ("second member cut", send(answer(gzipped(TEXT) + gzipped(TEXT)[:-3], "200 OK", GZIP, CLOSE)), Truncated, 3),
    ("no gzip at all", send(answer(TEXT, "200 OK", GZIP)), ProtocolBroken, 1),
    ("never asked for br", send(answer(TEXT, "200 OK", b"Content-Encoding: br")), ProtocolBroken, 1),
    ("blank before the colon", send(answer(TEXT, "200 OK", b"Server : x")), ProtocolBroken, 1),
    ("header without a name", send(answer(TEXT, "200 OK", b": x")), ProtocolBroken, 1),
    ("header named in cp949", send(answer(TEXT, "200 OK", "이름: x".encode("cp949"))), ProtocolBroken, 1),
    ("two lengths", send(answer(TEXT, "200 OK", b"Content-Length: 3")), ProtocolBroken, 1),
    ("no HTTP", send(b"SSH-2.0-x\r\n\r\n"), ProtocolBroken, 1),
    ("endless head", send(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 40_000), ProtocolBroken, 1),
    ("bad chunk", send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), ProtocolBroken, 1),
    ("other protocol", send(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), ProtocolBroken, 1),
]


@pytest.mark.parametrize(("script", "error", "tries"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_fault_of_a_page(
    web: Web, ask: MakeAsk, kept: list[Exchange], script: Script, error: type[FetchError], tries: int
) -> None:
    with FaultyServer(script) as server:
        with pytest.raises(error) as raised:
            web.fetch(ask(server.url("/a")))
        assert server.asked("/a") == tries
    assert raised.value.url == server.url("/a")
    assert server.url("/a") in str(raised.value)
    assert "\n" not in str(raised.value)
    assert [one.ask.kind for one in kept] == ["robots"]


@pytest.mark.parametrize(("script", "error"), [case[1:3] for case in CASES], ids=[case[0] for case in CASES])
def test_fault_of_robots(web: Web, ask: MakeAsk, script: Script, error: type[FetchError]) -> None:
    with FaultyServer(send(answer(b"x")), robots=script) as server:
        for _ in range(2):
            with pytest.raises(error):
                web.fetch(ask(server.url("/a")))
        assert server.asked("/a") == 0


@pytest.mark.parametrize(("script", "error"), [case[1:3] for case in CASES], ids=[case[0] for case in CASES])
def test_fault_behind_a_redirect(web: Web, ask: MakeAsk, script: Script, error: type[FetchError]) -> None:
    first = send(answer(b"", "302 Found", b"Location: /b"))
    with FaultyServer(in_turn(first, script)) as server, pytest.raises(error) as raised:
        web.fetch(ask(server.url("/a"), "attachment"))
    assert raised.value.url == server.url("/b")


@pytest.mark.parametrize("where", ["head", "body", "chunks", "gzip"])
def test_a_drip_ends_at_the_deadline(make_web: MakeWeb, ask: MakeAsk, where: str) -> None:
    starts = {
        "head": b"HTTP/1.1 200 OK\r\nX-A: ",
        "body": answer(length=1000),
        "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n",
        "gzip": answer(gzipped(TEXT)[:9], "200 OK", GZIP, framed=False),
    }
    web = make_web(page_deadline=0.5, read_timeout=0.3)
    with FaultyServer(drip(starts[where])) as server:
        started = time.monotonic()
        with pytest.raises((Truncated, ProtocolBroken)):
            web.fetch(ask(server.url("/a")))
        assert time.monotonic() - started < 1.2
        assert server.asked("/a") == 1


def test_silence_ends_at_the_read_timeout(make_web: MakeWeb, ask: MakeAsk) -> None:
    web = make_web(read_timeout=0.2, tries=2)
    with FaultyServer(lambda line, request: time.sleep(0.6)) as server:
        with pytest.raises(Unreachable, match=r"nothing came for 0\.2 seconds"):
            web.fetch(ask(server.url("/a")))
        assert server.asked("/a") == 2


def test_a_fault_that_passes(web: Web, ask: MakeAsk) -> None:
    script = in_turn(reset_after(b""), send(answer(TEXT, length=len(TEXT) + 9)), send(answer(TEXT)))
    with FaultyServer(script) as server:
        assert web.fetch(ask(server.url("/a"))).body.read() == TEXT


def test_every_cut_is_noticed(make_web: MakeWeb, ask: MakeAsk, full: bool) -> None:
    dice = random.Random(7)
    web = make_web(tries=1, errors_per_host=10_000)
    whole = {
        "identity": answer(TEXT),
        "gzip": answer(gzipped(TEXT), "200 OK", GZIP),
        "chunked": chunked(TEXT, step=100),
        "gzip chunked": chunked(gzipped(TEXT), GZIP),
        "gzip closed": answer(gzipped(TEXT), "200 OK", GZIP, framed=False),
    }
    for name, data in whole.items():
        with FaultyServer(send(data)) as server:
            assert web.fetch(ask(server.url("/whole"))).body.read() == TEXT, name
    cuts = [(name, dice.randrange(1, len(whole[name]))) for name in whole for _ in range(300 if full else 30)]

    def script(line: Line, request: Request) -> None:
        name, at = cuts[int(request.target[1:])]
        line.send(whole[name][:at])

    with FaultyServer(script) as server:
        for number, cut in enumerate(cuts):
            with pytest.raises(Truncated):
                pytest.fail(f"{cut}: {web.fetch(ask(server.url(f'/{number}')))}")
