"""An old PHP board in CP949, as small local papers run it: tables without classes, header cells that are images.

The view prints the author before the title and neither date nor hits; page 1 of the list stands below it.
Content-Type names no charset, the meta says euc-kr, titles are cut by bytes. See legacy_page for the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.skins import legacy_page
from scraper.fakeboard.skins.cp949 import encode

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

HTML = b"text/html"


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/bbs/list.php?code={board.slug}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """Lists and views share one script; downloads and images have their own."""
    asked = visit.asked("cp949")
    if visit.path.startswith("/upload/"):
        return Route("attachment", lambda: _image(site, visit.path))
    if visit.path not in ("/bbs/list.php", "/bbs/download.php") or "bo_table" in asked:
        return None  # a board of gnuboard5 may share the folder
    board = site.board(asked.get("code", ""))
    if board is None or board.skin != "legacy":
        return Route("other", lambda: _alert("존재하지 않는 게시판입니다."))
    if visit.path == "/bbs/download.php":
        return Route("attachment", lambda: _download(board, asked))
    if asked.get("mode") == "view":
        return Route("article", lambda: _view(site, board, to_id(asked.get("idx"))))
    page = page_number(asked.get("page"))
    return Route("listing", lambda: _html(legacy_page.draw_list(site, board, page)))


def _html(page: str) -> Answer:
    return Answer(200, encode(page), HTML)


def _alert(message: str) -> Answer:
    return _html(
        "<html><head><meta http-equiv=Content-Type content=text/html; charset=euc-kr></head>\n"
        f"<script language=javascript>alert('{message}');history.back();</script></html>\n"
    )


def _view(site: FakeSite, board: FakeBoard, post_id: int) -> Answer:
    post = board.get(post_id)
    if post is None:
        return _alert("삭제된 글입니다.")
    post.hits += 1
    return _html(legacy_page.draw_view(site, board, post))


def _download(board: FakeBoard, asked: dict[str, str]) -> Answer:
    post = board.get(to_id(asked.get("idx")))
    found = [item for item in post.files if item.stored == asked.get("file")] if post else []
    if not found or found[0].lost:
        return _alert("파일이 존재하지 않습니다.")
    found[0].downloads += 1
    name = found[0].name.encode("cp949", "replace")
    headers = ((b"Content-Disposition", b'attachment; filename="' + name + b'"'), (b"Pragma", b"no-cache"))
    return Answer(200, found[0].content, b"application/octet-stream", headers)


def _image(site: FakeSite, path: str) -> Answer:
    for board in site.boards:
        for post in board.posts() if board.skin == "legacy" else ():
            for item in post.files:
                if path == legacy_page.image_path(board, post, item) and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
    return Answer(404, b"<html><body>404 Not Found</body></html>", HTML)
