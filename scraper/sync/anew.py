"""An edit that is none: the page from which a version was read says today's words too, once today's layout reads it.

Pure. So it was we who misread it, before the layout was repaired or the reader mended; the source has not changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scraper.errors import Truncated
from scraper.models import Page, Post
from scraper.page.layout import Layout
from scraper.sync.drafts import changes
from scraper.sync.judge import judge_article
from scraper.sync.merge import keep, merge, row_of, settle


def was_misread(page: Page, layout: Layout, post: Post, held: Mapping[str, Any], seen_at: datetime) -> bool:
    """Whether ``page``, of which ``held`` was made, says in all that changed what ``post`` does (of ``seen_at``)."""
    try:
        article = judge_article(page, layout, post.key).article
    except Truncated:
        return False
    if article is None:
        return False
    earlier = keep(merge(article, row_of(held), post.url, ()), held, layout.kept)
    read = {
        "title": earlier.title,
        "author": earlier.author,
        "category": earlier.category,
        "posted_at": earlier.posted.at.isoformat() if earlier.posted and earlier.posted.at else None,
        "body_text": earlier.body_text,
        "body_html": earlier.body_html,
        "posted_date": held["posted_date"],
        "attachments": [{"key": each.key, "kind": each.kind, "state": "stored"} for each in article.attachments],
    }
    if earlier.body_text != post.body_text:
        post = settle(post, read, page.seen_at, seen_at, layout.identity)
    wrong = {name.removeprefix("no ") for name in changes(post, held)}
    return not wrong & {name.removeprefix("no ") for name in changes(post, read)}
