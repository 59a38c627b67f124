"""Giving a board a layout that somebody wrote or mended: it must read the board, or what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scraper.archive.store import Archive
from scraper.errors import BadLayout, Truncated, UnknownLayout, Walled
from scraper.models import Ask, Board, Capture, Exchange, Listing, Page
from scraper.page.detect import Detection
from scraper.page.layout import Layout, layout_from, layout_values, load_layout
from scraper.page.links import board_url
from scraper.sync.add import Look, asking, board_of
from scraper.sync.check import READ, Finding, check_pages, is_other, look_at_list, look_at_post, same_posts
from scraper.web.fetch import Web

_TRIED = 6


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
    if checked.complaint is not None or checked.listing is None or checked.document is None:
        raise UnknownLayout(f"{page.url}: {layout.name} {checked.complaint}; nothing was stored", page.url)
    board = board_of(page.url, layout, checked.listing, checked.document, name=name, allow_private=allow_private)
    odd = [f"{layout.name} {each.said}" for each in checked.told("odd")]
    reasons = [f"{layout.name} reads the list and {len(checked.posts)} of its posts", *odd]
    detection = Detection(1.0, tuple(reasons), layout, listing=checked.listing)
    article = checked.posts[0][1] if checked.posts else None
    return Look(board, detection, tuple(exchanges), checked.document, article)


def save_layout(archive: Archive, board: Board, layout: Layout) -> None:
    """Store the layout if it reads what is kept: the newest list page, another one of the same run where there is one,
    and two of the newest articles by their titles. Raises BadLayout.

    Pages of an older skin need not be read: they were, when they were new.
    """
    lists = archive.find_newest_captures(board.id, "listing", 2)
    faults = _list_faults(archive, layout, [each for each in lists if each.run_id == lists[0].run_id])
    articles = [each for each in archive.find_newest_captures(board.id, "article", _TRIED) if each.post_key]
    if lists and not faults and not _still_reads(archive, board, lists[0]):
        articles = [each for each in articles if each.run_id >= lists[0].run_id]
    faults = faults or _article_faults(archive, board, layout, articles)
    if faults:
        raise BadLayout(f"{board.slug}: {layout.name} {faults}")
    archive.save_board_facts(board.id, layout=layout_values(layout), engine=layout.name)


def _list_faults(archive: Archive, layout: Layout, captures: Sequence[Capture]) -> str | None:
    newest: Listing | None = None
    for capture in captures:
        name = "the newest list page" if newest is None else "the list page before it"
        page = archive.find_page(capture.id)
        listing, finding = _kept_list(page, layout, name)
        if listing is None:
            return finding.said
        if (
            newest is not None
            and capture.ask_url != captures[0].ask_url
            and listing.rows
            and not is_other(listing, newest)
        ):
            return same_posts().said
        newest = newest or listing
    return None


def _kept_list(page: Page, layout: Layout, name: str) -> tuple[Listing | None, Finding]:
    """A kept list page; a wall or half a page in its place is none."""
    try:
        listing, _, finding = look_at_list(page, layout, name)
    except (Walled, Truncated) as error:
        return None, Finding("list", "misread", f"does not read {name}: {error}")
    return listing, finding


def _still_reads(archive: Archive, board: Board, capture: Capture) -> bool:
    """Whether the stored layout reads the page; if not, what was kept before has an older face."""
    stored = layout_from(board.layout, f"the layout of {board.slug}")
    return _kept_list(archive.find_page(capture.id), stored, "the list")[0] is not None


def _article_faults(archive: Archive, board: Board, layout: Layout, captures: Sequence[Capture]) -> str | None:
    findings = []
    for capture in captures:
        key = capture.post_key or ""
        post = archive.find_post(board.id, key)
        if post is not None:
            page, name = archive.find_page(capture.id), f"{board.slug}/{key}"
            has_text = bool(post["body_text"])
            findings.append(look_at_post(page, layout, key, post["title"], name, is_held=True, has_text=has_text)[1])
    misread = [each.said for each in findings if each.state == "misread"]
    read = sum(each.state == "reads" for each in findings)
    if not misread or read >= min(READ, len(captures)):
        return None
    return f"does not read the newest articles: it {'; it '.join(misread)}"
