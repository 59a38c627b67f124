"""Which layout reads this page? Advice at add time; a nightly run never asks (DESIGN §3). Pure.

A sign is believed only when the layout then reads sane values. The confidence says how much of what the page
should hold was read; 0.8 and more means that it may be stored without asking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.errors import PageError
from scraper.korean.dates import read_date
from scraper.korean.labels import role_of, split_label
from scraper.korean.numbers import read_number
from scraper.models import SURE, Article, Listing, Row
from scraper.page.article import find_scope, first_body, read_article
from scraper.page.document import Document
from scraper.page.induce.articles.article import Sample, induce_article
from scraper.page.induce.articles.below import facts_beside, leads_to_row, opens, rows_below, says_more, shares
from scraper.page.induce.lists.columns import are_mixed_up
from scraper.page.induce.lists.listing import NAME as INDUCED
from scraper.page.induce.lists.listing import induce_listing
from scraper.page.induce.lists.marks import without_marks
from scraper.page.induce.lists.signs import total_sign
from scraper.page.induce.lists.tables import awaits_rows
from scraper.page.links import is_addressed, read_key
from scraper.page.listing import read_listing
from scraper.page.missing import lost_of
from scraper.page.onward import leads_to
from scraper.page.parts import Identity, Layout
from scraper.page.picks import pick
from scraper.page.roles import roles_by_header_of
from scraper.page.rows import Line, find_lines
from scraper.page.wall import Wall, is_none, read_wall, read_wall_sign

_LIKELY = 0.5
"""Under this a page that says it stands in the way is believed, and what reads as a list may be any box of links."""
_OVERRULES = 0.6
"""So sure must be that a page shows one post, where an engine reads a list on it."""
_TOLD = 0.4
"""The same where the page holds a text, and a fact of it outside the list."""
_KNOWN_BETTER = 0.1
"""So much surer a layout made of one page must be than an engine whose signs are there."""
_MUCH = 0.25
"""So much surer a list is no box beside a post with hardly any text."""
_FEW = 3
_LONGEST = 200
"""Characters of a title."""
_FACTS = ("author", "date", "hits", "files")
_MOST = 200
"""Of so many rows the words are told from a title; a page may list thousands."""
_PROSE = 200
"""Characters of text that no summary in a list has."""
_SPARE = ("author", "hits")
"""Columns that a board may go without; to miss any other is not sure any more. With signs, all dates may be missing."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What a page is. Exactly one of listing, article and wall is set, or none when it is unknown."""

    confidence: float
    reasons: tuple[str, ...]
    layout: Layout | None = None
    listing: Listing | None = None
    article: Article | None = None
    wall: Wall | None = None

    @property
    def kind(self) -> str:
        """listing, article, wall or unknown."""
        if self.listing is not None:
            return "listing"
        if self.article is not None:
            return "article"
        return "wall" if self.wall is not None else "unknown"


def detect(document: Document, engines: Iterable[Layout], seen_at: datetime, status: int = 200) -> Detection:
    """The best reading of one page among the engines."""
    reasons: list[str] = []
    best = Detection(0.0, ())
    for layout in engines:
        if layout.unlike is not None and re.search(layout.unlike, document.text):
            continue
        for found in (
            _as_article(document, layout, seen_at, status, reasons),
            _as_listing(document, layout, seen_at, status, reasons),
        ):
            if found is not None and _rank(found) > _rank(best):
                best = found
            if found is not None and found.listing is None:
                break  # a page that shows or refuses one post is no list, also with a list below it
    if best.confidence >= SURE and best.listing is None:
        return best
    found = best if best.confidence >= SURE else _listed(document, seen_at)
    listed, is_one_of_them = [], False
    if found is not None and found.layout is not None and found.listing is not None:
        listed = rows_below(document, found.layout, found.listing, seen_at)
        is_one_of_them = is_addressed(found.layout.identity, document.url, [row for _, row in listed])
    few = listed[:_MOST] if len(listed) >= _FEW else []
    beside = [(node, row.title) for entry, row in few for node in entry.elements]
    shown = _shown(Sample(document, None, beside, is_one_of_them), seen_at)
    if found is not None and shown is not None and not _is_post(document, shown, found, listed, is_one_of_them):
        shown = None
    if is_one_of_them and shown is None and found is not None:  # a post above its list that could not be read
        why = (*found.reasons, "its address is told as those of its posts are")
        doubted = replace(found, confidence=min(found.confidence, round(SURE - _KNOWN_BETTER, 2)), reasons=why)
        best, found = doubted if best is found else best, doubted
    if best.confidence >= SURE:
        return shown or best
    induced = shown or found
    is_below = found is not None and shown is not None and best.listing is not None  # an engine read the list below
    margin = _KNOWN_BETTER if best.confidence and not is_below else 0
    if induced is not None and induced.confidence > best.confidence + margin:
        best = induced
    if best.confidence >= _LIKELY:
        return best
    wall = read_wall(document, status)
    if wall is not None and best.article is not None and is_none(wall, best.article):
        return best
    if wall is not None:
        return Detection(0.9, (f"the page says: {wall.message}",), wall=wall)
    if awaits_rows(document):
        return Detection(0.0, ("a board's header stands there without rows: a script of the site fetches them",))
    if best.confidence > 0:
        return best
    if onward := leads_to(document):
        said = f"no board itself, but the page leads to {', '.join(onward)}; 'sinmungo add' looks there"
        return Detection(0.0, (said,))
    return Detection(0.0, tuple(reasons) or ("no engine's signs, and nothing that looks like a board's rows",))


