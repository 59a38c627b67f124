"""A board on the government's standard framework: nttId and bbsId=BBSMSTR_…, pages and posts by fn_egov_ calls.

``link`` "href" has addresses beside the calls, "onclick" only calls that post a form; ``pager`` "javascript" posts a
form, any other has ``?pageIndex=2``, which names no board and is meant for the call beside it. Where both have
addresses the function that downloads stands in a script file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Answer, Route, Visit, page_number, to_id
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import last_page, size, text
from scraper.fakeboard.skins.prose import alert, download, html, image_tags, offered, prose, stored_image

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

LIST, VIEW, DOWN = "/cop/bbs/selectBoardList.do", "/cop/bbs/selectBoardArticle.do", "/cmm/fms/FileDown.do"
HEADS = {
    "no": "번호",
    "title": "제목",
    "author": "등록부서",
    "date": "등록일",
    "file": "첨부",
    "hits": "조회수",
    "period": "게시기간",
    "state": "처리상태",
}
SCRIPT = "/js/egovframework/com/cmm/fms/EgovFileDown.js"
DOWNLOADS = (
    f'function fn_egov_downFile(atchFileId, fileSn){{\n    window.open("{DOWN}?atchFileId="'
    ' + atchFileId + "&fileSn=" + fileSn + "");\n}\n'
)
SESSION = ";jsessionid=0123456789ABCDEF0123456789ABCDEF"


def board_id(board: FakeBoard) -> str:
    """The name of a board's master record."""
    return f"BBSMSTR_{sum(board.slug.encode()):012d}"


def list_path(board: FakeBoard) -> str:
    """Path and query of the first list page."""
    return f"{LIST}?bbsId={board_id(board)}"


def route(site: FakeSite, visit: Visit) -> Route | None:
    """GET and POST are the same to it."""
    asked = visit.asked()
    path = visit.path.partition(";")[0]
    if path == SCRIPT:
        return Route("other", lambda: Answer(200, DOWNLOADS.encode(), b"application/javascript"))
    if path.startswith("/cmm/fms/images/"):
        return Route("attachment", lambda: stored_image(site, "egov", path))
    if path not in (LIST, VIEW, DOWN):
        return None
    boards = [board for board in site.boards if board.skin == "egov"]
    if path == DOWN:
        return Route("attachment", lambda: _download(boards, asked))
    board = next((board for board in boards if board_id(board) == asked.get("bbsId")), None)
    if board is None:
        return Route("other", lambda: alert("존재하지 않는 게시판입니다."))
    if path == VIEW:
        return Route("article", lambda: _view(board, to_id(asked.get("nttId"))))
    page = page_number(asked.get("pageIndex"))
    return Route("listing", lambda: html(_list(board, page)))


def _download(boards: list[FakeBoard], asked: dict[str, str]) -> Answer:
    post_id = to_id(asked.get("atchFileId", "").removeprefix("FILE_").lstrip("0"))
    found = next((post for board in boards if (post := board.get(post_id))), None)
    item = found.file(to_id(asked.get("fileSn"))) if found else None
    if item is None or item.lost:
        return alert("파일이 존재하지 않습니다.")
    return download(item)


def _view(board: FakeBoard, post_id: int) -> Answer:
    post = board.get(post_id)
    if post is None:
        return alert("해당 게시물이 존재하지 않습니다.")
    if post.secret:
        return alert("비밀글입니다. 작성자만 볼 수 있습니다.")
    post.hits += 1
    return html(_frame(board, _article(board, post), 1))


def _frame(board: FakeBoard, inner: str, page: int) -> str:
    """The page with the one form that every call sends."""
    scripted = board.link == "onclick" or board.pager == "javascript"
    script = (
        "function fn_egov_select_linkPage(pageNo){\n    document.frm.pageIndex.value = pageNo;\n"
        f'    document.frm.action = "{LIST}{SESSION}";\n    document.frm.submit();\n}}\n'
        "function fn_egov_inqire_notice(nttId, bbsId) {\n    document.frm.nttId.value = nttId;\n"
        "    document.frm.bbsId.value = bbsId;\n"
        f'    document.frm.action = "{VIEW}{SESSION}";\n    document.frm.submit();\n}}\n'
        + (DOWNLOADS if scripted else "")
    )
    loaded = "" if scripted else f'<script src="{SCRIPT}"></script>\n'
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(board.name)} | 솔내군청</title>\n<script>\n{script}</script>\n{loaded}</head>\n<body>\n"
        '<ul id="gnb"><li><a href="/main.do">처음</a></li><li><a href="/sub.do?menuNo=1">군정소식</a></li></ul>\n'
        f'<div id="content"><h3>{text(board.name)}</h3>\n'
        f'<form name="frm" action="{LIST}" method="post">\n'
        f'<input type="hidden" name="bbsId" value="{board_id(board)}" />'
        f'<input type="hidden" name="nttId" value="0" /><input type="hidden" name="pageIndex" value="{page}" />\n'
        '<select name="searchCnd"><option value="0">제목</option></select>\n'
        '<input type="text" name="searchWrd" value="" /><input type="submit" value="검색" />\n</form>\n'
        f"{inner}</div>\n</body>\n</html>\n"
    )


