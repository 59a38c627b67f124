"""What a run may do to a site: pace, caps, deadlines, identity; and the shape of the robots.txt cache.

Times are seconds, sizes bytes. Plain values: nothing here touches the network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from scraper import __version__
from scraper.errors import BadConfig

Tls = Literal["strict", "compat", "legacy"]

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True)
class WebSettings:
    """How sites are asked. Raises BadConfig for values that have no meaning."""

    delay: float = 2.0
    """Least time between the end of one request to a host and the start of the next."""
    contact: str | None = None
    """An address or URL for the User-Agent, in visible ASCII."""
    allow_private: frozenset[str] = frozenset()
    """Hosts (``name`` for every port, or ``name:port``) that may stand on a private address."""
    page_cap: int = 32 * MIB
    file_cap: int = 4 * GIB
    ratio_cap: int = 200
    """Decoded bytes per byte sent; enforced above 4 MiB."""
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    page_deadline: float = 60.0
    """For one request as a whole: name, connection, TLS, sending, receiving."""
    file_deadline: float = 3600.0
    tries: int = 3
    backoff: float = 1.0
    """Unit of the random wait between tries."""
    retry_after_cap: float = 120.0
    """A longer Retry-After stops the host for this run."""
    errors_per_host: int = 20
    spool_limit: int = MIB
    """A body over this goes to a temporary file."""
    tls: Mapping[str, Tls] = field(default_factory=dict)
    """By host; strict unless named."""

    def __post_init__(self) -> None:
        if self.contact is not None and not all(" " <= letter <= "~" for letter in self.contact):
            raise BadConfig(f"the contact {self.contact!r} cannot stand in a User-Agent: use visible ASCII only")
        if self.delay < 0 or self.tries < 1:
            raise BadConfig("the delay must not be negative and there must be at least one try")

    @property
    def user_agent(self) -> str:
        agent = f"sinmungo/{__version__}"
        return f"{agent} (+{self.contact})" if self.contact else agent


@dataclass(frozen=True)
class RobotsCopy:
    """What a host answered when it was asked for its robots.txt."""

    status: int | None
    text: str
    """Empty unless the status is 2xx."""
    fetched_at: datetime


class RobotsStore(Protocol):
    """Where robots.txt is kept between runs, by ``host`` or ``host:port``."""

    def find_robots(self, host: str) -> RobotsCopy | None: ...
    def save_robots(self, host: str, copy: RobotsCopy) -> None: ...


class RobotsInMemory:
    """A RobotsStore for one run, where there is no archive."""

    def __init__(self) -> None:
        self._copies: dict[str, RobotsCopy] = {}

    def find_robots(self, host: str) -> RobotsCopy | None:
        return self._copies.get(host)

    def save_robots(self, host: str, copy: RobotsCopy) -> None:
        self._copies[host] = copy
