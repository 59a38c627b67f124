"""robots.txt: rules, statuses, age, redirects, encodings; and that what is forbidden is not asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from faulty_server import FaultyServer, Line, Request, Script, answer, gzipped, in_turn, send

from scraper.errors import AddressDenied, FetchError, ProtocolBroken, RobotsDenied, TooLarge, Unreachable
from scraper.models import Ask, Exchange
from scraper.web.fetch import Web
from scraper.web.robots import is_fresh, rules_of, text_of
from scraper.web.settings import RobotsCopy, RobotsInMemory

MakeWeb = Callable[..., Web]
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def allowed(robots: str | bytes, target: str) -> bool:
    body = robots.encode("utf-8") if isinstance(robots, str) else robots
    return rules_of(RobotsCopy(200, text_of(body), NOW)).allows(f"http://paper.example{target}")


ALL = "User-agent: *\n"


@pytest.mark.parametrize(
    ("robots", "target", "may"),
    [
        ("", "/a", True),
        (ALL + "Disallow: /", "/a", False),
        (ALL + "Disallow:", "/a", True),
        (ALL + "Disallow: /bbs", "/bbs/list.php?x=1", False),
        (ALL + "Disallow: /bbs", "/BBS/list.php", True),
        (ALL + "Disallow: /\nAllow: /bbs/", "/bbs/x", True),
        (ALL + "Allow: /bbs/\nDisallow: /", "/other", False),
        (ALL + "Disallow: /bbs\nAllow: /bbs", "/bbs", True),
        (ALL + "Disallow: /*.hwp$", "/a/b.hwp", False),
        (ALL + "Disallow: /*.hwp$", "/a/b.hwp?x", True),
        (ALL + "Disallow: /*mode=write", "/list.php?idx=1&mode=write", False),
        (ALL + "Disallow: /*?", "/list.php?idx=1", False),
        (ALL + "Disallow: /list.php?idx=1", "/list.php?idx=12", False),
        (ALL + "Disallow: //down", "//down/1", False),
        (ALL + "Disallow: /a%2Fb", "/a/b", True),
        (ALL + "Disallow: /~desk", "/%7Edesk", False),
        (ALL + "Disallow: /a # no robots here", "/a", False),
        ("Disallow: /a", "/a", True),
        ("User-Agent: sinmungo\nDisallow: /a", "/a", False),
        ("USER-AGENT: SinMungo/1.0\nDISALLOW: /a", "/a", False),
        ("User-agent: sinmungo\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: sinmungo\nAllow: /", "/a", True),
        ("User-agent: sin\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: mungo\nDisallow: /", "/a", True),
        ("User-agent: sinmungo-images\nDisallow: /", "/a", True),
        ("User-agent: other\nUser-agent: sinmungo\nDisallow: /a", "/a", False),
        ("User-agent: sinmungo\nDisallow: /a\n\nUser-agent: sinmungo\nDisallow: /b", "/a", False),
        ("User-agent: sinmungo\nDisallow: /a\n\nUser-agent: sinmungo\nDisallow: /b", "/b", False),
        ("User-agent: *\nSitemap: http://paper.example/s.xml\nDisallow: /a", "/a", False),
        ("User-agent: *\r\rDisallow: /a\r\nDisallow: /b", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent *\nDisallow /a", "/a", False),
        ("user agent: *\ndissallow: /a", "/a", False),
        ("<!DOCTYPE html><html>\nUser-agent: *\nDisallow: /\n</html>", "/a", True),
        ("  <html><body>User-agent: *\nDisallow: /", "/a", True),
        (ALL + "Disallow: /\n", "/robots.txt", True),
    ],
)
def test_rules(robots: str, target: str, may: bool) -> None:
    assert allowed(robots, target) is may


SPELLINGS = {"raw utf-8": "/기고/", "escaped utf-8": "/%EA%B8%B0%EA%B3%A0/", "escaped cp949": "/%b1%E2%B0%ED/"}


@pytest.mark.parametrize("rule", [*SPELLINGS.values(), b"/\xb1\xe2\xb0\xed/"])
@pytest.mark.parametrize("target", ["/%EA%B8%B0%EA%B3%A0/1", "/%ea%b8%b0%ea%b3%a0/1", "/%B1%E2%B0%ED/1"])
def test_korean_paths_in_either_encoding(rule: str | bytes, target: str) -> None:
    raw = rule.encode("utf-8") if isinstance(rule, str) else rule
    assert not allowed(b"User-agent: *\nDisallow: " + raw, target)
    assert allowed(b"User-agent: *\nDisallow: /\nAllow: " + raw, target)
    assert allowed(b"User-agent: *\nDisallow: " + raw, "/%B1%DB%B1%DB/1"), "another word in the same encoding"
    assert not allowed(b"User-agent: *\nDisallow: /\nAllow: " + raw, "/%B1%DB%B1%DB/1")


def test_a_late_rule_of_a_long_file_counts() -> None:
    lines = ["User-agent: *", *(f"# {number:60}" for number in range(9000)), "Disallow: /late"]
    robots = "\n".join(lines)
    assert len(robots) > 500 * 1024
    assert not allowed(robots, "/late")


@pytest.mark.parametrize("status", [None, 429, 500, 503])
def test_a_copy_that_settles_nothing_is_never_fresh(status: int | None) -> None:
    assert not is_fresh(RobotsCopy(status, "", NOW), NOW)


@pytest.mark.parametrize(("hours", "fresh"), [(0, True), (23.9, True), (24, False), (800, False), (-1, False)])
def test_age_of_a_copy(hours: float, fresh: bool) -> None:
    assert is_fresh(RobotsCopy(404, "", NOW - timedelta(hours=hours)), NOW) is fresh


def robots_answer(text: str, status: str = "200 OK") -> Script:
    return send(answer(text.encode("utf-8"), status), keep_open=True)


PAGE = send(answer(b"page"), keep_open=True)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 300, 304])
def test_statuses_that_permit(web: Web, status: int) -> None:
    body = b"" if status == 304 else b"User-agent: *\nDisallow: /"
    robots = send(answer(body, f"{status} X"), keep_open=True)
    with FaultyServer(PAGE, robots) as server:
        assert web.fetch(Ask(server.url("/a"), "article")).status == 200


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_statuses_that_forbid(web: Web, kept: list[Exchange], status: int) -> None:
    with FaultyServer(PAGE, robots_answer("", f"{status} X")) as server:
        for target in ("/a", "/b"):
            with pytest.raises(RobotsDenied, match=f"answered {status}") as raised:
                web.fetch(Ask(server.url(target), "article"))
            assert raised.value.url == server.url(target)
            assert raised.value.exit_code == 8
    assert set(server.targets) == {"/robots.txt"}
    assert len(server.log) == len(kept) == 3


def test_a_long_retry_after_of_robots_forbids(web: Web) -> None:
    robots = send(answer(b"", "503 X", b"Retry-After: 86400"), keep_open=True)
    with FaultyServer(PAGE, robots) as server, pytest.raises(RobotsDenied):
        web.fetch(Ask(server.url("/a"), "article"))
    assert server.targets == ["/robots.txt"]


def test_robots_that_recover(web: Web) -> None:
    robots = in_turn(robots_answer("", "503 X"), robots_answer(ALL + "Disallow: /b"))
    with FaultyServer(PAGE, robots) as server:
        web.fetch(Ask(server.url("/a"), "article"))
        with pytest.raises(RobotsDenied):
            web.fetch(Ask(server.url("/b"), "article"))


@pytest.mark.parametrize("target", ["/secret?idx=1", "/secret%2F", "/x?board=secret"])
@pytest.mark.parametrize("kind", ["listing", "article", "attachment"])
def test_what_is_forbidden_is_not_asked_for(web: Web, target: str, kind: str) -> None:
    robots = robots_answer(ALL + "Disallow: /secret\nDisallow: /*board=secret")
    with FaultyServer(PAGE, robots) as server, pytest.raises(RobotsDenied, match=r"forbidden by the robots\.txt"):
        web.fetch(Ask(server.url(target), kind))  # type: ignore[arg-type]
    assert server.targets == ["/robots.txt"]


def test_a_redirect_into_what_is_forbidden(web: Web) -> None:
    away = send(answer(b"", "302 X", b"Location: /secret"), keep_open=True)
    with FaultyServer(away, robots_answer(ALL + "Disallow: /secret")) as server, pytest.raises(RobotsDenied):
        web.fetch(Ask(server.url("/a"), "article"))
    assert server.targets == ["/robots.txt", "/a"]


def test_a_redirect_to_another_host_minds_its_robots(web: Web) -> None:
    with FaultyServer(PAGE, robots_answer(ALL + "Disallow: /x")) as other:
        away = send(answer(b"", "302 X", f"Location: {other.url('/x')}".encode("ascii")), keep_open=True)
        with FaultyServer(away) as server, pytest.raises(RobotsDenied):
            web.fetch(Ask(server.url("/a"), "article"))
    assert other.targets == ["/robots.txt"]


@pytest.mark.parametrize("hops", [1, 5])
def test_redirected_rules_apply_to_the_first_host(web: Web, hops: int) -> None:
    def script(line: Line, request: Request) -> bool:
        step = int(request.target.removeprefix("/r"))
        if step < hops:
            line.send(answer(b"", "301 X", f"Location: /r{step + 1}".encode("ascii")))
        else:
            line.send(answer(b"User-agent: *\nDisallow: /a"))
        return True

    with FaultyServer(script, robots_answer(ALL + "Disallow: /r")) as other:
        away = send(answer(b"", "302 X", f"Location: {other.url('/r1')}".encode("ascii")), keep_open=True)
        with FaultyServer(PAGE, away) as server:
            with pytest.raises(RobotsDenied):
                web.fetch(Ask(server.url("/a"), "article"))
            assert web.fetch(Ask(server.url("/b"), "article")).status == 200
    assert server.asked("/a") == 0


@pytest.mark.parametrize("place", [b"/robots.txt", b"javascript:x", b""])
def test_robots_redirected_to_nowhere_are_not_available(web: Web, place: bytes) -> None:
    with FaultyServer(PAGE, send(answer(b"", "302 X", b"Location: " + place), keep_open=True)) as server:
        assert web.fetch(Ask(server.url("/a"), "article")).status == 200


def test_robots_redirected_inside_is_refused(make_web: MakeWeb) -> None:
    with FaultyServer(PAGE) as inner:
        away = send(answer(b"", "302 X", f"Location: {inner.url('/robots.txt')}".encode("ascii")), keep_open=True)
        with FaultyServer(PAGE, away) as server, pytest.raises(AddressDenied):
            make_web(allow_private=frozenset({server.host})).fetch(Ask(server.url("/a"), "article"))
    assert inner.log == []
    assert server.targets == ["/robots.txt"]


@pytest.mark.parametrize(
    ("robots", "error"),
    [
        (send(b""), Unreachable),
        (send(answer(b"", length=10**9)), TooLarge),
        (send(b"nonsense\r\n\r\n"), ProtocolBroken),
        (send(answer(gzipped(bytes(20 << 20)), "200 OK", b"Content-Encoding: gzip")), TooLarge),
    ],
)
def test_robots_that_cannot_be_read_forbid_all(web: Web, robots: Script, error: type[FetchError]) -> None:
    with FaultyServer(PAGE, robots) as server:
        for _ in range(2):
            with pytest.raises(error):
                web.fetch(Ask(server.url("/a"), "article"))
    assert server.asked("/a") == 0


def test_a_fresh_copy_spares_the_request(make_web: MakeWeb) -> None:
    store = RobotsInMemory()
    with FaultyServer(PAGE, robots_answer("", "503 X")) as server:
        store.save_robots(server.host, RobotsCopy(200, ALL + "Disallow: /b", NOW - timedelta(hours=23)))
        web = make_web(robots=store, clock=lambda: NOW)
        web.fetch(Ask(server.url("/a"), "article"))
        with pytest.raises(RobotsDenied):
            web.fetch(Ask(server.url("/b"), "article"))
    assert server.targets == ["/a"]


def test_an_old_copy_is_asked_for_again_and_kept(make_web: MakeWeb) -> None:
    store = RobotsInMemory()
    with FaultyServer(PAGE, robots_answer(ALL + "Disallow: /a")) as server:
        store.save_robots(server.host, RobotsCopy(404, "", NOW - timedelta(hours=25)))
        with pytest.raises(RobotsDenied):
            make_web(robots=store, clock=lambda: NOW).fetch(Ask(server.url("/a"), "article"))
        assert store.find_robots(server.host) == RobotsCopy(200, ALL + "Disallow: /a", NOW)


def test_an_old_copy_does_not_stand_in_for_a_failing_server(make_web: MakeWeb) -> None:
    store = RobotsInMemory()
    old = RobotsCopy(404, "", NOW - timedelta(hours=25))
    with FaultyServer(PAGE, robots_answer("", "503 X")) as server:
        store.save_robots(server.host, old)
        with pytest.raises(RobotsDenied):
            make_web(robots=store, clock=lambda: NOW).fetch(Ask(server.url("/a"), "article"))
        assert store.find_robots(server.host) == old


def test_a_run_of_more_than_a_day_asks_again(make_web: MakeWeb) -> None:
    clock = [NOW]
    robots = in_turn(robots_answer(""), robots_answer(ALL + "Disallow: /"))
    with FaultyServer(PAGE, robots) as server:
        web = make_web(clock=lambda: clock[0])
        web.fetch(Ask(server.url("/a"), "article"))
        web.fetch(Ask(server.url("/b"), "article"))
        clock[0] += timedelta(hours=24)
        with pytest.raises(RobotsDenied):
            web.fetch(Ask(server.url("/c"), "article"))
    assert server.targets == ["/robots.txt", "/a", "/b", "/robots.txt"]
