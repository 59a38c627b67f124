"""Draws Rhymix pages: the frame, the table list of the xedition and default skins, messages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, text
from scraper.fakeboard.skins.rhymix_urls import list_url, view_url

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

WINDOW = 10
HEADS = {
    "no": ("번호", ""),
    "title": ("제목", ""),
    "author": ("글쓴이", ""),
    "time": ("날짜", "regdate"),
    "readNum": ("조회 수", "readed_count"),
    "voteNum": ("추천 수", "voted_count"),
    "lastUpdate": ("최근 수정일", "update_order"),
    "lastPost": ("최종 글", "update_order"),
    "extra": ("지역", "region"),
}


def file_sid(item: FakeFile) -> str:
    """The token in a file's address; it stays the same for the same file."""
    return hashlib.md5(f"sid{item.id}{item.stored}".encode(), usedforsecurity=False).hexdigest()


def draw_message(site: FakeSite, visit: Visit, message: str) -> str:
    """A message with the login form that stands below every message."""
    inner = (
        f'<div id="access">\n<div class="login-header">\n<h1>{message}</h1>\n</div>\n<div class="login-body">\n'
        '<form id="message_login_form" action="/index.php?act=procMemberLogin" method="post">\n'
        '<input type="text" name="user_id" id="uid" placeholder="아이디">'
        '<input type="password" name="password" id="upw">\n'
        '<button type="submit" class="button">로그인</button>\n</form>\n</div>\n'
        '<div class="login-footer"><a href="/index.php?act=dispMemberSignUpForm">회원가입</a></div>\n</div>\n'
    )
    return frame(site, "", site.name, text(site.name), visit, inner)


def frame(site: FakeSite, mid: str, name: str, title: str, visit: Visit, inner: str, head: str = "") -> str:
    """The whole page. ``title`` is escaped."""
    token = hashlib.md5(visit.session.id.encode(), usedforsecurity=False).hexdigest()[:16]
    menu = "".join(f'<li><a href="{text(list_url(board))}">{text(board.name)}</a></li>\n' for board in site.boards)
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="Rhymix">\n'
        f'<meta name="csrf-token" content="{token}" />\n<title>{title}</title>\n{head}</head>\n<body>\n'
        '<p class="skip"><a href="#content">메뉴 건너뛰기</a></p>\n<div class="container fixed_header ">\n'
        '<header class="header sub"><h1 class="logo-item"><a href="/"><img src="/layouts/xedition/img/logo.png" alt="">'
        f'</a></h1>\n<nav class="gnb" id="gnb"><ul>\n{menu}</ul></nav></header>\n'
        f'<div class="visual sub"><div class="sub_title"><h1>{text(name)}</h1></div></div>\n'
        f'<div class="body fixed-width sub right"><div class="content" id="content">\n{inner}</div></div>\n'
        '<footer class="footer"><p class="sub_desc">솔내바람 누리집</p></footer>\n</div>\n'
        '<div id="nc_container" class="nc_login"><strong>손님</strong>\n'
        f'<form id="account-signup" action="/index.php?act=procMemberLogin" method="post">'
        f'<input type="hidden" name="mid" '
        f'value="{mid}" /><input name="user_id" type="text" /><input name="password" type="password" /></form></div>\n'
        "</body>\n</html>\n"
    )


def numbered(board: FakeBoard, page: int, category: str) -> list[tuple[int | None, FakePost]]:
    """The rows of one page with their numbers: notices first on every page, without a number and not counted."""
    posts = [post for post in board.ordinary() if not category or post.category == category]
    pinned = board.notices()
    if board.global_notice is not None:
        pinned = board.global_notice.notices()[:1] + pinned
    start = (page - 1) * board.page_size
    shown = enumerate(posts[start : start + board.page_size])
    return [
        *((None, post) for post in pinned),
        *((len(posts) - start - n + board.number_base, post) for n, post in shown),
    ]


def last_of(board: FakeBoard, category: str) -> int:
    """The last page of the list."""
    return last_page(sum(not category or post.category == category for post in board.ordinary()), board.page_size)


