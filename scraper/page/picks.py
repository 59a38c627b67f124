"""Taking one value out of a row or an article, as a Pick says. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborNode

from scraper.errors import LayoutChanged
from scraper.korean.labels import Role, may_speak, name_in, role_of, split_label, split_labels, squash_label, unlabelled
from scraper.korean.numbers import read_number
from scraper.korean.words import OFFICES
from scraper.page.document import ancestors, block, closest, ids, line, place_among, same
from scraper.page.icons import icon_role
from scraper.page.parts import Pick

_LONGEST_LABEL = 20
_LONGEST_LINE = 300
_MENU = 4
"""A name and so many links less one are a menu."""


@dataclass(frozen=True)
class Scope:
    """Where picks look: an element, and its cells for labels. ``found`` remembers where named fields were.

    What stands in ``body`` is the words of whoever wrote it: no label of the page.
    """

    node: LexborNode
    url: str
    tags: tuple[str, ...] = ()
    """Of its cells."""
    found: dict[str, LexborNode] = field(default_factory=dict)
    body: LexborNode | None = None
    outside: frozenset[int] = frozenset()
    """The ``mem_id`` of elements inside the body that are none of it."""

    @cached_property
    def cells(self) -> tuple[LexborNode, ...]:
        return own_cells(self.node, self.tags)


@dataclass(frozen=True, slots=True)
class Picked:
    """A value and the element it was taken from."""

    node: LexborNode
    text: str


def own_cells(scope: LexborNode, tags: Sequence[str]) -> tuple[LexborNode, ...]:
    """The cells of an element, without those of tables inside it."""
    found = []
    for cell in scope.css(", ".join(tags)) if tags else ():
        if scope.tag == "table" and not same(closest(cell, ("table",)), scope):
            continue
        found.append(cell)
    return tuple(found)


def pick(scope: Scope, picks: Sequence[Pick], name: str) -> Picked | None:
    """The first value that one of the picks gives; None when all are optional and find nothing.

    Raises LayoutChanged when a pick that must match exactly one (or some) does not.
    """
    for each in picks:
        picked = _pick_one(scope, each, name)
        if picked is not None:
            scope.found[name] = picked.node
            return picked
    return None


def _pick_one(scope: Scope, each: Pick, name: str) -> Picked | None:
    nodes = _candidates(scope, each)
    if each.count == "one" and len(nodes) != 1:
        raise LayoutChanged(scope.url, each.select or name, "exactly one", str(len(nodes)))
    if each.count == "some" and not nodes:
        raise LayoutChanged(scope.url, each.select or name, "at least one", "0")
    for node in nodes:
        if each.label is not None and _is_in_body(scope, node):
            continue
        text = read_node(node, each)
        if each.label is not None:
            picked = _labelled(scope, node, each, text)
            if each.label == "author":
                picked = _name(picked)
            if picked is None:
                continue
            node, text = picked.node, picked.text
        text = matched(text, each.pattern)
        if text:
            return Picked(node, text)
    return None


def _is_in_body(scope: Scope, node: LexborNode) -> bool:
    for outer in (node, *ancestors(node)) if scope.body is not None else ():
        if outer.mem_id in scope.outside:
            return False
        if same(outer, scope.body):
            return True
    return False


def _candidates(scope: Scope, each: Pick) -> Sequence[LexborNode]:
    if each.after is not None:
        place = place_among(scope.cells, scope.found.get(each.after))
        if place is None:
            return ()
        rest = scope.cells[place + 1 :]
        cell = next((cell for cell in rest if line(cell) or cell.css_first("img[src]")), None)
        if cell is None:
            return ()
        return cell.css(each.select) if each.select else (cell,)
    if each.before is not None:
        return _before(scope, each.before)
    if each.remark is not None:
        return remarked(scope.node, each.remark)
    if each.select is not None:
        return scope.node.css(each.select)
    return scope.cells if each.label is not None else (scope.node,)


def _before(scope: Scope, name: str) -> Sequence[LexborNode]:
    """The last leaf cell with text before the cell where that field was found."""
    start = scope.found.get(name)
    around = [start, *ancestors(start)] if start is not None else []
    places = (place_among(scope.cells, node) for node in around)
    place = next((each for each in places if each is not None), None)
    earlier = scope.cells[:place] if place is not None else ()
    leaves = (cell for cell in reversed(earlier) if cell.css_first("table") is None and line(cell))
    return tuple(leaves)[:1]


def remarked(node: LexborNode, pattern: str) -> Sequence[LexborNode]:
    """The elements that hold a comment with these words."""
    return [
        inner.parent
        for inner in node.traverse(include_text=True)
        if inner.is_comment_node and inner.parent is not None and re.search(pattern, inner.comment_content or "")
    ]


def read_node(node: LexborNode, each: Pick) -> str:
    """The text or attribute of one element, as a pick wants it."""
    if each.source.startswith("attr:"):
        return (node.attributes.get(each.source[5:]) or "").strip()
    dropped = ids(node.css(", ".join(each.drop))) if each.drop else ()
    return line(node, dropped)


def matched(text: str, pattern: str | None) -> str:
    """The first group of the pattern in the text; the text itself without a pattern; empty when it does not match."""
    if pattern is None:
        return text
    found = re.search(pattern, text)
    return (found[1] or "").strip() if found else ""


def _labelled(scope: Scope, node: LexborNode, each: Pick, text: str) -> Picked | None:
    """The value glued behind the label in one cell, or in the cell after a label that stands alone; behind an icon."""
    if not text and each.select is not None and each.label is not None and icon_role(node) == each.label:
        value, text = behind(node)
        return Picked(value if value is not None else node, text) if text else None
    if each.source == "text" and not each.drop and each.label is not None and not may_speak(text, each.label):
        return None
    glued = split_label(text)
    is_parted = len(text) <= _LONGEST_LINE and node.css_first("br") is not None
    parts = (block(node) or "").split("\n") if is_parted else ()
    told = next((value for part in (text, *parts) for role, value in split_labels(part) if role == each.label), None)
    if told is not None:
        return Picked(node, told)
    if each.label is not None and (rest := led_by(node, each.label)):
        return Picked(node, rest)
    if role_of(text) != each.label and not (glued is not None and glued[0] == each.label):
        return None
    place = place_among(scope.cells, node)
    if place is not None:
        place += 1
        value = scope.cells[place] if place < len(scope.cells) else None
        return Picked(value, line(value)) if value is not None else None
    value, text = behind(node)
    text = unlabelled(text, each.label)
    return Picked(value if value is not None else node, text) if text or value is not None else None


def _name(picked: Picked | None) -> Picked | None:
    """A labelled author without the facts that stand behind it; None when what is left is no name."""
    name = name_in(picked.text) if picked is not None else None
    return Picked(picked.node, name) if picked is not None and name else None


def behind(node: LexborNode) -> tuple[LexborNode | None, str]:
    """What follows a label that stands alone: bare text up to the next element, else the next element."""
    words: list[str] = []
    after = node.next
    while after is not None:
        if after.is_text_node:
            words.append(after.text_content or "")
        elif after.is_element_node and (after.tag != "br" or any(word.strip() for word in words)):
            break
        after = after.next
    text = " ".join("".join(words).split()).strip(":：|│·/ ")
    if text:
        return None, text
    while after is not None and after.tag in ("td", "th") and _is_spacer(after):
        after = _next_element(after)
    is_cell = node.tag in ("td", "th", "li", "dt", "dd")
    if after is None and node.parent is not None and not is_cell and not line(node) and not line(node.parent):
        return behind(node.parent)  # a label that is an image, alone in its cell
    return after, _said(after) if after is not None else ""


def _said(node: LexborNode) -> str:
    """The words of a value; of a name that opens a menu (쪽지보내기, 자기소개 …) the name."""
    links = node.css("a")
    is_menu = len(links) >= _MENU or (len(links) > 1 and "return false" in (links[0].attributes.get("onclick") or ""))
    name = line(links[0]) if is_menu else ""
    return name if name and line(node).startswith(name) else line(node)


def _is_spacer(cell: LexborNode) -> bool:
    """Whether a cell only keeps others apart."""
    return _next_element(cell) is not None and not line(cell) and cell.css_first("img") is None


def _next_element(node: LexborNode) -> LexborNode | None:
    after = node.next
    while after is not None and not after.is_element_node:
        after = after.next
    return after


def led_by(node: LexborNode, role: Role) -> str:
    """What stands in an element behind a label: one that is the first thing in it (``<li><b>작성자</b> 최누리</li>``),
    else one further on that has an element of its own (``<i>조회</i>62 | <i>작성자</i>최누리``)."""
    first = node.first_child
    while first is not None and not (first.is_text_node and (first.text_content or "").strip()):
        if first.is_element_node and line(first):
            break
        first = first.next
    if first is None:
        return ""
    label = line(first) if first.is_element_node else " ".join((first.text_content or "").split())
    if len(label) > _LONGEST_LABEL or role_of(label) != role:
        return _led_further_on(first, role) or counted_before(node, role)
    if squash_label(label) in OFFICES and (person := _led_further_on(first, role)):
        return person
    if first.is_element_node and _is_labelled_further(first):
        value, text = behind(first)
        return text if value is None else ""
    rest = line(node)[len(label) :].strip(":：|│· ")
    told = split_labels(f"{label} : {rest}")
    return told[0][1] if len(told) > 1 and told[0][0] == role else rest


def counted_before(node: LexborNode, role: Role) -> str:
    """A number before its label, which is the last thing in an element and has one of its own (``33 <i>조회</i>``)."""
    last = node.last_child
    while last is not None and last.is_text_node and not (last.text_content or "").strip():
        last = last.prev
    if last is None or not last.is_element_node or role_of(line(last)) != role:
        return ""
    before = line(node, (last.mem_id,)).strip()
    return before if read_number(before) is not None else ""


def _is_labelled_further(first: LexborNode) -> bool:
    """Whether another label in an element of its own follows."""
    after = first.next
    while after is not None:
        if after.is_element_node and len(label := line(after)) <= _LONGEST_LABEL and role_of(label) is not None:
            return True
        after = after.next
    return False


def _led_further_on(first: LexborNode, role: Role) -> str:
    """What stands behind the next label of that role in an element of its own; behind a person's before an office's."""
    office = ""
    after = first.next
    while after is not None:
        if after.is_element_node and len(label := line(after)) <= _LONGEST_LABEL and role_of(label) == role:
            value, text = behind(after)
            text = text if value is None else ""
            if squash_label(label) not in OFFICES:
                return text
            office = office or text
        after = after.next
    return office
