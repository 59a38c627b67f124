"""One post out of two readings: its article, completed from its list row. Pure.

A field that the view has wins; what it lacks comes from the row, and the post says which fields those are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeGuard

from scraper.models import KST, Article, Ask, Post, Row, Stamp, StoredFile
from scraper.page.furniture import Look, same_words
from scraper.page.listing import stem_of
from scraper.page.parts import Identity

_EXACT = ("none", "day", "minute", "second")


def complete(row: Row, frame: Article) -> Row:
    """A list row with what a view that hides the body tells better: the title that a list may hide as well."""
    return replace(
        row,
        title=frame.title or row.title,
        title_cut=frame.title_cut if frame.title else row.title_cut,
        author=frame.author or row.author,
        posted=frame.posted if is_dated(frame.posted) else row.posted,
        hits=row.hits if frame.hits is None else frame.hits,
        category=frame.category or row.category,
    )


def merge(article: Article, row: Row, url: str, files: Sequence[StoredFile]) -> Post:
    """The post that is saved. ``url`` is the address under which its article is known."""
    from_listing: list[str] = []
    title, cut = article.title or row.title, article.title_cut if article.title else row.title_cut
    if not article.title or (article.title_cut and not row.title_cut and row.title.startswith(stem_of(article.title))):
        title, cut = row.title, row.title_cut
        from_listing.append("title")
    author = article.author
    if author is None and row.author is not None:
        author = row.author
        from_listing.append("author")
    posted = article.posted
    if not is_dated(posted) and row.posted is not None:
        posted = row.posted
        if posted.capture_id is None:
            from_listing.append("posted_at")
    hits = article.hits
    if hits is None and row.hits is not None:
        hits = row.hits
        from_listing.append("hits")
    category = article.category
    if category is None and row.category is not None:
        category = row.category
        from_listing.append("category")
    return Post(
        key=row.key,
        number=row.number,
        category=category,
        title=title,
        title_cut=cut,
        author=author,
        posted=posted,
        hits=hits,
        url=url,
        is_notice=row.is_notice,
        is_secret=row.is_secret,
        body_text=article.body_text,
        body_html=article.body_html,
        fields_from_listing=tuple(from_listing),
        files=tuple(files),
    )


def keep(post: Post, held: Mapping[str, Any], kept: Collection[str], *, confirm: bool = False) -> Post:
    """The post with what is held where this reading does not deny it: a date that one of both tells more exactly, and
    fields of ``kept`` that only one of both tells (see Layout). ``confirm``: what is told now counts."""
    before = row_of(held)
    if is_dated(before.posted) and is_dated(post.posted) and before.posted.precision != post.posted.precision:
        finer = _EXACT.index(post.posted.precision) > _EXACT.index(before.posted.precision)
        coarser = before.posted if finer else post.posted
        if _cut(before.posted.at, coarser) == _cut(post.posted.at, coarser) and not (finer and confirm):
            post = replace(post, posted=before.posted)
    if confirm or not kept:
        return post
    if "date" in kept and is_dated(before.posted) != is_dated(post.posted):
        post = replace(post, posted=before.posted)
    if "author" in kept and (before.author is None) != (post.author is None):
        post = replace(post, author=before.author)
    if "category" in kept and (before.category is None) != (post.category is None):
        post = replace(post, category=before.category)
    return post


def _cut(at: datetime | None, like: Stamp) -> str:
    """A time as exactly as another is told."""
    length = {"day": 10, "minute": 16}.get(like.precision)
    return at.isoformat()[:length] if at is not None else ""


def states_the_same(post: Post, held: Mapping[str, Any]) -> bool:
    """Whether a reading tells the same as what is held, but for body and files."""
    at = post.posted.at if post.posted else None
    return (post.title, post.author, post.category) == (held["title"], held["author"], held["category"]) and (
        (at.isoformat() if at else None) == held["posted_at"]
    )


def settle(post: Post, held: Mapping[str, Any], read_at: datetime, seen_at: datetime, identity: Identity) -> Post:
    """The post with the held body (read at ``read_at``) if only the site's own furniture differs in it."""
    if held["body_text"] is None or post.body_text is None:
        return post
    posted = date.fromisoformat(held["posted_date"]) if held["posted_date"] else None

    def look(text: str, html: str | None, at: datetime) -> Look:
        return Look(text, html, post.url, post.key, at.astimezone(KST).date(), posted, identity)

    before = look(held["body_text"], held["body_html"], read_at)
    if not same_words(before, look(post.body_text, post.body_html, seen_at)):
        return post
    return replace(post, body_text=held["body_text"], body_html=held["body_html"])


def row_of(held: Mapping[str, Any]) -> Row:
    """The list row of a post as the archive remembers it."""
    at = held.get("posted_at")
    posted = Stamp(
        datetime.fromisoformat(at) if at else None,
        held["posted_precision"],
        held["posted_raw"] or "",
        held["posted_capture_id"],
    )
    ask = None
    if held.get("url"):
        form = held["form"]
        ask = Ask(held["url"], "article") if form is None else Ask(held["url"], "article", "POST", form.encode("ascii"))
    return Row(
        key=held["key"],
        number=held["number"],
        title=held["title"],
        title_cut=bool(held["title_cut"]),
        author=held["author"],
        posted=posted if held["posted_raw"] else None,
        hits=held["hits"],
        ask=ask,
        is_notice=bool(held["is_notice"]),
        is_secret=bool(held["is_secret"]),
        category=held["category"],
    )


def is_dated(stamp: Stamp | None) -> TypeGuard[Stamp]:
    """Whether a date is there in full, its year included."""
    return stamp is not None and stamp.at is not None
