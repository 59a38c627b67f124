"""Draws Rhymix pages: the frame, the list, messages."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, text

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
}


def file_sid(item: FakeFile) -> str:
    """The token in a file's address; it stays the same for the same file."""
    return hashlib.md5(f"sid{item.id}{item.stored}".encode(), usedforsecurity=False).hexdigest()


def draw_list(site: FakeSite, board: FakeBoard, visit: Visit, page: int, category: str) -> str:
    """One list page, of one category if named."""
    inner = f'<div class="board">\n{_categories(board)}{listing(board, page, category)}</div>\n'
    return frame(site, board.slug, board.name, text(board.name), visit, inner)


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
    menu = "".join(f'<li><a href="/{board.slug}">{text(board.name)}</a></li>\n' for board in site.boards)
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


def listing(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """#board_list and its pagination: notices first on every page, not counted."""
    posts = [post for post in board.ordinary() if not category or post.category == category]
    start = (page - 1) * board.page_size
    query = f"?page={page}" if page > 1 else ""
    pinned = board.notices()
    if board.global_notice is not None:
        pinned = board.global_notice.notices()[:1] + pinned
    rows = [_row(board, post, None, query, viewed) for post in pinned]
    for n, post in enumerate(posts[start : start + board.page_size]):
        rows.append(_row(board, post, len(posts) - start - n + board.number_base, query, viewed))
    heads = "".join(_head(board, name, page) for name in board.columns)
    return (
        '<div class="board_list" id="board_list">\n<table width="100%" border="1" cellspacing="0" '
        f'summary="List of Articles">\n<thead>\n<tr>\n{heads}</tr>\n</thead>\n<tbody>\n'
        + "".join(rows)
        + f'</tbody>\n</table>\n</div>\n<div class="list_footer">\n{_pager(board, page, len(posts), category)}'
        '<form action="/" method="get" id="board_search" class="board_search"><select name="search_target">'
        '<option value="title">제목</option><option value="regdate">등록일</option></select></form>\n</div>\n'
    )


def _head(board: FakeBoard, name: str, page: int) -> str:
    word, sort = HEADS[name]
    if sort:
        href = f"/{board.slug}?page={page}&amp;sort_index={sort}&amp;order_type=desc"
        return f'<th scope="col"><span><a href="{href}">{word}</a></span></th>\n'
    kind = ' class="title"' if name == "title" else ""
    return f'<th scope="col"{kind}><span>{word}</span></th>\n'


def _row(board: FakeBoard, post: FakePost, number: int | None, query: str, viewed: int | None) -> str:
    shown = str(number) if post.id != viewed else "&raquo;"
    author = f'<a href="#popup_menu_area" class="member_{post.member}">{text(post.author)}</a>'
    updated = max([post.at, *(comment.at for comment in post.comments)])
    cells = {
        "no": f'<td class="no">{shown}</td>',
        "title": f'<td class="title">\n{_subject(board, post, query)}</td>',
        "author": f'<td class="author">{author}</td>',
        "time": f'<td class="time">{post.at:%Y.%m.%d}</td>',
        "readNum": f'<td class="readNum">{post.hits}</td>',
        "voteNum": f'<td class="voteNum">{post.good}</td>',
        "lastUpdate": f'<td class="time">{updated:%Y.%m.%d}</td>',
    }
    if number is None:
        cells["no"] = f'<td class="notice">{"공지" if post.id != viewed else "&raquo;"}</td>'
    kind = ' class="notice"' if number is None else ""
    return f"<tr{kind}>\n" + "\n".join(cells[name] for name in board.columns) + "\n</tr>\n"


def _subject(board: FakeBoard, post: FakePost, query: str) -> str:
    href = f"/{board.slug}/{post.id}{query}"
    parts = [f'<a href="{href}">{text(post.title)}</a>\n']
    if post.comments:
        parts.append(f'<a href="{href}#comment" class="replyNum" title="Replies">[{len(post.comments)}]</a>\n')
    names = {
        "new": (board.clock.korea() - post.at).total_seconds() < 86400,
        "secret": post.secret,
        "file": bool(post.files),
    }
    parts += [
        f'<img src="/modules/document/tpl/icons/default/{name}.gif" alt="{name}" title="{name}" />\n'
        for name, is_so in names.items()
        if is_so
    ]
    return "".join(parts)


def _categories(board: FakeBoard) -> str:
    if not board.categories:
        return ""
    links = "".join(f'<li><a href="/{board.slug}/category/{quote(c)}">{text(c)}</a></li>' for c in board.categories)
    return f'<ul class="cTab">{links}</ul>\n'


def _pager(board: FakeBoard, page: int, total: int, category: str) -> str:
    last = last_page(total, board.page_size)
    base = f"/{board.slug}" + (f"/category/{quote(category)}" if category else "")
    first = max(1, min(page - WINDOW // 2, last - WINDOW + 1))
    numbers = "".join(
        f"<strong>{n}</strong>\n" if n == page else f'<a href="{base}?page={n}">{n}</a>\n'
        for n in range(first, min(last, first + WINDOW - 1) + 1)
    )
    return (
        f'<div class="pagination">\n<a href="{base}" class="direction prev"><span></span><span></span> 첫 페이지</a>\n'
        f'{numbers}<a href="{base}?page={last}" class="direction next">끝 페이지 <span></span><span></span></a>\n'
        f"</div>\n"
    )
