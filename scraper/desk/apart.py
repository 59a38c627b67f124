"""Reading files in a process of its own, which may hang, fall or eat memory without harm to the archive.

Contract: an answer for every file within ``SECONDS``; a process that is late or gone is ended, and the next file gets
a new one. The process ends with its owner, however that ends.
"""

from __future__ import annotations

import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType

from scraper.filetext.read import READERS, current_version, given_up, read_file, reader_of
from scraper.filetext.values import FileText

SECONDS = 60.0
"""For one file."""
MEMORY = 2 << 30
"""Bytes of address space, where the system can bound it."""


class Apart:
    """Reads files one after another, as a context manager."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: multiprocessing.process.BaseProcess | None = None
        self._link: Connection | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def versions(self) -> dict[str, int]:
        """The version of each reader; 0 for one whose library is not installed."""
        return {name: current_version(name) for name in READERS}

    def read(self, content: bytes, name: str, mime: str | None) -> FileText:
        """The text of a file, and how its reading ended."""
        link = self._link or self._start()
        try:
            link.send((content, name, mime))
            if link.poll(self.seconds):
                found: FileText = link.recv()
                return found
        except (EOFError, OSError):
            self._end()
            return given_up("broken", reader_of(content, name, mime), "its reader broke down")
        self._end()
        late = f"it takes more than {self.seconds:g} seconds to read"
        return given_up("too large", reader_of(content, name, mime), late)

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        self._link, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.seconds), daemon=True)
        self._process.start()
        theirs.close()
        return self._link

    def _end(self) -> None:
        if self._process is not None and self._link is not None:
            self._link.close()
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._link = None


def _serve(link: Connection, seconds: float) -> None:
    """The life of the process: a file, an answer, until the owner closes its end."""
    import logging

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    _bound_memory()
    with suppress(EOFError, OSError):
        while True:
            content, name, mime = link.recv()
            if hasattr(signal, "setitimer"):  # if the owner was killed, nobody else ends a reader that hangs
                signal.setitimer(signal.ITIMER_REAL, seconds + 5)
            link.send(read_file(content, name, mime))
            if hasattr(signal, "setitimer"):
                signal.setitimer(signal.ITIMER_REAL, 0)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
