"""gnuboard5's RSS feed: the first rows of the list with full titles and times to the second.

Secret posts are left out and points are not asked for; a board that guests may not read, or whose administrator
switched it off, answers one plain line with status 200. Addresses are escaped twice, and nothing keeps a text from
ending the CDATA that it stands in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Visit
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.gnuboard5_urls import list_url, view_url
from scraper.fakeboard.skins.markup import text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

_SHORT = re.compile(r"/rss/([A-Za-z0-9_]+)")


def feed_path(board: FakeBoard) -> str:
    """Path and query of the board's feed, not escaped for HTML."""
    return f"/bbs/rss.php?bo_table={board.slug}" if board.address == "query" else f"/rss/{board.slug}"


def feed_button(board: FakeBoard, origin: str) -> str:
    """The link above the list; nothing where the administrator does not allow a feed."""
    if not board.feed:
        return ""
    href = text(origin + feed_path(board))
    return (
        f'<ul class="btn_bo_user">\n<li><a href="{href}" class="btn_b01 btn" title="RSS">'
        '<i class="fa fa-rss"></i><span class="sound_only">RSS</span></a></li>\n</ul>\n'
    )


def feed_board(site: FakeSite, visit: Visit) -> FakeBoard | None:
    """The board whose feed is asked for; None for any other request."""
    short = _SHORT.fullmatch(visit.path)
    slug = visit.asked().get("bo_table", "") if visit.path == "/bbs/rss.php" else short[1] if short else ""
    board = site.board(slug)
    return board if board is not None and board.skin == "gnuboard5" else None


def feed(site: FakeSite, board: FakeBoard, origin: str) -> Answer:
    """The feed, or the line that refuses it."""
    if board.members_only:
        return Answer(200, "비회원 읽기가 가능한 게시판만 RSS 지원합니다.".encode())
    if not board.feed:
        return Answer(200, "RSS 보기가 금지되어 있습니다.".encode())
    shown = [post for post in board.posts() if not post.secret][: board.page_size]
    items = "".join(_item(board, origin, post) for post in shown)
    page = (
        '<?xml version="1.0" encoding="utf-8" ?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel>\n<title>{_plain(site.name)} &gt; {_plain(board.name)}</title>\n"
        f"<link>{_plain(text(origin + list_url(board)))}</link>\n"
        f"<description>{_plain(board.name)}</description>\n<language>ko</language>\n{items}</channel>\n</rss>\n"
    )
    return Answer(200, page.encode(), b"text/xml")


def _item(board: FakeBoard, origin: str, post: FakePost) -> str:
    body = post.body.replace("\n", "<br />")
    return (
        f"<item>\n<title>{_plain(post.title)}</title>\n<link>{_plain(text(origin + view_url(board, post)))}</link>\n"
        f"<description><![CDATA[{body}]]></description>\n<dc:creator>{_plain(post.author)}</dc:creator>\n"
        f"<dc:date>{post.at:%Y-%m-%dT%H:%M:%S}+09:00</dc:date>\n</item>\n"
    )


def _plain(words: str) -> str:
    """As the feed escapes: also what is escaped already."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
