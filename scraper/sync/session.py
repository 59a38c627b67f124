"""One command's work on one archive: open it, talk to the sites, run the boards, close it.

Raises SinmungoError for what ends the command as a whole; what ends one board only is in its Run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from scraper.archive.open import open_archive
from scraper.archive.store import Archive
from scraper.errors import BadConfig, NoArchive, UnknownBoard
from scraper.models import Board, Exchange, Progress, Run
from scraper.sync.add import Look, board_address, fetch_look
from scraper.sync.night import KeptRobots
from scraper.sync.options import Options
from scraper.sync.run import Tools, run_board
from scraper.urls import host_name, host_of
from scraper.web.fetch import Web, utcnow
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


@dataclass(frozen=True, slots=True)
class Session:
    """What every command that talks to sites is given."""

    db: Path
    manner: Manner
    progress: Progress
    stop: threading.Event
    clock: Callable[[], datetime] = utcnow

    def crawl(self, urls: Sequence[str], options: Options, *, name: str | None = None) -> list[Run]:
        """Add what is new, then archive each board whole."""
        addresses = [board_address(url) for url in urls]
        for address in addresses:
            check_manner(self.manner, address)
        robots = KeptRobots()
        looks: dict[str, Look] = {}
        if not self.db.exists():  # nothing is written before the first board is understood
            self._check_place()
            looks[addresses[0]] = self._look(addresses[0], robots, name)
        with self._writing() as archive:
            robots.attach(archive)
            runs = []
            for address in addresses:
                board, first = self._board(archive, address, looks.get(address), robots, name)
                known = bool(archive.find_first_walk_done_at(board.id))
                runs.append(
                    self._run(archive, robots, board, options if known else replace(options, whole=True), first)
                )
            return runs

    def add(self, url: str, *, name: str | None, agree: Callable[[Look], bool]) -> Board | None:
        """Get to know a board and store it, if ``agree`` says so. None when it does not."""
        address = board_address(url)
        check_manner(self.manner, address)
        robots = KeptRobots()
        look = self._look(address, robots, name)
        if not agree(look):
            return None
        with self._writing() as archive:
            robots.attach(archive)
            known = _known(archive, look.board.url)
            return known if known is not None else archive.save_board(look.board)

    def look(self, url: str) -> Look:
        """What is at an address; nothing is stored."""
        address = board_address(url)
        check_manner(self.manner, address)
        return self._look(address, KeptRobots(), None)

    def sync(self, names: Sequence[str], options: Options) -> list[Run]:
        """Bring these boards up to date, or all."""
        if not self.db.exists():
            raise NoArchive(f"{self.db}: there is no archive yet; 'sinmungo crawl URL' makes one")
        with self._writing() as archive:
            boards = [archive.find_board(name) for name in names] if names else archive.find_boards()
            if not boards:
                raise UnknownBoard(f"{self.db} holds no board yet; 'sinmungo crawl URL' adds one")
            for board in boards:
                check_manner(replace(self.manner, allow_private=board.allow_private), board.url)
            robots = KeptRobots()
            robots.attach(archive)
            ordered = sorted(boards, key=lambda board: board.host)
            return [
                self._run(archive, robots, board, options, ())
                for _, same in groupby(ordered, key=lambda board: board.host)
                for board in same
            ]

    def web(self, host: str, delay: float | None, *, private: bool, robots: KeptRobots) -> Web:
        """The way to one host."""
        wanted = self.manner.delay if self.manner.delay is not None else delay
        settings = WebSettings(
            delay=DELAY if wanted is None else wanted,
            contact=self.manner.contact,
            allow_private=frozenset({host}) if private else frozenset(),
        )
        return Web(settings, stop=self.stop, robots=robots, clock=self.clock)

    def _look(self, address: str, robots: KeptRobots, name: str | None) -> Look:
        private = self.manner.allow_private
        with self.web(host_of(address), None, private=private, robots=robots) as web:
            return fetch_look(web, address, name=name, allow_private=private)

    def _board(
        self, archive: Archive, address: str, look: Look | None, robots: KeptRobots, name: str | None
    ) -> tuple[Board, Sequence[Exchange]]:
        """The board at an address. A known one keeps its layout: detection is advice at add time only."""
        known = _known(archive, address) if look is None else None
        if known is not None:
            return known, ()
        look = look or self._look(address, robots, name)
        known = _known(archive, look.board.url)
        return (known, ()) if known is not None else (archive.save_board(look.board), look.exchanges)

    def _run(
        self, archive: Archive, robots: KeptRobots, board: Board, options: Options, first: Sequence[Exchange]
    ) -> Run:
        private = board.allow_private or self.manner.allow_private
        with self.web(board.host, board.delay, private=private, robots=robots) as web:
            tools = Tools(archive, web, self.stop, self.clock, self.progress)
            return run_board(tools, board, options, first)

    @contextmanager
    def _writing(self) -> Iterator[Archive]:
        with open_archive(self.db, write=True) as archive:
            yield archive

    def _check_place(self) -> None:
        if not self.db.absolute().parent.is_dir():
            raise BadConfig(f"{self.db}: the folder does not exist; make it first or name another file with --db")


def _known(archive: Archive, address: str) -> Board | None:
    try:
        return archive.find_board(address)
    except UnknownBoard:
        return None


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
