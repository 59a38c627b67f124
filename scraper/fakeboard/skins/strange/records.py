"""The records of a list: table rows, list items, cards, lines. Each makes markup of one post's cells."""

from __future__ import annotations

from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import text
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.cells import cells, columns, labelled, title_cell
from scraper.fakeboard.skins.strange.face import LINES, TABLES, Face
from scraper.fakeboard.skins.strange.links import Place, cell_call, link
from scraper.fakeboard.skins.strange.words import ENGLISH, PICTURES, css, labels

SEPARATORS = {"bar": " | ", "dot": " · ", "slash": " / ", "box": " │ "}
SPACER = '<td width="1"></td>'


def rule(face: Face) -> str:
    """The line between rows of a spaced table."""
    span = len(columns(face)) * 2 - 1
    return f'<tr><td colspan="{span}" height="1" bgcolor="#dddddd"></td></tr>\n'


def record(board: StrangeBoard, post: FakePost, place: Place, *, pinned: bool) -> str:
    """One post of the list."""
    face = board.face
    role = css(face, "row", "notice" if pinned and face.notice == "class" else "")
    if face.record in LINES:
        return _line_record(board, post, place, role, pinned=pinned)
    made = {name: labelled(face, name, value) for name, value in cells(board, post, place, pinned=pinned).items()}
    if face.record in TABLES:
        return _row_pair(board, post, made, role) if face.paired == "yes" else _table_row(board, post, made, role)
    outer, inner = {"ul": ("li", face.rng("ul").choice(("span", "div", "em", "p"))), "uls": ("ul", "li")}.get(
        face.record, ("div", "div")
    )
    clicked = cell_call(board, post.id) if face.link == "cell_call" else ""
    parts = "".join(
        f"<{inner}{css(face, f'{name}')}{clicked if name == 'title' else ''}>{value}</{inner}>\n"
        for name, value in made.items()
    )
    return f"<{outer}{role}>\n{parts}</{outer}>\n"


def _table_row(board: StrangeBoard, post: FakePost, made: dict[str, str], role: str) -> str:
    face = board.face
    clicked = cell_call(board, post.id) if face.link == "cell_call" else ""
    parts = []
    for name, value in made.items():
        tag = "th" if name == "number" and face.record == "table" and face.seed % 9 == 0 else "td"
        look = ' align="left"' if name == "title" and face.charset == "cp949" else ""
        parts.append(f"<{tag}{css(face, name)}{look}{clicked if name == 'title' else ''}>{value}</{tag}>\n")
        if name == "title" and face.colspan == "yes" and face.record != "spaced":
            parts.append("<td>&nbsp;</td>\n")
    row = (SPACER if face.record == "spaced" else "").join(parts)
    return f"<tr{role}>\n{row}</tr>\n" + (rule(face) if face.record == "spaced" else "")


def _row_pair(board: StrangeBoard, post: FakePost, made: dict[str, str], role: str) -> str:
    """A post over two rows: its number beside both, its title over all that the second tells."""
    face = board.face
    clicked = cell_call(board, post.id) if face.link == "cell_call" else ""
    first, rest = _halves(made)
    number = f'<td rowspan="2"{css(face, "number")}>{first["number"]}</td>\n' if "number" in first else ""
    title = f'<td colspan="{len(rest)}"{css(face, "title")}{clicked}>{first["title"]}</td>\n'
    told = "".join(f"<td{css(face, name)}>{value}</td>\n" for name, value in rest.items())
    rows = f"<tr{role}>\n{number}{title}</tr>\n<tr>\n{told}</tr>\n"
    return rows + (rule(face) if face.record == "spaced" else "")


