"""Draws KBoard inside a WordPress page: list, document, the form that asks for a password.

The header cells are td; the count of comments stands inside the title's link; the title's cell says author, date,
votes and views once more for small screens; posts of today have a time instead of a date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import blocks, last_page, lines, table, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

BLOCK = 10
UPLOADS = "/wp-content/uploads/kboard_attached/"
_HEADS = {
    "uid": "번호",
    "title": "제목",
    "user": "작성자",
    "date": "작성일",
    "vote": "추천",
    "view": "조회",
    "thumbnail": "썸네일",
    "extra": "지역",
}


def offered(post: FakePost) -> list[FakeFile]:
    """The files of a post that stand below it; images of its body are not among them."""
    return [item for item in post.files if item.look == "file"]


def place_of(post: FakePost, item: FakeFile) -> int:
    """The number in file1, file2 …"""
    return item.id + 1


def frame(site: FakeSite, board: FakeBoard, title: str, inner: str) -> str:
    """A page of the theme. ``title`` is escaped."""
    menu = "".join(f'<li><a href="/{each.slug}/">{text(each.name)}</a></li>\n' for each in site.boards)
    return (
        '<!DOCTYPE html>\n<html lang="ko-KR">\n<head>\n<meta charset="UTF-8">\n'
        f'<title>{title} &#8211; {text(site.name)}</title>\n<meta name="generator" content="WordPress 6.4.3">\n'
        '<script>var kboard_settings = {"alert":"alert(\'삭제\')"};</script>\n</head>\n'
        f'<body class="page"><header><h1 class="site-title"><a href="/">{text(site.name)}</a></h1>\n<nav><ul>\n{menu}'
        f'</ul></nav></header>\n<main><article class="page type-page"><h1 class="entry-title">{text(board.name)}</h1>\n'
        f'<div class="entry-content">\n{inner}</div></article></main>\n<footer><p>{text(site.name)}</p></footer>\n'
        "</body>\n</html>\n"
    )


def draw_list(site: FakeSite, board: FakeBoard, page: int, category: str) -> str:
    """The list, and below it that of a board on the same page; one page number turns both."""
    both = [board, board.beside] if board.beside else [board]
    inner = "\n".join(_list(site, board, each, page, category) for each in both if each)
    return frame(site, board, text(board.name), inner)


def _list(site: FakeSite, host: FakeBoard, board: FakeBoard, page: int, category: str) -> str:
    ordinary = [post for post in board.ordinary() if not category or post.category == category]
    threads = [post for post in ordinary if post.parent is None or board.get(post.parent) is None]
    shown = threads[(page - 1) * board.page_size : page * board.page_size]
    number = len(threads) - (page - 1) * board.page_size
    rows = "".join(_row(host, board, post, "공지사항", page) for post in board.notices())
    for n, post in enumerate(shown):
        rows += _row(host, board, post, str(number - n + board.number_base), page)
        rows += "".join(_row(host, board, reply, "", page) for reply in ordinary if reply.parent == post.id)
    names = [name for column in board.columns for name in _with_thumbnail(board, column)]
    heads = "".join(f'<td class="kboard-list-{name}">{_HEADS[name]}</td>\n' for name in names)
    return (
        f'<div id="kboard-{board.variant}-list">\n<div class="kboard-list-header"><div class="kboard-total-count">전체 '
        f'{len(board.posts())}</div></div>\n<div class="kboard-list">\n<table>\n<thead>\n<tr>\n{heads}</tr>\n</thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        f'<div class="kboard-pagination"><ul class="kboard-pagination-pages">\n{_pager(page, len(threads), board)}'
        '</ul></div>\n<div class="kboard-search"><form method="get"><input type="hidden" name="mod" value="list">'
        '<input type="hidden" name="pageid" value="1"><select name="target">'
        '<option value="title">제목</option></select>'
        '<input type="text" name="keyword"></form></div>\n</div>\n'
    )


def _with_thumbnail(board: FakeBoard, column: str) -> tuple[str, ...]:
    return ("thumbnail", column) if column == "title" and board.variant == "thumbnail" else (column,)


def _row(host: FakeBoard, board: FakeBoard, post: FakePost, number: str, page: int) -> str:
    href = f"/{host.slug}/?pageid={page}&amp;mod=document&amp;uid={post.id}"
    lock = '<img src="/wp-content/plugins/kboard/images/icon-lock.png" alt="비밀글">' if post.secret else ""
    new = '<span class="kboard-default-new-notify">New</span>' if post.at.date() == board.clock.korea().date() else ""
    count = f"({len(post.comments)})" if post.comments else ""
    arrow = '<img src="/wp-content/plugins/kboard/images/icon-reply.png" alt="">' if number == "" else ""
    user = text(post.author)
    if board.variant == "avatar":
        user = f'<img alt="" src="/avatar/{post.member}.png" class="avatar"><br>{user}'
    again = (
        f'<div class="kboard-mobile-contents"><span class="contents-item kboard-user">{text(post.author)}</span>'
        f'<span class="contents-separator">|</span><span class="contents-item kboard-date">{_day(board, post)}</span>'
        f'<span class="contents-item kboard-vote">추천 {post.good}</span>'
        f'<span class="contents-item kboard-view">조회 {post.hits}</span></div>'
    )
    cells = {
        "uid": number,
        "thumbnail": f'<a href="{href}"><i class="icon-picture"></i></a>',
        "title": f'<a href="{href}"><div class="kboard-{board.variant}-cut-strings">{arrow}{new}{lock}\n'
        f'{text(post.title)}\n<span class="kboard-comments-count">{count}</span></div></a>\n{again}',
        "user": user,
        "date": _day(board, post),
        "vote": str(post.good),
        "view": str(post.hits),
        "extra": str(post.id % 7 + 1),
    }
    names = [name for column in board.columns for name in _with_thumbnail(board, column)]
    tds = "".join(f'<td class="kboard-list-{name}">{cells[name]}</td>\n' for name in names)
    return f'<tr class="{"kboard-list-notice" if number == "공지사항" else ""}">\n{tds}</tr>\n'


def _day(board: FakeBoard, post: FakePost) -> str:
    return f"{post.at:%H:%M}" if post.at.date() == board.clock.korea().date() else f"{post.at:%Y.%m.%d}"


def _pager(page: int, count: int, board: FakeBoard) -> str:
    last = last_page(count, board.page_size)

    def link(n: int, word: str, kind: str = "") -> str:
        return f'<li{kind}><a href="?pageid={n}&mod=list">{word}</a></li>\n'

    first = (page - 1) // BLOCK * BLOCK + 1
    window = range(first, min(last, first + BLOCK - 1) + 1)
    numbers = "".join(link(n, str(n), ' class="active"' if n == page else "") for n in window)
    before = link(1, "처음") + link(page - 1, "«") if page > 1 else ""
    after = link(page + 1, "»") + link(last, "마지막") if page < last else ""
    return before + numbers + after


def draw_document(site: FakeSite, board: FakeBoard, post: FakePost, nonce: str, path: str) -> str:
    """One post on the page at ``path``; the addresses of its files are good for this visitor."""
    cate = ""
    if post.category:
        cate = f'<div class="detail-attr detail-category1"><div class="detail-name">{text(post.category)}</div></div>\n'
    facts = "".join(
        f'<div class="detail-attr detail-{name}"><div class="detail-name">{word}</div>'
        f'<div class="detail-value">{value}</div></div>\n'
        for name, word, value in (
            ("writer", "작성자", text(post.author)),
            ("date", "작성일", f"{post.at:%Y-%m-%d %H:%M}"),
            ("view", "조회", str(post.hits)),
        )
    )
    inner = (
        f'<div id="kboard-document">\n<div id="kboard-{board.variant}-document">\n'
        f'<div class="kboard-document-wrap" itemscope>\n'
        f'<div class="kboard-title" itemprop="name"><h1>{text(post.title)}</h1></div>\n'
        f'<div class="kboard-detail">\n{cate}{facts}</div>\n'
        f'<div class="kboard-content" itemprop="description"><div class="content-view">\n{_body(post)}\n</div></div>\n'
        '<div class="kboard-document-action"><button type="button" class="kboard-button-action kboard-button-like" '
        f'onclick="kboard_document_like(this)" data-uid="{post.id}">좋아요 <span>{post.good}</span></button></div>\n'
        f'{_files(path, post, nonce)}</div>\n<div class="kboard-comments-area">\n{_comments(post)}</div>\n'
        f'<div class="kboard-control"><a href="/{board.slug}/?mod=list" class="kboard-default-button-small">'
        f"목록보기</a></div>\n"
        "</div>\n</div>\n"
    )
    return frame(site, board, text(post.title), inner)


def _body(post: FakePost) -> str:
    done = [table(part) if kind == "table" else f"<p>{lines(part, '<br />')}</p>" for kind, part in blocks(post.drawn)]
    images = [
        f'<p><img class="alignnone" src="{UPLOADS}{item.stored}" alt="" /></p>'
        for item in post.files
        if item.look == "inline"
    ]
    return "\n".join(done[:1] + images + done[1:])


def _files(path: str, post: FakePost, nonce: str) -> str:
    buttons = ""
    for item in offered(post):
        way = (
            f"?action=kboard_file_download&amp;kboard-file-download-nonce={nonce}&amp;mod=document&amp;uid={post.id}"
            f"&amp;file=file{place_of(post, item)}"
        )
        buttons += (
            '<button type="button" class="kboard-button-action kboard-button-download" '
            f'onclick="window.location.href=\'{path}{way}\'" title="다운로드 {text(item.name)}">'
            f"{text(item.name)}</button>\n"
        )
    return f'<div class="kboard-attach">\n{buttons}</div>\n' if buttons else ""


def _comments(post: FakePost) -> str:
    return "".join(
        f'<li class="kboard-comments-item"><div class="comments-list-username">{text(comment.author)}</div>'
        f'<div class="comments-list-create">{comment.at:%Y-%m-%d %H:%M}</div>'
        f'<div class="comments-list-content"><p>{text(comment.text)}</p></div></li>\n'
        for comment in post.comments
    )


def draw_confirm(site: FakeSite, board: FakeBoard, post: FakePost) -> str:
    """The form in place of a secret post."""
    inner = (
        f'<div id="kboard-{board.variant}-editor" class="confirm">\n'
        f'<form method="post" action="/{board.slug}/?mod=document'
        f'&amp;uid={post.id}">\n<div class="kboard-attr-row kboard-confirm-row">'
        f'<label class="attr-name">비밀번호</label>'
        '<div class="attr-value"><input type="password" name="password" placeholder="비밀번호..."></div></div>\n'
        '<div class="kboard-control"><button type="submit">비밀번호 확인</button></div>\n</form>\n</div>\n'
    )
    return frame(site, board, text(board.name), inner)
