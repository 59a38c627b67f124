"""Progress for whoever looks on: bars on a terminal, plain lines otherwise. Goes to stderr."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TypeVar

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from scraper.console.text import safe_text, size, stderr, warn
from scraper.models import Tick
from scraper.sync.said import many

T = TypeVar("T")

_PLAIN_EVERY = 5.0
"""Seconds between two plain lines of one phase."""


def show_progress(*, quiet: bool = False) -> Bars | Lines | Nothing:
    """Progress for whoever looks on: bars on a terminal, plain lines otherwise, nothing when quiet."""
    if quiet:
        return Nothing()
    return Bars() if stderr().is_terminal else Lines()


class Nothing:
    """Shows only what must be said."""

    def __enter__(self) -> Nothing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def tick(self, tick: Tick) -> None:
        pass

    def say(self, text: str) -> None:
        warn(safe_text(text))


class Lines(Nothing):
    """Plain lines: every page of the list, posts every few seconds, the end."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[str, float]] = {}
        """By board: the phase that was last told, and when."""

    def tick(self, tick: Tick) -> None:
        now = time.monotonic()
        phase, at = self._said.get(tick.board, ("", 0.0))
        if phase == tick.phase != "done" and now - at < _PLAIN_EVERY:
            return
        self._said[tick.board] = (tick.phase, now)
        if tick.phase == "listing":
            pages = many(tick.pages_total or tick.pages, "list page")
            done = f"{tick.pages} of {pages} read" if tick.pages_total else f"{pages} read"
            warn(f"{tick.board}: {done if tick.pages else 'reading its list'}")
        elif tick.phase == "articles":
            warn(f"{tick.board}: post {tick.posts}/{tick.posts_total or '?'}, {many(tick.files, 'file')}")
        elif tick.phase == "done":
            told = (many(tick.pages, "list page"), many(tick.posts, "post"), many(tick.files, "file"), size(tick.bytes))
            warn(f"{tick.board}: {', '.join(told)}")


class Bars(Nothing):
    """A bar for the list and one for the posts, with rate and time left."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            console=stderr(),
            transient=True,
        )
        self._tasks: dict[tuple[str, str], TaskID] = {}
        self._started: dict[str, float] = {}

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def tick(self, tick: Tick) -> None:
        if tick.phase == "done":
            for name in ("list", "posts"):
                task = self._tasks.pop((tick.board, name), None)
                if task is not None:
                    self._progress.remove_task(task)
            return
        started = self._started.setdefault(tick.board, time.monotonic())
        elapsed = max(time.monotonic() - started, 0.001)
        rate = f"{tick.requests / elapsed:.1f} requests/s" if tick.requests else ""
        if tick.pages or tick.phase == "listing":
            last = max(tick.pages, tick.pages_total or 0)  # page 1 is looked at once more at the end
            self._update(tick.board, "list", "pages", tick.pages, last, "", "")
        if tick.phase == "articles":
            note = f"{many(tick.files, 'file')}, {size(tick.bytes)}  {safe_text(tick.text, 30) if tick.text else ''}"
            self._update(tick.board, "posts", "posts", tick.posts, tick.posts_total, rate, note)

    def say(self, text: str) -> None:
        self._progress.console.print(Text(safe_text(text)))

    def _update(self, board: str, name: str, word: str, done: int, total: int | None, rate: str, note: str) -> None:
        task = self._tasks.get((board, name))
        if task is None:
            task = self._progress.add_task(f"{board} {word}", total=total, rate="", note="")
            self._tasks[board, name] = task
        self._progress.update(task, completed=done, total=total, rate=rate, note=note)


def counted(rows: Iterable[T], total: int, name: str, *, quiet: bool) -> Iterator[T]:
    """The rows themselves, with a bar on a terminal while they go by."""
    if quiet or not stderr().is_terminal:
        yield from rows
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr(), transient=True) as progress:
        yield from progress.track(rows, total=total, description=safe_text(name, 40))
