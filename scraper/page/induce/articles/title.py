"""Where the title of a view page stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scraper.korean.labels import role_of
from scraper.korean.lines import is_end, is_neighbour, is_tool
from scraper.models import Row
from scraper.page.document import line
from scraper.page.induce.articles.called import called_so, meta
from scraper.page.induce.articles.company import (
    BESIDE,
    among_facts,
    beside,
    company,
    heads_subtitle,
    holds_date_behind,
    is_led,
    metas_of,
    standing,
)
from scraper.page.induce.articles.looks import (
    HEADED,
    TAG,
    called_part,
    facts_behind,
    heads_links,
    is_dated,
    is_menu,
    leads_here,
    look,
    part_beside_facts,
    stated_part,
    unmarked,
)
from scraper.page.induce.articles.names import signs
from scraper.page.induce.articles.no_title import PATH, ends_with_clock, is_no_title, publishers_of
from scraper.page.induce.articles.outline import Outline, Piece, is_meta, squash
from scraper.page.induce.articles.values import Value, titles_in_line
from scraper.page.listing import is_cut, stem_of

_AHEAD = re.compile(r"(.{4,}?)\s+[>|<:·-]\s+\S[^>|<:]{0,30}$")
_STEM = 7
"""A cut title of more characters tells which post it is."""
_LEAST, _LONGEST = 2, 400
_LISTED = 3.0
"""What it speaks for a line, itself no link, that a row of a list on the page says the same."""
_NEIGHBOURED = 0.8
"""What it speaks for a line that 이전글 or 다음글 stands behind it."""
_LONGEST_HEAD = 60
"""A line that ends as a sentence and has more characters is text, whatever follows it."""
_SPOKEN = 2.0
"""What it speaks against a shorter one: its text may begin so, or a column beside it."""
_LONGEST_NAME, _LONGER, _NEAR, _FRAMED = 10, 4, 6, 4.0
"""Characters of a board's name, and so many more of a title so many lines behind it; how much more its looks may speak
for it."""
_TAGGED = 0.5
"""What it speaks for a line that it begins with a kind of post in brackets: [기고] …"""
_LEADING = 2.5
"""What it speaks against a line that links stand behind it: it heads a box of them."""
_CUT = re.compile(r"(.{8,}?)(?:\.{2,}|…)\W*[A-Za-z]?$")
_SENTENCE = re.compile(r"[가-힣][다요]\.(?:\s|$)")
"""How a line of text ends; a title that does so is named elsewhere as well."""
_REQUEST = re.compile(r"(?:바랍니다|부탁드립니다|부탁합니다|주십시오)\.$")
"""How a board's guide above its posts ends."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An element that may be the title. ``score`` 4 and more means likely."""

    spot: int
    piece: int
    text: str
    score: float
    is_named: bool
    """Its words are known to be the title: by the list, by the page's own title, by a label, or by a link to it."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The titles of a list on the page, without white space."""

    whole: frozenset[str]
    stems: tuple[str, ...]
    """Of those that the list cut, what is left of them."""

    @classmethod
    def of(cls, titles: Sequence[str]) -> _Listed:
        stems = (squash(stem_of(title)) for title in titles if is_cut(title))
        return cls(frozenset(map(squash, titles)), tuple(stem for stem in stems if len(stem) > _STEM))

    def has(self, text: str) -> bool:
        """Whether the list leads to a post of this title, cut or whole."""
        shown = squash(text)
        return shown in self.whole or shown.startswith(self.stems)


