"""The night: hosts side by side, a poisoned one keeps nobody but itself; budgets and signals leave nothing half."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sync_world import differences
from web.faulty_server import FaultyServer, Line, Request, answer, send

from scraper.archive import open_archive
from scraper.errors import Interrupted
from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, serve
from scraper.models import KST, Run, Silent
from scraper.sync.hosts import Manner
from scraper.sync.leash import GRACE, BudgetSpent, Leash
from scraper.sync.night import Errand, NightEnded, side_by_side
from scraper.sync.options import Options
from scraper.sync.rhythm import silence
from scraper.sync.session import Session, in_turn

START = datetime(2026, 11, 20, 3, tzinfo=KST)
_BEGAN = time.monotonic()


class Press:
    """Several newspapers, each on a host of its own, and one archive."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.db = path / "archive.db"
        self._stack = stack
        self.boards: dict[str, FakeBoard] = {}
        self.servers: dict[str, FakeServer] = {}
        self.stop = threading.Event()

    def session(self, **manner: float | int) -> Session:
        kind = Manner(allow_private=True, **{"delay": 0, **manner})  # type: ignore[arg-type]
        return Session(self.db, kind, Silent(), self.stop, lambda: START + timedelta(seconds=time.monotonic() - _BEGAN))

    def open(self, *names: str, posts: int = 8) -> None:
        """A host with a board of each name, known to the archive and not yet read."""
        clock = FakeClock(START)
        boards = [FakeBoard(name, "gnuboard5", posts=posts, seed=len(name), clock=clock) for name in names]
        server = self._stack.enter_context(serve(FakeSite(boards, clock=clock)))
        for board in boards:
            assert self.session().add(server.url(board.slug), name=board.slug, agree=lambda look: True)
            self.boards[board.slug], self.servers[board.slug] = board, server
        server.clear_log()

    def poison(self, server: FaultyServer, like: str) -> None:
        """A board that stands on another server."""
        with open_archive(self.db, write=True) as archive:
            known = archive.find_board(like)
            url = known.url.replace(known.host, server.host)
            archive.save_board(replace(known, id=0, url=url, host=server.host, slug="poisoned", name="poisoned"))

    def sync(self, **manner: float | int) -> dict[str, Run]:
        return {run.board.slug: run for run in self.session(**manner).sync([], Options())}


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    with ExitStack() as stack:
        yield Press(tmp_path, stack)


def drip(line: Line, request: Request) -> None:
    line.send(answer(b"", length=1 << 20), *[b"<p>"] * 2000, gap=0.05)


def endless(line: Line, request: Request) -> None:
    line.send(b"HTTP/1.1 200 OK\r\n\r\n", *[b"<tr><td>1</td></tr>" * 50_000] * 50)


def hang(line: Line, request: Request) -> None:
    line.sock.settimeout(60)
    line.sock.recv(1)


BANNED = send(answer("<p>비정상적인 접근으로 차단되었습니다</p>".encode(), "403 Forbidden"))
PATIENCE = send(answer(b"", "503 Service Unavailable", b"Retry-After: 100"), keep_open=True)


@pytest.mark.parametrize(
    ("script", "outcomes"),
    [
        (drip, {"budget"}),
        (hang, {"budget"}),
        (PATIENCE, {"budget"}),
        (endless, {"unreachable"}),
        (BANNED, {"unreachable", "wall"}),
    ],
)
def test_a_poisoned_host_keeps_nobody_but_itself(
    press: Press, script: Callable[[Line, Request], None], outcomes: set[str]
) -> None:
    press.open("opinion", "notice")
    press.open("column")
    with FaultyServer(script, address="127.0.0.2") as server:
        press.poison(server, "column")
        started = time.monotonic()
        runs = press.sync(max_minutes=0.08)
        assert time.monotonic() - started < 15
    poisoned = runs.pop("poisoned")
    assert poisoned.outcome in outcomes, poisoned.message
    assert poisoned.exit_code == (0 if poisoned.outcome == "budget" else 5 if poisoned.outcome == "unreachable" else 4)
    if poisoned.outcome == "budget":
        assert "minutes is spent" in (poisoned.message or "")
        assert poisoned.waits is not None
        named = poisoned.waits.retry_after if script is PATIENCE else poisoned.waits.server
        assert named > 3
    assert {name: run.outcome for name, run in runs.items()} == dict.fromkeys(("opinion", "notice", "column"), "ok")
    assert all((run.finished_at or run.started_at) - run.started_at < timedelta(seconds=4.5) for run in runs.values())
    truth = [post for board in press.boards.values() for post in board.truth()]
    assert len(truth) == sum(run.counts.new + run.counts.secret for run in runs.values())


