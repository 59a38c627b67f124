"""Whether what looks like columns is a card, and what stands together in one column. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role, role_of, split_label, split_labels
from scraper.page.columns import is_whole
from scraper.page.document import line, within
from scraper.page.induce.lists.cards import alike
from scraper.page.induce.lists.groups import leaves_of
from scraper.page.induce.lists.slots import Slot, find_slots, is_badge
from scraper.page.induce.lists.telling import SURELY, tell
from scraper.page.parts import ListPart, Picks
from scraper.page.rows import Line

_FACTS = ("author", "date", "hits")
_BESIDE_TITLE = ("number", "category", "comments")


def with_facts(
    part: ListPart, how: dict[str, str], lines: Sequence[Line], roles: Mapping[int, Role], title: int, seen_at: datetime
) -> tuple[ListPart, dict[str, str]]:
    """The list part with the facts that stand together in one column, beside others or beside the titles."""
    left = [role for role in _FACTS if role not in how]
    width = max(len(entry.cells) for entry in lines)
    led = {at for at, role in roles.items() if role == "author" and how.get(role) == "label"}
    for at in (*(at for at in range(width) if at not in roles or at in led), title):
        rows = [entry for entry in lines if at < len(entry.cells) and entry.cells[at] is not None]
        if not left or len(rows) * 2 < len(lines):
            continue
        cells = [cell for entry in rows if (cell := entry.cells[at]) is not None]
        links = {place: entry.link for place, entry in enumerate(rows) if at == title}
        more = [role for role in _BESIDE_TITLE if at == title and role not in how and role not in part.fields]
        found, ways = _told_inside(cells, links, [*left, *more], seen_at)
        if found.keys() & set(left):
            return replace(part, together=at, fields={**part.fields, **found}), {**how, **ways}
    return part, how


def are_cards(lines: Sequence[Line]) -> bool:
    """Whether lines without a header, which are no rows of a table, have no columns."""
    return len({len(entry.cells) for entry in lines}) > 1 or _are_blocks(lines) or _are_linked_twice(lines)


def _are_linked_twice(lines: Sequence[Line]) -> bool:
    """Whether words in two cells open the same post: a headline and its summary."""
    twice = [any(_says_more(node, entry.link) for node in alike(entry.node, entry.link)) for entry in lines]
    return sum(twice) * 2 > len(lines)


def _says_more(node: LexborNode, link: LexborNode) -> bool:
    text = line(node)
    return not within(node, link) and not within(link, node) and not is_badge(text) and not is_whole(text)


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


def _told_inside(
    cells: Sequence[LexborNode], links: Mapping[int, LexborNode], open_fields: Collection[str], seen_at: datetime
) -> tuple[dict[str, Picks], dict[str, str]]:
    """Picks for what stands together in one column: the facts beside a title, to which ``links`` leads
    ("<a>…</a> <i>최누리 · 2026.11.20</i>"), or a line of them. Of ``open_fields`` only; a date or two facts."""
    slots = [slot for slot in find_slots(cells, links) if len(slot.leaves) * 2 >= len(cells)]
    title = next((slot for slot in slots if _opens(slot, links)), None)
    if links and title is None:
        return {}, {}
    fields, how = tell(cells, slots, title, seen_at)
    ways = (*SURELY, "shape") if "date" in how and not links else SURELY
    found = {role: picks for role, picks in fields.items() if role in open_fields and how[role] in ways}
    is_telling = "date" in found or len(found) > 1 or any(how[role] == "label" for role in found)
    return (found, {role: how[role] for role in found}) if is_telling else ({}, {})


def _opens(slot: Slot, links: Mapping[int, LexborNode]) -> bool:
    """Whether most of a place's texts stand in what opens the posts."""
    held = sum(at in links and within(leaf.node, links[at]) for at, leaf in slot.leaves.items())
    return held * 2 > len(slot.leaves)
