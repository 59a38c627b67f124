"""gnuboard4 with its basic skin: CP949 or UTF-8 (variant), tables with few classes, bare alert pages.

Notices stand on every page and again among the rows; downloads want the session of the view. gnuboard4_page draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.skins import gnuboard4_page
from scraper.fakeboard.skins.cp949 import encode

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

PATHS = ("/g4/bbs/board.php", "/g4/bbs/download.php", "/g4/bbs/password.php")


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/g4/bbs/board.php?bo_table={board.slug}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """Lists and views share board.php."""
    asked = visit.asked("cp949")
    if visit.path.startswith("/g4/data/file/"):
        return Route("attachment", lambda: _image(site, visit.path))
    if visit.path not in PATHS:
        return None
    board = site.board(asked.get("bo_table", ""))
    if board is None or board.skin != "gnuboard4":
        return Route("other", lambda: _alert("존재하지 않는 게시판입니다.", "cp949"))
    if visit.path == PATHS[1]:
        return Route("attachment", lambda: _download(board, visit, asked))
    if visit.path == PATHS[2]:
        return Route("other", lambda: _html(board, gnuboard4_page.draw_password(site, board)))
    if asked.get("wr_id"):
        return Route("article", lambda: _view(site, board, visit, asked))
    page = page_number(asked.get("page"))
    return Route("listing", lambda: _html(board, gnuboard4_page.draw_list(site, board, page)))


def _html(board: FakeBoard, page: str) -> Answer:
    is_old = board.variant == "cp949"
    kind = b"text/html; charset=" + (b"euc-kr" if is_old else b"utf-8")
    return Answer(200, encode(page) if is_old else page.encode(), kind)


def _alert(message: str, charset: str) -> Answer:
    said = (
        f'<meta http-equiv="content-type" content="text/html; charset={"euc-kr" if charset == "cp949" else charset}">'
        f"<script type='text/javascript'>alert('{message}');history.go(-1);</script>"
    )
    return Answer(200, encode(said) if charset == "cp949" else said.encode(), b"text/html")


def _view(site: FakeSite, board: FakeBoard, visit: Visit, asked: dict[str, str]) -> Answer:
    post = board.get(to_id(asked["wr_id"]))
    if post is None:
        return _alert("글이 존재하지 않습니다.\\n\\n글이 삭제되었거나 이동된 경우입니다.", board.variant)
    if post.secret:
        way = f"./password.php?w=s&bo_table={board.slug}&wr_id={post.id}"
        if board.variant == "cp949":
            return _html(board, f"<script type='text/javascript'> location.replace('{way}'); </script>")
        return Answer(302, b"", headers=((b"Location", f"{visit.origin}/g4/bbs/{way[2:]}".encode()),))
    page = gnuboard4_page.draw_view(site, board, post, asked.get("page", ""))
    if f"{board.slug}/{post.id}" not in visit.session.seen:
        visit.session.seen.add(f"{board.slug}/{post.id}")
        post.hits += 1
    return _html(board, page)


def _download(board: FakeBoard, visit: Visit, asked: dict[str, str]) -> Answer:
    post = board.get(to_id(asked.get("wr_id")))
    if post is None or f"{board.slug}/{post.id}" not in visit.session.seen:
        return _alert("잘못된 접근입니다.", board.variant)
    item = post.file(to_id(asked.get("no")))
    if item is None or item.lost:
        return _alert("파일이 존재하지 않습니다.", board.variant)
    item.downloads += 1
    name = item.name.replace('"', "").encode(board.variant, "replace")
    headers = ((b"Content-Disposition", b'attachment; filename="' + name + b'"'), (b"Pragma", b"no-cache"))
    return Answer(200, item.content, b"file/unknown", headers)


def _image(site: FakeSite, path: str) -> Answer:
    for board in site.boards:
        for post in board.posts() if board.skin == "gnuboard4" else ():
            for item in post.files:
                if path == f"/g4/data/file/{board.slug}/{item.stored}" and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
    return Answer(404, b"<html><body>404 Not Found</body></html>", b"text/html")
