"""Draws Rhymix's default mobile skin, which a mobile user agent gets: no numbers, no hits, no list below an article."""

from __future__ import annotations

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import size, text
from scraper.fakeboard.skins.rhymix_page import last_of, numbered
from scraper.fakeboard.skins.rhymix_urls import list_url, view_url
from scraper.fakeboard.skins.rhymix_view import content, file_url


def listing(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """ul.lt and a pager of two words. ``viewed`` is for the skins that show a list below an article."""
    items = ""
    for number, post in numbered(board, page, category):
        notice = '<span class="notice">공지</span> ' if number is None else ""
        cate = f"{text(post.category)} &rsaquo; " if post.category else ""
        count = f"<em>[{len(post.comments)}]</em>" if post.comments else ""
        items += (
            f'<li>\n<a href="{text(view_url(board, post.id, page))}">\n<span class="title">{notice}{cate}'
            f"<strong>{text(post.title)}</strong> {count}</span>\n"
            f'<span class="auth"><strong>{text(post.author)}</strong> <span class="time">'
            f"{post.at:%Y.%m.%d}</span></span>\n"
            "</a>\n</li>\n"
        )
    last = last_of(board, category)
    back = f'<a href="{text(list_url(board, page - 1, category))}" class="prev">이전</a>\n' if page > 1 else ""
    on = f'<a href="{text(list_url(board, page + 1, category))}" class="next">다음</a>\n' if page < last else ""
    return (
        f'<div class="bd">\n<div class="hx h2"><h2><a href="{text(list_url(board))}">{text(board.name)}</a> '
        f"<em>[{len(board.ordinary())}]</em></h2></div>\n"
        f'<ul class="lt">\n{items}</ul>\n<div class="pn">\n{back}<strong>{page} / {last}</strong>\n{on}</div>\n</div>\n'
    )


def article(board: FakeBoard, owner: FakeBoard, visit: Visit, post: FakePost) -> str:
    """The title behind the board's name; name, time and a link in one line; the comments are not there."""
    cate = (
        f' &rsaquo; <a href="{text(list_url(board, None, post.category))}">{text(post.category)}</a>'
        if post.category
        else ""
    )
    body = _secret_form(post) if post.secret else content(board, visit, post)
    below = "" if post.secret else _files(board, post)
    count = (
        f'<div class="hx h3"><h3 id="clb">댓글 <em>[{len(post.comments)}]</em></h3></div>\n' if post.comments else ""
    )
    return (
        f'<div class="bd">\n<div class="hx h2">\n<h2><a href="{text(list_url(board))}">'
        f"{text(board.name)}</a>{cate} &rsaquo; "
        f'{text(post.title)}</h2>\n<span class="ex">{text(post.author)} ｜ {post.at:%Y.%m.%d %H:%M:%S} ｜ '
        f'<a href="#skip_co">댓글로 건너뛰기</a></span>\n</div>\n<div class="co">\n{body}\n</div>\n'
        f'<div id="skip_co"></div>\n{below}{count}'
        f'<div class="bna"><a href="{text(list_url(board))}" class="bn white">목록</a></div>\n</div>\n'
    )


def _secret_form(post: FakePost) -> str:
    return (
        f'<form action="./" method="get" class="ff"><input type="hidden" name="document_srl" value="{post.id}" />\n'
        '<label for="cpw">비밀글입니다.</label><input type="password" name="password" id="cpw" /></form>'
    )


def _files(board: FakeBoard, post: FakePost) -> str:
    if not post.files:
        return ""
    items = "".join(
        f'<li><a href="{file_url(board, item)}">{text(item.name)} <span class="size">{size(item)}</span></a></li>\n'
        for item in post.files
    )
    return (
        f'<div class="hx h3"><h3>첨부 <em>[{len(post.files)}]</em></h3></div>\n'
        f'<ul class="file tgo open">\n{items}</ul>\n'
    )
