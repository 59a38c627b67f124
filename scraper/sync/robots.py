"""robots.txt between runs: where the way to the network finds what it fetched before."""

from __future__ import annotations

from scraper.archive.store import Archive
from scraper.web.settings import RobotsCopy


class KeptRobots:
    """robots.txt copies in the archive, 24 hours long; in memory as long as there is none."""

    def __init__(self) -> None:
        self._copies: dict[str, RobotsCopy] = {}
        self._archive: Archive | None = None

    def attach(self, archive: Archive) -> None:
        """From now on in the archive; what was fetched before goes there too."""
        self._archive = archive
        for host, copy in self._copies.items():
            archive.save_robots(host, copy.status, copy.text, copy.fetched_at)

    def find_robots(self, host: str) -> RobotsCopy | None:
        if host in self._copies or self._archive is None:
            return self._copies.get(host)
        found = self._archive.find_robots(host)
        return RobotsCopy(*found) if found else None

    def save_robots(self, host: str, copy: RobotsCopy) -> None:
        self._copies[host] = copy
        if self._archive is not None:
            self._archive.save_robots(host, copy.status, copy.text, copy.fetched_at)
