"""The server itself: keep-alive, gzip, the log, robots.txt, faults, determinism."""

from __future__ import annotations

import gzip
import http.client
import re
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from scraper.fakeboard import FakeBoard, FakeClock, FakeSite, Fault, serve

SKINS = ("legacy", "gnuboard5", "rhymix")


def open_connection(url):
    parts = urlsplit(url)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=5), f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("skin", SKINS)
def test_same_seed_same_truth_and_same_bytes(skin, client):
    def take():
        clock = FakeClock(datetime(2021, 11, 29, 5, 0, tzinfo=UTC))
        board = FakeBoard("opinion", skin, 40, seed=3, clock=clock)
        with serve(FakeSite([board], clock=clock)) as server:
            client.cookies.clear()
            first = client.get(server.url("opinion")).body
            view = re.search(rb'href="[^"]*?(?:idx=|wr_id=|opinion/)(\d+)', first)[1].decode()
            query = {"legacy": f"&mode=view&idx={view}", "gnuboard5": f"&wr_id={view}", "rhymix": f"/{view}"}[skin]
            pages = [first, client.get(server.url("opinion") + query).body]
            return board.truth(), [page.replace(str(server.server_port).encode(), b"PORT") for page in pages]

    one, two = take(), take()
    assert one == two and len(one[0]) == 40
    clock = FakeClock(datetime(2021, 11, 29, 5, 0, tzinfo=UTC))
    assert FakeBoard("opinion", skin, 40, seed=4, clock=clock).truth() != one[0]


