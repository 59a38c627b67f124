"""One command's work on one archive: open it, talk to the sites, run the boards, close it.

Raises SinmungoError for what ends the command as a whole; what ends one board only is in its Run.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scraper.archive.open import open_archive
from scraper.archive.store import Archive
from scraper.errors import BadConfig, Interrupted, NoArchive, UnknownBoard
from scraper.models import Ask, Board, Exchange, Progress, Run
from scraper.page.layout import Layout
from scraper.sync.add import Look, board_address, fetch_look
from scraper.sync.hosts import Hosts, Manner, Way, check_manner
from scraper.sync.night import Errand, NightEnded, side_by_side
from scraper.sync.options import Options
from scraper.sync.relayout import fetch_look_by
from scraper.sync.repair import Repair, repair_board
from scraper.sync.run import Tools, run_board
from scraper.urls import host_of
from scraper.web.fetch import utcnow

_NEVER = datetime.min.replace(tzinfo=UTC)


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
        with self._hosts() as hosts:
            if not self.db.exists():  # nothing is written before the first board is understood
                self._check_place()
                looks[addresses[0]] = self._look(hosts, addresses[0], name)
            with open_archive(self.db, write=True) as archive:
                hosts.robots.attach(archive)
                runs: list[Run] = []
                for address in addresses:
                    board, first = self._board(archive, hosts, address, looks.get(address), name)
                    known = archive.find_first_walk_done_at(board.id) is not None
                    wanted = options if known else replace(options, whole=True)
                    runs += self._night(archive, hosts, [board], wanted, first, done=runs)
                return runs

    def add(
        self,
        url: str,
        *,
        name: str | None,
        agree: Callable[[Look], bool],
        unsure: bool = False,
        layout: Layout | None = None,
    ) -> Board | None:
        """Get to know a board and store it, if ``agree`` says so. None when it does not.

        ``unsure``: ``agree`` asks a person, who may accept what is not sure. ``layout``: how it is to be read.
        """
        address = board_address(url)
        check_manner(self.manner, address)
        with self._hosts() as hosts:
            look = self._look(hosts, address, name, unsure=unsure, layout=layout)
            if not agree(look):
                return None
            with open_archive(self.db, write=True) as archive:
                hosts.robots.attach(archive)
                known = _known(archive, look.board.url)
                if known is not None and layout is not None:
                    raise BadConfig(
                        f"{known.url} is already stored; 'sinmungo layout {known.slug} --edit FILE' changes its layout"
                    )
                return known if known is not None else archive.save_board(look.board)

    def draft(self, url: str) -> Layout | None:
        """The layout that reads the board at an address, however surely; nothing is stored. Raises UnknownLayout."""
        address = board_address(url)
        check_manner(self.manner, address)
        with self._hosts() as hosts:
            return self._look(hosts, address, None, unsure=True).detection.layout

    def repair(self, name: str, *, force: bool, agree: Callable[[Repair], bool], asking: bool) -> Repair:
        """Find another layout for a board that its own does not fit any more. ``asking``: ``agree`` asks a person."""
        if not self.db.exists():
            raise NoArchive(f"{self.db}: there is no archive yet; 'sinmungo crawl URL' makes one")
        with open_archive(self.db, write=True) as archive, self._hosts() as hosts:
            board = archive.find_board(name)
            check_manner(replace(self.manner, allow_private=board.allow_private), board.url)
            hosts.robots.attach(archive)
            way = hosts.way(board.host, board.delay, private=self.manner.allow_private or board.allow_private)
            return repair_board(
                archive,
                way.web,
                board,
                self.clock,
                lambda work: side_by_side([Errand(way.leash, work)], self.stop)[0],
                force=force,
                agree=agree,
                asking_somebody=asking,
            )

    def fetch(self, url: str) -> Exchange:
        """One page; nothing is stored."""
        address = board_address(url)
        check_manner(self.manner, address)
        with self._hosts() as hosts:
            way = hosts.way(host_of(address), None, private=self.manner.allow_private)
            return side_by_side([Errand(way.leash, lambda: way.web.fetch(Ask(address, "listing")))], self.stop)[0]

    def sync(self, names: Sequence[str], options: Options) -> list[Run]:
        """Bring these boards up to date, or all: hosts side by side, boards of one host one after the other.

        Raises NightEnded, with the runs that began, when a signal ended it early.
        """
        if not self.db.exists():
            raise NoArchive(f"{self.db}: there is no archive yet; 'sinmungo crawl URL' makes one")
        with open_archive(self.db, write=True) as archive, self._hosts() as hosts:
            boards = [archive.find_board(name) for name in names] if names else archive.find_boards()
            if not boards:
                raise UnknownBoard(f"{self.db} holds no board yet; 'sinmungo crawl URL' adds one")
            for board in boards:
                check_manner(replace(self.manner, allow_private=board.allow_private), board.url)
            hosts.robots.attach(archive)
            hosts.heed(archive.find_boards())
            return self._night(archive, hosts, in_turn(boards, archive.find_successes()), options)

    @contextmanager
    def _hosts(self) -> Iterator[Hosts]:
        hosts = Hosts(self.manner, self.clock)
        try:
            yield hosts
        finally:
            hosts.close()

    def _look(
        self, hosts: Hosts, address: str, name: str | None, *, unsure: bool = False, layout: Layout | None = None
    ) -> Look:
        private = self.manner.allow_private
        way = hosts.way(host_of(address), None, private=private)

        def looking() -> Look:
            if layout is not None:
                return fetch_look_by(way.web, address, layout, name=name, allow_private=private)
            return fetch_look(way.web, address, name=name, allow_private=private, unsure=unsure)

        look = side_by_side([Errand(way.leash, looking)], self.stop)[0]
        delay = self.manner.delay if self.manner.delay is not None and self.manner.delay >= 1 else None
        return replace(look, board=replace(look.board, delay=delay))

    def _board(
        self, archive: Archive, hosts: Hosts, address: str, look: Look | None, name: str | None
    ) -> tuple[Board, Sequence[Exchange]]:
        """The board at an address. A known one keeps its layout: detection is advice at add time only."""
        known = _known(archive, address) if look is None else None
        if known is not None:
            return known, ()
        look = look or self._look(hosts, address, name)
        known = _known(archive, look.board.url)
        return (known, ()) if known is not None else (archive.save_board(look.board), look.exchanges)

    def _night(
        self,
        archive: Archive,
        hosts: Hosts,
        boards: Sequence[Board],
        options: Options,
        first: Sequence[Exchange] = (),
        done: Sequence[Run] = (),
    ) -> list[Run]:
        """The runs of these boards, in their order; ``done`` ran before them."""
        runs: dict[int, Run] = {}
        by_host: dict[str, list[Board]] = {}
        for board in boards:
            by_host.setdefault(board.host, []).append(board)

        def of_host(way: Way, of_it: Sequence[Board]) -> None:
            tools = Tools(archive, way.web, way.leash.stop, self.clock, self.progress, way.leash)
            for board in of_it:
                try:
                    runs[board.id] = run_board(tools, board, options, first)
                except Interrupted:
                    runs[board.id] = archive.find_runs(board.id, 1)[0]
                    raise

        errands = []
        for host, of_it in by_host.items():
            private = self.manner.allow_private or any(board.allow_private for board in of_it)
            way = hosts.way(host, of_it[0].delay, private=private)
            errands.append(Errand(way.leash, partial(of_host, way, of_it)))
        try:
            side_by_side(errands, self.stop)
        except Interrupted as error:
            began = [runs[board.id] for board in boards if board.id in runs]
            raise NightEnded(error.exit_code - 128, (*done, *began)) from error
        return [runs[board.id] for board in boards]

    def _check_place(self) -> None:
        if not self.db.absolute().parent.is_dir():
            raise BadConfig(f"{self.db}: the folder does not exist; make it first or name another file with --db")


def _known(archive: Archive, address: str) -> Board | None:
    try:
        return archive.find_board(address)
    except UnknownBoard:
        return None


def in_turn(boards: Sequence[Board], successes: Mapping[int, datetime]) -> list[Board]:
    """By host; of one host first the board that waits longest, so that a small budget reaches every one in time."""
    distinct = {board.id: board for board in boards}.values()
    return sorted(distinct, key=lambda board: (board.host, successes.get(board.id, _NEVER), board.id))
