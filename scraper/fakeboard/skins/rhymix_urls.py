"""Rhymix's addresses on its three rewrite levels: 0 index.php?mid=…, 1 /MID?page=N, 2 /MID/page/N."""

from __future__ import annotations

from scraper.fakeboard.board import FakeBoard

FACES = ("rhymix", "rhymix_mobile", "xe")
"""Skins whose boards share addresses, ids and files."""


_FIRST_CATEGORY = 71


def category_srl(board: FakeBoard, category: str) -> int:
    """The number by which addresses name a category."""
    known = board.categories
    return _FIRST_CATEGORY + (known.index(category) if category in known else len(known))


def category_of(board: FakeBoard, srl: str) -> str:
    """The category of that number; the text itself where there is none."""
    place = int(srl) - _FIRST_CATEGORY if srl.isdigit() else -1
    return board.categories[place] if 0 <= place < len(board.categories) else srl


def list_url(board: FakeBoard, page: int | None = None, category: str = "") -> str:
    """A page of the list; without ``page`` the first one, as menus link it."""
    srl = category_srl(board, category) if category else None
    if board.rewrite == 0:
        parts = [f"mid={board.slug}", f"category={srl}" if srl else "", f"page={page}" if page else ""]
        return "/index.php?" + "&".join(filter(None, parts))
    path = f"/{board.slug}" + (f"/category/{srl}" if srl else "")
    if page is None:
        return path
    return f"{path}/page/{page}" if board.rewrite == 2 else f"{path}?page={page}"


def view_url(board: FakeBoard, srl: int, page: int = 1) -> str:
    """A post as the list's page ``page`` links it."""
    if board.rewrite == 0:
        return f"/index.php?mid={board.slug}" + (f"&page={page}" if page > 1 else "") + f"&document_srl={srl}"
    return f"/{board.slug}/{srl}" + (f"?page={page}" if page > 1 else "")
