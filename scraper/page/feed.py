"""A board's feed (RSS): where a list page announces it, and what it says of posts. Pure.

A feed is untrusted XML: one with a document type (and so with entities) is none, and nothing outside it is ever
looked at. Where it breaks off, what stood before the break counts. An alert page or a refusal gives no dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

from scraper.korean.charset import clean, decode
from scraper.korean.dates import read_date
from scraper.models import Ask, Page, Stamp
from scraper.page.document import Document
from scraper.page.links import article_url, open_link
from scraper.page.parts import Layout
from scraper.urls import host_of, join, target_of

MOST_ITEMS = 1_000
DEEPEST = 32
LONGEST = 2_000
"""Characters of a link or a date; the text of posts is passed over."""

_LINKS = ("link", "guid")
_DATES = ("dc:date", "pubDate")


def feed_ask(document: Document, layout: Layout) -> Ask | None:
    """What the list page's link to the feed asks for; None when it offers none on its own host."""
    for node in document.root.css(layout.feed.select) if layout.feed.select else ():
        ask = open_link(document, layout, node, "feed")
        if ask is not None and host_of(ask.url) == host_of(document.url):
            return ask
    return None


def read_feed(page: Page, layout: Layout) -> dict[str, Stamp] | None:
    """When the posts of a feed were written, by ``address_in_feed``; None when the answer is no feed."""
    if page.status != 200:
        return None
    text = clean(decode(page.body, page.header("Content-Type")).text).lstrip()
    reader = _Reader()
    reader.read(text)
    if not reader.is_feed:
        return None
    dates: dict[str, Stamp] = {}
    for item in reader.items:
        address, stamp = _address(item, page.url, layout), _stamp(item, page.seen_at)
        if address is not None and stamp is not None:
            dates.setdefault(address, stamp)
    return dates


def address_in_feed(url: str, layout: Layout) -> str:
    """What a post's address and its address in a feed have in common: path and query, for hosts have several names."""
    return target_of(article_url(layout.identity, url))


def agrees(stamp: Stamp, printed: Stamp | None) -> bool:
    """Whether a full date can be the one that a list prints without its year: the same month and day."""
    numbers = [int(number) for number in re.findall(r"\d{1,2}", printed.raw)] if printed is not None else []
    if stamp.at is None:
        return False
    return len(numbers) < 2 or (stamp.at.month, stamp.at.day) == (numbers[0], numbers[1])


def _address(item: dict[str, str], base: str, layout: Layout) -> str | None:
    for name in _LINKS:
        url = join(base, item.get(name, "").replace("&amp;", "&")) if item.get(name) else None  # often escaped twice
        if url is not None:
            return address_in_feed(url, layout)
    return None


def _stamp(item: dict[str, str], seen_at: datetime) -> Stamp | None:
    found = (read_date(item.get(name, ""), seen_at) for name in _DATES)
    return next((stamp for stamp in found if stamp is not None and stamp.at is not None), None)


class _NotAFeedError(Exception):
    """The document is of another kind, or built to do harm."""


@dataclass
class _Reader:
    """Walks through the XML and keeps links and dates of the items."""

    items: list[dict[str, str]] = field(default_factory=list)
    is_feed: bool = False
    _path: list[str] = field(default_factory=list)
    _item: dict[str, str] = field(default_factory=dict)

    def read(self, text: str) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(text, True)
        except expat.ExpatError:
            pass  # an article with "]]>" ends the CDATA that it stands in: items read so far are whole
        except _NotAFeedError:
            self.items, self.is_feed = [], False

    def _doctype(self, name: str, *_: object) -> None:
        raise _NotAFeedError(name)

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) == 1:
            self.is_feed = name in ("rss", "rdf:RDF")
        if not self.is_feed or len(self._path) > DEEPEST or len(self.items) >= MOST_ITEMS:
            raise _NotAFeedError(name)
        if name == "item":
            self._item = {}

    def _end(self, name: str) -> None:
        self._path.pop()
        if name == "item":
            self.items.append(self._item)

    def _text(self, text: str) -> None:
        name = self._path[-1]
        if self._path[-2:-1] == ["item"] and name in (*_LINKS, *_DATES):
            self._item[name] = (self._item.get(name, "") + text)[:LONGEST]
