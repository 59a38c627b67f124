"""Making the list part of a Layout for a board that no engine knows, from its first page (and its second). Pure.

Every guess is tried: a draft layout counts by what the one reader of lists makes of the page with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.errors import PageError
from scraper.korean.labels import Role
from scraper.models import Listing
from scraper.page.document import Document, closest, within
from scraper.page.induce.lists.cards import open_persons, read_cards
from scraper.page.induce.lists.cell_picks import author_picks, lead_picks, title_picks
from scraper.page.induce.lists.columns import filled_up, told_columns
from scraper.page.induce.lists.groups import Group, find_groups, have_periods, told_by
from scraper.page.induce.lists.joins import joined
from scraper.page.induce.lists.keys import Keys, find_keys
from scraper.page.induce.lists.signs import SECRET, comment_sign, file_sign, notice_sign, total_sign
from scraper.page.induce.lists.sureness import FEWEST, FIELDS, counts_posts, how_sure, is_held
from scraper.page.induce.lists.tables import Shape, awaits_rows, find_header, labelled_columns, shape_of
from scraper.page.induce.lists.together import are_cards, with_facts
from scraper.page.induce.selectors import names_of, selector_of, step, tag_of
from scraper.page.listing import read_listing
from scraper.page.parts import Layout, ListPart
from scraper.page.roles import roles_by_header_of
from scraper.page.rows import find_lines

NAME = "induced"
_MOST_GROUPS = 4
_MORE = 0.04
"""What a field more is worth when two drafts read a page equally surely."""
_LIKE = 0.3
"""What it is worth to look as much like the rows of a board as the group on the page that does most."""
_TELLING = frozenset(("date", "hits", "number", "author", "other"))
_PASSED_OVER = 0.15
"""What it costs that another part of the page looks more like a list."""
_ASIDE = 0.25
"""What it costs that the page itself says that the list stands beside what it shows."""
_FEW = 0.25
"""How much less a draft is worth that reads hardly any rows, beside one that reads a list."""
_NUMBERED = {"hits": "number"}


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
    found: list[tuple[float, InducedList]] = []
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
        whole = joined(document, group, keys, groups, seen_at)
        if whole is not group and (all_keys := find_keys(document, whole.records)) is not None:
            group, keys = whole, all_keys
        for layout, how in _drafts(document, group, keys, seen_at):
            tried = _try(document, layout, how, keys, seen_at)
            if tried is not None and closest(group.container, ("aside",)) is not None:
                reason = "the list stands in a box beside the page"
                tried = replace(tried, confidence=round(tried.confidence - _ASIDE, 2), reasons=(*tried.reasons, reason))
            if tried is not None:
                found.append((_rank(tried) + _LIKE * group.score / groups[0].score, tried))
                read.append(group.container)
        if any(each.confidence >= 0.8 for _, each in found):
            break
    best = max(found, key=lambda entry: entry[0])[1] if found else None
    if best is not None and "header" not in best.how.values() and awaits_rows(document):
        return None
    if best is not None and not any(_overlap(groups[0].container, container) for container in read):
        reason = "what looks most like the rows of a board could not be read"
        best = replace(best, confidence=round(best.confidence - _PASSED_OVER, 2), reasons=(*best.reasons, reason))
    return best


def _overlap(one: LexborNode, other: LexborNode) -> bool:
    return within(one, other) or within(other, one)


def _rank(found: InducedList) -> float:
    """How much of the page a draft reads, and how surely."""
    return found.confidence + _MORE * len(found.how) - (_FEW if len(found.listing.rows) < FEWEST else 0)


def _drafts(document: Document, group: Group, keys: Keys, seen_at: datetime) -> Iterator[tuple[Layout, dict[str, str]]]:
    links = {place: opener.node for place, opener in keys.openers.items()}
    if open_persons(links):
        return
    shape = shape_of(group, seen_at)
    if shape is not None:
        for layout, how in _as_table(document, group, shape, keys, seen_at):
            yield layout, how
            if "header" in how.values():
                return  # what its header calls another thing (수정일) is not to be taken for a date
    cards = read_cards(group.records, links, seen_at)
    if cards is not None:
        part = replace(_where_cards(document, group, seen_at), cells=(), fields=cards.fields)
        how = {**cards.how, **({"other": "shape"} if have_periods(group.records) else {})}
        yield _complete(document, part, keys, group, seen_at), how


def _where(document: Document, group: Group, wrap: str, seen_at: datetime) -> ListPart:
    """Which elements are the rows: in a named container, else by their shape anywhere on the page."""
    container = group.container
    scope = selector_of(document.root, container)
    if group.steps:
        body = group.records[0].parent
        inner = (*group.steps, tag_of(body)) if group.tag == "tr" and body is not None else group.steps
        return ListPart(rows=f"{scope or step(container)} > {' > '.join((*inner, _tag(group)))}{wrap}", scope=scope)
    if group.tag == "tr" and any(record.css_first("table") for record in group.records):
        return _where_cards(document, group, seen_at)
    if group.tag == "tr":
        need = told_by(group.records, seen_at)
        if need is not None and (scope is None or not ("#" in scope or "." in scope) or scope.count(":nth-") > 1):
            return ListPart(rows="tr", needs=("link", need))
        return ListPart(rows="tr", scope=scope)
    if group.tag == "td":
        row = group.records[0].parent
        way = f"> {tag_of(row.parent)} > tr > td" if row is not None and row.parent is not None else "td"
        return ListPart(rows=f"{scope or step(container)} {way}{wrap}", scope=scope)
    return ListPart(rows=f"{scope or step(container)} > {_tag(group)}{wrap}", scope=scope)


def _where_cards(document: Document, group: Group, seen_at: datetime) -> ListPart:
    """The same of records without columns: of rows of a table, which may hold tables, those of that one only."""
    body = group.records[0].parent if group.tag == "tr" and not group.steps else None
    scope = selector_of(document.root, group.container) if body is not None else None
    if group.tag != "tr" or group.steps:
        return _where(document, group, "", seen_at)
    if body is None or scope is None:
        return ListPart(rows="tr", needs=("link", "date"))
    return ListPart(rows=f"{scope} > {tag_of(body)} > tr", scope=scope)


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
    if not lines and "date" in part.needs:  # it tells a stretch of time, no day
        part = replace(part, needs=("link", "number"))
        draft = replace(draft, list=part)
        lines, _ = find_lines(document, draft, shape.rows, seen_at)
    is_bare = group.tag != "tr" and not header
    if not lines or (is_bare and are_cards(lines)):
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
    part, how = with_facts(replace(part, fields=fields), how, lines, roles, column, seen_at)
    yield _complete(document, part, keys, group, seen_at), how


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
    if how.get("hits") in ("alone", "shape") and "number" not in how and counts_posts(listing):
        part = layout.list
        fields = {_NUMBERED.get(role, role): picks for role, picks in part.fields.items()}
        columns = tuple(_NUMBERED.get(role, role) for role in part.columns)
        how = {_NUMBERED.get(role, role): "shape" if role == "hits" else way for role, way in how.items()}
        return _try(document, replace(layout, list=replace(part, fields=fields, columns=columns)), how, keys, seen_at)
    blind = {field for field in how if field in FIELDS and not any(is_held(row, field) for row in listing.rows)}
    if blind:  # a label that stands there without a value
        fields = {role: picks for role, picks in layout.list.fields.items() if role not in blind}
        columns = tuple("" if role in blind else role for role in layout.list.columns)
        layout = replace(layout, list=replace(layout.list, fields=fields, columns=columns))
        how = {field: way for field, way in how.items() if field not in blind}
        if not _TELLING & how.keys() and "header" not in how.values():
            return None
    confidence, reasons = how_sure(listing, how, is_told_apart=keys.is_sure)
    return InducedList(layout, listing, confidence, reasons, how, keys.is_sure)
