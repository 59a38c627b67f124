"""Getting to know a board: one look at its page, the layout that reads it, and the Board that is stored.

Raises UnknownLayout, Walled, FetchError; nothing is written before the board is understood.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from scraper.errors import BadConfig, FetchError, Gone, PageError, Refused, UnknownLayout, Walled
from scraper.models import SURE, Article, Ask, Board, Exchange, Listing, Page
from scraper.page.detect import Detection, detect
from scraper.page.document import Document, line, parse
from scraper.page.induce.lists.listing import NAME as INDUCED
from scraper.page.layout import Layout, find_engines, layout_values
from scraper.page.links import board_url
from scraper.page.onward import leads_to
from scraper.page.parts import PagesPart
from scraper.sync.check import look_at_first_post
from scraper.sync.study import study
from scraper.urls import absolute, host_name, host_of, query_value
from scraper.web.fetch import Web

_Seen = tuple[Page, Document, Detection]
_MOST_LED_TO = 8
"""So many frames and start pages are looked behind for a board."""
_EXTENSIONS = ("php", "html", "htm", "do", "jsp", "asp", "aspx", "list", "index")
_NAMING = ("bo_table", "mid", "code", "table", "id", "board", "boardId", "bbsId", "tb", "db")


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at an address found."""

    board: Board
    detection: Detection
    exchanges: tuple[Exchange, ...]
    """All that was asked for on the way, to be captured."""
    document: Document
    """The first page of the list."""
    article: Article | None = None
    """One post as it will be read, where posts were looked at."""

    @property
    def is_sure(self) -> bool:
        """Whether the board may be stored without asking anybody."""
        return self.detection.confidence >= SURE


def fetch_look(
    web: Web,
    url: str,
    *,
    name: str | None = None,
    allow_private: bool = False,
    unsure: bool = False,
    exchanges: list[Exchange] | None = None,
    paging: PagesPart | None = None,
) -> Look:
    """Fetch a page and make the Board that it shows; from an article's address the board's list is looked up.

    A board that no engine reads is studied. Raises UnknownLayout when no layout reads it surely enough (unless
    ``unsure``: somebody will be asked), Walled when something stands in the way. ``exchanges`` gets every answer, also
    when this raises. ``paging``: how pages of this board were asked for so far.
    """
    article: Article | None = None
    exchanges = [] if exchanges is None else exchanges
    arrival = _arrive(web, url, exchanges)
    page, document, detection = arrival.seen
    if detection.kind in ("article", "wall") and detection.layout is not None and detection.layout.name != INDUCED:
        page, document, detection = _look(web, board_url(detection.layout, page.url), exchanges)
    if detection.listing is None and page.status in (404, 410):
        raise Gone(f"{page.url} answered {page.status}", page.url, page.status)
    if detection.listing is None and page.status >= 400:
        raise Refused(f"{page.url} answered {page.status}", page.url, page.status)
    if detection.wall is not None:
        raise Walled(f"{url}: a page that says: {detection.wall.message}", url, detection.wall.kind)
    if detection.confidence < SURE and detection.listing is not None and detection.listing.is_empty:
        raise UnknownLayout(
            f"{url}: the board is empty, so that it cannot be told how its posts are read; try again later", url
        )
    first = _known_list(web, page, document, detection, exchanges)
    if first is not None:
        page, document, detection = first
    else:
        try:
            found = study(asking(web, exchanges), page, is_post=detection.article is not None, paging=paging)
        except UnknownLayout as error:
            if not arrival.lost:
                raise
            said = f"{error}; it leads to a page that could not be looked at: {arrival.lost[0]}"
            raise UnknownLayout(said, error.url, error.next_step) from error
        page, document, article = found.page, parse(found.page), found.article
        detection = Detection(found.confidence, found.reasons, found.layout, listing=found.listing)
    detection = replace(detection, reasons=(*arrival.reasons, *detection.reasons))
    layout, listing, address = detection.layout, detection.listing, page.url
    if layout is None or listing is None or (detection.confidence < SURE and not unsure):
        raise UnknownLayout(
            f"{url}: looks like a board, but only with confidence {detection.confidence:.2f} "
            f"({'; '.join(detection.reasons)}); nothing was stored. 'sinmungo probe {url}' shows what was read, "
            f"'sinmungo probe {url} --toml' prints the layout to mend, 'sinmungo add {url} --layout FILE' stores it",
            url,
        )
    board = board_of(address, layout, listing, document, name=name, allow_private=allow_private)
    return Look(board, detection, tuple(exchanges), document, article)


