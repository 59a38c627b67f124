"""The element right before another. Pure."""

from __future__ import annotations

from selectolax.lexbor import LexborNode


def element_before(node: LexborNode) -> LexborNode | None:
    """The element before another in the same one, whatever text stands between; None for the first."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before
