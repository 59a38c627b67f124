"""Rhymix's addresses on its three rewrite levels: 0 index.php?mid=…, 1 /MID?page=N, 2 /MID/page/N."""

from __future__ import annotations

from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard

FACES = ("rhymix", "rhymix_mobile", "xe")
"""Skins whose boards share addresses, ids and files."""


def list_url(board: FakeBoard, page: int | None = None, category: str = "") -> str:
    """A page of the list; without ``page`` the first one, as menus link it."""
    if board.rewrite == 0:
        parts = [f"mid={board.slug}", f"category={quote(category)}" if category else "", f"page={page}" if page else ""]
        return "/index.php?" + "&".join(filter(None, parts))
    path = f"/{board.slug}" + (f"/category/{quote(category)}" if category else "")
    if page is None:
        return path
    return f"{path}/page/{page}" if board.rewrite == 2 else f"{path}?page={page}"


def view_url(board: FakeBoard, srl: int, page: int = 1) -> str:
    """A post as the list's page ``page`` links it."""
    if board.rewrite == 0:
        return f"/index.php?mid={board.slug}" + (f"&page={page}" if page > 1 else "") + f"&document_srl={srl}"
    return f"/{board.slug}/{srl}" + (f"?page={page}" if page > 1 else "")