def board_of(
    url: str, layout: Layout, listing: Listing, document: Document, *, name: str | None, allow_private: bool
) -> Board:
    """The Board whose first page this is."""
    return Board(
        url=url,
        host=host_of(url),
        slug=slug_of(url),
        name=name or name_of(document) or slug_of(url),
        engine=layout.name,
        layout=layout_values(layout),
        charset=document.charset,
        declared_total=listing.total,
        number_meaning=listing.number_meaning,
        allow_private=allow_private,
    )


def _known_list(
    web: Web, page: Page, document: Document, detection: Detection, exchanges: list[Exchange]
) -> _Seen | None:
    """The first page of a list that an engine surely reads, by the board's own address; None when none does, or when
    that address shows something else: then the signs were those of another board's software.
    One post is tried and no more: until the board is stored, a kill loses what was read."""
    layout, listing = detection.layout, detection.listing
    if layout is None or listing is None or layout.name == INDUCED or detection.confidence < SURE:
        return None
    address = board_url(layout, page.url)
    if listing.page not in (None, 1) or address != page.url:
        page, document, detection = _look(web, address, exchanges)
        listing = detection.listing
        if listing is None or detection.layout is None or detection.layout.name != layout.name:
            return None
    post = look_at_first_post(asking(web, exchanges), listing, layout)
    return None if post is not None and post.state == "misread" else (page, document, detection)


def asking(web: Web, exchanges: list[Exchange]) -> Callable[[Ask], Page]:
    """How pages are fetched; every answer on the way is added to ``exchanges``."""

    def fetch(ask: Ask) -> Page:
        exchange = web.fetch(ask, exchanges.append)
        return exchange.page()

    return fetch


@dataclass(frozen=True, slots=True)
class _Arrival:
    """``reasons``: what is to be said of the way; ``lost``: why pages on it could not be looked at."""

    seen: _Seen
    reasons: tuple[str, ...] = ()
    lost: tuple[PageError | FetchError, ...] = ()


def _arrive(web: Web, url: str, exchanges: list[Exchange]) -> _Arrival:
    """The page at an address; of one that shows no board itself (frames, a start page that goes on) the first page that
    it leads to and that shows one."""
    first = _look(web, url, exchanges)
    page, document, detection = first
    if detection.confidence >= SURE or page.status >= 400:
        return _Arrival(first)
    asked = {page.url}
    waiting = deque(leads_to(document))
    lost: list[PageError | FetchError] = []
    while waiting and len(asked) <= _MOST_LED_TO:
        address = waiting.popleft()
        if address in asked:
            continue
        asked.add(address)
        try:
            page, document, found = _look(web, address, exchanges)
        except (PageError, FetchError) as error:
            lost.append(error)
            continue
        if found.kind in ("listing", "article") and found.confidence > detection.confidence:
            return _Arrival((page, document, found), (f"{url} leads to {page.url}",))
        waiting.extend(leads_to(document) if found.kind == "unknown" else ())
    return _Arrival(first, lost=tuple(lost))


def _look(web: Web, url: str, exchanges: list[Exchange]) -> _Seen:
    page = asking(web, exchanges)(Ask(url, "listing"))
    document = parse(page)
    return page, document, detect(document, find_engines().values(), page.seen_at, page.status)


def board_address(url: str) -> str:
    """The address as it is asked for. Raises BadConfig when it is none of http(s)."""
    found = absolute(url if "://" in url else f"http://{url}")
    if found is None:
        raise BadConfig(
            f"{url} is no http or https address; an example: https://paper.example/bbs/board.php?bo_table=opinion"
        )
    return found


def slug_of(url: str) -> str:
    """A short name for a board, made of its address: the board's own code, else the last word of the path."""
    name = re.sub(r"^www\.", "", host_name(url))
    host = "" if name.replace(".", "").isdigit() or name.startswith("[") else name.split(".")[0]
    code = next((value for name in _NAMING if (value := query_value(url, name))), None)
    if code is None:
        path = url.partition("?")[0].partition("://")[2].partition("/")[2]
        words = [word for word in re.split(r"[/.]", path) if word and word not in _EXTENSIONS]
        code = words[-1] if words else None
    slug = re.sub(r"[^a-z0-9]+", "-", f"{host}-{code or ''}".lower()).strip("-")
    return slug if re.search(r"[a-z]", slug) else f"board-{slug}"


def name_of(document: Document) -> str | None:
    """The board's name as its page gives it: the last heading before the list, else the page's title."""
    node = document.root.css_first("#container_title, .sub_title h1, .board_title, h1.title, #board_title")
    text = line(node) if node is not None else ""
    if not text:
        title = document.tree.css_first("title")
        text = " ".join(title.text(deep=True).split()) if title is not None else ""
        text = re.split(r"\s+[|>:-]\s+|\s+\d+\s*페이지", text)[0]
    return text[:80] or None
