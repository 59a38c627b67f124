"""Whether a draft layout is right: what the list says of posts against what their own pages say. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from scraper.errors import PageError
from scraper.models import Article, Listing, Row
from scraper.page.document import Document
from scraper.page.induce.lists.listing import InducedList
from scraper.page.induce.lists.sureness import how_sure
from scraper.page.listing import read_listing, stem_of
from scraper.page.parts import Identity
from scraper.urls import query_value

_MOST_READERS = 1000
"""So many may have read a post between the list and its own page."""
_LEAST_NUMBERS = 3
_COMPARED = ("title", "author", "date", "hits")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one field: in how many posts list and article say the same, and in how many they do not."""

    same: int = 0
    different: int = 0


def compare(pairs: Iterable[tuple[Row, Article]]) -> dict[str, Agreement]:
    """What rows and their articles both say, field by field; what one of them does not say counts for nothing."""
    found = {name: Agreement() for name in _COMPARED}
    for row, article in pairs:
        for name in _COMPARED:
            alike = _alike(name, row, article)
            if alike is not None:
                held = found[name]
                found[name] = Agreement(held.same + alike, held.different + (not alike))
    return found


def _alike(name: str, row: Row, article: Article) -> bool | None:
    if name == "title":
        return is_same_title(row.title, article.title or "")
    if name == "author":
        return _same_name(row.author, article.author) if row.author and article.author else None
    if name == "hits":
        if row.hits is None or article.hits is None:
            return None
        return row.hits <= article.hits <= row.hits + _MOST_READERS
    if row.posted is None or article.posted is None or not row.posted.date or not article.posted.date:
        return None
    return row.posted.date == article.posted.date


def is_same_title(listed: str, own: str) -> bool:
    """Whether a list's title (perhaps cut, perhaps without its category) and that of the article are one."""
    short, full = _squash(stem_of(listed)), _squash(own)
    return bool(short) and (full == short or full.startswith(short) or full.endswith(short) or short.endswith(full))


def _same_name(listed: str, own: str) -> bool:
    short, full = sorted((_squash(stem_of(listed)), _squash(stem_of(own))), key=len)
    return bool(short) and short in full


def _squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def mended(document: Document, found: InducedList, articles: Mapping[str, Article], seen_at: datetime) -> InducedList:
    """The list part after the articles were heard: columns that were told by shape alone and that the articles deny
    are looked for among the others; those they confirm count as told by them."""
    for field in ("hits", "author", "date"):
        if found.how.get(field) in (None, "header", "label", "class"):
            continue
        agreed = compare(_pairs(found.listing, articles))[field]
        if agreed.different > agreed.same:
            found = _moved(document, found, field, articles, seen_at)
    how = dict(found.how)
    for field, agreed in compare(_pairs(found.listing, articles)).items():
        if agreed.same > 1 and not agreed.different and field in how:
            how[field] = "article"
    dated = any(article.posted is not None for article in articles.values())
    confidence, reasons = how_sure(found.listing, how, is_told_apart=found.is_told_apart, dated=dated)
    return replace(found, how=how, confidence=confidence, reasons=reasons)


def _pairs(listing: Listing, articles: Mapping[str, Article]) -> list[tuple[Row, Article]]:
    return [(row, articles[row.key]) for row in listing.rows if row.key in articles]


def _moved(
    document: Document, found: InducedList, field: str, articles: Mapping[str, Article], seen_at: datetime
) -> InducedList:
    """The same with another column for a field: the one with which the articles agree; none when no other does."""
    columns = found.layout.list.columns
    for place, role in [*((at, role) for at, role in enumerate(columns) if role != "title"), (None, "")]:
        moved = tuple("" if each == field else field if at == place else each for at, each in enumerate(columns))
        if moved == columns or (place is not None and role and role not in ("votes", "comments", "other", "hits")):
            continue
        layout = replace(found.layout, list=replace(found.layout.list, columns=moved))
        try:
            listing = read_listing(document, layout, seen_at)
        except PageError:
            continue
        agreed = compare(_pairs(listing, articles))[field]
        if place is None or (agreed.same and not agreed.different):
            how = {name: way for name, way in found.how.items() if name != field or place is not None}
            return replace(found, layout=layout, listing=listing, how=how)
    return found


def counted(found: InducedList, second: Listing | None) -> InducedList:
    """The list part with a number that was told by its shape and that the pages confirm: it falls by one from row to
    row, from page to page or down to the first post; or it is each post's key."""
    if found.how.get("number") not in ("shape", "class"):
        return found
    pages = [found.listing, *([second] if second is not None else [])]
    rows = [row for page in pages for row in page.rows if not row.is_notice]
    numbers = [row.number for row in rows if row.number is not None]
    is_id = all(row.key == str(row.number) for row in rows)
    falls = all(above - below == 1 for above, below in pairwise(numbers))
    ends = second is not None or (bool(numbers) and numbers[-1] == 1)
    if len(numbers) < max(_LEAST_NUMBERS, len(rows)) or not (is_id or (falls and ends)):
        return found
    return replace(found, how={**found.how, "number": "pages"})


def widened(document: Document, found: InducedList, other: InducedList | None, seen_at: datetime) -> InducedList:
    """The list part with what only another page has shown: badges and counts of comments inside titles, the class of
    notices. Nothing that changes how the first page reads."""
    if other is None:
        return found
    part, more = found.layout.list, other.layout.list
    if (part.rows, part.scope, part.cells) != (more.rows, more.scope, more.cells):
        return found
    learned: dict[str | None, tuple[str, ...]] = {}
    for each in more.fields.get("title", ()):
        learned[each.select] = (*learned.get(each.select, ()), *each.drop)
    picks = part.fields.get("title", ()) or more.fields.get("title", ())
    picks = tuple(
        replace(each, drop=tuple(dict.fromkeys((*each.drop, *learned.get(each.select, ()))))) for each in picks
    )
    comments = {role: ways for role, ways in more.fields.items() if role == "comments" and role not in part.columns}
    fields = {**comments, **part.fields, **({"title": picks} if picks else {})}
    wide = replace(part, fields=fields, notice=part.notice or more.notice, file=part.file or more.file)
    layout = replace(found.layout, list=wide)
    try:
        listing = read_listing(document, layout, seen_at)
    except PageError:
        return found
    same = [replace(row, comments=None, has_file=None) for row in found.listing.rows]
    if [replace(row, comments=None, has_file=None) for row in listing.rows] != same:
        return found
    return replace(found, layout=layout, listing=listing)


def passing(identity: Identity, pages: Sequence[Listing]) -> Identity:
    """The identity without the parameters that only say on which page of the list a post stood."""
    if len(pages) < 2:
        return identity
    told = [[row.ask.url for row in listing.rows if row.ask is not None] for listing in pages]
    names = {
        part.partition("=")[0] for urls in told for url in urls for part in url.partition("?")[2].split("&") if part
    }
    own = {source.partition(":")[2] for source in identity.key}
    drop = []
    for name in sorted(names - own):
        values = [{query_value(url, name) for url in urls} for urls in told]
        if all(len(each) == 1 for each in values) and values[0] != values[1]:
            drop.append(name)
    return replace(identity, drop=(*identity.drop, *drop)) if drop else identity
