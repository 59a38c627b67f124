"""A line of facts about a post ("가나다 | 2021.10.24 | 조회 62") taken apart, and dates that share an element. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import Role, role_of, split_label, squash_label
from scraper.korean.words import OFFICES
from scraper.page.document import line
from scraper.page.induce.lists.slots import Slot, are_places, common_label, is_counts, is_dates, is_words
from scraper.page.induce.selectors import path_within
from scraper.page.parts import Pick, Picks

_SEPARATORS = ("|", "│", "｜", "ㅣ", "·", "ㆍ", "•", "»", "/", ",", "∣")
DATE = (
    r"(\d{2,4}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}[일.]?(?:\s*\(?[월화수목금토일](?:요일)?\)?(?!\w))?"
    r"(?:(?:\s+|\s*[\[(]\s*)(?:오전|오후)?\s*(?:\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp][Mm])?"
    r"|\d{1,2}시\s*\d{1,2}분(?:\s*\d{1,2}초)?)[\])]?)?)"
)
_LONGEST_SPLIT = 20
_BRACKETED = re.compile(r"\([^()]+\)")
_BEFORE_LABEL = re.compile(r"(\S.{0,18}?)\s+([가-힣]{2,6}(?:\s[가-힣]{1,3})?)\s*[:：]")
"""Words before the first label of a line: 공보팀 작성일 : 2026.11.02."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of facts in its parts."""

    mark: str
    columns: tuple[tuple[str, ...], ...]
    leads: Mapping[int, tuple[Role, str]]
    """Parts that begin with the same label in every record (see common_label)."""
    is_bracketed: bool = False
    """The whole line stands in brackets in every record: (최누리 / 2026-11-02)."""

    def names_office(self, at: int) -> bool:
        """Whether a part names a department: it gives way to a person."""
        return any(squash_label(self.columns[at][0]).startswith(word) for word in OFFICES)


def _lines(slot: Slot) -> Iterator[_Line]:
    """The ways to part the line; a mark between two digits ("2021/10/24", "1,204") parts nothing."""
    whole = slot.whole
    is_bracketed = all(_BRACKETED.fullmatch(text) for text in whole)
    whole = [text[1:-1] for text in whole] if is_bracketed else whole
    for mark in _SEPARATORS:
        own = re.escape(mark)
        split = [[part.strip() for part in re.split(rf"(?<!\d){own}|{own}(?!\d)", text)] for text in whole]
        split = [[part for part in parts if part] for parts in split]
        width = Counter(map(len, split)).most_common(1)[0][0]
        alike = [parts for parts in split if len(parts) == width]
        if width < 2 or len(alike) * 5 < len(split) * 4:
            continue
        columns = tuple(zip(*alike, strict=True))
        leads = {at: lead for at, texts in enumerate(columns) if (lead := common_label(texts)) is not None}
        yield _Line(mark, columns, leads, is_bracketed)


def parted(slot: Slot, fields: Mapping[str, Picks], seen_at: datetime) -> dict[str, Picks]:
    """The parts of a line such as "가나다 | 2021.10.24 | 62": fields by their place between the separators."""
    labels = _own_labels(slot)
    for told in _lines(slot):
        columns, width = told.columns, len(told.columns)
        dates = [at for at, texts in enumerate(columns) if is_dates(texts, seen_at)]
        named = {at for at in range(width) if all(split_label(text.lstrip("([")) is not None for text in columns[at])}
        named |= {at for at, (role, _) in told.leads.items() if role != "author"}
        named |= {at for at in range(width) if labels and all(text.startswith(labels) for text in columns[at])}
        if not dates and not named:
            continue
        found: dict[str, Picks] = {}
        at_date = dates[0] if dates else width
        if dates and "date" not in fields:
            found["date"] = _part(slot, told, at_date)
        rest = [at for at in range(width) if at not in dates and at not in named]
        words = [at for at in rest if _may_be_names(columns[at], seen_at)]
        near = (
            sorted((at for at in words if at in told.leads), key=told.names_office)
            or [at for at in words if at < at_date][-1:]
            or words[:1]
        )
        if near and "author" not in fields:
            found["author"] = _part(slot, told, near[0])
        for at in sorted(named):
            role, _ = split_label(columns[at][0].lstrip("([")) or ("other", "")
            if role in ("hits", "number") and role not in fields:
                found[role] = _part(slot, told, at)
        if "category" not in fields:
            found.update(led_part(slot, "category"))
        counts = [at for at in range(at_date + 1, width) if is_counts(columns[at])]
        if len(counts) == 1 and "hits" not in {*fields, *found}:
            found["hits"] = _part(slot, told, counts[0])
        return found if "date" in found else {**_date_in(slot, fields, seen_at), **found}
    return {**_date_in(slot, fields, seen_at), **_before_label(slot, fields, seen_at)}


