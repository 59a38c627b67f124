"""One command's work on one archive: open it, talk to the sites, run the boards, close it.

Raises SinmungoError for what ends the command as a whole; what ends one board only is in its Run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from scraper.archive.open import open_archive
from scraper.archive.store import Archive
from scraper.errors import BadConfig, NoArchive, UnknownBoard
from scraper.models import Ask, Board, Exchange, Progress, Run
from scraper.sync.add import Look, board_address, fetch_look
from scraper.sync.options import Options
from scraper.sync.robots import KeptRobots
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
        looks: dict[str, Look] = {}
        with self._sites() as sites:
            if not self.db.exists():  # nothing is written before the first board is understood
                self._check_place()
                looks[addresses[0]] = self._look(sites, addresses[0], name)
            with open_archive(self.db, write=True) as archive:
                sites.robots.attach(archive)
                runs = []
                for address in addresses:
                    board, first = self._board(archive, sites, address, looks.get(address), name)
                    known = archive.find_first_walk_done_at(board.id) is not None
                    wanted = options if known else replace(options, whole=True)
                    runs.append(self._run(archive, sites, board, wanted, first))
                return runs

    def add(
        self, url: str, *, name: str | None, agree: Callable[[Look], bool], unsure: bool = False
    ) -> Board | None:
        """Get to know a board and store it, if ``agree`` says so. None when it does not.

        ``unsure``: ``agree`` asks a person, who may accept what is not sure.
        """
        address = board_address(url)
        check_manner(self.manner, address)
        with self._sites() as sites:
            look = self._look(sites, address, name, unsure=unsure)
            if not agree(look):
                return None
            with open_archive(self.db, write=True) as archive:
                sites.robots.attach(archive)
                known = _known(archive, look.board.url)
                return known if known is not None else archive.save_board(look.board)

    def fetch(self, url: str) -> Exchange:
        """One page; nothing is stored."""
        address = board_address(url)
        check_manner(self.manner, address)
        with self._sites() as sites:
            web = sites.web(host_of(address), None, private=self.manner.allow_private)
            return web.fetch(Ask(address, "listing"))

    def sync(self, names: Sequence[str], options: Options) -> list[Run]:
        """Bring these boards up to date, or all. Boards of one host follow each other in one session with it."""
        if not self.db.exists():
            raise NoArchive(f"{self.db}: there is no archive yet; 'sinmungo crawl URL' makes one")
        with open_archive(self.db, write=True) as archive, self._sites() as sites:
            boards = [archive.find_board(name) for name in names] if names else archive.find_boards()
            if not boards:
                raise UnknownBoard(f"{self.db} holds no board yet; 'sinmungo crawl URL' adds one")
            for board in boards:
                check_manner(replace(self.manner, allow_private=board.allow_private), board.url)
            sites.robots.attach(archive)
            return [
                self._run(archive, sites, board, options, ()) for board in sorted(boards, key=lambda each: each.host)
            ]

    @contextmanager
    def _sites(self) -> Iterator[_Sites]:
        sites = _Sites(self)
        try:
            yield sites
        finally:
            sites.close()

    def _look(self, sites: _Sites, address: str, name: str | None, *, unsure: bool = False) -> Look:
        private = self.manner.allow_private
        web = sites.web(host_of(address), None, private=private)
        look = fetch_look(web, address, name=name, allow_private=private, unsure=unsure)
        delay = self.manner.delay if self.manner.delay is not None and self.manner.delay >= 1 else None
        return replace(look, board=replace(look.board, delay=delay))

    def _board(
        self, archive: Archive, sites: _Sites, address: str, look: Look | None, name: str | None
    ) -> tuple[Board, Sequence[Exchange]]:
        """The board at an address. A known one keeps its layout: detection is advice at add time only."""
        known = _known(archive, address) if look is None else None
        if known is not None:
            return known, ()
        look = look or self._look(sites, address, name)
        known = _known(archive, look.board.url)
        return (known, ()) if known is not None else (archive.save_board(look.board), look.exchanges)

    def _run(self, archive: Archive, sites: _Sites, board: Board, options: Options, first: Sequence[Exchange]) -> Run:
        private = board.allow_private or self.manner.allow_private
        web = sites.web(board.host, board.delay, private=private)
        return run_board(Tools(archive, web, self.stop, self.clock, self.progress), board, options, first)

    def _check_place(self) -> None:
        if not self.db.absolute().parent.is_dir():
            raise BadConfig(f"{self.db}: the folder does not exist; make it first or name another file with --db")


class _Sites:
    """The hosts of one command: one way to each, so that its pace and its cookies hold for all that is asked of it."""

    def __init__(self, session: Session) -> None:
        self.robots = KeptRobots()
        self._session = session
        self._webs: dict[str, Web] = {}

    def web(self, host: str, delay: float | None, *, private: bool) -> Web:
        """The way to one host. ``delay`` is the site's own; what was typed wins."""
        if host not in self._webs:
            manner = self._session.manner
            wanted = manner.delay if manner.delay is not None else delay
            settings = WebSettings(
                delay=DELAY if wanted is None else wanted,
                contact=manner.contact,
                allow_private=frozenset({host}) if private else frozenset(),
            )
            self._webs[host] = Web(settings, stop=self._session.stop, robots=self.robots, clock=self._session.clock)
        return self._webs[host]

    def close(self) -> None:
        for web in self._webs.values():
            web.close()


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
