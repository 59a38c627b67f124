"""One selector for the same element of several pages: by id, by class, by structure under either. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from scraper.page.document import ancestors, same
from scraper.page.induce.selectors import LONGEST, name_id, names_of, placed, tag_of

_DEEPEST = 40
_CELLS = frozenset(("td", "th", "dd"))
_FIELDS = frozenset(("img", "input", "a", "p"))
_PLACE = re.compile(r"nth-of-type\((\d+)\)")
_PASSING = frozenset(
    "clear clearfix left right center fl fr tl tr tc mt10 mt20 mb10 mb20 p10 container wrap inner row".split()
)


def ways_to(node: LexborNode) -> Iterator[str]:
    """Selectors for an element, the most lasting first. Whether they find it on a page must be tried."""
    return (way for way in _ways_to(node) if len(way) <= LONGEST)


def _ways_to(node: LexborNode) -> Iterator[str]:
    if (name := name_id(node)) is not None:
        yield f"#{name}"
    own = [f"{tag_of(node)}.{name}" for name in _telling(node)]
    if re.fullmatch(r"[A-Za-z]+", node.attributes.get("itemprop") or ""):
        own.insert(0, f"{tag_of(node)}[itemprop={node.attributes['itemprop']}]")
    if len(own) > 1:
        own.append(f"{tag_of(node)}." + ".".join(_telling(node)))
    yield from own
    if not own and node.tag in _CELLS:
        yield from (f"{node.tag}:has(> #{name}, > p > #{name})" for name in _marked(node))
    paths: list[str] = []
    tail = placed(node)
    plain = _numbered(node)
    for depth, outer in enumerate(ancestors(node)):
        if outer.tag in ("body", "html") or depth > _DEEPEST:
            break
        for root in roots_of(outer):
            yield from (f"{root} {each}" for each in own)
            if not own and node.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "article"):
                yield f"{root} {tag_of(node)}"
            paths += [f"{root} > {tail}", f"{root} > {plain}"]
        tail, plain = f"{placed(outer)} > {tail}", f"{_numbered(outer)} > {plain}"
    yield from paths
    if not own and node.tag in ("h1", "h2", "h3", "h4", "article"):
        yield node.tag
    yield from (f"body > {tail}", f"body > {plain}")


def _marked(cell: LexborNode) -> Iterator[str]:
    """The ids in a cell of elements that an unclosed ``<p>`` before them may have torn open and emptied."""
    for child in cell.iter(include_text=False):
        for inner in (child, *child.iter(include_text=False)) if child.tag == "p" else (child,):
            if inner.tag not in _FIELDS and (name := name_id(inner)) is not None:
                yield name


def _telling(node: LexborNode) -> list[str]:
    return [name for name in names_of(node) if name.lower() not in _PASSING]


def roots_of(node: LexborNode) -> Iterator[str]:
    """Selectors for an element by its own names, without its place."""
    if (name := name_id(node)) is not None:
        yield f"#{name}"
    yield from (f"{tag_of(node)}.{name}" for name in _telling(node))


def _numbered(node: LexborNode) -> str:
    """The tag with its place among its like, classes aside."""
    place = total = 0
    sibling = node.parent.first_child if node.parent is not None else None
    while sibling is not None:
        if sibling.tag == node.tag:
            total += 1
            if same(sibling, node):
                place = total
        sibling = sibling.next
    return f"{tag_of(node)}:nth-of-type({place})" if total > 1 else tag_of(node)


def shifted(nodes: Sequence[LexborNode]) -> list[str]:
    """Selectors for elements whose place varies by what stands before them: "from the third row on"."""
    patterns: list[dict[str, list[list[int]]]] = []
    for node in nodes:
        ways: dict[str, list[list[int]]] = {}
        for way in ways_to(node):
            ways.setdefault(_PLACE.sub("nth-of-type(#)", way), []).append([int(each) for each in _PLACE.findall(way)])
        patterns.append(ways)
    found = []
    for pattern in patterns[0] if patterns else ():
        places = [ways[pattern][0] for ways in patterns if pattern in ways]
        if len(places) * 3 < len(patterns) * 2:
            continue
        differing = [at for at in range(len(places[0])) if len({each[at] for each in places}) > 1]
        if len(differing) != 1:
            continue
        way = pattern
        for at, number in enumerate(places[0]):
            least = min(each[at] for each in places)
            way = way.replace(
                "nth-of-type(#)", f"nth-of-type(n+{least})" if at in differing else f"nth-of-type({number})", 1
            )
        found.append(way)
    return found


def shared_way(
    nodes: Sequence[tuple[LexborNode, LexborNode | None]], *, accept: Callable[[int, LexborNode], bool] | None = None
) -> str | None:
    """The first selector whose first match is the wanted element on every page: (root, element) for each.

    An element that is None is not known; ``accept(page, found)`` then says whether what was found will do.
    """
    tried: set[str] = set()
    for _, node in nodes:
        if node is None:
            continue
        lonely: str | None = None
        for way in ways_to(node):
            if way in tried:
                continue
            tried.add(way)
            if all(_fits(place, way, root, wanted, accept) for place, (root, wanted) in enumerate(nodes)):
                if all(len(root.css(way)) < 2 for root, _ in nodes):
                    return way
                lonely = lonely or way
        if lonely is not None:
            return lonely
    return None


def _fits(
    place: int,
    way: str,
    root: LexborNode,
    wanted: LexborNode | None,
    accept: Callable[[int, LexborNode], bool] | None,
) -> bool:
    found = root.css_first(way)
    if wanted is not None:
        return same(found, wanted)
    return found is None or accept is None or accept(place, found)
