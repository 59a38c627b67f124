"""Rhymix with the xedition skin and short addresses (/SLUG?page=N, /SLUG/SRL).

Notices stand on every page and do not count; secret posts are 403, deleted ones 404 with a login form; a download
is a redirect to an address that works once. This module routes and keeps sessions; rhymix_page and rhymix_view draw.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins import rhymix_page, rhymix_view
from scraper.fakeboard.skins.markup import text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/{board.slug}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """Short addresses, their index.php forms, files."""
    asked = visit.asked()
    parts = [part for part in visit.path.split("/") if part]
    if "files" in parts and parts[parts.index("files") :][1:3] == ["attach", "images"]:
        return Route("attachment", lambda: _image(site, parts[-1]))
    if parts in ([], ["index.php"]):
        if asked.get("module") == "file":
            return Route("attachment", lambda: _download(site, visit, asked))
        parts = [part for part in (asked.get("mid"), asked.get("document_srl")) if part]
    if not parts:
        return None
    if parts[0].isdigit() and len(parts) == 1:
        return Route("other", lambda: _moved(site, visit, to_id(parts[0])))
    board = site.board(parts[0])
    if board is None or board.skin != "rhymix":
        return None
    if len(parts) == 1 or (parts[1] == "category" and len(parts) == 3):
        category = parts[2] if len(parts) == 3 else asked.get("category", "")
        page = page_number(asked.get("page"))
        return Route("listing", lambda: _html(200, rhymix_page.draw_list(site, board, visit, page, category)))
    if len(parts) == 2 and parts[1].isdigit() and not visit.path.endswith("/"):
        return Route("article", lambda: _view(site, board, visit, to_id(parts[1]), asked.get("page")))
    return None


def _html(status: int, page: str) -> Answer:
    return Answer(status, page.encode(), b"text/html; charset=UTF-8")


def _redirect(status: int, location: str) -> Answer:
    return Answer(status, b"", headers=((b"Location", location.encode()),))


def _owner(site: FakeSite, srl: int) -> FakeBoard | None:
    return next((board for board in site.boards if board.skin == "rhymix" and board.get(srl) is not None), None)


def _moved(site: FakeSite, visit: Visit, srl: int) -> Answer:
    owner = _owner(site, srl)
    return _redirect(301, f"{visit.origin}/{owner.slug}/{srl}") if owner else _nothing(site, visit)


def _nothing(site: FakeSite, visit: Visit) -> Answer:
    return _html(404, rhymix_page.draw_message(site, visit, "대상을 찾을 수 없습니다."))


def _view(site: FakeSite, board: FakeBoard, visit: Visit, srl: int, page: str | None) -> Answer:
    post = board.get(srl)
    owner = board
    if post is None:
        shared = board.global_notice.get(srl) if board.global_notice else None
        if shared is None or not shared.notice or board.global_notice is None:
            found = _owner(site, srl)
            return _redirect(301, f"{visit.origin}/{found.slug}/{srl}") if found else _nothing(site, visit)
        post, owner = shared, board.global_notice
    inner = page_number(page) if page else _inner_page(board, visit, post)
    drawn = rhymix_view.draw_view(site, board, owner, visit, post, inner)
    seen = f"{owner.slug}/{srl}"
    if not post.secret and seen not in visit.session.seen and not visit.looks_like_robot:
        visit.session.seen.add(seen)
        post.hits += 1
    return _html(403 if post.secret else 200, drawn)


def _inner_page(board: FakeBoard, visit: Visit, post: FakePost) -> int:
    ordinary = [other.id for other in board.ordinary()]
    stranger = visit.session.is_new and "referer" not in visit.headers
    if stranger or visit.looks_like_robot or post.id not in ordinary:
        return 1
    return ordinary.index(post.id) // board.page_size + 1


def _find_file(site: FakeSite, srl: int) -> tuple[FakePost, FakeFile] | None:
    for board in site.boards:
        for post in board.posts() if board.skin == "rhymix" else ():
            item = post.file(srl)
            if item is not None:
                return post, item
    return None


def _download(site: FakeSite, visit: Visit, asked: dict[str, str]) -> Answer:
    srl = to_id(asked.get("file_srl"))
    found = _find_file(site, srl)
    denied = rhymix_page.draw_message(site, visit, "요청한 기능을 실행할 수 있는 권한이 없습니다.")
    if found is None or found[0].secret or found[1].lost:
        return _html(403, denied)
    item = found[1]
    if asked.get("act") == "procFileDownload" and asked.get("sid") == rhymix_page.file_sid(item):
        key = site.rng.randbytes(24).hex()
        site.one_off[key] = srl
        item.downloads += 1
        return _redirect(302, f"{visit.origin}/index.php?module=file&act=procFileOutput&file_srl={srl}&file_key={key}")
    if asked.get("act") == "procFileOutput" and site.one_off.pop(asked.get("file_key", ""), None) == srl:
        named = f'attachment; filename="{quote(item.name, safe="")}"'.encode()
        tag = f'"{hashlib.md5(asked["file_key"].encode(), usedforsecurity=False).hexdigest()}"'.encode()
        return Answer(200, item.content, item.mime.encode(), ((b"Content-Disposition", named), (b"ETag", tag)))
    return _html(403, denied)


def _image(site: FakeSite, stored: str) -> Answer:
    for board in site.boards:
        for post in board.posts() if board.skin == "rhymix" else ():
            for item in post.files:
                if item.stored == stored and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
    return Answer(404, f"<!doctype html><title>404</title><p>{text(stored)}</p>".encode())
