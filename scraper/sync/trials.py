"""The pages on which two layouts are tried side by side: the newest that are kept, and held posts opened today."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from scraper.archive.store import Archive
from scraper.errors import Gone, PageError, Refused, Truncated
from scraper.models import Board, Capture, Kind, Known, Page, Row
from scraper.page.layout import Layout
from scraper.sync.check import Fetch
from scraper.sync.judge import judge_article, judge_listing
from scraper.sync.shadow import Trial, Values, Where, article_values, held_values, row_values

LISTS = 5
"""Kept list pages that are read again, the newest."""
ARTICLES = 20
"""Kept articles that are read again, the newest."""
_RUNS = 200
_DEPTH = 6
"""So many times more captures are looked through: nights that failed have left theirs on top."""
_OPENED = 4
"""Held posts that are opened today."""

Read = Callable[[Page, Layout, Capture], Mapping[str, Values] | None]


def trials_of_today(
    fetch: Fetch, rows: Sequence[Row], layout: Layout, known: Mapping[str, Known], first: Collection[str] = ()
) -> list[Trial]:
    """Held posts, opened today; those of these keys before others."""
    open_rows = [row for row in rows if row.ask is not None and not row.is_secret]
    held = [row for row in open_rows if row.key in known and known[row.key].state == "live" and known[row.key].version]
    found = []
    for row in sorted(held, key=lambda row: (row.key not in first, row.is_notice))[:_OPENED]:
        if row.ask is None:
            continue
        try:
            article = judge_article(fetch(row.ask), layout, row.key).article
        except (Refused, Gone, Truncated):
            continue
        found.append(Trial("article", None, None, {row.key: article_values(article)} if article else None))
    return found


def trials_of_kept(archive: Archive, board: Board, stored: Layout, layout: Layout) -> list[Trial]:
    """Kept pages. What a run brought that found the layout changed has the new face, also where the stored layout
    still makes something of it."""
    strange = {run.id for run in archive.find_runs(board.id, _RUNS) if run.outcome.startswith("layout")}
    ways: list[tuple[Kind, Where, int, Read]] = [
        ("listing", "list", LISTS, _read_list),
        ("article", "article", ARTICLES, _read_post),
    ]
    found = []
    for kind, where, limit, read in ways:
        captures = [each for each in archive.find_newest_captures(board.id, kind, limit * _DEPTH) if _tells(each)]
        new = [each for each in captures if each.run_id in strange][:limit]
        for capture in (*new, *[each for each in captures if each.run_id not in strange][:limit]):
            page = archive.find_page(capture.id)
            old = None if capture.run_id in strange else read(page, stored, capture)
            found.append(Trial(where, capture.id, old, read(page, layout, capture)))
    return found


def _tells(capture: Capture) -> bool:
    return capture.kind == "listing" or capture.post_key is not None


def _read_list(page: Page, layout: Layout, capture: Capture) -> Mapping[str, Values] | None:
    try:
        return row_values(judge_listing(page, layout)[0]) or None  # an empty list tells nothing
    except (PageError, Truncated):
        return None


def _read_post(page: Page, layout: Layout, capture: Capture) -> Mapping[str, Values] | None:
    key = capture.post_key or ""
    try:
        article = judge_article(page, layout, key).article
    except (PageError, Truncated):
        return None
    return None if article is None else {key: article_values(article)}


def held_of(archive: Archive, board: Board, trials: Sequence[Trial]) -> dict[str, Values]:
    keys = {key for trial in trials if trial.new is not None for key in trial.new}
    found = {key: archive.find_post(board.id, key) for key in keys}
    return {key: held_values(post) for key, post in found.items() if post is not None}