def find_headings(page: Outline, values: Sequence[Value], row: Row | None, listed: Sequence[str] = ()) -> list[Heading]:
    """The elements that may be the title, the likeliest first. ``listed`` are the titles of a list on the page."""
    og = meta(page, "meta[property='og:title']")
    told = page.document.tree.css_first("title")
    window = " ".join(told.text().split()) if told is not None else ""
    publishers = publishers_of(page, meta(page, "meta[property='og:site_name']"))
    labelled = {
        page.spots[value.spot].up if value.place == value.spot else value.place
        for value in values
        if value.role == "title"
    } | {value.place for value in values if value.role == "title"}
    metas = metas_of(page, values)
    rest = standing(page)
    parted = titles_in_line(page, values)
    facts = _places_of_facts(page, values)
    neighbour = max((place for place, piece in enumerate(page.pieces) if is_neighbour(piece.text)), default=0)
    rows = _Listed.of(listed)
    found: dict[int, Heading] = {}
    repeated: set[int] = set()
    links: set[int] = set()
    said = 0
    for place, piece in enumerate(page.pieces):
        said += len(piece.text) > _LONGEST_HEAD and _SENTENCE.search(piece.text) is not None
        if not _LEAST <= len(piece.text) <= _LONGEST or piece.is_button or is_menu(page, piece):
            continue
        known = row is not None and is_title_of(piece.text, row)
        if row is not None and not known:
            continue
        label = parted.get(piece.spot) if row is None else None
        is_parted = label is not None and label.text in piece.text
        spot = label.place if label is not None and is_parted else element_of(page, piece)
        if spot in found:
            continue
        is_labelled = role_of(piece.text) != "title" and any(page.holds(each, spot) for each in labelled)
        inner = _core(page, spot, og, window, row)
        if inner is None and row is None and not is_labelled:
            inner = part_beside_facts(page, piece)
        is_shared = inner is not None or _is_called(page.own[spot], og, window, row)  # with facts on the same line
        is_told = is_labelled or known or is_shared
        if not is_told and (spot in facts or piece.first in facts or among_facts(page, place)):
            continue
        is_site = squash(piece.text) in publishers or is_no_title(piece.text)
        if not (is_labelled or known) and (is_site or is_end(piece.text) or is_tool(piece.text)):
            continue
        if not is_told and page.spots[piece.spot].tag == "caption":
            continue  # what a table is for
        text = unmarked(page, spot, label.text if label is not None and is_parted else piece.text)
        is_fact = is_meta(text, page.seen_at) and not is_dated(page, piece, spot)
        if not is_told and (is_fact or ends_with_clock(text, page.seen_at)):
            continue
        named = called_so(text, og, window)
        if named < 3 and inner is None and is_shared:
            inner = spot
        if inner is None and row is None and not is_labelled:
            inner = called_part(page, place) if line(page.spots[spot].node) != piece.text else stated_part(page, spot)
        if inner is not None and named < 3:
            spot, text = inner, page.own[inner]
            named = called_so(text, og, window)
        if not (is_labelled or known) and is_no_title(text):
            continue
        looks = look(page, piece, spot)
        if looks < HEADED and not is_told and is_led(page, piece):
            continue
        follows = beside(page, place, values, metas)
        if text != piece.text and (holds_date_behind(page, piece, spot) or facts_behind(page, spot)):
            follows += 2 * BESIDE
        if looks < HEADED and follows == BESIDE and not (is_labelled or known or named) and signs(page, place):
            follows = -BESIDE
        if named and looks < HEADED and not (is_labelled or known or follows) and said > 1:
            continue  # the site's name under a text
        is_head = looks >= HEADED or (len(text) <= _LONGEST_HEAD and (follows > 0 or looks > 0))
        if not (is_labelled or known or named or is_head) and _SENTENCE.search(piece.text):
            continue
        score = looks + company(place, metas) + follows + named
        score -= _LEADING * (not (is_labelled or known) and heads_links(page, place))
        score += bool(place and PATH.match(page.pieces[place - 1].text))
        score += _NEIGHBOURED * (place < neighbour) + _TAGGED * (TAG.match(text) is not None)
        if not (is_labelled or known or named >= 3):
            score -= rest.get(squash(text), 0.0)
        is_listed = not piece.is_link and rows.has(text)
        score += _LISTED * is_listed
        if is_listed:
            repeated.add(spot)
        elif piece.is_link and not (is_labelled or known or leads_here(page, piece)):
            links.add(spot)
        is_first = follows > 0 and not any(
            _SENTENCE.search(each.text) for each in page.pieces[max(0, place - 3) : place]
        )
        is_first = is_first and (looks > 0 or _REQUEST.search(text) is None)
        is_spoken = not (is_labelled or known or named or is_listed or is_first) and _SENTENCE.search(text) is not None
        score -= _SPOKEN * is_spoken
        score += 10 * is_labelled + 2 * (known and row is not None and squash(text) == squash(row.title))
        found[spot] = Heading(spot, place, text, score, is_labelled or known or is_listed or named >= 3)
    if repeated:  # the rows of a list below lead to posts: what is no link and says the same is the title
        found = {spot: heading for spot, heading in found.items() if spot not in links}
    facing = [
        each for each in found.values() if facts_behind(page, each.spot) or beside(page, each.piece, values, metas)
    ]
    dated = {each.piece: each for each in facing if not signs(page, each.piece)}
    framed = [_in_frame(page, each, dated) for each in _over_subtitles(page, found).values()]
    return sorted(_without_board(page, framed), key=lambda each: (-each.score, each.piece))


