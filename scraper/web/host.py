"""What one board's thread has of a host: its own connection and cookies, and its place at the host's door."""

from __future__ import annotations

from dataclasses import dataclass, field

import httpx

from scraper.urls import host_name, host_of
from scraper.web.cookies import Cookies
from scraper.web.door import Door
from scraper.web.pace import Pace


@dataclass
class Host:
    """Confined to one thread but for its door."""

    client: httpx.Client
    door: Door
    pace: Pace
    cookies: Cookies = field(default_factory=Cookies)

    @property
    def name(self) -> str:
        """``host`` or ``host:port``."""
        return self.door.name


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