@pytest.mark.parametrize("skin", SKINS)
def test_connection_is_kept_and_gzip_given_when_asked(start, skin):
    world = start(skin)
    connection, target = open_connection(world.url)
    try:
        connection.request("GET", target)
        plain = connection.getresponse()
        body, sock = plain.read(), connection.sock
        cookie = plain.getheader("Set-Cookie").partition(";")[0]
        connection.request("GET", target, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
        packed = connection.getresponse()
        assert gzip.decompress(packed.read()) == body or skin == "rhymix"
        assert packed.getheader("Content-Encoding") == "gzip" and packed.getheader("Set-Cookie") is None
        assert connection.sock is sock and plain.version == 11 and plain.getheader("Content-Encoding") is None
    finally:
        connection.close()


def test_gzip_may_be_off(start, client):
    world = start("gnuboard5")
    world.site.gzip = False
    assert client.get(world.url, **{"Accept-Encoding": "gzip"}).header("Content-Encoding") is None


def test_robots_is_a_page_of_404_until_it_is_set(start, client):
    world = start("legacy")
    url = world.server.origin + "/robots.txt"
    got = client.get(url)
    assert got.status == 404 and got.header("Content-Type").startswith("text/html")
    world.site.robots = (200, "User-agent: *\nDisallow: /bbs/download.php\n")
    got = client.get(url)
    assert got.status == 200 and got.header("Content-Type").startswith("text/plain") and b"Disallow" in got.body
    world.site.robots = (503, "")
    assert client.get(url).status == 503


@pytest.mark.parametrize("skin", SKINS)
def test_head_is_405_and_unknown_paths_are_404(start, client, skin):
    world = start(skin)
    assert client.get(world.url, method="HEAD").status == 405
    assert client.get("/nowhere/at/all", base=world.url).status == 404


def test_log_tells_what_was_asked(start, client):
    world = start("gnuboard5", posts=0)
    post_id = world.board.post(files=[("자료.pdf", b"x")])
    client.get(world.server.origin + "/robots.txt")
    client.get(world.url, **{"User-Agent": "sinmungo/0.1"})
    page = client.get(f"{world.url}&wr_id={post_id}").text
    client.get(re.search(r'<a href="([^"]+)" class="view_file_download">', page)[1].replace("&amp;", "&"))
    client.get("/nothing", base=world.url)
    log = world.server.log
    assert [entry.kind for entry in log] == ["robots", "listing", "article", "attachment", "other"]
    assert [entry.status for entry in log] == [404, 200, 200, 200, 404]
    assert log[1].headers["user-agent"] == "sinmungo/0.1" and log[1].path == "/bbs/board.php?bo_table=opinion"
    assert log[1].at == world.clock.now() and log[1].monotonic <= log[2].monotonic
    world.server.clear_log()
    assert world.server.log == [] and len(log) == 5


def test_pages_bear_the_clock(start, client):
    world = start("legacy")
    world.clock.advance(timedelta(days=3))
    got = client.get(world.url)
    assert "오늘날짜: 2021년 12월 2일" in got.old and "[오늘 0 /" in got.old
    assert got.header("Date") == "Thu, 02 Dec 2021 05:00:00 GMT"


def test_several_boards_share_a_site(client):
    clock = FakeClock(datetime(2021, 11, 29, 5, 0, tzinfo=UTC))
    boards = [FakeBoard(f"b{n}", skin, 12, clock=clock) for n, skin in enumerate(SKINS)]
    with serve(FakeSite(boards, clock=clock)) as server:
        urls = [server.url(board.slug) for board in boards]
        assert [client.get(url).status for url in urls] == [200] * 3
        assert [entry.kind for entry in server.log] == ["listing"] * 3
        with pytest.raises(KeyError):
            server.url("b9")


def fault(world, kind, **more):
    world.site.faults = lambda method, path: Fault(kind, **more)


def test_reset_closes_without_an_answer(start, client):
    world = start("gnuboard5")
    fault(world, "reset")
    with pytest.raises(ConnectionResetError):
        client.get(world.url)
    assert world.server.log[-1].status == 0


def test_truncated_answer_is_shorter_than_announced(start, client):
    world = start("gnuboard5")
    fault(world, "truncate")
    with pytest.raises(http.client.IncompleteRead):
        client.get(world.url)


def test_slow_answer_takes_its_time(start, client):
    world = start("gnuboard5")
    fault(world, "slow", seconds=0.3)
    began = time.monotonic()
    assert client.get(world.url).status == 200
    assert time.monotonic() - began >= 0.28


def test_status_faults_may_carry_headers(start, client):
    world = start("gnuboard5")
    fault(world, "status:503")
    assert client.get(world.url).status == 503
    fault(world, "status:429;retry-after=1")
    got = client.get(world.url)
    assert got.status == 429 and got.header("Retry-After") == "1"


@pytest.mark.parametrize(("kind", "word"), [("maintenance", "점검"), ("login", 'type="password"'), ("ban", "차단")])
def test_walls_are_200(start, client, kind, word):
    world = start("rhymix")
    fault(world, kind)
    got = client.get(world.url)
    assert got.status == 200 and word in got.text and "board_list" not in got.text


def test_a_faulty_request_changes_nothing_and_others_go_on(start, client):
    world = start("gnuboard5", posts=3)
    post_id = world.board.ids()[0]
    before = world.board.find(post_id).hits
    world.site.faults = lambda method, path: Fault("status:500") if "wr_id" in path else None
    assert client.get(f"{world.url}&wr_id={post_id}").status == 500
    assert client.get(world.url).status == 200 and world.board.find(post_id).hits == before


def test_held_requests_wait(start, client):
    world = start("legacy")
    world.server.hold()
    got = []
    thread = threading.Thread(target=lambda: got.append(client.get(world.url).status))
    thread.start()
    thread.join(0.1)
    assert got == []
    world.server.release()
    thread.join(5)
    assert got == [200]


def test_many_threads_are_served(start):
    world = start("rhymix", posts=20)
    statuses = []

    def visit():
        for _ in range(5):
            with urllib.request.urlopen(world.url) as answer:
                statuses.append(answer.status)

    threads = [threading.Thread(target=visit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        world.board.post()
    for thread in threads:
        thread.join(10)
    assert statuses == [200] * 30


def test_command_prints_the_address():
    command = [sys.executable, "-m", "scraper.fakeboard", "legacy", "--posts", "12"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip()
            with urllib.request.urlopen(url) as answer:
                assert "전체 10]" in answer.read().decode("cp949", "replace")
        finally:
            process.terminate()
