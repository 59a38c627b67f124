"""A plain HTTP client for the fake boards: one connection per request, cookies kept by hand."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, serve

START = datetime(2021, 11, 29, 5, 0, tzinfo=UTC)


@dataclass
class Reply:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    url: str

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def old(self) -> str:
        return self.body.decode("cp949", "replace").replace("\r\n", "\n")


@dataclass
class Client:
    """Keeps cookies unless told otherwise; follows no redirect."""

    cookies: dict[str, str] = field(default_factory=dict)
    keep: bool = True

    def get(
        self, url: str, base: str = "", form: str | None = None, method: str | None = None, **headers: str
    ) -> Reply:
        url = urljoin(base, url) if base else url
        parts = urlsplit(url)
        assert parts.hostname is not None
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(method or ("GET" if form is None else "POST"), target, form, headers)
            response = connection.getresponse()
            reply = Reply(response.status, response.getheaders(), response.read(), url)
        finally:
            connection.close()
        if reply.header("Content-Encoding") == "gzip":
            reply.body = gzip.decompress(reply.body)
        if self.keep and (cookie := reply.header("Set-Cookie")):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return reply


@dataclass
class World:
    clock: FakeClock
    board: FakeBoard
    site: FakeSite
    server: FakeServer
    url: str


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def stranger() -> Client:
    """A client that never sends a cookie back."""
    return Client(keep=False)


@pytest.fixture
def start() -> Iterator[Callable[..., World]]:
    """Start a board: start("legacy", posts=30, …)."""
    with ExitStack() as stack:

        def run(skin: Any, posts: int = 90, **options: Any) -> World:
            clock = FakeClock(START)
            board = FakeBoard("opinion", skin, posts, clock=clock, **options)
            site = FakeSite([board], clock=clock)
            server = stack.enter_context(serve(site))
            return World(clock, board, site, server, server.url("opinion"))

        yield run
