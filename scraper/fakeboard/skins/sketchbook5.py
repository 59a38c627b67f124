"""Draws SketchBook5: its list, webzine, first thumbnail and gallery styles and its article.

A secret post's title stands in the article's frame only; comment counts have no brackets; hits and votes share a class.
"""

from __future__ import annotations

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import size, text
from scraper.fakeboard.skins.rhymix_page import HEADS, WINDOW, icons, last_of, member, numbered, updated_at
from scraper.fakeboard.skins.rhymix_urls import list_url, view_url
from scraper.fakeboard.skins.rhymix_view import comments, content, file_url

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HIDDEN = "비밀글 입니다."
_WIDE = {"readNum": "m_no", "voteNum": "m_no", "lastUpdate": "m_no", "lastPost": "m_no", "extra": "m_no"}


def listing(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """table.bd_lst with a category column when the board has categories."""
    names = [name for column in board.columns for name in (("cate", column) if column == "title" else (column,))]
    names = [name for name in names if name != "cate" or board.categories]
    heads = "".join(_head(board, name) for name in names)
    rows = "".join(_row(board, post, number, page, names, viewed) for number, post in numbered(board, page, category))
    table = (
        '<table class="bd_lst bd_tb_lst bd_tb">\n<caption class="blind">List of Articles</caption>\n'
        f'<thead class="bg_f_f9">\n<tr>\n{heads}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n'
    )
    return _wrapped(board, page, category, "list", table if rows else '<p class="no_doc">등록된 글이 없습니다.</p>\n')


def _head(board: FakeBoard, name: str) -> str:
    word = "분류" if name == "cate" else HEADS[name][0]
    if name == "no" or (name != "cate" and HEADS[name][1]):
        word = f'<a href="{text(list_url(board))}">{word}</a>'
    kind = {"no": ' class="no"', "title": ' class="title"', "cate": ' class="m_no"'}.get(name, "")
    return f'<th scope="col"{kind or (_WIDE.get(name) and chr(32) + "class=m_no") or ""}><span>{word}</span></th>\n'


def _row(board: FakeBoard, post: FakePost, number: int | None, page: int, names: list[str], viewed: int | None) -> str:
    is_notice = number is None
    shown = "&raquo;" if post.id == viewed else "<strong>공지</strong>" if is_notice else str(number)
    href = text(view_url(board, post.id, page))
    title = text(_shown(post))
    link = f'<a href="{href}"><strong>{title}</strong></a>' if is_notice else f'<a href="{href}" class="hx">{title}</a>'
    last = post.comments[-1].author if post.comments else ""
    cells = {
        "no": f'<td class="no">{shown}</td>',
        "cate": f'<td class="cate"><span style="color:#777">{text(post.category or "")}</span></td>',
        "title": f'<td class="title">\n{link}\n{_replies(post, href)}<span class="extraimages">{icons(board, post)}'
        "</span></td>",
        "author": f'<td class="author"><span>{member(post)}</span></td>',
        "time": f'<td class="time" title="{post.at:%H:%M}">{post.at:%Y.%m.%d}</td>',
        "readNum": f'<td class="m_no">{post.hits}</td>',
        "voteNum": f'<td class="m_no">{post.good}</td>',
        "lastUpdate": f'<td class="time last_update m_no">{updated_at(post)}</td>',
        "lastPost": f'<td class="time last_post m_no"><a href="{href}#{post.id}_comment" title="3 일 전">'
        f"{updated_at(post)}<small>(by {text(last)})</small></a></td>"
        if last
        else '<td class="time last_post m_no">&nbsp;</td>',
        "extra": f'<td class="m_no">{post.id % 7 + 1}</td>',
    }
    kind = ' class="notice"' if is_notice else ' class="select"' if post.id == viewed else ""
    return f"<tr{kind}>\n" + "\n".join(cells[name] for name in names) + "\n</tr>\n"


def _shown(post: FakePost) -> str:
    return _HIDDEN if post.secret else post.title


def _replies(post: FakePost, href: str) -> str:
    count = len(post.comments)
    return f'<a href="{href}#{post.id}_comment" class="replyNum" title="댓글">{count}</a>\n' if count else ""


def webzine(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """ol.bd_zine: the title is no link; the link reads "Read More"."""
    items = ""
    for number, post in numbered(board, page, category):
        href = text(view_url(board, post.id, page))
        facts = [
            ("clock-o", "Date", f"{post.at:%Y.%m.%d}"),
            ("bars", "Category :", text(post.category or "")),
            ("user", "", member(post)),
            ("comment", "Reply", str(len(post.comments))),
            ("eye", "Views", str(post.hits)),
            ("heart", "Votes", str(post.good)),
        ]
        info = "".join(
            f'<span><i class="fa fa-{icon}"></i>{f"<span>{word}</span>" if word else ""}<b>{value}</b></span>\n'
            for icon, word, value in facts
            if value
        )
        summary = "" if post.secret else f'<div class="cnt">{text(" ".join(post.body.split())[:120])}...</div>\n'
        kind = "notice clear" if number is None else "select clear" if post.id == viewed else "clear"
        items += (
            f'<li class="{kind}" onclick="location.href=this.lastChild.href">\n<div class="rt_area">\n'
            f'<h3 class="ngeb">{text(_shown(post))}</h3>\n{summary}'
            f'<div class="info">\n{info}{icons(board, post)}</div>\n</div>\n'
            f'<a class="hx" href="{href}"><span class="blind">Read More</span></a></li>\n'
        )
    items = items or '<li class="no_doc">등록된 글이 없습니다.</li>\n'
    return _wrapped(
        board, page, category, "webzine", f'<ol class="bd_lst bd_zine zine zine1 img_load">\n{items}</ol>\n'
    )


def first_thumbnail(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """div.bd_ft: items with the month in English letters; notices in a table of their own."""
    items = notices = ""
    for number, post in numbered(board, page, category):
        href = text(view_url(board, post.id, page))
        if number is None:
            notices += (
                f'<tr class="notice">\n<td>공지</td>\n<td class="title"><a href="{href}"><strong>{text(_shown(post))}'
                f"</strong></a></td>\n<td>{member(post)}</td>\n<td>{post.at:%Y.%m.%d}</td>\n</tr>\n"
            )
            continue
        replies = f'<a href="{href}#{post.id}_comment">{len(post.comments)}<span class="irt">Replies</span></a>'
        cate = f"<span><span>Category :</span><b> {text(post.category)}</b></span>" if post.category else ""
        items += (
            f'<li class="clear">\n<div class="NameDate"><span>{member(post)}</span><br />'
            f'<span class="color"><b>{_MONTHS[post.at.month - 1]} {post.at:%d %Y}</b></span></div>\n<div class="Area">'
            f'<div class="title"><a class="title" href="{href}">{text(_shown(post))}</a></div>\n'
            f'<div class="info mt"><div class="InfoLeft">{cate}'
            f'<span class="extraimages">{icons(board, post)}</span></div>'
            f'<div class="InfoRight">{replies if post.comments else ""}<span>{post.good}<span class="irt">Likes</span>'
            f'</span><span>{post.hits}<span class="irt">Views</span></span></div></div></div></li>\n'
        )
    table = f'<table class="bd_lst bd_tb_lst bd_tb common_notice">\n{notices}</table>\n'
    return _wrapped(board, page, category, "firstthumb", f'{table}<div class="bd_ft">\n{items}</div>\n')


def gallery(board: FakeBoard, page: int, category: str = "", viewed: int | None = None) -> str:
    """ol.bd_tmb_lst: the link lies over the picture and holds date, name and counts."""
    items = ""
    for number, post in numbered(board, page, category):
        href = text(view_url(board, post.id, page))
        cate = f"in <b>{text(post.category)}</b><br />" if post.category else ""
        replies = f"Replies <b>{len(post.comments)}</b>" if post.comments else ""
        ribbon = '<span class="ribbon nnu notice"><i>notice</i></span>' if number is None else ""
        kind = "notice" if number is None else "select" if post.id == viewed else ""
        count = f'<a class="replyNum" href="{href}#comment">{len(post.comments)}</a>' if post.comments else ""
        items += (
            f'<li class="{kind}">\n<div class="tmb_wrp ribbon_v"><span class="no_img tmb">No Image</span>{ribbon}'
            f'<div class="trans_window fixed">by {text(post.author)}</div>\n'
            f'<a class="hx fixed" href="{href}"><span class="info_wrp"><span class="info st1"><span class="padding">'
            f'<b class="tl">{post.at:%Y/%m/%d}</b> by <b>{text(post.author)}</b><br />{cate}'
            f"<span>Views <b>{post.hits}</b>&nbsp; Likes <b>{post.good}</b></span> {replies}</span></span></span></a>\n"
            f"</div>\n<p><b>{text(_shown(post))}</b>\n{count}"
            f'<span class="extraimages">{icons(board, post)}</span></p>\n</li>\n'
        )
    items = items or "<li>등록된 글이 없습니다.</li>\n"
    return _wrapped(
        board, page, category, "gallery", f'<ol class="bd_lst bd_tmb_lst gall_style clear">\n{items}</ol>\n'
    )


def _wrapped(board: FakeBoard, page: int, category: str, style: str, inner: str) -> str:
    title = (
        f'<div class="bd_tl"><h1 class="ngeb clear"><a href="{text(list_url(board))}">{text(board.name)}</a></h1></div>'
    )
    return (
        f'<div id="bd_115_0" class="bd clear hover_effect" data-default_style="{style}">\n<div class="bd_lst_wrp">\n'
        f'<div class="tl_srch clear">{title}</div>\n'
        f'<div id="board_list">\n{inner}</div>\n{_pager(board, page, category, style)}</div>\n</div>\n'
    )


def _pager(board: FakeBoard, page: int, category: str, style: str) -> str:
    """The first and the last page always stand there; they are links also when they are shown."""
    last = last_of(board, category)

    def link(n: int, word: str, kind: str = "") -> str:
        return f'<a href="{text(list_url(board, n if n > 1 else None, category))}"{kind}>{word}</a>\n'

    def end(n: int) -> str:
        return link(n, str(n), f' class="frst_last bubble{" this" if n == page else ""}" title="페이지 {n}"')

    window = range(max(2, page - WINDOW // 2), min(last - 1, page + WINDOW // 2) + 1)
    middle = "".join(f'<strong class="this">{n}</strong>\n' if n == page else link(n, str(n)) for n in window)
    back = link(page - 1, "‹ Prev", ' class="direction"') if page > 1 else '<strong class="direction">‹ Prev</strong>\n'
    on = (
        link(page + 1, "Next ›", ' class="direction"') if page < last else '<strong class="direction">Next ›</strong>\n'
    )
    return (
        '<form action="./" method="get" class="bd_pg clear"><fieldset><legend class="blind">Board Pagination</legend>\n'
        f'<input type="hidden" name="mid" value="{board.slug}" />'
        f'<input type="hidden" name="listStyle" value="{style}" />\n'
        f"{back}{end(1)}{middle}{end(last) if last > 1 else ''}{on}"
        f'<div class="bd_go_page"><input type="text" name="page" class="itx" />'
        f'/ {last} <button type="submit">GO</button>'
        "</div></fieldset></form>\n"
    )


def article(board: FakeBoard, owner: FakeBoard, visit: Visit, post: FakePost) -> str:
    """.rd with its head, its body or the form that asks for a password, its files and comments."""
    cate = f'<strong class="cate fl" title="Category">{text(post.category)}</strong>\n' if post.category else ""
    head = (
        f'<div class="rd_hd clear"><div class="board clear"><div class="top_area ngeb">\n{cate}'
        f'<div class="fr"><span class="date m_no">{post.at:%Y.%m.%d %H:%M}</span></div>\n'
        f'<h1 class="np_18px"><a href="{visit.origin}{text(view_url(owner, post.id))}">'
        f"{text(post.title)}</a></h1></div>\n"
        f'<div class="btm_area clear"><div class="side">{member(post, "nick ")}</div>\n'
        f'<div class="side fr"><span>조회 수 <b>{post.hits}</b></span><span>추천 수 <b>{post.good}</b></span>'
        f"<span>댓글 <b>{len(post.comments)}</b></span></div></div></div></div>\n"
    )
    inner = _secret_form(board, post) if post.secret else f"<article>{content(board, visit, post)}</article>"
    below = "" if post.secret else _files(board, post) + _feedback(post)
    return (
        f'<div id="board_read"><div class="rd rd_nav_style2 clear" data-docSrl="{post.id}">\n'
        f'{head}<div class="rd_body clear">\n{inner}\n</div>\n'
        f'<div class="rd_ft">\n{below}</div>\n</div></div>\n'
    )


def _secret_form(board: FakeBoard, post: FakePost) -> str:
    return (
        '<form action="./" method="get" class="secretMessage">'
        '<input type="hidden" name="act" value="procBoardVerification'
        f'Password" /><input type="hidden" name="document_srl" value="{post.id}" />\n'
        f"<h3>&quot;비밀글입니다.&quot;</h3>\n"
        f'<input type="password" name="password" id="cpw_{post.id}" class="itx" /></form>'
    )


def _files(board: FakeBoard, post: FakePost) -> str:
    if not post.files:
        return ""
    items = "".join(
        f"<li>"
        f'<a class="bubble" href="{file_url(board, item)}" title="[File Size:{size(item)}/Download:{item.downloads}]">'
        f'{text(item.name)}</a><span class="comma">,</span></li>\n'
        for item in post.files
    )
    count = f"<span class=\"fnt_count\">'<b>{len(post.files)}</b>'</span>"
    return (
        f'<div id="files_{post.id}" class="rd_fnt rd_file hide_file"><table class="bd_tb"><tr><th scope="row">'
        f"<strong>첨부</strong> {count}</th><td><ul>\n{items}</ul></td></tr></table></div>\n"
    )


def _feedback(post: FakePost) -> str:
    return (
        f'<div id="{post.id}_comment" class="fdb_lst_wrp"><div id="ajax_comment"><ul class="fdb_lst_ul">\n'
        f"{comments(post, 'fdb_itm clear')}</ul></div></div>\n"
    )
