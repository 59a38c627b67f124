"""How a strange board opens things: plain links, calls, and the scripts and forms that the calls need."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.fakeboard.skins.markup import text
from scraper.fakeboard.skins.strange.address import (
    PLACE,
    file_target,
    list_target,
    page_value,
    relative,
    view_target,
    ways,
)
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.face import CALLS, Face


@dataclass(frozen=True, slots=True)
class Place:
    """The page that is being drawn: its path, the site's origin, and the list page it shows or was reached from."""

    path: str
    origin: str
    page: int = 1


def call_name(face: Face, of: str) -> str:
    """The name of a script function."""
    names = {
        "view": ("goView", "fn_view", "viewArticle", "fnDetail", "goDetail", "readPost", "view"),
        "page": ("goPage", "fn_page", "linkPage", "movePage", "pageLink", "go_page"),
        "file": ("fileDown", "fn_download", "downFile", "fnDown"),
    }
    return face.rng(f"call/{of}").choice(names[of])


def _call(board: StrangeBoard, post_id: int) -> str:
    name = call_name(board.face, "view")
    match board.face.arguments:
        case "bare":
            return f"{name}({post_id})"
        case "two":
            return f"{name}('{board.slug}','{post_id}')"
    return f"{name}('{post_id}')"


def link(board: StrangeBoard, post_id: int, place: Place, rank: int | None = None) -> str:
    """The attributes of the element that opens a post, with a blank before them; of a cell's call see cell_call."""
    face = board.face
    match face.link:
        case "href_call":
            return f' href="javascript:{_call(board, post_id)};"'
        case "void_call":
            return f' href="javascript:void(0);" onclick="{_call(board, post_id)}"'
        case "hash_call" | "cell_call":
            return f' href="#" onclick="{_call(board, post_id)}; return false;"'
        case "data":
            return f' href="#none" data-{_data(face)}="{post_id}"'
    target = view_target(board, str(post_id), place.page, rank)
    return f' href="{text(relative(target, place.path, face.link, place.origin))}"'


def cell_call(board: StrangeBoard, post_id: int) -> str:
    """The attributes of a title cell that is clicked itself."""
    return f' style="cursor:pointer" onclick="{_call(board, post_id)}"'


def page_link(board: StrangeBoard, page: int, place: Place) -> str:
    """The attributes of a link to a list page."""
    face = board.face
    value = page_value(board, page)
    call = f"{call_name(face, 'page')}({value})"
    if face.pager == "script" or (face.pager == "post" and board.group == 5):
        return f' href="javascript:{call}"'
    if face.pager in ("hash", "post"):
        return f' href="#" onclick="{call};return false;"'
    style = "root" if face.link in CALLS else face.link
    return f' href="{text(relative(list_target(board, value), place.path, style, place.origin))}"'


def file_link(board: StrangeBoard, post_id: int, file_id: int, stored: str) -> str:
    """The attributes of a link to a file."""
    face = board.face
    if face.files == "direct":
        return f' href="/upload/{board.slug}/{stored}"'
    if face.files == "call":
        call = f"{call_name(face, 'file')}('{post_id}','{file_id}')"
        return f' href="javascript:{call}"' if face.script == "alias" else f' href="#" onclick="{call};return false;"'
    return f' href="{text(file_target(board, str(post_id), str(file_id)))}"'


def _data(face: Face) -> str:
    return face.parameter.replace("_", "-").lower()


# scripts


def scripts(board: StrangeBoard, place: Place, *, posts: bool, pages: bool, files: bool = False) -> str:
    """The forms and functions behind the calls of a page: for its posts, its pages and its files."""
    face = board.face
    forms, functions = "", ""
    if posts and face.link in CALLS:
        form, function = _opening(board, place)
        forms, functions = forms + form, functions + function
    if pages and face.pager in ("script", "hash", "post", "select"):
        form, function = _turning(board)
        forms, functions = forms + form, functions + function
    if files and face.files == "call":
        target = file_target(board, PLACE, "\x01")
        address = _joined(target, "a").replace("\x01", "' + b + '").removesuffix(" + ''")
        functions += f"function {call_name(face, 'file')}(a, b) {{\n  location.href = {address};\n}}\n"
    if not functions:
        return forms
    kind = ' language="javascript"' if face.charset == "cp949" else ' type="text/javascript"'
    return f"{forms}<script{kind}>\n{functions}</script>\n"


def _joined(target: str, name: str) -> str:
    head, _, tail = target.partition(PLACE)
    return f"'{head}' + {name}" + (f" + '{tail}'" if tail else "")


def _opening(board: StrangeBoard, place: Place) -> tuple[str, str]:
    """The form and the function that open a post."""
    face, own = board.face, ways(board.face, board.slug)
    form, body = "", _going(face, view_target(board, PLACE, place.page, None))
    if face.call != "location":
        fields = [own.code, own.view_mode, (face.parameter, ""), ("sw", "")]
        form = _form("viewForm", face.call, own.view_path, [pair for pair in fields if pair])
        body = _sending(face, "viewForm", face.parameter, own.view_path)
    if face.link == "data":
        event = f'  var no = $(this).data("{_data(face)}");\n'
        return form, f'$(document).on("click", "a[data-{_data(face)}]", function () {{\n{event}{body}}});\n'
    given = "code, no" if face.arguments == "two" else "no"
    return form, f"function {call_name(face, 'view')}({given}) {{\n{body}}}\n"


def _going(face: Face, target: str) -> str:
    if face.script == "alias":
        head, _, tail = target.partition(PLACE)
        more = f" + '{tail}'" if tail else ""
        return f"  var url = '{head}' + no{more};\n  location.href = url;\n"
    way = "window.location.href" if face.script == "jquery" else "location.href"
    return f"  {way} = {_joined(target, 'no')};\n"


def _turning(board: StrangeBoard) -> tuple[str, str]:
    """The form and the function that turn to a list page."""
    face, own = board.face, ways(board.face, board.slug)
    name = call_name(face, "page")
    if face.pager == "post":
        fields = [own.code, (own.page, page_value(board, 1))]
        form = _form("pageForm", "post_form", own.list_path, [pair for pair in fields if pair])
        return form, f"function {name}(no) {{\n{_sending(face, 'pageForm', own.page, own.list_path)}}}\n"
    return "", f"function {name}(no) {{\n{_going(face, list_target(board, PLACE))}}}\n"


def _form(name: str, call: str, action: str, fields: list[tuple[str, str]]) -> str:
    method = "post" if call == "post_form" else "get"
    hidden = "".join(f'<input type="hidden" name="{key}" id="{name}_{key}" value="{value}">' for key, value in fields)
    return f'<form name="{name}" id="{name}" method="{method}" action="{action}">{hidden}</form>\n'


def _sending(face: Face, form: str, key: str, action: str) -> str:
    match face.script:
        case "alias":
            return f"  var f = document.{form};\n  f.{key}.value = no;\n  f.action = '{action}';\n  f.submit();\n"
        case "jquery":
            return f'  $("#{form}_{key}").val(no);\n  $("#{form}").attr("action", "{action}").submit();\n'
    return f"  document.{form}.{key}.value = no;\n  document.{form}.submit();\n"
