"""boardList.do and boardView.do of city halls: a table made of divs, every cell repeating its label for screen readers.

The pager is an empty element that a script fills; titles are cut in the list and whole in their links' tooltip; the
hits of a view have no label.
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

HEADS = {
    "num": "번호",
    "subject": "제목",
    "writer": "작성자",
    "date": "작성일",
    "file": "파일",
    "hit": "조회",
    "state": "처리상태",
}
TITLE_LENGTH = 40


def _id(board: FakeBoard) -> str:
    return f"BD_{sum(board.slug.encode()):010d}"


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"/boardList.do?pageId=www1&boardId={_id(board)}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """GET and POST are the same to it."""
    asked = visit.asked()
    if visit.path.startswith("/imageView/"):
        return Route("attachment", lambda: stored_image(site, "siiru", visit.path))
    if visit.path not in ("/boardList.do", "/boardView.do", "/fileDownload.do"):
        return None
    boards = [board for board in site.boards if board.skin == "siiru"]
    board = next((board for board in boards if _id(board) == asked.get("boardId")), None)
    if board is None:
        return Route("other", lambda: alert("존재하지 않는 게시판입니다."))
    if visit.path == "/fileDownload.do":
        return Route("attachment", lambda: _download(board, asked))
    if visit.path == "/boardView.do":
        return Route("article", lambda: _view(board, to_id(asked.get("seq"))))
    return Route("listing", lambda: html(_list(board, page_number(asked.get("movePage")))))


def _download(board: FakeBoard, asked: dict[str, str]) -> Answer:
    post = board.get(to_id(asked.get("seq")))
    item = post.file(to_id(asked.get("fileSn"))) if post else None
    return alert("파일이 존재하지 않습니다.") if item is None or item.lost else download(item)


def _view(board: FakeBoard, post_id: int) -> Answer:
    post = board.get(post_id)
    if post is None:
        return alert("삭제되었거나 존재하지 않는 게시물입니다.")
    post.hits += 1
    return html(_frame(board, _article(board, post)))


def _frame(board: FakeBoard, inner: str) -> str:
    form = (
        '<form id="boardSearchForm" method="post" action="/boardList.do">\n'
        '<input type="hidden" name="pageId" value="www1"><input type="hidden" name="movePage" value="">'
        f'<input type="hidden" name="boardId" value="{_id(board)}">\n'
        '<input type="text" name="searchQuery" value=""></form>\n'
    )
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(board.name)} | 은모래시청</title>\n</head>\n<body>\n"
        f'<div class="content">\n{form}{inner}</div>\n'
        '<div class="charger"><span>자료관리 담당자</span><dl><dt>담당부서 : </dt><dd>공보관</dd></dl></div>\n'
        "</body>\n</html>\n"
    )


def _list(board: FakeBoard, page: int) -> str:
    posts = board.posts()
    start = (page - 1) * board.page_size
    rows = "".join(
        _row(board, post, len(posts) - start - n + board.number_base)
        for n, post in enumerate(posts[start : start + board.page_size])
    )
    heads = "".join(f'<div class="{name}">{HEADS[name]}</div>\n' for name in board.columns)
    total = f"전체게시글 : {len(posts):,} / 전체페이지 : {last_page(len(posts), board.page_size):,}"
    none = '<div class="no_data">등록된 게시물이 없습니다.</div>\n'
    return _frame(
        board,
        f'<div class="board_list">\n<p class="total_num">{total}</p>\n<div class="board_list_head">\n{heads}</div>\n'
        f'<div class="board_list_body">\n{rows or none}</div>\n</div>\n<div class="paging"></div>\n',
    )


def _row(board: FakeBoard, post: FakePost, number: int) -> str:
    href = f"/boardView.do?pageId=www1&amp;boardId={_id(board)}&amp;seq={post.id}&amp;movePage=1&amp;recordCnt=10"
    short = post.title if len(post.title) <= TITLE_LENGTH else post.title[:TITLE_LENGTH] + "..."
    zip_all = f"/fileDownload.do?action=zip&amp;boardId={_id(board)}&amp;seq={post.id}"
    cells = {
        "num": str(number),
        "subject": f'<a href="{href}" data-seq="{post.id}" title="{text(post.title)}">{text(short)}</a>',
        "writer": text(post.author),
        "date": f"{post.at:%Y-%m-%d}",
        "file": f'<a href="{zip_all}" title="파일"><i class="far fa-save"></i></a>' if offered(post) else "",
        "hit": str(post.hits),
        "state": "완료",
    }
    parts = []
    for name in board.columns:
        label = "" if name in ("subject", "file") else f'<span class="blind">{HEADS[name]}</span>\n'
        parts.append(f'<div class="{name}">\n{label}{cells[name]}</div>\n')
    return f'<div class="body_row">\n{"".join(parts)}</div>\n'


def _article(board: FakeBoard, post: FakePost) -> str:
    images = image_tags(post, "/imageView", '<div class="view_image">{}</div>')
    base = f"fileSe=BB&amp;boardId={_id(board)}&amp;seq={post.id}"
    files = "".join(
        f'<li>\n<a href="/fileDownload.do?{base}&amp;fileSn={item.id}">{text(item.name)}</a>\n'
        f'<a href="/filePreView.do?{base}&amp;fileSn={item.id}" class="filePreview">미리보기</a></li>\n'
        for item in offered(post)
    )
    attached = (
        f'<div class="add_file">\n<span>첨부파일</span>\n<ul>\n{files}</ul>\n'
        f'<a href="/fileDownload.do?action=zip&amp;{base}" class="file_down">첨부파일 전체(압축) 다운로드</a></div>\n'
        if files
        else ""
    )
    return (
        f'<div class="board_view">\n<div class="board_view_head"><h6 class="tc">\n{text(post.title)}</h6></div>\n'
        f'<div class="board_view_info">\n<span>작성자 : {text(post.author)}</span>\n'
        f"<span>작성일 : {post.at:%Y-%m-%d %H:%M}</span>\n<span>{post.hits}</span>\n</div>\n"
        f'<div class="board_view_body">\n{prose(post, images)}</div>\n{attached}'
        '<div class="koglSeView add_file"><span>공공누리</span><a href="#">1유형 : 출처표시</a></div>\n</div>\n'
    )
