"""What the list prints of one post, field by field, as markup; the records put it in rows, cards and lines."""

from __future__ import annotations

from datetime import timedelta

from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import text
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.face import LINES, Face
from scraper.fakeboard.skins.strange.links import Place, link
from scraper.fakeboard.skins.strange.words import blind, css, labels

_DATES = {
    "dots": "%Y.%m.%d",
    "dashes": "%Y-%m-%d",
    "short": "%y.%m.%d",
    "slashes": "%Y/%m/%d",
    "minute": "%Y-%m-%d %H:%M",
    "second": "%Y-%m-%d %H:%M:%S",
    "today": "%Y-%m-%d",
    "monthday": "%m-%d",
    "words": "%Y년 %m월 %d일",
    "wide": "%Y. %m. %d.",
    "day": "%Y.%m.%d",
}


def columns(face: Face) -> tuple[str, ...]:
    """The fields of a record in their order. What stands in the title's cell is no field of its own."""
    kept = [
        name
        for name, is_there in (
            ("number", face.number != "none"),
            ("title", True),
            ("author", face.list_author == "yes"),
            ("date", face.list_date == "yes"),
            ("hits", face.list_hits == "yes"),
        )
        if is_there
    ]
    match face.extra:
        case "check":
            kept.insert(0, "check")
        case "category":
            kept.insert(kept.index("title"), "category")
        case "none" | "tag":
            pass
        case extra:
            kept.insert(face.rng("extra").randint(kept.index("title") + 1, len(kept)), extra)
    if face.order == "shuffled":
        face.rng("order").shuffle(kept)
    return tuple(kept)


def write_date(face: Face, post: FakePost, form: str, board: StrangeBoard) -> str:
    """The post's date in one of the forms."""
    if form == "today" and post.at.date() == board.clock.korea().date():
        return f"{post.at:%H:%M}"
    return post.at.strftime(_DATES[form])


def is_new(board: StrangeBoard, post: FakePost) -> bool:
    """Whether the post is from yesterday or today."""
    return board.clock.korea() - post.at < timedelta(days=1)


def notice_mark(face: Face) -> str:
    """What stands where a notice's number would be."""
    if face.notice == "image":
        return '<img src="/img/icon_notice.gif" alt="공지">'
    return face.rng("notice").choice(("공지", "<b>공지</b>", "[공지]", "알림", "<strong>공지사항</strong>"))


def cells(board: StrangeBoard, post: FakePost, place: Place, *, pinned: bool) -> dict[str, str]:
    """The markup of every field of one record. ``pinned``: this is a notice's own place."""
    face = board.face
    number = board.printed()[post.id] if not pinned or face.notice == "class" else None
    made = {
        "title": title_cell(board, post, place, number, pinned=pinned),
        "author": text(post.author),
        "date": write_date(face, post, face.date, board),
        "hits": f"{post.hits:,}" if face.total == "comma" else str(post.hits),
        "number": str(number) if number is not None else notice_mark(face) if face.notice in ("text", "image") else "",
        "file": '<img src="/img/ico_file.gif" alt="첨부">' if _files(post) else "&nbsp;",
        "count": str(_files(post)),
        "good": str(post.good),
        "comments": str(len(post.comments)),
        "status": ("완료", "처리중", "접수")[post.id % 3],
        "department": ("홍보팀", "총무과", "기획실")[post.id % 3],
        "category": text(post.category or ""),
        "modified": board.modified(post),
        "check": f'<input type="checkbox" name="chk" value="{post.id}">',
    }
    return {name: made[name] for name in columns(face)}


def _files(post: FakePost) -> int:
    return sum(item.look == "file" for item in post.files)


def labelled(face: Face, name: str, value: str) -> str:
    """A value with its label, as far as the list repeats labels. ``value`` is markup."""
    if name in ("title", "check", "file") or (name == "number" and not value.isdigit()):
        return value
    if face.header == "hidden":
        return blind(face, labels(face)[name]) + value
    needs = face.header == "labels" or (face.record in LINES and name == "hits")
    return say(face.label_form, labels(face)[name], value) if needs else value


def say(form: str, word: str, value: str) -> str:
    """A label and its value on one line."""
    match form:
        case "colon":
            return f"{word} : {value}"
        case "strong":
            return f"<strong>{word}</strong> {value}"
    return f"{word} {value}"


def title_cell(
    board: StrangeBoard, post: FakePost, place: Place, rank: int | None, *, pinned: bool, bare: bool = False
) -> str:
    """The link with its marks. ``bare``: without the link, for records that are links as a whole or cells that call."""
    face = board.face
    before, inside, after = _marks(board, post, pinned=pinned)
    shown, tip = _cut(face, post.title)
    if bare or face.link == "cell_call":
        return f"{before}<span{css(face, 'title')}>{text(shown)}{inside}</span>{after}"
    opened = f"<a{link(board, post.id, place, rank)}{css(face, 'title')}{tip}>"
    return f"{before}{opened}{text(shown)}{inside}</a>{after}"


def _cut(face: Face, title: str) -> tuple[str, str]:
    length = 24 + face.seed % 12
    if face.cut == "none" or len(title) <= length:
        return title, ""
    shown = title[:length].rstrip() + ("…" if face.seed % 2 else "...")
    return shown, f' title="{text(title)}"' if face.cut == "tooltip" else ""


def _marks(board: StrangeBoard, post: FakePost, *, pinned: bool) -> tuple[str, str, str]:
    """What stands before the link, at its end, and behind it."""
    face = board.face
    before, inside, after = "", "", ""
    if pinned and (face.notice == "bracket" or (face.notice == "image" and "number" not in columns(face))):
        mark = '<img src="/img/icon_notice.gif" alt="공지">' if face.notice == "image" else "[공지]"
        before += f"{mark} "
    if post.parent is not None:
        before += '&nbsp;&nbsp;<img src="/img/re.gif" alt="답글"> '
    if face.extra == "tag" and post.category:
        before += f"<span{css(face, 'category')}>[{text(post.category)}]</span> "
    if post.secret:
        after += ' <img src="/img/icon_secret.gif" alt="비밀글">'
    count = len(post.comments)
    if count and face.comments != "none":
        written = f"({count})" if face.comments == "paren" else f"[{count}]"
        mark = f" <span{css(face, 'replies')}>{written}</span>"
        inside, after = (inside + mark, after) if face.comments == "inside" else (inside, after + mark)
    if is_new(board, post) and not post.secret:
        if face.new == "image":
            after += ' <img src="/img/icon_new.gif" alt="new">'
        elif face.new == "text":
            inside += f" <span{css(face, 'new')}>N</span>"
    return before, inside, after
