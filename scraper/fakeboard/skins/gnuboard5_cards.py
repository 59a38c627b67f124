"""gnuboard5's lists without a table: the gallery's cards and the mobile skin's lines."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.gnuboard5_urls import list_url
from scraper.fakeboard.skins.markup import text

HIDDEN = '<span class="sound_only">'


def card(board: FakeBoard, origin: str, post: FakePost, number: int | None, href: str, title: str, author: str) -> str:
    """One card: title, icons and comment count inside one link, the number in a hidden span (a notice's is 0)."""
    thumbs = [item for item in post.files if item.look == "inline"]
    if number is None:
        picture = '<span class="is_notice">공지</span>'
    elif thumbs:
        stem, _, ending = thumbs[0].stored.rpartition(".")
        picture = f'<img src="{origin}/data/file/{board.slug}/thumb-{stem}_202x150.{ending}" alt="" >'
    else:
        picture = '<span class="no_image">no image</span>'
    preview = text(post.body[:60]) if not post.secret else ""
    return (
        f'<li class="gall_li col-gn-4">\n<div class="gall_box">\n<div class="gall_chk chk_box">{HIDDEN}\n{number or 0} '
        f'</span></div>\n<div class="gall_con">\n<div class="gall_img"><a href="{href}">\n{picture}</a></div>\n'
        f'<div class="gall_text_href">\n{category_link(board, origin, post)}'
        f'<a href="{href}" class="bo_tit">\n{title}{said(post)}</a>\n'
        f'<span class="bo_cnt">{preview}</span></div>\n'
        f'<div class="gall_info">{HIDDEN}작성자 </span>{author}\n'
        f'<span class="gall_date">{HIDDEN}작성일 </span><i class="fa fa-clock-o"></i> {short_date(board, post)}'
        f'</span>\n<span class="gall_view">{HIDDEN}조회 </span><i class="fa fa-eye"></i> {post.hits}</span></div>\n'
        "</div></div>\n</li>"
    )


def gallery(board: FakeBoard, cards: Sequence[str]) -> str:
    """All cards of a page."""
    shown = "\n".join(cards) or '<li class="empty_list">게시물이 없습니다.</li>'
    return f'<h2>{text(board.name)} 목록</h2>\n<ul id="gall_ul" class="gall_row">\n{shown}\n</ul>\n'


def mobile_line(
    board: FakeBoard, origin: str, post: FakePost, is_notice: bool, href: str, title: str, author: str
) -> str:
    """One line of the mobile skin: no number, hits with separators."""
    mark = (
        f'<strong class="notice_icon"><i class="fa fa-volume-up"></i>{HIDDEN}공지</span></strong>' if is_notice else ""
    )
    return (
        f'<li class="{"bo_notice" if is_notice else ""}">\n{category_link(board, origin, post)}'
        f'<a href="{href}" class="bo_subject">\n{mark}{title}{said(post)}</a>\n<div class="bo_info">\n'
        f'{HIDDEN}작성자</span>{author}\n<span class="bo_date"><i class="fa fa-clock-o"></i> {short_date(board, post)}'
        f'</span>\n<span class="bo_view"><i class="fa fa-eye"></i> {post.hits:,}{HIDDEN}회</span></span>\n</div>\n</li>'
    )


def mobile(lines: Sequence[str]) -> str:
    """All lines of a page."""
    shown = "\n".join(lines) or '<li class="empty_table">게시물이 없습니다.</li>'
    return f'<div class="list_01">\n<ul>\n{shown}\n</ul>\n</div>\n'


def short_date(board: FakeBoard, post: FakePost) -> str:
    """The time of day for today's posts, else month and day, never a year."""
    return f"{post.at:{'%H:%M' if post.at.date() == board.clock.korea().date() else '%m-%d'}}"


def said(post: FakePost) -> str:
    """The comment count with its hidden words."""
    count = len(post.comments)
    return f'{HIDDEN}댓글</span><span class="cnt_cmt">{count}</span>{HIDDEN}개</span>' if count else ""


def category_link(board: FakeBoard, origin: str, post: FakePost) -> str:
    """The category as a link to its own list."""
    if not post.category:
        return ""
    href = text(origin + list_url(board, extra=f"sca={quote(post.category)}"))
    return f'<a href="{href}" class="bo_cate_link">{text(post.category)}</a>\n'
