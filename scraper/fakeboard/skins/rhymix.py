"""Rhymix and XpressEngine boards: short addresses and index.php ones, in several skins (see FakeBoard).

Notices stand on every page and do not count; secret posts are 403, deleted ones 404 with a login form; a download
is a redirect to an address that works once. This module routes and keeps sessions; the others draw.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins import rhymix_mobile, rhymix_page, rhymix_view, sketchbook5, xe
from scraper.fakeboard.skins.markup import text
from scraper.fakeboard.skins.rhymix_urls import FACES, category_of, list_url, view_url

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

_LISTINGS = {
    "xedition": rhymix_page.listing,
    "default": rhymix_page.listing,
    "sketchbook5": sketchbook5.listing,
    "webzine": sketchbook5.webzine,
    "gallery": sketchbook5.gallery,
    "firstthumb": sketchbook5.first_thumbnail,
    "mobile": rhymix_mobile.listing,
    "xe": xe.listing,
}
_ARTICLES = {
    "xedition": rhymix_view.article,
    "default": rhymix_view.article,
    "mobile": rhymix_mobile.article,
    "xe": xe.article,
}


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return list_url(board)


def route(site: FakeSite, visit: Visit) -> Route | None:
    """Addresses of every rewrite level, files."""
    asked = visit.asked()
    parts = [part for part in visit.path.split("/") if part]
    if "files" in parts and parts[parts.index("files") :][1:3] == ["attach", "images"]:
        return Route("attachment", lambda: _image(site, parts[-1]))
    if parts[:2] == ["files", "download"]:
        return Route("attachment", lambda: _short_download(site, visit, parts[2:]))
    page = asked.get("page", "")
    if parts in ([], ["index.php"]):
        if asked.get("module") == "file":
            return Route("attachment", lambda: _download(site, visit, asked))
        parts = [part for part in (asked.get("mid"), asked.get("document_srl")) if part]
    elif len(parts) > 2 and parts[-2] == "page":
        page = parts[-1]
        parts = parts[:-2]
    if not parts:
        return None
    if parts[0].isdigit() and len(parts) == 1:
        return Route("other", lambda: _moved(site, visit, to_id(parts[0])))
    board = site.board(parts[0])
    if board is None or board.skin not in FACES:
        return None
    if len(parts) == 1 or (parts[1] == "category" and len(parts) == 3):
        category = category_of(board, parts[2] if len(parts) == 3 else asked.get("category", ""))
        return Route("listing", lambda: _list(site, board, visit, page_number(page), category))
    if len(parts) == 2 and parts[1].isdigit() and not visit.path.endswith("/"):
        return Route("article", lambda: _view(site, board, visit, to_id(parts[1]), page))
    return None


def _list(site: FakeSite, board: FakeBoard, visit: Visit, page: int, category: str = "", head: str = "") -> Answer:
    drawn = _LISTINGS[board.variant](board, page, category)
    inner = f'<div class="board">\n{drawn}</div>\n'
    return _html(200, rhymix_page.frame(site, board.slug, board.name, text(board.name), visit, inner, head))


def _html(status: int, page: str) -> Answer:
    return Answer(status, page.encode(), b"text/html; charset=UTF-8")


def _redirect(status: int, location: str) -> Answer:
    return Answer(status, b"", headers=((b"Location", location.encode()),))


def _owner(site: FakeSite, srl: int) -> FakeBoard | None:
    return next((board for board in site.boards if board.skin in FACES and board.get(srl) is not None), None)


def _moved(site: FakeSite, visit: Visit, srl: int) -> Answer:
    owner = _owner(site, srl)
    return _redirect(301, f"{visit.origin}{view_url(owner, srl)}") if owner else _nothing(site, visit)


def _nothing(site: FakeSite, visit: Visit) -> Answer:
    return _html(404, rhymix_page.draw_message(site, visit, "대상을 찾을 수 없습니다."))


def _view(site: FakeSite, board: FakeBoard, visit: Visit, srl: int, page: str) -> Answer:
    post = board.get(srl)
    owner = board
    if post is None:
        shared = board.global_notice.get(srl) if board.global_notice else None
        if shared is None or not shared.notice or board.global_notice is None:
            found = _owner(site, srl)
            return _redirect(301, f"{visit.origin}{view_url(found, srl)}") if found else _absent(site, board, visit)
        post, owner = shared, board.global_notice
    inner = page_number(page) if page else _inner_page(board, visit, post)
    read = _ARTICLES.get(board.variant, sketchbook5.article)(board, owner, visit, post)
    below = _LISTINGS[board.variant](board, inner, viewed=post.id) if board.variant != "mobile" else ""
    address = f"{visit.origin}{text(view_url(owner, post.id))}"
    head = (
        f'<link rel="canonical" href="{address}" />\n<meta property="og:type" content="article" />\n'
        f'<meta property="og:url" content="{address}" />\n'
    )
    page_of = f'<div class="board">\n{read}{below}</div>\n'
    drawn = rhymix_page.frame(site, board.slug, board.name, text(post.title), visit, page_of, head)
    seen = f"{owner.slug}/{srl}"
    if not post.secret and seen not in visit.session.seen and not visit.looks_like_robot:
        visit.session.seen.add(seen)
        post.hits += 1
    return _html(403 if post.secret and board.variant != "xe" else 200, drawn)


def _absent(site: FakeSite, board: FakeBoard, visit: Visit) -> Answer:
    """A post that is not there: 404; XpressEngine showed the list instead, with a script that says so."""
    if board.variant == "xe":
        return _list(site, board, visit, 1, head=xe.ALERT)
    return _nothing(site, visit)


def _inner_page(board: FakeBoard, visit: Visit, post: FakePost) -> int:
    ordinary = [other.id for other in board.ordinary()]
    stranger = visit.session.is_new and "referer" not in visit.headers
    if stranger or visit.looks_like_robot or post.id not in ordinary:
        return 1
    return ordinary.index(post.id) // board.page_size + 1


def _find_file(site: FakeSite, srl: int) -> tuple[FakePost, FakeFile] | None:
    for board in site.boards:
        for post in board.posts() if board.skin in FACES else ():
            item = post.file(srl)
            if item is not None:
                return post, item
    return None


def _download(site: FakeSite, visit: Visit, asked: dict[str, str]) -> Answer:
    srl = to_id(asked.get("file_srl"))
    if asked.get("act") == "procFileOutput":
        return _given(site, visit, srl, asked.get("file_key", ""), named=True)
    if asked.get("act") != "procFileDownload":
        return _denied(site, visit)
    key = _new_key(site, srl, asked.get("sid"))
    query = f"module=file&act=procFileOutput&file_srl={srl}&file_key={key}"
    return _redirect(302, f"{visit.origin}/index.php?{query}") if key else _denied(site, visit)


def _short_download(site: FakeSite, visit: Visit, parts: list[str]) -> Answer:
    """files/download/link/F/SID/NAME leads to files/download/F/KEY/NAME; the name stands in the address only."""
    if len(parts) == 4 and parts[0] == "link":
        key = _new_key(site, to_id(parts[1]), parts[2])
        name = quote(parts[3], safe="")
        return _redirect(302, f"{visit.origin}/files/download/{parts[1]}/{key}/{name}") if key else _denied(site, visit)
    return _given(site, visit, to_id(parts[0]), parts[1], named=False) if len(parts) == 3 else _denied(site, visit)


def _denied(site: FakeSite, visit: Visit) -> Answer:
    return _html(403, rhymix_page.draw_message(site, visit, "요청한 기능을 실행할 수 있는 권한이 없습니다."))


def _new_key(site: FakeSite, srl: int, sid: str | None) -> str | None:
    """A key that opens the file once; None for a file that nobody may have, and for a wrong token."""
    found = _find_file(site, srl)
    if found is None or found[0].secret or found[1].lost or sid != rhymix_page.file_sid(found[1]):
        return None
    found[1].downloads += 1
    key = site.rng.randbytes(24).hex()
    site.one_off[key] = srl
    return key


def _given(site: FakeSite, visit: Visit, srl: int, key: str, *, named: bool) -> Answer:
    found = _find_file(site, srl)
    if found is None or site.one_off.pop(key, None) != srl:
        return _denied(site, visit)
    item = found[1]
    name = f'; filename="{quote(item.name, safe="")}"' if named else ""
    tag = f'"{hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()}"'.encode()
    headers = ((b"Content-Disposition", f"attachment{name}".encode()), (b"ETag", tag))
    return Answer(200, item.content, item.mime.encode(), headers)


def _image(site: FakeSite, stored: str) -> Answer:
    for board in site.boards:
        for post in board.posts() if board.skin in FACES else ():
            for item in post.files:
                if item.stored == stored and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
    return Answer(404, f"<!doctype html><title>404</title><p>{text(stored)}</p>".encode())
