"""The list of a strange board: total, records, pager and the scripts behind them."""

from __future__ import annotations

from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.cells import columns
from scraper.fakeboard.skins.strange.face import TABLES
from scraper.fakeboard.skins.strange.links import Place, scripts
from scraper.fakeboard.skins.strange.pager import draw_pager, draw_total
from scraper.fakeboard.skins.strange.records import record, wrap
from scraper.fakeboard.skins.strange.words import css


def draw_listing(board: StrangeBoard, place: Place) -> str:
    """Everything between the frame's head and foot on a list page."""
    face = board.face
    posts = board.ordinary()
    start = (place.page - 1) * board.page_size
    shown = posts[start : start + board.page_size]
    pinned = board.notices() if place.page == 1 or (face.notice_pages == "every" and shown) else []
    drawn = [record(board, post, place, pinned=True) for post in pinned]
    drawn += [record(board, post, place, pinned=False) for post in shown]
    records = "".join(drawn) or _nothing(board)
    return (
        f"{draw_total(board, place.page, len(shown))}{_search(board)}{wrap(face, records)}"
        f"{draw_pager(board, place)}{scripts(board, place, posts=True, pages=True)}"
    )


def _nothing(board: StrangeBoard) -> str:
    said = "등록된 게시물이 없습니다."
    if board.face.record in TABLES:
        return f'<tr><td colspan="{len(columns(board.face))}">{said}</td></tr>\n'
    return f"<li>{said}</li>\n" if board.face.record in ("ul", "cards", "anchor", "line") else f"<div>{said}</div>\n"


def _search(board: StrangeBoard) -> str:
    if board.face.query != "search":
        return ""
    return (
        f'<form name="find" method="get"{css(board.face, "search")}><select name="sc">'
        '<option value="title">제목</option><option value="body">내용</option></select>'
        '<input type="text" name="sw" value=""><input type="submit" value="검색"></form>\n'
    )
