"""Making the list part of a Layout for a board that no engine knows, from its first page (and its second). Pure.

Every guess is tried: a draft layout counts by what the one reader of lists makes of the page with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from selectolax.lexbor import LexborNode

from scraper.errors import PageError
from scraper.korean.labels import Role, role_of, split_label, split_labels
from scraper.models import Listing, Row
from scraper.page.document import Document, line, within
from scraper.page.induce.cards import read_cards
from scraper.page.induce.columns import filled_up, told_columns
from scraper.page.induce.groups import Group, find_groups, leaves_of, told_by
from scraper.page.induce.keys import Keys, find_keys
from scraper.page.induce.selectors import names_of, selector_of, step, tag_of
from scraper.page.induce.signs import SECRET, comment_sign, file_sign, notice_sign, total_sign
from scraper.page.induce.slots import is_badge
from scraper.page.induce.tables import (
    Shape,
    author_picks,
    find_header,
    labelled_columns,
    lead_picks,
    shape_of,
    title_picks,
)
from scraper.page.listing import read_listing
from scraper.page.parts import Layout, ListPart
from scraper.page.rows import Line, find_lines, roles_by_header_of

NAME = "induced"
_MOST_GROUPS = 4
_UNDATED = 0.05
_SHAPELESS = 0.1
_MORE = 0.04
"""What a field more is worth when two drafts read a page equally surely."""
_BARE = 0.2
"""What it costs that nothing but words stands beside the titles: so do boxes of headlines."""
_TELLING = frozenset(("date", "hits", "number", "author"))
_FEW = 0.25
"""How much less a draft is worth that reads hardly any rows, beside one that reads a list."""
_FEWEST = 3
_LONELY = 0.4
"""What it costs that only one thing on the page looks like a row, and nothing heads it."""
_WAYS = {"header": 0.9, "article": 0.9, "pages": 0.9, "label": 0.88, "alone": 0.84, "class": 0.84, "shape": 0.72}
_NUMBERED = {"hits": "number"}
_FIELDS = ("date", "author", "hits", "number")


@dataclass(frozen=True, slots=True)
class InducedList:
    """A list part that reads its page, with how sure each field is."""

    layout: Layout
    listing: Listing
    confidence: float
    reasons: tuple[str, ...]
    how: Mapping[str, str]
    """Field → how it was told: by header, label, class or shape (alone: nothing else there is of that kind);
    article where the posts themselves confirm it, pages where the next page does."""
    is_told_apart: bool
    """Nothing but the key tells the posts apart."""


def induce_listing(document: Document, seen_at: datetime) -> InducedList | None:
    """The layout that reads most of this list page; None when nothing on it looks like the rows of a board."""
    found: list[InducedList] = []
    read: list[LexborNode] = []
    groups = find_groups(document, seen_at)
    for group in groups[:_MOST_GROUPS]:
        if group.score * 4 < groups[0].score:
            break
        if any(within(container, record) for container in read for record in group.records):
            continue  # what stands around a list
        keys = find_keys(document, group.records)
        if keys is None:
            continue
        for layout, how in _drafts(document, group, keys, seen_at):
            tried = _try(document, layout, how, keys, seen_at)
            if tried is not None:
                found.append(tried)
                read.append(group.container)
        if any(each.confidence >= 0.8 for each in found):
            break
    return max(found, key=_rank, default=None)


def _rank(found: InducedList) -> float:
    """How much of the page a draft reads, and how surely."""
    return found.confidence + _MORE * len(found.how) - (_FEW if len(found.listing.rows) < _FEWEST else 0)


def _drafts(document: Document, group: Group, keys: Keys, seen_at: datetime) -> Iterator[tuple[Layout, dict[str, str]]]:
    shape = shape_of(group, seen_at)
    if shape is not None:
        for layout, how in _as_table(document, group, shape, keys, seen_at):
            yield layout, how
            if "header" in how.values():
                return  # what its header calls another thing (수정일) is not to be taken for a date
    links = {place: opener.node for place, opener in keys.openers.items()}
    cards = read_cards(group.records, links, seen_at)
    if cards is not None:
        part = replace(_where(document, group, "", seen_at), cells=(), fields=cards.fields)
        yield _complete(document, part, keys, group, seen_at), dict(cards.how)


def _where(document: Document, group: Group, wrap: str, seen_at: datetime) -> ListPart:
    """Which elements are the rows: in a named container, else by their shape anywhere on the page."""
    container = group.container
    scope = selector_of(document.root, container)
    if group.tag == "tr":
        need = told_by(group.records, seen_at)
        if need is not None and (scope is None or not ("#" in scope or "." in scope) or scope.count(":nth-") > 1):
            return ListPart(rows="tr", needs=("link", need))
        return ListPart(rows="tr", scope=scope)
    if group.tag == "td":
        return ListPart(rows=f"{scope or step(container)} td{wrap}", scope=scope)
    return ListPart(rows=f"{scope or step(container)} > {_tag(group)}{wrap}", scope=scope)


def _tag(group: Group) -> str:
    """The tag of the records, with a class that all of them have."""
    shared = set.intersection(*(set(names_of(record)) for record in group.records)) if group.records else set()
    tag = tag_of(group.records[0])
    return f"{tag}.{min(shared)}" if shared else tag


def _as_table(
    document: Document, group: Group, shape: Shape, keys: Keys, seen_at: datetime
) -> Iterator[tuple[Layout, dict[str, str]]]:
    part = replace(_where(document, group, shape.wrap, seen_at), cells=shape.tags, more=shape.more)
    if header := find_header(document, group, shape):
        part = replace(part, header=header[0], cells=tuple(dict.fromkeys((*part.cells, header[1]))))
    draft = Layout(name=NAME, identity=keys.identity, list=part)
    lines, _ = find_lines(document, draft, shape.rows, seen_at)
    is_bare = group.tag != "tr" and not header
    if not lines or (is_bare and (len({len(entry.cells) for entry in lines}) > 1 or _are_blocks(lines))):
        return
    texts = [entry.texts for entry in lines]
    roles: dict[int, Role] = roles_by_header_of(document, draft, lines, seen_at)
    how: dict[str, str] = {role: "header" for role in roles.values() if role != "other"}
    width = max(map(len, texts), default=0)
    if roles:
        open_roles, further = filled_up(texts, roles, seen_at)
        if further:
            part = replace(part, columns=tuple(open_roles.get(at, "") for at in range(width)))
        roles, how = {**roles, **open_roles}, how | further
    else:
        places, opened = [entry.place for entry in lines], [entry.key for entry in lines]
        roles, how = told_columns(texts, places, labelled_columns(shape), seen_at, opened)
        part = replace(part, columns=tuple(roles.get(at, "") for at in range(width)))
    column = next((at for at, role in roles.items() if role == "title"), None)
    if column is None:
        return
    fields = author_picks(shape, roles)
    if picks := title_picks(shape, keys.openers, column):
        fields["title"] = picks
    for role, picks in lead_picks(shape, keys.openers, column).items():
        if role not in how:
            fields[role], how[role] = picks, "shape"
    part = replace(part, fields=fields)
    yield _complete(document, part, keys, group, seen_at), how


def _are_blocks(lines: Sequence[Line]) -> bool:
    """Whether what looks like cells are blocks of a card: beside the title's they hold several facts."""
    mixed = [
        any(at != entry.place and cell is not None and _facts_in(cell) > 1 for at, cell in enumerate(entry.cells))
        for entry in lines
    ]
    return sum(mixed) * 2 > len(lines)


