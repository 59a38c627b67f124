"""Groups of records that are one list in several pieces: notices in a table of their own, four pictures a row. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.page.document import Document, ancestors, same, within
from scraper.page.induce.lists.groups import Group
from scraper.page.induce.lists.keys import Keys, find_keys
from scraper.page.induce.lists.tables import shape_of
from scraper.page.induce.selectors import names_of, tag_of

_FURTHEST = 3
"""How far above the records' own container that of all pieces may stand."""
_MOST = 40


def joined(document: Document, group: Group, keys: Keys, groups: Sequence[Group], seen_at: datetime) -> Group:
    """The group with its other pieces: built alike, in containers of the same kind on the same level, and opening the
    same posts. The group itself where there are none."""
    pieces = [group]
    around: LexborNode | None = None
    for other in groups[:_MOST]:
        held = _common(group.container, other.container) if _are_alike(group, other, seen_at) else None
        if held is None or (around is not None and not same(held, around)):
            continue
        others = find_keys(document, other.records)
        if others is None or others.identity.key != keys.identity.key or not _opens_alike(keys, others):
            continue
        around = held
        pieces.append(other)
    if around is None:
        return group
    first = {record.mem_id: record for piece in pieces for record in piece.records}
    records = tuple(node for node in around.css(group.tag) if node.mem_id in first)
    return Group(around, group.tag, records, sum(piece.score for piece in pieces), steps_to(group.container, around))


def steps_to(container: LexborNode, around: LexborNode) -> tuple[str, ...]:
    """The tags on the way from what holds all pieces down to a piece, its own included."""
    steps = [tag_of(container)]
    for outer in ancestors(container):
        if same(outer, around):
            break
        steps.append(tag_of(outer))
    return tuple(reversed(steps))


def _are_alike(group: Group, other: Group, seen_at: datetime) -> bool:
    if other is group or other.tag != group.tag or other.container.tag != group.container.tag or group.tag == "td":
        return False
    if within(other.container, group.container) or within(group.container, other.container):
        return False
    own, theirs = set(names_of(group.container)), set(names_of(other.container))
    if not (own & theirs) and (own or theirs):
        return False
    if group.tag != "tr":
        first, second = set(names_of(group.records[0])), set(names_of(other.records[0]))
        return bool(first & second) or not (first or second)
    one, two = shape_of(group, seen_at), shape_of(other, seen_at)
    return one is not None and two is not None and len(one.cells(one.rows[0])) == len(two.cells(two.rows[0]))


def _common(one: LexborNode, other: LexborNode) -> LexborNode | None:
    """What holds both on the same level, by elements of the same tags."""
    for _ in range(_FURTHEST):
        above, beside = one.parent, other.parent
        if above is None or beside is None or above.tag in ("body", "html"):
            return None
        if same(above, beside):
            return above
        if above.tag != beside.tag:
            return None
        one, other = above, beside
    return None


def _opens_alike(keys: Keys, others: Keys) -> bool:
    """Whether the posts of both are opened by the same address or function."""

    def ways(keys: Keys) -> set[str]:
        return {
            opener.call.name if opener.call is not None else (opener.url or "").partition("?")[0].rpartition("/")[0]
            for opener in keys.openers.values()
        }

    return bool(ways(keys) & ways(others))
