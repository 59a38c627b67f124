"""A board's feed in one run: asked for when a post's date is told nowhere else, and once at most.

No feed, a refusal or a failing request is no error: the post then has no date, as before.
"""

from __future__ import annotations

from dataclasses import replace

from scraper.archive.store import Archive
from scraper.errors import FetchError
from scraper.models import Ask, Stamp
from scraper.page.feed import address_in_feed, agrees, read_feed
from scraper.page.layout import Layout
from scraper.sync.source import Source


class Feed:
    """The dates that one board's feed tells. ``ask`` is None where no list page offers a feed."""

    def __init__(self, archive: Archive, source: Source, layout: Layout, ask: Ask | None) -> None:
        self._archive = archive
        self._source = source
        self._layout = layout
        self._ask = ask
        self._dates: dict[str, Stamp] | None = None

    def date(self, url: str, printed: Stamp | None) -> Stamp | None:
        """When the post at ``url`` was written. ``printed`` is what the list says of it, which must not contradict."""
        if self._dates is None:
            self._dates = self._fetch()
        stamp = self._dates.get(address_in_feed(url, self._layout))
        return stamp if stamp is not None and agrees(stamp, printed) else None

    def _fetch(self) -> dict[str, Stamp]:
        if self._ask is None:
            return {}
        try:
            kept = self._source.fetch_page(self._ask)
        except FetchError:
            return {}
        dates = read_feed(kept.page, self._layout)
        self._archive.save_outcome(kept.capture_id, "refused" if dates is None else "read")
        return {address: replace(stamp, capture_id=kept.capture_id) for address, stamp in (dates or {}).items()}
