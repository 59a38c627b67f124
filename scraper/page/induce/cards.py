"""The fields of records without columns: by labels, by the words of classes, by what the elements hold. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role, role_of, split_labels
from scraper.page.columns import kind_of, like_readers
from scraper.page.document import ancestors, line, same, within
from scraper.page.induce.columns import falls
from scraper.page.induce.facts import led_part, own_date, parted, split_date
from scraper.page.induce.selectors import path_from_end, path_within
from scraper.page.induce.slots import (
    BADGE,
    COUNT,
    Slot,
    common_label,
    find_slots,
    is_category,
    is_counts,
    is_dates,
    is_words,
    names_office,
    noise_in,
)
from scraper.page.parts import Pick, Picks

_LABELLED: tuple[Role, ...] = ("number", "author", "date", "hits", "category", "comments", "votes", "other", "files")
_WORDED = ("author", "category", "other", "files", "comments", "votes")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "dt"))
_LONGEST_TITLE = 45
"""Beyond this a text is less likely a title the longer it is: a summary stands beside it."""
_SENTENCE = re.compile(r"[다요]\.(?:\s|$)")
_MARKS = r"\s/|│·:,"
"""What may stand round a value beside its neighbours."""
_BARE = r"^(\d[\d,]*|\D+)$"
"""A number by itself, or the mark of a notice in its place."""
_SHORT = r"^(.{1,14})$"
"""A category; in a notice without a number something else may stand in its place."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Picks for the fields of a record, and how each was told."""

    fields: Mapping[str, Picks]
    how: Mapping[str, str]
    """Field → "label", "class" or "shape"."""


def read_cards(records: Sequence[LexborNode], links: Mapping[int, LexborNode], seen_at: datetime) -> Cards | None:
    """How the fields of these records are taken; None when no title is found. ``links`` opens their posts."""
    slots = [slot for slot in find_slots(records, links) if len(slot.leaves) * 2 >= len(records)]
    fields: dict[str, Picks] = {}
    how: dict[str, str] = {}
    taken: set[str] = set()
    title = _title(slots, [_alike(record, links.get(place)) for place, record in enumerate(records)], seen_at)
    if title is None:
        return None
    taken.add(title.path)
    fields["title"] = (Pick(select=title.path, drop=_noise(title)), *_spare(records, links))
    how["title"] = "class" if title.hint == "title" else "shape"
    mixed: list[Slot] = []
    first: Slot | None = None
    tags = sorted({slot.path.rpartition(" > ")[2].partition(".")[0].partition(":")[0] for slot in slots})
    for slot in slots:
        if slot.path in taken:
            continue
        is_line = bool(parted(slot, {}, seen_at))
        for role in _labels(slot):
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
    for slot in mixed:
        parts = parted(slot, fields, seen_at)
        fields.update(parts)
        how.update(dict.fromkeys(parts, "alone"))
    rest = [slot for slot in slots if slot.path not in taken and not _inside(slot, title)]
    if "date" not in fields and not any(is_dates(slot.texts, seen_at) for slot in rest):
        path = split_date(records, seen_at)
        if path is not None:
            fields["date"], how["date"] = (Pick(select=path),), "alone"
            rest = [slot for slot in rest if not slot.path.startswith(f"{path} > ")]
    _by_class(rest, fields, how, seen_at)
    _by_shape(rest, slots.index(title), slots, fields, how, seen_at)
    by_path = {slot.path: slot for slot in slots if slot is not title}
    for name, picks in fields.items():
        place = by_path.get(picks[0].select or "")
        way = _from_the_end(place, records, seen_at) if place is not None else None
        if place is None or way is None:
            continue
        behind = slots.index(place) > slots.index(title)
        ways = (way, place.path) if behind else (place.path, way)
        fields[name] = (*(replace(picks[0], select=each) for each in ways), *picks[1:])
    return Cards(fields, how)


def _alike(record: LexborNode, link: LexborNode | None) -> tuple[LexborNode, ...]:
    """The opener of a record and what else in it opens the same post: a picture, a headline, a summary."""
    if link is None:
        return ()
    name = next((name for name in ("href", "onclick") if link.attributes.get(name)), None)
    if name is None:
        return (link,)
    told = link.attributes.get(name)
    return (link, *(node for node in record.css(f"[{name}]") if node.attributes.get(name) == told))


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
    return slot.path.startswith(f"{other.path} > ")


