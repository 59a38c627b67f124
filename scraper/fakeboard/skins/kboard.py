"""KBoard, a plugin of WordPress: a board stands on a page of the site (/SLUG/), and everything else is in the query.

A deleted post is 200 with a script that alerts; a secret one asks for a password; a file's address holds a nonce of
this visitor and stands in a click only. This module routes; kboard_page draws.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.skins import kboard_page

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite


def list_path(board: FakeBoard) -> str:
    """Path of the WordPress page."""
    return f"/{board.slug}/"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """The page of a board, by its query: list, document, download."""
    if visit.path.startswith(kboard_page.UPLOADS):
        return Route("attachment", lambda: _image(site, visit.path.rpartition("/")[2]))
    host = board = site.board(visit.path.strip("/"))
    if host is None or board is None or board.skin != "kboard":
        return None
    asked = visit.asked()
    uid = to_id(asked.get("uid"))
    board = board.beside if board.beside is not None and board.beside.get(uid) is not None else board
    if asked.get("action") == "kboard_file_download":
        return Route("attachment", lambda: _download(board, visit, uid, asked))
    if asked.get("mod") == "document":
        return Route("article", lambda: _document(site, board, visit, uid))
    page, category = page_number(asked.get("pageid")), asked.get("category1", "")
    return Route("listing", lambda: _html(kboard_page.draw_list(site, host, page, category)))


def _html(page: str) -> Answer:
    return Answer(200, page.encode(), b"text/html; charset=UTF-8")


def _alert(message: str, way: str) -> Answer:
    script = (
        f"<script>alert({json.dumps(message, ensure_ascii=False)});window.location.href={json.dumps(way)};</script>"
    )
    return _html(script)


def _document(site: FakeSite, board: FakeBoard, visit: Visit, uid: int) -> Answer:
    post = board.get(uid)
    if post is None:
        return _alert("삭제되었거나 존재하지 않는 게시글입니다.", f"/{board.slug}/?mod=list")
    if post.secret:
        return _html(kboard_page.draw_confirm(site, board, post))
    seen = f"kboard/{uid}"
    if seen not in visit.session.seen:
        visit.session.seen.add(seen)
        post.hits += 1
    nonce = site.rng.randbytes(5).hex()
    visit.session.tokens[nonce] = (f"kboard/{uid}", site.clock.now())
    return _html(kboard_page.draw_document(site, board, post, nonce, visit.path))


def _download(board: FakeBoard, visit: Visit, uid: int, asked: dict[str, str]) -> Answer:
    post = board.get(uid)
    place = to_id(asked.get("file", "").removeprefix("file"))
    token = visit.session.tokens.get(asked.get("kboard-file-download-nonce", ""))
    if post is None or post.secret or token is None or token[0] != f"kboard/{uid}":
        return _alert("다운로드 권한이 없습니다.", "/")
    item = next((item for item in kboard_page.offered(post) if kboard_page.place_of(post, item) == place), None)
    if item is None or item.lost:
        return _alert("파일이 존재하지 않습니다.", "/")
    named = f"attachment; filename=\"{quote(item.name, safe='')}\"; filename*=UTF-8''{quote(item.name, safe='')}"
    return Answer(200, item.content, item.mime.encode(), ((b"Content-Disposition", named.encode()),))


def _image(site: FakeSite, stored: str) -> Answer:
    for board in [each for host in site.boards for each in (host, host.beside) if each is not None]:
        for post in board.posts() if board.skin == "kboard" else ():
            for item in post.files:
                if item.stored == stored and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
    return Answer(404, b"<!doctype html><title>404</title><p>not found</p>")
