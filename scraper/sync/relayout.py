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
    """Store the layout if it reads the newest list page and some articles as kept. Raises BadLayout."""
    stretches = archive.find_coverage(board.id)
    if stretches:
        try:
            judge_listing(archive.find_page(stretches[-1].capture_id), layout)
        except SinmungoError as error:
            raise BadLayout(f"{layout.name}: does not read the newest list page of {board.slug}: {error}") from error
    read = [post for post in archive.find_known(board.id).values() if post.version and post.state == "live"]
    for post in sorted(read, key=lambda post: -post.id)[:_ARTICLES]:
        capture_id = archive.find_versions(post.id)[-1]["article_capture_id"]
        verdict = judge_article(archive.find_page(capture_id), layout, post.key)
        if verdict.article is None:
            raise BadLayout(f"{layout.name}: does not read the article {board.slug}/{post.key}: {verdict.reason}")
    archive.save_board_facts(board.id, layout=layout_values(layout), engine=layout.name)
