"""The fields of records without columns: by labels, by the words of classes, by what the elements hold. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from selectolax.lexbor import LexborNode

from scraper.page.document import ancestors, line, same, within
from scraper.page.induce.facts import parted
from scraper.page.induce.lists.labels import labels_of
from scraper.page.induce.lists.slots import Slot, are_kinds, find_slots, is_counts, is_dates, leads, noise_in
from scraper.page.induce.lists.telling import tell
from scraper.page.induce.selectors import path_within
from scraper.page.parts import Pick, Picks

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "dt"))
_LONGEST_TITLE = 45
"""Beyond this a text is less likely a title the longer it is: a summary stands beside it."""
_BEHIND_TITLE = frozenset(("comments", "votes", "files"))
"""What labels in an element with a title may speak of: counts behind it, a mark that there are files."""
_PERSON = re.compile(r"(?i)(?:^|[\s_-])(?:user_?name|nick(?:_?name)?|writer|author)(?:$|[\s_-])")
_SENTENCE = re.compile(r"[다요]\.(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Cards:
    """Picks for the fields of a record, and how each was told."""

    fields: Mapping[str, Picks]
    how: Mapping[str, str]
    """Field → "label", "class" or "shape"."""


def read_cards(records: Sequence[LexborNode], links: Mapping[int, LexborNode], seen_at: datetime) -> Cards | None:
    """How the fields of these records are taken; None when no title is found. ``links`` opens their posts."""
    slots = [slot for slot in find_slots(records, links) if len(slot.leaves) * 2 >= len(records)]
    title = _title(slots, [alike(record, links.get(place)) for place, record in enumerate(records)], seen_at)
    if title is None:
        return None
    fields, how = tell(records, slots, title, seen_at)
    picks = (Pick(select=title.path, drop=(*_noise(title), *_kinds(title, slots))), *_spare(records, links))
    own = "class" if title.hint == "title" else "shape"
    return Cards({"title": picks, **fields}, {"title": own, **how})


def open_persons(links: Mapping[int, LexborNode]) -> bool:
    """Whether what opens the records shows nothing but what is called a person: who answered a post."""
    return bool(links) and all(
        any(
            line(each) == line(node) and _PERSON.search(each.attributes.get("class") or "")
            for each in (node, *node.css("span, b, em, strong"))
        )
        for node in links.values()
    )


def alike(record: LexborNode, link: LexborNode | None) -> tuple[LexborNode, ...]:
    """The opener of a record and what else in it opens the same post: a picture, a headline, a summary."""
    if link is None:
        return ()
    name = next((name for name in ("href", "onclick") if link.attributes.get(name)), None)
    if name is None:
        return (link,)
    told = link.attributes.get(name)
    return (link, *(node for node in record.css(f"[{name}]") if node.attributes.get(name) == told))


def _title(slots: Sequence[Slot], links: Sequence[Sequence[LexborNode]], seen_at: datetime) -> Slot | None:
    """The place of the title: in what is clicked, by class or heading, else the first text of some length."""
    found: list[tuple[float, int, Slot]] = []
    for place, slot in enumerate(slots):
        texts = slot.texts
        if is_dates(texts, seen_at) or is_counts(texts) or not texts or set(labels_of(slot)) - _BEHIND_TITLE:
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


def _kinds(title: Slot, slots: Sequence[Slot]) -> tuple[str, ...]:
    """Selectors of the short words before the titles' own that tell what kind of post each is: <dt><span>복지</span> …,
    in nearly every record and the same in some."""
    for slot in slots:
        held = [(leaf.node, title.leaves[at].node) for at, leaf in slot.leaves.items() if at in title.leaves]
        is_first = all(same(node.parent, whole) and leads(node) for node, whole in held)
        if slot is title or not held or len(held) * 5 < len(title.leaves) * 4 or not is_first:
            continue
        ways = {path_within(node, whole) for node, whole in held}
        if len(ways) == 1 and are_kinds(slot.texts):
            return tuple(way for way in ways if all(len(whole.css(way)) == 1 for _, whole in held))
    return ()


def _spare(records: Sequence[LexborNode], links: Mapping[int, LexborNode]) -> Picks:
    """A second way to the title, for records that are built otherwise (notices): the link itself."""
    paths = Counter(path_within(link, records[place]) for place, link in links.items())
    path, _ = paths.most_common(1)[0]
    return (Pick(select=path),) if any(line(link) for link in links.values()) else ()
