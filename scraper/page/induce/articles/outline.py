"""A page as a flat list of its elements and of its lines of text, with what each line looks like. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import Role, role_of, split_label, split_labels
from scraper.korean.numbers import read_number
from scraper.page.document import Document, closest, says_nothing
from scraper.page.hidden import is_hidden
from scraper.page.icons import icon_role

_SKIPPED = frozenset("script style noscript template head title select iframe object svg".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike "
    "strong sub sup time tt u var button img input br wbr o:p svg mat-icon".split()
)
_PARTS = frozenset("a b em i label span strong time".split())
_FILMS = ("iframe", "video", "embed")
_FILM = re.compile(r"^video|youtu|vimeo|video|/embed/|player|movie|tv\.", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BLANK = re.compile(r"\s+")
_SHORT = 60
_INSIDE = 3
_BESIDE_DATE = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """An element: its place in the page, its parent's, and the first place behind it."""

    node: LexborNode
    tag: str
    at: int
    up: int
    names: str
    """Its id and classes, in lower case, hyphens and humps (postWriter) as underscores."""
    is_aside: bool
    """It stands in the page's head, foot, menu or margin."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of text, up to the next ``<br>`` or block, and the block that it stands in."""

    text: str
    spot: int
    """The innermost block around it."""
    first: int
    """The innermost element around its first word."""
    linked: int
    """How many of its characters are words of links."""
    is_button: bool = False

    @property
    def is_link(self) -> bool:
        return self.linked * 10 > len(self.text) * 8


@dataclass(frozen=True)
class Outline:
    """A page's elements and lines in the order of the page."""

    document: Document
    seen_at: datetime
    spots: list[Spot]
    ends: list[int]
    """For each spot the first place behind it."""
    pieces: list[Piece]
    images: list[int]
    """The spots of images and films."""
    own: list[str]
    """For each spot the words that stand in it directly, not in elements inside it."""
    places: dict[int, int] = field(default_factory=dict)
    """From ``mem_id`` to the place of a spot."""

    def around(self, at: int) -> Iterator[int]:
        """A spot and those around it, the nearest first."""
        while at >= 0:
            yield at
            at = self.spots[at].up

    def block_of(self, at: int) -> int:
        """The innermost block around a spot: where its words stand in a line."""
        return next((outer for outer in self.around(at) if self.spots[outer].tag not in _INLINE), 0)

    def joint(self, spots: Collection[int], beside: int) -> Collection[int]:
        """The element that holds all of these spots, where ``beside`` stands outside it; else the spots themselves."""
        around = [set(self.around(at)) for at in spots]
        whole = max(set.intersection(*around), default=0) if around else 0
        return spots if self.holds(whole, beside) else {whole}

    def holds(self, outer: int, inner: int) -> bool:
        """Whether a spot stands in another, or is it."""
        return outer <= inner < self.ends[outer]