def test_hosts_run_side_by_side_and_boards_of_one_host_in_turn(press: Press) -> None:
    press.open("opinion", "notice")
    press.open("column")
    runs = press.sync(delay=0.1)
    spans = {name: (run.started_at, run.finished_at or run.started_at) for name, run in runs.items()}
    assert spans["opinion"][0] < spans["column"][1]
    assert spans["column"][0] < spans["opinion"][1]
    assert spans["opinion"][1] <= spans["notice"][0]
    assert [run.waits.pace > 0.5 for run in runs.values() if run.waits] == [True] * 3
    for request in press.servers["opinion"].log, press.servers["column"].log:
        assert sum(each.path == "/robots.txt" for each in request) <= 1  # one session with each host


def test_a_budget_of_requests_is_kept_and_later_nights_finish_the_work(press: Press) -> None:
    press.open("opinion", posts=30)
    server, board = press.servers["opinion"], press.boards["opinion"]
    outcomes = []
    for _ in range(30):
        server.clear_log()
        run = press.sync(max_requests=8)["opinion"]
        files = max((request.kind == "file" for request in server.log), default=0)
        assert len(server.log) <= 8 + 6 * (1 + files)
        assert run.exit_code == 0
        outcomes.append(run.outcome)
        if run.outcome == "ok":
            break
    assert outcomes[0] == "budget"
    assert outcomes[-1] == "ok"
    assert len(outcomes) > 3
    assert differences(press.db, board.truth()) == []


def test_the_post_in_hand_is_finished(press: Press) -> None:
    """However the budget ends, no article was read whose files were not asked for."""
    press.open("opinion", posts=20)
    press.sync(max_requests=9)
    with open_archive(press.db, write=False) as archive:
        board = archive.find_board("opinion")
        assert archive.find_unread_captures(board.id) == []
        states = {post.state for post in archive.find_known(board.id).values()}
    assert "unread" in states


def test_a_wish_to_stop_is_heard_by_every_host(press: Press) -> None:
    press.open("opinion", posts=30)
    press.open("column", posts=30)
    with FaultyServer(hang) as server:
        press.poison(server, "column")
        timer = threading.Timer(1.5, press.stop.set)
        timer.start()
        started = time.monotonic()
        with pytest.raises(NightEnded) as raised:
            press.sync(delay=0.2)
        assert time.monotonic() - started < 9
    assert {run.board.slug: run.outcome for run in raised.value.runs} == dict.fromkeys(
        ("opinion", "column", "poisoned"), "interrupted"
    )


def test_one_that_raises_does_not_end_the_others() -> None:
    done = []

    def fail() -> None:
        raise KeyError("a bug")

    def work() -> None:
        time.sleep(0.3)
        done.append(1)

    with pytest.raises(KeyError):
        side_by_side([Errand(Leash(), fail), Errand(Leash(), work)], threading.Event())
    assert done == [1]


class Hand:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_leash_lets_what_is_in_hand_be_finished() -> None:
    clock = Hand()
    leash = Leash(max_seconds=60, monotonic=clock)
    leash.begin()
    leash.rest()
    leash.hold()
    clock.now = 61
    leash.watch()
    assert not leash.stop.is_set()
    with pytest.raises(BudgetSpent):
        leash.rest()
    leash.watch()
    assert leash.stop.is_set()


def test_a_leash_ends_what_takes_too_long() -> None:
    clock = Hand()
    leash = Leash(max_seconds=60, monotonic=clock)
    leash.begin()
    leash.hold()
    clock.now = 61 + GRACE
    leash.watch()
    assert leash.stop.is_set()
    assert not leash.asked


def test_a_leash_that_is_pulled_ends_a_wait_at_once_and_a_post_later() -> None:
    waiting, working = Leash(), Leash()
    working.hold()
    waiting.ask()
    working.ask()
    assert (waiting.stop.is_set(), working.stop.is_set()) == (True, False)
    with pytest.raises(Interrupted):
        working.rest()


def test_the_board_that_waits_longest_comes_first(press: Press) -> None:
    press.open("opinion", "notice")
    with open_archive(press.db, write=False) as archive:
        boards = archive.find_boards()
    first, second = boards
    assert in_turn(boards, {first.id: START}) == [second, first]
    assert in_turn(boards, {second.id: START}) == [first, second]
    assert in_turn([first, first], {}) == [first]


def test_silence_is_judged_by_the_rhythm_of_the_board() -> None:
    end = date(2026, 11, 20)
    weekly = [end - timedelta(weeks=week) for week in range(60)]
    daily = [end - timedelta(days=day) for day in range(200) if (end - timedelta(days=day)).weekday() < 5]

    def improbable(days: list[date], later: int) -> bool:
        found = silence(days, end + timedelta(days=later))
        assert found is not None
        assert found.days == later
        return found.is_improbable

    assert [improbable(weekly, later) for later in (0, 7, 9, 30)] == [False, False, False, True]
    assert [improbable(daily, later) for later in (0, 3, 9)] == [False, False, True]
    assert silence(weekly[:5], end) is None
    assert silence([], end) is None
    future = [end + timedelta(days=400)]
    assert silence(weekly + future, end) == silence(weekly, end)
