"""Draws the articles of the articleView.html papers: three generations of names for the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import text
from scraper.fakeboard.skins.ndsoft_page import frame, section
from scraper.fakeboard.skins.prose import image_tags, prose

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite


def draw_view(site: FakeSite, board: FakeBoard, post: FakePost) -> str:
    """One article."""
    images = image_tags(post, "/news/photo", '<figure class="photo-layout">{}</figure>')
    body = prose(post, images, "<br>")
    head = (
        f'<meta property="og:title" content="{text(post.title)}">\n<meta property="og:type" content="article">\n'
        f'<meta property="article:published_time" content="{post.at:%Y-%m-%dT%H:%M:%S}+09:00">\n'
    )
    draw = {"table": _v9, "block": _v10, "ul": _v11}[board.variant]
    inner = draw(site, board, post, body) + _others(board, post)
    return frame(site, board, text(post.title), inner, "" if board.variant == "table" else head)


def _rights(site: FakeSite) -> str:
    return f"저작권자 © {text(site.name)} 무단전재 및 재배포 금지"


def _v9(site: FakeSite, board: FakeBoard, post: FakePost, body: str) -> str:
    return (
        f'<div id="article-wrap">\n<div class="headline border-box"><font class="headline-title">{text(post.title)}'
        '</font></div>\n<div id="head-info"><div class="info"><ul>\n'
        f'<li class="name">{text(post.author)}</li>\n<li class="date">승인 {post.at:%Y.%m.%d %H:%M}</li>\n'
        '<li class="comment">댓글 0</li>\n</ul></div></div>\n'
        f'<table width="100%"><tr><td class="cont-body"><div id="articleBody">\n{body}\n</div></td></tr></table>\n'
        f'<p class="copyright">{_rights(site)}</p>\n</div>\n'
    )


def _v10(site: FakeSite, board: FakeBoard, post: FakePost, body: str) -> str:
    return (
        '<div class="article-view"><header class="article-view-header">\n'
        f'<div class="article-head-title">{text(post.title)}</div>\n<div class="info-text"><ul>\n'
        f'<li><i class="fa fa-user"></i> {text(post.author)}</li>\n'
        f'<li><i class="fa fa-clock-o"></i> 승인 {post.at:%Y.%m.%d %H:%M}</li>\n'
        '<li><i class="fa fa-commenting-o"></i> 댓글 0</li>\n</ul></div></header>\n'
        f'<div id="article-view-content-div" itemprop="articleBody">\n{body}\n'
        f'<article class="writer"><strong>{text(post.author)}</strong> <a href="#">다른기사 보기</a></article>\n'
        f'<div class="view-copyright">{_rights(site)}</div>\n</div>\n</div>\n'
    )


def _v11(site: FakeSite, board: FakeBoard, post: FakePost, body: str) -> str:
    stamp = f"{post.at:%Y.%m.%d %H:%M}"
    return (
        '<section id="article-view"><header class="article-view-header">\n'
        f'<nav class="article-head-nav"><a href="/news/articleList.html?sc_section_code={section(board)}">'
        f'{text(board.name)}</a></nav>\n<h3 class="heading">{text(post.title)}</h3>\n<ul class="infomation">\n'
        f'<li class="info-name">{text(post.author)}</li>\n'
        f'<li class="info-update">업데이트 {board.clock.korea():%Y.%m.%d %H:%M}'
        f'<div class="info-update-origin">입력 {stamp}</div></li>\n<li>댓글 0</li>\n</ul></header>\n'
        '<article id="article-view-content-div" class="article-veiw-body view-page font-size17" '
        f'itemprop="articleBody">\n{body}\n</article>\n'
        f'<article class="writer">{text(post.author)}</article>\n<div class="view-copyright">{_rights(site)}</div>\n'
        '<ul class="tag-group"><li>#지역</li><li>#마을</li></ul>\n</section>\n'
    )


def _others(board: FakeBoard, post: FakePost) -> str:
    same = [other for other in board.posts() if other.author == post.author and other is not post][:3]
    links = "".join(
        f'<li><a href="/news/articleView.html?idxno={other.id}">{text(other.title)}</a></li>\n' for other in same
    )
    return f'<div class="other-articles"><strong>기자의 다른기사</strong><ul>\n{links}</ul></div>\n' if links else ""
