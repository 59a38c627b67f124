"""Where a strange board's pages lie: addresses out of a face, and what an address asks for.

Addresses are root-relative: path and query. ``PLACE`` stands where a script joins an id or a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scraper.fakeboard.exchange import Visit, to_id
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.face import CALLS, Face

PLACE = "\x00"


@dataclass(frozen=True, slots=True)
class Ways:
    """The paths and parameters of one face."""

    list_path: str
    view_path: str
    down_path: str
    code: tuple[str, str] | None
    """The parameter that names the board, with its value."""
    view_mode: tuple[str, str] | None
    """What tells a view from a list when one script draws both."""
    page: str


@lru_cache(maxsize=256)
def ways(face: Face, slug: str) -> Ways:
    """The ways of a board."""
    rng = face.rng("ways")
    folder = rng.choice(("/bbs", "/board", "/news", "/community", "/kor/bbs", "/sub/board"))
    ending = rng.choice(("php", "php", "asp", "jsp", "html"))
    names = rng.choice((("list", "view"), ("list", "read"), ("board_list", "board_view"), ("index", "content")))
    verb = rng.choice(("Bbs", "Board", "Ntt", "Article"))
    code = (rng.choice(("code", "tb", "table", "boardId", "menu_cd", "cate")), slug)
    page = {"zero": "p", "offset": "offset", "path": "page"}.get(face.page_parameter, face.page_parameter)
    down = f"{folder}/download.{ending}"
    mode = rng.choice((("mode", "view"), ("act", "read"), ("cmd", "view"), ("m", "v")))
    script = rng.choice(("board", "bbs", "list", "index"))
    if face.scheme == "mode":
        path = f"{folder}/{script}.{ending}"
        return Ways(path, path, down, code, mode, page)
    if face.scheme == "scripts":
        return Ways(f"{folder}/{names[0]}.{ending}", f"{folder}/{names[1]}.{ending}", down, code, None, page)
    if face.scheme == "actions":
        return Ways(
            f"{folder}/select{verb}List.do", f"{folder}/select{verb}View.do", f"{folder}/down.do", code, None, page
        )
    path = f"{folder}/{slug}".lower()
    view = path if face.scheme == "short" else f"{path}/{rng.choice(('view', 'read', 'detail'))}"
    return Ways(path, view, f"{folder}/download", None, None, page)


def page_value(board: StrangeBoard, page: int) -> str:
    """What the page parameter says for a page."""
    kind = board.face.page_parameter
    return str({"zero": page - 1, "offset": (page - 1) * board.page_size}.get(kind, page))


def _join(path: str, pairs: list[tuple[str, str] | None]) -> str:
    query = "&".join("=".join(pair) for pair in pairs if pair)
    return f"{path}?{query}" if query else path


def list_target(board: StrangeBoard, value: str | None = None) -> str:
    """The list at a value of the page parameter; None is the front page."""
    own = ways(board.face, board.slug)
    if board.face.page_parameter == "path":
        return own.list_path if value is None else f"{own.list_path}/page/{value}"
    extra = ("menu", "30") if board.face.query == "menu" else None
    return _join(own.list_path, [own.code, extra, None if value is None else (own.page, value)])


def view_target(board: StrangeBoard, post_id: str, page: int, rank: int | None) -> str:
    """The view of a post as linked from a list page."""
    face, own = board.face, ways(board.face, board.slug)
    extras: list[tuple[str, str] | None] = []
    match face.query:
        case "page" if face.page_parameter != "path":
            extras = [(own.page, page_value(board, page))]
        case "menu":
            extras = [("menu", "30")]
        case "rank" if rank is not None:
            extras = [("vnum", str(rank))]
        case "search":
            extras = [("sc", ""), ("sw", "")]
    if face.scheme in ("path", "short"):
        return _join(f"{own.view_path}/{post_id}", extras)
    pairs = [own.view_mode, own.code, (face.parameter, post_id), *extras]
    if face.rng("pairs").random() < 0.4:
        pairs = [(face.parameter, post_id), own.view_mode, *extras, own.code]
    return _join(own.view_path, pairs)


def file_target(board: StrangeBoard, post_id: str, file_id: str) -> str:
    """The download of a file."""
    own = ways(board.face, board.slug)
    return _join(own.down_path, [own.code, (board.face.parameter, post_id), ("fno", file_id)])


def relative(target: str, own: str, style: str, origin: str) -> str:
    """A root-relative address as a link on the page ``own`` (a path) writes it."""
    path, mark, query = target.partition("?")
    if style == "absolute":
        return origin + target
    if style == "query" and path == own:
        return mark + query
    folder = own.rpartition("/")[0] + "/"
    if style in ("relative", "query") and path.startswith(folder):
        return target[len(folder) :]
    return target


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visit asks of a board: a list page, a post's view, a file, or nothing ("refused")."""

    kind: str
    page: int = 1
    post_id: int = -1
    file_id: int = -1


def read_visit(board: StrangeBoard, visit: Visit) -> Wanted | None:
    """None when the address belongs to no page of this board. Forms count only where the face has forms."""
    face, own = board.face, ways(board.face, board.slug)
    asked = visit.asked()
    if (
        own.code
        and visit.path in (own.list_path, own.view_path, own.down_path)
        and asked.get(own.code[0]) != own.code[1]
    ):
        return None
    if visit.path == own.down_path:
        return Wanted("file", post_id=to_id(asked.get(face.parameter)), file_id=to_id(asked.get("fno")))
    if face.scheme in ("path", "short"):
        if found := re.fullmatch(rf"{re.escape(own.view_path)}/(\d+)", visit.path):
            return Wanted("view", post_id=int(found[1]))
        if face.page_parameter == "path" and (found := re.fullmatch(rf"{own.list_path}/page/(\d+)", visit.path)):
            return Wanted("list", page=max(1, int(found[1])))
    elif visit.path == own.view_path and (own.view_mode is None or asked.get(own.view_mode[0]) == own.view_mode[1]):
        needs_form = face.link in CALLS and face.call == "post_form"
        if needs_form and visit.method != "POST":
            return Wanted("refused")
        return Wanted("view", post_id=to_id(asked.get(face.parameter)))
    if visit.path != own.list_path:
        return None
    return Wanted(
        "list", page=1 if face.pager == "post" and visit.method != "POST" else _page(board, asked.get(own.page))
    )


def _page(board: StrangeBoard, value: str | None) -> int:
    number = to_id(value)
    if board.face.page_parameter == "zero":
        return max(0, number) + 1
    if board.face.page_parameter == "offset":
        return max(0, number) // board.page_size + 1
    return max(1, number)
