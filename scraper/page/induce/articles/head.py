"""Where what tells of a post ends on its page and its text begins. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from scraper.korean.labels import Role, role_of
from scraper.korean.lines import is_end, is_neighbour
from scraper.page.induce.articles.company import SENTENCE
from scraper.page.induce.articles.ends import LINE, built_at
from scraper.page.induce.articles.facts import LONG
from scraper.page.induce.articles.named import is_linked, is_picture
from scraper.page.induce.articles.outline import Outline, Piece, is_meta
from scraper.page.induce.articles.title import Heading
from scraper.page.induce.articles.values import Value

SHORT = 15
"""Characters that a button or a count beside facts has at most."""
_LINES = ("p", "div", "li")
_HEAD = 30
_GAP, _PROSE = 12, 60


def built_as_text(page: Outline, heading: Heading, head: int, facts: Collection[int]) -> Collection[tuple[int, str]]:
    """How lines of text behind the facts are built, where several of one kind stand side by side: what begins as a fact
    does (일시: …) is text as they are. Nothing where no fact was told."""
    lines = page.pieces[head + 1 :] if head > heading.piece else []
    blocks = {
        piece.spot: built_at(page, piece)
        for piece in lines
        if not piece.is_link and role_of(piece.text) is None and not is_meta(piece.text, page.seen_at)
    }
    told = Counter(blocks.values())
    return {built for built, count in told.items() if count > 1 and built[0] not in facts and built[1] in _LINES}


def text_begins(page: Outline, heading: Heading) -> int:
    """The element of the first long line, sentence or picture behind the heading."""
    behind = page.pieces[heading.piece + 1 :]
    prose = (
        piece.spot
        for piece in behind
        if len(piece.text) > LONG or (len(piece.text) > LINE and SENTENCE.search(piece.text) is not None)
    )
    pictures = (
        at for at in page.images if at > heading.spot and is_picture(page, at, heading.spot) and not is_linked(page, at)
    )
    none = len(page.spots)
    return min(next(prose, none), next(pictures, none))


def head_end(page: Outline, heading: Heading, places: Mapping[int, Sequence[Value]]) -> int:
    """The last line that tells of the post, of those near the heading: before its text or what ends a post, and before
    a second date or count, which another post has."""
    last, told = heading.piece, dict[Role, Value]()
    for place in range(heading.piece + 1, min(len(page.pieces), heading.piece + _HEAD)):
        piece = page.pieces[place]
        if len(piece.text) > _PROSE and SENTENCE.search(piece.text) is not None and not piece.is_link:
            break  # what stands behind the text tells of the post as well, but ends no head
        if told and is_text(piece) and place not in places:
            break
        if is_neighbour(piece.text) or (len(piece.text) > SHORT and is_end(piece.text)):
            break
        facts = places.get(place, ())
        if facts and len(piece.text) < LONG and place - last < _GAP:
            shown = [value for value in facts if value.role in ("date", "hits")]
            if any(told.setdefault(value.role, value).text != value.text for value in shown):
                break
            last = place
    return last


def is_text(piece: Piece) -> bool:
    """Whether a line ends as a sentence, long enough for one."""
    return len(piece.text) > SHORT and not piece.is_link and SENTENCE.search(piece.text) is not None
