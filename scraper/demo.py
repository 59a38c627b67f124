"""The whole job in half a minute: a fake newspaper on loopback is crawled, changes for two nights, is synced and shown.

Touches nothing but its own archive; another one at the same path is refused with UsageError.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from scraper.archive.open import open_archive
from scraper.archive.store import Archive
from scraper.console import results, text
from scraper.console.progress import show_progress
from scraper.errors import ArchiveError, UsageError, worst
from scraper.fakeboard import FakeBoard, FakeClock, FakeSite, play_night, serve
from scraper.fakeboard.night import Change
from scraper.fakeboard.traits import SkinName
from scraper.models import KST, Run
from scraper.sync.hosts import Manner
from scraper.sync.options import Options
from scraper.sync.session import Session

NAME = "가온시민신문"
_MARK = "데모"
"""Begins the name of every board of the demo; by it an archive is known as the demo's own."""
_BOARDS: tuple[tuple[str, SkinName, str, int, int], ...] = (
    ("opinion", "legacy", "오피니언", 48, 11),
    ("column", "gnuboard5", "사설·칼럼", 36, 12),
    ("voice", "rhymix", "독자마당", 24, 13),
)
_VERBS = {
    "post": "new posts",
    "back_date": "back-dated",
    "edit": "edited",
    "delete": "deleted",
    "swap_file": "files replaced",
    "pin": "pinned",
    "comment": "comments",
    "raise_hits": "with more hits",
}
_EVERYTHING = Options(recheck=timedelta(0))


def run_demo(db: Path, stop: threading.Event) -> int:
    """Run it; the exit code is the worst of its runs."""
    _make_room(db)
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    boards = [
        FakeBoard(slug, skin, posts=posts, seed=seed, clock=clock, name=name, page_size=12)
        for slug, skin, name, posts, seed in _BOARDS
    ]
    runs: list[Run] = []
    with serve(FakeSite(boards, clock=clock, name=NAME)) as server:
        text.say(f"{NAME}: a newspaper of three boards stands on {server.origin}, for this demo only.", "bold")
        with show_progress() as progress:
            session = Session(db, Manner(delay=0, allow_private=True), progress, stop, clock.now)
            for board in boards:
                runs += session.crawl([server.url(board.slug)], Options(), name=f"{_MARK} {board.name}")
        _headline("Day 1: everything is new", runs)
        _show_some(db)
        for night in (1, 2):
            changes = [change for board in boards for change in play_night(board, night)]
            with show_progress() as progress:
                session = Session(db, Manner(delay=0, allow_private=True), progress, stop, clock.now)
                tonight = session.sync([], _EVERYTHING)
            runs += tonight
            _headline(f"Night {night}: {_told(changes)}", tonight)
            _show_night(db, tonight)
    _show_end(db)
    return worst(run.exit_code for run in runs)


def _make_room(db: Path) -> None:
    """The demo begins with an empty archive; only its own may go for that."""
    if not db.exists() and not db.is_symlink():
        return
    refusal = UsageError(
        f"{db}: is there already and is not the demo's; name another file with --db, or go to another folder"
    )
    try:
        with open_archive(db, write=False) as archive:
            boards = archive.find_boards()
    except ArchiveError as error:
        raise refusal from error
    if not boards or not all(board.name.startswith(_MARK) and board.host.startswith("127.0.0.1:") for board in boards):
        raise refusal
    with open_archive(db, write=True):
        pass  # nobody else is at work on it
    for path in (db, *(db.with_name(db.name + ending) for ending in ("-wal", "-shm"))):
        with suppress(FileNotFoundError):
            path.unlink()


def _headline(title: str, runs: Sequence[Run]) -> None:
    text.say()
    text.say(title, "bold cyan")
    results.show_summary(runs)


def _told(changes: Sequence[Change]) -> str:
    counts = {word: sum(change.verb == verb for change in changes) for verb, word in _VERBS.items()}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count)


def _show_some(db: Path) -> None:
    with open_archive(db, write=False) as archive:
        rows = [
            (
                post["board"],
                post["number"],
                text.safe_text(post["title"], 56),
                post["author"],
                post["posted_date"],
                post["hits"],
            )
            for board in archive.find_boards()
            for post in archive.find_posts(board.id, 3)
        ]
        files = sum(status["files"] for status in archive.find_status())
        held = sum(status["posts"] for status in archive.find_status())
    text.say()
    text.say(f"{held} posts and {files} files are in {db}. The newest:")
    text.print_table(("board", "number", "title", "author", "posted", "hits"), rows, right=("number", "hits"))


def _show_night(db: Path, runs: Sequence[Run]) -> None:
    """Which posts the night changed, and how."""
    with open_archive(db, write=False) as archive:
        for edit in _edits(archive, {run.id for run in runs}):
            text.say(f"  edited   {text.safe_text(edit, 100)}")
        for board in archive.find_boards():
            for known in archive.find_known(board.id).values():
                if known.state in ("missing", "gone"):
                    text.say(f"  {known.state:8} {board.slug}/{known.key}  {text.safe_text(known.title, 80)}")


def _edits(archive: Archive, runs: set[int]) -> list[str]:
    found = []
    for board in archive.find_boards():
        for known in archive.find_known(board.id).values():
            versions = archive.find_versions(known.id) if known.version > 1 else []
            if versions and archive.find_capture(versions[-1]["article_capture_id"]).run_id in runs:
                old, new = versions[-2:]
                parts = [name for name in ("title", "author", "body_text", "files") if old[name] != new[name]]
                found.append(f"{board.slug}/{known.key}  {', '.join(parts).replace('_text', '')}: {known.title}")
    return found


def _show_end(db: Path) -> None:
    with open_archive(db, write=False) as archive:
        word = "도서관"
        hits = archive.find_matching(word, 1)
        edited = next(
            (
                f"{board.slug}/{known.key}"
                for board in archive.find_boards()
                for known in archive.find_known(board.id).values()
                if known.version > 1
            ),
            None,
        )
    text.say()
    text.say(f"A search for {word} finds, among others:", "bold cyan")
    results.show_hits(hits)
    where = "" if str(db) == "archive.db" else f" --db {db}"
    text.say()
    text.say("What to type next:", "bold cyan")
    for command in ("status", f"search {word}", f"history {edited}", "texts", "search 집계표", "verify --data"):
        text.say(f"  sinmungo {command}{where}")
    text.say("  sinmungo crawl --db paper.db URL      a board of a real newspaper")
