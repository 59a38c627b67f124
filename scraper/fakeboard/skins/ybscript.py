"""The CMS of southern counties: a board is a path, an article ?idx=N&mode=view on it, files behind buttons.

Variant "table" states its total three times, "cards" not at all and prints the whole text in every card.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, size, text
from scraper.fakeboard.skins.prose import alert, download, html, image_tags, offered, prose, stored_image

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

HEADS = {
    "no": "번호",
    "title": "제목",
    "author": "등록부서",
    "date": "등록일",
    "hits": "조회수",
    "file": "첨부",
    "call": "전화번호",
}


def list_path(board: FakeBoard) -> str:
    """Path of the first list page."""
    return f"/www/news/{board.slug}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """The mode in the query tells an article from a list."""
    boards = [board for board in site.boards if board.skin == "ybscript"]
    if "/ybmodule.file/" in visit.path:
        return Route("attachment", lambda: stored_image(site, "ybscript", visit.path))
    if found := re.fullmatch(r"/ybscript\.io/common/file_download/(\d+)/(\d+)/[^/]+", visit.path):
        return Route("attachment", lambda: _download(boards, to_id(found[1]), to_id(found[2])))
    board = next((board for board in boards if list_path(board) == visit.path), None)
    if board is None:
        return None
    asked = visit.asked()
    if asked.get("mode") == "view":
        return Route("article", lambda: _view(board, to_id(asked.get("idx")), visit.session.id[:9]))
    return Route("listing", lambda: html(_list(board, page_number(asked.get("page")))))


def _download(boards: list[FakeBoard], post_id: int, number: int) -> Answer:
    post = next((post for board in boards if (post := board.get(post_id))), None)
    item = post.file(number - post.id * 10) if post else None
    return alert("파일이 존재하지 않습니다.") if item is None or item.lost else download(item)


def _view(board: FakeBoard, post_id: int, passkey: str) -> Answer:
    post = board.get(post_id)
    if post is None:
        return alert("존재하지 않는 게시물입니다.")
    post.hits += 1
    return html(_frame(board, (_card_view if board.variant == "cards" else _table_view)(board, post, passkey)))


def _frame(board: FakeBoard, inner: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(board.name)} - 너른벌군청</title>\n</head>\n<body>\n"
        '<script>$.ajax({url: "/ybscript.io/session/timecheck"});</script>\n'
        f'<div id="content">\n{inner}</div>\n'
        '<div class="page_info"><dl><dt>최종업데이트</dt><dd>2021.11.12</dd></dl></div>\n</body>\n</html>\n'
    )


def _list(board: FakeBoard, page: int) -> str:
    posts = board.posts()
    start = (page - 1) * board.page_size
    shown = posts[start : start + board.page_size]
    last = last_page(len(posts), board.page_size)
    if board.variant == "cards":
        cards = "".join(_card(board, post) for post in shown)
        return _frame(board, f'<ul class="md_list" id="news">{cards}</ul>\n{_card_pager(board, page, last)}')
    rows = "".join(_row(board, post, len(posts) - start - n + board.number_base) for n, post in enumerate(shown))
    if not rows:
        rows = f'<tr><td colspan="{len(board.columns)}">등록된 글이 없습니다.</td></tr>\n'
    heads = "".join(f'<th scope="col">{HEADS[name]}</th>' for name in board.columns)
    inner = (
        f'<div class="board_wrap"><div><span class="list_num">총 게시글 <b>{len(posts):,}</b>건</span>'
        '<ul class="list"><li><a href="?page_scale=15">15개</a></li></ul></div>\n'
        f'<table class="table_list"><caption>{text(board.name)} 게시물.\n총 {len(posts)}건, {last}페이지 중 '
        f"{page}페이지 {len(shown)}건 입니다.\n본 데이터표는 {len(board.columns)}컬럼으로 구성되어 있습니다.</caption>"
        f'<thead><tr class="bg-color">{heads}</tr></thead>\n<tbody>{rows}</tbody></table>\n'
        f"{_table_pager(board, page, last)}</div>\n"
    )
    return _frame(board, inner)


def _href(board: FakeBoard, post: FakePost) -> str:
    return f"{list_path(board)}?idx={post.id}&amp;mode=view"


def _row(board: FakeBoard, post: FakePost, number: int) -> str:
    cells = {
        "no": f"{number:,}",
        "title": f'<a href="{_href(board, post)}" title="{text(post.title)} 에 대한 글내용 보기.">'
        f"<span>{text(post.title)}"
        '</span><i class="ico_new itid"></i></a>',
        "author": text(post.author),
        "date": f"{post.at:%Y-%m-%d}",
        "hits": str(post.hits),
        "file": '<i class="ico_file itid"></i>' if offered(post) else "",
        "call": "000-1234",
    }
    return "<tr>" + "".join(f"\t<td>{cells[name]}</td>" for name in board.columns) + "</tr>\n"


def _card(board: FakeBoard, post: FakePost) -> str:
    return (
        f'<li>  <a href="{_href(board, post)}" title="{text(post.title)} 에 대한 글내용 보기.">'
        '<div class="card_body">\n'
        f'<p class="c_tit">{text(post.title)}</p><p class="c_sub">{text(post.body[:120])}</p>\n'
        f'<ul class="c_exp"><li><span class="icon_box"><i class="ico_new">N</i></span>{post.at:%Y-%m-%d}</li>'
        f"<li>{text(post.author)}</li><li>조회수 <span>{post.hits}</span></li>"
        f"<li>보도자료 등록 <span>{post.at:%Y-%m-%d}</span></li></ul>\n</div></a>"
        f'<div class="card_foot"><button type="button" data-url="{_href(board, post)}">공유하기</button></div></li>\n'
    )


def _table_pager(board: FakeBoard, page: int, last: int) -> str:
    base = list_path(board)
    near = [n for n in range(1, last + 1) if n <= 8 or abs(n - page) < 3 or n == last]
    links = "".join(
        f'<a href="#" class="on">{n}</a>' if n == page else f'<a href="{base}?page={n}">{n}</a>' for n in near
    )
    onward = f'<a class="btn_text" href="{base}?page={page + 1}"><span>다음</span></a>' if page < last else ""
    return f'<div class="pagination"><div class="page_link">{links}</div>{onward}</div>\n'


def _card_pager(board: FakeBoard, page: int, last: int) -> str:
    base = list_path(board)
    first = (page - 1) // 10 * 10 + 1
    links = "".join(
        f'<a class="page_link on" href="#">{n}</a>'
        if n == page
        else f'<a class="page_link" href="{base}?page={n}">{n}</a>'
        for n in range(first, min(first + 9, last) + 1)
    )
    onward = f'<a class="page_navi next" href="{base}?page={page + 1}">다음</a>' if page < last else ""
    return (
        f'<div class="md_pagination"><div class="page_links">{links}</div>{onward}<div class="page_num">'
        f'<input type="text" id="page_current" value="{page}"><input type="text" id="page_total" value="{last}">'
        "</div></div>\n"
    )


def _file(post: FakePost, item: FakeFile, passkey: str) -> str:
    number = post.id * 10 + item.id
    url = f"/ybscript.io/common/file_download/{post.id}/{number}/{quote(item.name, safe='')}?pkey={passkey}"
    return (
        f'<li><span class="file"><span class="name">{text(item.name)}</span>'
        f'<span class="info">[{item.suffix},{size(item)}][{item.downloads} hit]</span></span>\n'
        f"<button type=\"button\" onclick=\"window.open('{text(url)}', '_blank')\"><span>다운로드</span></button>"
        f"<button type=\"button\" onclick=\"window.open('/Viewer/{number}', '_blank')\">미리보기</button></li>\n"
    )


def _attached(post: FakePost, passkey: str) -> str:
    if not offered(post):
        return ""
    zip_all = f"location.href='/ybscript.io/common/file_download?pkey={passkey}&amp;file_type=all&amp;idx={post.id}'"
    files = "".join(_file(post, item, passkey) for item in offered(post))
    return (
        f'<div class="file_head"><strong>첨부파일</strong><button type="button" onclick="{zip_all}">전체(Zip) 다운로드'
        f'</button></div>\n<ul class="file_list">\n{files}</ul>\n'
    )


def _images(post: FakePost) -> str:
    return image_tags(post, "./ybmodule.file/board", "{}")


def _table_view(board: FakeBoard, post: FakePost, passkey: str) -> str:
    labelled = {"등록일": f"{post.at:%Y.%m.%d %H:%M}", "조회수": str(post.hits), "등록부서": text(post.author)}
    info = "".join(
        f'<li>\n<span class="tit">{label}</span>\n<span class="sub">{value}</span>\n</li>\n'
        for label, value in labelled.items()
    )
    images = f'<div class="view_box">{_images(post)}</div>' if _images(post) else ""
    return (
        f'<div id="board_basic_view">\n<div class="view_title">\n<p class="title">{text(post.title)}</p>\n'
        f"<ul class=\"info\">\n{info}</ul>\n</div>\n{images}<div class='view_box'>\n{prose(post)}</div>\n"
        f'<div class="view_box file_area">{_attached(post, passkey)}</div>\n</div>\n'
    )


def _card_view(board: FakeBoard, post: FakePost, passkey: str) -> str:
    return (
        f'<div class="module_view_box">\n<div class="view_titlebox">\n<h3>{text(post.title)}</h3>\n<dl>\n'
        f'<dt class="text_hidden">날짜</dt>\n<dd>{post.at:%Y.%m.%d} </dd>\n<dt>조회수</dt>\n<dd>{post.hits}</dd>\n'
        f"<dt>담당부서</dt>\n<dd>{text(post.author)}</dd>\n<dt></dt>\n<dd></dd>\n</dl>\n</div>\n"
        f'<div class="viewbox"><div class="text_viewbox">{prose(post)}</div>\n'
        f'<div class="image_viewbox">{_images(post)}</div></div>\n'
        f'<div class="md_file_wrap">{_attached(post, passkey)}</div>\n</div>\n'
    )