def _halves(made: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields of the first row of a pair, and those of the second."""
    first = {name: value for name, value in made.items() if name in ("number", "title")}
    return first, {name: value for name, value in made.items() if name not in first}


def _line_record(board: StrangeBoard, post: FakePost, place: Place, role: str, *, pinned: bool) -> str:
    """Records of a title and a line of small facts."""
    face = board.face
    made = cells(board, post, place, pinned=pinned)
    number = made.pop("number", "")
    head = f"<span{css(face, 'number')}>{labelled(face, 'number', number)}</span> " if number else ""
    title = made.pop("title")
    facts = [(name, labelled(face, name, value)) for name, value in made.items() if value != "&nbsp;"]
    meta = _meta(face, facts)
    lead = f"<p{css(face, 'lead')}>{text(_lead(post))}</p>\n" if face.lead == "yes" and not post.secret else ""
    printed = board.printed()[post.id]
    match face.record:
        case "dl":
            told = (
                "".join(f"<dd{css(face, name)}>{value}</dd>\n" for name, value in facts)
                if face.glue == "spans"
                else f"<dd{css(face, 'meta')}>{meta}</dd>\n"
            )
            lead = f"<dd{css(face, 'lead')}>{text(_lead(post))}</dd>\n" if lead else ""
            return f"<dl{role}>\n<dt>{head}{title}</dt>\n{lead}{told}</dl>\n"
        case "cards":
            picture = f'<a{link(board, post.id, place, printed)}><img src="/thumb/{post.id}.jpg" alt=""></a>'
            return (
                f"<li{role}>\n<div{css(face, 'thumb')}>{picture}</div>\n<div{css(face, 'meta')}>\n"
                f"<strong>{head}{title}</strong>\n{lead}<p{css(face, 'facts')}>{meta}</p>\n</div>\n</li>\n"
            )
        case "anchor":
            bare = title_cell(board, post, place, printed, pinned=pinned, bare=True)
            return (
                f"<li{role}><a{link(board, post.id, place, printed)}>\n<div>{head}{bare}</div>\n{lead}"
                f"<div{css(face, 'meta')}>{meta}</div>\n</a></li>\n"
            )
    return f"<li{role}>{head}{title}\n{lead}<span{css(face, 'meta')}>{meta}</span></li>\n"


def _lead(post: FakePost) -> str:
    return " ".join(post.body.split())[:90] + ".."


def _meta(face: Face, facts: list[tuple[str, str]]) -> str:
    if face.glue == "spans":
        tag = face.rng("meta").choice(("span", "em", "i", "span"))
        return "\n".join(f"<{tag}{css(face, name)}>{value}</{tag}>" for name, value in facts)
    return SEPARATORS[face.glue].join(value for _, value in facts)


def wrap(face: Face, records: str) -> str:
    """The element around all records, with its header."""
    head = _head(face)
    role = css(face, "list")
    match face.record:
        case "table":
            return (
                f'<table{role} width="100%">\n<caption>목록</caption>\n'
                f"{f'<thead>{head}</thead>' if head else ''}\n<tbody>\n{records}</tbody>\n</table>\n"
            )
        case "rows":
            return f'<table{role} width="100%" cellpadding="0" cellspacing="0">\n{head}{records}</table>\n'
        case "spaced":
            line = rule(face)
            return (
                f'<table{role} width="100%" cellpadding="0" cellspacing="0" border="0">\n<form name="list">\n'
                f"{head}{line if head else ''}{records}</form></table>\n"
            )
        case "uls" | "divs" | "dl":
            return f"<div{role}>\n{head}{records}</div>\n"
        case "ul":
            is_item = head and face.seed % 2
            items = f"<li{css(face, 'head')}>{head}</li>\n" if is_item else ""
            return f"{'' if is_item else head}<ul{role}>\n{items}{records}</ul>\n"
    return f"<ul{role}>\n{records}</ul>\n"


def _head(face: Face) -> str:
    """The row of labels; empty where the list has none or repeats them in every record."""
    if face.record in LINES or face.header in ("none", "labels", "hidden"):
        return ""
    faces = [(name, _column_head(face, name)) for name in columns(face)]
    if face.paired == "yes":
        first, rest = _halves(dict(faces))
        number = f'<td rowspan="2">{first["number"]}</td>' if "number" in first else ""
        told = "".join(f"<td>{word}</td>" for word in rest.values())
        return f'<tr>{number}<td colspan="{len(rest)}">{first["title"]}</td></tr>\n<tr>{told}</tr>\n'
    if face.record in TABLES:
        tag = "th" if face.record == "table" else "td"
        wide = ' colspan="2"' if face.colspan == "yes" and face.record != "spaced" else ""
        parts = [f"<{tag}{wide if name == 'title' else ''}>{inner}</{tag}>" for name, inner in faces]
        return f"<tr>{(SPACER if face.record == 'spaced' else '').join(parts)}</tr>\n"
    tag = "span" if face.record == "ul" else "li" if face.record == "uls" else "div"
    outer = "ul" if face.record == "uls" else "div"
    inner = "".join(f"<{tag}>{inner}</{tag}>" for _, inner in faces)
    return f"<{outer}{css(face, 'head')}>{inner}</{outer}>\n"


def _column_head(face: Face, name: str) -> str:
    word = ENGLISH[name] if face.header == "english" else labels(face)[name]
    if face.header == "alts":
        return f'<img src="/img/th_{columns(face).index(name) + 1:02d}.gif" alt="{word}">'
    if face.header == "images":
        picture = face.rng(f"picture/{name}").choice(PICTURES.get(name, (name,)))
        return f'<img src="/img/board/{picture}.gif" border="0">'
    if name == "check":
        return '<input type="checkbox" name="all">'
    return word
