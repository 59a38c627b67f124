"""Which post does a row mean when its link is only an address (a slug)? The one known by it, else its view tells.

An address that nobody knows yet costs one request, whose answer the reading of the article uses later. So one post
with three addresses stays one post.
"""

from __future__ import annotations

from dataclasses import replace

from scraper.archive.store import Archive
from scraper.errors import FetchError
from scraper.models import Ask, Board, Known, Listing, Row
from scraper.page.layout import Layout
from scraper.page.links import is_address
from scraper.page.listing import distinct
from scraper.sync import plan
from scraper.sync.judge import judge_key
from scraper.sync.options import Options
from scraper.sync.source import Source

GIVE_UP = 3
"""So many requests in a row that brought nothing: the host is down."""


class Identifier:
    """The keys of one board's rows in one run. ``opened`` are known posts whose views were fetched on the way."""

    def __init__(self, archive: Archive, source: Source, board: Board, layout: Layout, options: Options) -> None:
        self._archive = archive
        self._source = source
        self._board = board
        self._layout = layout
        self._left = options.limit
        self._again = options.recheck is not None or options.retry
        self._known: dict[str, Known] | None = None
        self._by_url: dict[str, str] = {}
        self._failing: set[str] = set()
        self._failed = 0
        self.opened: set[str] = set()

    def identify(self, listing: Listing) -> Listing:
        """The listing with the posts' own keys in place of addresses, one row a post. Raises FetchError."""
        if not any(is_address(row.key) for row in listing.rows):
            return listing
        if self._known is None:
            self._known = self._archive.find_known(self._board.id)
            self._by_url = {post.url: post.key for post in self._known.values() if not is_address(post.key)}
            self._failing = {failure["post_key"] for failure in self._archive.find_failures(self._board.id)}
        known = self._known
        return distinct(replace(listing, rows=tuple(self._identified(row, known) for row in listing.rows)))

    def _identified(self, row: Row, known: dict[str, Known]) -> Row:
        if row.ask is None or not is_address(row.key):
            return row
        key = self._by_url.get(row.ask.url)
        if key is not None and not self._is_doubtful(row, known.get(key)):
            return replace(row, key=key)
        stood = known.get(row.key)
        if (stood is not None and stood.state == "blocked" and not self._again) or self._left == 0:
            return row if key is None else replace(row, key=key)
        found = self._ask(row.ask) or key
        if found is None:
            return row
        self._by_url[row.ask.url] = found
        if stood is not None and self._archive.save_key(self._board.id, row.key, found):
            known[found] = known.pop(row.key)
        if found in known:
            self.opened.add(found)
        return replace(row, key=found)

    def _is_doubtful(self, row: Row, post: Known | None) -> bool:
        """Whether another post may stand at this address by now."""
        if post is None:
            return False
        return post.state in ("missing", "gone") or post.key in self._failing or plan.is_changed(row, post)

    def _ask(self, ask: Ask) -> str | None:
        try:
            kept = self._source.fetch_ahead(ask)
        except FetchError:
            self._failed += 1
            if self._failed >= GIVE_UP:
                raise
            return None
        self._failed = 0
        if self._left is not None:
            self._left -= 1
        return judge_key(kept.page, self._layout)
