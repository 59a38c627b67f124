"""Draws zeroboard4's pages: a form inside a table, bogus tags for links that are off, header cells of images."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import blocks, last_page, lines, size, table, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

QUERY = "sn1=&divpage=1&sn=off&ss=on&sc=on&select_arrange=headnum&desc=asc"
SKIN = "skin/nari"
WORDS = {
    "no": "번호",
    "subject": "제목",
    "name": "이름",
    "date": "날짜",
    "hit": "조회",
    "vote": "추천",
    "weather": "날씨",
}
END = '<!--"<-->'
"""What the engine puts behind every body."""


def offered(post: FakePost) -> list[FakeFile]:
    """A post has room for two files."""
    return [item for item in post.files if item.look == "file"][:2]


def draw_list(site: FakeSite, board: FakeBoard, page: int) -> str:
    """One list page: notices stand first on page 1, without a digit, and take numbers all the same."""
    posts = board.notices() + [post for post in board.posts() if not post.notice]
    start = (page - 1) * board.page_size
    rows = "".join(
        _row(board, post, len(posts) - start - n + board.number_base, page)
        for n, post in enumerate(posts[start : start + board.page_size])
    )
    last = last_page(len(posts), board.page_size)
    heads = "".join(f"<td class=title_han>{_head(board, column, page)}</td>\n" for column in board.columns)
    pages = " ".join(
        f"<b>{n}</b>" if n == page else f"<a onfocus=blur() href='{_list(board, n)}'><font>[{n}]</font></a>"
        for n in range(1, last + 1)
    )
    inner = (
        f"<table border=0 width=95%><tr><td>Total <b>{len(posts)}</b> articles, <b>{page}</b> page / total {last} page"
        "</td><td align=right><Zeroboard <img src=" + SKIN + "/join.gif border=0 alt='회원가입'></a> "
        f"<a onfocus=blur() href='login.php?id={board.slug}&page={page}&s_url=%2Fzb%2Fzboard.php%3Fid%3D{board.slug}"
        f"%26no%3D9'><img src={SKIN}/login.gif border=0></a></td></tr></table>\n"
        "<table border=0 cellspacing=0 cellpadding=0 width=95%>\n<form method=post name=list action=list_all.php>"
        f"<input type=hidden name=page value={page}><input type=hidden name=id value={board.slug}>\n"
        f"<tr align=center>\n{heads}<!-- <td><a href=view.php?id={board.slug}&no=9999>[x]</a></td> --></tr>\n{rows}"
        f"</form></table>\n<table width=95%><tr><td align=center><Zeroboard [이전]</a> {pages}</td></tr></table>\n"
    )
    return _frame(site, board, inner)


def _head(board: FakeBoard, column: str, page: int) -> str:
    if board.variant == "pl9":
        return column if column != "weather" else "weather"
    href = f"/zb/zboard.php?id={board.slug}&page={page}&{QUERY.replace('headnum', column)}"
    image = f"<img src={SKIN}/head_{column}.gif border=0 alt='{WORDS[column]}별로 보기'>"
    return f"<a onfocus=blur() href='{href}'>{image}</a>"


def _row(board: FakeBoard, post: FakePost, number: int, page: int) -> str:
    lock = f"<img src={SKIN}/secret_head.gif border=0 alt=비밀글> " if post.secret else ""
    count = f" <font style='font-size:6pt'>[{len(post.comments)}]</font>" if post.comments else ""
    mark = f"<img src={SKIN}/notice_head.gif border=0 alt=공지>" if post.notice else str(number)
    full = f"{post.at:%Y}년 {post.at:%m}월 {post.at:%d}일 {post.at:%H}시 {post.at:%M}분 {post.at:%S}초"
    indent = "&nbsp;&nbsp;" if post.parent is not None else ""
    kind = "Notice" if post.notice else ""
    cells = {
        "no": f"<td class=num>{mark if board.variant == 'pl8' or not post.notice else kind}</td>",
        "subject": f'<td align=left>{indent}{lock}<a href="{_view(board, post, page)}" >'
        f"{text(post.title)}</a>{count}</td>",
        "name": f"<td nowrap><span onMousedown=\"ZB_layerAction('zbLayer{post.id}','visible')\" style=cursor:hand>"
        f"{text(post.author)}</span></td>",
        "date": f"<td nowrap><span title='{full}'>{post.at:%Y/%m/%d}</span></td>",
        "hit": f"<td>{post.hits}</td>",
        "vote": f"<td>{post.good}</td>",
        "weather": f"<td><img src={SKIN}/weather{post.id % 4}.gif></td>",
    }
    drawn = "\n".join(cells[column] for column in board.columns)
    line = f"<tr><td height=1 colspan={len(board.columns)} class=line1><img src=images/t.gif height=1></td></tr>\n"
    hover = "onMouseOver=this.style.backgroundColor='#F1F1F1'"
    return f"<tr align=center class=list{post.id % 2} {hover}>\n{drawn}\n</tr>\n{line}"


def _list(board: FakeBoard, page: int) -> str:
    return f"zboard.php?id={board.slug}&page={page}&{QUERY}"


def _view(board: FakeBoard, post: FakePost, page: int) -> str:
    script = "view.php" if board.variant == "pl8" else "zboard.php"
    return f"{script}?id={board.slug}&page={page}&{QUERY}&no={post.id}"


def _frame(site: FakeSite, board: FakeBoard, inner: str) -> str:
    charset = "EUC-KR" if board.variant == "pl8" else "utf-8"
    return (
        "<html>\n<head>\n<title></title>\n"
        f"<meta http-equiv=Content-Type content=text/html; charset={charset}>\n"
        f"<link rel=StyleSheet HREF={SKIN}/style.css type=text/css title=style>\n</head>\n"
        f"<body topmargin='0' bgcolor=white><div align=center>\n{inner}<p>{text(site.name)}</p>\n</div></body>"
        "\n</html>\n"
    )


def draw_view(site: FakeSite, board: FakeBoard, post: FakePost) -> str:
    """One article: label cells in the original, one line of labels below a bare title in the fork."""
    stamp = f"{post.at:%Y-%m-%d %H:%M:%S}"
    files = "".join(
        f"<tr><td>Download #{n}</td><td>: <a href='{_file(board, post, n)}'>{text(item.name)} ({size(item)})</a>, "
        f"Download : {item.downloads}</td></tr>\n"
        for n, item in enumerate(offered(post), 1)
    )
    name = f"<span style=cursor:hand>{text(post.author)}</span>"
    if board.variant == "pl8":
        head = (
            f"<tr><td width=60>제목</td><td><b>{text(post.title)}</b></td></tr>\n"
            f"<tr><td>이름</td><td>{name} <Zeroboard <img src={SKIN}/home.gif></a></td></tr>\n"
            f"<tr><td>작성일</td><td>{stamp}, 조회 : {post.hits}, 추천 : {post.good}</td></tr>\n"
        )
    else:
        head = (
            f"<tr><td colspan=2><b>{text(post.title)}</b></td></tr>\n"
            f"<tr><td colspan=2>작성자 : {name} | 작성일 : {stamp} | 조회 : {post.hits:,}</td></tr>\n"
        )
    images = "".join(
        f"<img src=data/{board.slug}/{post.id}/{quote(item.stored)} border=0 name=zb_target_resize style='cursor:hand' "
        "onclick=window.open(this.src)><br>\n"
        for item in post.files
        if item.look == "inline"
    )
    body = "<br>\n<br>\n".join(
        table(part) if kind == "table" else lines(part, "<br>\n") for kind, part in blocks(post.drawn)
    )
    said = "".join(
        f"<tr><td>{text(comment.author)}</td><td>{text(comment.text)}</td><td>{comment.at:%Y/%m/%d}</td></tr>\n"
        for comment in post.comments
    )
    inner = (
        f"<table border=0 cellspacing=0 cellpadding=0 width=95%>\n{head}{files}"
        f"<tr><td colspan=2 style='word-break:break-all;'>{images}{body}{END}</td></tr>\n</table>\n"
        f"<table width=95%>{said}</table>\n<table width=95%><tr><td><a onfocus=blur() href='{_list(board, 1)}'>"
        f"<img src={SKIN}/list.gif border=0></a> <a onfocus=blur() href='write.php?id={board.slug}&{QUERY}&no={post.id}"
        f"&mode=reply'><img src={SKIN}/reply.gif border=0></a> <Zeroboard <img src={SKIN}/delete.gif></a></td></tr>"
        "</table>\n"
    )
    return _frame(site, board, inner)


def _file(board: FakeBoard, post: FakePost, number: int) -> str:
    return f"download.php?id={board.slug}&page=1&{QUERY}&no={post.id}&filenum={number}"


def draw_password(board: FakeBoard, post: FakePost) -> str:
    """What stands at the address of a secret post."""
    return (
        "<html><head><title></title></head><body><div align=center>\n<form method=post name=delete action=view.php>\n"
        f"<input type=hidden name=id value={board.slug}><input type=hidden name=no value={post.id}>\n"
        "<table border=0 width=250><tr><td align=center><b>비밀글입니다.</b><br>비밀번호를 입력하여 주십시오</td></tr>"
        "<tr><td><input type=password name=password size=20><input type=submit value=확인></td></tr></table></form>\n"
        "</div></body></html>\n"
    )


def draw_error(message: str) -> str:
    """The skin's error page: no script, status 200."""
    return (
        "<html><head><title></title></head><body><br><br><br><div align=center>\n<table border=0 width=250>\n"
        f"<tr><td align=center>Message</td></tr><tr><td align=center><br>{message}<br><br></td></tr>\n"
        "<tr><td align=center><a href='javascript:history.back()'>Move Back</a></td></tr></table></div></body></html>\n"
    )
