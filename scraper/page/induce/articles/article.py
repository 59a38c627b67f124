"""How the view pages of a board that no engine knows are read: an ArticlePart made from a few of them. Pure.

Several pages whose list rows are known anchor each other; one page alone is read as well as it can be, with less
confidence. 0.8 and more means that title, body and every field given are right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.errors import PageError
from scraper.korean.labels import split_label
from scraper.korean.lines import is_neighbour, leads_back
from scraper.models import Article, Row
from scraper.page.article import read_article
from scraper.page.calls import call_of
from scraper.page.document import Document, ids, line, within
from scraper.page.induce.articles.body import sum_up, weigh
from scraper.page.induce.articles.choice import Read, body_way, drops_of
from scraper.page.induce.articles.company import menu_words, names_board
from scraper.page.induce.articles.fields import find_field
from scraper.page.induce.articles.file_ways import cells_for, files_part, unseen_files
from scraper.page.induce.articles.files import Found, find_links
from scraper.page.induce.articles.looks import blocks_in, heads_text, leads_elsewhere, marks_in
from scraper.page.induce.articles.outline import Outline, outline, squash
from scraper.page.induce.articles.talk import find_talk
from scraper.page.induce.articles.title import Heading, find_headings
from scraper.page.induce.articles.trust import how_sure
from scraper.page.induce.articles.values import find_values
from scraper.page.induce.articles.views import Told, View
from scraper.page.induce.articles.ways import shared_way, ways_to
from scraper.page.induce.articles.window import common_tail, full_title, shows_window_only, window_title
from scraper.page.links import open_link
from scraper.page.listing import is_cut
from scraper.page.parts import ArticlePart, FilesPart, Identity, Layout, Pick
from scraper.page.picks import led_by

_LIKELY = 3.0
"""A heading with less is none, unless the list tells the title."""
_NEIGHBOURED = 2.0
"""The same on a page that leads to the post before or behind (이전글) or back to the list, or where text follows the
heading at once."""
_LEAST = 0.3
"""What is surer than this may be an article."""
_MOST_HEADINGS = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A view page, with what its list said of that post (None for one page alone)."""

    document: Document
    row: Row | None
    listed: Sequence[tuple[LexborNode, str]] = ()
    """The rows of a list on the page, with their titles: nothing in them is of the post."""
    is_one_of_them: bool = False
    """Its address is told as those of the rows are."""


@dataclass(frozen=True, slots=True)
class InducedArticle:
    """A way to read the view pages of a board, and how sure it is."""

    part: ArticlePart
    confidence: float
    reasons: tuple[str, ...]
    untold: frozenset[str] = frozenset()
    """The functions that links to files call and of which the pages do not tell what they ask for."""


