"""Giving a board a layout that somebody wrote or mended: it must read the board, or what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scraper.archive.store import Archive
from scraper.errors import BadLayout, Gone, PageError, Refused, SinmungoError, Truncated, UnknownLayout, Walled
from scraper.models import Article, Ask, Board, Capture, Exchange, Listing, Page, Row
from scraper.page.detect import Detection
from scraper.page.document import Document
from scraper.page.induce.check import is_same_title
from scraper.page.layout import Layout, layout_from, layout_values, load_layout
from scraper.page.links import board_url
from scraper.page.listing import distinct
from scraper.sync.add import Look, asking, board_of
from scraper.sync.judge import judge_article, judge_listing
from scraper.web.fetch import Web

_ARTICLES = 2
"""Articles that must read, by title."""
_TRIED = 6
Fetch = Callable[[Ask], Page]


@dataclass(frozen=True, slots=True)
class Checked:
    """A board's pages as a layout reads them."""

    document: Document
    listing: Listing
    second: Listing | None
    posts: tuple[tuple[Row, Article], ...]


def read_layout_file(path: Path) -> Layout:
    """A layout from a TOML file. Raises BadLayout."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadLayout(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadLayout(f"{path}: is not UTF-8 text") from error
    return load_layout(text, str(path))


def fetch_look_by(web: Web, url: str, layout: Layout, *, name: str | None, allow_private: bool) -> Look:
    """The Board at an address as this layout reads it. Raises UnknownLayout when it does not, Walled, FetchError."""
    exchanges: list[Exchange] = []
    fetch = asking(web, exchanges)
    page = fetch(Ask(url, "listing"))
    if (address := board_url(layout, page.url)) != page.url:
        page = fetch(Ask(address, "listing"))
    checked = check_pages(fetch, page, layout)
    board = board_of(page.url, layout, checked.listing, checked.document, name=name, allow_private=allow_private)
    reasons = (f"{layout.name} reads the list and {len(checked.posts)} of its posts",)
    detection = Detection(1.0, reasons, layout, listing=checked.listing)
    article = checked.posts[0][1] if checked.posts else None
    return Look(board, detection, tuple(exchanges), checked.document, article)


def check_pages(fetch: Fetch, page: Page, layout: Layout) -> Checked:
    """The self-check: the list page, the next one with other posts, two articles with the titles of their rows.

    Raises UnknownLayout with what did not read; Walled, FetchError.
    """
    try:
        listing, document = judge_listing(page, layout)
    except Walled:
        raise
    except PageError as error:
        raise UnknownLayout(f"{layout.name} does not read the list: {error}; nothing was stored", page.url) from error
    if not listing.rows:
        raise UnknownLayout(f"{page.url}: shows no posts, so that {layout.name} cannot be tried on it", page.url)
    second = _second(fetch, listing, layout, page.url)
    return Checked(document, listing, second, _posts(fetch, listing, layout))


def _second(fetch: Fetch, listing: Listing, layout: Layout, url: str) -> Listing | None:
    if listing.next is None:
        return None
    try:
        second, _ = judge_listing(fetch(listing.next), layout)
    except (PageError, Refused, Gone) as error:
        raise UnknownLayout(f"{layout.name} does not read the next page of {url}: {error}", url) from error
    if not {row.key for row in second.rows} - {row.key for row in listing.rows}:
        raise UnknownLayout(f"{layout.name}: the next page of {url} shows the same posts", url)
    return second


def _posts(fetch: Fetch, listing: Listing, layout: Layout) -> tuple[tuple[Row, Article], ...]:
    """Two posts, without those that nobody may read."""
    found: list[tuple[Row, Article]] = []
    rows = sorted(distinct(listing).rows, key=lambda row: row.is_notice)
    for row in [row for row in rows if not row.is_secret][:_TRIED]:
        if row.ask is None:
            raise UnknownLayout(f"{layout.name} does not tell how {row.title!r} is opened", "")
        try:
            verdict = judge_article(fetch(row.ask), layout, row.key)
        except (Refused, Gone, Truncated):
            continue
        if verdict.article is not None and not is_same_title(row.title, verdict.article.title or ""):
            said = f"the list says {row.title!r}, the article {verdict.article.title!r}"
            raise UnknownLayout(f"{layout.name} misreads {row.ask.url}: {said}", row.ask.url)
        if verdict.article is not None:
            found.append((row, verdict.article))
        elif verdict.refusal in ("layout", "wall", "failed"):
            raise UnknownLayout(f"{layout.name} does not read {row.ask.url}: {verdict.reason}", row.ask.url)
        if len(found) == _ARTICLES:
            break
    if found and all(article.body_text is None and not article.attachments for _, article in found):
        urls = ", ".join(row.ask.url for row, _ in found if row.ask is not None)
        raise UnknownLayout(f"{layout.name} does not read what the articles say: {urls}", urls)
    return tuple(found)


def save_layout(archive: Archive, board: Board, layout: Layout) -> None:
    """Store the layout if it reads what is kept: the newest list page, another one of the same run where there is one,
    and two of the newest articles by their titles. Raises BadLayout.

    Pages of an older skin need not be read: they were, when they were new.
    """
    lists = archive.find_newest_captures(board.id, "listing", 2)
    if lists:
        _check_lists(archive, board, layout, [each for each in lists if each.run_id == lists[0].run_id])
    articles = [each for each in archive.find_newest_captures(board.id, "article", _TRIED) if each.post_key]
    if lists and not _still_reads(archive, board, lists[0]):
        articles = [each for each in articles if each.run_id >= lists[0].run_id]
    _check_articles(archive, board, layout, articles)
    archive.save_board_facts(board.id, layout=layout_values(layout), engine=layout.name)


def _check_lists(archive: Archive, board: Board, layout: Layout, captures: Sequence[Capture]) -> None:
    newest: set[str] = set()
    for capture in captures:
        which = "the newest list page" if capture is captures[0] else "the list page before it"
        try:
            listing, _ = judge_listing(archive.find_page(capture.id), layout)
        except SinmungoError as error:
            raise BadLayout(f"{layout.name}: does not read {which} of {board.slug}: {error}") from error
        keys = {row.key for row in listing.rows}
        if capture is captures[0]:
            newest = keys
        elif capture.ask_url != captures[0].ask_url and keys and not keys - newest:
            raise BadLayout(f"{layout.name}: reads the same posts on two list pages of {board.slug}")


def _still_reads(archive: Archive, board: Board, capture: Capture) -> bool:
    """Whether the stored layout reads the page; if not, what was kept before has an older face."""
    try:
        judge_listing(archive.find_page(capture.id), layout_from(board.layout, f"the layout of {board.slug}"))
    except SinmungoError:
        return False
    return True


def _check_articles(archive: Archive, board: Board, layout: Layout, captures: Sequence[Capture]) -> None:
    read, reasons = 0, list[str]()
    for capture in captures:
        key = capture.post_key or ""
        verdict = judge_article(archive.find_page(capture.id), layout, key)
        post = archive.find_post(board.id, key)
        if verdict.article is None:
            reasons += [f"{board.slug}/{key}: {verdict.reason}"] if verdict.refusal == "layout" else []
        elif post is not None and not _is_titled(post["title"], verdict.article.title or ""):
            reasons.append(f"{board.slug}/{key}: its title is {post['title']!r}, not {verdict.article.title!r}")
        elif post is not None and post["body_text"] and verdict.article.body_text is None:
            reasons.append(f"{board.slug}/{key}: its text is not found")
        else:
            read += 1
    if reasons and read < min(_ARTICLES, len(captures)):
        raise BadLayout(f"{layout.name}: does not read the newest articles: {'; '.join(reasons)}")


def _is_titled(held: str, found: str) -> bool:
    return is_same_title(held, found) or is_same_title(found, held)
