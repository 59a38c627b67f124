"""Papers of the sub.html / sub_read.html kind, in CP949 with sections named in percent-encoded EUC-KR.

The view tells its date only in a line at the foot; lines end in CR, LF and CRLF by turns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.cp949 import encode
from scraper.fakeboard.skins.markup import last_page, text
from scraper.fakeboard.skins.prose import image_tags, prose, stored_image

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

GROUP = 10


def _query(board: FakeBoard) -> str:
    name = quote(board.name, safe="", encoding="cp949", errors="replace")
    return f"section=sc{1 + sum(board.slug.encode()) % 90}&section2={name}"


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/sub.html?{_query(board)}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """A section is told by its code, an article by its uid alone."""
    boards = [board for board in site.boards if board.skin == "sub_read"]
    asked = visit.asked("cp949")
    if visit.path.startswith("/imgdata/"):
        return Route("attachment", lambda: stored_image(site, "sub_read", visit.path))
    if visit.path == "/sub_read.html":
        return Route("article", lambda: _view(site, boards, to_id(asked.get("uid"))))
    if visit.path != "/sub.html":
        return None
    code = f"section={asked.get('section', '')}&"
    board = next((board for board in boards if _query(board).startswith(code)), None)
    if board is None:
        return Route("other", lambda: _alert("잘못된 접근입니다."))
    page = page_number(asked.get("page"))
    return Route("listing", lambda: _page(_list(site, board, page)))


def _page(page: str) -> Answer:
    lines = encode(page).split(b"\r\n")
    mixed = b"".join(line + (b"\n", b"\r", b"\r\n")[n % 3] for n, line in enumerate(lines))
    return Answer(200, mixed, b"text/html")


def _alert(message: str) -> Answer:
    return Answer(200, encode(f"<script>alert('{message}');history.back();</script>\n"), b"text/html")


def _view(site: FakeSite, boards: list[FakeBoard], uid: int) -> Answer:
    for board in boards:
        post = board.get(uid)
        if post is not None:
            return _page(_article(site, board, post))
    return _alert("삭제되었거나 존재하지 않는 기사입니다.")


def _frame(site: FakeSite, title: str, inner: str) -> str:
    boards = [board for board in site.boards if board.skin == "sub_read"]
    latest = "".join(
        f"<li><a href='/sub_read.html?uid={post.id}&{_query(board)}'>{text(post.title[:20])}</a></li>\n"
        for board in boards
        for post in board.posts()[:3]
    )
    return (
        '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">\n'
        f"<title>{text(site.name)} - {title}</title>\n</head>\n<body>\n"
        f'<div id="contents_wrap_sub2">\n{inner}</div>\n<div class="box_best"><ul>\n{latest}</ul></div>\n'
        f'<div id="footer">{text(site.name)} 최종편집: 2021.11.29 [14:00]</div>\n</body>\n</html>\n'
    )


def _list(site: FakeSite, board: FakeBoard, page: int) -> str:
    posts = board.posts()
    start = (page - 1) * board.page_size
    boxes = "".join(_box(board, post) for post in posts[start : start + board.page_size])
    last = last_page(len(posts), board.page_size)
    first = (page - 1) // GROUP * GROUP + 1
    links = [f"<a href='/sub.html?page={first - 1}&{_query(board)}'>이전</a>"] if first > 1 else []
    links += [
        f"<b>{n}</b>" if n == page else f"<a href='/sub.html?page={n}&{_query(board)}'>[{n}]</a>"
        for n in range(first, min(first + GROUP - 1, last) + 1)
    ]
    links += [f"<a href='/sub.html?page={first + GROUP}&{_query(board)}'>다음</a>"] if first + GROUP <= last else []
    none = "등록된 기사가 없습니다."
    pager = f'<div class="paging">{" ".join(links)}</div>\n'
    inner = f'<div id="sub_read_list">\n{boxes or none}</div>\n{pager}'
    return _frame(site, text(board.name), inner)


def _box(board: FakeBoard, post: FakePost) -> str:
    parts = {"section": text(board.name), "author": text(post.author), "date": f"{post.at:%Y.%m.%d %H:%M}"}
    href = f"/sub_read.html?uid={post.id}&{_query(board)}"
    return (
        f"<div class=\"sub_read_list_box\">\n<dl>\n<dt><a href='{href}'>{text(post.title)}</a></dt>\n"
        f"<dd class=\"sbody\"><a href='{href}'>{text(post.body[:60])}...</a></dd>\n"
        f'<dd class="etc">{" | ".join(parts[name] for name in board.columns)}</dd>\n</dl>\n</div>\n'
    )


def _article(site: FakeSite, board: FakeBoard, post: FakePost) -> str:
    body = prose(post, image_tags(post, "/imgdata"), "<br>")
    stamp = f"기사입력: {post.at:%Y/%m/%d [%H:%M]}  최종편집: ⓒ {text(site.name)}"
    inner = (
        f'<table width="100%"><tr><td class="read_title">{text(post.title)}</td></tr></table>\n'
        f'<table width="100%"><tr><td class="read_body"><div id="CLtag">\n{body}\n</div></td></tr></table>\n'
        f'<table width="100%"><tr><td class="text_8">{stamp}</td></tr></table>\n'
    )
    return _frame(site, text(post.title), inner)
