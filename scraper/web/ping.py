"""Telling a watcher that a job began and how it ended: GET URL/start, then URL, or URL/CODE when the code is not 0.

The address was typed by its owner, so robots.txt is not asked for; guard, caps and deadlines are those of any request.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from scraper.errors import BadConfig, SinmungoError
from scraper.models import Ask
from scraper.urls import absolute, host_of
from scraper.web.fetch import Web, utcnow
from scraper.web.settings import KIB, RobotsCopy, WebSettings

SECONDS = 10.0
"""So long a ping may take."""
SECONDS_AFTER_SIGNAL = 3.0


class _NoRules:
    """A RobotsStore in which every host lets us."""

    def find_robots(self, host: str) -> RobotsCopy:
        return RobotsCopy(404, "", utcnow() - timedelta(minutes=1))

    def save_robots(self, host: str, copy: RobotsCopy) -> None:
        pass


def check_ping(url: str, *, allow_private: bool) -> None:
    """Raises BadConfig for what is no https address; http too is fine where private addresses are."""
    scheme = urlsplit(url).scheme.lower()
    if absolute(url) is None or not (scheme == "https" or (scheme == "http" and allow_private)):
        raise BadConfig("--ping-url: an https address is wanted")


def ping(url: str, word: str, *, allow_private: bool, seconds: float = SECONDS) -> str | None:
    """Ask for ``url`` with ``word`` ('start', an exit code) as one more step of its path. What went wrong, or None.

    The sentence names the host only: the address itself is a secret.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/") + f"/{word}" if word else parts.path
    address = urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
    host = host_of(address)
    settings = WebSettings(
        delay=0,
        allow_private=frozenset({host}) if allow_private else frozenset(),
        page_cap=64 * KIB,
        connect_timeout=seconds / 2,
        read_timeout=seconds,
        page_deadline=seconds,
        tries=1,
        retry_after_cap=0,
    )
    try:
        with Web(settings, stop=threading.Event(), robots=_NoRules()) as web:
            status = web.fetch(Ask(address, "listing")).status
    except SinmungoError as error:
        return f"the ping to {host} failed: {type(error).__name__}"
    return None if status < 300 else f"the ping to {host} was answered with {status}"
