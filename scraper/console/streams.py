"""The two output streams of a command: a reader may hang up (``| head``) without stopping what goes on.

What is written after that goes nowhere, and the exit code is that of the work. Another trouble of the output (a full
disk) is told when the work is done: BadOutput or StorageFull.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from scraper.errors import BadOutput, StorageFull


class Unheard:
    """A text stream that outlives its reader."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.trouble: OSError | None = None
        """Why it could not be written, unless its reader just hung up."""

    def write(self, text: str) -> int:
        self._try(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        self._try(self._stream.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            self.trouble = error if error.errno != errno.EPIPE else None
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())  # also for what still waits to be written
            os.close(nowhere)


@contextmanager
def unheard() -> Iterator[None]:
    """stdout and stderr of this process, while a command runs. Raises BadOutput, StorageFull at its end."""
    before = [each or _nowhere() for each in (sys.stdout, sys.stderr)]
    out, err = (Unheard(stream) for stream in before)
    sys.stdout, sys.stderr = out, err
    try:
        yield
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before
        if out.trouble is not None:
            raise _said(out.trouble) from out.trouble


def _nowhere() -> TextIO:
    """For a stream that was closed before the command began."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _said(trouble: OSError) -> BadOutput | StorageFull:
    kind = StorageFull if trouble.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG) else BadOutput
    return kind(f"the output cannot be written: {trouble.strerror or trouble}")
