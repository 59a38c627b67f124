"""What a new post looks like beside those that the board is known by. Pure.

A template that has changed shows in a new post as a field that no post before it lacked or had, that comes from another
place than theirs, or that its own list row denies. Such a post is not believed by itself: a known post has to be read
again, and its field to read as before (see drafts).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from scraper.models import Post, Row
from scraper.page.induce.check import is_same_title

KNOWN_BY = 50
"""So many posts, the youngest, tell what posts of a board look like."""
LEAST = 5
"""Fewer tell nothing."""
Look = frozenset[tuple[str, str]]
"""By field, how it is told: none, list (the view lacks it), view, against (the list says otherwise), feed."""

_KEPT = {"date": "posted_at"}
_WORDS = ("title", "author", "category")


def strange(
    post: Post, row: Row, before: Sequence[Mapping[str, Any]], kept: Collection[str] = (), *, has_file: bool
) -> frozenset[str]:
    """What known posts have to vouch for until the post is believed, as ``faces`` names it (see drafts); empty when it
    looks as theirs do. ``before``: records of ``find_looks``; ``kept``: fields that the layout may go without."""
    if len(before) < LEAST:
        return frozenset()
    looks = [look_of_held(each) for each in before]
    seen = frozenset[tuple[str, str]]().union(*looks)
    sure = {_KEPT.get(name, name) for name in kept}
    if ("posted_at", "feed") in seen:  # which forgets old posts
        sure.add("posted_at")
    odd = {name for name, told in look_of(post, row, has_file=has_file) - seen if name not in sure}
    if ("file", "view") not in seen:  # nobody could vouch for files
        odd.discard("file")
    return frozenset(
        name if any(name == each and told != "none" for each, told in seen) else f"no {name}" for name in odd
    )


def look_of(post: Post, row: Row, *, has_file: bool) -> Look:
    """Of a post that was just read."""
    said = {"title": row.title, "author": row.author, "category": row.category}
    read = {"title": post.title, "author": post.author, "category": post.category}
    found = {name: _told(name, read[name], said[name], post.fields_from_listing) for name in _WORDS}
    at = post.posted.date if post.posted else None
    listed = row.posted.date if row.posted else None
    found["posted_at"] = (
        "none" if at is None or post.posted is None
        else "feed" if post.posted.capture_id is not None
        else "list" if "posted_at" in post.fields_from_listing
        else "against" if listed is not None and listed != at
        else "view"
    )  # fmt: skip
    found["body_text"] = "view" if post.body_text else "none"
    if row.has_file:
        found["file"] = "view" if has_file else "none"
    return frozenset(found.items())


def look_of_held(held: Mapping[str, Any]) -> Look:
    """Of a record of ``find_looks``."""
    title, author, category, _, has_file = json.loads(held["told"]) if held["told"] else (None,) * 5
    said = {"title": title, "author": author, "category": category}
    lent = json.loads(held["fields_from_listing"])
    found = {name: _told(name, held[name], said[name], lent) for name in _WORDS}
    found["posted_at"] = (
        "none" if held["posted_at"] is None
        else "feed" if held["posted_capture_id"] is not None
        else "list" if "posted_at" in lent
        else "view"
    )  # fmt: skip
    found["body_text"] = "view" if held["has_text"] else "none"
    if has_file:
        found["file"] = "view" if held["files"] else "none"
    return frozenset(found.items())


def _told(name: str, read: str | None, said: str | None, lent: Collection[str]) -> str:
    if not read:
        return "none"
    if name in lent:
        return "list"
    agrees = said is None or is_same_title(said, read) or is_same_title(read, said)
    return "view" if agrees else "against"
