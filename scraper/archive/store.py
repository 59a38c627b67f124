"""The Archive: every way to write archive.db and to read it back, safe to call from several threads.

Contract: each save_*, start_* and finish_* is exactly one transaction, committed when it returns and undone when it
raises; none is ever left open. Errors: ArchiveError, FieldError, UnknownBoard.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import EllipsisType, TracebackType
from typing import Any, Literal

from sqlite_utils import Database

from scraper.archive import absences, boards, captures, listings, posts, runs, search, texts
from scraper.archive.border import translated
from scraper.archive.reader import Reader
from scraper.archive.rows import scalar
from scraper.errors import ArchiveError
from scraper.models import (
    Balance,
    Board,
    Counts,
    Exchange,
    Known,
    Listing,
    NumberMeaning,
    Post,
    PostOutcome,
    PostState,
    Row,
    Stretch,
    Unseen,
)


class Archive(Reader):
    """An open archive.db; made by ``open_archive``."""

    def __init__(self, db: Database, path: Path, *, writable: bool, release: Callable[[], None] | None = None) -> None:
        super().__init__(db, path)
        self.writable = writable
        self._release = release

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            with suppress(ArchiveError):
                self.close()

    def close(self) -> None:
        """Fold the WAL into the file, so that copying the file is safe, and free the lock. Closing again is fine."""
        release, self._release = self._release, None
        with self._lock:
            try:
                with translated(self.path):
                    if release is not None:
                        self.db.execute("PRAGMA optimize")
                        self.db.execute("PRAGMA busy_timeout = 1000")
                        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                self.db.close()
                if release is not None:
                    release()

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        with self._lock, translated(self.path):
            try:
                self.db.execute("BEGIN IMMEDIATE")
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                self._codecs.forget()
                with suppress(sqlite3.Error):
                    self.db.rollback()
                raise

    @contextmanager
    def refilling_index(self) -> Iterator[tuple[int, Iterator[int]]]:
        """Fill the search index again: the number of posts, and their ids as each is put in."""
        with self._writing() as db:
            filled = search.fill_all(db)
            yield scalar(db, "SELECT count(*) FROM posts"), filled
            deque(filled, maxlen=0)  # also what the caller did not wait for

    def save_robots(self, host: str, status: int | None, text: str, at: datetime) -> None:
        with self._writing() as db:
            boards.save_robots(db, host, status, text, at)

    def save_board(self, board: Board) -> Board:
        """Insert, or update the board of the same ``url``; its slug, once given, stays. A taken slug gets -2, -3 …"""
        with self._writing() as db:
            return boards.save_board(db, board)

    def save_board_facts(
        self,
        board_id: int,
        *,
        charset: str | None = None,
        declared_total: int | EllipsisType | None = ...,
        number_meaning: NumberMeaning | None = None,
        first_walk_done_at: datetime | None = None,
        layout: dict[str, Any] | None = None,
        engine: str | None = None,
    ) -> None:
        """Change what was learnt of a board; what is not given stays. With a layout, articles that could not be read
        are unread again."""
        with self._writing() as db:
            if layout is not None:
                captures.reopen(db, board_id)
            boards.save_board_facts(
                db,
                board_id,
                charset=charset,
                declared_total=declared_total,
                number_meaning=number_meaning,
                first_walk_done_at=first_walk_done_at,
                layout=layout,
                engine=engine,
            )

    def start_run(self, board_id: int, at: datetime) -> int:
        """A new run. One that a killed process left 'running' is closed as 'interrupted'."""
        with self._writing() as db:
            return runs.start_run(db, board_id, at)

    def finish_run(
        self,
        run_id: int,
        *,
        outcome: str,
        exit_code: int,
        counts: Counts,
        total: int | None,
        message: str | None,
        at: datetime,
        balance: Balance | None = None,
    ) -> None:
        with self._writing() as db:
            runs.finish_run(
                db,
                run_id,
                outcome=outcome,
                exit_code=exit_code,
                counts=counts,
                total=total,
                message=message,
                at=at,
                balance=balance,
            )

    def save_capture(
        self,
        run_id: int,
        exchange: Exchange,
        *,
        post_key: str | None = None,
        attachment_key: str | None = None,
        encode_with: int | None = None,
    ) -> int:
        """Keep one exchange: blob, capture, chain entry. ``encode_with``: a dictionary instead of the board's own."""
        with self._writing() as db:
            return captures.save_capture(
                db,
                self._codecs,
                run_id,
                exchange,
                post_key=post_key,
                attachment_key=attachment_key,
                encode_with=encode_with,
            )

    def save_outcome(self, capture_id: int, outcome: str) -> None:
        """What became of a capture: read, wall:login, gone, refused, superseded …"""
        with self._writing() as db:
            captures.save_outcome(db, capture_id, outcome)

    def save_listing(self, board_id: int, capture_id: int, listing: Listing, stretch: Stretch) -> list[Known]:
        """Rows, hits, coverage, total of one list page. Returns the posts known before as they were, in page order."""
        with self._writing() as db:
            return listings.save_listing(db, board_id, capture_id, listing, stretch)

    def save_listings(
        self, board_id: int, pages: Sequence[tuple[int, Listing, Stretch]], unseen: Unseen
    ) -> list[list[Known]]:
        """The list pages of a night (each with its capture), and what the last of them tells of posts not shown."""
        with self._writing() as db:
            known = [listings.save_listing(db, board_id, *page) for page in pages]
            listings.save_numbers(db, board_id, unseen.numbers)
            for key in unseen.absent:
                at = pages[-1][2].seen_at
                absences.save_absence(db, board_id, key, evidence="unlisted", at=at, confirm=False, capture_id=None)
            return known

    def save_key(self, board_id: int, old: str, new: str) -> bool:
        """A post turned out to have another key than its address; False when a post of that key is there already."""
        with self._writing() as db:
            return listings.save_key(db, board_id, old, new)

    def save_post(
        self,
        board_id: int,
        post: Post,
        *,
        capture_id: int,
        listing_capture_id: int | None,
        seen_at: datetime,
        parser_version: str,
        cause: Literal["source", "reparse"] = "source",
    ) -> tuple[PostOutcome, int]:
        """One reading of a post: ('new' | 'revised' | 'unchanged', post id)."""
        with self._writing() as db:
            reading = posts.Reading(capture_id, listing_capture_id, seen_at, parser_version, cause)
            return posts.save_post(db, board_id, post, reading)

    def save_refusal(
        self,
        board_id: int,
        key: str,
        *,
        state: Literal["blocked", "missing"] | None,
        outcome: str,
        reason: str,
        url: str,
        capture_id: int | None,
        at: datetime,
        shown: Row | None = None,
    ) -> None:
        """A post that could not be read. A post that was read before keeps its version, whatever the refusal.

        ``shown``: its list row, completed by what the refusing view tells.
        """
        with self._writing() as db:
            refusal = absences.Refusal(outcome, reason, url, capture_id, at, shown)
            absences.save_refusal(db, board_id, key, state, refusal)

    def save_absence(
        self,
        board_id: int,
        key: str,
        *,
        evidence: str,
        at: datetime,
        confirm: bool = False,
        capture_id: int | None = None,
    ) -> PostState:
        """A post that is not there: 'missing'; 'gone' when ``confirm`` and it was missing on an earlier KST day."""
        with self._writing() as db:
            return absences.save_absence(
                db, board_id, key, evidence=evidence, at=at, confirm=confirm, capture_id=capture_id
            )

    def save_text(
        self,
        blob_sha256: str,
        *,
        status: str,
        text: str | None,
        reason: str | None,
        reader: str,
        reader_version: int,
        at: datetime,
    ) -> None:
        """What one reading of a stored file gave, with its place in the index."""
        with self._writing() as db:
            texts.save_text(
                db,
                blob_sha256,
                status=status,
                text=text,
                reason=reason,
                reader=reader,
                reader_version=reader_version,
                at=at,
            )

    def remove_redacted_texts(self) -> int:
        """Take out the texts of files that hang on redacted posts only; returns how many."""
        with self._writing() as db:
            return texts.remove_redacted(db)
