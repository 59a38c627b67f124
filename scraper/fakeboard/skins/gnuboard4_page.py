"""Draws gnuboard4's pages: single quotes, relative links with bare ampersands, nested tables, a pager of images."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import blocks, last_page, lines, size, table, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

BLOCK = 10
HEADS = {
    "num": "번호",
    "subject": "제&nbsp;&nbsp;&nbsp;목",
    "name": "글쓴이",
    "datetime": "날짜",
    "hit": "조회",
    "good": "추천",
    "extra": "출처",
}
SKIN = "../skin/board/basic/img"


def draw_list(site: FakeSite, board: FakeBoard, page: int) -> str:
    """One list page; beyond the last one the notices are all there is."""
    posts = board.posts()
    start = (page - 1) * board.page_size
    rows = [_row(board, post, None, page, n) for n, post in enumerate(board.notices())]
    shown = posts[start : start + board.page_size]
    rows += [_row(board, post, len(posts) - start - n + board.number_base, page, n) for n, post in enumerate(shown)]
    heads = "".join(f"<th>{HEADS[column]}</th>\n" for column in board.columns)
    empty = f"<tr><td colspan='{len(board.columns)}' height=100 align=center>게시물이 없습니다.</td></tr>\n"
    inner = (
        "<form name='fboardlist' method='post'>\n"
        f"<input type='hidden' name='bo_table' value='{board.slug}'><input type='hidden' name='page' value='{page}'>\n"
        f"<table cellspacing='0' cellpadding='0' class='board_list'>\n<tr>\n{heads}</tr>\n{''.join(rows) or empty}"
        f"</table>\n</form>\n<div class='board_page'>\n{_pager(board, page, len(posts))}</div>\n"
    )
    return frame(site, board, f"모임 > {text(board.name)} {page} 페이지", inner)


def frame(site: FakeSite, board: FakeBoard, title: str, inner: str) -> str:
    """The page around a list or a view: a table of tables."""
    charset = "euc-kr" if board.variant == "cp949" else "utf-8"
    return (
        "<!-- -->\n<html>\n<head>\n"
        f"<meta http-equiv='content-type' content='text/html; charset={charset}'>\n<title>{title}</title>\n</head>\n"
        "<script type='text/javascript'>\nvar g4_path = '..';\nvar g4_bbs = 'bbs';\n</script>\n"
        "<body topmargin='0' leftmargin='0'>\n<table width='900' align='center'><tr>\n<td width='200'>"
        f"<table><tr><td><a href='../'>{text(site.name)}</a></td></tr></table></td>\n"
        f"<td valign='top'>\n<table width='97%'><tr><td>\n{inner}</td></tr></table>\n</td></tr></table>\n"
        f"<p>Copyright {text(site.name)}</p>\n</body>\n</html>\n"
    )


def _row(board: FakeBoard, post: FakePost, number: int | None, page: int, n: int) -> str:
    href = f"../bbs/board.php?bo_table={board.slug}&wr_id={post.id}" + (f"&page={page}" if page > 1 else "")
    today = post.at.date() == board.clock.korea().date()
    cells = {
        "num": "<td class='num'>" + ("<b>공지</b>" if number is None else str(number)) + "</td>",
        "subject": f"<td class='subject'>{_subject(board, post, href, number is None)}</td>",
        "name": f"<td class='name'>{_author(post)}</td>",
        "datetime": f"<td class='datetime'>{post.at:{'%H:%M' if today else '%m-%d'}}</td>",
        "hit": f"<td class='hit'>{post.hits}</td>",
        "good": f"<td class='good'>{post.good}</td>",
        "extra": "<td class='extra'>본지</td>",
    }
    drawn = "\n".join(cells[column] for column in board.columns)
    return f"<tr class='{'notice' if number is None else f'bg{n % 2}'}'>\n{drawn}\n</tr>\n"


def _subject(board: FakeBoard, post: FakePost, href: str, is_notice: bool) -> str:
    title = text(post.title[:60] + ("…" if len(post.title) > 60 else ""))
    indent = "&nbsp;&nbsp;&nbsp;<img src='" + SKIN + "/icon_reply.gif' align='absmiddle'>" if post.parent else ""
    category = f"../bbs/board.php?bo_table={board.slug}&sca={quote(post.category or '', encoding=board.variant)}"
    cate = (
        f"<span class=small><font color=gray>[<a href='{category}'>{text(post.category)}</a>]</font></span> "
        if post.category
        else ""
    )
    style = "<span class='notice'>" + title + "</span>" if is_notice else title
    count = (
        f" <a href=\"{href}\"><span style='font-size:7pt;'>({len(post.comments)})</span></a>" if post.comments else ""
    )
    icons = f" <img src='{SKIN}/icon_secret.gif' align='absmiddle'>" if post.secret else ""
    if any(item.look == "file" for item in post.files):
        icons += f" <img src='{SKIN}/icon_file.gif' align='absmiddle'>"
    return (
        f"{indent}{cate}<nobr style='display:block; overflow:hidden;'><a href='{href}'>{style}</a>{count}{icons}</nobr>"
    )


def _author(post: FakePost) -> str:
    kind = "member" if post.member else "guest"
    name = text(post.author[:15])
    mail = b64encode(f"m{post.id}@mail.example".encode()).decode()
    call = f"showSideView(this, '{f'm{post.member}' if post.member else ''}', '{name}', '{mail}', '');"
    return f'<a href="javascript:;" onClick="{call}"><span class=\'{kind}\'>{name}</span></a>'


def _pager(board: FakeBoard, page: int, total: int) -> str:
    last = last_page(total, board.page_size)
    base = f"./board.php?bo_table={board.slug}&page="

    def image(number: int, name: str, word: str) -> str:
        icon = f"<img src='{SKIN}/page_{name}.gif' border='0' align='absmiddle' title='{word}'>"
        return f"<a href='{base}{number}'>{icon}</a>"

    first = (page - 1) // BLOCK * BLOCK + 1
    end = min(first + BLOCK - 1, last)
    parts = [image(1, "begin", "처음")] if page > 1 else []
    parts += [image(first - 1, "prev", "이전")] if first > 1 else []
    for number in range(first, end + 1):
        parts.append(f"<b>{number}</b>" if number == page else f"<a href='{base}{number}'><span>{number}</span></a>")
    parts += [image(end + 1, "next", "다음")] if last > end else []
    parts += [image(last, "end", "맨끝")] if page < last else []
    return " &nbsp;".join(parts)


def draw_view(site: FakeSite, board: FakeBoard, post: FakePost, page: str) -> str:
    """One article: labelled text in nested tables, the category before the title, a tag-breaker behind the body."""
    cate = f"[{text(post.category)}] " if post.category else ""
    files = "".join(_file(board, post, item, page) for item in post.files if item.look == "file")
    images = "".join(
        f"<img src='../data/file/{board.slug}/{item.stored}' name='target_resize_image[]' border='0'><p>"
        for item in post.files
        if item.look == "inline"
    )
    parts = [table(part) if kind == "table" else lines(part, "<br />") for kind, part in blocks(post.drawn)]
    body = "<br /><br />".join(parts) if post.id % 2 else "".join(f"<p>{part}</p>\n" for part in parts)
    said = "".join(
        f"<table width=100%><tr><td><b>{text(comment.author)}</b> <span>{comment.at:%y-%m-%d %H:%M}</span></td></tr>"
        f"<tr><td>{text(comment.text)}</td></tr></table>\n"
        for comment in post.comments
    )
    inner = (
        "<table width='100%' cellpadding='0' cellspacing='0'><tr><td>\n"
        f"<div style='height:30px;'><div style='float:left;'><img src='{SKIN}/icon_date.gif'> "
        f"<span style='color:#888888;'>작성일 : {post.at:%y-%m-%d %H:%M}</span></div>"
        f"<div><a href='./board.php?bo_table={board.slug}'><img src='{SKIN}/btn_list.gif'></a></div>"
        "</div>\n<div style='border:1px solid #ddd; clear:both;'>\n<table width='100%'><tr>\n"
        f"<td style='padding:8px 0 0 10px;'><div style='font-weight:bold;'>{cate}{text(post.title)}</div></td>\n"
        f"<td align='right' width='120'><img src='{SKIN}/btn_scrap.gif'></td>\n</tr></table></div>\n"
        f"<table width='100%'>\n<tr><td height='30'><div style='float:left;'>글쓴이 : {_author(post)}</div>"
        f"<div><img src='{SKIN}/icon_view.gif'> 조회 : {post.hits:,} &nbsp;</div></td></tr>\n"
        f"{files}<tr><td height='150' style='word-break:break-all; padding:10px;'>{images}"
        f'<span id="writeContents">{body}</span>\n</xml></xmp><a href=""></a><a href=\'\'></a></td></tr>\n</table>\n'
        f"{said}</td></tr></table>\n"
        "<script type='text/javascript'>\nfunction file_download(link, file) {\n    document.location.href=link;\n}\n"
        "</script>\n"
    )
    return frame(site, board, f"모임 > {text(board.name)} > {text(post.title)}", inner)


def _file(board: FakeBoard, post: FakePost, item: FakeFile, page: str) -> str:
    link = f"./download.php?bo_table={board.slug}&wr_id={post.id}&no={item.id}" + (f"&page={page}" if page else "")
    name = quote(item.name, safe="", encoding=board.variant, errors="replace")
    return (
        f"<tr><td height='30'>&nbsp;&nbsp;<img src='{SKIN}/icon_file.gif' align='absmiddle'> "
        f"<a href=\"javascript:file_download('{link}', '{name}');\" title=''>"
        f"&nbsp;<span>{text(item.name)} ({size(item)})</span>"
        f"&nbsp;<span>[{item.downloads}]</span>&nbsp;<span>DATE : {post.at:%Y-%m-%d %H:%M:%S}</span></a></td></tr>\n"
    )


def draw_password(site: FakeSite, board: FakeBoard) -> str:
    """What stands before a secret post."""
    return frame(
        site,
        board,
        "패스워드 입력",
        "<form name='fboardpassword' method='post' action='./password_check.php'><table><tr><td>"
        "이 게시물의 패스워드를 입력하십시오.</td></tr><tr><td><input type='password' name='wr_password'>"
        "<input type='image' src='ok_btn.gif'></td></tr></table></form>\n",
    )
