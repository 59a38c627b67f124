"""Draws the article of Rhymix's xedition and default skins, and what articles of all its skins share."""

from __future__ import annotations

from urllib.parse import quote

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakeComment, FakePost
from scraper.fakeboard.skins.markup import blocks, lines, size, table, text
from scraper.fakeboard.skins.rhymix_page import file_sid, member
from scraper.fakeboard.skins.rhymix_urls import list_url, view_url

_COPIED = (
    '<div class="board_read"><div class="read_footer"><ul class="files"><li><a href="/index.php?module=file&amp;'
    'act=procFileDownload&amp;file_srl=1&amp;sid=0"></a></li></ul></div></div><div class="board_list" id="board_list">'
    '<table><tr><td class="title"><a href="/opinion/1"></a></td></tr></table></div><div class="rd_file"><ul><li>'
    '<a href="/files/download/link/1/0/1.pdf"></a></li></ul></div><div class="pagination"><a href="?page=77"></a></div>'
)


def article(board: FakeBoard, owner: FakeBoard, visit: Visit, post: FakePost) -> str:
    """.board_read and the comments; a secret post has the frame and a form in place of the body.

    ``owner`` is the board that the post belongs to.
    """
    cate = (
        f'<a href="{text(list_url(owner, None, post.category))}" class="category">{text(post.category)}</a>\n'
        if post.category
        else ""
    )
    header = (
        f'<div class="read_header">\n<h1>\n'
        f'{cate}<a href="{visit.origin}{text(view_url(owner, post.id))}">{text(post.title)}</a>\n</h1>\n'
        f'<p class="time">\n{post.at:%Y.%m.%d %H:%M}</p>\n<p class="meta">\n'
        f'{_author(board, post)}\n<span class="sum">\n'
        f"{_reads(board, post)}\n</span>\n</p>\n</div>\n"
    )
    if post.secret:
        return f'<div class="board_read">\n{header}<div class="read_body">\n{_secret_form(board, post)}</div>\n</div>\n'
    button = f'<div class="btnArea"><a class="btn" href="{text(list_url(board))}">목록</a></div>\n'
    footer = f'<div class="read_footer">\n{_files(board, post)}{button}</div>\n'
    return (
        f'<div class="board_read">\n{header}<div class="read_body">\n'
        f"{content(board, visit, post)}\n</div>\n{footer}</div>\n"
        '<div class="feedback" id="comment">\n'
        f'<div class="fbHeader"><h2>댓글 <em>{len(post.comments)}</em></h2></div>\n<ul class="fbList">\n'
        f"{comments(post, 'fbItem')}</ul>\n"
        f'<form action="/" method="post" class="write_comment">'
        f'<input type="hidden" name="document_srl" value="{post.id}" />'
        '<input type="password" name="password" /></form>\n</div>\n'
    )


def content(board: FakeBoard, visit: Visit, post: FakePost) -> str:
    """The body as every skin gets it."""
    mark = f"{post.id}_{post.member}"
    return (
        f'<!--BeforeDocument({post.id},{post.member})--><div class="document_{mark} rhymix_content '
        f'xe_content">{_body(board, visit, post)}</div><!--AfterDocument({post.id},{post.member})-->'
    )


def comments(post: FakePost, kind: str) -> str:
    """The comments; the body of a comment has the class of a body."""
    return "".join(_comment(comment, kind) for comment in post.comments)


def _author(board: FakeBoard, post: FakePost) -> str:
    """A guest is bare text; in the default skin it stands in no element of its own."""
    name = text(post.author)
    if board.variant == "default":
        return member(post, "author ") if post.member else name
    return f'<span class="author">{member(post) if post.member else name}</span>'


def _reads(board: FakeBoard, post: FakePost) -> str:
    if board.variant == "default":
        return f'<span class="read">조회 수:{post.hits}</span>'
    return f'<span class="read_count">조회 수 : {post.hits}</span>'


def _secret_form(board: FakeBoard, post: FakePost) -> str:
    kind = "" if board.variant == "default" else ' class="secretForm"'
    return (
        f'<form action="/" method="get"{kind}>'
        '<input type="hidden" name="act" value="procBoardVerificationPassword" />\n'
        f'<input type="hidden" name="mid" value="{board.slug}" />'
        f'<input type="hidden" name="document_srl" value="{post.id}" />\n'
        '<p><label for="cpw">비밀글입니다.</label></p>\n<input type="password" name="password" id="cpw" /></form>\n'
    )


def _body(board: FakeBoard, visit: Visit, post: FakePost) -> str:
    done = []
    for kind, part in blocks(post.drawn):
        if kind == "table":
            done.append(table(part))
        elif kind == "quote":  # a quotation copied from another post brings that page's elements with it
            quoted = f'<div class="document_1_0 rhymix_content xe_content"><p>{text(part)}</p>{_COPIED}</div>'
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


def file_url(board: FakeBoard, item: FakeFile) -> str:
    """The address of a download, escaped: what it leads to works once."""
    if board.short_files:
        return text(f"/files/download/link/{item.id}/{file_sid(item)}/{quote(item.name, safe='')}")
    amp = "&amp;amp;" if board.double_escaped else "&amp;"
    query = amp.join(("module=file", "act=procFileDownload", f"file_srl={item.id}", f"sid={file_sid(item)}"))
    return f"/index.php?{query}"


def _files(board: FakeBoard, post: FakePost) -> str:
    if not post.files:
        return ""
    items = ""
    for item in post.files:
        note = f'<span class="fileSize">[File Size:{size(item)}/Download:{item.downloads}]</span>'
        items += f'<li><a href="{file_url(board, item)}">{text(item.name)} {note}</a></li>\n'
    return (
        '<div class="fileList">\n<button type="button" class="toggleFile">첨부 '
        f"'<strong>{len(post.files)}</strong>'</button>\n<ul class=\"files\">\n{items}</ul>\n</div>\n"
    )


def _comment(comment: FakeComment, kind: str) -> str:
    """Every third comment is secret: its form has a class of the post's own, and of a body."""
    said = f'<div class="comment_{comment.id}_0 rhymix_content xe_content"><p>{text(comment.text)}</p></div>'
    if comment.id % 3 == 0:
        said = (
            '<form action="./" method="get" class="xe_content secretForm"><p><label>비밀글입니다.</label></p>'
            f'<p><input type="password" name="password" id="cpw_{comment.id}" /></p>'
            f'<input type="hidden" name="comment_srl" value="{comment.id}" /></form>'
        )
    return (
        f'<li class="{kind}" id="comment_{comment.id}">\n<div class="fbMeta">\n'
        f'<h3 class="author">{text(comment.author)}</h3>\n'
        f'<p class="time">{comment.at:%Y.%m.%d %H:%M}</p>\n</div>\n{said}\n</li>\n'
    )
