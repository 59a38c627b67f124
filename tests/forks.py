"""Commands of the real command line in forks of one process that has imported everything: a start costs milliseconds.

``python forks.py`` is that process. A line of JSON on its stdin starts a command, or asks for the end of one.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Fork:
    """One command that runs. ``pid`` stays its own until ``code`` was asked for."""

    nursery: Nursery
    pid: int
    said: Path
    """A name without its ending: what it printed lies beside each other as .out and .err."""

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"

    def code(self, within: float = 60) -> int:
        """Its exit code, or minus the signal that killed it."""
        until = time.monotonic() + within
        while self.running:
            assert time.monotonic() < until, f"still at work: {self.output()}"
            time.sleep(0.01)
        return int(self.nursery.tell(wait=self.pid))

    @property
    def out(self) -> str:
        """What it printed so far, but for complaints and progress."""
        return self.said.with_suffix(".out").read_text()

    @property
    def err(self) -> str:
        """What else it said so far."""
        return self.said.with_suffix(".err").read_text()

    def output(self) -> str:
        """Both."""
        return self.out + self.err

    def clear(self) -> None:
        """Forget what it printed."""
        for path in self.said.parent.glob(f"{self.said.name}.*"):
            path.unlink()

    def took(self) -> float:
        """Seconds from its first to its last instruction, but for those in which other processes had the processor."""
        return float(self.said.with_suffix(".took").read_text())


class Nursery:
    """Starts commands; close it at the end (``with``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "COLUMNS": "120"}
        for name in ("SINMUNGO_DB", "SINMUNGO_CONTACT", "SINMUNGO_PING_URL"):
            environment.pop(name, None)
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(30) == 0

    def start(
        self,
        *words: str,
        at: datetime | None = None,
        die: int = 0,
        before: bool = False,
        settings: dict[str, Any] | None = None,
    ) -> Fork:
        """A command. ``at``: its clock begins there; ``die``: SIGKILL at so many commits, just after or ``before``;
        ``settings``: WebSettings that no option sets."""
        self._count += 1
        said = self._folder / f"said-{self._count}"
        pid = self.tell(
            words=words, folder=str(self._folder), said=str(said), at=at.isoformat() if at else None, die=die,
            before=before, settings=settings or {},
        )  # fmt: skip
        return Fork(self, int(pid), said)

    def run(self, *words: str, at: datetime | None = None) -> tuple[int, str]:
        """A command to its end: its code, and what it printed."""
        fork = self.start(*words, at=at)
        return fork.code(), fork.output()

    def tell(self, **order: Any) -> str:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


class _Clock:
    """The machine's time, or one that begins when it is told to."""

    ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def _nurse() -> None:
    from scraper.web import fetch

    clock = _Clock()
    fetch.utcnow = clock
    import typer.main

    import scraper.commands.night
    import scraper.console.results
    import scraper.console.summary
    import scraper.sync.session
    from cli import app

    rooms = (scraper.commands.boards, scraper.commands.gathering, scraper.commands.night)
    typer.main.get_command = cache(typer.main.get_command)
    assert scraper.console.results and scraper.console.summary and scraper.sync.session
    with redirect_stderr(StringIO()), suppress(SystemExit):
        app(["sync", "--db", "/dev/null/archive.db"], prog_name="sinmungo")
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer = os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
        else:
            signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
            answer = os.fork()
            if not answer:
                break
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        print(answer, flush=True)
    else:
        return
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    said = Path(order["said"])
    for number, ending in ((1, ".out"), (2, ".err")):
        os.dup2(os.open(said.with_suffix(ending), os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.chdir(order["folder"])
    if order["at"]:
        clock.ahead = datetime.fromisoformat(order["at"]) - clock()
        for room in rooms:
            if hasattr(room, "datetime"):
                room.datetime = _moved(clock)
    if order["settings"]:
        _set(order["settings"])
    if order["die"]:
        _die_at(order["die"], order["before"])
    began = _own_time()
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    except KeyboardInterrupt:  # it came before there was a command
        os._exit(130)
    try:
        app(order["words"], prog_name="sinmungo")
    except SystemExit as end:
        took = _own_time() - began
        said.with_suffix(".took").write_text(f"{took:.3f}")
        _leave(int(end.code or 0))


def _moved(clock: _Clock) -> type[datetime]:
    class Moved(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock().astimezone(tz)

    return Moved


def _set(settings: dict[str, Any]) -> None:
    import scraper.sync.hosts
    from scraper.web.settings import WebSettings

    settings = {name: frozenset(each) if isinstance(each, list) else each for name, each in settings.items()}
    scraper.sync.hosts.WebSettings = lambda **own: WebSettings(**{**own, **settings})  # type: ignore[misc,assignment]


def _own_time() -> float:
    """Seconds that go on while the main thread works or waits, and stand still while it is kept from working."""
    while True:
        kept_from, now, after = _kept_from(), time.monotonic(), _kept_from()
        if kept_from == after:
            return now - kept_from


def _kept_from() -> float:
    return int(Path("/proc/self/schedstat").read_text().split()[1]) / 1e9


def _leave(code: int) -> None:
    """What an interpreter does at its end, but for taking apart everything that was imported: half a second."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _die_at(commits: int, before: bool) -> None:
    from sqlite_utils import Database

    execute, left = Database.execute, commits

    def counting(self: Database, sql: str, *rest: Any) -> Any:
        nonlocal left
        left -= sql == "COMMIT"
        if not left and before:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = execute(self, sql, *rest)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    Database.execute = counting  # type: ignore[method-assign]


if __name__ == "__main__":
    _nurse()
