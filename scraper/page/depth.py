"""Whether a page is nested so deep that parsing it, or reading it, would take too long. Pure."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

DEEPEST = 2_000
"""Lexbor takes time in the square of the depth: 20,000 levels cost over a second, 100,000 hang it."""
DEEPEST_TREE = 800
"""Readers look at every element's ancestors and text: what they do grows with the depth, too."""
_MANY_TAGS = 20_000
ORDINARY = 99
"""How deep pages are: only one that goes deeper is walked to see how deep it is."""
_DEEP = f":root:has(>{'>'.join('*' * ORDINARY)})"
"""Looked for from the root downwards: from below (``*>*>*``) every element would be asked for all of its ancestors."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr "
    "p li td th tr dt dd option tbody thead tfoot".split()
)


def is_too_deep(text: str) -> bool:
    """Whether the source of a page opens elements over ``DEEPEST`` deep; only one with very many tags is looked at."""
    return text.count("<") > _MANY_TAGS and _depth(text) > DEEPEST


def is_tree_too_deep(root: LexborNode) -> bool:
    """Whether elements stand deeper than ``DEEPEST_TREE``; tags that were never closed do not count as such."""
    return is_out_of_the_ordinary(root) and is_deeper(root, DEEPEST_TREE)


def is_out_of_the_ordinary(root: LexborNode) -> bool:
    """Whether more than ``ORDINARY`` elements stand one in another, the root among them."""
    return root.css_first(_DEEP) is not None


def is_deeper(root: LexborNode, limit: int) -> bool:
    node, depth = root, 0
    while True:
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            if depth > limit:
                return True
            continue
        while node.next is None:
            if node.parent is None or depth == 0:
                return False
            node, depth = node.parent, depth - 1
        if depth == 0:
            return False
        node = node.next


def _depth(text: str) -> int:
    depth = deepest = 0
    for closing, name in _TAG.findall(text):
        if name.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest
