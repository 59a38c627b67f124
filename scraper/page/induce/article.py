"""How the view pages of a board that no engine knows are read: an ArticlePart made from a few of them. Pure.

Several pages whose list rows are known anchor each other; one page alone is read as well as it can be, with less
confidence. 0.8 and more means that title, body and every field given are right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.errors import PageError
from scraper.korean.labels import split_label
from scraper.models import Article, Row
from scraper.page.article import first_body, read_article
from scraper.page.document import Document
from scraper.page.induce.article_body import (
    Body,
    Sums,
    Weights,
    find_bodies,
    find_wrapper,
    is_called,
    judge,
    sum_up,
    weigh,
)
from scraper.page.induce.article_fields import Told, View, find_field
from scraper.page.induce.article_files import cells_for, files_part, find_links, unseen_files
from scraper.page.induce.article_outline import Outline, is_date, outline
from scraper.page.induce.article_selectors import shared_way, shifted, ways_to
from scraper.page.induce.article_title import Heading, find_headings, is_title_of, squash
from scraper.page.induce.article_values import Value, find_values
from scraper.page.induce.selectors import step
from scraper.page.parts import ArticlePart, FilesPart, Identity, Layout, Pick

_SURE = 0.95
_LIKELY = 3.0
"""A heading with less is none, unless the list tells the title."""
_MOST_HEADINGS = 5
_ALIKE = 0.97
"""What the bodies that one selector finds must hold of the best ones, or another is looked for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A view page, with what its list said of that post (None for one page alone)."""

    document: Document
    row: Row | None


@dataclass(frozen=True, slots=True)
class InducedArticle:
    """A way to read the view pages of a board, and how sure it is."""

    part: ArticlePart
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """One page with what may be its heading."""

    page: Outline
    values: tuple[Value, ...]
    headings: tuple[Heading, ...]
    row: Row | None


def induce_article(samples: Sequence[Sample], identity: Identity, seen_at: datetime) -> InducedArticle | None:
    """The part that reads the samples; None when they are no articles."""
    reads = [read for sample in samples if (read := _look_at(sample, seen_at)) is not None]
    if not reads or len(reads) * 2 <= len(samples):
        return None
    titled = _title_way(reads)
    if titled is None:
        return None
    title, reads, headings = titled
    skin = _skin([read.page for read in reads])
    weighed = [weigh(read.page, heading, read.values, skin) for read, heading in zip(reads, headings, strict=True)]
    sums = [sum_up(read.page, heading, each) for read, heading, each in zip(reads, headings, weighed, strict=True)]
    found = _body_way(reads, headings, weighed, sums)
    if found is None:
        return None
    body, nodes, judged = found
    views = [
        View(read.page, read.values, heading.piece, node, read.row)
        for read, heading, node in zip(reads, headings, nodes, strict=True)
    ]
    fields = {role: told for role in ("author", "date", "hits") if (told := find_field(views, role)) is not None}
    linked = [find_links(view.page, heading.spot, view.body) for view, heading in zip(views, headings, strict=True)]
    files = files_part([(view.root, found) for view, found in zip(views, linked, strict=True)])
    boxes = [box for found in linked for box in found.boxes]
    if files is not None and files.select is None and not boxes:
        files = unseen_files(views[0].root, reads[0].page.spots[headings[0].spot].node, nodes[0], body)
    part = ArticlePart(
        cells=(),
        title=title,
        author=_picks(fields, "author"),
        date=_picks(fields, "date"),
        hits=_picks(fields, "hits"),
        body=(Pick(select=body, count="some"),),
        body_drop=_drops(reads, nodes, judged),
        files=files if files is not None and (files.select or not boxes) else FilesPart(label=True),
    )
    articles = _articles(reads, part, identity, seen_at)
    if articles is None:
        return None
    lost = False
    if part.files.label:
        by_label = replace(part, cells=cells_for(boxes or nodes))
        tried = _articles(reads, by_label, identity, seen_at)
        if tried is not None and _tell_the_same(articles, tried):
            part, articles = by_label, tried
        wanted = [len(found.links) for found in linked]
        lost = bool(boxes) and [_files_of(article) for article in articles] != wanted
    confidence, reasons = _confidence(reads, headings, judged, fields, articles, lost)
    if len(reads) < len(samples):
        confidence, reasons = confidence - 0.1, [*reasons, f"{len(samples) - len(reads)} pages show another thing"]
    return InducedArticle(part, round(max(0.05, confidence), 2), tuple(reasons)) if confidence > 0.3 else None


def _look_at(sample: Sample, seen_at: datetime) -> _Read | None:
    page = outline(sample.document, seen_at)
    values = tuple(find_values(page))
    headings = find_headings(page, values, sample.row)
    if sample.row is None:
        headings = [heading for heading in headings if heading.score >= _LIKELY]
    return _Read(page, values, tuple(headings[:_MOST_HEADINGS]), sample.row) if headings else None


def _title_way(reads: Sequence[_Read]) -> tuple[tuple[Pick, ...], list[_Read], list[Heading]] | None:
    """The picks of the title; of pages on which they find none only a minority is left out."""
    first = reads[0]
    for heading in first.headings:
        node = first.page.spots[heading.spot].node
        for way in (shared_way([(read.page.document.root, node if read is first else None) for read in reads],
                               accept=lambda at, found: _heading_at(reads[at], found) is not None), *_ways(node)):  # fmt: skip
            if way is None:
                continue
            picked = [_heading_at(read, read.page.document.root.css_first(way)) for read in reads]
            kept = [(read, each) for read, each in zip(reads, picked, strict=True) if each is not None]
            if len(kept) * 3 < len(reads) * 2 or first.page.document.root.css_first(way) != node:
                continue
            glued = split_label(heading.text)
            label = glued is not None and glued[0] == "title" and bool(glued[1])
            picks = (Pick(select=way, label="title"),) if label else (Pick(select=way),)
            return picks, [read for read, _ in kept], [each for _, each in kept]
    return None


def _ways(node: LexborNode) -> list[str]:
    return list(ways_to(node))


def _heading_at(read: _Read, node: LexborNode | None) -> Heading | None:
    if node is None:
        return None
    at = read.page.places.get(node.mem_id)
    return next((heading for heading in read.headings if heading.spot == at), None)


def _tell_the_same(articles: Sequence[Article], others: Sequence[Article]) -> bool:
    """Whether two readings differ in nothing but attachments."""
    return [replace(each, attachments=()) for each in articles] == [replace(each, attachments=()) for each in others]


def _files_of(article: Article) -> int:
    return sum(each.kind == "file" for each in article.attachments)


def _skin(pages: Sequence[Outline]) -> Collection[str]:
    """The lines that all pages show."""
    if len(pages) < 2:
        return ()
    counts = Counter(text for page in pages for text in {squash(piece.text) for piece in page.pieces})
    return {text for text, count in counts.items() if count == len(pages)}


def _body_way(
    reads: Sequence[_Read], headings: Sequence[Heading], weighed: Sequence[Weights], sums: Sequence[Sums]
) -> tuple[str, list[LexborNode], list[Body]] | None:
    """The selector whose elements hold the most prose of all pages, beside the heading or around it."""
    bodies = [find_bodies(read.page, each) for read, each in zip(reads, sums, strict=True)]
    best: tuple[float, str] | None = None
    tried: set[str] = set()
    for read, spots in zip(reads, bodies, strict=True):
        for spot in spots[:3]:
            rank = 0.0
            for way in ways_to(read.page.spots[spot].node):
                if way in tried or len(way) > 380:
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
    wrapped = [
        find_wrapper(read.page, heading, each) for read, heading, each in zip(reads, headings, weighed, strict=True)
    ]
    if all(each is not None for each in wrapped) and not any(
        spots and is_called(read.page, spots[0]) for read, spots in zip(reads, bodies, strict=True)
    ):
        way = shared_way(
            [
                (read.page.document.root, read.page.spots[each.spot].node)
                for read, each in zip(reads, wrapped, strict=True)
                if each
            ]
        )
        if way is not None:
            nodes = [read.page.spots[each.spot].node for read, each in zip(reads, wrapped, strict=True) if each]
            return way, nodes, [each for each in wrapped if each]
    if best is None:
        return None
    best = best[0], _loosened(best[1], reads)
    nodes = [found for read in reads if (found := first_body(read.page.document.root.css(best[1]))) is not None]
    judged = [
        judge(read.page, read.page.places[node.mem_id], each, total)
        for read, node, each, total in zip(reads, nodes, weighed, sums, strict=True)
    ]
    return best[1], nodes, judged


def _loosened(way: str, reads: Sequence[_Read]) -> str:
    """A selector that counts rows, made to skip those that some pages have above the body: files, empty ones."""
    at = way.rfind(":nth-of-type(")
    place = re.match(r":nth-of-type\((\d+)\)", way[at:]) if at > 0 else None
    if place is None or not re.search(r"\b(?:tr|div|p|li|dd)(?:\.[\w-]+)?$", way[:at]):
        return way
    wanted = [first_body(read.page.document.root.css(way)) for read in reads]
    loose = way
    for number in range(int(place[1]), 0, -1):
        tried = f"{way[:at]}:nth-of-type(n+{number}){way[at + place.end() :]}"
        if [first_body(read.page.document.root.css(tried)) for read in reads] != wanted:
            break
        loose = tried
    return loose


def _worth(way: str, reads: Sequence[_Read], headings: Sequence[Heading], sums: Sequence[Sums]) -> float:
    """The mean share of what the best element of each page holds; 0 when one page lacks it or it holds the heading."""
    shares: list[float] = []
    for read, heading, each in zip(reads, headings, sums, strict=True):
        node = first_body(read.page.document.root.css(way))
        at = read.page.places.get(node.mem_id) if node is not None else None
        if at is None or read.page.holds(at, heading.spot) or at < heading.spot:
            return 0.0
        best = max(each.worth)
        if best > 0:
            shares.append(each.worth[at] / best)
    return sum(shares) / len(shares) if shares else 0.0


def _drops(reads: Sequence[_Read], nodes: Sequence[LexborNode], bodies: Sequence[Body]) -> tuple[str, ...]:
    """Selectors for what stands in the bodies and is none of theirs; only such as drop nothing else."""
    found: dict[str, None] = {}
    foreign = [
        {read.page.spots[at].node.mem_id for at in body.foreign} for read, body in zip(reads, bodies, strict=True)
    ]
    for read, body in zip(reads, bodies, strict=True):
        for at in body.foreign:
            node = read.page.spots[at].node
            ways = [
                f".{name}"
                for name in (node.attributes.get("class") or "").split()
                if name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit()
            ]
            if node.attributes.get("id"):
                ways.insert(0, f"{node.tag}#{node.attributes['id']}")
            for way in (*ways, step(node), node.tag or "*"):
                if way in found or not (way[0].isalpha() or way[0] == "."):
                    break
                if all(
                    _only_foreign(read, body_node, way, known)
                    for read, body_node, known in zip(reads, nodes, foreign, strict=True)
                ):
                    found[way] = None
                    break
    return tuple(found)


def _only_foreign(read: _Read, body: LexborNode, way: str, known: Collection[int]) -> bool:
    try:
        matches = body.css(way)
    except ValueError:
        return False
    return all(
        any(read.page.spots[at].node.mem_id in known for at in read.page.around(read.page.places[node.mem_id]))
        for node in matches
        if node.mem_id in read.page.places
    )


def _picks(fields: dict[str, Told], role: str) -> tuple[Pick, ...]:
    told = fields.get(role)
    return told.picks if told is not None else ()


def _articles(reads: Sequence[_Read], part: ArticlePart, identity: Identity, seen_at: datetime) -> list[Article] | None:
    layout = Layout(name="induced", identity=identity, article=part)
    try:
        return [read_article(read.page.document, layout, seen_at) for read in reads]
    except PageError:
        return None


def _confidence(
    reads: Sequence[_Read],
    headings: Sequence[Heading],
    bodies: Sequence[Body],
    fields: dict[str, Told],
    articles: Sequence[Article],
    files_lost: bool,
) -> tuple[float, list[str]]:
    """How sure the reading is, with what speaks for it and against."""
    reasons = [f"the title reads {articles[0].title!r}", *(told.why for told in fields.values())]
    confidence = _SURE
    known = [read.row for read in reads]

    def doubt(amount: float, why: str) -> None:
        nonlocal confidence
        confidence -= amount
        reasons.append(why)

    alone = len(reads) < 2 or any(row is None for row in known)
    if alone:
        doubt(0.1, "one page alone")
        if not all(heading.is_named for heading in headings):
            doubt(0.15, "nothing but its looks says that this is the title")
        if headings[0].score < 6:
            doubt(0.1, "the title stands apart from author and date")
    else:
        off = sum(
            row is not None and article.title is not None and not is_title_of(article.title, row)
            for row, article in zip(known, articles, strict=True)
        )
        if off:
            doubt(0.3, f"{off} titles differ from the list's")
        if len({article.body_text for article in articles if article.body_text}) < sum(
            bool(article.body_text) for article in articles
        ):
            doubt(0.4, "bodies repeat each other")
    if "date" not in fields and (alone or any(row is not None and row.posted is not None for row in known)):
        doubt(0.12 if alone else 0.03, "no date")
    if not fields:
        doubt(0.25 if alone else 0.05, "no author, date or hits")
    for role, told in fields.items():
        if told.trust < 0.9:
            doubt(0.2 * (1 - told.trust) + (0.05 if alone else 0.0), f"{role} by its looks only")
    if alone and all(body.text < 40 for body in bodies):
        doubt(0.2, "hardly any text in the body")
    if not all(body.is_clean for body in bodies):
        doubt(0.1, "the body holds what is foreign to it")
    share = min(body.share for body in bodies)
    if share < 0.85:
        doubt(0.3 * (1 - share), "text stands outside the body as well")
    if not any(body.is_ended for body in bodies):
        doubt(0.05, "nothing shows where the body ends")
    if files_lost:
        doubt(0.2, "the attachments were not told apart")
    lists = max(_rows_in(read.page, heading, body) for read, heading, body in zip(reads, headings, bodies, strict=True))
    if lists > 2:
        doubt(0.4 if alone else 0.2, "there is a list where the body should be")
    return confidence, reasons


def _rows_in(page: Outline, heading: Heading, body: Body) -> int:
    """How many lines of a list stand between heading and the end of the body: a link and a date side by side."""
    linked: Counter[int] = Counter()
    dated: set[int] = set()
    for piece in page.pieces[heading.piece + 1 :]:
        if piece.spot >= page.ends[body.spot]:
            break
        around = [at for at in page.around(piece.spot) if page.spots[at].tag in ("tr", "li", "dl")][:1]
        for at in around:
            linked[at] += piece.linked > 3
            if is_date(piece.text, page.seen_at) or (
                piece.linked
                and len(piece.text) > 20
                and any(is_date(word, page.seen_at) for word in piece.text.split()[-3:])
            ):
                dated.add(at)
    return sum(linked[at] > 0 for at in dated)
