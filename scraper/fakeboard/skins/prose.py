"""Bodies, images and downloads as most modern boards draw them; the skins of public boards and papers share them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from scraper.fakeboard.exchange import Answer
from scraper.fakeboard.files import FakeFile
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.markup import blocks, lines, table, text

if TYPE_CHECKING:
    from scraper.fakeboard.site import FakeSite

NOT_FOUND = b"<!doctype html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"


def offered(post: FakePost) -> list[FakeFile]:
    """The files that the view lists."""
    return [item for item in post.files if item.look == "file"]


def prose(post: FakePost, images: str = "", br: str = "<br />") -> str:
    """The body in paragraphs, images after the first."""
    done = []
    for kind, part in blocks(post.drawn):
        if kind == "table":
            done.append(table(part))
        elif kind == "quote":
            done.append(f"<blockquote><p>{text(part)}</p></blockquote>")
        else:
            done.append(f"<p>{lines(part, br)}</p>")
    return "\n".join([*done[:1], images, *done[1:]])


def image_tags(post: FakePost, folder: str, wrap: str = "<p>{}</p>") -> str:
    """The images of a body. They lie at ``folder``/stored name."""
    return "\n".join(
        wrap.format(f'<img src="{folder}/{item.stored}" alt="" border="0" />')
        for item in post.files
        if item.look == "inline"
    )


def stored_image(site: FakeSite, skin: str, path: str) -> Answer:
    """The image of that stored name, whichever board of the skin it belongs to."""
    name = path.rpartition("/")[2]
    for board in site.boards:
        for post in board.posts() if board.skin == skin else ():
            for item in post.files:
                if item.stored == name and not item.lost:
                    return Answer(200, item.content, item.mime.encode())
    return Answer(404, NOT_FOUND)


def download(item: FakeFile, named: str | None = None) -> Answer:
    """A file with its name percent-encoded in UTF-8, or as ``named`` says."""
    item.downloads += 1
    said = named if named is not None else f'attachment; filename="{quote(item.name, safe="")}"'
    headers = ((b"Content-Disposition", said.encode()), (b"Cache-Control", b"private"))
    return Answer(200, item.content, b"application/octet-stream", headers)


def html(page: str, status: int = 200) -> Answer:
    """A page in UTF-8."""
    return Answer(status, page.encode(), b"text/html;charset=UTF-8")


def alert(message: str, then: str = "history.back();") -> Answer:
    """A page that says no and leads back."""
    return html(
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n<title></title>\n'
        f'<script type="text/javascript">\nalert("{message}");\n{then}\n</script>\n</head>\n<body></body>\n</html>\n'
    )
