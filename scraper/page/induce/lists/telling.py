"""What the places of repeated records tell beside the title: by labels, by class, by what they hold. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.korean.dates import read_date
from scraper.korean.labels import role_of
from scraper.korean.lines import is_tool
from scraper.page.columns import kind_of, like_readers
from scraper.page.document import ancestors, line, same, within
from scraper.page.induce.facts import led_part, own_date, parted, split_date
from scraper.page.induce.lists.columns import CLOCK, falls
from scraper.page.induce.lists.labels import (
    is_led,
    label_before,
    label_behind,
    labels_of,
    named_otherwise,
    stand_in,
)
from scraper.page.induce.lists.pictured import pictured_names
from scraper.page.induce.lists.slots import (
    BADGE,
    COUNT,
    Slot,
    are_places,
    common_label,
    is_category,
    is_counts,
    is_dates,
    is_words,
    names_office,
)
from scraper.page.induce.selectors import path_from_end, step, tag_of
from scraper.page.parts import Pick, Picks

_WORDED = ("author", "category", "other", "files", "comments", "votes")
_MARKS = r"\s/|│·:,"
"""What may stand round a value beside its neighbours."""
_BARE = r"^(\d[\d,]*|\D+)(?:\s*[회번건명])?$"
"""A number by itself or with its unit, or the mark of a notice in its place."""
_SHORT = r"^(.{1,14})$"
"""A category; in a notice without a number something else may stand in its place."""
SURELY = ("label", "class", "alone")
"""Ways in which a field is told beyond its shape."""


def tell(
    records: Sequence[LexborNode], slots: Sequence[Slot], title: Slot | None, seen_at: datetime
) -> tuple[dict[str, Picks], dict[str, str]]:
    """Picks for the fields that stand in these places, and how each was told: "label", "class", "alone" or "shape".
    ``title`` is the place of the titles; None where that is none of these."""
    fields: dict[str, Picks] = {}
    how: dict[str, str] = {}
    title_at = slots.index(title) if title is not None else -1
    taken = {title.path} if title is not None else set()
    for slot in slots:
        slot.drop = _title_in(slot, title)
    mixed: list[Slot] = []
    first: Slot | None = None
    tags = sorted({slot.path.rpartition(" > ")[2].partition(".")[0].partition(":")[0] for slot in slots})
    for slot in slots:
        if slot.path in taken:
            continue
        is_line = bool(parted(slot, {}, seen_at))
        for role in labels_of(slot):
            if role == "author" and role in fields and names_office(first) and not names_office(slot):
                del fields[role]  # a department gives way to a person
            if role in ("other", "files") or role in fields:
                taken.add(slot.path)
                continue
            first = slot if role == "author" else first
            generic = Pick(select=", ".join(tags), label=role)
            exact = led_part(slot, role).get(role, ()) if role == "author" else ()  # its label may have no colon
            fields[role] = (*exact, Pick(select=slot.path, label=role), generic)
            how[role] = "label"
            mixed.append(slot)
        lead = None if is_line else common_label(slot.texts)
        if lead is not None and lead[0] in _WORDED:
            role, label = lead
            if role in ("author", "category") and (role not in fields or (role == "author" and names_office(first))):
                fields[role], how[role] = (Pick(select=slot.path, pattern=rf"^{label}(.+)"),), "label"
                first = slot if role == "author" else first
            taken.add(slot.path)
        if slot in mixed or all(role_of(text) is not None for text in slot.texts):
            taken.add(slot.path)
        if (ahead := label_before(slot, seen_at)) is not None:
            role, values = ahead
            taken.update(other.path for other in slots if stand_in(other, values))
            if role not in fields:
                fields[role], how[role] = (
                    (Pick(select=tag_of(next(iter(slot.leaves.values())).node), label=role),),
                    "label",
                )
        if (labelled := label_behind(slot)) is not None and labelled[0] not in fields:
            role, tag = labelled
            fields[role], how[role] = (Pick(select=tag, label=role),), "label"
    for slot in mixed:
        parts = parted(slot, fields, seen_at)
        fields.update(parts)
        how.update(dict.fromkeys(parts, "alone"))
    taken.update(slot.path for slot in slots if is_led(slot))
    apart = named_otherwise(slots)
    taken.update(slot.path for slot in slots if slot.path in apart and (is_words(slot.texts) or is_counts(slot.texts)))
    rest = [
        slot
        for slot in slots
        if slot.path not in taken and (title is None or slot.hint == "category" or not _inside(slot, title))
    ]
    if "date" not in fields and not any(is_dates(slot.texts, seen_at) for slot in rest):
        path = split_date(records, seen_at)
        if path is not None:
            fields["date"], how["date"] = (Pick(select=path),), "alone"
            rest = [slot for slot in rest if not slot.path.startswith(f"{path} > ")]
    _by_class(rest, fields, how, seen_at)
    _by_shape(rest, title_at, slots, fields, how, seen_at)
    by_path = {slot.path: slot for slot in slots if slot is not title}
    fields.update(pictured_names(by_path, fields.get("author", ()), records))
    for name, picks in fields.items():
        place = by_path.get(picks[0].select or "")
        way = _from_the_end(place, records, seen_at) if place is not None else None
        if place is None or way is None:
            continue
        behind = slots.index(place) > title_at
        ways = (way, place.path) if behind else (place.path, way)
        fields[name] = (*(replace(picks[0], select=each) for each in ways), *picks[1:])
    return fields, how


def _from_the_end(slot: Slot, records: Sequence[LexborNode], seen_at: datetime) -> str | None:
    """Another way to a place, counted from the end of its siblings, where one is needed: comments may be counted before
    it, or a notice lack the number that stands there. None when it leads to something else."""
    lacking = [record for place, record in enumerate(records) if place not in slot.leaves]
    ways = {path_from_end(leaf.node, records[place]) for place, leaf in slot.leaves.items()}
    if len(ways) != 1 or not (lacking or ":nth-of-type" in slot.path):
        return None
    way = ways.pop()
    if way == slot.path or any(not same(records[at].css_first(way), leaf.node) for at, leaf in slot.leaves.items()):
        return None
    kinds = {kind_of([line(node)], seen_at) for record in lacking if (node := record.css_first(way)) is not None}
    return way if kinds <= {kind_of([line(leaf.node) for leaf in slot.leaves.values()], seen_at)} else None


def _inside(slot: Slot, other: Slot) -> bool:
    held = [at for at in slot.leaves if at in other.leaves]
    return bool(held) and all(within(slot.leaves[at].node, other.leaves[at].node) for at in held)


def _title_in(slot: Slot, title: Slot | None) -> tuple[str, ...]:
    """The element beside a place's own text in which the title stands, in "<li><a>…</a><br>최누리 | 2026.11</li>"."""
    found: set[str] = set()
    for at, leaf in slot.leaves.items():
        node = title.leaves[at].node if title is not None and title is not slot and at in title.leaves else None
        around = [] if node is None else [node, *ancestors(node)]
        inner = next((each for each in around if same(each.parent, leaf.node)), None)
        if inner is not None:
            found.add(step(inner))
    return tuple(found) if len(found) == 1 else ()


