"""The selector of the body on all pages, and what is left out of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from scraper.models import Row
from scraper.page.article import first_body
from scraper.page.document import ancestors, same
from scraper.page.induce.articles.body import Body, Sums, Weights, find_bodies, foreign_in, judge
from scraper.page.induce.articles.ends import LINE
from scraper.page.induce.articles.files import acts_of
from scraper.page.induce.articles.named import is_called
from scraper.page.induce.articles.outline import Outline
from scraper.page.induce.articles.title import Heading
from scraper.page.induce.articles.values import Value
from scraper.page.induce.articles.ways import shared_way, shifted, ways_to
from scraper.page.induce.selectors import placed, step, tag_of

_ALIKE = 0.97
"""What the bodies that one selector finds must hold of the best ones, or another is looked for."""
_FRAME = 0.02
"""What an element around the text is worth less that may hold more on other pages."""
_WRAPPING = 0.55
"""Of the text between heading and end the share that one element beside the heading must hold."""
_COUNTED = re.compile(
    r"(?<![\w-])((?:tr|div|p|li|dd)(?:\.[\w-]+)?):nth-of-type\((\d+)\)(\s*>\s*t[dh](?:\.[\w-]+)?(?::nth-of-type\(\d+\))?)?$"
)
"""The row at the end of a selector, with its place, and a cell in it."""
_BOXES = frozenset("div dl ul ol table section aside".split())
"""What frames a text, and what is left out by its place in the body of one page alone: in another text a paragraph may
stand there."""


@dataclass(frozen=True, slots=True)
class Read:
    """One page with what may be its heading."""

    page: Outline
    values: tuple[Value, ...]
    headings: tuple[Heading, ...]
    row: Row | None
    rows: frozenset[int] = frozenset()
    """The elements that are rows of a list on the page."""

    @property
    def author(self) -> str | None:
        """Who wrote, as the list says."""
        return self.row.author if self.row is not None else None


def body_way(
    reads: Sequence[Read], headings: Sequence[Heading], weighed: Sequence[Weights], sums: Sequence[Sums]
) -> tuple[str, list[LexborNode], list[Body]] | None:
    """The selector whose elements hold the most prose of all pages, beside the heading or around it."""
    bodies = [find_bodies(read.page, each) for read, each in zip(reads, sums, strict=True)]
    best: tuple[float, str] | None = None
    tried: set[str] = set()
    for read, spots in zip(reads, bodies, strict=True):
        for spot in spots[:3]:
            rank = 0.0
            for way in ways_to(read.page.spots[spot].node):
                if way in tried:
                    continue
                tried.add(way)
                rank += 0.0004
                worth = _worth(way, reads, headings, sums) - min(rank, 0.01)
                if worth > 0 and (best is None or worth > best[0] + 1e-9):
                    best = (worth, way)
                if worth > _ALIKE:
                    break
    if best is None or best[0] < _ALIKE:
        for way in shifted(
            [read.page.spots[spots[0]].node for read, spots in zip(reads, bodies, strict=True) if spots]
        ):
            worth = _worth(way, reads, headings, sums)
            if worth > (best[0] if best is not None else 0.0):
                best = (worth, way)
    called = any(spots and is_called(read.page, spots[0]) for read, spots in zip(reads, bodies, strict=True))
    around = None if called else _around(reads, headings, weighed)
    if around is not None:
        return around
    if best is None:
        return None
    best = best[0], _loosened(best[1], reads)
    nodes = [found for read in reads if (found := first_body(read.page.document.root.css(best[1]))) is not None]
    judged = [
        judge(read.page, read.page.places[node.mem_id], each, total)
        for read, node, each, total in zip(reads, nodes, weighed, sums, strict=True)
    ]
    return best[1], nodes, judged


def _around(
    reads: Sequence[Read], headings: Sequence[Heading], weighed: Sequence[Weights]
) -> tuple[str, list[LexborNode], list[Body]] | None:
    """The element that holds heading and text side by side on most pages; None when the text has one of its own."""
    pages = list(zip(reads, headings, weighed, strict=True))
    if sum(_wrapper(read.page, heading, each) is not None for read, heading, each in pages) * 2 <= len(pages):
        return None
    found = [_wrapper(read.page, heading, each, sure=True) for read, heading, each in pages]
    bodies = [body for body in found if body is not None]
    if len(bodies) < len(pages):
        return None
    nodes = [read.page.spots[body.spot].node for read, body in zip(reads, bodies, strict=True)]
    way = shared_way([(read.page.document.root, node) for read, node in zip(reads, nodes, strict=True)])
    return (way, nodes, bodies) if way is not None else None


def _wrapper(page: Outline, heading: Heading, weights: Weights, *, sure: bool = False) -> Body | None:
    """The element that holds heading and prose side by side, with what is foreign in it; None when one beside the
    heading holds most of the prose, unless other pages have made it ``sure``."""
    prose = [0.0] * len(page.spots)
    for piece, weight in zip(page.pieces, weights.pieces, strict=True):
        if weight > 0:
            for at in page.around(piece.spot):
                prose[at] += weight
    for image, weight in zip(page.images, weights.images, strict=True):
        for at in page.around(image):
            prose[at] += weight
    total = prose[0]
    beside = max((prose[at] for at in range(len(page.spots)) if not page.holds(at, heading.spot)), default=0.0)
    if total < 1 or (beside >= total * _WRAPPING and not sure):
        return None
    for at in page.around(heading.spot):
        if prose[at] >= total * 0.9 and page.spots[at].tag not in ("body", "table", "tbody", "tr"):
            begun = next(
                (place for place, weight in enumerate(weights.pieces) if place > heading.piece and weight > LINE),
                max(range(len(weights.pieces)), key=weights.pieces.__getitem__),
            )
            head = max((place for place, weight in enumerate(weights.pieces[:begun]) if weight < 0), default=0)
            lifted = tuple(
                -100.0 if place <= max(heading.piece, head) or (place >= weights.end and weight < 0) else weight
                for place, weight in enumerate(weights.pieces)
            )
            foreign, clean = foreign_in(page, at, replace(weights, pieces=lifted))
            return Body(at, prose[at], int(prose[at]), prose[at] / total, foreign, clean, weights.is_ended)
    return None


def _loosened(way: str, reads: Sequence[Read]) -> str:
    """A selector that counts rows, made to skip those that some pages have above the body: files, empty ones."""
    found = _COUNTED.search(way)
    if found is None:
        return way
    wanted = [first_body(read.page.document.root.css(way)) for read in reads]
    loose = way
    for number in range(int(found[2]), 0, -1):
        tried = f"{way[: found.end(1)]}:nth-of-type(n+{number}){found[3] or ''}"
        bodies = [first_body(read.page.document.root.css(tried)) for read in reads]
        if not all(one is other or same(one, other) for one, other in zip(bodies, wanted, strict=True)):
            break
        loose = tried
    return loose


def _worth(way: str, reads: Sequence[Read], headings: Sequence[Heading], sums: Sequence[Sums]) -> float:
    """The mean share of what the best element of each page holds; 0 when one page lacks it or it holds the heading."""
    shares: list[float] = []
    for read, heading, each in zip(reads, headings, sums, strict=True):
        node = first_body(read.page.document.root.css(way))
        at = read.page.places.get(node.mem_id) if node is not None else None
        if at is None or read.page.holds(at, heading.spot) or at < heading.spot:
            return 0.0
        best = max(each.worth)
        if best > 0:
            shares.append(each.worth[at] / best - _FRAME * _is_frame(read.page, at))
    return sum(shares) / len(shares) if shares else 0.0


def _is_frame(page: Outline, at: int) -> bool:
    """Whether an element holds the text in one element or row, beside others that are empty here: facts and files of
    other posts stand there."""
    is_table = page.spots[at].tag == "table"
    inner = [
        each
        for each in range(at + 1, page.ends[at])
        if (page.spots[each].tag == "tr" and page.spots[page.spots[each].up].up == at)
        or (page.spots[each].up == at and _is_box(page, each) and not is_table)
    ]
    shown = [*(piece.spot for piece in page.pieces), *page.images]
    return len(inner) > 1 == sum(any(page.holds(each, spot) for spot in shown) for each in inner)


def _is_box(page: Outline, at: int) -> bool:
    """Whether an element is a box of the skin; a paragraph is one if it has a name."""
    return page.spots[at].tag in _BOXES or (page.spots[at].tag == "p" and bool(page.spots[at].names.strip()))


def drops_of(
    reads: Sequence[Read], body_select: str, nodes: Sequence[LexborNode], bodies: Sequence[Body]
) -> tuple[str, ...]:
    """Selectors for what stands in the bodies and is none of theirs; only such as drop nothing else."""
    found: dict[str, None] = {}
    foreign = [
        {read.page.spots[at].node.mem_id for at in body.foreign} for read, body in zip(reads, bodies, strict=True)
    ]
    for read, body in zip(reads, bodies, strict=True):
        for at in body.foreign:
            last: tuple[str, ...] = ()
            node = read.page.spots[at].node
            ways = [
                f".{name}"
                for name in (node.attributes.get("class") or "").split()
                if name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit()
            ]
            if node.attributes.get("id"):
                ways.insert(0, f"{node.tag}#{node.attributes['id']}")
            acts = [f"a{act}" for link in node.css("a")[:1] for act in acts_of(link)]
            ways += acts if node.tag == "a" else [f"{tag_of(node)}:has({act})" for act in acts]
            is_head = any(read.page.holds(body.spot, each.spot) for each in read.headings[:1])
            if len(reads) == 1 and (node.tag in _BOXES or is_head):
                place = _place_in(nodes[0], node)
                last = (place, f"{body_select} > {place}")
            for way in (*ways, step(node), node.tag or "*", *last):
                if way in found or not way or not (way[0].isalpha() or way[0] == "."):
                    break
                if all(
                    _only_foreign(read, body_node, way, known)
                    for read, body_node, known in zip(reads, nodes, foreign, strict=True)
                ):
                    found[way] = None
                    break
    return tuple(found)


def _place_in(body: LexborNode, node: LexborNode) -> str:
    """Where an element stands in a body."""
    inside = [node, *(outer for outer in ancestors(node, body) if not same(outer, body))]
    return " > ".join(placed(each) for each in reversed(inside))


def _only_foreign(read: Read, body: LexborNode, way: str, known: Collection[int]) -> bool:
    try:
        matches = body.css(way)
    except ValueError:
        return False
    return all(
        any(read.page.spots[at].node.mem_id in known for at in read.page.around(read.page.places[node.mem_id]))
        for node in matches
        if node.mem_id in read.page.places and not same(node, body)
    )
