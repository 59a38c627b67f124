"""The press CMS of most local papers: /news/articleList.html and articleView.html, three generations.

Variant "table" (2010-2018, CP949, nested tables), "block" (divs), "ul" (the present one). A byline has two parts or
more: the last is the date, the one before it the author. Nobody is told of hits. ndsoft_page draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.skins import ndsoft_page, ndsoft_view
from scraper.fakeboard.skins.cp949 import encode
from scraper.fakeboard.skins.prose import alert, html, stored_image

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/news/articleList.html?sc_section_code={ndsoft_page.section(board)}&view_type=sm"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """Sections are told by a code in the query; an article's address names no section."""
    asked = visit.asked()
    boards = [board for board in site.boards if board.skin == "ndsoft"]
    if visit.path.startswith("/news/photo/"):
        return Route("attachment", lambda: stored_image(site, "ndsoft", visit.path))
    if visit.path == "/news/articleList.html":
        code = asked.get("sc_section_code", "")
        board = next((board for board in boards if ndsoft_page.section(board) == code), None)
        if board is None:
            return Route("other", lambda: alert("잘못된 접근입니다."))
        page = page_number(asked.get("page"))
        return Route("listing", lambda: _page(board, ndsoft_page.draw_list(site, board, page)))
    if visit.path == "/news/articleView.html":
        return Route("article", lambda: _view(site, boards, to_id(asked.get("idxno"))))
    return None


def _view(site: FakeSite, boards: list[FakeBoard], post_id: int) -> Answer:
    for board in boards:
        post = board.get(post_id)
        if post is not None:
            post.hits += 1
            return _page(board, ndsoft_view.draw_view(site, board, post))
    return alert("존재하지 않는 기사입니다.")


def _page(board: FakeBoard, page: str) -> Answer:
    if board.variant == "table":
        return Answer(200, encode(page), b"text/html")
    return html(page)
