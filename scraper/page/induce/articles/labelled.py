"""The picks for a field of a view page that has a label, wherever the label stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role
from scraper.page.document import ancestors
from scraper.page.induce.articles.values import Value, image_labels
from scraper.page.induce.articles.views import Told, View, agrees, bounds, inside_body
from scraper.page.induce.articles.ways import roots_of, shared_way, ways_to
from scraper.page.induce.selectors import step, tag_of
from scraper.page.parts import Pick
from scraper.page.picks import pick

_QUOTABLE = re.compile(r"[\w .:-]+")


def in_head(view: View, role: Role) -> list[Value]:
    """The labelled values of one field that stand between heading and body, or close before the heading."""
    first, body, _ = bounds(view)
    heading = view.start
    own = [value for value in view.values if value.role == role and not inside_body(view, value.spot)]
    head = [value for value in own if first <= value.spot < body or view.page.holds(value.spot, heading)]
    head.sort(key=lambda value: (value.spot < heading, abs(value.spot - heading)))
    known = [value for value in head if agrees(view, role, value.text)]
    return known or [value for value in head if not value.is_weak] or head


def in_tail(view: View, role: Role) -> list[Value]:
    """The labelled value right behind the body; a list below has one in every row."""
    _, body, last = bounds(view)
    heading = view.start
    own = [
        value
        for value in view.values
        if value.role == role and value.spot > body and not inside_body(view, value.spot)
        and not view.page.holds(value.spot, heading)
    ]  # fmt: skip
    own = [value for value in own if not any(_are_records(view, value, other) for other in own)]
    alone = len({value.text for value in own}) == 1
    return [value for value in own if alone and value.spot <= last and not value.is_weak]


def _are_records(view: View, one: Value, other: Value) -> bool:
    """Whether two values stand in elements of one kind, side by side: those of other posts."""
    spots = view.page.spots
    path = dict.fromkeys(view.page.around(one.spot))
    last = other.spot
    while spots[last].up not in path and last > 0:
        last = spots[last].up
    around = spots[last].up
    first = next((at for at in path if spots[at].up == around), -1)
    if first in (-1, last) or last in path:
        return False
    return (spots[first].tag, spots[first].names) == (spots[last].tag, spots[last].names)


def by_label(views: Sequence[View], role: Role, where: Callable[[View, Role], list[Value]]) -> Told | None:
    """The selector of the labels; what it reads must be the value that was meant on every page."""
    wanted = [next(iter(where(view, role)), None) for view in views]
    first = next(((view, value) for view, value in zip(views, wanted, strict=True) if value is not None), None)
    if first is None or sum(value is None for value in wanted) * 2 > len(wanted):
        return None
    view, value = first
    if value.is_below:
        return _by_column(views, role, wanted)
    spots = [each.spot for each in where(view, role) if each.text == value.text]  # also that of an element around it
    nodes = [view.page.spots[spot].node for spot in spots]
    for way, source in dict.fromkeys(way for node in nodes for way in _ways(node)):
        each = Pick(select=way, label=role, source=source)
        if all(_reads(other, each, role, told) for other, told in zip(views, wanted, strict=True)):
            weak = value.is_weak and not any(agrees(v, role, w.text) for v, w in zip(views, wanted, strict=True) if w)
            return Told((each,), 0.8 if weak else 1.0, f"{role} by its label")
    return None


def _by_column(views: Sequence[View], role: Role, wanted: Sequence[Value | None]) -> Told | None:
    """The place of values under their labels."""
    nodes = [view.page.spots[told.place].node if told is not None else None for view, told in
             zip(views, wanted, strict=True)]  # fmt: skip
    way = shared_way([(view.root, node) for view, node in zip(views, nodes, strict=True)], accept=lambda *_: False)
    return Told((Pick(select=way),), 0.9, f"{role} under its label") if way is not None else None


def _ways(node: LexborNode) -> Iterator[tuple[str, str]]:
    """Selectors that find a label, and where in what they find its words stand."""
    if node.tag != "img":
        yield from ((way, "text") for way in _label_ways(node))
    for name, _ in image_labels(node) if node.tag == "img" else ():
        told = (node.attributes.get(name) or "").rpartition("/")[2]
        if _QUOTABLE.fullmatch(told) is not None:
            yield f"img[{name}$='{told}']", f"attr:{name}"


def _label_ways(node: LexborNode) -> Iterator[str]:
    """Selectors that find a label wherever it stands among its like; nearest surroundings first."""
    around = list(ancestors(node))[:9]
    roots = [root for outer in around for root in roots_of(outer)]
    yield from (f"{root} {tag_of(node)}" for root in roots)
    yield from (f"{root} {step(node)}" for root in roots if "." in step(node))
    if "." in step(node):
        yield step(node)
    yield tag_of(node)
    outer = around[0] if around else None
    if outer is not None:
        yield f"{tag_of(outer)} > {tag_of(node)}"
    yield from ways_to(node)


def _reads(view: View, each: Pick, role: Role, told: Value | None) -> bool:
    picked = pick(view.scope, (each,), role)
    if told is None:
        return picked is None
    return picked is not None and picked.text == told.text
