"""gnuboard5's addresses: by query, by number (/BOARD/ID), or by slug (/BOARD/WORDS-OF-THE-TITLE/).

A slug is made when a post has been listed once; until then its link is numeric. A new title makes a new slug, and
the old one leads to the list.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.model import FakePost

_WORDS = 8
_SHORT = re.compile(r"/([A-Za-z0-9_]+)(?:/(\d+)|/([^/]+)/)?")


def list_url(board: FakeBoard, page: int = 1, category: str = "", extra: str = "") -> str:
    """Path and query of a list page, not escaped for HTML."""
    parts = [f"sca={quote(category)}" if category else "", f"page={page}" if page > 1 else "", extra]
    query = "&".join(filter(None, parts))
    if board.address == "query":
        return f"/bbs/board.php?bo_table={board.slug}" + (f"&{query}" if query else "")
    return f"/{board.slug}" + (f"?{query}" if query else "")


def view_url(board: FakeBoard, post: FakePost, query: str = "") -> str:
    """Path and query of a view, not escaped for HTML; ``query`` is what leaks in from the list."""
    if board.address == "query":
        return f"/bbs/board.php?bo_table={board.slug}&wr_id={post.id}" + (f"&{query}" if query else "")
    slug = board.slugs.get(post.id) if board.address == "slug" else None
    path = f"/{board.slug}/{post.id}" if slug is None else f"/{board.slug}/{quote(slug)}/"
    return path + (f"?{query}" if query else "")


def give_slugs(board: FakeBoard, posts: list[FakePost]) -> None:
    """The posts have been listed: from now on they have slugs, but for those whose title has no letters."""
    for post in posts:
        made = _slug(post.title)
        stem = re.sub(r"-\d+$", "", board.slugs.get(post.id, ""))
        if stem == made or board.slugs.get(post.id) == made:
            continue
        taken = {slug for other, slug in board.slugs.items() if other != post.id}
        slug, count = made, 0
        while slug in taken:
            count += 1
            slug = f"{made}-{count}"
        board.slugs.pop(post.id, None)
        if slug:
            board.slugs[post.id] = slug


def _slug(title: str) -> str:
    """The first words with hyphens between them; signs go after the words are counted."""
    words = re.sub(r"[^\w -]", "", " ".join(title.split(" ")[:_WORDS]))
    return re.sub(r"-+", "-", re.sub(r"\s+", "-", words)).lower().strip("- ")


def short_query(visit: Visit, boards: dict[str, FakeBoard]) -> dict[str, str] | None:
    """bo_table and wr_id of a short address; None for any other path."""
    found = _SHORT.fullmatch(unquote(visit.path))
    board = boards.get(found[1]) if found else None
    if found is None or board is None or board.address == "query":
        return None
    asked = {"bo_table": board.slug}
    if found[2]:
        asked["wr_id"] = found[2]
    elif found[3]:
        by_slug = {slug: post_id for post_id, slug in board.slugs.items() if board.get(post_id) is not None}
        asked |= {"wr_id": str(by_slug[found[3]])} if found[3] in by_slug else {}
    return asked
