"""From the options of a command to the values that sync and the archive take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.errors import BadConfig

if TYPE_CHECKING:
    import threading

    from scraper.archive.store import Archive
    from scraper.sync.hosts import Manner
    from scraper.sync.options import Options
    from scraper.sync.session import Session


def session_of(
    db: Path,
    progress: Any,
    stop: threading.Event,
    delay: float | None,
    connections: int,
    contact: str | None,
    allow_private: bool,
) -> Session:
    """A session on the archive at ``db``; nothing is opened or asked for yet."""
    from scraper.sync.session import Session

    return Session(db, manner_of(delay, connections, contact, allow_private), progress, stop)


def manner_of(
    delay: float | None,
    connections: int,
    contact: str | None,
    allow_private: bool,
    max_requests: int | None = None,
    max_minutes: float | None = None,
) -> Manner:
    """How politely to ask hosts, and how much of them in one run."""
    from scraper.sync.hosts import Manner

    return Manner(delay, connections, contact, allow_private, max_requests, max_minutes)


def options_of(
    recheck: str | None, limit: int | None, since: datetime | None, until: datetime | None, confirm: bool
) -> Options:
    """What a run shall read; times become days (KST), as boards write them."""
    from scraper.sync.options import Options

    first, last = days_of(since, until)
    return Options(recheck=age_of(recheck), limit=limit, since=first, until=last, confirm=confirm)


def days_of(since: datetime | None, until: datetime | None, year: int | None = None) -> tuple[date | None, date | None]:
    """First and last day (KST) that were asked for. BadConfig for days that run backwards, a year beside days."""
    if year is None:
        first, last = day_of(since), day_of(until)
        if first and last and first > last:
            raise BadConfig(f"--since {first} is after --until {last}: no day lies between them")
        return first, last
    if since or until:
        raise BadConfig("--year has no meaning beside --since and --until")
    return date(year, 1, 1), date(year, 12, 31)


def expect_words(words: str) -> None:
    """Raises BadConfig for what was typed into a search, when it holds no word or is search syntax."""
    from scraper.archive.asking import find_syntax
    from scraper.archive.matching import match_query

    if match_query(words) is None:
        raise BadConfig(f"'{words}' holds no word to search for")
    piece = find_syntax(words)
    if piece == '"':
        raise BadConfig(f"'{words}' opens a double quote and does not close it: close it, or leave it out")
    if piece is not None:
        raise BadConfig(
            f"'{piece}' is search syntax, and a search takes words only: leave it out, put what shall be found as it "
            "stands into double quotes, and narrow with --board, --author, --year, --since or --until"
        )


def day_of(at: datetime | None) -> date | None:
    """A time that was typed as a day."""
    return at.date() if at else None


def age_of(text: str | None, option: str = "--recheck") -> timedelta | None:
    """An age like 36h, 7d or 4w; ``all`` is no time at all, for --recheck only. Raises BadConfig."""
    if text is None:
        return None
    if text == "all" and option == "--recheck":
        return timedelta(0)
    hours = {"h": 1, "d": 24, "w": 24 * 7}.get(text[-1:])
    if hours is None or not text[:-1].isdecimal() or len(text) > 6:
        other = ", or all" if option == "--recheck" else ""
        raise BadConfig(f"{option} {text}: an age like 36h, 7d or 4w is wanted{other}")
    return timedelta(hours=int(text[:-1]) * hours)


@contextmanager
def progressing(quiet: bool) -> Iterator[Any]:
    """The bars of a run on a terminal; nothing when ``quiet``."""
    from scraper.console.progress import show_progress

    with show_progress(quiet=quiet) as progress:
        yield progress


@contextmanager
def reading(db: Path) -> Iterator[Archive]:
    """The archive for reading only. Raises NoArchive when there is none, BadConfig when it holds nothing yet."""
    from scraper.archive.open import open_archive

    with open_archive(db, write=False) as archive:
        expect_boards(archive, db)
        yield archive


def expect_boards(archive: Archive, db: Path) -> None:
    """Raises BadConfig for an archive that holds nothing yet."""
    if not archive.find_boards():
        raise BadConfig(f"{db} holds no board yet: 'sinmungo crawl URL' archives one")
