"""The pages of a board's list: fetched, read, identified and saved, each saved page in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scraper.archive.store import Archive
from scraper.errors import PageError, Truncated, Walled
from scraper.models import Ask, Board, Known, Listing, Page, Row, Stretch, Unseen
from scraper.page.document import Document
from scraper.page.feed import feed_ask
from scraper.page.layout import Layout
from scraper.page.pager import page_ask
from scraper.sync import plan
from scraper.sync.identify import Identifier
from scraper.sync.judge import judge_listing
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.source import Kept, Source
from scraper.sync.walked import Walked

Looked = tuple[Kept, Listing, plan.Seen]
"""A page that was asked for: what came, what it lists, and what planning needs of it."""


class Lister:
    """Of one board in one run."""

    def __init__(
        self, archive: Archive, source: Source, board: Board, layout: Layout, run_id: int, pulse: Pulse
    ) -> None:
        self._archive = archive
        self._source = source
        self._board = board
        self._layout = layout
        self._run_id = run_id
        self._pulse = pulse
        self._first = Ask(board.url, "listing")
        self._document: Document | None = None
        self._identifier = Identifier(archive, source, board, layout, Options())
        self.walked = Walked()

    def _page_ask(self, page: int) -> Ask | None:
        return page_ask(self._document, self._layout, page) if self._document is not None else None

    def _read_again(self, capture_id: int) -> Listing:
        """A list page that was read before, out of the archive."""
        return self._identified(self._judged(self._archive.find_page(capture_id)))

    def _judged(self, page: Page) -> Listing:
        listing, document = judge_listing(page, self._layout)
        if self._document is None or listing.next is not None or listing.page not in (None, 1):
            self._document = document  # one whose pager has no other page beside it leads nowhere
        self.walked.feed = feed_ask(document, self._layout) or self.walked.feed
        self._pulse.charset = document.charset
        return listing

    def _read(self, ask: Ask) -> tuple[Kept, Listing]:
        kept = self._source.fetch_page(ask)
        try:
            listing = self._judged(kept.page)
        except (PageError, Truncated) as error:
            self._archive.save_outcome(kept.capture_id, f"wall:{error.wall}" if isinstance(error, Walled) else "failed")
            raise
        return kept, self._identified(listing)

    def _look(self, ask: Ask, page: int) -> Looked:
        kept, listing = self._read(ask)
        return kept, listing, plan.seen_of(listing, page)

    def _identified(self, listing: Listing) -> Listing:
        """The rows under the keys of their posts, also where the list links them by addresses only."""
        listing = self._identifier.identify(listing)
        self.walked.changed |= self._identifier.opened
        return listing

    def _save(self, kept: Kept, listing: Listing, seen: plan.Seen, number: int, *, is_last: bool) -> None:
        self._save_all([(kept, listing, seen)], number, is_last=is_last)

    def _save_all(self, pages: Sequence[Looked], number: int, *, is_last: bool, unseen: Unseen | None = None) -> None:
        """Pages in the order they were read, in one transaction. The last one tells ``is_last`` and ``unseen``."""
        walked = self.walked
        pinned = {key for key, row in walked.rows.items() if row.is_notice}
        told: list[tuple[int, Listing, Stretch]] = []
        for place, (kept, listing, seen) in enumerate(pages, start=1):
            rows = (replace(row, is_notice=row.is_notice or row.key in pinned) for row in listing.rows)
            listing = replace(listing, rows=tuple(rows))  # pinned on another page
            pinned |= {row.key for row in listing.rows if row.is_notice}
            told.append((kept.capture_id, listing, kept.stretch(seen, number, is_last and place == len(pages))))
        saved = self._archive.save_listings(self._board.id, told, unseen or Unseen())
        for (capture_id, listing, _), known in zip(told, saved, strict=True):
            before = {post.key: post for post in known}
            walked.total = listing.total if listing.total is not None else walked.total
            walked.unread.extend(text for text in listing.unread if text not in walked.unread)
            for row in listing.rows:
                self._count(row, before.get(row.key))
                if row.key not in walked.rows or row.number is not None or not row.is_notice:
                    walked.rows[row.key] = row
                    walked.captures[row.key] = capture_id
            self._pulse.pages(self._pulse.pages_done + 1, listing.last_page)
            self._pulse.meaning = listing.number_meaning if listing.number_meaning != "none" else self._pulse.meaning

    def _count(self, row: Row, known: Known | None) -> None:
        walked = self.walked
        if known is None:
            walked.new += row.key not in walked.rows
        elif known.state in ("missing", "gone"):
            walked.returned += 1
            walked.changed.add(row.key)
        elif (known.version or known.state == "blocked") and plan.is_changed(row, known):
            walked.changed.add(row.key)