def induce_article(
    samples: Sequence[Sample], identity: Identity, seen_at: datetime, calls: Mapping[str, str] | None = None
) -> InducedArticle | None:
    """The part that reads the samples; None when they are no articles. ``calls`` is that of a Layout."""
    base = Layout(name="induced", identity=identity, calls=calls or {})
    looks = [_look_at(sample, seen_at) for sample in samples]
    reads = [read for read in looks if read.headings]
    titled = _title_way(reads) if len(reads) * 2 > len(samples) else _window_way(looks)
    if titled is None:
        return None
    title, reads, headings = titled
    skin = _skin([read.page for read in reads])
    weighed = [
        weigh(read.page, heading, read.values, skin, read.rows, read.author)
        for read, heading in zip(reads, headings, strict=True)
    ]
    sums = [sum_up(read.page, heading, each) for read, heading, each in zip(reads, headings, weighed, strict=True)]
    found = body_way(reads, headings, weighed, sums)
    if found is None:
        return None
    body, nodes, judged = found
    drops = drops_of(reads, body, nodes, judged)
    views = [
        View(
            read.page,
            read.values,
            heading.piece,
            None if within(read.page.spots[heading.spot].node, node) else node,
            read.row,
            ids([inner for way in drops for inner in node.css(way)]),
            read.rows,
        )
        for read, heading, node in zip(reads, headings, nodes, strict=True)
    ]
    fields = {role: told for role in ("author", "date", "hits") if (told := find_field(views, role)) is not None}
    linked = [
        find_links(view.page, heading.spot, view.body, each.foreign)
        for view, heading, each in zip(views, headings, judged, strict=True)
    ]
    files = files_part([(view.root, found) for view, found in zip(views, linked, strict=True)], nodes)
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
        body_drop=drops,
        files=files if files is not None and (files.select or not boxes) else FilesPart(label=True),
    )
    articles = _articles(reads, part, base, seen_at)
    if articles is None:
        return None
    if whole := full_title([read.page for read in reads], [read.row for read in reads],
                           [each.title or "" for each in articles]):  # fmt: skip
        part = replace(part, title_full=whole)
        articles = _articles(reads, part, base, seen_at) or articles
    if part.files.label:
        for other in (
            replace(part, cells=cells_for(boxes or nodes)),
            replace(part, files=FilesPart(anywhere=True)),
        ):
            tried = _articles(reads, other, base, seen_at)
            if tried is not None and _tell_the_same(articles, tried):
                part, articles = other, tried
                if not _lose_files(articles, linked):
                    break
    wide = replace(part, files=replace(part.files, anywhere=True))
    if _articles(reads, wide, base, seen_at) == articles:  # files that stand elsewhere in other posts
        part = wide
    lost = _lose_files(articles, linked, askable=False)
    confidence, reasons = how_sure(reads, headings, judged, fields, articles, lost)
    if len(reads) < len(samples):
        confidence, reasons = confidence - 0.1, [*reasons, f"{len(samples) - len(reads)} pages show another thing"]
    if confidence <= _LEAST:
        return None
    untold = {
        call.name
        for read, found in zip(reads, linked, strict=True)
        for link in found.links
        if (call := call_of(link)) is not None and open_link(read.page.document, base, link, "attachment") is None
    }
    return InducedArticle(part, round(confidence, 2), tuple(reasons), frozenset(untold))


def _look_at(sample: Sample, seen_at: datetime) -> Read:
    page = outline(sample.document, seen_at)
    values = tuple(find_values(page))
    listed = {page.places[node.mem_id] for node, _ in sample.listed if node.mem_id in page.places}
    rows = frozenset(at for at in listed if not any(at < other < page.ends[at] for other in listed))
    headings = find_headings(page, values, sample.row, [title for _, title in sample.listed])
    if sample.row is None:
        headings = [each for each in headings if not any(at in rows for at in page.around(each.spot))]
        shows_post = sample.is_one_of_them
        shows_post = shows_post or any(is_neighbour(piece.text) or leads_back(piece.text) for piece in page.pieces)
        shows_post = shows_post or (bool(headings) and heads_text(page, headings[0].piece, rows))
        headings = [each for each in headings if each.score >= (_NEIGHBOURED if shows_post else _LIKELY)]
        is_doubtful = bool(headings) and _is_doubtful(page, headings[0])
        window = window_title([page], [None], rows) if is_doubtful else None
        if window is not None and not (headings[0].score >= _LIKELY and _opens(headings[0].text, window[1][0].text)):
            headings = []
    elif shows_window_only(page, sample.row, headings, rows):
        headings = []
    return Read(page, values, tuple(headings[:_MOST_HEADINGS]), sample.row, rows)


def _is_doubtful(page: Outline, best: Heading) -> bool:
    """Whether the likeliest heading of a page alone may be none: the window's title is better, where there is one."""
    if best.score < _LIKELY:
        return True
    piece = page.pieces[best.piece]
    if piece.is_link and is_cut(best.text):
        return True  # in a box of what is much read
    is_section = names_board(best.text) or squash(best.text) in menu_words(page)
    is_of_others = leads_elsewhere(page, piece) or not find_talk(page, 0).isdisjoint(page.around(best.spot))
    return not best.is_named and (is_section or is_of_others)


def _opens(text: str, window: str) -> bool:
    """Whether the window's title says no more than a text and, behind it, where that stands."""
    return squash(window).startswith(squash(text)) and not names_board(window.split()[0])


def _window_way(reads: list[Read]) -> tuple[tuple[Pick, ...], list[Read], list[Heading]] | None:
    """The pick of a title that only the window shows."""
    found = window_title([read.page for read in reads], [read.row for read in reads], reads[0].rows)
    return ((found[0],), reads, found[1]) if found is not None else None


