"""What a proposed layout takes over from the stored one, and what is held to try it on.

Contract: asks for pages of held posts only through ``fetch``; reads the archive, writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from scraper.archive.store import Archive
from scraper.errors import Gone, Refused, Truncated
from scraper.models import Board, Known, Page, Row
from scraper.page.document import Document, parse
from scraper.page.layout import Layout
from scraper.sync.check import Fetch
from scraper.sync.judge import judge_article
from scraper.sync.shadow import Trial, told_unevenly
from scraper.sync.trials import held_of

FILED = 2
"""Posts with files among those that are opened."""


def authored_pages(
    archive: Archive, board: Board, fetch: Fetch, shown: Sequence[Row], today: Sequence[Trial]
) -> list[tuple[Document, str]]:
    """Today's pages of held posts with the authors that are held, where the proposed layout finds none on any."""
    held = held_of(archive, board, today)
    if "author" not in told_unevenly(today, held):
        return []
    asks = {row.key: row.ask for row in shown if row.ask is not None}
    opened = [key for trial in today if trial.where == "article" for key in trial.new or {}]
    named = [(asks[key], held[key]["author"]) for key in opened if key in asks and key in held]
    return [(parse(fetch(ask)), str(author)) for ask, author in named if author]


def filed_posts(
    archive: Archive, board: Board, shown: Sequence[Row], known: Mapping[str, Known]
) -> dict[str, frozenset[str]]:
    """By key, the files of some listed posts that have any, as the archive names them."""
    found: dict[str, frozenset[str]] = {}
    for row in shown:
        if row.key in known and known[row.key].state == "live" and len(found) < FILED:
            held = archive.find_post(board.id, row.key) or {"attachments": ()}
            files = [each for each in held["attachments"] if each["kind"] == "file" and each["state"] == "stored"]
            if files:
                found[row.key] = frozenset(each["key"] for each in files)
    return found


def with_files_known(
    layout: Layout, stored: Layout, fetch: Fetch, shown: Sequence[Row], filed: Mapping[str, frozenset[str]]
) -> Layout:
    """The proposed layout with files under the names by which the archive knows them: what a link tells of a file, or
    the whole stored part, often outlives a template."""
    files = layout.article.files
    named = files if files.key else replace(files, key=stored.article.files.key)
    ways = [replace(layout, article=replace(layout.article, files=part)) for part in (named, stored.article.files)]
    pages: list[tuple[str, Page]] = []
    for row in shown:
        if row.key in filed and row.ask is not None:
            with suppress(Refused, Gone, Truncated):
                pages.append((row.key, fetch(row.ask)))

    def rightly(way: Layout) -> int:
        return sum(_files_on(page, way, key) == filed[key] for key, page in pages)

    return max(ways, key=rightly)


def _files_on(page: Page, layout: Layout, key: str) -> frozenset[str] | None:
    try:
        article = judge_article(page, layout, key).article
    except Truncated:
        return None
    return frozenset(each.key for each in article.attachments if each.kind == "file") if article is not None else None