def _list(board: FakeBoard, page: int) -> str:
    posts = board.ordinary()
    start = (page - 1) * board.page_size
    rows = [_row(board, post, None) for post in board.notices()]
    rows += [
        _row(board, post, len(posts) - start - n + board.number_base)
        for n, post in enumerate(posts[start : start + board.page_size])
    ]
    if not rows:
        rows = [f'<tr><td colspan="{len(board.columns)}">등록된 게시물이 없습니다.</td></tr>\n']
    heads = "".join(f'<th scope="col">{HEADS[name]}</th>' for name in board.columns)
    last = last_page(len(posts), board.page_size)
    inner = (
        f'<div class="board-pages">총 <strong>{len(posts):,}</strong>건, '
        f"현재 페이지 <strong>{page}</strong>/{last}</div>\n"
        f'<table class="board_list" summary="목록"><caption>{text(board.name)} 목록</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody></table>\n{_pager(board, page, last)}"
    )
    return _frame(board, inner, page)


def _row(board: FakeBoard, post: FakePost, number: int | None) -> str:
    call = f"fn_egov_inqire_notice('{post.id}','{board_id(board)}');"
    lock = '<img src="/images/ico_lock.gif" alt="비밀글" />' if post.secret else ""
    reply = '<img src="/images/reply_arrow.gif" alt="답글" />' if post.parent is not None else ""
    if board.link == "onclick":
        title = f'<a href="javascript:void(0);" onclick="{call}">{text(post.title)}</a>'
    else:
        href = f"{VIEW}?bbsId={board_id(board)}&amp;nttId={post.id}&amp;pageIndex=1"
        title = f'<a href="{href}" onclick="{call} return false;">{text(post.title)}</a>'
    cells = {
        "no": '<span class="flag_notice">공지</span>' if number is None else str(number),
        "title": f"{reply}{title}{lock}",
        "author": text(post.author),
        "date": f"{post.at:%Y-%m-%d}",
        "file": f'<img src="/images/ico_file.gif" alt="첨부파일 {len(offered(post))}개" />' if offered(post) else "",
        "hits": f"{post.hits:,}",
        "period": f"{post.at:%Y-%m-%d}~{post.at:%Y}-12-31",
        "state": "완료",
    }
    kinds = {"title": ' class="left"'}
    kind = ' class="notice"' if number is None else ""
    return f"<tr{kind}>" + "".join(f"<td{kinds.get(name, '')}>{cells[name]}</td>" for name in board.columns) + "</tr>\n"


def _pager(board: FakeBoard, page: int, last: int) -> str:
    first = (page - 1) // 10 * 10 + 1

    def link(number: int, face: str) -> str:
        if board.pager == "javascript":
            return f'<a href="javascript:fn_egov_select_linkPage({number});">{face}</a>'
        call = f"fn_egov_select_linkPage({number});return false; "
        return f'<a href="?pageIndex={number}" onclick="{call}">{face}</a>'

    numbers = "&#160;".join(
        f"<strong>{n}</strong>" if n == page else link(n, str(n)) for n in range(first, min(first + 9, last) + 1)
    )
    arrow = '<img src="/images/btn_page_{}.gif" alt="{}" border="0" />'
    ends = [
        link(1, arrow.format("pre10", "처음")),
        link(max(1, first - 1), arrow.format("pre1", "이전")),
        numbers,
        link(min(last, first + 10), arrow.format("next1", "다음")),
        link(last, arrow.format("next10", "마지막")),
    ]
    return f'<div id="paging_div" class="paginate">{" ".join(ends)}</div>\n'


def _article(board: FakeBoard, post: FakePost) -> str:
    images = image_tags(post, "/cmm/fms/images")
    files = "".join(f"<li>{_file(post, item)}</li>\n" for item in offered(post))
    attached = f'<tr><th>첨부파일</th><td colspan="5"><ul>\n{files}</ul></td></tr>\n' if files else ""
    return (
        f'<table class="wTable" summary="본문">\n<tr><th>제목</th><td colspan="5">{text(post.title)}</td></tr>\n'
        f"<tr><th>등록부서</th><td>{text(post.author)}</td><th>등록일</th><td>{post.at:%Y-%m-%d %H:%M:%S}</td>"
        f"<th>조회수</th><td>{post.hits:,}</td></tr>\n"
        f'<tr><th>글 내용</th><td colspan="5" class="cnt">\n{prose(post, images)}\n</td></tr>\n{attached}</table>\n'
        f'<input type="hidden" name="nttId" value="{post.id}" />\n'
        f'<a class="btn" href="{LIST}?bbsId={board_id(board)}">목록</a>\n'
    )


def _file(post: FakePost, item: FakeFile) -> str:
    call = f"javascript:fn_egov_downFile('FILE_{post.id:015d}','{item.id}')"
    return f'<a href="{call}">{text(item.name)}&nbsp;[{size(item)}]</a>'
