"""Giving a board another layout: it must read what the archive already holds of that board."""

from __future__ import annotations

from pathlib import Path

from scraper.archive.store import Archive
from scraper.errors import BadLayout, SinmungoError
from scraper.models import Board
from scraper.page.layout import Layout, layout_values, load_layout
from scraper.sync.judge import judge_article, judge_listing

_ARTICLES = 3


def read_layout_file(path: Path) -> Layout:
    """A layout from a TOML file. Raises BadLayout."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadLayout(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadLayout(f"{path}: is not UTF-8 text") from error
    return load_layout(text, str(path))


def save_layout(archive: Archive, board: Board, layout: Layout) -> None:
    """Store the layout if it reads the newest list page and one of the newest articles as kept. Raises BadLayout.

    Pages of an older skin need not be read: they were, when they were new.
    """
    for capture in archive.find_newest_captures(board.id, "listing", 1):
        try:
            judge_listing(archive.find_page(capture.id), layout)
        except SinmungoError as error:
            raise BadLayout(f"{layout.name}: does not read the newest list page of {board.slug}: {error}") from error
    reasons = []
    for capture in archive.find_newest_captures(board.id, "article", _ARTICLES):
        verdict = judge_article(archive.find_page(capture.id), layout, capture.post_key or "")
        if verdict.article is not None:
            break
        reasons.append(f"{board.slug}/{capture.post_key}: {verdict.reason}")
    else:
        if reasons:
            raise BadLayout(f"{layout.name}: does not read the newest articles: {'; '.join(reasons)}")
    archive.save_board_facts(board.id, layout=layout_values(layout), engine=layout.name)
