"""One post out of two readings: its article, completed from its list row. Pure.

A field that the view has wins; what it lacks comes from the row, and the post says which fields those are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scraper.models import Article, Post, Row, StoredFile
from scraper.page.listing import stem_of


def complete(row: Row, frame: Article) -> Row:
    """A list row with what a view that hides the body tells better: the title that a list may hide as well."""
    return replace(
        row,
        title=frame.title or row.title,
        title_cut=frame.title_cut if frame.title else row.title_cut,
        author=frame.author or row.author,
        posted=frame.posted if frame.posted is not None and frame.posted.at is not None else row.posted,
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
    if (posted is None or posted.at is None) and row.posted is not None:
        posted = row.posted
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
