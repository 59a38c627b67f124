"""How sure the reading of view pages is: what speaks for it and against. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.korean.lines import is_neighbour
from scraper.models import Article
from scraper.page.induce.articles.body import Body
from scraper.page.induce.articles.choice import Read
from scraper.page.induce.articles.company import SENTENCE, names_board
from scraper.page.induce.articles.files import names_files
from scraper.page.induce.articles.outline import Outline, rows_between
from scraper.page.induce.articles.title import Heading, is_title_of
from scraper.page.induce.articles.views import Told

_SURE = 0.95
_MOST_LOOKS = 0.15
"""What fields told by their looks take at most from a page alone: to show several speaks for a post."""
_PLAIN = 6.0
"""A heading that looks like one, with author and date beside it, and that the page's own title repeats."""
_SHOWN = 0.55
"""The least confidence of a page with such a heading and no list before the end of its body."""
_TEXT = 200
_TOLD = 0.4
"""The least confidence of a page with so many characters of text of its own under what may be its title."""
_SHORT = 0.35
"""The least of a page with a text of any length and two facts of the post."""
_WHOLE = 0.85
"""The share of the text under the title that the body must hold."""
_ALONE = 0.75
"""The most that is said of a page alone: nothing on it proves that another page of its board reads the same."""


def how_sure(
    reads: Sequence[Read],
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
    looks = [(role, 0.2 * (1 - told.trust) + (0.05 if alone else 0.0)) for role, told in fields.items()
             if told.trust < 0.9]  # fmt: skip
    for role, amount in looks:
        share = min(1.0, _MOST_LOOKS / sum(each for _, each in looks)) if alone else 1.0
        spare = max(0.0, confidence - _TOLD) if alone else 1.0  # a field more makes no page less of an article
        doubt(min(amount * share, spare), f"{role} by its looks only")
    if alone and all(body.text < 40 for body in bodies):
        pictured = any(each.kind == "inline" for each in articles[0].attachments)
        doubt(0.05 if pictured else 0.2, "hardly any text in the body")
    if not all(body.is_clean for body in bodies):
        doubt(0.1, "the body holds what is foreign to it")
    share = min(body.share for body in bodies)
    if share < _WHOLE:
        doubt(0.3 * (1 - share), "text stands outside the body as well")
    if not any(body.is_ended for body in bodies):
        doubt(0.05, "nothing shows where the body ends")
    spare = max(0.0, confidence - _TOLD) if alone else 1.0  # what a script tells makes no page less of an article
    if files_lost:
        doubt(min(0.2, spare), "not every attachment is found")
    elif any(each.ask is None for article in articles for each in article.attachments):
        doubt(min(0.2, spare) if alone else 0.05, "not every attachment can be asked for")
    if alone and any(is_neighbour(piece.text) for piece in reads[0].page.pieces[headings[0].piece :]):
        confidence += 0.12
    lists = max(
        rows_between(read.page, heading.piece, read.page.ends[body.spot], _left_out(read.page, body))
        for read, heading, body in zip(reads, headings, bodies, strict=True)
    )
    if lists > 2:
        doubt(0.4 if alone else 0.2, "there is a list where the body should be")
    elif all(each.is_named and each.score >= _PLAIN and not names_board(each.text) for each in headings):
        confidence = max(confidence, _SHOWN)
    elif alone and share >= _WHOLE and all(body.text >= _TEXT and body.is_clean for body in bodies):
        confidence = max(confidence, _TOLD)
    elif alone and len(fields) > 1 and all(body.text and body.is_clean for body in bodies):
        confidence = max(confidence, _SHORT)
    return min(confidence, _ALONE) if alone else confidence, reasons


def _left_out(page: Outline, body: Body) -> tuple[int, ...]:
    """What counts for no list in a body: what is foreign to a long one, tables with sentences before and behind, and
    files, which may tell their day."""
    said = [
        piece.spot
        for piece in page.pieces
        if page.holds(body.spot, piece.spot) and not piece.is_link and SENTENCE.search(piece.text) is not None
    ]
    tables = (
        at
        for at in range(body.spot + 1, page.ends[body.spot])
        if page.spots[at].tag == "table" and said and said[0] < at and said[-1] >= page.ends[at]
    )
    files = (piece.spot for piece in page.pieces if names_files(piece))
    return (*(body.foreign if body.text >= _TEXT else ()), *tables, *files)