def _facts_in(cell: LexborNode) -> int:
    """How many facts a cell tells: its elements that say something, labels and badges aside, or its labelled values and
    what stands before them."""
    text = line(cell)
    if split_label(text) is None and (told := split_labels(text)):
        return 1 + len(told)
    return sum(role_of(leaf.text) is None and not is_badge(leaf.text) for leaf in leaves_of(cell))


def _complete(document: Document, part: ListPart, keys: Keys, group: Group, seen_at: datetime) -> Layout:
    part = replace(part, notice=notice_sign(group.records), secret=SECRET, file=file_sign(group.records))
    comments = comment_sign(opener.node for opener in keys.openers.values())
    if comments and "comments" not in (*part.columns, *part.fields):
        part = replace(part, fields={**part.fields, "comments": comments})
    return Layout(name=NAME, identity=keys.identity, list=part)


def _try(document: Document, layout: Layout, how: dict[str, str], keys: Keys, seen_at: datetime) -> InducedList | None:
    try:
        listing = read_listing(document, layout, seen_at)
        total = total_sign(document, layout, listing)
        if total is not None:
            layout = replace(layout, list=replace(layout.list, total=total))
            listing = read_listing(document, layout, seen_at)
    except PageError:
        return None
    if not listing.rows or not (_TELLING & how.keys() or "header" in how.values()):
        return None  # a menu, a box of headlines
    if how.get("hits") in ("alone", "shape") and "number" not in how and _counts_posts(listing):
        part = layout.list
        fields = {_NUMBERED.get(role, role): picks for role, picks in part.fields.items()}
        columns = tuple(_NUMBERED.get(role, role) for role in part.columns)
        how = {_NUMBERED.get(role, role): "shape" if role == "hits" else way for role, way in how.items()}
        return _try(document, replace(layout, list=replace(part, fields=fields, columns=columns)), how, keys, seen_at)
    blind = {field for field in how if field in _FIELDS and not any(_held(row, field) for row in listing.rows)}
    if blind:  # a label that stands there without a value
        fields = {role: picks for role, picks in layout.list.fields.items() if role not in blind}
        columns = tuple("" if role in blind else role for role in layout.list.columns)
        layout = replace(layout, list=replace(layout.list, fields=fields, columns=columns))
        how = {field: way for field, way in how.items() if field not in blind}
    confidence, reasons = how_sure(listing, how, is_told_apart=keys.is_sure)
    return InducedList(layout, listing, confidence, reasons, how, keys.is_sure)


