"""Draws gnuboard5's view of one post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakeComment, FakePost
from scraper.fakeboard.skins.gnuboard5_list import author, cut, frame, listing
from scraper.fakeboard.skins.gnuboard5_urls import list_url, view_url
from scraper.fakeboard.skins.markup import blocks, lines, size, table, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

TITLE_LENGTH = 70
SMALL_IMAGE = 2_000
"""Bytes up to which an image is shown as it is (the engine asks for its width)."""


def draw_view(site: FakeSite, board: FakeBoard, origin: str, post: FakePost, nonce: str, page: str) -> str:
    """The page of one post. Its full title stands in <title> only; hits are those before this visit."""
    parts = _parts(board, origin, post, nonce, page)
    order = (
        ("head", "info", "files", "nav", "body") if board.variant == "5.2" else ("head", "info", "body", "files", "nav")
    )
    inner = "".join(parts[name] for name in order) + _comments(board, post)
    article = f'<article id="bo_v" style="width:100%">\n{inner}</article>\n'
    shown = int(page) if page.isdigit() and int(page) else 1
    below = listing(board, origin, shown, viewed=post.id) if board.list_under_view else ""
    title = text(cut(post.title, 255))
    tip = f'<span title="{title} &gt; {text(board.name)}">'
    return frame(site, board, origin, f"{title} > {text(board.name)}", tip, article + below)


def _parts(board: FakeBoard, origin: str, post: FakePost, nonce: str, page: str) -> dict[str, str]:
    link = origin + list_url(board)
    title = cut(text(post.title), TITLE_LENGTH)  # the engine cuts after escaping
    name = author(board, link, post)
    date = f"{post.at:%y-%m-%d %H:%M}"
    images = "".join(
        f'<a href="{origin}/bbs/view_image.php?bo_table={board.slug}&amp;fn={item.stored}" target="_blank" '
        f'class="view_image"><img src="{origin}/data/file/{board.slug}/{shown_image(item)}" alt=""></a>\n'
        for item in post.files
        if item.look == "inline"
    )
    body = f'<div id="bo_v_img">\n{images}</div>\n<div id="bo_v_con">{_body(post)}</div>\n'
    nav = "" if board.list_under_view else _neighbours(board, origin, post)
    if board.variant == "5.2":
        cate = f"{text(post.category)} | " if post.category else ""
        head = f'<header>\n<h1 id="bo_v_title">\n{cate}{title} </h1>\n</header>\n'
        info = (
            '<section id="bo_v_info">\n<h2>페이지 정보</h2>\n'
            f"작성자 <strong>{name}</strong>\n"
            f'<span class="sound_only">작성일</span><strong>{date}</strong>\n'
            f"조회<strong>{post.hits:,}회</strong>\n댓글<strong>{len(post.comments)}건</strong>\n</section>\n"
        )
    else:
        cate = f'<span class="bo_v_cate">{text(post.category)}</span>\n' if post.category else ""
        head = f'<header>\n<h2 id="bo_v_title">\n{cate}<span class="bo_v_tit">\n{title}</span>\n</h2>\n</header>\n'
        info = (
            '<section id="bo_v_info">\n<h2>페이지 정보</h2>\n<div class="profile_info">\n'
            '<div class="profile_info_ct">\n'
            f'<span class="sound_only">작성자</span> <strong>{name}</strong><br>\n'
            f'<span class="sound_only">댓글</span><strong><a href="#bo_vc"> <i class="fa fa-commenting-o"></i> '
            f"{len(post.comments)}건</a></strong>\n"
            f'<span class="sound_only">조회</span><strong><i class="fa fa-eye"></i> {post.hits:,}회</strong>\n'
            f'<strong class="if_date"><span class="sound_only">작성일</span><i class="fa fa-clock-o">'
            f"</i> {date}</strong>\n"
            "</div>\n</div>\n</section>\n"
        )
    votes = (
        f'<div id="bo_v_act"><span class="bo_v_good"><span class="sound_only">추천</span><strong>{post.good}</strong>'
        f"</span>"
        f'<span class="bo_v_nogood"><span class="sound_only">비추천</span><strong>{post.nogood}</strong></span></div>\n'
        if board.votes
        else ""
    )
    text_part = f'<section id="bo_v_atc">\n<h2 id="bo_v_atc_title">본문</h2>\n{body}{votes}</section>\n'
    return {
        "head": head,
        "info": info,
        "body": text_part,
        "files": _files(board, origin, post, nonce, page),
        "nav": nav,
    }


def shown_image(item: FakeFile) -> str:
    """The name of the image that the view shows: a big one is shrunk, and the shrunk one has the ending of its kind."""
    if len(item.content) <= SMALL_IMAGE:
        return item.stored
    stem, _, ending = item.stored.rpartition(".")
    return f"thumb-{stem}_835x557.{'jpg' if ending.lower() in ('jpg', 'jpeg') else ending.lower()}"


def _body(post: FakePost) -> str:
    """Paragraph by paragraph in one of three ways in which people write: p, br, or div."""
    done = [table(part) if kind == "table" else lines(part, "<br/>") for kind, part in blocks(post.drawn)]
    if post.id % 3 == 0:
        return "<br/><br/>".join(done)
    tag = "p" if post.id % 3 == 1 else "div"
    wrapped = (part if part.startswith("<table") else f"<{tag}>{part}</{tag}>" for part in done)
    return f"\n<{tag}>&nbsp;</{tag}>\n".join(wrapped)


def _files(board: FakeBoard, origin: str, post: FakePost, nonce: str, page: str) -> str:
    shown = [item for item in post.files if item.look == "file"]
    if not shown:
        return ""
    extra = ("" if board.variant == "5.2" else f"&amp;nonce={nonce}") + (f"&amp;page={page}" if page else "")
    items = "".join(_file(board, origin, post, item, extra) for item in shown)
    return f'<section id="bo_v_file">\n<h2>첨부파일</h2>\n<ul>\n{items}</ul>\n</section>\n'


def _file(board: FakeBoard, origin: str, post: FakePost, item: FakeFile, extra: str) -> str:
    name = item.name.replace("'", "\\'").replace('"', '\\"').replace("<", "&lt;")
    icon = (
        '<img src="/img/icon_file.gif" alt="첨부">' if board.variant == "5.2" else '<i class="fa fa-folder-open"></i>'
    )
    return (
        f"<li>\n{icon}\n"
        f'<a href="{origin}/bbs/download.php?bo_table={board.slug}&amp;wr_id={post.id}&amp;no={item.id}{extra}" '
        f'class="view_file_download">\n<strong>{name}</strong>  ({size(item)})\n</a>\n<br>\n'
        f'<span class="bo_v_file_cnt">{item.downloads}회 다운로드 | DATE : {post.at:%Y-%m-%d %H:%M:%S}</span>\n</li>\n'
    )


def _neighbours(board: FakeBoard, origin: str, post: FakePost) -> str:
    ids = board.ids()
    place = ids.index(post.id)
    found = [("btn_prv", "이전글", place - 1), ("btn_next", "다음글", place + 1)]
    items = ""
    for kind, word, index in found:
        if 0 <= index < len(ids):
            other = board.find(ids[index])
            href = text(origin + view_url(board, other))
            items += (
                f'<li class="{kind}"><span class="nb_tit">{word}</span><a href="{href}">'
                f'{text(cut(other.title, 255))}</a> <span class="nb_date">{other.at:%y.%m.%d}</span></li>\n'
            )
    return f'<ul class="bo_v_nb">\n{items}</ul>\n' if items else ""


def _comments(board: FakeBoard, post: FakePost) -> str:
    said = "".join(_comment(comment) for comment in post.comments)
    empty = '<p id="bo_vc_empty">등록된 댓글이 없습니다.</p>\n'
    return (
        f'<section id="bo_vc">\n<h2>댓글목록</h2>\n{said or empty}</section>\n'
        '<aside id="bo_vc_w"><h2>댓글쓰기</h2>'
        '<form name="fviewcomment" action="/bbs/write_comment_update.php" method="post">'
        f'<input type="hidden" name="bo_table" value="{board.slug}">'
        f'<input type="hidden" name="wr_id" value="{post.id}"><input type="hidden" name="comment_id" value="">'
        '<textarea name="wr_content"></textarea><input type="text" name="wr_name">'
        '<input type="password" name="wr_password">'
        "</form></aside>\n"
    )


def _comment(comment: FakeComment) -> str:
    name, said = text(comment.author), text(comment.text)
    return (
        f'<article id="c_{comment.id}">\n<header>\n<h2>{name}님의 댓글</h2>\n<span class="sv_guest">{name}</span>\n'
        f'<span class="sound_only">작성일</span><time datetime="{comment.at:%Y-%m-%dT%H:%M:00+09:00}">'
        f"{comment.at:%y-%m-%d %H:%M}</time>\n</header>\n"
        f'<div class="cmt_contents"><p>{said}</p></div>\n'
        f'<textarea id="save_comment_{comment.id}" style="display:none">{said}</textarea>\n</article>\n'
    )