def _by_class(rest: list[Slot], fields: dict[str, Picks], how: dict[str, str], seen_at: datetime) -> None:
    for slot in list(rest):
        role = slot.hint
        if role is None or role in fields or role == "title":
            continue
        texts = slot.texts
        fits = {
            "date": is_dates(texts, seen_at) and is_dates(slot.whole, seen_at),
            "hits": is_counts(texts),
            "number": is_counts(texts) and (len(texts) < 3 or falls(texts) or falls(texts[::-1])),
            "author": is_words(texts) and not is_dates(texts, seen_at),
            "category": is_words(texts),
        }[role]
        if fits:
            fields[role] = (*(_stamped(slot, seen_at) if role == "date" else ()), _value(slot))
            how[role] = "class"
            rest.remove(slot)


def _by_shape(
    rest: list[Slot],
    title_at: int,
    slots: Sequence[Slot],
    fields: dict[str, Picks],
    how: dict[str, str],
    seen_at: datetime,
) -> None:
    dated = [slot for slot in rest if is_dates(slot.texts, seen_at)]
    dated.sort(key=lambda slot: all(map(CLOCK.fullmatch, slot.texts)))  # as a film's length looks
    if dated and "date" not in fields and (picks := own_date(dated[0], seen_at)):
        fields["date"], how["date"] = (*_stamped(dated[0], seen_at), *picks), "alone" if len(dated) == 1 else "shape"
    rest = [slot for slot in rest if slot not in dated]
    for slot in list(rest):
        parts = parted(slot, fields, seen_at)
        if parts:
            fields.update(parts)
            how.update(dict.fromkeys(parts, "alone"))
            rest.remove(slot)
    counts = [slot for slot in rest if is_counts(slot.texts)]
    before = [slot for slot in counts if slots.index(slot) < title_at and (_falls(slot) or len(slot.texts) < 3)]
    after = [slot for slot in counts if slots.index(slot) > title_at]
    if before and "number" not in fields:
        fields["number"], how["number"] = (_value(before[0]),), "shape"
    read = [slot for slot in after if like_readers(slot.texts)]
    if len(after) > 1 and len(read) == 1 and not falls(read[0].texts):
        after = read  # beside counts of comments or votes
    if len(after) == 1 and "hits" not in fields and not any(COUNT.fullmatch(text) for text in after[0].texts):
        fields["hits"] = (_value(after[0]),)
        how["hits"] = "alone" if like_readers(after[0].texts) and len(counts) == 1 else "shape"
    words = [slot for slot in rest if slot not in counts and is_words(slot.texts) and _may_be_names(slot, dated)]
    words = [slot for slot in words if slots.index(slot) > title_at] or [
        slot for slot in words if _is_dated(slot, dated) and slot.hint is None and not is_category(slot.texts)
    ]
    names = [slot for slot in words if len(set(slot.texts)) > 1 or len(slot.texts) < 3] or words
    if names and "author" not in fields:
        fields["author"], how["author"] = (_value(names[0]),), "alone" if len(words) == 1 else "shape"
        words.remove(names[0])
    kinds = [slot for slot in rest if slots.index(slot) < title_at or slot in words]
    kind = next((slot for slot in kinds if is_category(slot.texts)), None)
    if kind is not None and "category" not in fields:
        value = _value(kind)
        fields["category"], how["category"] = (replace(value, pattern=value.pattern or _SHORT),), "shape"


