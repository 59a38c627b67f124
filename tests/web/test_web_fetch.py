"""Web.fetch against a real server on loopback: answers, redirects, cookies, caps."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

import pytest
from faulty_server import FaultyServer, Line, Request, answer, by_target, chunked, gzipped, in_turn, send

from scraper.errors import (
    AddressDenied,
    BadConfig,
    ProtocolBroken,
    TooLarge,
    Truncated,
)
from scraper.models import Ask, Exchange
from scraper.web.fetch import Web
from scraper.web.settings import WebSettings

MakeWeb = Callable[..., Web]
MakeAsk = Callable[..., Ask]

PAGE = "<html><body>기고문 본문</body></html>".encode("cp949")


def test_an_answer_as_evidence(web: Web, ask: MakeAsk, kept: list[Exchange]) -> None:
    head = (
        b"HTTP/1.1 200 Very OK\r\nContent-Type:  text/html; charset=euc-kr\r\nSERVER: x\r\nContent-Length: %d\r\n\r\n"
    )
    with FaultyServer(send(head % len(PAGE) + PAGE, keep_open=True)) as server:
        url = server.url("/view?idx=1&s=%c7%D1&n=a|b#top")
        found = web.fetch(ask(url, referer=server.url("/list?p=1")))
    assert found.status == 200
    assert found.body.read() == PAGE
    assert found.body.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert found.body.size == len(PAGE)
    assert found.url == url
    assert found.headers[:2] == ((b"Content-Type", b"text/html; charset=euc-kr"), (b"SERVER", b"x"))
    assert found.response_head == head % len(PAGE)
    assert found.request_head.startswith(b"GET /view?idx=1&s=%c7%D1&n=a|b HTTP/1.1\r\nHost: 127.0.0.1:")
    assert found.request_head.endswith(b"\r\n\r\n")
    assert (found.address, found.tls) == ("127.0.0.1", None)
    assert found.started_at <= found.finished_at
    assert [(one.ask.kind, one.status) for one in kept] == [("robots", 404), ("article", 200)]
    assert kept[-1] is found


def test_what_is_sent(make_web: MakeWeb, ask: MakeAsk) -> None:
    with FaultyServer(send(answer(b"x"), keep_open=True)) as server:
        referer = server.url("/list?p=1#x")
        make_web(contact="desk@example.kr").fetch(ask(server.url("/a"), referer=referer))
        make_web().fetch(ask(server.url("/b"), referer="http://other.example.kr/secret?t=1"))
    for request in server.log:
        assert request.header("Accept-Encoding") == "gzip"
        assert request.header("Accept") == "text/html,*/*;q=0.8"
        assert request.header("Accept-Language") == "ko-KR,ko;q=0.9,en;q=0.5"
        assert request.header("Host") == server.host
    agents = {request.target: request.header("User-Agent") or "" for request in server.log}
    assert agents["/a"].startswith("sinmungo/")
    assert agents["/a"].endswith(" (+desk@example.kr)")
    assert agents["/b"] == WebSettings().user_agent
    referers = {request.target: request.header("Referer") for request in server.log if request.target != "/robots.txt"}
    assert referers == {"/a": server.url("/list?p=1"), "/b": "http://other.example.kr/"}


def test_proxies_of_the_environment_are_ignored(web: Web, ask: MakeAsk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with FaultyServer(send(answer(b"x"))) as server:
        assert web.fetch(ask(server.url())).status == 200


def test_a_contact_that_would_break_the_header() -> None:
    with pytest.raises(BadConfig):
        WebSettings(contact="a\r\nX-Other: 1")


def test_one_connection_is_kept_alive(web: Web, ask: MakeAsk) -> None:
    with FaultyServer(send(chunked(PAGE), keep_open=True)) as server:
        for number in range(3):
            web.fetch(ask(server.url(f"/{number}")))
    assert {request.connection for request in server.log} == {1}


def test_a_kept_connection_that_the_server_closed_is_replaced(web: Web, ask: MakeAsk) -> None:
    with FaultyServer(send(answer(PAGE))) as server:
        for number in range(3):
            assert web.fetch(ask(server.url(f"/{number}"))).body.read() == PAGE
    assert len(server.log) == 4


@pytest.mark.parametrize("first", [answer(b"one") + answer(b"FORGED"), chunked(b"one") + answer(b"FORGED")])
def test_bytes_after_an_answer_are_not_the_next_answer(web: Web, ask: MakeAsk, first: bytes) -> None:
    with FaultyServer(in_turn(send(first, keep_open=True), send(answer(b"two"), keep_open=True))) as server:
        assert web.fetch(ask(server.url("/1"))).body.read() == b"one"
        assert web.fetch(ask(server.url("/2"))).body.read() == b"two"


def test_early_hints_are_passed_over(web: Web, ask: MakeAsk) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    with FaultyServer(send(early + answer(PAGE), keep_open=True)) as server:
        found = web.fetch(ask(server.url()))
        web.fetch(ask(server.url("/2")))
    assert found.response_head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert found.body.read() == PAGE
    assert {request.connection for request in server.log} == {1}


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "410 Gone", "304 Not Modified", "300 Many"])
def test_statuses_that_others_judge(web: Web, ask: MakeAsk, kept: list[Exchange], status: str) -> None:
    body = b"" if status.startswith("304") else PAGE
    with FaultyServer(send(answer(body, status), keep_open=True)) as server:
        assert web.fetch(ask(server.url())).status == int(status[:3])
    assert len(server.log) == len(kept) == 2


def test_a_post_sends_its_form_and_becomes_a_get(web: Web, ask: MakeAsk, kept: list[Exchange]) -> None:
    pages = by_target(
        list=send(answer(b"moved", "302 Found", b"Location: /keep"), keep_open=True),
        keep=send(answer(PAGE), keep_open=True),
    )
    form = b"pageIndex=2&q=%C7%D1"
    with FaultyServer(pages) as server:
        found = web.fetch(ask(server.url("/list"), "listing", method="POST", form=form))
    posted, got = server.log[1:]
    assert (posted.method, posted.body) == ("POST", form)
    assert posted.header("Content-Type") == "application/x-www-form-urlencoded"
    assert (got.method, got.target, got.body, got.header("Content-Type")) == ("GET", "/keep", b"", None)
    assert found.url == server.url("/keep")
    assert found.ask.url == server.url("/list")
    assert found.request_head.count(b"\r\n\r\n") == 1
    assert [one.status for one in kept] == [404, 302, 200]


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
def test_redirects_that_keep_the_method(web: Web, ask: MakeAsk, status: str) -> None:
    pages = by_target(list=send(answer(b"", status, b"Location: keep"), keep_open=True), keep=send(answer(PAGE)))
    with FaultyServer(pages) as server:
        web.fetch(ask(server.url("/list"), method="POST", form=b"a=1"))
    assert [(one.method, one.body) for one in server.log[1:]] == [("POST", b"a=1"), ("POST", b"a=1")]


def test_a_location_in_raw_cp949_is_escaped_byte_by_byte(web: Web, ask: MakeAsk) -> None:
    place = "/자료.hwp?이름=한".encode("cp949")
    disposition = b'Content-Disposition: attachment; filename="' + "공고.hwp".encode("cp949") + b'"'
    target = "/%C0%DA%B7%E1.hwp?%C0%CC%B8%A7=%C7%D1"
    first = send(answer(b"", "302 Found", b"Location: " + place), keep_open=True)
    with FaultyServer(in_turn(first, send(answer(b"bytes", "200 OK", disposition)))) as server:
        found = web.fetch(ask(server.url("/down"), "attachment"))
    assert server.targets[-1] == target
    assert (b"Content-Disposition", disposition.partition(b": ")[2]) in found.headers
    assert disposition in found.response_head


@pytest.mark.parametrize(
    "place", [b"javascript:history.back()", b"mailto:a@b.kr", b"", b"  ", b"http://", b"http://[::1", b"//:99999/"]
)
def test_a_redirect_to_nowhere(web: Web, ask: MakeAsk, kept: list[Exchange], place: bytes) -> None:
    away = send(answer(b"x", "302 Found", b"Location: " + place), keep_open=True)
    with FaultyServer(away) as server, pytest.raises(ProtocolBroken, match="redirected"):
        web.fetch(ask(server.url("/a")))
    assert server.asked("/a") == 1
    assert kept[-1].status == 302


def test_redirects_in_a_circle(web: Web, ask: MakeAsk) -> None:
    pages = by_target(
        a=send(answer(b"", "302 Found", b"Location: b"), keep_open=True),
        b=send(answer(b"", "301 Moved", b"Location: a"), keep_open=True),
    )
    with FaultyServer(pages) as server, pytest.raises(ProtocolBroken, match="circle"):
        web.fetch(ask(server.url("/a")))
    assert server.targets == ["/robots.txt", "/a", "/b"]


def test_redirects_without_end(web: Web, ask: MakeAsk) -> None:
    def script(line: Line, request: Request) -> bool:
        line.send(answer(b"", "302 Found", b"Location: " + request.target.encode("ascii") + b"x"))
        return True

    with FaultyServer(script) as server, pytest.raises(ProtocolBroken, match="more than 10 times"):
        web.fetch(ask(server.url("/a")))
    assert len(server.log) == 12


def test_a_redirect_to_itself_that_sets_a_cookie_is_no_circle(web: Web, ask: MakeAsk) -> None:
    def script(line: Line, request: Request) -> bool:
        if request.header("Cookie") == "session=s3cret":
            line.send(answer(PAGE))
        else:
            line.send(answer(b"", "302 Found", b"Location: /a", b"Set-Cookie: session=s3cret; Path=/; HttpOnly"))
        return True

    with FaultyServer(script) as server:
        assert web.fetch(ask(server.url("/a"))).body.read() == PAGE


def test_cookies_go_back_to_their_host_only_and_are_not_kept(web: Web, ask: MakeAsk, kept: list[Exchange]) -> None:
    value = "토큰s3cret".encode("cp949")
    cookies = [b"Set-Cookie: sid=" + value + b"; path=/", b"set-cookie:flag=s3cret", b"Set-Cookie: s3cret-alone"]
    setting = send(answer(b"x", "200 OK", *cookies), keep_open=True)
    with FaultyServer(setting) as server, FaultyServer(send(answer(b"x"), keep_open=True)) as other:
        web.fetch(ask(server.url("/1")))
        web.fetch(ask(server.url("/2")))
        web.fetch(ask(other.url("/3")))
    sent = server.log[-1].header("Cookie") or ""
    assert sent.encode("latin-1").startswith(b"sid=" + value + b"; flag=s3cret")
    assert all(request.header("Cookie") is None for request in other.log)
    for one in kept:
        everything = one.request_head + one.response_head + b"".join(b"".join(pair) for pair in one.headers)
        assert b"s3cret" not in everything
    again = kept[2]
    assert b"\r\nCookie: [removed]\r\n" in again.request_head
    assert b"\r\nSet-Cookie: sid=[removed]; path=/\r\nset-cookie:flag=[removed]\r\n" in again.response_head
    assert (b"Set-Cookie", b"sid=[removed]; path=/") in again.headers


def test_large_bodies_go_through_a_file(make_web: MakeWeb, ask: MakeAsk) -> None:
    block = bytes(range(256)) * 4096
    with FaultyServer(send(answer(b"", length=5 * len(block)), *[block] * 5)) as server:
        found = make_web().fetch(ask(server.url("/file"), "attachment"))
    pieces = list(found.body.chunks())
    assert [len(piece) for piece in pieces] == [1 << 20] * 5
    assert b"".join(pieces) == found.body.read() == block * 5
    assert found.body.sha256 == hashlib.sha256(block * 5).hexdigest()


def test_caps_are_by_kind(make_web: MakeWeb, ask: MakeAsk) -> None:
    web = make_web(page_cap=1000, file_cap=3000)
    with FaultyServer(send(answer(b"x" * 2000), keep_open=True)) as server:
        with pytest.raises(TooLarge, match="announces 2000 bytes"):
            web.fetch(ask(server.url("/page")))
        assert web.fetch(ask(server.url("/file"), "attachment")).body.size == 2000
    assert server.asked("/page") == 1


def test_gzip_in_two_members(web: Web, ask: MakeAsk) -> None:
    body = gzipped(b"first ") + gzipped(b"second")
    with FaultyServer(send(answer(body, "200 OK", b"Content-Encoding: gzip"))) as server:
        assert web.fetch(ask(server.url())).body.read() == b"first second"


def test_an_endless_body(make_web: MakeWeb, ask: MakeAsk) -> None:
    def endless(line: Line, request: Request) -> None:
        line.send(answer(framed=False))
        for _ in range(2000):
            line.sock.sendall(b"x" * 10_000)

    with FaultyServer(endless) as server, pytest.raises(TooLarge):
        make_web(page_cap=100_000).fetch(ask(server.url("/a")))
    assert server.asked("/a") == 1


def test_a_gzip_bomb(web: Web, ask: MakeAsk) -> None:
    bomb = gzipped(bytes(20 << 20))
    sending = send(answer(bomb, "200 OK", b"Content-Encoding: gzip"))
    with FaultyServer(sending) as server, pytest.raises(TooLarge, match="200 times"):
        web.fetch(ask(server.url("/a")))


def test_nothing_is_logged_at_info(web: Web, ask: MakeAsk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), FaultyServer(send(answer(PAGE))) as server:
        web.fetch(ask(server.url("/a?token=s3cret")))
    assert "s3cret" not in caplog.text


def test_keep_of_one_fetch(web: Web, ask: MakeAsk, kept: list[Exchange]) -> None:
    own: list[Exchange] = []
    with FaultyServer(send(answer(PAGE))) as server:
        web.fetch(ask(server.url("/a")), keep=own.append)
    assert [one.status for one in own] == [404, 200]
    assert kept == []


def test_truncated_after_all_tries(web: Web, ask: MakeAsk, kept: list[Exchange]) -> None:
    with FaultyServer(send(answer(PAGE, length=len(PAGE) + 1))) as server, pytest.raises(Truncated) as raised:
        web.fetch(ask(server.url("/a")))
    assert server.asked("/a") == 3
    assert raised.value.url == server.url("/a")
    assert len(kept) == 1, "half a page is no answer"


def test_the_charset_of_the_page_escapes_the_address(web: Web, ask: MakeAsk) -> None:
    with FaultyServer(send(answer(PAGE))) as server:
        web.fetch(ask(server.url("/?q=한")), charset="euc-kr")
    assert server.targets[-1] == "/?q=%C7%D1"


def test_a_private_address_needs_leave(make_web: MakeWeb, ask: MakeAsk) -> None:
    with FaultyServer(send(answer(PAGE))) as server:
        with pytest.raises(AddressDenied, match="--allow-private") as raised:
            make_web(allow_private=frozenset()).fetch(ask(server.url("/a")))
        assert raised.value.exit_code == 8
        assert server.log == []
        make_web(allow_private=frozenset({server.host})).fetch(ask(server.url("/a")))


def test_a_redirect_to_another_private_host_is_refused(make_web: MakeWeb, ask: MakeAsk) -> None:
    with FaultyServer(send(answer(PAGE), keep_open=True)) as inner:
        away = send(answer(b"", "302 Found", f"Location: {inner.url('/x')}".encode("ascii")), keep_open=True)
        with FaultyServer(away) as outer:
            with pytest.raises(AddressDenied):
                make_web(allow_private=frozenset({outer.host})).fetch(ask(outer.url("/a")))
            assert inner.log == []
            both = make_web(allow_private=frozenset({outer.host, inner.host}))
            assert both.fetch(ask(outer.url("/a"))).url == inner.url("/x")
