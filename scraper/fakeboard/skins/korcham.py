"""Boards of the chambers of commerce: every page, post and file is a form that a script sends; a plain GET of a post
is refused. The addresses stand in variables of the page's script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, text
from scraper.fakeboard.skins.prose import alert, download, html, image_tags, offered, prose, stored_image

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

LIST, VIEW, DOWN = "/front/board/boardContentsListPage.do", "/front/board/boardContentsView.do", "/downloadUrl.do"
HEADS = {"no": "번호", "title": "제목", "author": "작성자", "date": "등록일", "hits": "조회수", "file": "첨부"}


def _id(board: FakeBoard) -> str:
    return str(10000 + sum(board.slug.encode()) % 900)


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"{LIST}?boardId={_id(board)}&menuId=871"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """The first list page is a GET, everything else a POST."""
    asked = visit.asked()
    if visit.path.startswith("/file/editor/"):
        return Route("attachment", lambda: stored_image(site, "korcham", visit.path))
    if visit.path not in (LIST, VIEW, DOWN):
        return None
    boards = [board for board in site.boards if board.skin == "korcham"]
    if visit.path == DOWN:
        return Route("attachment", lambda: _download(boards, asked))
    board = next((board for board in boards if _id(board) == asked.get("boardId")), None)
    if board is None:
        return Route("other", lambda: alert("존재하지 않는 게시판입니다."))
    if visit.path == VIEW:
        if visit.method != "POST":
            return Route("article", lambda: html("<html><body><h1>HTTP Status 500</h1></body></html>", 500))
        return Route("article", lambda: _view(board, to_id(asked.get("contId"))))
    return Route("listing", lambda: html(_list(board, page_number(asked.get("miv_pageNo")))))


def _download(boards: list[FakeBoard], asked: dict[str, str]) -> Answer:
    folder, _, stored = asked.get("file_path", "").partition("|")
    post = next((post for board in boards if (post := board.get(to_id(folder.rpartition("/")[2])))), None)
    item = next((item for item in post.files if item.stored == stored), None) if post else None
    return alert("파일이 존재하지 않습니다.") if item is None or item.lost else download(item)


def _view(board: FakeBoard, post_id: int) -> Answer:
    post = board.get(post_id)
    if post is None:
        return alert("삭제되었거나 존재하지 않는 게시물입니다.")
    post.hits += 1
    return html(_frame(board, "writeFrm", _article(post), 1, post.id))


def _frame(board: FakeBoard, form: str, inner: str, page: int, post_id: int | str = "") -> str:
    script = (
        f'var boardContentsListPageUrl = "{LIST}";\nvar boardContentsViewUrl = "{VIEW}";\n'
        'function contentsView(contentsid){\n    var f = document.listFrm;\n    $("#contId").val(contentsid);\n'
        '    f.target = "_self";\n    f.action = boardContentsViewUrl;\n    f.submit();\n}\n'
        'function go_Page(page){\n    $("#miv_pageNo").val(page);\n    search();\n}\n'
        "function search(){\n    document.listFrm.submit();\n}\n"
        'function down(url,ofn){\n    var f = document.writeFrm;\n    $("#file_path").val(url);\n'
        '    $("#orignl_file_nm").val(ofn);\n    $("#file_nm").val(ofn);\n    f.target = "_open";\n'
        "    f.action = '/downloadUrl.do';\n    f.submit();\n}\n"
    )
    names = ("file_path", "orignl_file_nm", "file_nm") if form == "writeFrm" else ("searchTxt",)
    extra = "".join(f'<input type="hidden" id="{name}" name="{name}" value="">' for name in names)
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(board.name)} | 한여울상공회의소</title>\n<script>\n{script}</script>\n</head>\n<body>\n"
        f'<div id="contentsarea"><h3>{text(board.name)}</h3>\n'
        f'<form name="{form}" id="{form}" method="post" action="{LIST}">\n'
        f'<input type="hidden" id="miv_pageNo" name="miv_pageNo" value="{page}">'
        '<input type="hidden" name="miv_pageSize" value="10">'
        f'<input type="hidden" id="contId" name="contId" value="{post_id}">'
        '<input type="hidden" name="menuId" value="871">'
        f'<input type="hidden" name="boardId" value="{_id(board)}">{extra}\n{inner}</form>\n</div>\n</body>\n</html>\n'
    )


def _list(board: FakeBoard, page: int) -> str:
    posts = board.posts()
    start = (page - 1) * board.page_size
    last = last_page(len(posts), board.page_size)
    rows = "".join(
        _row(board, post, len(posts) - start - n + board.number_base)
        for n, post in enumerate(posts[start : start + board.page_size])
    )
    if not rows:
        rows = f'<tr><td colspan="{len(board.columns)}">등록된 게시물이 없습니다.</td></tr>\n'
    heads = "".join(f'<th scope="col">{HEADS[name]}</th>' for name in board.columns)
    first = (page - 1) // 10 * 10 + 1
    end = min(first + 9, last)
    numbers = "".join(
        f"<strong>{n}</strong> " if n == page else f'<a href="javascript:go_Page({n})">{n}</a> '
        for n in range(first, end + 1)
    )
    onward = f'<a href="javascript:go_Page({end + 1})" class="next">다음</a>' if end < last else ""
    inner = (
        f'<p class="total">총 <b>{len(posts):,}</b>건</p>\n<div class="boardlist"><table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
        f'<div class="paging">{numbers}{onward}</div>\n'
    )
    return _frame(board, "listFrm", inner, page)


def _row(board: FakeBoard, post: FakePost, number: int) -> str:
    cells = {
        "no": str(number),
        "title": f"<a href=\"javascript:contentsView('{post.id}')\">{text(post.title)}</a>",
        "author": text(post.author),
        "date": f"{post.at:%Y-%m-%d}",
        "hits": str(post.hits),
        "file": '<img src="/images/icon_file.gif" alt="첨부파일">' if offered(post) else "",
    }
    kinds = {"title": ' class="c_title"'}
    return "<tr>" + "".join(f"<td{kinds.get(name, '')}>{cells[name]}</td>" for name in board.columns) + "</tr>\n"


def _article(post: FakePost) -> str:
    body = prose(post, image_tags(post, "/file/editor"))
    files = "".join(
        f"<li><a href=\"javascript:down('/file/board/{post.id}|{item.stored}','{_quoted(item.name)}')\">"
        f"{text(item.name)}</a></li>\n"
        for item in offered(post)
    )
    return (
        '<div class="boardveiw"><table cellspacing="0" cellpadding="0"><tbody>\n'
        f'<tr><th>제목</th><td colspan="3">{text(post.title)}</td></tr>\n'
        f"<tr><th>작성자</th><td>{text(post.author)}</td><th>작성일</th><td>{post.at:%Y-%m-%d}</td></tr>\n"
        f'<tr><td scope="row" colspan="4" class="td_p">\n{body}\n</td></tr>\n</tbody></table></div>\n'
        f'<ul class="file_view">\n{files}</ul>\n'
    )


def _quoted(name: str) -> str:
    return text(name.replace("\\", "\\\\").replace("'", "\\'"))
