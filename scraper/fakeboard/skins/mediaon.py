"""Papers of the section_list_all.html / article.html kind: one list of links, headline, summary and byline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, text
from scraper.fakeboard.skins.prose import alert, html, image_tags, prose, stored_image

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

GROUP = 10


def _section(board: FakeBoard) -> str:
    return str(1 + sum(board.slug.encode()) % 97)


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/news/section_list_all.html?sec_no={_section(board)}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """A section is told by its number, an article by its own alone."""
    boards = [board for board in site.boards if board.skin == "mediaon"]
    asked = visit.asked()
    if visit.path.startswith("/data/photos/"):
        return Route("attachment", lambda: stored_image(site, "mediaon", visit.path))
    if visit.path == "/news/article.html":
        return Route("article", lambda: _view(site, boards, to_id(asked.get("no"))))
    if visit.path != "/news/section_list_all.html":
        return None
    board = next((board for board in boards if _section(board) == asked.get("sec_no")), None)
    if board is None:
        return Route("other", lambda: alert("잘못된 접근입니다."))
    return Route("listing", lambda: html(_list(site, board, page_number(asked.get("page")))))


def _view(site: FakeSite, boards: list[FakeBoard], number: int) -> Answer:
    for board in boards:
        post = board.get(number)
        if post is not None:
            return html(_article(site, board, post))
    return alert("삭제되었거나 존재하지 않는 기사입니다.")


def _frame(site: FakeSite, title: str, inner: str, head: str = "") -> str:
    best = "".join(
        f'<li><a href="/news/article.html?no={post.id}"><b>{text(post.title)}</b></a></li>\n'
        for board in site.boards
        for post in board.posts()[:3]
    )
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>[{text(site.name)}] {title}</title>\n{head}</head>\n<body>\n"
        '<p class="clock">최종편집 2021.11.29 14:00 (월)</p>\n'
        f'<div id="container">\n{inner}</div>\n<ul class="art_best">\n{best}</ul>\n</body>\n</html>\n'
    )


def _list(site: FakeSite, board: FakeBoard, page: int) -> str:
    posts = board.posts()
    start = (page - 1) * board.page_size
    rows = "".join(_row(board, post) for post in posts[start : start + board.page_size])
    last = last_page(len(posts), board.page_size)
    first = (page - 1) // GROUP * GROUP + 1
    base = f"/news/section_list_all.html?sec_no={_section(board)}&amp;page="
    numbers = "".join(
        f'<li class="on"><a href="{base}{n}">{n}</a></li>\n' if n == page else f'<li><a href="{base}{n}">{n}</a></li>\n'
        for n in range(first, min(first + GROUP - 1, last) + 1)
    )
    onward = f'<li class="next"><a href="{base}{first + GROUP}">다음</a></li>\n' if first + GROUP <= last else ""
    inner = (
        f'<h2 class="path">{text(board.name)}</h2>\n<div class="ara_001"><ul class="art_list_all">\n{rows}</ul></div>\n'
        f'<ul class="paging">\n{numbers}{onward}</ul>\n'
    )
    return _frame(site, text(board.name), inner)


def _row(board: FakeBoard, post: FakePost) -> str:
    parts = {
        "section": f'<li class="sec">{text(board.name)}</li>',
        "author": f'<li class="name">{text(post.author)}</li>',
        "date": f'<li class="date">{post.at:%Y-%m-%d %H:%M}</li>',
    }
    byline = "".join(parts[name] for name in board.columns)
    return (
        f'<li><a href="/news/article.html?no={post.id}">\n<h2 class="clamp c2">{text(post.title)}</h2>\n'
        f'<p class="ffd clamp c2">{text(post.body[:80])}</p>\n<ul class="art_info">{byline}</ul>\n</a></li>\n'
    )


def _article(site: FakeSite, board: FakeBoard, post: FakePost) -> str:
    head = f'<meta property="og:title" content="{text(post.title)}">\n'
    body = prose(post, image_tags(post, "/data/photos"), "<br>")
    inner = (
        f'<div class="art_top">\n<h2>{text(post.title)}</h2>\n<ul class="art_info">\n'
        f'<li class="name">{text(post.author)}</li>\n<li class="date">등록 {post.at:%Y.%m.%d %H:%M:%S}</li>\n'
        "</ul>\n</div>\n"
        f'<div id="news_body_area" class="smartOutput" itemprop="articleBody">\n{body}\n</div>\n'
        f'<p class="copyright">저작권자 ⓒ {text(site.name)} 무단전재 및 재배포 금지</p>\n'
    )
    return _frame(site, text(post.title), inner, head)
