"""What can go wrong, and the exit code that tells cron.

    SinmungoError
    ├── UsageError 2          UnknownBoard, BadLayout, BadConfig, NoArchive, BadOutput
    ├── FetchError(url) 5     Unreachable, ServerFailed(retry_after), Refused, Gone, TooLarge, Truncated, ProtocolBroken
    │                         RobotsDenied 8, AddressDenied 8
    ├── PageError(url) 4      Undecodable, Walled, LayoutChanged(selector, wanted, found), UnknownLayout
    ├── FieldError(field, raw) 4
    ├── ArchiveError 7        ArchiveTooNew, ArchiveDamaged, StorageFull; ArchiveBusy 75; DamageFound 6
    └── Interrupted 130       by SIGINT; 143 by SIGTERM

A message is one sentence: what, where, and what to do next where there is something to do.
"""

from __future__ import annotations

from collections.abc import Iterable

WORST_FIRST = (1, 143, 130, 7, 6, 4, 9, 5, 8, 3, 75, 2, 0)


def worst(codes: Iterable[int]) -> int:
    """The exit code of several boards: the worst of theirs (DESIGN: 1 7 6 4 9 5 8 3 75 0)."""
    return min(codes, key=WORST_FIRST.index, default=0)


class SinmungoError(Exception):
    """Anything that we foresaw. ``exit_code`` is what the command line ends with, ``next_step`` what may help then."""

    exit_code = 1
    next_step: str | None = None


class UsageError(SinmungoError):
    """The command cannot be carried out as it was typed."""

    exit_code = 2


class UnknownBoard(UsageError):
    """No board of that name or address in the archive."""


class BadLayout(UsageError):
    """A layout file breaks the schema."""


class BadConfig(UsageError):
    """An option or environment variable has no meaning."""


class NoArchive(UsageError):
    """A reading command finds no archive."""


class BadOutput(UsageError):
    """A path that cannot be written."""


class FetchError(SinmungoError):
    """A request brought no usable answer."""

    exit_code = 5

    def __init__(self, message: str, url: str) -> None:
        super().__init__(message)
        self.url = url
        self.asked = True
        """Not so when the host is left alone for the rest of this run: nothing is known of this address."""


class Unreachable(FetchError):
    """No connection: name not found, refused, timed out, TLS failed."""

    next_step = "check the address, or try again later"


class ServerFailed(FetchError):
    """429 or 5xx. ``retry_after`` in seconds when the server named it."""

    next_step = "try again later"

    def __init__(self, message: str, url: str, status: int, retry_after: float | None = None) -> None:
        super().__init__(message, url)
        self.status = status
        self.retry_after = retry_after


class Refused(FetchError):
    """401, 403, 451 or another 4xx that is not Gone; or a download answered by a page."""

    next_step = "open the address in a browser to see whether it wants a login"

    def __init__(self, message: str, url: str, status: int) -> None:
        super().__init__(message, url)
        self.status = status


class Gone(FetchError):
    """404 or 410, or a page that says so."""

    next_step = "open the address in a browser to see where the board is now"

    def __init__(self, message: str, url: str, status: int) -> None:
        super().__init__(message, url)
        self.status = status


class TooLarge(FetchError):
    """More bytes than the cap, or a compression ratio over it."""


class Truncated(FetchError):
    """The answer ended before its end."""

    next_step = "try again later"


class ProtocolBroken(FetchError):
    """Not HTTP as we can read it; a redirect to nowhere; too many redirects."""


class RobotsDenied(FetchError):
    """robots.txt forbids the address, or answers 5xx or 429."""

    exit_code = 8
    next_step = "ask the site's owner for leave"


class AddressDenied(FetchError):
    """The name leads to an address that is not public."""

    exit_code = 8


class PageError(SinmungoError):
    """A page arrived and cannot be used."""

    exit_code = 4

    def __init__(self, message: str, url: str) -> None:
        super().__init__(message)
        self.url = url


class Undecodable(PageError):
    """Not text in any charset, or not HTML."""

    next_step = "the address of a board's list is wanted"


class Walled(PageError):
    """A page that stands in the way: login, ban, captcha, maintenance. ``wall`` names the kind."""

    next_step = "open the address in a browser to see it"

    def __init__(self, message: str, url: str, wall: str) -> None:
        super().__init__(message, url)
        self.wall = wall


class UnknownLayout(PageError):
    """No layout fits the page."""

    def __init__(self, message: str, url: str, next_step: str | None = None) -> None:
        super().__init__(message, url)
        self.next_step = next_step


class LayoutChanged(PageError):
    """A layout no longer fits: ``selector`` wanted so many, found so many."""

    def __init__(self, url: str, selector: str, wanted: str, found: str) -> None:
        super().__init__(f"{url}: the layout no longer fits: {selector} should match {wanted}, found {found}", url)
        self.selector = selector
        self.wanted = wanted
        self.found = found


class FieldError(SinmungoError):
    """A value that cannot be what its place says."""

    exit_code = 4

    def __init__(self, field: str, raw: str) -> None:
        super().__init__(f"{field}: cannot be read from {raw!r}")
        self.field = field
        self.raw = raw


class ArchiveError(SinmungoError):
    """The database."""

    exit_code = 7


class ArchiveTooNew(ArchiveError):
    """Written by a later version of sinmungo."""


class ArchiveDamaged(ArchiveError):
    """Not a database, not ours, a directory, no permission, or broken."""


class StorageFull(ArchiveError):
    """No space left."""


class ArchiveBusy(ArchiveError):
    """Another run writes to it."""

    exit_code = 75


class DamageFound(ArchiveError):
    """verify found records that do not match their hashes."""

    exit_code = 6


class Interrupted(SinmungoError):
    """A signal asked us to stop. What is stored stays and the next run goes on from there, unless ``told`` differs."""

    def __init__(self, signal_number: int, told: str = "the next run goes on from here") -> None:
        super().__init__(f"interrupted: {told}")
        self.exit_code = 128 + signal_number
