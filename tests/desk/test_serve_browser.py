"""The desk in a real browser: a reader's way from a search to a saved file, and nothing runs or leaves meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from desk_browser import MEASURED, Outside, open_browser
from desk_world import FILE, NAME, OUTSIDE, TITLE, Made, make_archive, page_of, served
from selenium.common.exceptions import (
    NoSuchElementException,
    NoSuchFrameException,
    StaleElementReferenceException,
)
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By


class Beacon(ThreadingHTTPServer):
    """A loopback server that an archived page asks things of. It keeps what was asked, and can show the page itself."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.page = page_of(self.url, MEASURED)


class _Asked(BaseHTTPRequestHandler):
    server: Beacon

    def do_GET(self) -> None:
        if self.path == "/page":
            self._send(self.server.page)
        else:
            self.server.asked.append(self.path)
            self._send(b"")

    do_POST = do_GET  # noqa: N815

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=euc-kr")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def beacon() -> Iterator[Beacon]:
    with Beacon() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join(10)


@pytest.fixture(scope="module")
def made(beacon: Beacon, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_archive(tmp_path_factory.mktemp("archive") / "archive.db", beacon.url)


@pytest.fixture(scope="module")
def desk(made: Made) -> Iterator[str]:
    with served(made.path) as address:
        yield address


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    proxy = Outside()
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def browser(outside: Outside, downloads: Path) -> Iterator[Chrome]:
    with open_browser(downloads, outside.port) as opened:
        yield opened


def wait_for(seen: Callable[[], object], seconds: float = 40) -> None:
    """Ask again and again; a page that changes under the question is asked again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(StaleElementReferenceException, NoSuchElementException, NoSuchFrameException):
            if seen():
                return
        time.sleep(0.05)
    raise AssertionError("it never came")


def css(browser: Chrome, selector: str) -> list[str]:
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


def test_the_measures_would_see_a_script_and_a_request(browser: Chrome, beacon: Beacon, outside: Outside) -> None:
    """The same page, not from the desk: its script runs and asks. And what is no loopback address is seen."""
    browser.get(f"{beacon.url}page")
    wait_for(lambda: {"/beacon", "/a.js", "/a.css", "/1.png", "/fetched"} <= set(beacon.asked))
    wait_for(lambda: outside.measured)
    browser.get("http://elsewhere.example/")
    wait_for(lambda: any("elsewhere.example" in line for line in outside.tried))
    browser.get("about:blank")
    time.sleep(1)
    beacon.asked.clear()
    outside.tried.clear()


def test_a_readers_way(browser: Chrome, desk: str, beacon: Beacon, outside: Outside, downloads: Path) -> None:
    browser.get(desk)
    browser.find_element(By.NAME, "words").send_keys("평택\n")
    wait_for(lambda: css(browser, ".desk-list a") == [TITLE])
    assert "평택" in css(browser, "mark")

    browser.find_element(By.LINK_TEXT, TITLE).click()
    wait_for(lambda: css(browser, "h1") == [TITLE])
    assert css(browser, ".desk-change del")[0] == "첫"
    assert css(browser, ".desk-change ins")[0] == "둘째"
    struck = browser.find_element(By.CSS_SELECTOR, "del").value_of_css_property("text-decoration-line")
    assert struck == "line-through"
    assert browser.find_element(By.CSS_SELECTOR, "svg polyline").size["width"] > 100

    browser.find_element(By.LINK_TEXT, NAME).click()
    saved = downloads / "downloads" / NAME
    wait_for(lambda: saved.exists() and saved.read_bytes() == FILE)

    frame = browser.find_element(By.CSS_SELECTOR, "iframe")
    browser.execute_cdp_cmd("DOM.enable", {})
    frame.location_once_scrolled_into_view  # noqa: B018  # it is loaded when it is seen
    wait_for(lambda: "원본의 글" in text_in_frame(browser))
    time.sleep(1.6)  # what would run or move on by itself has had its time
    assert browser.title == TITLE
    assert css(browser, "h1") == [TITLE]
    assert (beacon.asked, outside.tried) == ([], [])


def text_in_frame(browser: Chrome) -> str:
    """What stands in the frame; the reader's page may not look into it, the browser's own tools may."""
    browser.switch_to.frame(0)
    try:
        return browser.find_element(By.TAG_NAME, "body").text
    finally:
        browser.switch_to.default_content()


def test_the_original_alone_runs_and_asks_nothing(
    browser: Chrome, desk: str, made: Made, beacon: Beacon, outside: Outside
) -> None:
    browser.get(f"{desk}-/article/{made.edited}/original/1")
    wait_for(lambda: "원본의 글" in css(browser, "body")[0])
    time.sleep(1.6)
    assert browser.title == "강가의 하루"
    assert browser.current_url.startswith(desk)
    assert (beacon.asked, outside.tried) == ([], [])


def test_the_policy_alone_would_stop_all_but_hints(
    browser: Chrome, desk: str, made: Made, beacon: Beacon, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two walls: with the page untouched, the headers keep its scripts and pictures shut off. But they do not stop a
    preconnect: it is for hints of that kind that the page is stilled, too."""
    monkeypatch.setattr(
        "scraper.desk.serve.pages.still", lambda page: page.body.decode("cp949").replace(OUTSIDE, MEASURED)
    )
    browser.get(f"{desk}-/article/{made.edited}/original/2")
    wait_for(lambda: "원본의 글" in css(browser, "body")[0])
    time.sleep(0.8)
    assert browser.title == "강가의 하루"
    assert [path for path in beacon.asked if path != "/moved"] == []
    assert {line.split()[0] for line in (*outside.tried, *outside.measured)} <= {"CONNECT"}
    browser.get("about:blank")
    time.sleep(1)
    beacon.asked.clear()
    outside.tried.clear()


def test_every_kind_of_page_asks_for_nothing_outside(browser: Chrome, desk: str, made: Made, outside: Outside) -> None:
    for path in ("", "archive", "archive/articles", "archive/newest", "archive?sql=select+1", "no/such/page"):
        browser.get(f"{desk}{path}")
    time.sleep(0.5)
    assert outside.tried == []
