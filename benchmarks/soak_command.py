"""The real command line, a process for each command: forks of one process that has imported everything.

``python soak_command.py`` is that process. Its clock begins when it is told to; waits that would only take the
machine's time are short: the gaps between tries, and how long a silent server is waited for.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HASTE = {"backoff": 0.001, "read_timeout": 0.8, "page_deadline": 1.6, "file_deadline": 3.0}
"""Seconds of WebSettings."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended. ``code`` is minus the signal that killed it."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out) if self.out.strip() else None


class Commands:
    """Runs commands in one folder; close it at the end (``with``)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "COLUMNS": "120"}
        for name in ("SINMUNGO_DB", "SINMUNGO_CONTACT", "SINMUNGO_PING_URL"):
            environment.pop(name, None)
        words = [sys.executable, __file__]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True, cwd=folder
        )

    def __enter__(self) -> Commands:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)

    def start(self, *words: str, at: datetime) -> int:
        """A command whose clock begins ``at``; its process."""
        return int(self._tell({"words": words, "at": at.isoformat()}))

    def end(self, pid: int, within: float = 120) -> Ended:
        """Wait for a command. Raises TimeoutError."""
        until = time.monotonic() + within
        while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            if time.monotonic() > until:
                raise TimeoutError(f"{pid} is still at work")
            time.sleep(0.005)
        code = int(self._tell({"wait": pid}))
        out, err = (self.folder / name for name in (f"out-{pid}", f"err-{pid}"))
        ended = Ended(code, out.read_text(), err.read_text())
        out.unlink(), err.unlink()
        return ended

    def run(self, *words: str, at: datetime) -> Ended:
        """A command to its end."""
        return self.end(self.start(*words, at=at))

    def _tell(self, order: dict[str, Any]) -> str:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


class _Clock:
    """The machine's time, moved."""

    ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def _serve() -> None:
    from scraper.web import fetch

    clock = _Clock()
    fetch.utcnow = clock
    import typer.main

    import scraper.commands.boards
    import scraper.commands.gathering
    import scraper.console.results
    import scraper.console.summary
    import scraper.sync.hosts
    import scraper.sync.session
    from cli import app

    for room in (scraper.commands.boards, scraper.commands.gathering, scraper.commands.night):
        if hasattr(room, "datetime"):
            room.datetime = _moved(clock)
    scraper.sync.hosts.WebSettings = partial(scraper.sync.hosts.WebSettings, **HASTE)
    typer.main.get_command = cache(typer.main.get_command)
    with redirect_stderr(StringIO()), suppress(SystemExit):
        app(["sync", "--db", "/dev/null/archive.db"], prog_name="sinmungo")
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer = os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
        else:
            answer = os.fork()
            if not answer:
                break
        print(answer, flush=True)
    else:
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{name}-{os.getpid()}", os.O_WRONLY | os.O_CREAT, 0o600), number)
    clock.ahead = datetime.fromisoformat(order["at"]) - clock()
    app(order["words"], prog_name="sinmungo")


def _moved(clock: _Clock) -> type[datetime]:
    class Moved(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock().astimezone(tz)

    return Moved


if __name__ == "__main__":
    _serve()
