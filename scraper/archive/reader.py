"""Everything that can be read from an open archive.db, safe to call from several threads.

Contract: one connection behind one lock, given to one call at a time; no transaction is left open. Errors:
ArchiveError, UnknownBoard. Planning gets the frozen values of scraper.models; showing gets records of all columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from threading import RLock

from sqlite_utils import Database

from scraper.archive import absences, audit, blobs, boards, captures, query, readings, released, runs, search, texts
from scraper.archive.border import translated
from scraper.archive.months import Month, find_months
from scraper.archive.rows import Find, select
from scraper.archive.values import Record
from scraper.models import Balance, Board, Capture, Kind, Known, Page, Run, Stretch, Tally


class Reader:
    """The finding half of an Archive."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path
        self._lock = RLock()
        self._codecs = blobs.Codecs()

    @contextmanager
    def _reading(self) -> Iterator[Database]:
        with self._lock, translated(self.path):
            yield self.db

    def find_robots(self, host: str) -> tuple[int | None, str, datetime] | None:
        """Status (None: no answer), text and time of the copy of a host's robots.txt."""
        with self._reading() as db:
            return boards.find_robots(db, host)

    def find_board(self, name_or_url: str) -> Board:
        """By slug, address or name. UnknownBoard lists the slugs there are."""
        with self._reading() as db:
            return boards.find_board(db, name_or_url)

    def find_boards(self) -> list[Board]:
        with self._reading() as db:
            return boards.find_boards(db)

    def find_first_walk_done_at(self, board_id: int) -> datetime | None:
        """When the board was first walked to its end; None while that is owed."""
        with self._reading() as db:
            return boards.find_first_walk_done_at(db, board_id)

    def find_runs(self, board_id: int | None = None, limit: int = 20) -> list[Run]:
        """Newest first."""
        with self._reading() as db:
            return runs.find_runs(db, board_id, limit)

    def find_successes(self) -> dict[int, datetime]:
        """By board id: when it was last brought up to date."""
        with self._reading() as db:
            return runs.find_successes(db)

    def find_posting_days(self, board_id: int) -> list[date]:
        """Oldest first (KST)."""
        with self._reading() as db:
            return query.find_posting_days(db, board_id)

    def find_months(self, slug: str, today: date) -> list[Month]:
        """Posts by month, up to that of ``today``, and whether the lists that were read cover it."""
        with self._reading() as db:
            return find_months(db, slug, today)

    def find_traffic(self, board_id: int) -> dict[str, tuple[int, float, float]]:
        """By kind of what was asked for: how many whole answers came, their mean bytes and mean seconds."""
        with self._reading() as db:
            return runs.find_traffic(db, board_id)

    def find_asked(self, board_id: int) -> dict[int, dict[str, int]]:
        """By run id and kind of what was asked for: how many answers came, of any status."""
        with self._reading() as db:
            return runs.find_asked(db, board_id)

    def count_edits(self, board_id: int, since: datetime) -> int:
        """How often the list told of an edit since then."""
        with self._reading() as db:
            return runs.count_edits(db, board_id, since)

    def find_files(self, board_id: int) -> list[tuple[str, str, str]]:
        """Of every file of the board's posts: the post's key, its own, and its state."""
        with self._reading() as db:
            return query.find_files(db, board_id)

    def find_unread_captures(self, board_id: int) -> list[Capture]:
        """Without an outcome, oldest first, redirects among them."""
        with self._reading() as db:
            return captures.find_unread_captures(db, board_id)

    def find_newest_captures(self, board_id: int, kind: Kind, limit: int) -> list[Capture]:
        """Answers of status 200 of one kind, whatever became of them, newest first."""
        with self._reading() as db:
            return captures.find_newest_captures(db, board_id, kind, limit)

    def find_capture(self, capture_id: int) -> Capture:
        """ArchiveDamaged when there is none of that id."""
        with self._reading() as db:
            return captures.find_capture(db, capture_id)

    def find_page(self, capture_id: int) -> Page:
        """The Page as it was in memory; ``seen_at`` is the capture's ``finished_at``."""
        capture = self.find_capture(capture_id)
        return capture.page(b"".join(self.read_blob(capture.body_sha256)))

    def read_blob(self, sha256: str) -> Iterator[bytes]:
        """The bytes, in pieces of at most 1 MiB. ArchiveDamaged, at the latest after the last one, names a bad blob."""
        return blobs.read_blob(self._reading, self._codecs, sha256)

    def find_absences(self, board_id: int, key: str) -> list[tuple[datetime, str]]:
        """When and by which evidence the post was found absent since it was last there, oldest first."""
        with self._reading() as db:
            return absences.find_absences(db, board_id, key)

    def find_known(self, board_id: int, keys: Iterable[str] | None = None) -> dict[str, Known]:
        with self._reading() as db:
            return query.find_known(db, board_id, keys)

    def find_told(self, board_id: int) -> set[str]:
        """Posts of which a list told that they changed, or that they are back, and that nobody asked for since."""
        with self._reading() as db:
            return query.find_told(db, board_id)

    def find_readings(self, board_id: int, since: datetime) -> list[readings.Reading]:
        """The articles of known posts that were read since then, or were not believed; oldest first."""
        with self._reading() as db:
            return readings.find_readings(db, board_id, since)

    def find_looks(self, board_id: int, limit: int) -> list[Record]:
        """How the youngest live posts are told: title, author, category, posted_at, posted_capture_id, has_text, files
        (whether there are any), told (JSON of ``Row.told``) and fields_from_listing (JSON)."""
        with self._reading() as db:
            return readings.find_looks(db, board_id, limit)

    def find_coverage(self, board_id: int, walk: int | None = None) -> list[Stretch]:
        """In the order they were saved."""
        with self._reading() as db:
            return query.find_coverage(db, board_id, walk)

    def find_post(self, board_id: int | None, key_or_id: str | int) -> Record | None:
        """All columns, ``board`` (slug) and ``attachments``. A str is a key, an int an id."""
        with self._reading() as db:
            return query.find_post(db, board_id, key_or_id)

    def find_posts(self, board_id: int | None = None, limit: int = 20, *, newest_first: bool = True) -> list[Record]:
        with self._reading() as db:
            return query.find_posts(db, board_id, limit, newest_first=newest_first)

    def find_versions(self, post_id: int) -> list[Record]:
        """Oldest first; ``files`` and ``fields_from_listing`` as lists."""
        with self._reading() as db:
            return query.find_versions(db, post_id)

    def find_hits(self, post_id: int) -> list[Record]:
        """``seen_at`` and ``hits``, oldest first."""
        with self._reading() as db:
            return query.find_hits(db, post_id)

    def find_failures(self, board_id: int | None = None, *, open_only: bool = True) -> list[Record]:
        with self._reading() as db:
            return query.find_failures(db, board_id, open_only=open_only)

    def find_refused(self, board_id: int) -> list[Record]:
        """Refusals of articles that may be shown to visitors one day."""
        with self._reading() as db:
            return query.find_refused(db, board_id)

    def find_balance(self, board_id: int) -> Record:
        """The row of the view board_balance."""
        with self._reading() as db:
            return query.find_balance(db, board_id)

    def find_kept_balance(self, board_id: int) -> Balance | None:
        """The balance sheet of the last run that kept one."""
        with self._reading() as db:
            return runs.find_balance(db, board_id)

    def find_tally(self, board_id: int) -> Tally:
        """Posts by state, and the total that the board last printed."""
        with self._reading() as db:
            return audit.find_tally(db, board_id)

    def find_years(self, board_id: int) -> list[Record]:
        """Posts by year of posting, the newest first; year None for those without a date."""
        with self._reading() as db:
            return audit.find_years(db, board_id)

    def find_unread(self, board_id: int) -> list[Record]:
        """Posts that are listed and were never read, those that nobody may read among them."""
        with self._reading() as db:
            return audit.find_unread(db, board_id)

    def find_status(self) -> list[Record]:
        """One record per board: what it holds and how its last run ended."""
        with self._reading() as db:
            return query.find_status(db)

    def find_matching(self, words: str, limit: int = 20, sought: search.Sought | None = None) -> list[Record]:
        """Posts that hold every word, best first, each with a ``snippet`` and the places of the hits."""
        with self._reading() as db:
            return search.find_matching(db, words, limit, sought or search.Sought())

    def find_unread_files(self, board_id: int | None, versions: Mapping[str, int]) -> list[Record]:
        """Stored files that no reader of these versions has read, each blob once."""
        with self._reading() as db:
            return texts.find_unread_files(db, board_id, versions)

    def count_statuses(self, board_id: int | None = None) -> dict[str, int]:
        """How many stored files were read, were empty, broken …; key '' for those that were never tried."""
        with self._reading() as db:
            return texts.count_statuses(db, board_id)

    @contextmanager
    def released(self, view: str, wanted: released.Wanted) -> Iterator[released.Released]:
        """The wanted rows of a view, in one snapshot; nobody else reads through this archive meanwhile."""
        with self._reading() as db, released.reading(db, view, wanted) as found:
            yield found

    def find_chain_head(self) -> tuple[int, str]:
        """Id and hash of the last capture, to be kept where nobody can change it. (0, genesis) when there is none."""
        with self._reading() as db:
            return captures.chain_head(db)

    @contextmanager
    def snapshot(self) -> Iterator[Find]:
        """A function that answers queries of ours, all of them from the archive as it stands now."""
        with self._reading() as db:
            db.execute("BEGIN")
            try:
                yield lambda sql, values: select(db, sql, values)
            finally:
                db.rollback()
