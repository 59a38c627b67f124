"""The foot and the head of a list: its pager in all its ways, and the phrase that states the total."""

from __future__ import annotations

from scraper.fakeboard.skins.markup import last_page
from scraper.fakeboard.skins.strange.address import list_target, page_value
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.face import Face
from scraper.fakeboard.skins.strange.links import Place, call_name, page_link
from scraper.fakeboard.skins.strange.words import css

_ENDS = {
    "words": {"first": "처음", "prev": "이전", "next": "다음", "last": "맨끝"},
    "signs": {"first": "&lt;&lt;", "prev": "&lt;", "next": "&gt;", "last": "&gt;&gt;"},
}
_ALTS = {"first": "첫 페이지", "prev": "이전 페이지", "next": "다음 페이지", "last": "마지막 페이지"}


def draw_pager(board: StrangeBoard, place: Place) -> str:
    """The links to other pages of the list."""
    face, page = board.face, place.page
    last = last_page(len(board.ordinary()), board.page_size)
    if face.pager == "select":
        return _select(board, page, last)
    if face.pager == "next":
        onward = _end(board, place, "next", page + 1) if page < last else ""
        back = _end(board, place, "prev", page - 1) if page > 1 else ""
        return f"<div{css(face, 'pager')}>{back} <b>{page}</b> {onward}</div>\n"
    first = (page - 1) // board.group * board.group + 1
    end = min(first + board.group - 1, last)
    parts = []
    if first > 1:
        parts += [_end(board, place, "first", 1)] if face.last_link == "yes" else []
        parts.append(_end(board, place, "prev", first - 1))
    parts += [_number(board, place, number) for number in range(first, end + 1)]
    if end < last:
        parts.append(_end(board, place, "next", end + 1))
        parts += [_end(board, place, "last", last)] if face.last_link == "yes" else []
    if face.record in ("ul", "cards") and face.frame == "divs":
        items = "".join(f"<li>{part}</li>" for part in parts)
        return f"<ul{css(face, 'pager')}>{items}</ul>\n"
    return f'<div{css(face, "pager")} align="center">{" ".join(parts)}</div>\n'


def _number(board: StrangeBoard, place: Place, number: int) -> str:
    face, is_here = board.face, number == place.page
    shown = f"[{number}]" if face.numerals == "brackets" else str(number)
    if face.numerals == "images":
        shown = f'<img src="/img/p{number}{"_on" if is_here else ""}.gif" alt="{number}" border="0">'
    return f"<strong>{shown}</strong>" if is_here else f"<a{page_link(board, number, place)}>{shown}</a>"


def _end(board: StrangeBoard, place: Place, kind: str, page: int) -> str:
    ends = board.face.ends
    if ends in _ENDS:
        shown = _ENDS[ends][kind]
    else:
        alt = f' alt="{_ALTS[kind]}"' if ends == "alts" else ""
        shown = f'<img src="/img/btn_{kind}.gif"{alt} border="0">'
    return f"<a{page_link(board, page, place)}{css(board.face, kind)}>{shown}</a>"


def _select(board: StrangeBoard, page: int, last: int) -> str:
    face = board.face
    is_address = face.seed % 2 == 1
    options = "".join(
        f'<option value="{list_target(board, page_value(board, n)) if is_address else page_value(board, n)}"'
        f"{' selected' if n == page else ''}>{n} / {last}</option>"
        for n in range(1, last + 1)
    )
    change = "location.href=this.value" if is_address else f"{call_name(face, 'page')}(this.value)"
    return f'<div{css(face, "pager")}><select name="go" onchange="{change}">{options}</select></div>\n'


def draw_total(board: StrangeBoard, page: int, rows: int) -> str:
    """What the list says of its size."""
    face = board.face
    said = _phrase(face, board.counted(), page, last_page(len(board.ordinary()), board.page_size), board.today(), rows)
    return f"<div{css(face, 'total')}>{said}</div>\n" if said else ""


def _phrase(face: Face, total: int, page: int, last: int, today: int, rows: int) -> str:
    match face.total:
        case "today":
            return f"[오늘 {today} / 전체 {total}]"
        case "sentence":
            return f"총 <strong>{total}</strong> 개의 게시물이 있습니다."
        case "pages":
            return f"총 {total}건, {last}페이지 중 {page}페이지"
        case "english":
            return f"Total <b>{total}</b> Page {page} / {last}"
        case "label":
            return f"전체게시글 : {total} / 전체페이지 : {last}"
        case "glued":
            return f"게시물수 {total}건"
        case "fraction":
            return f"페이지 {page} / {last}"
        case "rows":
            return f"총 {rows}건"
        case "comma":
            return f"전체 <em>{total:,}</em> 개의 게시물"
    return ""
