"""Draws XpressEngine 1.4: table.boardList, .boardRead. No hits are a blank, the last change has a time."""

from __future__ import annotations

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import size, text
from scraper.fakeboard.skins.rhymix_page import WINDOW, icons, last_of, member, numbered
from scraper.fakeboard.skins.rhymix_urls import list_url, view_url
from scraper.fakeboard.skins.rhymix_view import comments, content, file_url

ALERT = (
    '<script type="text/javascript">'
    ' xAddEventListener(window,"load", function() { alert("대상을 찾을 수 없습니다."); } );</script>\n'
)
"""What stands in the head of the list that comes in place of a deleted post."""
_HEADS = {
    "no": "번호",
    "title": "제목",
    "author": "글쓴이",
    "readNum": "조회 수",
    "voteNum": "추천 수",
    "time": "날짜",
    "lastUpdate": "최근 수정일",
    "extra": "지역",
}


def listing(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """The list inside the form that it was, with its pager."""
    rows = "".join(_row(board, post, number, page, viewed) for number, post in numbered(board, page, category))
    heads = "".join(_head(board, name) for name in board.columns)
    rows = rows or f'<tr><td colspan="{len(board.columns)}">등록된 글이 없습니다.</td></tr>\n'
    last = last_of(board, category)
    first = max(1, min(page - WINDOW // 2, last - WINDOW + 1))
    pages = "".join(
        f"<strong>{n}</strong>\n" if n == page else f'<a href="{text(list_url(board, n, category))}">{n}</a>\n'
        for n in range(first, min(last, first + WINDOW - 1) + 1)
    )
    return (
        '<form action="./" method="get" class="boardListForm"><fieldset><legend>List of Articles</legend>\n'
        f'<table cellspacing="0" border="1" summary="List of Articles" class="boardList">\n'
        f"<thead>\n<tr>\n{heads}</tr>\n"
        f"</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</fieldset></form>\n"
        f'<div class="boardNavigation"><div class="pagination a1">\n'
        f'<a href="{text(list_url(board, None, category))}" class="prevEnd">첫 페이지</a>\n{pages}'
        f'<a href="{text(list_url(board, last, category))}" class="nextEnd">끝 페이지</a>\n</div></div>\n'
    )


def _head(board: FakeBoard, name: str) -> str:
    word = _HEADS[name]
    if name == "title" and board.categories:
        options = "".join(f"<option>{text(category)}</option>" for category in board.categories)
        word = f'<span class="jumpTo"><select name="category"><option>분류</option>{options}</select></span> {word}'
    return f'<th scope="col"{" class=title" if name == "title" else ""}>{word}</th>\n'


def _row(board: FakeBoard, post: FakePost, number: int | None, page: int, viewed: int | None) -> str:
    href = text(view_url(board, post.id, page))
    shown = "&raquo;" if post.id == viewed else "공지" if number is None else str(number)
    cate = f'<strong class="category">{text(post.category)}</strong>\n' if post.category else ""
    count = (
        f'<a href="{href}#comment"><span class="replyNum" title="Replies"><strong>'
        f"[{len(post.comments)}]</strong></span></a>"
    )
    changed = max([post.at, *(comment.at for comment in post.comments)])
    cells = {
        "no": f'<td class="{"notice" if number is None else "num"}">{shown}</td>',
        "title": f'<td class="title">\n{cate}<a href="{href}">{text(post.title)}</a>\n'
        f"{count if post.comments else ''}\n{icons(board, post)}</td>",
        "author": f'<td class="author">{member(post)}</td>',
        "readNum": f'<td class="reading">{post.hits or "&nbsp;"}</td>',
        "voteNum": f'<td class="recommend">{post.good or "&nbsp;"}</td>',
        "time": f'<td class="date">{post.at:%Y-%m-%d}</td>',
        "lastUpdate": f'<td class="date">{changed:%Y-%m-%d %H:%M}</td>',
        "extra": f"<td>{post.id % 7 + 1}</td>",
    }
    kind = "notice" if number is None else f"bg{post.id % 2 + 1}"
    return f'<tr class="{kind}">\n' + "\n".join(cells[name] for name in board.columns) + "\n</tr>\n"


def article(board: FakeBoard, owner: FakeBoard, visit: Visit, post: FakePost) -> str:
    """.boardRead: the facts stand in its footer, in English words."""
    address = f"{visit.origin}{text(view_url(owner, post.id))}"
    author = member(post) if post.member else text(post.author)
    body = _secret_form(post) if post.secret else content(board, visit, post)
    cate = (
        f'<dl><dt>Category :</dt><dd title="분류"><a href="{text(list_url(board, None, post.category))}">'
        f"{text(post.category)}</a></dd></dl>\n"
        if post.category
        else ""
    )
    feedback = "" if post.secret else f'<div class="replyBox"><ul>{comments(post, "item")}</ul></div>\n'
    return (
        f'<div class="viewDocument"><div class="boardRead">\n<div class="boardReadHeader">\n'
        f'<h3 class="title"><a href="{address}">{text(post.title)}</a></h3>\n<em>{author}</em>\n</div>\n'
        f'<div class="boardReadBody">\n{body}\n</div>\n<div class="boardReadFooter">\n<div class="footerLeft">\n{cate}'
        f'{"" if post.secret else _files(board, post)}</div>\n<div class="footerRight">\n<dl>\n'
        f'<dt>Read :</dt><dd title="조회 수">{post.hits}</dd>\n<dt>Vote :</dt>'
        f'<dd title="추천 수">{post.good} / 0</dd>\n'
        f'<dt>Time :</dt><dd title="등록일">{post.at:%Y.%m.%d}</dd><dd>{post.at:%H:%M:%S}</dd>\n</dl>\n'
        f'<dl><dt>Permalink :</dt><dd><a href="{address}">{address}</a></dd>'
        f"</dl>\n</div>\n</div>\n</div></div>\n{feedback}"
    )


def _secret_form(post: FakePost) -> str:
    return (
        f'<div class="secretContent"><form action="./" method="get">'
        f'<input type="hidden" name="document_srl" value="{post.id}" />\n'
        '<div class="title">비밀글입니다.</div><div class="content">'
        '<input type="password" name="password" id="cpw" /></div>'
        "</form></div>"
    )


def _files(board: FakeBoard, post: FakePost) -> str:
    if not post.files:
        return ""
    items = "".join(
        f'<dd><a href="{file_url(board, item)}">{text(item.name)} <span class="bubble">'
        f"[File Size:{size(item)}/Download:{item.downloads}]</span></a></dd>\n"
        for item in post.files
    )
    return f'<dl class="attachedFile">\n<dt>Attached File :</dt>\n{items}</dl>\n'
