"""How surely a list was read by a layout made from its page, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from scraper.models import Listing, Row

FIELDS = ("date", "author", "hits", "number")
FEWEST = 3
"""Fewer rows look like those of many things."""
_UNDATED = 0.05
_SHAPELESS = 0.1
_LATEST = 0.2
"""What it costs that the titles are cut and only dates stand beside them: so do boxes of the latest posts."""
_BARE = 0.2
"""What it costs that nothing but words stands beside the titles: so do boxes of headlines."""
_LONELY = 0.4
"""What it costs that only one thing on the page looks like a row, and nothing heads it."""
_WAYS = {"header": 0.9, "article": 0.9, "pages": 0.9, "label": 0.88, "alone": 0.84, "class": 0.84, "shape": 0.72}


def how_sure(
    listing: Listing, how: Mapping[str, str], *, is_told_apart: bool, dated: bool = False
) -> tuple[float, tuple[str, ...]]:
    """How surely the rows were read, and why. ``how`` says by what each field was told, ``dated`` whether the posts
    themselves have dates."""
    rows = [row for row in listing.rows if not row.is_notice] or list(listing.rows)
    confidence = min([0.9, *(_WAYS[way] for field, way in how.items() if field in ("title", "author", "hits", "date"))])
    if "header" in how.values() and len(how) < 3:
        confidence -= 0.1
    reasons = [f"{len(listing.rows)} rows; {', '.join(f'{field} by {way}' for field, way in how.items())}"]
    shares = {field: sum(is_held(row, field) for row in rows) / len(rows) for field in how if field in FIELDS}
    for field, share in shares.items():
        if share < (0.9 if field == "date" else 0.5):
            confidence -= 0.15
            reasons.append(f"{field} is missing in {round((1 - share) * 100)} % of the rows")
    if "date" not in how and not dated:
        confidence -= _UNDATED if is_confirmed(how) else 0.2
        reasons.append("no dates")
    told = {"date", "hits", "number", "other"} & how.keys() or [
        way for way in how.values() if way in ("header", "label")
    ]
    if not told and not is_confirmed(how):
        confidence -= _BARE
        reasons.append("nothing but titles and names")
    if not how.keys() - {"title", "date", "category"} and sum(row.title_cut for row in rows) * 2 > len(rows):
        confidence -= _LATEST
        reasons.append("titles cut short and nothing but dates, as in a box of the latest posts")
    if "date" not in how and how.get("number") == "shape":
        confidence -= _SHAPELESS
        reasons.append(
            "nothing but its shape tells the number"
        )  # without dates beside them, falling hits look like one
    if len({row.key for row in rows}) < len(rows):
        confidence -= 0.3
        reasons.append("several rows open the same post")
    if not is_told_apart:
        confidence -= 0.1
        reasons.append("more than one parameter could be the post's number")
    if len(rows) < FEWEST:
        confidence -= _LONELY if len(listing.rows) == 1 and "header" not in how.values() else 0.1
        reasons.append("hardly any rows")
    if listing.unread:
        confidence -= max(0.1, len(listing.unread) / (len(rows) + len(listing.unread)) - 0.2)
        reasons.append(f"{len(listing.unread)} rows could not be read")
    if any(not row.title for row in rows) or len({row.title for row in rows}) * 2 < len(rows):
        confidence -= 0.3
        reasons.append("titles are missing or all alike")
    fields = sum(share >= 0.5 for share in shares.values())
    return round(max(0.05, confidence + 0.01 * fields), 2), tuple(reasons)


def is_confirmed(how: Mapping[str, str]) -> bool:
    """Whether the posts themselves confirm the title, and one field more, or two are told by labels or a header: then
    this is a board, also without dates."""
    others = [way for field, way in how.items() if field in ("author", "hits", "number")]
    sure = [way for way in others if way in ("header", "label", "pages")]
    return how.get("title") == "article" and ("article" in (how.get("author"), how.get("hits")) or len(sure) > 1)


def counts_posts(listing: Listing) -> bool:
    """Whether what was read as hits are the keys of the posts, or falls by one from row to row."""
    rows = [row for row in listing.rows if row.hits is not None]
    keyed = sum(str(row.hits) == row.key for row in rows)
    falls = sum((above.hits or 0) - (below.hits or 0) == 1 for above, below in pairwise(rows))
    return len(rows) > FEWEST and (keyed * 5 >= len(rows) * 4 or falls == len(rows) - 1)


def is_held(row: Row, field: str) -> bool:
    value = row.posted if field == "date" else getattr(row, field)
    return value is not None