def outline(document: Document, seen_at: datetime) -> Outline:
    """The page as elements and lines."""
    spots: list[Spot] = []
    ends: list[int] = []
    pieces: list[Piece] = []
    images: list[int] = []
    own: list[str] = []
    words: list[str] = []
    run: list[int] = []  # of the line that is being read: its block, its first element, characters in links

    def flush() -> None:
        text = " ".join("".join(words).split())
        if text:
            pieces.append(Piece(text, run[0], run[1], run[2], _is_in_button(spots, run[1])))
        words.clear()
        run.clear()

    body = document.tree.body or document.root
    rest: list[tuple[LexborNode, int, int, bool, bool] | int] = [(body, -1, 0, False, False)]
    while rest:
        step = rest.pop()
        if isinstance(step, int):
            if step < 0:  # the end of a block
                flush()
                step = -step - 1
            elif spots[step].tag in _PARTS:
                words.append(" ")
            ends[step] = len(spots)
            continue
        node, up, block, linked, aside = step
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if text.strip() and not run:
                run.extend((block, up, 0))
            words.append(text)
            if text.strip():
                own[up] = f"{own[up]} {' '.join(text.split())}".strip()
            if linked and run:
                run[2] += len(text.strip())
            continue
        attributes = node.attributes
        is_film = tag in _FILMS and _FILM.search(f"{tag} {attributes.get('src') or ''}") is not None
        is_icon = tag == "svg" and icon_role(node) is not None
        is_skipped = tag in _SKIPPED and not (is_film or is_icon)
        if tag.startswith(("-", "!")) or is_skipped or (tag == "textarea" and says_nothing(node)):
            continue
        if is_hidden(attributes):
            continue
        at = len(spots)
        called = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        names = _HUMP.sub("_", called).lower().replace("-", "_")
        aside = aside or tag in ("nav", "aside") or (tag in ("header", "footer") and _is_of_the_site(node))
        spots.append(Spot(node, tag, at, up, names, aside))
        ends.append(at + 1)
        own.append("")
        is_block = tag not in _INLINE
        if tag == "br":
            flush()
        if tag == "br" or is_icon:
            continue
        if tag == "img" or is_film:
            images.append(at)
            continue
        if is_block:
            flush()
        elif tag in _PARTS:
            words.append(" ")  # what has an element of its own is seldom a part of the word beside it
        rest.append(-at - 1 if is_block else at)
        child = node.last_child
        inner = (at, at if is_block else block, linked or tag == "a", aside)
        while child is not None:
            rest.append((child, *inner))
            child = child.prev
    flush()
    places = {spot.node.mem_id: spot.at for spot in spots}
    return Outline(document, seen_at, spots, ends, pieces, images, own, places)


def _is_in_button(spots: Sequence[Spot], at: int) -> bool:
    """Whether an element is a button, or closely inside one."""
    for _ in range(_INSIDE):
        if spots[at].tag == "button":
            return True
        at = max(spots[at].up, 0)
    return False


def _is_of_the_site(node: LexborNode) -> bool:
    """Whether a ``<header>`` or a ``<footer>`` is the site's, not the article's: that holds menus, this stands in no
    article."""
    if node.tag == "header":
        return len(node.css("a")) > 12
    return closest(node, ("article",)) is None


def roles_in(text: str) -> list[Role]:
    """The fields that a line names, with or without their values."""
    roles = [role for role, _ in split_labels(text)]
    if not roles:
        alone = role_of(text) or (first[0] if (first := split_label(text)) is not None else None)
        roles = [alone] if alone is not None else []
    return roles


def is_date(text: str, seen_at: datetime) -> bool:
    """Whether a line is a date, or little more than one."""
    if len(text) > _SHORT or not any(letter.isdecimal() for letter in text):
        return False
    if read_date(text, seen_at) is not None:
        return True
    found = find_date(text, seen_at) if len(text) < 45 else None
    return found is not None and len(text) - len(found.raw) <= _BESIDE_DATE


def is_meta(text: str, seen_at: datetime) -> bool:
    """Whether a line tells of the post and is none of its text: a label, a value of a kind that no prose has."""
    if len(text) > 2 * _SHORT:
        return len(text) < 300 and len(split_labels(text)) > 1
    return bool(roles_in(text)) or is_date(text, seen_at) or read_number(text) is not None


def rows_between(page: Outline, first: int, end: int, left_out: Collection[int] = ()) -> int:
    """How many rows of a list stand behind a line and before an element: a link and a date side by side. What stands
    in the elements ``left_out`` counts for nothing."""
    linked: Counter[int] = Counter()
    dated: set[int] = set()
    for piece in page.pieces[first + 1 :]:
        if piece.spot >= end:
            break
        if any(page.holds(at, piece.spot) for at in left_out):
            continue
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


def squash(text: str) -> str:
    """A text without white space, for comparison."""
    return _BLANK.sub("", text)