def _places_of_facts(page: Outline, values: Sequence[Value]) -> set[int]:
    """The elements that say a fact of the post: of several around each other the innermost."""
    told = [value for value in values if value.role != "title"]
    places: dict[tuple[str, str], list[int]] = {}
    for value in told:
        places.setdefault((value.role, value.text), []).append(value.place)
    return {
        value.place
        for value in told
        if not any(other > value.place and page.holds(value.place, other) for other in places[value.role, value.text])
    }


def _core(page: Outline, spot: int, og: str, window: str, row: Row | None) -> int | None:
    """The element inside a heading that holds the title itself, beside a category, a mark, or facts of the post."""
    for at in range(spot + 1, min(page.ends[spot], spot + 12)):
        own = page.own[at]
        if _is_called(own, og, window, row) and unmarked(page, at, line(page.spots[at].node)) == own:
            return at
    return None


def _is_called(own: str, og: str, window: str, row: Row | None) -> bool:
    """Whether the words of an element are what its page, or the list, calls the post."""
    return len(own) > 3 and (called_so(own, og, window) >= 3.5 if row is None else squash(own) == squash(row.title))


def _without_board(page: Outline, headings: Sequence[Heading]) -> list[Heading]:
    """Of a heading that goes on with the board's name ("… > 오피니언") and one that does not the latter wins."""
    ahead = [(other, told[1]) for other in headings if (told := _AHEAD.match(other.text)) is not None]
    found = []
    for each in headings:
        stem = stem_of(each.text) if is_cut(each.text[_STEM:]) and not page.pieces[each.piece].is_link else "\n"
        longer = (other.score for other, words in ahead if each.text.endswith(words) or words.startswith(stem))
        best = max(longer, default=each.score - 1)
        found.append(replace(each, score=best + 0.5, is_named=True) if best >= each.score else each)
    return found


def _in_frame(page: Outline, heading: Heading, told: Mapping[int, Heading]) -> Heading:
    """A heading, or less of it where it may be a board's name: short, and a longer one behind it, which a fact of the
    post follows at once (``told``), stands with that fact in a box of their own."""
    own = squash(heading.text)
    if heading.is_named or len(own) > _LONGEST_NAME or any(map(str.isdecimal, own)):
        return heading
    for place in range(heading.piece + 1, min(heading.piece + _NEAR + 1, len(page.pieces) - 1)):
        other = told.get(place)
        if other is None or len(squash(other.text)) < len(own) + _LONGER:
            continue
        box = other.spot
        while box > 0 and not page.holds(box, page.pieces[place + 1].spot):
            box = page.spots[box].up
        if other.score > heading.score - _FRAMED and not page.holds(box, heading.spot):
            return replace(heading, score=min(heading.score, other.score - 0.5))
    return heading


def _over_subtitles(page: Outline, headings: Mapping[int, Heading]) -> dict[int, Heading]:
    """The headings, a title no less likely than the subtitle that stands under it."""
    below = {heading.piece - 1: heading for heading in headings.values() if not heading.is_named}
    found = dict(headings)
    for spot, upper in headings.items():
        lower = below.get(upper.piece)
        if lower is not None and lower.score - upper.score < _SPOKEN and heads_subtitle(page, spot, lower.spot):
            found[spot] = replace(upper, score=max(upper.score, lower.score + 0.5))
    return found


def is_title_of(text: str, row: Row) -> bool:
    """Whether a line is the title that the list tells, or what a cut one stands for."""
    shown, told = squash(text), squash(row.title)
    if row.title_cut or is_cut(row.title):
        stem = squash(stem_of(row.title))
        return len(stem) > 3 and (shown.startswith(stem) or (stem in shown and len(shown) < 3 * len(stem)))
    return shown == told or (len(told) > 5 and told in shown and len(shown) <= len(told) + 24)


def element_of(page: Outline, piece: Piece) -> int:
    """The outermost element that says what a line says; the innermost when the line is only part of its block."""
    for at in (piece.spot, piece.first):
        if squash(line(page.spots[at].node)) == squash(piece.text):
            outer = page.spots[at].up
            while (
                at > 0
                and outer > 0
                and page.spots[at].tag not in ("h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dd", "li")
            ):
                if page.ends[outer] - outer > 12 or squash(line(page.spots[outer].node)) != squash(piece.text):
                    break
                at, outer = outer, page.spots[outer].up
            return at
    return piece.first
