"""Draws the pages of the legacy board as text; cp949.encode() makes the bytes.

The markup is old on purpose: unquoted attributes, spacer cells, 1px rows, a form between table and tr.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.cp949 import cut_bytes
from scraper.fakeboard.skins.markup import blocks, last_page, lines, table, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

MENU = ("정치/행정", "사회", "경제", "문화", "교육", "오피니언", "사람들", "포토", "독자마당")
RULE = '<tr><td colspan=9 height=1 background="/img/dot_line.gif"></td></tr>\n'
SPACER = "<td width=1></td>"


def image_path(board: FakeBoard, post: FakePost, item: FakeFile) -> str:
    """Where an image of a body lies."""
    return f"/upload/{board.slug}/{post.id}_{item.id}.{item.suffix}"


def draw_list(site: FakeSite, board: FakeBoard, page: int) -> str:
    """One list page."""
    return _frame(site, board, _listing(board, page))


def draw_view(site: FakeSite, board: FakeBoard, post: FakePost) -> str:
    """One article, with page 1 of the list below it."""
    rule = "<tr><td height=1 bgcolor=#dddddd></td></tr>\n"
    files = [item for item in post.files if item.look == "file"]
    links = (f"<a href='/bbs/download.php?{_file_query(board, post, item)}'>{text(item.name)}</a>" for item in files)
    attached = "".join(f"<tr><td>첨부파일 : {link}</td></tr>\n" for link in links)
    article = (
        "<table width=100% cellpadding=0 cellspacing=0 border=0>\n"
        f"<tr><td height=30>작성자 : {text(post.author)}</td></tr>\n{rule}"
        f"<tr><td height=30><b>{text(post.title)}</b></td></tr>\n{rule}"
        f"<tr><td style='word-break:break-all' valign=top>{_body(board, post)}</td></tr>\n{rule}"
        f"{attached}"
        "<tr><td height=25>..</td></tr>\n<tr><td height=25>..</td></tr>\n</table>\n"
    )
    return _frame(site, board, article + _listing(board, 1))


def _frame(site: FakeSite, board: FakeBoard, inner: str) -> str:
    menu = "".join(f"<tr><td height=22><a href=/sub.php?menu={n}>{word}</a></td></tr>\n" for n, word in enumerate(MENU))
    latest = sorted(((post.at, b, post) for b in site.boards for post in b.posts()), key=lambda it: it[0], reverse=True)
    news = "".join(
        f"<tr><td>· <a href='/bbs/list.php?mode=view&code={b.slug}&idx={post.id}'>"
        f"{text(cut_bytes(post.title, 31))}</a></td></tr>\n"
        for _, b, post in latest[:10]
    )
    return (
        "<html>\n<head>\n<meta http-equiv=Content-Type content=text/html; charset=euc-kr>\n"
        f"<title>{text(site.name)}</title>\n</head>\n<body topmargin=0 leftmargin=0>\n"
        "<table width=980 align=center><tr><td><a href=#>즐겨찾기에 추가</a> | 인기검색어</td></tr></table>\n"
        "<table width=980 align=center cellpadding=0 cellspacing=0><tr valign=top>\n"
        f"<td width=180>\n<table width=100%>\n{menu}</table>\n<table width=100%>\n{news}</table>\n</td>\n"
        f"<td>\n<table width=100%><tr><td>홈 > {text(board.name)}</td></tr></table>\n{inner}</td>\n</tr></table>\n"
        f"<table width=980 align=center><tr><td>Copyright {text(site.name)}. All rights reserved.</td></tr></table>\n"
        "</body>\n</html>\n"
    )


def _listing(board: FakeBoard, page: int) -> str:
    posts = board.ordinary()
    start = (page - 1) * board.page_size
    today = board.clock.korea()
    total = len(posts)
    rows = [_row(board, post, None, page) for post in board.notices()] if start < max(total, 1) else []
    rows += [
        _row(board, post, total - start - n + board.number_base, page)
        for n, post in enumerate(posts[start : start + board.page_size])
    ]
    faces = board.columns if board.variant == "named" else [f"th{place:02}" for place, _ in enumerate(board.columns)]
    heads = SPACER.join(f"<td><img src=/img/board/{face}.gif border=0></td>" for face in faces)
    call = (
        '<form name=viewform method=post action="/bbs/list.php">\n' if board.link == "onclick" else "<form name=list>\n"
    )
    hidden = (
        f"<input type=hidden name=mode value=view><input type=hidden name=code value={board.slug}>"
        f"<input type=hidden name=idx value=''><input type=hidden name=page value={page}>\n"
    )
    return (
        f"<table width=100%><tr><td>[오늘 {board.today()} / 전체 {total}]</td>"
        f"<td align=right>오늘날짜: {today.year}년 {today.month}월 {today.day}일</td></tr></table>\n"
        f"<table width=100% cellpadding=0 cellspacing=0 border=0>\n{call}"
        f"<tr align=center height=30>{heads}</tr>\n{RULE}"
        f"{RULE.join(rows)}{RULE}{hidden if board.link == 'onclick' else ''}</form></table>\n"
        f"{_script(board)}<table width=100%><tr><td align=center>{_pager(board, page, total)}</td></tr></table>\n"
    )


def _row(board: FakeBoard, post: FakePost, number: int | None, page: int) -> str:
    title = text(cut_bytes(post.title, board.title_bytes))
    mark = "&nbsp;<img src=/img/board/re.gif> " if post.parent is not None else ""
    if board.link == "onclick":
        subject = f"<td align=left style='cursor:hand' onclick=\"view('{post.id}')\">{mark}{title}</td>"
    else:
        href = f"?mode=view&code={board.slug}&idx={post.id}&page={page}"
        subject = f'<td align=left>{mark}<a href="{href}">{title}</a></td>'
    first = "<img src=/img/board/notice.gif alt=공지>" if number is None else str(number)
    has_file = any(item.look == "file" for item in post.files)
    cells = {
        "no": f"<td>{first}</td>",
        "subject": subject,
        "name": f"<td>{text(post.author)}</td>",
        "date": f"<td>{post.at:%Y.%m.%d}</td>",
        "hit": f"<td>{post.hits}</td>",
        "vote": f"<td>{post.good}</td>",
        "file": f"<td>{'<img src=/img/board/disk.gif border=0>' if has_file else ''}</td>",
        "source": "<td>본지</td>",
    }
    return f"<tr align=center height=28>{SPACER.join(cells[name] for name in board.columns)}</tr>\n"


def _pager(board: FakeBoard, page: int, total: int) -> str:
    last = last_page(total, board.page_size)
    first = (page - 1) // board.group * board.group + 1
    end = min(first + board.group - 1, last)
    parts = [_page_link(board, first - 1, "prev")] if first > 1 else []
    for number in range(first, end + 1):
        if number == page:
            parts.append(f"<img src=/img/board/p{number}_on.gif>" if board.pager == "images" else f"<b>[{number}]</b>")
        else:
            parts.append(_page_link(board, number, f"p{number}" if board.pager == "images" else f"[{number}]"))
    if end < last:
        parts.append(_page_link(board, end + 1, "next"))
    return " ".join(parts)


def _page_link(board: FakeBoard, number: int, face: str) -> str:
    scripted = board.pager in ("javascript", "post")
    href = f"javascript:goPage({number})" if scripted else f"?code={board.slug}&page={number}"
    return f'<a href="{href}">{face if face.startswith("[") else f"<img src=/img/board/{face}.gif border=0>"}</a>'


def _script(board: FakeBoard) -> str:
    view = (
        "function view(idx){var f=document.viewform;f.idx.value=idx;f.submit();}\n" if board.link == "onclick" else ""
    )
    go = {
        "javascript": f"function goPage(n){{location.href='/bbs/list.php?code={board.slug}&page='+n;}}\n",
        "post": "function goPage(n){var f=document.pageform;f.page.value=n;f.submit();}\n",
    }.get(board.pager, "")
    form = (
        f'<form name=pageform method=post action="/bbs/list.php"><input type=hidden name=code value={board.slug}>'
        "<input type=hidden name=page value=1></form>\n"
        if board.pager == "post"
        else ""
    )
    return f"{form}<script language=javascript>\n{view}{go}</script>\n" if view or go else form


def _body(board: FakeBoard, post: FakePost) -> str:
    images = "".join(
        f"<img src={image_path(board, post, item)} border=0><br>\n" for item in post.files if item.look == "inline"
    )
    parts = (table(part) if kind == "table" else lines(part, "<br>\n") for kind, part in blocks(post.drawn))
    return images + "<br>\n<br>\n".join(parts)


def _file_query(board: FakeBoard, post: FakePost, item: FakeFile) -> str:
    name = quote(item.stored, safe="", encoding="cp949", errors="replace")
    return f"code={board.slug}&idx={post.id}&file={name}"
