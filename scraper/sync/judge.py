"""What does an answer mean? For an article, a list page or a file: read it, or name what stands in the way. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from scraper.errors import LayoutChanged, PageError, Truncated, Undecodable, Walled
from scraper.korean.disposition import read_disposition
from scraper.korean.names import looks_like_file_name, name_from_url
from scraper.models import Article, Attachment, Listing, Page
from scraper.page.article import read_article
from scraper.page.document import Document, parse
from scraper.page.layout import Layout
from scraper.page.links import read_key
from scraper.page.listing import distinct, read_listing
from scraper.page.parts import FilesPart, ImagesPart
from scraper.page.wall import Wall, read_wall, read_wall_sign, read_way_out

Refusal = Literal["secret", "blocked", "gone", "failed", "layout", "wall"]

_OUTCOME: dict[str, Refusal] = {
    "secret": "secret",
    "login": "blocked",
    "permission": "blocked",
    "points": "blocked",
    "gone": "gone",
    "refused": "failed",
    "wrong_board": "wall",
    "maintenance": "wall",
    "ban": "wall",
    "captcha": "wall",
}
_HTML = re.compile(rb"(?i)^\s*(?:text/html|application/xhtml)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """An article, or why there is none."""

    article: Article | None
    refusal: Refusal | None = None
    reason: str = ""
    frame: Article | None = None
    """What a refusing view tells all the same: the title, author and date of a secret post, without its body."""


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """A file as it came: its name, or why it is none."""

    name: str
    name_raw: str
    mime: str | None
    reason: str | None = None
    is_gone: bool = False


def judge_listing(page: Page, layout: Layout) -> tuple[Listing, Document]:
    """A list page, one row a post. Raises Walled, LayoutChanged, Undecodable, Truncated."""
    document = parse(page)
    _check_whole(page, document)
    wall = read_wall_sign(document, layout, page.status)
    if wall is None:
        try:
            return distinct(read_listing(document, layout, page.seen_at)), document
        except LayoutChanged:
            wall = read_wall(document, page.status)
            if wall is None:
                if page.status >= 400:
                    raise Walled(f"{page.url} answered {page.status}", page.url, "refused") from None
                raise
    raise Walled(f"{page.url}: instead of the list a page that says: {wall.message}", page.url, wall.kind)


def judge_article(page: Page, layout: Layout, key: str) -> Verdict:
    """An article, or its refusal. Raises Truncated when the page has lost its end."""
    try:
        document = parse(page)
    except Undecodable as error:
        return Verdict(None, "gone" if page.status in (404, 410) else "failed", _reason(page, str(error)))
    _check_whole(page, document)
    wall = read_wall_sign(document, layout, page.status)
    if wall is not None:
        verdict = _refused(page, wall)
        return replace(verdict, frame=_frame(document, layout, page, key)) if verdict.refusal == "secret" else verdict
    try:
        article = read_article(document, layout, page.seen_at)
    except PageError as error:
        wall = read_wall(document, page.status)
        if wall is not None:
            return _refused(page, wall)
        if page.status in (404, 410):
            return Verdict(None, "gone", f"answered {page.status}")
        if page.status >= 400:
            return Verdict(None, "failed", f"answered {page.status}")
        return Verdict(None, "layout", str(error))
    if article.key is not None and article.key != key and article.key.isdigit() and key.isdigit():
        return Verdict(None, "failed", f"shows post {article.key} instead")
    return Verdict(article)


def judge_key(page: Page, layout: Layout) -> str | None:
    """The key of the post that a page shows or refuses to show; None when the page does not tell it."""
    try:
        document = parse(page)
    except Undecodable:
        return None
    try:
        return read_article(document, layout, page.seen_at).key
    except PageError:
        ways = (page.url, read_way_out(document))
        return next((key for url in ways if (key := read_key(layout.identity.key, url, None, None))), None)


def _frame(document: Document, layout: Layout, page: Page, key: str) -> Article | None:
    bare = replace(layout.article, body=(), files=FilesPart(), images=ImagesPart())
    try:
        frame = read_article(document, replace(layout, article=bare), page.seen_at)
    except PageError:
        return None
    return frame if frame.key in (None, key) else None


def _refused(page: Page, wall: Wall) -> Verdict:
    refusal = _OUTCOME[wall.kind]
    if page.status in (404, 410) and refusal in ("failed", "wall", "blocked"):
        refusal = "gone"
    return Verdict(None, refusal, _reason(page, wall.message))


def _reason(page: Page, text: str) -> str:
    return text if page.status == 200 else f"answered {page.status}: {text}"


def _check_whole(page: Page, document: Document) -> None:
    """A page whose length nobody announced must come to its own end."""
    announced = page.header("Content-Length") or page.header("Transfer-Encoding")
    if announced is None and not document.ended:
        raise Truncated(f"{page.url}: the page ends before its end", page.url)


def judge_file(attachment: Attachment, page: Page, charset: str | None) -> FileVerdict:
    """The answer to a download; ``page.body`` need only be its beginning.

    A page in place of a file is told by its type and the missing Content-Disposition: boards refuse with 200.
    """
    disposition, content_type, start = page.header("Content-Disposition"), page.header("Content-Type"), page.body
    mime = content_type.decode("latin-1").split(";")[0].strip().lower() or None if content_type else None
    named = read_disposition(disposition, charset) if disposition else None
    name, raw = named or (attachment.name, attachment.name_raw)
    if named is None and not looks_like_file_name(name) and (from_url := name_from_url(page.url)):
        name = from_url
    reason = None
    if page.status != 200:
        reason = f"answered {page.status}"
    elif disposition is None and not name.lower().endswith((".html", ".htm")):
        looks_html = (
            start.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html", b"<script", b"<meta", b"<head"))
        )
        if (content_type and _HTML.match(content_type)) or looks_html:
            reason = _said(page) or "a page came instead of the file"
    return FileVerdict(name, raw, mime, reason, page.status in (404, 410))


def _said(page: Page) -> str | None:
    """What the page that came instead of a file says."""
    try:
        wall = read_wall(parse(page), page.status)
    except PageError:
        return None
    return wall.message if wall else None
