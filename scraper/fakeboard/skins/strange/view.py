"""The article of a strange board: title, facts, body and files in one of seven arrangements."""

from __future__ import annotations

from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import blocks, lines, size, table, text
from scraper.fakeboard.skins.prose import offered
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.cells import say, write_date
from scraper.fakeboard.skins.strange.links import file_link
from scraper.fakeboard.skins.strange.words import css, labels

Facts = list[tuple[str, str]]


def draw_article(board: StrangeBoard, post: FakePost) -> str:
    """The article itself, files included."""
    match board.face.view:
        case "table" | "cells":
            return _labelled_table(board, post)
        case "rows" | "order":
            return _bare_rows(board, post)
    return _flowing(board, post)


def _facts(board: StrangeBoard, post: FakePost) -> Facts:
    face = board.face
    found = []
    if face.view_author == "yes":
        found.append(("author", text(post.author)))
    if face.view_date != "no":
        found.append(("date", write_date(face, post, face.view_date, board)))
    if face.view_hits == "yes":
        found.append(("hits", str(post.hits)))
    if board.categories and face.view in ("table", "cells", "dl") and face.seed % 2:
        found.append(("category", text(post.category or "")))
    return found


def _labelled_table(board: StrangeBoard, post: FakePost) -> str:
    face, words = board.face, labels(board.face)
    tag = "th" if face.view == "table" else "td"
    facts = _facts(board, post)

    def cell(name: str, value: str, span: int = 1) -> str:
        wide = f' colspan="{span}"' if span > 1 else ""
        return f"<{tag}{css(face, 'label')}>{words[name]}</{tag}><td{wide}{css(face, name)}>{value}</td>"

    title = [f"<tr>{cell('title', text(post.title), 3)}</tr>\n"] if face.headline == "shown" else []
    pairs = [facts[n : n + 2] for n in range(0, len(facts), 2)]
    told = [
        f"<tr>{''.join(cell(name, value, 1 if len(pair) == 2 else 3) for name, value in pair)}</tr>\n" for pair in pairs
    ]
    files = _files(board, post)
    attached = [f"<tr>{cell('files', files, 3)}</tr>\n"] if files else []
    rows = told + title if face.view_order == "author" else title + told
    body = _body(board, post)
    inside: list[str] = []
    if face.body_in == "td":
        labelled = face.rng("body").random() < 0.3
        held = cell("body", body, 3) if labelled else f'<td colspan="4"{css(face, "body")}>{body}</td>'
        inside = [f"<tr>{held}</tr>\n"]
    rows += attached + inside if face.files_at == "above" else inside + attached
    drawn = f'<table{css(face, "view")} width="100%">\n{"".join(rows)}</table>\n'
    return drawn if inside else drawn + _body_element(board, body)


def _bare_rows(board: StrangeBoard, post: FakePost) -> str:
    """Rows of single cells: "작성자 : 가나다", or the bare values in their order."""
    face, words = board.face, labels(board.face)
    title = [f"<tr><td{css(face, 'title')}><b>{text(post.title)}</b></td></tr>\n"] if face.headline == "shown" else []
    if face.view == "rows":
        told = [f"<tr><td{css(face, name)}>{words[name]} : {value}</td></tr>\n" for name, value in _facts(board, post)]
    else:
        values = (
            say("plain", words["hits"], value) if name == "hits" else value for name, value in _facts(board, post)
        )
        told = [f'<tr><td align="right"{css(face, "meta")}>{"&nbsp;&nbsp;".join(values)}</td></tr>\n']
    rule = '<tr><td height="1" bgcolor="#dddddd"></td></tr>\n'
    files = _files(board, post)
    attached = [f"<tr><td>{words['files']} : {files}</td></tr>\n"] if files else []
    body = _body(board, post)
    held = f"<tr><td{css(face, 'body')}>{body}</td></tr>\n"
    if face.body_in != "td":
        held = f"<tr><td>{_body_element(board, body)}</td></tr>\n"
    rows = told + title if face.view_order == "author" else title + told
    rows += [*attached, held] if face.files_at == "above" else [held, *attached]
    return f'<table{css(face, "view")} width="100%" cellpadding="0">\n{rule.join(rows)}</table>\n'


