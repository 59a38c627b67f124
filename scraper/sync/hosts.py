"""The hosts of one command: one way to each, so that its pace, its cookies and its budget hold for all asked of it.

A host that several ways lead to, for boards may keep their files with a third one, has one door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from scraper.errors import BadConfig
from scraper.models import Board
from scraper.sync.leash import Leash
from scraper.sync.robots import KeptRobots
from scraper.urls import host_name, host_of
from scraper.web.door import Doors
from scraper.web.fetch import Web
from scraper.web.guard import resolve
from scraper.web.settings import WebSettings

DELAY = 2.0
"""Seconds between two requests to a host, unless another delay was set."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the sites are to be treated, as typed. ``delay`` None: the site's own, else the default."""

    delay: float | None = None
    connections: int = 1
    contact: str | None = None
    allow_private: bool = False
    max_requests: int | None = None
    """To each host; what is left then is for later runs."""
    max_minutes: float | None = None
    """For each host."""


@dataclass(frozen=True, slots=True)
class Way:
    """To one host."""

    web: Web
    leash: Leash


class Hosts:
    """The ways of one command. Made and closed by one thread; each way is used by one thread at a time."""

    def __init__(self, manner: Manner, clock: Callable[[], datetime]) -> None:
        self.robots = KeptRobots()
        self._manner = manner
        self._clock = clock
        self._doors = Doors()
        self._ways: dict[str, Way] = {}

    def way(self, host: str, delay: float | None, *, private: bool) -> Way:
        """To one host. ``delay`` is the site's own; what was typed wins."""
        if host not in self._ways:
            manner = self._manner
            wanted = manner.delay if manner.delay is not None else delay
            settings = WebSettings(
                delay=DELAY if wanted is None else wanted,
                contact=manner.contact,
                allow_private=frozenset({host}) if private else frozenset(),
            )
            minutes = manner.max_minutes
            leash = Leash(max_requests=manner.max_requests, max_seconds=None if minutes is None else minutes * 60)
            web = Web(settings, stop=leash.stop, robots=self.robots, clock=self._clock, doors=self._doors)
            leash.sent = lambda: web.waits().requests
            self._ways[host] = Way(web, leash)
        return self._ways[host]

    def heed(self, boards: Iterable[Board]) -> None:
        """What was set for a board's host holds also where another board's files stand there."""
        for board in boards:
            if self._manner.delay is None and board.delay is not None:
                self._doors.door(board.host).gap.widen(board.delay)

    def close(self) -> None:
        """Close all connections."""
        for way in self._ways.values():
            way.web.close()


def check_manner(manner: Manner, address: str) -> None:
    """Haste is for one's own machines only. Raises BadConfig."""
    if manner.delay is not None and manner.delay < 0:
        raise BadConfig("--delay must not be negative")
    if manner.connections < 1:
        raise BadConfig("--connections must be at least 1")
    hasty = (manner.delay is not None and manner.delay < 1) or manner.connections > 1
    if hasty and not (manner.allow_private and _is_private(address)):
        raise BadConfig(
            f"--delay under 1 second and --connections over 1 are only for boards on a private address with "
            f"--allow-private, and {host_of(address)} is none"
        )


def _is_private(address: str) -> bool:
    try:
        places = resolve(host_name(address).strip("[]"), 80)
    except OSError:
        return False
    return bool(places) and not any(place.public for place in places)
