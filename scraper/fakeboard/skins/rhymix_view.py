"""Draws Rhymix's article: header, body between its comments, file list, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakeComment, FakePost
from scraper.fakeboard.skins.markup import blocks, lines, size, table, text
from scraper.fakeboard.skins.rhymix_page import file_sid, frame, listing

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite


def draw_view(site: FakeSite, board: FakeBoard, owner: FakeBoard, visit: Visit, post: FakePost, inner_page: int) -> str:
    """One post inside ``board``, with a list below it. ``owner`` is the board that the post belongs to."""
    article = _article(board, owner, visit, post)
    inner = f'<div class="board">\n{article}{listing(board, inner_page, viewed=post.id)}</div>\n'
    address = f"{visit.origin}/{owner.slug}/{post.id}"
    head = (
        f'<link rel="canonical" href="{address}" />\n<meta property="og:type" content="article" />\n'
        f'<meta property="og:url" content="{address}" />\n'
    )
    return frame(site, board.slug, board.name, text(post.title), visit, inner, head)


def _article(board: FakeBoard, owner: FakeBoard, visit: Visit, post: FakePost) -> str:
    """.board_read and the comments; a secret post has the frame and a form in place of the body."""
    cate = (
        f'<a href="/{owner.slug}/category/{text(post.category)}" class="category">{text(post.category)}</a>\n'
        if post.category
        else ""
    )
    header = (
        f'<div class="read_header">\n<h1>\n'
        f'{cate}<a href="{visit.origin}/{owner.slug}/{post.id}">{text(post.title)}</a>\n</h1>\n'
        f'<p class="time">\n{post.at:%Y.%m.%d %H:%M}</p>\n<p class="meta">\n{_author(post)}\n<span class="sum">\n'
        f'<span class="read_count">조회 수 : {post.hits}</span>\n</span>\n</p>\n</div>\n'
    )
    if post.secret:
        return f'<div class="board_read">\n{header}<div class="read_body">\n{_secret_form(board, post)}</div>\n</div>\n'
    mark = f"{post.id}_{post.member}"
    body = (
        f'<div class="read_body">\n<!--BeforeDocument({post.id},{post.member})-->'
        f'<div class="document_{mark} rhymix_content '
        f'xe_content">{_body(board, visit, post)}</div><!--AfterDocument({post.id},{post.member})-->\n</div>\n'
    )
    button = f'<div class="btnArea"><a class="btn" href="/{board.slug}">목록</a></div>\n'
    footer = f'<div class="read_footer">\n{_files(board, post)}{button}</div>\n'
    comments = "".join(_comment(comment) for comment in post.comments)
    return (
        f'<div class="board_read">\n{header}{body}{footer}</div>\n<div class="feedback" id="comment">\n'
        f'<div class="fbHeader"><h2>댓글 <em>{len(post.comments)}</em></h2></div>\n<ul class="fbList">\n'
        f"{comments}</ul>\n"
        f'<form action="/" method="post" class="write_comment">'
        f'<input type="hidden" name="document_srl" value="{post.id}" />'
        '<input type="password" name="password" /></form>\n</div>\n'
    )


def _author(post: FakePost) -> str:
    name = text(post.author)
    if post.member:
        name = f'<a href="#popup_menu_area" class="member_{post.member}">{name}</a>'
    return f'<span class="author">{name}</span>'


def _secret_form(board: FakeBoard, post: FakePost) -> str:
    return (
        '<form action="/" method="get" class="secretForm">'
        '<input type="hidden" name="act" value="procBoardVerificationPassword" />\n'
        f'<input type="hidden" name="mid" value="{board.slug}" />'
        f'<input type="hidden" name="document_srl" value="{post.id}" />\n'
        '<p><label for="cpw">비밀글입니다.</label></p>\n<input type="password" name="password" id="cpw" /></form>\n'
    )


def _body(board: FakeBoard, visit: Visit, post: FakePost) -> str:
    done = []
    for kind, part in blocks(post.body):
        if kind == "table":
            done.append(table(part))
        elif kind == "quote":  # a quotation copied from another post brings that post's class with it
            quoted = f'<div class="document_1_0 rhymix_content xe_content"><p>{text(part)}</p></div>'
            done.append(f"<blockquote>{quoted}</blockquote>")
        else:
            done.append(f"<p>{lines(part, '<br />')}</p>")
    if post.id % 4 == 3 and "<table" not in "".join(done):
        done = ["<br />\n<br />\n".join(piece.removeprefix("<p>").removesuffix("</p>") for piece in done)]
    images = [f"<p>{_image(board, visit, post, item)}</p>" for item in post.files if item.look == "inline"]
    return "\n".join(done[:1] + images + done[1:])


def _image(board: FakeBoard, visit: Visit, post: FakePost, item: FakeFile) -> str:
    """Five ways in which a body points at its image."""
    path = f"files/attach/images/{board.slug}/{item.stored}"
    source = (
        f'src="/{path}"',
        f'src="./{path}"',
        f'src="{visit.origin}/{path}"',
        f'src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/{path}"',
        f'src="/{path}" data-file-srl="{item.id}"',
    )[item.id % 5]
    return f'<img {source} alt="{text(item.name)}" />'


def _files(board: FakeBoard, post: FakePost) -> str:
    if not post.files:
        return ""
    amp = "&amp;amp;" if board.double_escaped else "&amp;"
    items = ""
    for item in post.files:
        query = amp.join(("module=file", "act=procFileDownload", f"file_srl={item.id}", f"sid={file_sid(item)}"))
        note = f'<span class="fileSize">[File Size:{size(item)}/Download:{item.downloads}]</span>'
        items += f'<li><a href="/index.php?{query}">{text(item.name)} {note}</a></li>\n'
    return (
        '<div class="fileList">\n<button type="button" class="toggleFile">첨부 '
        f"'<strong>{len(post.files)}</strong>'</button>\n<ul class=\"files\">\n{items}</ul>\n</div>\n"
    )


def _comment(comment: FakeComment) -> str:
    return (
        f'<li class="fbItem" id="comment_{comment.id}">\n<div class="fbMeta">\n'
        f'<h3 class="author">{text(comment.author)}</h3>\n'
        f'<p class="time">{comment.at:%Y.%m.%d %H:%M}</p>\n</div>\n'
        f'<div class="comment_{comment.id}_0 rhymix_content xe_content"><p>{text(comment.text)}</p></div>\n</li>\n'
    )
