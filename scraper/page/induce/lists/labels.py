"""Labels in the places of repeated records: before a value, behind it, in an element of their own. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role, role_of, split_labels
from scraper.page.beside import element_before
from scraper.page.document import line, within
from scraper.page.induce.lists.slots import Slot, is_counts, is_dates, is_words
from scraper.page.induce.selectors import step, tag_of
from scraper.page.picks import behind, counted_before

_FEWEST = 3
"""Records in which chance does not make words the same."""
_LABELLED: tuple[Role, ...] = ("number", "author", "date", "hits", "category", "comments", "votes", "other", "files")


def labels_of(slot: Slot) -> list[Role]:
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


def label_behind(slot: Slot) -> tuple[Role, str] | None:
    """The field that a place of labels names behind its value ("<b>33</b><i>조회</i>"); the tag of what holds both."""
    roles = {role_of(text) for text in slot.texts}
    role = roles.pop() if len(roles) == 1 else None
    around = [leaf.node.parent for leaf in slot.leaves.values()]
    if role not in ("hits", "comments", "votes") or not all(node and counted_before(node, role) for node in around):
        return None
    return role, tag_of(around[0]) if around[0] is not None else "*"


def label_before(slot: Slot, seen_at: datetime) -> tuple[Role, dict[int, LexborNode]] | None:
    """The field that a place of labels names before its value, and the elements of the values, by record:
    "<i>작성자</i><b>최누리</b>"."""
    roles = {role_of(text) for text in slot.texts}
    role = roles.pop() if len(roles) == 1 else None
    if role not in ("author", "date", "hits", "category") or label_behind(slot) is not None:
        return None
    told = {at: behind(leaf.node) for at, leaf in slot.leaves.items()}
    values = {at: value for at, (value, text) in told.items() if value is not None and text}
    texts = [told[at][1] for at in values]
    if len(values) * 5 < len(slot.leaves) * 4:
        return None
    fits = is_dates(texts, seen_at) if role == "date" else is_counts(texts) if role == "hits" else is_words(texts)
    return (role, values) if fits else None


def named_otherwise(slots: Sequence[Slot]) -> set[str]:
    """The places of labels and of the words right behind them, where the label names no author and no category: several
    places of one build say the same in every record, each another thing (교육명, 장소, 정원), and what stands behind
    them is of another build. What counts likes or comments by its label is no count of another thing."""
    built: dict[str, list[Slot]] = {}
    for slot in slots:
        if len(slot.leaves) >= _FEWEST and len(set(slot.texts)) == 1 and any(map(str.isalpha, slot.texts[0])):
            built.setdefault(step(next(iter(slot.leaves.values())).node), []).append(slot)
    labels: dict[int, Slot] = {}
    for places in built.values():
        if len({slot.texts[0] for slot in places}) > 1:
            labels.update({leaf.node.mem_id: slot for slot in places for leaf in slot.leaves.values()})
    found: set[str] = set()
    for slot in slots:
        before = [_label_of(leaf.node, labels) for leaf in slot.leaves.values()]
        label = before[0] if before else None
        if label is None or any(each is None for each in before):
            continue
        found.add(label.path)
        role = role_of(label.texts[0])
        is_other = role in ("votes", "comments") if is_counts(slot.texts) else role not in ("author", "category")
        if is_other and (is_counts(slot.texts) or is_words(slot.texts)):
            found.add(slot.path)
    return found


def _label_of(node: LexborNode, labels: Mapping[int, Slot]) -> Slot | None:
    """The one of these labels that stands right before an element, or before the one that holds it alone, and is built
    otherwise."""
    before = element_before(node)
    if before is None and node.parent is not None:
        before = element_before(node.parent)
    if before is None or step(before) == step(node):
        return None
    return labels.get(before.mem_id)


def stand_in(slot: Slot, values: Mapping[int, LexborNode]) -> bool:
    """Whether all that a place holds stands in these elements."""
    return all(at in values and within(leaf.node, values[at]) for at, leaf in slot.leaves.items())


def is_led(slot: Slot) -> bool:
    """Whether every number of a place stands right behind the same word outside its element ("댓글 <em>3</em>")."""
    before = [leaf.node.prev for leaf in slot.leaves.values()]
    words = {"" if node is None or not node.is_text_node else (node.text_content or "").strip() for node in before}
    return is_counts(slot.texts) and len(words) == 1 and any(map(str.isalpha, words.pop()))
