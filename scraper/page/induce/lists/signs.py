"""What marks a notice, and where a list states its total. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from selectolax.lexbor import LexborNode

from scraper.models import Listing
from scraper.page.document import Document, ancestors, ids, line, same
from scraper.page.induce.lists.slots import COUNT
from scraper.page.induce.selectors import selector_of, step
from scraper.page.listing import stated
from scraper.page.parts import Layout, Pick, Picks

SECRET = "img[alt*='비밀'], img[src*='secret'], img[src*='_lock'], [class*='secret'], i.fa-lock"
"""Signs that Korean boards put beside a post that only its author may read."""
FILE = (
    "img[alt*='첨부'], img[alt*='파일'], img[src*='file'], img[src*='disk'], img[src*='clip'], img[src*='attach'], "
    "[class*='file'], [class*='attach'], [class*='clip']"
)
"""Signs of an attachment in a row."""
_NOTICE_NAME = re.compile(r"(?i)notice|gongji|notify|\bnoti\b|_noti\b|isnoti|announce|fixed|sticky|pinned")
_COMMENTS_NAME = re.compile(r"(?i)comment|cmt|repl(?:y|ies)|reple|ripple")
_LONGEST = 200
_VISITORS = re.compile(r"(?i)어제|방문|접속|visit|yesterday")
_BOX = 3


def notice_sign(records: Sequence[LexborNode]) -> str | None:
    """The class of rows that stand on top and call themselves notices; not one that every row has."""
    held = [[name for name in (record.attributes.get("class") or "").split() if _NOTICE_NAME.search(name)]
            for record in records]  # fmt: skip
    marked = [bool(names) for names in held]
    if not any(marked) or all(marked):
        return None
    falls = sum(above != below for above, below in pairwise(marked))
    if falls != 1 or not marked[0]:
        return None
    name = next(name for names in held for name in names)
    return f"{records[0].tag}.{name}" if re.fullmatch(r"[A-Za-z_][\w-]*", name) else None


def file_sign(records: Sequence[LexborNode]) -> str | None:
    """The signs of attachments, where some rows have one and others none."""
    marked = [record.css_first(FILE) is not None for record in records]
    return FILE if any(marked) and not all(marked) else None


def comment_sign(links: Iterable[LexborNode]) -> Picks:
    """How the number of comments is taken that stands in an element of its own in or behind a title (``[3]``)."""
    found: dict[str, None] = {}
    links = list(links)
    others = ids(links)
    counted = 0
    for link in links:
        behind = link.next
        near = list(link.css("*"))
        while behind is not None and behind.mem_id not in others:
            near += [behind] if behind.is_element_node else []
            behind = behind.next
        counts = [
            node for node in near if not same(node, link) and (COUNT.fullmatch(line(node)) or _leads_to_comments(node))
        ]
        counted += bool(counts)
        found.update(dict.fromkeys(step(node) for node in counts))
    if not found or counted == len(links):
        return ()
    return (Pick(select=", ".join(found), pattern=r"^(?:[\[(]\s*\+?|\+)?(\d{1,5})\s*[\])]?$"),)


def _leads_to_comments(node: LexborNode) -> bool:
    """Whether a bare number is a link to a place further down the post, or its class says that it counts comments."""
    if not line(node).isdecimal():
        return False
    href, names = node.attributes.get("href") or "", node.attributes.get("class") or ""
    return (node.tag == "a" and re.search(r"#\w", href) is not None) or _COMMENTS_NAME.search(names) is not None


def total_sign(document: Document, layout: Layout, listing: Listing) -> str | None:
    """A selector of the element that states the number of posts, when what it says can be true of this page."""
    ranks = [row.number for row in listing.rows if row.number is not None and not row.is_notice]
    rows = sum(not row.is_notice for row in listing.rows)
    found: list[tuple[float, int, int, LexborNode]] = []
    around = _around(document, layout)
    for place, node in enumerate(document.root.css("*")):
        if node.tag in ("html", "body", "head", "script", "style", "option", "a", "title"):
            continue
        if node.first_child is None or not _may_state(node):
            continue
        totals = stated(node)
        if totals is None or totals.total is None or _counts_visitors(node, around):
            continue
        weight = 1.0
        if listing.number_meaning == "rank" and ranks and listing.page == 1:
            beyond = totals.total - max(ranks)  # notices may be counted
            weight = 5.0 if beyond == 0 else 4.0 if 0 < beyond <= len(listing.rows) - rows else 0.0
        elif totals.total < rows or (totals.total == rows and _has_more(listing)):
            weight = 0.0
        if totals.last_page is not None and weight:
            weight += 1
        if weight:
            found.append((weight, _nearness(node, around), place, node))
    if not found:
        return None
    *_, best = max(found, key=lambda entry: entry[:3])
    return selector_of(document.root, best) or step(best)


def _around(document: Document, layout: Layout) -> dict[int, int]:
    """The elements around the list, by how deep they stand."""
    first = document.root.css_first(layout.list.scope or layout.list.rows)
    outer = [each.mem_id for each in ancestors(first)] if first is not None else []
    return {mem_id: depth for depth, mem_id in enumerate(reversed(outer))}


def _nearness(node: LexborNode, around: Mapping[int, int]) -> int:
    """How deep the innermost element stands that holds both the list and what states a number."""
    return next((around[outer.mem_id] for outer in ancestors(node) if outer.mem_id in around), 0)


def _counts_visitors(node: LexborNode, around: Mapping[int, int]) -> bool:
    """Whether a number stands among those of yesterday's visitors."""
    for outer in (node, *list(ancestors(node))[:_BOX]):
        text = line(outer)
        if len(text) > _LONGEST or outer.mem_id in around:
            return False
        if _VISITORS.search(text):
            return True
    return False


def _has_more(listing: Listing) -> bool:
    return listing.next is not None or (listing.last_page or 1) > 1


def _may_state(node: LexborNode) -> bool:
    html = node.html or ""
    return len(html) < 1500 and any(letter.isdecimal() for letter in html) and len(line(node)) < _LONGEST