def _listed(document: Document, seen_at: datetime) -> Detection | None:
    """The list on the page, by a layout made from itself."""
    found = induce_listing(document, seen_at)
    if found is None or found.confidence < _LIKELY:
        return None
    return Detection(found.confidence, found.reasons, found.layout, listing=found.listing)


def _shown(page: Sample, seen_at: datetime) -> Detection | None:
    """The one post that the page shows, also with a list below it, by a layout made from itself."""
    found = induce_article([page], Identity(), seen_at)
    if found is None:
        return None
    layout = Layout(name=INDUCED, article=found.part)
    try:
        article = read_article(page.document, layout, seen_at)
    except PageError:
        return None
    return Detection(found.confidence, found.reasons, layout, article=article)


def _is_post(
    document: Document, shown: Detection, found: Detection, listed: Sequence[tuple[Line, Row]], is_one_of_them: bool
) -> bool:
    """Whether a page on which a list was found shows a post: its title stands in no row. Either it is one of the rows'
    titles, or the post is read surely enough."""
    assert shown.layout is not None and shown.article is not None and found.layout is not None
    scope = find_scope(document, shown.layout.article)
    title = pick(scope, shown.layout.article.title, "title") if scope is not None else None
    has_text = len(shown.article.body_text or "") > _PROSE
    if scope is None or title is None:
        return False
    around = [entry for entry, _ in listed if entry.holds(title.node)]
    is_opened = any(opens(entry, title.node) for entry in around)
    if around and len(listed) < _FEW and found.confidence < SURE and not is_opened:
        return True  # a made list of very few rows: the post itself, and something that can be clicked beside it
    in_row = bool(around) and found.confidence >= shown.confidence
    if in_row and (not has_text or len(listed) >= _FEW or found.confidence >= SURE):
        return False  # a made list of very few rows with such a text is the post itself
    if leads_to_row(document, found.layout, title.node, listed):
        return False
    if is_one_of_them or any(row.title == title.text for _, row in listed):
        return True
    ways = [each.select for each in shown.layout.article.body if each.select]
    body = first_body(node for way in ways for node in scope.node.css(way))
    is_shared = body is not None and shares(body, listed)
    if found.confidence >= SURE and is_shared:
        return False  # what was taken for the text is that of cards
    facts = facts_beside(scope, shown.layout.article, listed)
    is_told = facts > 0 if has_text else facts > 1 and shown.confidence + _MUCH > found.confidence
    is_told = (is_told and found.confidence < SURE) or facts > (1 if says_more(shown.article) else 2)
    if not is_shared and is_told:
        return True  # a text with facts of its own and, apart from it, a box of links, or the list that it is from
    if has_text and facts > 0:
        return shown.confidence >= _TOLD
    if not has_text and not facts and len(listed) >= _FEW:
        return shown.confidence > found.confidence  # the head of a list: a columnist's name and what he writes of
    return shown.confidence >= (_OVERRULES if found.confidence >= SURE and not has_text else _LIKELY)


def _rank(found: Detection) -> tuple[float, int]:
    """Of two that read a page equally well the one with more signs is meant: an engine that extends the other."""
    part = (found.layout.list if found.listing else found.layout.article) if found.layout else None
    return found.confidence, len(part.signs) if part else 0


