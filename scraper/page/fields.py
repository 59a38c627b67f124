"""The fields of a row: what a layout says about them, made ready for one page, and their texts. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role
from scraper.page.document import ids, line
from scraper.page.parts import ListPart, Pick, Picks
from scraper.page.picks import Scope, pick
from scraper.page.rows import Line

_INSIDE_TITLE = ("number", "category", "comments")
"""What a row may hold without a column of its own."""


class Way(NamedTuple):
    """A Pick made ready: by its selector alone, or as it is (``whole``) where it takes more to be found."""

    select: str
    drop: str
    attribute: str | None
    pattern: re.Pattern[str] | None
    whole: Pick | None


@lru_cache(maxsize=512)
def _ways(picks: Picks) -> tuple[Way, ...]:
    return tuple(map(_way, picks))


def _way(each: Pick) -> Way:
    is_plain = each.count == "optional" and not any((each.label, each.after, each.before, each.remark))
    return Way(
        each.select or "",
        ", ".join(each.drop),
        each.source.removeprefix("attr:") if each.source != "text" else None,
        re.compile(each.pattern) if each.pattern is not None else None,
        None if is_plain and each.select else each,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a layout the rows of one page can have: a selector that finds nothing around all rows finds nothing in
    one."""

    fields: Mapping[str, tuple[Way, ...]]
    has_author: bool
    """Whether a selector finds the authors by name, not as a part of a line or by their place."""
    notice: str | None
    secret: str | None
    file: str | None
    is_titled: bool
    """Whether any element has a ``title=``."""
    is_pictured: bool
    """Whether any image has words (``alt=``)."""


def standing(part: ListPart, scope: LexborNode) -> Standing:
    """``scope`` is what stands around all rows."""

    def found(selector: str | None) -> str | None:
        return selector if selector and scope.css_first(selector) is not None else None

    def may_find(way: Way) -> bool:
        return not way.select or (way.whole is not None and way.whole.count != "optional") or bool(found(way.select))

    def standing_ways(picks: Picks) -> tuple[Way, ...]:
        ways = [way for way in _ways(picks) if may_find(way)]
        return tuple(way._replace(drop=found(way.drop) or "") if way.drop else way for way in ways)

    fields: dict[str, tuple[Way, ...]] = {role: standing_ways(picks) for role, picks in part.fields.items()}
    return Standing(
        fields,
        any(way.select and not _is_part(way) for way in fields.get("author", ())),
        found(part.notice),
        found(part.secret),
        found(part.file),
        found("[title]") is not None,
        found("img[alt]") is not None,
    )


def _is_part(way: Way) -> bool:
    """Whether it takes a part of a line, or whatever stands at some place: other facts may stand there too."""
    pattern = way.pattern if way.whole is None else way.whole.pattern
    return pattern is not None or ":nth-" in way.select


class Field(NamedTuple):
    """How one field is read in rows whose columns are known."""

    place: int | None
    """Its column."""
    ways: tuple[Way, ...]
    in_row: bool
    """Whether the ways lead anywhere in a row without that column."""
    home: int | None
    """The column in which they are then followed: the title's, for what stands beside it; None: the whole row."""


def fields_in(standing: Standing, part: ListPart, places: Mapping[str, int]) -> Mapping[str, Field]:
    """The fields of rows with these columns."""
    free = not places or not part.cells
    return {
        role: Field(
            places.get(role),
            standing.fields.get(role, ()),
            free or role in _INSIDE_TITLE or part.together is not None,
            places.get("title") if role in _INSIDE_TITLE else part.together,
        )
        for role in (*places, *standing.fields)
    }


def picked_text(entry: Line, fields: Mapping[str, Field], role: Role, url: str) -> str | None:
    """What the layout's picks find of one field: in its column, or in the row where rows have no columns. A label is
    looked for in the whole row as well, for a row may have other columns than its neighbours."""
    field = fields.get(role)
    if field is None or not field.ways:
        return None
    cell = _cell(entry, field.place)
    if cell is None and not field.in_row:
        return None
    around = cell if cell is not None else _cell(entry, field.home)
    text = _first_picked(entry, field, url) if role == "title" else None
    if text is None:
        text = _picked(entry.node if around is None else around, field.ways, role, url)
    if text is None and cell is not None:
        labelled = tuple(way for way in field.ways if way.whole is not None and way.whole.label is not None)
        text = _picked(entry.node, labelled, role, url)
    return text


def column_text(entry: Line, fields: Mapping[str, Field], role: Role) -> str:
    """The text of the column of one field; empty where it has none. A name may be a button that opens a menu."""
    field = fields.get(role)
    cell = _cell(entry, field.place) if field is not None else None
    if field is None or field.place is None or cell is None:
        return ""
    button = cell.css_first("button") if role == "author" and not entry.texts[field.place] else None
    return entry.texts[field.place] if button is None else line(button)


def field_text(entry: Line, fields: Mapping[str, Field], role: Role, url: str) -> str:
    """The text of one field: by the layout's picks, else its column."""
    field = fields.get(role)
    if field is None:
        return ""
    text = picked_text(entry, fields, role, url) if field.ways else None
    return column_text(entry, fields, role) if text is None else text


def _cell(entry: Line, place: int | None) -> LexborNode | None:
    return entry.cells[place] if place is not None and place < len(entry.cells) else None


def _first_picked(entry: Line, field: Field, url: str) -> str | None:
    """The title, where the first of its ways is by what the link was found: then nothing need be looked for again."""
    way = field.ways[0]
    is_inside = field.place is None or field.place == entry.place
    return _text(entry.link, way) if is_inside and way.whole is None and way.select == entry.first_by else None


def _picked(node: LexborNode, ways: tuple[Way, ...], name: str, url: str) -> str | None:
    """The first text that one of the ways gives, as ``pick`` does."""
    for way in ways:
        if way.whole is not None:
            picked = pick(Scope(node, url), (way.whole,), name)
            if picked is not None:
                return picked.text
            continue
        for inner in node.css(way.select):
            if text := _text(inner, way):
                return text
    return None


def _text(node: LexborNode, way: Way) -> str | None:
    """What a way gives of one element that its selector finds; None for nothing."""
    if way.attribute is not None:
        text = (node.attributes.get(way.attribute) or "").strip()
    else:
        text = line(node, ids(node.css(way.drop)) if way.drop else ())
    if way.pattern is not None:
        found = way.pattern.search(text)
        text = (found[1] or "").strip() if found else ""
    return text or None