def listing(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """#board_list and its pagination."""
    rows = [_row(board, post, number, page, viewed) for number, post in numbered(board, page, category)]
    heads = "".join(_head(board, name, page) for name in board.columns)
    return (
        f'{_categories(board)}<div class="board_list" id="board_list">\n<table width="100%" border="1" cellspacing="0" '
        f'summary="List of Articles">\n<thead>\n<tr>\n{heads}</tr>\n</thead>\n<tbody>\n'
        + "".join(rows)
        + f'</tbody>\n</table>\n</div>\n<div class="list_footer">\n{_pager(board, page, category)}'
        '<form action="/" method="get" id="board_search" class="board_search"><select name="search_target">'
        '<option value="title">제목</option><option value="regdate">등록일</option></select></form>\n</div>\n'
    )


def _head(board: FakeBoard, name: str, page: int) -> str:
    word, sort = HEADS[name]
    if sort:
        base = list_url(board, None)
        href = text(f"{base}{'&' if '?' in base else '?'}page={page}&sort_index={sort}&order_type=desc")
        return f'<th scope="col"><span><a href="{href}">{word}</a></span></th>\n'
    kind = ' class="title"' if name == "title" else ""
    return f'<th scope="col"{kind}><span>{word}</span></th>\n'


def updated_at(post: FakePost) -> str:
    """The day of the last change as lists print it."""
    return f"{max([post.at, *(comment.at for comment in post.comments)]):%Y.%m.%d}"


def member(post: FakePost, kind: str = "") -> str:
    """A name as lists link it, guests too."""
    return (
        f'<a href="#popup_menu_area" class="{kind}member_{post.member}" onclick="return false">{text(post.author)}</a>'
    )


def _row(board: FakeBoard, post: FakePost, number: int | None, page: int, viewed: int | None) -> str:
    shown = str(number) if post.id != viewed else "&raquo;"
    last = post.comments[-1].author if post.comments else ""
    href = text(view_url(board, post.id))
    cells = {
        "no": f'<td class="no">{shown}</td>',
        "title": f'<td class="title">\n{_subject(board, post, page)}</td>',
        "author": f'<td class="author">{member(post)}</td>',
        "time": f'<td class="time">{post.at:%Y.%m.%d}</td>',
        "readNum": f'<td class="readNum">{post.hits}</td>',
        "voteNum": f'<td class="voteNum">{post.good}</td>',
        "lastUpdate": f'<td class="time">{updated_at(post)}</td>',
        "lastPost": f'<td class="lastReply"><a href="{href}#comment" title="Last Reply">{updated_at(post)}</a>'
        f"<span><sub>by</sub> {text(last)}</span></td>"
        if last
        else '<td class="lastReply">&nbsp;</td>',
        "extra": f"<td>{post.id % 7 + 1}&nbsp;</td>",
    }
    if number is None:
        cells["no"] = f'<td class="notice">{"공지" if post.id != viewed else "&raquo;"}</td>'
    kind = ' class="notice"' if number is None else ""
    return f"<tr{kind}>\n" + "\n".join(cells[name] for name in board.columns) + "\n</tr>\n"


def _subject(board: FakeBoard, post: FakePost, page: int) -> str:
    href = text(view_url(board, post.id, page))
    parts = [f'<a href="{href}">{text(post.title)}</a>\n']
    if post.comments:
        parts.append(f'<a href="{href}#comment" class="replyNum" title="Replies">[{len(post.comments)}]</a>\n')
    return "".join(parts) + icons(board, post)


def icons(board: FakeBoard, post: FakePost) -> str:
    """The small images behind a title: the only signs of a new, a secret post, of files."""
    names = {
        "new": (board.clock.korea() - post.at).total_seconds() < 86400,
        "secret": post.secret,
        "file": bool(post.files),
    }
    return "".join(
        f'<img src="/modules/document/tpl/icons/default/{name}.gif" alt="{name}" title="{name}" />\n'
        for name, is_so in names.items()
        if is_so
    )


def _categories(board: FakeBoard) -> str:
    if not board.categories:
        return ""
    links = "".join(f'<li><a href="{text(list_url(board, None, c))}">{text(c)}</a></li>' for c in board.categories)
    return f'<ul class="cTab">{links}</ul>\n'


def _pager(board: FakeBoard, page: int, category: str) -> str:
    last = last_of(board, category)
    first = max(1, min(page - WINDOW // 2, last - WINDOW + 1))
    numbers = "".join(
        f"<strong>{n}</strong>\n" if n == page else f'<a href="{text(list_url(board, n, category))}">{n}</a>\n'
        for n in range(first, min(last, first + WINDOW - 1) + 1)
    )
    start, end = text(list_url(board, None, category)), text(list_url(board, last, category))
    return (
        f'<div class="pagination">\n<a href="{start}" class="direction prev"><span></span><span></span> 첫 페이지</a>\n'
        f'{numbers}<a href="{end}" class="direction next">끝 페이지 <span></span><span></span></a>\n'
        f"</div>\n"
    )