def _before_label(slot: Slot, fields: Mapping[str, Picks], seen_at: datetime) -> dict[str, Picks]:
    """The author by the words with which every line begins, before the same label of a date or a count."""
    found = [_BEFORE_LABEL.match(text) for text in slot.whole]
    told = [match for match in found if match is not None]
    labels = {match[2] for match in told}
    if "author" in fields or len(told) < len(found) or len(labels) != 1 or len(found) < 2:
        return {}
    label = labels.pop()
    if role_of(label) not in ("date", "hits") or not _may_be_names([match[1] for match in told], seen_at):
        return {}
    return {"author": (Pick(select=slot.path, drop=slot.drop, pattern=rf"^(.+?)\s+{label}\s*[:：]"),)}


def _date_in(slot: Slot, fields: Mapping[str, Picks], seen_at: datetime) -> dict[str, Picks]:
    """The date somewhere in a short line."""
    whole = slot.whole
    if "date" not in fields and all(find_date(text, seen_at) for text in whole) and max(map(len, whole)) < 100:
        return {"date": (Pick(select=slot.path, drop=slot.drop, pattern=DATE),)}
    return {}


def _may_be_names(texts: Sequence[str], seen_at: datetime) -> bool:
    dated = sum(find_date(text, seen_at) is not None for text in texts)
    return is_words(texts) and not are_places(texts) and dated * 2 < len(texts)


def _own_labels(slot: Slot) -> tuple[str, ...]:
    """Labels in elements of their own, which may stand right before their value: names of other things than authors."""
    nodes = [node for leaf in slot.leaves.values() for node in leaf.node.css("*") if node.mem_id != leaf.node.mem_id]
    texts = {line(node) for node in nodes}
    return tuple(text for text in texts if role_of(text) not in (None, "author"))


def led_part(slot: Slot, role: Role) -> dict[str, Picks]:
    """The part of a line that begins with a label of that role, perhaps without a colon ("필자 최누리 | 조회 3")."""
    for told in _lines(slot):
        places = [at for at, (named, _) in told.leads.items() if named == role]
        if places:
            return {role: _part(slot, told, min(places, key=told.names_office))}
    return {}


def _part(slot: Slot, told: _Line, at: int) -> Picks:
    """A part of a line: the one before which the mark parts ``at`` others, without its label where that is a word. An
    icon between two marks leaves nothing and is no part."""
    _, label = told.leads.get(at, ("other", ""))
    own = re.escape(told.mark)
    opens, closes = ("(", ")") if told.is_bracketed else ("", "")
    part = rf"(?:[^{own}{closes}]|(?<=\d){own}(?=\d))++"
    before = rf"^[\s{opens}{own}]*+" + rf"{part}{own}[\s{own}]*+" * at
    return (Pick(select=slot.path, drop=slot.drop, pattern=f"{before}{label}({part})"),)


def own_date(slot: Slot, seen_at: datetime) -> Picks:
    """The date of a slot; where it is bare text beside other elements, behind or before them."""
    whole = [line(leaf.node) for leaf in slot.leaves.values()]
    if all(text == leaf.text for text, leaf in zip(whole, slot.leaves.values(), strict=True)):
        return (Pick(select=slot.path),)
    for pattern in (rf"(?<!\d){DATE}\W*$", rf"^\W*{DATE}(?!\d)"):
        found = [re.search(pattern, text) for text in whole]
        if all(match is not None and read_date(match[1], seen_at) is not None for match in found):
            return (Pick(select=slot.path, pattern=pattern),)
    return ()


def split_date(records: Sequence[LexborNode], seen_at: datetime) -> str | None:
    """The place of a date whose day stands in another element than its month ("<b>05</b><i>2024.03</i>")."""
    counted: Counter[str] = Counter()
    for record in records:
        for node in record.css("*"):
            first = node.first_child
            if first is None or (first.next is None and not first.is_element_node):
                continue
            text = line(node)
            if len(text) <= _LONGEST_SPLIT and read_date(text, seen_at) is not None:
                counted[path_within(node, record)] += 1
                break
    path, count = counted.most_common(1)[0] if counted else ("", 0)
    return path if count * 5 >= len(records) * 4 else None
