"""zeroboard4: unquoted markup, a page past the last is the last one, downloads want a Referer of the site.

Variant "pl8" is the CP949 original, whose downloads redirect to a raw CP949 path; "pl9" the UTF-8 fork, which streams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes, urlsplit

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins import zeroboard4_page
from scraper.fakeboard.skins.cp949 import encode
from scraper.fakeboard.skins.markup import last_page

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

PATHS = ("/zb/zboard.php", "/zb/view.php", "/zb/download.php")


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/zb/zboard.php?id={board.slug}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """A view may come from zboard.php as well."""
    asked = visit.asked("cp949")
    if visit.path.startswith("/zb/data/"):
        return Route("attachment", lambda: _raw(site, visit))
    if visit.path not in PATHS:
        return None
    board = site.board(asked.get("id", ""))
    if board is None or board.skin != "zeroboard4":
        return Route("other", lambda: _html("cp949", zeroboard4_page.draw_error("생성되지 않은 게시판입니다")))
    if visit.path == "/zb/download.php":
        return Route("attachment", lambda: _download(board, visit, asked))
    if asked.get("no"):
        return Route("article", lambda: _view(site, board, to_id(asked["no"])))
    page = min(page_number(asked.get("page")), last_page(len(board.posts()), board.page_size))
    return Route("listing", lambda: _html(charset_of(board), zeroboard4_page.draw_list(site, board, page)))


def charset_of(board: FakeBoard) -> str:
    """The original is CP949, the fork UTF-8."""
    return "cp949" if board.variant == "pl8" else "utf-8"


def _html(charset: str, page: str) -> Answer:
    return Answer(200, encode(page) if charset == "cp949" else page.encode(), b"text/html")


def _view(site: FakeSite, board: FakeBoard, post_id: int) -> Answer:
    post = board.get(post_id)
    charset = charset_of(board)
    if post is None:
        return _html(charset, zeroboard4_page.draw_error("선택하신 게시물이 존재하지 않습니다"))
    if post.secret:
        return _html(charset, zeroboard4_page.draw_password(board, post))
    page = zeroboard4_page.draw_view(site, board, post)
    post.hits += 1
    return _html(charset, page)


def _download(board: FakeBoard, visit: Visit, asked: dict[str, str]) -> Answer:
    post = board.get(to_id(asked.get("no")))
    place = to_id(asked.get("filenum")) - 1
    offered = zeroboard4_page.offered(post) if post is not None else []
    if post is None or urlsplit(visit.origin).netloc not in visit.headers.get("referer", ""):
        return Answer(200, b"", b"text/html")
    if not 0 <= place < len(offered) or offered[place].lost:
        return _html(charset_of(board), zeroboard4_page.draw_error("파일이 존재하지 않습니다"))
    item = offered[place]
    item.downloads += 1
    if board.variant == "pl8":
        way = f"/zb/data/{board.slug}/{post.id}/".encode() + item.stored.encode("cp949", "replace")
        raw = way.replace(b"%", b"%25").replace(b"#", b"%23").replace(b" ", b"%20").replace(b"?", b"%3F")
        return Answer(302, b"", headers=((b"Location", raw),))
    named = b"attachment; filename=" + item.name.encode()
    return Answer(200, item.content, b"application/octet-stream", ((b"Content-Disposition", named),))


def _raw(site: FakeSite, visit: Visit) -> Answer:
    path = unquote_to_bytes(urlsplit(visit.target).path)
    for board in site.boards:
        for post in board.posts() if board.skin == "zeroboard4" else ():
            for item in post.files:
                if path in _paths(board, post, item.stored) and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
    return Answer(404, b"<html><body>404 Not Found</body></html>", b"text/html")


def _paths(board: FakeBoard, post: FakePost, stored: str) -> set[bytes]:
    name = stored.encode("cp949", "replace").replace(b"?", b"?")
    return {f"/zb/data/{board.slug}/{post.id}/".encode() + each for each in (name, stored.encode())}