def _flowing(board: StrangeBoard, post: FakePost) -> str:
    """A definition list, a list of labelled items, or a heading with a line of facts."""
    face, words = board.face, labels(board.face)
    facts, title = _facts(board, post), text(post.title) if face.headline == "shown" else ""
    files, body = _files(board, post), _body_element(board, _body(board, post))
    match face.view:
        case "dl":
            items = [(words["title"], title)] if title else []
            told = [(words[name], value) for name, value in facts]
            items = told + items if face.view_order == "author" else items + told
            inner = "".join(f"<dt>{word}</dt><dd>{value}</dd>\n" for word, value in items)
            head = f"<dl{css(face, 'meta')}>\n{inner}</dl>\n"
        case "ul":
            items_ = [f"<li{css(face, name)}>{say('colon', words[name], value)}</li>\n" for name, value in facts]
            heading = f"<h4{css(face, 'title')}>{title}</h4>\n" if title else ""
            listed = f"<ul{css(face, 'meta')}>\n{''.join(items_)}</ul>\n"
            head = listed + heading if face.view_order == "author" else heading + listed
        case _:
            level = face.rng("heading").choice(("h1", "h2", "h3", "h4", "strong", "p"))
            heading = f"<{level}{css(face, 'title')}>{title}</{level}>\n" if title else ""
            line = _line(board, facts)
            head = line + heading if face.view_order == "author" else heading + line
    attached = f"<div{css(face, 'files')}>{words['files']} {files}</div>\n" if files else ""
    tail = attached + body if face.files_at == "above" else body + attached
    return f"<div{css(face, 'view')}>\n{head}{tail}</div>\n"


def _line(board: StrangeBoard, facts: Facts) -> str:
    face, words = board.face, labels(board.face)
    told = []
    for name, value in facts:
        form = "plain" if face.view_labels == "none" and name == "hits" else face.view_labels
        told.append(value if form == "none" else say(form, words[name], value))
    if face.rng("line").random() < 0.5:
        return f"<p{css(face, 'meta')}>{' | '.join(told)}</p>\n"
    spans = "".join(f"<span>{value}</span>\n" for value in told)
    return f"<div{css(face, 'meta')}>\n{spans}</div>\n"


def _body_element(board: StrangeBoard, body: str) -> str:
    tag = "article" if board.face.body_in == "article" else "div"
    return f"<{tag}{css(board.face, 'body')}>\n{body}\n</{tag}>\n"


def _body(board: StrangeBoard, post: FakePost) -> str:
    face = board.face
    done = []
    for kind, part in blocks(post.drawn) if post.drawn else ():
        if kind == "table":
            done.append(table(part))
        elif kind == "text" and "\n" in part and face.body == "p":
            items = "".join(f"<li>{text(line)}</li>" for line in part.split("\n"))
            done.append(f"<ul>{items}</ul>")
        else:
            wrapped = {"p": "<p>{}</p>", "div": "<div>{}</div>"}.get(face.body, "{}")
            done.append(wrapped.format(lines(part, "<br>")))
    pictures = "".join(
        f'<img src="/upload/{board.slug}/{item.stored}" alt=""><br>\n' for item in post.files if item.look == "inline"
    )
    glue = "<br>\n<br>\n" if face.body == "br" else "\n"
    at = 0 if face.rng("pictures").random() < 0.5 else 1
    return glue.join([*done[:at], *([pictures] if pictures else []), *done[at:]])


def _files(board: StrangeBoard, post: FakePost) -> str:
    face = board.face
    drawn = [_file(board, post, item) for item in offered(post)] if face.files != "none" else []
    if face.view in ("dl", "ul", "heading"):
        return f"<ul>{''.join(f'<li>{each}</li>' for each in drawn)}</ul>" if drawn else ""
    return "<br>\n".join(drawn)


def _file(board: StrangeBoard, post: FakePost, item: FakeFile) -> str:
    name = text(item.name)
    link = file_link(board, post.id, item.id, item.stored)
    if board.face.sized == "no":
        return f"<a{link}>{name}</a>"
    inside = board.face.rng("sized").random() < 0.5
    told = f" ({size(item)})"
    return f"<a{link}>{name}{told}</a>" if inside else f"<a{link}>{name}</a>{told}"