def _title_way(reads: Sequence[Read]) -> tuple[tuple[Pick, ...], list[Read], list[Heading]] | None:
    """The picks of the title; of pages on which they find none only a minority is left out. A heading that goes on with
    the same words on all pages, which the list's titles lack, is the last choice, and those words are none of it."""
    first = reads[0]
    spare: tuple[tuple[Pick, ...], list[Read], list[Heading]] | None = None
    for heading in first.headings:
        node = first.page.spots[heading.spot].node
        known = [(read.page.document.root, node if read is first else None) for read in reads]
        shared = shared_way(known, accept=lambda at, found: _heading_at(reads[at], found) is not None)
        for way in ([shared] if shared is not None else []) + list(ways_to(node)):
            picked = [_heading_at(read, read.page.document.root.css_first(way)) for read in reads]
            kept = [(read, each) for read, each in zip(reads, picked, strict=True) if each is not None]
            if len(kept) * 3 < len(reads) * 2 or _heading_at(first, first.page.document.root.css_first(way)) != heading:
                continue
            glued = split_label(heading.text)
            label = (glued is not None and glued[0] == "title" and bool(glued[1])) or bool(led_by(node, "title"))
            at = first.page.places[node.mem_id]
            marks = (*marks_in(first.page, at), *blocks_in(first.page, at, heading.text)) if not label else ()
            tail = _tail(kept) if not label else None
            ends = rf"^(.+){re.escape(tail)}$" if tail is not None else None
            picks = (Pick(select=way, label="title"),) if label else (Pick(select=way, drop=marks, pattern=ends),)
            found = picks, [read for read, _ in kept], [each for _, each in kept]
            if tail is None:
                return found
            spare = spare or found
            break
    return spare


def _tail(kept: Sequence[tuple[Read, Heading]]) -> str | None:
    """What all of these headings end with, parted from the title (" > 오피니언"), and no title of the list does."""
    tail = next(iter(common_tail([heading.text for _, heading in kept])), None)
    titles = [read.row.title for read, _ in kept if read.row is not None and not is_cut(read.row.title)]
    return tail if titles and tail is not None and not any(title.endswith(tail) for title in titles) else None


def _heading_at(read: Read, node: LexborNode | None) -> Heading | None:
    """The heading that ``node`` shows: it may stand in an element around it, or inside it, that has no other text."""
    if node is None:
        return None
    at = read.page.places.get(node.mem_id)
    exact = next((heading for heading in read.headings if heading.spot == at), None)
    if exact is not None:
        return exact
    text = squash(line(node))
    for heading in read.headings:
        there = read.page.spots[heading.spot].node
        if (within(there, node) or within(node, there)) and squash(line(there)) == text:
            return heading
    return None


def _tell_the_same(articles: Sequence[Article], others: Sequence[Article]) -> bool:
    """Whether two readings differ in nothing but attachments."""
    return [replace(each, attachments=()) for each in articles] == [replace(each, attachments=()) for each in others]


def _lose_files(articles: Sequence[Article], linked: Sequence[Found], *, askable: bool = True) -> bool:
    """Whether files are not found; with ``askable``, also whether nobody knows what they are asked for by."""
    told = [
        sum(each.kind == "file" and (each.ask is not None or not askable) for each in article.attachments)
        for article in articles
    ]
    return any(count < found.count for count, found in zip(told, linked, strict=True))


def _skin(pages: Sequence[Outline]) -> Collection[str]:
    """The lines that all pages show."""
    if len(pages) < 2:
        return ()
    counts = Counter(text for page in pages for text in {squash(piece.text) for piece in page.pieces})
    return {text for text, count in counts.items() if count == len(pages)}


def _picks(fields: dict[str, Told], role: str) -> tuple[Pick, ...]:
    told = fields.get(role)
    return told.picks if told is not None else ()


def _articles(reads: Sequence[Read], part: ArticlePart, base: Layout, seen_at: datetime) -> list[Article] | None:
    layout = replace(base, article=part)
    try:
        return [read_article(read.page.document, layout, seen_at) for read in reads]
    except PageError:
        return None
