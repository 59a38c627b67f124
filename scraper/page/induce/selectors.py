"""CSS for an element of a page: what is most likely to single it out tomorrow as well. Pure."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from scraper.page.document import ancestors, same

_NAME = re.compile(r"(?!.*[_-][0-9]+$)[A-Za-z][A-Za-z_-]*[0-9]{0,2}(?:[_-][A-Za-z][A-Za-z0-9_-]*)*")
_TAG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PASSING = frozenset(
    "on off active current selected hover first last odd even new hot notice open show hide bg0 bg1".split()
)
"""Classes that tell how an element is shown now, or which of its kind it is."""
_DEEPEST = 40
LONGEST, _ROOM = 1_100, 100
"""Characters of a selector: a layout takes some more. What finds the place of a list leaves room for its rows."""


def name_id(node: LexborNode) -> str | None:
    """The id of an element, unless it looks like one post's (``row_5531``)."""
    name = (node.attributes.get("id") or "").strip()
    return name if _NAME.fullmatch(name) else None


def names_of(node: LexborNode) -> tuple[str, ...]:
    """The classes of an element that say what it is, not how it is shown now or which post it shows."""
    names = (node.attributes.get("class") or "").split()
    return tuple(name for name in names if _NAME.fullmatch(name) and name.lower() not in _PASSING)


def step(node: LexborNode) -> str:
    """An element by its tag and first lasting class."""
    names = names_of(node)
    return f"{tag_of(node)}.{names[0]}" if names else tag_of(node)


def tag_of(node: LexborNode) -> str:
    """The tag as a selector takes it; ``*`` for what broken markup makes a tag."""
    return node.tag if node.tag and _TAG.fullmatch(node.tag) else "*"


def placed(node: LexborNode) -> str:
    """``step``, with its place where a sibling has the same, or an earlier one is found by it."""
    own = step(node)
    name = own.partition(".")[2]
    alike = same_tag = place = 0
    is_first = True
    sibling = node.parent.first_child if node.parent is not None else None
    while sibling is not None:
        if sibling.tag == node.tag:
            same_tag += 1
            alike += step(sibling) == own
            if same(sibling, node):
                place = same_tag
            elif not place and (not name or name in (sibling.attributes.get("class") or "").split()):
                is_first = False
        sibling = sibling.next
    return own if alike < 2 and is_first else f"{own}:nth-of-type({place})"


def selector_of(root: LexborNode, node: LexborNode) -> str | None:
    """The shortest selector whose first match on the page is ``node``: by id, by class, by an ancestor that has one,
    at last by structure. None when only a path through the whole page would do."""
    if (name := name_id(node)) is not None and _finds(root, f"#{name}", node):
        return f"#{name}"
    named = [f"{tag_of(node)}.{name}" for name in names_of(node)]
    if len(named) > 1:
        named.append(f"{tag_of(node)}." + ".".join(names_of(node)))
    for own in named:
        if _only(root, own, node):
            return own
    path = placed(node)
    for depth, outer in enumerate(ancestors(node)):
        if outer.tag in ("body", "html") or depth > _DEEPEST:
            break
        if (name := name_id(outer)) is not None:
            for tail in (*named, path):
                way = f"#{name} {tail}" if tail in named or depth else f"#{name} > {tail}"
                if tail is path and depth:
                    way = f"#{name} > {path}"
                if _finds(root, way, node):
                    return way
        elif names_of(outer) and _only(root, step(outer), outer):
            way = f"{step(outer)} > {path}"
            if _finds(root, way, node):
                return way
        path = f"{placed(outer)} > {path}"
    way = f"body > {path}"
    return way if _finds(root, way, node) else None


def _finds(root: LexborNode, selector: str, node: LexborNode) -> bool:
    return len(selector) <= LONGEST - _ROOM and same(root.css_first(selector), node)


def _only(root: LexborNode, selector: str, node: LexborNode) -> bool:
    found = root.css(selector)
    return len(found) == 1 and same(found[0], node)


def path_within(node: LexborNode, record: LexborNode) -> str:
    """The selector of an element inside a record, read from the record's own tag downwards."""
    parts: list[str] = []
    for outer in (node, *ancestors(node)):
        if same(outer, record):
            break
        parts.append(placed(outer))
    return " > ".join([tag_of(record), *reversed(parts)])


def path_from_end(node: LexborNode, record: LexborNode, *, last: bool = True) -> str:
    """``path_within`` with every step counted from the end of its siblings of the same tag, but the ``last`` if icons
    may stand behind it."""
    parts: list[str] = [] if last else [placed(node)]
    for outer in (node, *ancestors(node)) if last else ancestors(node):
        if same(outer, record):
            break
        after, sibling = 1, outer.next
        while sibling is not None:
            after += sibling.tag == outer.tag
            sibling = sibling.next
        parts.append(f"{step(outer)}:nth-last-of-type({after})")
    return " > ".join([tag_of(record), *reversed(parts)])


def named_path(node: LexborNode, record: LexborNode) -> str:
    """``path_within`` from the nearest element on the way whose class no other in the record has: a picture before it,
    which some records lack, moves nothing."""
    parts: list[str] = []
    for outer in (node, *ancestors(node)):
        if same(outer, record):
            break
        own = step(outer)
        if "." in own and len(record.css(own)) == 1:
            return " > ".join([own, *reversed(parts)])
        parts.append(placed(outer))
    return path_within(node, record)
