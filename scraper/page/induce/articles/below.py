"""The posts that a page leads to beside the one that it shows: a list below it, related ones. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.models import Article, Listing, Row
from scraper.page.document import Document, ancestors, line, within
from scraper.page.induce.articles.company import SENTENCE
from scraper.page.links import read_key, read_row_link
from scraper.page.parts import ArticlePart, Identity, Layout
from scraper.page.picks import Scope, pick
from scraper.page.rows import Line, find_lines

_FEWEST = 3
"""Posts that make a list: fewer may be the neighbours."""


def rows_on(document: Document, layout: Layout, seen_at: datetime) -> list[tuple[LexborNode, str]]:
    """The rows of the list that stands on a page, mostly below a post: each with the words of its link. None where what
    holds them is missing, or few posts are told: neighbours and files may look like rows."""
    part = layout.list
    around = document.root.css_first(part.scope) if part.scope else document.root
    lines, _ = find_lines(document, layout, around.css(part.rows), seen_at) if around is not None else ([], [])
    if len({entry.key for entry in lines}) < _FEWEST:
        return []
    return [(node, line(entry.link)) for entry in lines for node in entry.elements]


def posts_below(document: Document, identity: Identity) -> list[tuple[LexborNode, str]]:
    """The elements that stand side by side and lead to one post each, with the words of their links: where they are
    is no matter, so that they are found although the layout of the list tells another place."""
    layout = Layout(name="below", identity=identity)
    keys: dict[int, set[str]] = {}
    links: list[tuple[LexborNode, list[LexborNode]]] = []
    marked = "".join(f", [{source[5:]}]" for source in identity.key if source.startswith("attr:"))
    for node in document.root.css(f"a[href], [onclick]{marked}"):
        linked = read_row_link(document, layout, (node,))
        if linked is None or not line(node):
            continue
        around = [node, *ancestors(node)]
        links.append((node, around))
        for outer in around:
            keys.setdefault(outer.mem_id, set()).add(linked[0])
    records: dict[int, tuple[tuple[str, int], LexborNode, str]] = {}
    for node, around in links:
        at = next((at for at, outer in enumerate(around) if len(keys[outer.mem_id]) > 1), 0)
        if at:
            place = (around[at - 1].tag or "", around[at].mem_id)
            records.setdefault(around[at - 1].mem_id, (place, around[at - 1], line(node)))
    counts = Counter(place for place, _, _ in records.values())
    return [(node, words) for place, node, words in records.values() if counts[place] >= _FEWEST]


def rows_below(document: Document, layout: Layout, listing: Listing, seen_at: datetime) -> list[tuple[Line, Row]]:
    """The rows of a list with where they stand; of such as hold others the inner ones only."""
    around = (document.root.css_first(layout.list.scope) if layout.list.scope else None) or document.root
    lines, _ = find_lines(document, layout, around.css(layout.list.rows), seen_at)
    known = {row.key: row for row in listing.rows}
    rows = [(entry, known[entry.key]) for entry in lines if entry.key in known]
    frames = {outer.mem_id for entry, _ in rows for outer in ancestors(entry.node)}
    return [(entry, row) for entry, row in rows if entry.node.mem_id not in frames]


def facts_beside(scope: Scope, part: ArticlePart, listed: Sequence[tuple[Line, Row]]) -> int:
    """How many facts of a post stand outside the rows of a list."""
    told = [pick(scope, ways, "fact") for ways in (part.author, part.date, part.hits)]
    return sum(each is not None and not any(entry.holds(each.node) for entry, _ in listed) for each in told)


def shares(body: LexborNode, listed: Sequence[tuple[Line, Row]]) -> bool:
    """Whether a text stands in a row of a list, or holds its rows."""
    return any(entry.holds(body) or within(entry.node, body) for entry, _ in listed)


def leads_to_row(document: Document, layout: Layout, title: LexborNode, listed: Sequence[tuple[Line, Row]]) -> bool:
    """Whether a title is a link to the post of another row, as in a box of what is much read."""
    linked = read_row_link(document, layout, [*title.css("a[href]"), *([title] if title.tag == "a" else [])])
    own = read_key(layout.identity.key, document.url, None, None)
    return linked is not None and linked[0] != own and any(row.key == linked[0] for _, row in listed)


def opens(entry: Line, title: LexborNode) -> bool:
    """Whether a title stands in what opens a row, or around it."""
    return within(title, entry.link) or within(entry.link, title)


def says_more(article: Article) -> bool:
    """Whether a post's text, if it has one, is more than what a list says of itself: 전체글 233개 현재페이지 1/24."""
    text = article.body_text
    return SENTENCE.search(text) is not None if text else any(each.kind == "inline" for each in article.attachments)