def _as_article(
    document: Document, layout: Layout, seen_at: datetime, status: int, reasons: list[str]
) -> Detection | None:
    part = layout.article
    if not part.signs and not _has_list_sign(document, layout):
        return None
    if any(document.root.css_first(sign) is None for sign in part.signs) or find_scope(document, part) is None:
        return None
    wall = read_wall_sign(document, layout, status)
    if wall is not None:
        return Detection(0.95, (f"{layout.name}: {wall.kind}: {wall.message}",), layout, wall=wall)
    try:
        article = read_article(document, layout, seen_at)
    except PageError as error:
        reasons.append(f"{layout.name}: has the signs of an article, but {error}")
        return None
    odd = next((text for text in (article.title, article.author) if text and not _is_free(text, seen_at)), None)
    if odd is not None:
        reasons.append(f"{layout.name}: has the signs of an article, but title or author reads {odd!r}")
        return None
    told = [name for name in ("author", "date", "hits") if getattr(part, name)]
    missing = [name for name in told if getattr(article, "posted" if name == "date" else name) is None]
    optional = {"date", "hits"} if part.anchor is not None else set()
    lost = [name for name in missing if name not in optional]
    base = 0.97 if part.signs else 0.85
    confidence = max(
        0.1, base - 0.12 * len(lost) - (0.2 if article.body_text is None and not article.attachments else 0)
    )
    return Detection(round(confidence, 2), _why(layout, "article", lost), layout, article=article)


def _is_free(text: str, seen_at: datetime) -> bool:
    """Whether a text is neither a label, with or without its value, nor a number nor a date, nor a whole text: such
    come from the header or the rows of a list, from the line of files, or from the body."""
    labelled = split_label(text)
    if len(text) > _LONGEST or (labelled is not None and labelled[0] in _FACTS):
        return False
    return role_of(text) is None and read_number(text) is None and read_date(text, seen_at) is None


def _as_listing(
    document: Document, layout: Layout, seen_at: datetime, status: int, reasons: list[str]
) -> Detection | None:
    part = layout.list
    signs_stand = all(document.root.css_first(sign) is not None for sign in part.signs)
    if not signs_stand or not (part.signs or part.sign_text) or not _has_list_sign(document, layout):
        return None
    wall = read_wall_sign(document, layout, status)
    if wall is not None:
        return Detection(0.95, (f"{layout.name}: {wall.kind}: {wall.message}",), layout, wall=wall)
    try:
        listing = read_listing(document, layout, seen_at)
    except PageError as error:
        reasons.append(f"{layout.name}: has the signs of a list, but {error}")
        return None
    if listing.total is None and (sign := total_sign(document, layout, listing)):
        layout = replace(layout, list=replace(part, total=sign))
        listing = read_listing(document, layout, seen_at)
    if {row.key for row in listing.rows} == {read_key(layout.identity.key, document.url, None, None)}:
        reasons.append(f"{layout.name}: has the signs of a list, but leads to nothing but the post it shows")
        return None
    if not listing.is_empty:
        layout, listing = without_marks(document, layout, listing, seen_at)
    if listing.is_empty:
        return Detection(
            0.85 if part.signs else 0.5, _why(layout, "listing", ["rows (the page says it is empty)"]), layout, listing
        )
    lost = lost_of(listing.rows)
    is_mixed = "number" not in part.fields and are_mixed_up(listing.rows)
    headed = _headed(document, layout, seen_at) if is_mixed or (lost and part.signs) else set()
    if "title" in headed and part.signs:  # a column without a header was left out by the board's administrator
        lost = [name for name in lost if name not in {"author", "date", "hits"} - headed]
    if is_mixed and "title" not in headed:
        lost.append("what tells number and hits apart")
    undated = bool(part.signs) and not any(row.posted for row in listing.rows)
    spare = (*_SPARE, "date") if undated else _SPARE
    unread = len(listing.unread) / (len(listing.rows) + len(listing.unread))
    confidence = 0.97 - sum(0.15 if name in spare else 0.2 for name in lost) - (max(0.1, unread - 0.2) if unread else 0)
    return Detection(round(max(0.1, confidence), 2), _why(layout, "listing", lost), layout, listing)


def _headed(document: Document, layout: Layout, seen_at: datetime) -> set[str]:
    """The fields for which a list has a header."""
    scope = (document.root.css_first(layout.list.scope) if layout.list.scope else None) or document.root
    lines, _ = find_lines(document, layout, scope.css(layout.list.rows), seen_at)
    return set(roles_by_header_of(document, layout, lines, seen_at).values()) if lines and layout.list.cells else set()


def _has_list_sign(document: Document, layout: Layout) -> bool:
    text = layout.list.sign_text
    return text is None or re.search(text, document.text) is not None


def _why(layout: Layout, kind: str, lost: Sequence[str]) -> tuple[str, ...]:
    reasons = [f"the signs of {layout.name} are there and its {kind} reads"]
    if lost:
        reasons.append(f"not found: {', '.join(lost)}")
    return tuple(reasons)
