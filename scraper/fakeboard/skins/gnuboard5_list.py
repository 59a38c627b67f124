"""Draws gnuboard5's list and the frame of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.gnuboard5_cards import card, category_link, gallery, mobile, mobile_line, said, short_date
from scraper.fakeboard.skins.gnuboard5_feed import feed_button
from scraper.fakeboard.skins.gnuboard5_urls import give_slugs, list_url, view_url
from scraper.fakeboard.skins.markup import last_page, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

TITLE_LENGTH = 60
MOBILE_TITLE_LENGTH = 30
AUTHOR_LENGTH = 15
HOT = 100
BLOCK = 10
MOBILE_BLOCK = 5
HEADS = {
    "num": "번호",
    "title": "제목",
    "name": "글쓴이",
    "hit": "조회",
    "good": "추천",
    "nogood": "비추천",
    "date": "날짜",
    "file": "첨부",
    "extra": "출처",
}
SORTED = {"hit": "wr_hit", "good": "wr_good", "nogood": "wr_nogood", "date": "wr_datetime"}


def cut(value: str, length: int) -> str:
    """The first ``length`` characters, and one … when there were more."""
    return value if len(value) <= length else value[:length] + "…"


def draw_list(site: FakeSite, board: FakeBoard, origin: str, page: int, category: str) -> str:
    """One list page, of one category if named."""
    head = f"{board.name} {page if page > 1 else ''} 페이지"
    return frame(
        site, board, origin, text(head), f'<span title="{text(head)}">', listing(board, origin, page, category)
    )


def frame(site: FakeSite, board: FakeBoard, origin: str, title: str, tip: str, inner: str) -> str:
    """The whole page around a list or a view. ``title`` is escaped."""
    name = text(site.name)
    return (
        f'<!doctype html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="imagetoolbar" content="no">\n<meta http-equiv="X-UA-Compatible" content="IE=edge">\n'
        f"<title>{title} | {name}</title>\n</head>\n<body>\n"
        f'<div id="hd">\n    <h1 id="hd_h1">{title}</h1>\n'
        '    <div id="skip_to_container"><a href="#container">본문 바로가기</a></div>\n'
        f'    <div id="logo"><a href="{origin}"><img src="{origin}/img/logo.png" alt="{name}"></a></div>\n'
        '    <fieldset id="hd_sch"><form name="fsearchbox" method="get" action="/bbs/search.php">'
        '<input type="text" name="stx" id="sch_stx" maxlength="20"></form></fieldset>\n'
        f'    <ul id="hd_qnb"><li><a href="{origin}/bbs/faq.php">FAQ</a></li>'
        f'<li><a href="{origin}/bbs/new.php">새글</a></li><li>'
        f'<a class="visit">접속자<strong class="visit-num">1</strong>'
        f"</a>"
        f"</li></ul>\n</div>\n<hr>\n"
        f'<div id="wrapper"><div id="container_wr"><div id="container">\n'
        f'<h2 id="container_title">{tip}{text(board.name)}</span></h2>\n{inner}</div>\n'
        '<div id="aside"><section id="ol_before" class="ol"><form name="foutlogin" method="post" '
        'action="/bbs/login_check.php"><input type="text" name="mb_id"><input type="password" name="mb_password">'
        '<input type="submit" value="로그인"></form></section></div>\n</div></div>\n'
        f'<div id="ft"><div id="ft_copy">Copyright &copy; <b>{name}</b> All rights reserved.</div></div>\n</body>\n'
        f"</html>\n"
    )


def listing(board: FakeBoard, origin: str, page: int, category: str = "", viewed: int | None = None) -> str:
    """The list part: notices on page 1 take up row slots; numbers count down from the total."""
    posts = [post for post in board.posts() if not category or post.category == category]
    pinned = [] if category else [post for post in posts if post.notice]
    plain = [post for post in posts if post not in pinned] if pinned else posts
    size, offset = board.page_size, (page - 1) * board.page_size
    top = pinned[offset : offset + size]
    start = max(0, offset - len(pinned))
    shown = plain[start : start + size - len(top)] if offset < len(posts) else []
    first = len(posts) - offset - len(top) + board.number_base
    query = "&".join(filter(None, (f"sca={quote(category)}" if category else "", f"page={page}" if page > 1 else "")))
    if board.address == "slug":
        give_slugs(board, [post for post in posts if post.id in board.slugs])  # edited titles
    numbered = [(post, None) for post in top] + [(post, first - n) for n, post in enumerate(shown)]
    rows = [_entry(board, origin, post, number, query, n, viewed) for n, (post, number) in enumerate(numbered)]
    if board.address == "slug":
        give_slugs(board, [*top, *shown])
    word = "전체" if board.variant == "mobile" else "Total"
    total = f'<div id="bo_list_total"><span>{word} {len(posts):,}건</span>\n{page} 페이지</div>'
    drawn = {"gallery": lambda: gallery(board, rows), "mobile": lambda: mobile(rows)}
    body = drawn.get(board.variant, lambda: _table(board, origin, rows))()
    name = "gall" if board.variant == "gallery" else "list"
    button = feed_button(board, origin)
    return (
        f'<div id="bo_{name}" style="width:100%">\n{_categories(board, origin, category)}'
        '<form name="fboardlist" id="fboardlist" action="./board_list_update.php" method="post">\n'
        f'<input type="hidden" name="bo_table" value="{board.slug}"><input type="hidden" name="page" value="{page}">\n'
        f'<div id="bo_btn_top">{total}{button}</div>\n{body}'
        f"{_pager(board, origin, page, len(posts), category)}</form>\n"
        '<fieldset class="bo_sch"><form name="fsearch" method="get"><select name="sfl"><option value="wr_subject">제목'
        '</option><option value="wr_name,1">글쓴이</option></select><input type="text" name="stx"></form></fieldset>\n'
        "</div>\n"
    )


def _table(board: FakeBoard, origin: str, rows: list[str]) -> str:
    heads = "".join(f'<th scope="col">{_head(board, origin, column)}</th>\n' for column in columns_of(board))
    empty = f'<tr><td colspan="{len(columns_of(board))}" class="empty_table">게시물이 없습니다.</td></tr>'
    return (
        f'<div class="tbl_head01 tbl_wrap"><table>\n<caption>{text(board.name)} 목록</caption>\n'
        f"<thead><tr>\n{heads}</tr></thead>\n<tbody>\n" + ("\n".join(rows) or empty) + "\n</tbody></table></div>\n"
    )


def columns_of(board: FakeBoard) -> tuple[str, ...]:
    """The columns as asked for, else those of the variant: 5.2 has the date before the hits, the votes last."""
    if board.columns:
        return board.columns
    votes = ("good", "nogood") if board.votes else ()
    tail = ("date", "hit", *votes) if board.variant == "5.2" else ("hit", *votes, "date")
    return ("num", "title", "name", *tail)


def _head(board: FakeBoard, origin: str, column: str) -> str:
    word = HEADS[column]
    field = SORTED.get(column)
    if field is None:
        return word
    href = text(origin + list_url(board, extra=f"sst={field}&sod=desc&page=1"))
    return f'<a href="{href}">{word} </a>'


def _entry(
    board: FakeBoard, origin: str, post: FakePost, number: int | None, query: str, n: int, viewed: int | None
) -> str:
    """A post in the list, as the variant draws it."""
    link = origin + list_url(board)
    href = text(origin + view_url(board, post, query))
    if board.variant == "gallery":
        return card(board, origin, post, number, href, _marked(board, post), author(board, link, post))
    if board.variant == "mobile":
        return mobile_line(board, origin, post, number is None, href, _marked(board, post), author(board, link, post))
    cells = "\n".join(_cell(board, origin, post, number, href, viewed, column) for column in columns_of(board))
    kind = "bo_notice" if number is None else ""
    return f'<tr class="{kind}{"" if board.variant == "5.2" else " even" if n % 2 == 0 else " "}">\n{cells}\n</tr>'


def _cell(
    board: FakeBoard, origin: str, post: FakePost, number: int | None, href: str, viewed: int | None, column: str
) -> str:
    old = board.variant == "5.2"
    match column:
        case "num":
            return f'<td class="{"td_num" if old else "td_num2"}">\n{_number(board, post, number, viewed)} </td>'
        case "title":
            pad = 10 if post.parent is not None else 0
            inner = _subject(board, origin, post, href)
            return f'<td class="td_subject" style="padding-left:{pad}px">\n{inner}</td>'
        case "name":
            return f'<td class="td_name sv_use">{author(board, origin + list_url(board), post)}</td>'
        case "date":
            return f'<td class="{"td_date" if old else "td_datetime"}">{short_date(board, post)}</td>'
        case "file":
            return f'<td class="td_num">{sum(item.look == "file" for item in post.files)}</td>'
        case "extra":
            return "<td>본지</td>"
        case _:
            return f'<td class="td_num">{ {"good": post.good, "nogood": post.nogood}.get(column, post.hits) }</td>'


def _number(board: FakeBoard, post: FakePost, number: int | None, viewed: int | None) -> str:
    if number is not None:
        return '<span class="bo_current">열람중</span>' if post.id == viewed else str(number)
    if board.variant == "5.2":
        return "<strong>공지</strong>"
    if board.variant == "5.3":
        return '<strong class="notice_icon"><i class="fa fa-bullhorn"></i><span class="sound_only">공지</span></strong>'
    return '<strong class="notice_icon">공지</strong>'


def _marked(board: FakeBoard, post: FakePost) -> str:
    """Reply icon, lock and title, as they stand inside the link."""
    reply = '<img src="/skin/board/basic/img/icon_reply.gif" class="icon_reply" alt="답변글">' if post.parent else ""
    lock = '<i class="fa fa-lock"></i>' if post.secret else ""
    if board.variant == "5.2" and post.secret:
        lock = '<img src="/skin/board/basic/img/icon_secret.gif" alt="비밀글">'
    length = MOBILE_TITLE_LENGTH if board.variant == "mobile" else TITLE_LENGTH
    return f"{reply}{lock}\n{text(cut(post.title, length))} "


def _subject(board: FakeBoard, origin: str, post: FakePost, href: str) -> str:
    cate = category_link(board, origin, post)
    has_file = any(item.look == "file" for item in post.files)
    if board.variant == "5.2":
        icons = '<img src="/skin/board/basic/img/icon_file.gif" alt="첨부파일">' if has_file else ""
        return f'{cate}<a href="{href}">\n{_marked(board, post)}{said(post)}</a>\n{icons}\n'
    hour = (board.clock.korea() - post.at).total_seconds() / 3600
    icons = '<span class="new_icon">N<span class="sound_only">새글</span></span>' if hour < 24 else ""
    icons += '<i class="fa fa-heart" aria-hidden="true"></i>' if post.hits >= HOT else ""
    icons += '<i class="fa fa-download" aria-hidden="true"></i>' if has_file else ""
    comments = said(post).replace('cnt_cmt">', 'cnt_cmt">+ ') if board.variant == "5.3" else said(post)
    return f'{cate}<div class="bo_tit">\n<a href="{href}">\n{_marked(board, post)}</a>\n{icons}{comments}</div>\n'


def author(board: FakeBoard, link: str, post: FakePost) -> str:
    """The author: a plain name, or a name with a hidden menu that stands twice (the second time in noscript)."""
    name = text(cut(post.author, AUTHOR_LENGTH))
    kind = "sv_member" if post.member else "sv_guest"
    if not board.side_view:
        return f'<span class="{kind}">{name}</span>'
    search = f"{link}{'&amp;' if '?' in link else '?'}sca=&amp;sfl=wr_name,1&amp;stx={quote(post.author)}"
    if post.member:
        head = (
            f'<a href="/bbs/profile.php?mb_id=m{post.member}" class="sv_member" title="{name} 자기소개" '
            f'onclick="return false;"> {name}</a>'
        )
        menu = (
            f'<a href="/bbs/memo_form.php?me_recv_mb_id=m{post.member}">쪽지보내기</a>\n'
            f'<a href="/bbs/profile.php?mb_id=m{post.member}">자기소개</a>\n<a href="{search}">아이디로 검색</a>\n'
            f'<a href="/bbs/new.php?mb_id=m{post.member}">전체게시물</a>\n'
        )
    else:
        head = f'<a href="{search}" title="{name} 이름으로 검색" class="sv_guest" onclick="return false;">{name}</a>'
        menu = f'<a href="{search}">이름으로 검색</a>\n'
    again = f'<noscript class="sv_nojs"><span class="sv">\n{menu}</span></noscript>'
    return f'<span class="sv_wrap">\n{head}\n<span class="sv">\n{menu}</span>\n{again}</span>'


def _categories(board: FakeBoard, origin: str, current: str) -> str:
    if not board.categories:
        return ""
    items = [("전체", list_url(board))] + [(name, list_url(board, category=name)) for name in board.categories]
    on = current or "전체"
    links = "".join(
        f'<li><a href="{text(origin + href)}"{" id=bo_cate_on" if name == on else ""}>{text(name)}</a></li>'
        for name, href in items
    )
    return f'<nav id="bo_cate"><h2>{text(board.name)} 카테고리</h2><ul id="bo_cate_ul">{links}</ul></nav>\n'


def _pager(board: FakeBoard, origin: str, page: int, total: int, category: str) -> str:
    last = last_page(total, board.page_size)
    base = text(origin + list_url(board, category=category, extra="page="))
    block = MOBILE_BLOCK if board.variant == "mobile" else BLOCK
    first = (page - 1) // block * block + 1
    end = min(first + block - 1, last)
    parts = [f'<a href="{base}1" class="pg_page pg_start">처음</a>'] if page > 1 else []
    if first > 1:
        parts.append(f'<a href="{base}{first - 1}" class="pg_page pg_prev">이전</a>')
    for number in range(first, end + 1) if last > 1 else ():
        if number == page:
            parts.append(
                f'<span class="sound_only">열린</span><strong class="pg_current">{number}</strong>'
                '<span class="sound_only">페이지</span>'
            )
        else:
            parts.append(f'<a href="{base}{number}" class="pg_page">{number}<span class="sound_only">페이지</span></a>')
    if last > end:
        parts.append(f'<a href="{base}{end + 1}" class="pg_page pg_next">다음</a>')
    if page < last:
        parts.append(f'<a href="{base}{last}" class="pg_page pg_end">맨끝</a>')
    joined = "\n".join(parts)
    return f'<nav class="pg_wrap"><span class="pg">{joined}\n</span></nav>\n' if parts else ""