def _counts_posts(listing: Listing) -> bool:
    """Whether what was read as hits are the keys of the posts, or falls by one from row to row."""
    rows = [row for row in listing.rows if row.hits is not None]
    keyed = sum(str(row.hits) == row.key for row in rows)
    falls = sum((above.hits or 0) - (below.hits or 0) == 1 for above, below in pairwise(rows))
    return len(rows) > _FEWEST and (keyed * 5 >= len(rows) * 4 or falls == len(rows) - 1)


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
    shares = {field: sum(_held(row, field) for row in rows) / len(rows) for field in how if field in _FIELDS}
    for field, share in shares.items():
        if share < (0.9 if field == "date" else 0.5):
            confidence -= 0.15
            reasons.append(f"{field} is missing in {round((1 - share) * 100)} % of the rows")
    if "date" not in how and not dated:
        confidence -= _UNDATED if is_confirmed(how) else 0.2
        reasons.append("no dates")
    told = {"date", "hits", "number"} & how.keys() or [way for way in how.values() if way in ("header", "label")]
    if not told and not is_confirmed(how):
        confidence -= _BARE
        reasons.append("nothing but titles and names")
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
    if len(rows) < _FEWEST:
        confidence -= _LONELY if len(listing.rows) == 1 and "header" not in how.values() else 0.1
        reasons.append("hardly any rows")
    if listing.unread:
        confidence -= 0.1
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


def _held(row: Row, field: str) -> bool:
    value = row.posted if field == "date" else getattr(row, field)
    return value is not None