def _title(slots: Sequence[Slot], links: Sequence[Sequence[LexborNode]], seen_at: datetime) -> Slot | None:
    """The place of the title: in what is clicked, by class or heading, else the first text of some length."""
    found: list[tuple[float, int, Slot]] = []
    for place, slot in enumerate(slots):
        texts = slot.texts
        if is_dates(texts, seen_at) or is_counts(texts) or not texts or _labels(slot):
            continue
        length = median(len(text) for text in texts)
        different = len(set(texts)) / len(texts)
        if length < 2 or (different < 0.5 and len(texts) > 2):
            continue
        weight = min(length, 20) / 10 + different
        held = [at for at, leaf in slot.leaves.items() if any(within(leaf.node, link) for link in links[at])]
        weight += 1.5 * len(held) / len(texts)
        node = next(iter(slot.leaves.values())).node
        weight += 1.5 * (slot.hint == "title") - 1.5 * (slot.hint in ("author", "category", "date"))
        weight += 1.0 * any(outer.tag in _HEADINGS for outer in (node, *list(ancestors(node))[:2]))
        weight -= max(0.0, length - _LONGEST_TITLE) / 20
        weight -= 1.5 * ("date" in parted(slot, {}, seen_at))
        weight -= 1.5 * (sum(_SENTENCE.search(text) is not None for text in texts) * 2 > len(texts))
        found.append((weight, -place, slot))
    return max(found, key=lambda entry: entry[:2])[2] if found else None


def _noise(title: Slot) -> tuple[str, ...]:
    """Selectors of what stands inside the title's element and is none of it: badges, counts of comments."""
    found: Counter[str] = Counter()
    for leaf in title.leaves.values():
        found.update(noise_in(leaf.node))
    return tuple(found)


def _spare(records: Sequence[LexborNode], links: Mapping[int, LexborNode]) -> Picks:
    """A second way to the title, for records that are built otherwise (notices): the link itself."""
    paths = Counter(path_within(link, records[place]) for place, link in links.items())
    path, _ = paths.most_common(1)[0]
    return (Pick(select=path),) if any(line(link) for link in links.values()) else ()


def _labels(slot: Slot) -> list[Role]:
    """The labelled fields of a place: every text there begins with a label, or an element in it is one."""
    counted: Counter[Role] = Counter()
    for leaf in slot.leaves.values():
        told = {role for text in (leaf.text, line(leaf.node)) for role, _ in split_labels(text)}
        child = leaf.node.first_child
        while child is not None:
            if child.is_element_node and (role := role_of(line(child))) is not None:
                told.add(role)
            child = child.next
        counted.update(role for role in _LABELLED if role in told)
    return [role for role, count in counted.items() if count * 5 >= len(slot.leaves) * 4]


def _by_class(rest: list[Slot], fields: dict[str, Picks], how: dict[str, str], seen_at: datetime) -> None:
    for slot in list(rest):
        role = slot.hint
        if role is None or role in fields or role == "title":
            continue
        texts = slot.texts
        fits = {
            "date": is_dates(texts, seen_at),
            "hits": is_counts(texts),
            "number": is_counts(texts),
            "author": is_words(texts) and not is_dates(texts, seen_at),
            "category": is_words(texts),
        }[role]
        if fits:
            fields[role] = (_value(slot),)
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
    if dated and "date" not in fields and (picks := own_date(dated[0], seen_at)):
        fields["date"], how["date"] = picks, "alone" if len(dated) == 1 else "shape"
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
    words = [slot for slot in rest if slot not in counts and slots.index(slot) > title_at and is_words(slot.texts)]
    words = [slot for slot in words if _may_be_names(slot, dated)]
    names = [slot for slot in words if len(set(slot.texts)) > 1 or len(slot.texts) < 3] or words
    if names and "author" not in fields:
        fields["author"], how["author"] = (_value(names[0]),), "alone" if len(words) == 1 else "shape"
        words.remove(names[0])
    kinds = [slot for slot in rest if slots.index(slot) < title_at or slot in words]
    kind = next((slot for slot in kinds if is_category(slot.texts)), None)
    if kind is not None and "category" not in fields:
        value = _value(kind)
        fields["category"], how["category"] = (replace(value, pattern=value.pattern or _SHORT),), "shape"


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


def _may_be_names(slot: Slot, dated: Sequence[Slot]) -> bool:
    """Whether short words may be who wrote a post: no badge, no button, and not the same in every record, unless they
    stand beside the date."""
    texts = slot.texts
    if all(BADGE.fullmatch(text) for text in texts):
        return False
    node = next(iter(slot.leaves.values())).node
    if any(outer.tag == "button" for outer in (node, *list(ancestors(node))[:3])):
        return False
    beside = any(slot.path.rpartition(" > ")[0] == other.path.rpartition(" > ")[0] for other in dated)
    return beside or len(texts) < 3 or len(set(texts)) > 1