def _stamped(slot: Slot, seen_at: datetime) -> Picks:
    """The whole time that an attribute tells beside the words of a place, where these lack the day or the year."""
    leaves = list(slot.leaves.values())
    shown = [read_date(leaf.text, seen_at) for leaf in leaves]
    short = [stamp is None or stamp.at is None or bool(CLOCK.fullmatch(stamp.raw)) for stamp in shown]
    for name in ("datetime", "title") if any(short) else ():
        told = [read_date(leaf.node.attributes.get(name) or "", seen_at) for leaf in leaves]
        if all(stamp is not None and stamp.at is not None for stamp in told):
            return (Pick(select=slot.path, source=f"attr:{name}"),)
    return ()


def _falls(slot: Slot) -> bool:
    """Whether the bare numbers of a place fall; in a record without one a count of comments may stand there."""
    return falls([text for text in slot.texts if COUNT.fullmatch(text) is None])


def _value(slot: Slot) -> Pick:
    """The text of a slot, without the marks that part it from its neighbours. A place of bare numbers holds no count in
    brackets: that is of comments, in a record without the number."""
    if is_counts(slot.texts):
        return Pick(select=slot.path, pattern=_BARE)
    if any(text.strip(" /|│·:,") != text for text in slot.texts):
        return Pick(select=slot.path, pattern=rf"^[{_MARKS}]*(.*[^{_MARKS}])")
    return Pick(select=slot.path)


def _is_dated(slot: Slot, dated: Sequence[Slot]) -> bool:
    """Whether dates stand near a place, in what is around it or around that."""
    around = slot.path.rpartition(" > ")[0].rpartition(" > ")[0]
    return bool(around) and any(around in other.path.rpartition(" > ")[0] for other in dated)


def _may_be_names(slot: Slot, dated: Sequence[Slot]) -> bool:
    """Whether short words may be who wrote a post: no badge, no button, and not the same in every record, unless they
    stand beside the date."""
    texts = slot.texts
    if all(BADGE.fullmatch(text) or is_tool(text) for text in texts) or are_places(texts):
        return False
    node = next(iter(slot.leaves.values())).node
    if any(outer.tag == "button" for outer in (node, *list(ancestors(node))[:3])):
        return False
    beside = any(slot.path.rpartition(" > ")[0] == other.path.rpartition(" > ")[0] for other in dated)
    return beside or len(texts) < 3 or len(set(texts)) > 1
