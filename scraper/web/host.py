"""What a run knows of one host: its connection, pace, cookies, rules, and whether it is still to be asked.

One request at a time: ``lock`` is held for each exchange, ``robots_lock`` while its rules are looked up.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import httpx

from scraper.errors import FetchError, ServerFailed, Unreachable
from scraper.urls import host_name, host_of
from scraper.web.cookies import Cookies
from scraper.web.pace import Pace
from scraper.web.robots import Rules


@dataclass(frozen=True)
class Stopped:
    """Why a host is not asked any more in this run."""

    kind: type[FetchError]
    reason: str
    status: int = 0
    retry_after: float | None = None

    def error(self, url: str) -> FetchError:
        message = f"{url} was not asked for: {self.reason}"
        if issubclass(self.kind, ServerFailed):
            return self.kind(message, url, self.status, self.retry_after)
        return self.kind(message, url)


@dataclass
class Host:
    """Mutable, and confined to one thread but for the locks."""

    name: str
    """``host`` or ``host:port``."""
    client: httpx.Client
    pace: Pace
    cookies: Cookies = field(default_factory=Cookies)
    lock: threading.Lock = field(default_factory=threading.Lock)
    robots_lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | None = None
    errors: int = 0
    stopped: Stopped | None = None

    def charge(self, budget: int) -> None:
        """Count a failed request; a host that used up its budget is left alone."""
        self.errors += 1
        if self.errors >= budget and self.stopped is None:
            self.stopped = Stopped(Unreachable, f"{self.name} failed {self.errors} times in this run and is left alone")


class Bare(httpx.BaseTransport):
    """Keeps an answer's headers from httpx, which would follow, decode and refuse by them; they come along as
    the extension ``answer``."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._transport.handle_request(request)
        return httpx.Response(
            answer.status_code, stream=answer.stream, extensions={**answer.extensions, "answer": answer}
        )

    def close(self) -> None:
        self._transport.close()


def is_listed(url: str, hosts: frozenset[str]) -> bool:
    """Whether the host of ``url`` is among ``hosts``: by name for every port, or by name and port."""
    host, name = host_of(url), host_name(url)
    port = "443" if url.lower().startswith("https:") else "80"
    spellings = {host, name, name.strip("[]"), f"{name}:{port}" if host == name else host}
    return any(entry.lower() in spellings for entry in hosts)
