"""Where pages come from: first the captures that an interrupted run left unread, then the network.

Every answer is committed as a capture before anybody tries to understand it (DESIGN §1).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.archive.store import Archive
from scraper.models import Ask, Capture, Exchange, Page, Stretch
from scraper.sync.leash import Leash
from scraper.sync.plan import Seen
from scraper.web.fetch import Web

AHEAD = timedelta(hours=1)
"""So long an article that this run fetched ahead of its reading may be taken for just opened (its tokens are good)."""
FRESH = timedelta(hours=6)
"""A list page or feed that was captured earlier and never read is asked for again."""
_START = 65_536


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is safe in the archive. ``page.body`` of a file is only its beginning."""

    page: Page
    capture_id: int
    is_left: bool
    """It was left unread by an earlier run; nothing was asked for."""
    body_sha256: str
    body_size: int

    def stretch(self, seen: Seen, walk: int, is_last: bool) -> Stretch:
        """The entry of the ledger for this list page, which belongs to that walk."""
        return Stretch(
            walk=walk,
            page=seen.page,
            url=self.page.url,
            capture_id=self.capture_id,
            total=seen.total,
            keys=seen.keys,
            first_number=seen.first_number,
            last_number=seen.last_number,
            seen_at=self.page.seen_at,
            is_last=is_last,
        )


class Source:
    """One board's way to the network during one run."""

    def __init__(
        self,
        archive: Archive,
        web: Web,
        board_id: int,
        run_id: int,
        stop: threading.Event,
        clock: Callable[[], datetime],
        tell: Callable[[Ask, int, int], None],
        leash: Leash | None = None,
    ) -> None:
        self._archive = archive
        self._web = web
        self._run_id = run_id
        self._clock = clock
        self._leash = leash or Leash(stop)
        self._tell = tell
        self.requests = 0
        self.bytes = 0
        self._pages: dict[tuple[str, str, bytes | None], Capture] = {}
        self._articles: dict[str, Capture] = {}
        self._files: dict[tuple[str, str], Capture] = {}
        for capture in archive.find_unread_captures(board_id):
            self._offer(capture, clock())

    def _offer(self, capture: Capture, now: datetime) -> None:
        """An unread capture is used if it is a whole answer, and a list page if it is fresh."""
        is_article = capture.kind == "article" and capture.post_key is not None and capture.status == 200
        usable = (
            capture.kind != "robots"
            and not 300 <= capture.status < 400
            and capture.status < 500
            and capture.status != 429
        )
        if usable and capture.kind in ("listing", "feed"):
            usable = now - capture.finished_at < FRESH
        replaced = capture if not usable else None
        if usable and capture.kind == "attachment" and capture.post_key and capture.attachment_key:
            name = (capture.post_key, capture.attachment_key)
            replaced, self._files[name] = self._files.get(name), capture
        elif usable and is_article and capture.post_key:
            replaced, self._articles[capture.post_key] = self._articles.get(capture.post_key), capture
        elif usable:
            page = (capture.kind, capture.ask_url, capture.form)
            replaced, self._pages[page] = self._pages.get(page), capture
        if replaced is not None:
            self._archive.save_outcome(replaced.id, "superseded")

    def left_posts(self) -> list[str]:
        """The keys of the posts whose article an earlier run had received and not read."""
        return list(self._articles)

    def has_file(self, post_key: str, attachment_key: str) -> bool:
        """Whether an unread capture of that file is at hand."""
        return (post_key, attachment_key) in self._files

    def fetch_page(self, ask: Ask, *, post_key: str | None = None) -> Kept:
        """A list or article page: one that an earlier run left unread, else a new answer. A post may have got another
        address since: that of another list page, or a fresh token.

        Here a run ends that was asked to, or whose budget is spent: raises Interrupted or BudgetSpent.
        """
        if ask.kind != "feed":  # the post in hand may need it
            self._leash.rest()
        left = self._pages.pop((ask.kind, ask.url, ask.form), None)
        if left is None:
            left = self._articles.pop(post_key or self._key_at(ask), None)
        if left is not None:
            self._leash.hold()
            return self._left(left)
        exchange, capture_id = self._fetch(ask, post_key, None)
        self._leash.hold()
        return self._kept(exchange, capture_id, exchange.body.read())

    def _key_at(self, ask: Ask) -> str:
        """Of the post whose article was left unread under the address; empty when there is none."""
        asked = (ask.url, ask.method, ask.form)
        return next(
            (key for key, left in self._articles.items() if asked == (left.ask_url, left.method, left.form)), ""
        )

    def fetch_ahead(self, ask: Ask) -> Kept:
        """An article that will be read later in this run: the next ``fetch_page`` of it gives this same answer."""
        kept = self.fetch_page(ask)
        self._pages[(ask.kind, ask.url, ask.form)] = self._archive.find_capture(kept.capture_id)
        return kept

    def fetch_file(self, ask: Ask, *, post_key: str, attachment_key: str) -> Kept:
        """A download; its bytes go to the archive piece by piece."""
        left = self._files.pop((post_key, attachment_key), None)
        if left is not None:
            return self._left(left)
        exchange, capture_id = self._fetch(ask, post_key, attachment_key)
        return self._kept(exchange, capture_id, next(exchange.body.chunks(), b"")[:_START])

    def close(self) -> None:
        """Whatever nobody asked for any more is marked as superseded."""
        for capture in (*self._pages.values(), *self._articles.values(), *self._files.values()):
            self._archive.save_outcome(capture.id, "superseded")
        self._pages.clear()
        self._articles.clear()
        self._files.clear()

    def _fetch(self, ask: Ask, post_key: str | None, attachment_key: str | None) -> tuple[Exchange, int]:
        self._tell(ask, self.requests, self.bytes)
        last: list[int] = []

        def keep(exchange: Exchange) -> None:
            self.requests += 1
            self.bytes += exchange.body.size
            own = exchange.ask.kind == ask.kind
            capture_id = self._archive.save_capture(
                self._run_id,
                exchange,
                post_key=post_key if own else None,
                attachment_key=attachment_key if own else None,
            )
            outcome = _outcome_at_once(exchange)
            if outcome is not None:
                self._archive.save_outcome(capture_id, outcome)
            last[:] = [capture_id]

        exchange = self._web.fetch(ask, keep)
        return exchange, last[0]

    def _kept(self, exchange: Exchange, capture_id: int, body: bytes) -> Kept:
        return Kept(exchange.page(body), capture_id, False, exchange.body.sha256, exchange.body.size)

    def _left(self, capture: Capture) -> Kept:
        if capture.kind == "attachment":
            start = next(iter(self._archive.read_blob(capture.body_sha256)), b"")[:_START]
            page = capture.page(start)
        else:
            page = self._archive.find_page(capture.id)
        is_own = capture.run_id == self._run_id and self._clock() - capture.finished_at < AHEAD
        return Kept(page, capture.id, not is_own, capture.body_sha256, capture.body_size)


def _outcome_at_once(exchange: Exchange) -> str | None:
    """What needs no reading: robots.txt, redirects, failures of the server."""
    if exchange.ask.kind == "robots":
        return "robots"
    if 300 <= exchange.status < 400:
        return "redirect"
    if exchange.status >= 500 or exchange.status == 429:
        return f"failed:{exchange.status}"
    return None
