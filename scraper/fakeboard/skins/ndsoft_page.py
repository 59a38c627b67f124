"""Draws the frame and the lists of the articleList.html papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

GROUP = 10
WEEKDAYS = "월화수목금토일"


def section(board: FakeBoard) -> str:
    """The code of a board's section."""
    return f"S1N{1 + sum(board.slug.encode()) % 97}"


def frame(site: FakeSite, board: FakeBoard, title: str, inner: str, head: str = "") -> str:
    """The whole page: the site's own clock on top, and the same articles again in a box at the side."""
    now = board.clock.korea()
    charset = "euc-kr" if board.variant == "table" else "utf-8"
    clock = f"UPDATE : {now.year}.{now.month}.{now.day} {WEEKDAYS[now.weekday()]} {now:%H:%M}"
    menu = "".join(
        f'<li><a href="/news/articleList.html?sc_section_code={section(other)}&amp;view_type=sm">{text(other.name)}</a>'
        "</li>\n"
        for other in site.boards
    )
    popular = "".join(
        f'<li><a href="/news/articleView.html?idxno={post.id}" target="_top">{text(post.title[:24])}…</a></li>\n'
        for post in board.posts()[:5]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="{charset}">\n'
        f"<title>{title} - {text(site.name)}</title>\n{head}</head>\n<body>\n"
        f'<div id="ND_top"><span class="update">{clock}</span></div>\n<ul id="user-menu">\n{menu}</ul>\n'
        f'<div id="user-container">\n{inner}</div>\n'
        f'<div class="aside-box"><h2>최근 인기기사</h2><ol>\n{popular}</ol></div>\n'
        f'<div id="user-footer">Copyright © {now.year} {text(site.name)}.</div>\n</body>\n</html>\n'
    )


def draw_list(site: FakeSite, board: FakeBoard, page: int) -> str:
    """One list page."""
    posts = board.posts()
    start = (page - 1) * board.page_size
    shown = posts[start : start + board.page_size]
    draw = {"table": _tables, "block": _blocks, "ul": _items}[board.variant]
    inner = draw(board, shown, len(posts)) + _pager(board, page, len(posts))
    return frame(site, board, text(board.name), inner)


def byline(board: FakeBoard, post: FakePost) -> list[str]:
    """The parts of an article's byline, the date last and the author before it."""
    stamp = post.at.strftime({"table": "%Y-%m-%d %H:%M"}.get(board.variant, "%Y.%m.%d %H:%M"))
    parts = {"section": board.name, "sub": "지역", "author": post.author, "date": stamp}
    return [text(parts[name]) for name in board.columns]


def _summary(post: FakePost) -> str:
    return text(post.body.split("\n")[0][:70]) + "..."


def _href(board: FakeBoard, post: FakePost) -> str:
    return f"{'' if board.variant == 'table' else '/news/'}articleView.html?idxno={post.id}"


def _tables(board: FakeBoard, posts: list[FakePost], total: int) -> str:
    rows = []
    for post in posts:
        link = f'<a href="{_href(board, post)}" target="_top">'
        rows.append(
            '<tr><td><table width="100%" cellpadding="0" cellspacing="0"><tr><td>\n'
            '<table width="100%" border="0">\n'
            f'<tr><td class="list-titles">{link}{text(post.title)}</a></td></tr>\n'
            f'<tr><td class="list-summary">{link}{_summary(post)}</a></td></tr>\n'
            f'<tr><td class="list-times">{" | ".join(byline(board, post))}</td></tr>\n'
            "</table>\n</td></tr></table>\n"
            '<div class="list-line-dot">라인</div>\n</td></tr>\n'
        )
    none = '<tr><td align="center">등록된 기사가 없습니다.</td></tr>\n'
    return (
        f'<table width="100%"><tr><td class="list-head">기사 (전체 {total}건)</td>'
        '<td align="right">제목보기 | 제목+내용</td></tr></table>\n'
        f'<table id="article-list" width="100%">\n{"".join(rows) or none}</table>\n'
    )


def _blocks(board: FakeBoard, posts: list[FakePost], total: int) -> str:
    rows = "".join(
        '<div class="list-block"><div class="text-block">\n'
        f'<div class="list-titles"><a href="{_href(board, post)}"><strong>{text(post.title)}</strong></a></div>\n'
        f'<p class="list-summary"><a href="{_href(board, post)}">{_summary(post)}</a></p>\n'
        f'<div class="list-dated">{" | ".join(byline(board, post))}</div>\n</div></div>\n'
        for post in posts
    )
    return (
        f'<div class="article-list-head"><strong>기사</strong> <small>({total:,}건)</small></div>\n'
        f'<div class="article-list"><section class="article-list-content">\n'
        f"{rows or '<p>등록된 기사가 없습니다.</p>'}</section></div>\n"
    )


def _items(board: FakeBoard, posts: list[FakePost], total: int) -> str:
    rows = "".join(
        f'<li class="item">\n<a href="{_href(board, post)}" class="thumb"><img src="/image/thumb.jpg" alt=""></a>\n'
        f'<div class="view-cont">\n<h4 class="titles"><a href="{_href(board, post)}">{text(post.title)}</a></h4>\n'
        f'<p class="lead line-6x2"><a href="{_href(board, post)}">{_summary(post)}</a></p>\n'
        f'<span class="byline">{"".join(f"<em>{part}</em>" for part in byline(board, post))}</span>\n</div>\n</li>\n'
        for post in posts
    )
    return (
        f'<header class="article-list-header"><h2 class="titles">{text(board.name)}</h2>'
        f"<small>총 <strong>{total:,}</strong>건</small></header>\n"
        f'<section id="section-list" class="section-body"><ul class="type2">\n{rows}</ul>'
        f"{'' if rows else '<p>등록된 기사가 없습니다.</p>'}</section>\n"
    )


def _pager(board: FakeBoard, page: int, total: int) -> str:
    """In the last group "next" leads to the last page, and "previous" in the first one to page 1: both always stand."""
    last = last_page(total, board.page_size)
    first = (page - 1) // GROUP * GROUP + 1
    end = min(first + GROUP - 1, last)
    base = f"/news/articleList.html?page={{}}&amp;total={total}&amp;sc_section_code={section(board)}&amp;view_type=sm"
    if board.variant == "ul":
        numbers = "".join(
            f'<li class="pagination-{"active" if n == page else "num"}"><a href="{base.format(n)}">{n}</a></li>\n'
            for n in range(first, end + 1)
        )
        before, after = base.format(max(1, first - 1)), base.format(min(last, end + 1))
        return (
            f'<ul class="pagination">\n<li class="pagination-previous"><a href="{before}">이전</a></li>\n{numbers}'
            f'<li class="pagination-next"><a href="{after}">다음</a></li>\n</ul>\n'
        )
    numbers = "".join(
        f'<a href="{base.format(n)}" class="p-num{" on" if n == page else ""}">{n}</a>\n' for n in range(first, end + 1)
    )
    return (
        f'<div class="page-nav">\n<a href="{base.format(max(1, first - 1))}" class="pre-btn"><i></i>이전</a>\n{numbers}'
        f'<a href="{base.format(min(last, end + 1))}" class="next-btn">다음<i></i></a>\n</div>\n'
    )
