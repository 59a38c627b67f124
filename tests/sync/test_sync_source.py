"""What an interrupted run left unread answers the request it was an answer to, and no other."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from scraper.models import Ask, Capture, Exchange, MemoryBody, Page
from scraper.sync.source import Source

NOW = datetime(2021, 11, 29, 5, tzinfo=UTC)
LIST = "http://board.example/bbs/cse/775/artclList.do"


class Archive:
    """Holds one list page that nobody has read."""

    def __init__(self, form: bytes | None) -> None:
        at, method = NOW - timedelta(minutes=5), "GET" if form is None else "POST"
        self.left = Capture(7, 1, "listing", LIST, LIST, method, 200, (), "0" * 64, 4, at, at, None, None, None, form)

    def find_unread_captures(self, board_id: int) -> list[Capture]:
        return [self.left]

    def find_page(self, capture_id: int) -> Page:
        return Page(LIST, 200, (), b"left", NOW)

    def find_capture(self, capture_id: int) -> Capture:
        return self.left

    def save_capture(self, run_id: int, exchange: Exchange, **told: Any) -> int:
        return 8

    def save_outcome(self, capture_id: int, outcome: str) -> None:
        pass


class Web:
    """Answers every request with what was sent."""

    def fetch(self, ask: Ask, keep: Any) -> Exchange:
        body = MemoryBody(ask.form or b"nothing", "1" * 64)
        exchange = Exchange(ask, ask.url, 200, (), b"", b"", body, "127.0.0.1", None, NOW, NOW)
        keep(exchange)
        return exchange


def source(form: bytes | None = None) -> Source:
    """``form``: what was sent for the page that is left."""
    told: Any = lambda *_: None  # noqa: E731
    archive: Any = Archive(form)
    web: Any = Web()
    return Source(archive, web, 1, 2, threading.Event(), lambda: NOW, told)


def test_a_form_sent_to_the_address_of_a_page_is_another_request() -> None:
    pages = source()
    sent = pages.fetch_page(Ask(LIST, "listing", "POST", b"page=2"))
    assert (sent.page.body, sent.is_left) == (b"page=2", False)
    first = pages.fetch_page(Ask(LIST, "listing"))
    assert (first.page.body, first.is_left) == (b"left", True)


def test_a_page_that_a_form_asked_for_is_left_to_the_same_form() -> None:
    pages = source(b"page=2")
    assert pages.fetch_page(Ask(LIST, "listing")).capture_id == 8
    assert pages.fetch_page(Ask(LIST, "listing", "POST", b"page=3")).capture_id == 8
    assert pages.fetch_page(Ask(LIST, "listing", "POST", b"page=2")).capture_id == 7


def test_an_answer_keeps_the_form_unless_it_was_sent_elsewhere() -> None:
    ask = Ask(LIST, "listing", "POST", b"page=2")
    body = MemoryBody(b"<p>", "1" * 64)
    direct = Exchange(ask, LIST, 200, (), b"", b"", body, "127.0.0.1", None, NOW, NOW)
    assert (direct.page().form, direct.page().body) == (b"page=2", b"<p>")
    assert replace(direct, url=f"{LIST}?page=2").page().form is None


def test_a_post_fetched_ahead_by_a_form_is_given_for_that_form_only() -> None:
    pages = source()
    view = "http://board.example/view.do"
    pages.fetch_ahead(Ask(view, "article", "POST", b"contId=3"))
    assert pages.fetch_page(Ask(view, "article", "POST", b"contId=4")).page.body == b"contId=4"
    assert pages.fetch_page(Ask(view, "article", "POST", b"contId=3")).capture_id == 7
