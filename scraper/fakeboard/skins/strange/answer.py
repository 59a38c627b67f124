"""A strange board over HTTP: which page a visit wants, drawn and encoded as its face says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.exchange import Answer, Route, Visit, VisitKind
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.skins.cp949 import encode
from scraper.fakeboard.skins.strange.address import Wanted, list_target, read_visit
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.face import Face
from scraper.fakeboard.skins.strange.frame import CHARSETS, after_body, frame
from scraper.fakeboard.skins.strange.links import Place, scripts
from scraper.fakeboard.skins.strange.listing import draw_listing
from scraper.fakeboard.skins.strange.view import draw_article

if TYPE_CHECKING:
    from scraper.fakeboard.board import FakeBoard
    from scraper.fakeboard.site import FakeSite

_KINDS: dict[str, VisitKind] = {"list": "listing", "view": "article", "file": "attachment", "refused": "article"}
_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    assert isinstance(board, StrangeBoard)
    return list_target(board)


def route(site: FakeSite, visit: Visit) -> Route | None:
    """The first strange board that knows the address answers."""
    for board in site.boards:
        if isinstance(board, StrangeBoard) and (found := _route(site, board, visit)):
            return found
    return None


def _route(site: FakeSite, board: StrangeBoard, visit: Visit) -> Route | None:
    if visit.path.startswith(f"/upload/{board.slug}/"):
        return Route("attachment", lambda: _stored(board, visit.path))
    if visit.path.startswith(("/img/", "/thumb/")):
        return Route("other", lambda: Answer(200, _PIXEL, b"image/gif"))
    wanted = read_visit(board, visit)
    return None if wanted is None else Route(_KINDS[wanted.kind], lambda: _reply(site, board, wanted, visit))


def _reply(site: FakeSite, board: StrangeBoard, wanted: Wanted, visit: Visit) -> Answer:
    face = board.face
    place = Place(visit.path, visit.origin, wanted.page)
    match wanted.kind:
        case "list":
            page = frame(board, site.name, f"{board.name} - {site.name}", draw_listing(board, place), place)
            return _html(face, page)
        case "file":
            return _download(board, wanted)
        case "refused":
            return _alert(face, "잘못된 접근입니다.")
    post = board.get(wanted.post_id)
    if post is None:
        return _alert(face, "삭제되었거나 존재하지 않는 게시물입니다.")
    if post.secret:
        return _alert(face, "비밀글은 작성자와 관리자만 볼 수 있습니다.")
    post.hits += 1
    inner = draw_article(board, post) + after_body(board, post, site.name, place)
    inner += scripts(board, place, posts=face.list_under == "no", pages=False, files=True)
    if face.list_under == "yes":
        inner += draw_listing(board, place)
    title = f"{post.title} - {site.name}" if face.seed % 2 or face.headline == "window" else site.name
    return _html(face, frame(board, site.name, title, inner, place))


def _html(face: Face, page: str) -> Answer:
    said = f"; charset={CHARSETS[face.charset]}".encode()
    body = encode(page) if face.charset == "cp949" else page.encode()
    return Answer(200, body, b"text/html" + (said if face.declared in ("header", "both") else b""))


def _alert(face: Face, message: str) -> Answer:
    meta = f'<meta charset="{CHARSETS[face.charset]}">' if face.declared in ("meta", "both") else ""
    script = f"<script>alert('{message}');history.back();</script>"
    return _html(face, f"<html>\n<head>{meta}<title></title></head>\n<body>{script}</body>\n</html>\n")


def _stored(board: StrangeBoard, path: str) -> Answer:
    name = path.rpartition("/")[2]
    for post in board.posts():
        for item in post.files:
            if item.stored == name and not item.lost:
                return Answer(200, item.content, item.mime.encode())
    return Answer(404, b"<html><body>404 Not Found</body></html>", b"text/html")


def _download(board: StrangeBoard, wanted: Wanted) -> Answer:
    post = board.get(wanted.post_id)
    item = post.file(wanted.file_id) if post else None
    if item is None or item.lost:
        return _alert(board.face, "파일이 존재하지 않습니다.")
    item.downloads += 1
    return Answer(
        200, item.content, b"application/octet-stream", ((b"Content-Disposition", _disposition(board.face, item)),)
    )


def _disposition(face: Face, item: FakeFile) -> bytes:
    if face.charset == "cp949":
        return b'attachment; filename="' + item.name.encode("cp949", "replace") + b'"'
    return f'attachment; filename="{quote(item.name, safe="")}"'.encode()
