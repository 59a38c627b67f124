"""K2Web Wizard, the boards of universities: /bbs/SITE/BOARD/POST/artclView.do.

The pager's function lies in a script file; it posts the form around it. Notices stand on every page and, with
``notice_twice``, among the numbered rows as well. A hidden post keeps a row that opens nothing. Variant "view" is a
customised skin, "artcl" the one that comes with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, text
from scraper.fakeboard.skins.prose import alert, download, html, image_tags, offered, prose, stored_image

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

HEADS = {
    "no": ("번호", "num", "Num"),
    "title": ("제목", "subject", "Title"),
    "author": ("작성자", "write", "Writer"),
    "date": ("작성일", "date", "Rdate"),
    "hits": ("조회수", "access", "Access"),
    "file": ("첨부파일", "file", "AtchFile"),
    "votes": ("추천", "good", "Good"),
}


def _base(board: FakeBoard) -> str:
    return f"/bbs/{board.slug}/{100 + sum(board.slug.encode()) % 800}"


def list_path(board: FakeBoard) -> str:
    """Path of the first list page."""
    return f"{_base(board)}/artclList.do"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """Everything is in the path, but the page number that a form posts."""
    if visit.path.startswith("/sites/k2/images/"):
        return Route("attachment", lambda: stored_image(site, "k2web", visit.path))
    found = re.fullmatch(r"(/bbs/[^/]+/\d+)(?:/(\d+))?/(artclList|artclView|download)\.do", visit.path)
    if found is None:
        return None
    board = next((board for board in site.boards if board.skin == "k2web" and _base(board) == found[1]), None)
    if board is None:
        return Route("other", lambda: alert("존재하지 않는 게시판입니다."))
    if found[3] == "download":
        return Route("attachment", lambda: _download(board, to_id(found[2])))
    if found[3] == "artclView":
        return Route("article", lambda: _view(board, to_id(found[2])))
    page = page_number(visit.asked().get("page"))
    return Route("listing", lambda: html(_list(board, page)))


def _download(board: FakeBoard, number: int) -> Answer:
    post = board.get(number // 100)
    item = post.file(number % 100) if post else None
    return alert("파일이 존재하지 않습니다.") if item is None or item.lost else download(item)


def _view(board: FakeBoard, post_id: int) -> Answer:
    post = board.get(post_id)
    if post is None:
        return alert("삭제된 게시글이거나 존재하지 않는 게시글입니다.")
    post.hits += 1
    return html(_frame(board, (_artcl_view if board.variant == "artcl" else _custom_view)(board, post)))


def _frame(board: FakeBoard, inner: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(board.name)} | 다솜대학교</title>\n</head>\n"
        f'<body>\n<div class="_fnctWrap">\n{inner}</div>\n'
        '<script defer src="/Web-home/fnct/bbs/board/js/artclList.js"></script>\n</body>\n</html>\n'
    )


def _hidden(page: int) -> str:
    names = ("layout", "srchColumn", "srchWrd", "bbsClSeq")
    fields = "".join(f'<input type="hidden" name="{name}" value="" />\n' for name in names)
    return f'{fields}<input type="hidden" name="page" value="{page}">\n'


def _list(board: FakeBoard, page: int) -> str:
    posts = board.ordinary()
    start = (page - 1) * board.page_size
    rows = [_row(board, post, None) for post in board.notices()]
    rows += [
        _row(board, post, len(posts) - start - n + board.number_base)
        for n, post in enumerate(posts[start : start + board.page_size])
    ]
    if rows and page == 1:
        rows.insert(-1, _blind(board))
    if not rows:
        rows = [f'<tr><td class="no-data" colspan="{len(board.columns)}">등록된 글이 없습니다.</td></tr>\n']
    artcl = board.variant == "artcl"
    heads = "".join(
        f'<th class="{f"_artclTh{HEADS[name][2]}" if artcl else f"th-{HEADS[name][1]}"}">{HEADS[name][0]}</th>\n'
        for name in board.columns
    )
    last = last_page(len(posts), board.page_size)
    inner = (
        f'<form name="searchForm" method="post" action="{list_path(board)}">\n{_hidden(page)}'
        f'<div class="board-search"><div class="util-search"><a href="{_base(board)}/rssList.do?row=50">RSS 2.0</a>\n'
        f"총 <strong>{len(posts):,}</strong> 개의 게시물이 있습니다.</div>\n"
        '<select id="srchColumn"><option value="sj">제목</option></select></div>\n</form>\n'
        f'<form name="viewForm" method="post">\n{_hidden(page)}<input type="hidden" name="password">\n'
        f'<table class="{"artclTable" if artcl else "board-table horizon1"}"><caption>{text(board.name)}</caption>\n'
        f"<thead>\n<tr>\n{heads}</tr>\n</thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n</form>\n"
        f'<form name="pageForm" method="post" action="{list_path(board)}">\n'
        f"{_hidden(page)}{_pager(page, last)}</form>\n"
    )
    return _frame(board, inner)


def _row(board: FakeBoard, post: FakePost, number: int | None) -> str:
    site, fnct = _base(board).split("/")[2:]
    mark = "[\n일반공지\n]\n" if number is None else ""
    new = '<span class="new">새글</span>' if post.at.date() == board.clock.korea().date() else ""
    cells = {
        "no": "<span>일반공지</span>" if number is None else str(number),
        "title": f'<a href="{_base(board)}/{post.id}/artclView.do" '
        f"onclick=\"jf_viewArtcl('{site}', '{fnct}', '{post.id}')\">\n{mark}"
        f"<strong>{text(post.title)} </strong>\n{new}</a>",
        "author": text(post.author),
        "date": f"{post.at:%Y.%m.%d}",
        "hits": f"{post.hits}",
        "file": f'<p class="file-y"><span>{len(offered(post))}</span></p>' if offered(post) else "",
        "votes": str(post.good),
    }
    return f'<tr class="{"notice" if number is None else ""}">\n{_cells(board, cells)}</tr>\n'


def _blind(board: FakeBoard) -> str:
    cells = dict.fromkeys(HEADS, "") | {
        "title": "관리자에 의해 블라인드 처리된 글입니다.",
        "date": f"{board.clock.korea():%Y.%m.%d}",
        "hits": "3",
    }
    return f'<tr class="blind">\n{_cells(board, cells)}</tr>\n'


def _cells(board: FakeBoard, cells: dict[str, str]) -> str:
    artcl = board.variant == "artcl"
    return "".join(
        f'<td class="{f"_artclTd{HEADS[name][2]}" if artcl else f"td-{HEADS[name][1]}"}">\n{cells[name]}\n</td>\n'
        for name in board.columns
    )


def _pager(page: int, last: int) -> str:
    first = (page - 1) // 10 * 10 + 1
    end = min(first + 9, last)
    numbers = "".join(
        f'<li><strong title="현재 페이지">{n}</strong></li>\n'
        if n == page
        else f'<li><a href="javascript:page_link(\'{n}\')" title="{n}페이지">{n}</a></li>\n'
        for n in range(first, end + 1)
    )
    onward = f'<a href="javascript:page_link(\'{page + 1}\')" class="_listNext" title="다음 페이지">다음 페이지</a>\n'
    group = f'<a href="javascript:page_link(\'{end + 1}\')" class="_next" title="다음 목록으로 이동">다음</a>\n'
    return (
        '<div class="_paging">\n<div class="_inner">\n'
        '<a href="javascript:page_link(\'1\')" class="_first" title="처음 목록으로 이동">처음</a>\n'
        f'<p class="_pageState"><span class="_curPage">{page}</span><span class="_totPage">{last}</span></p>'
        f"<ul>\n{numbers}</ul>\n{onward if page < last else ''}{group if end < last else ''}"
        f'<a href="javascript:page_link(\'{last}\')" class="_last" title="마지막 목록">끝</a>\n</div>\n</div>\n'
    )


def _pairs(post: FakePost) -> str:
    pairs = {
        "작성자": text(post.author),
        "조회수": str(post.hits),
        "등록일": f"{post.at:%Y.%m.%d}",
        "수정일": f"{post.at:%Y}.12.31",
    }
    return "".join(f"<dl>\n<dt>{label}</dt>\n<dd>\n{value}\n</dd>\n</dl>\n" for label, value in pairs.items())


def _files(board: FakeBoard, post: FakePost) -> str:
    return "".join(
        f'<li><a href="{_base(board)}/{post.id * 100 + item.id}/download.do">{text(item.name)}</a></li>\n'
        for item in offered(post)
    )


def _custom_view(board: FakeBoard, post: FakePost) -> str:
    body = prose(post, image_tags(post, "/sites/k2/images"))
    return (
        f'<div class="board-view-info">\n<dl class="view-num"><dt>글번호</dt><dd>{post.id}</dd></dl>\n'
        f'<h2 class="view-title">\n{text(post.title)}\n</h2>\n<div class="view-detail">{_pairs(post)}</div></div>\n'
        f'<div class="view-con">\n{body}\n</div>\n<div class="view-file"><ul>\n{_files(board, post)}</ul></div>\n'
        f'<form name="listForm" method="post" action="{list_path(board)}">\n{_hidden(1)}</form>\n'
    )


def _artcl_view(board: FakeBoard, post: FakePost) -> str:
    body = prose(post, image_tags(post, "/sites/k2/images"))
    return (
        f'<h2 class="artclViewTitle">{text(post.title)}</h2>\n<div class="artclViewHead">{_pairs(post)}</div>\n'
        f'<div class="artclView">\n{body}\n</div>\n'
        f'<dl class="artclItem"><dt class="artclTitle">첨부파일</dt><dd><ul>\n{_files(board, post)}</ul></dd></dl>\n'
        f'<form name="listForm" method="post" action="{list_path(board)}">\n{_hidden(1)}</form>\n'
    )
