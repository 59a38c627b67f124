"""Which element of a view page is the body: the text between what tells of the post and what follows it. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from scraper.korean.labels import role_of
from scraper.korean.lines import is_end, is_tool
from scraper.page.induce.articles.ends import (
    LINE,
    built_at,
    charge_boxes,
    inside_text,
    is_insert,
    is_over,
    leads_on,
)
from scraper.page.induce.articles.facts import FACT, TOLD, facts_in
from scraper.page.induce.articles.files import lists_files, names_files, tells_file
from scraper.page.induce.articles.head import SHORT, built_as_text, head_end, is_text, text_begins
from scraper.page.induce.articles.named import (
    in_called_body,
    is_declared,
    is_foreign,
    is_picture,
    liking,
    picture_weight,
)
from scraper.page.induce.articles.outline import Outline, is_date, squash
from scraper.page.induce.articles.talk import find_talk
from scraper.page.induce.articles.title import Heading
from scraper.page.induce.articles.values import Value
from scraper.page.induce.articles.weights import NAME, is_other_post, weight_of

_SAME = 0.999
_NO_BODY = frozenset(("tr", "tbody", "thead", "form", "img", "br", "hr", "input"))
_TITLE = 6.0
_BEHIND, _BUTTONS = 0.4, -10.0
"""Of a text's worth the most that speaks against an element for what it holds behind the end, and for buttons of no
more weight: that can be left out."""
_HEAD_ENDS = 3
"""So many lines behind the last fact may belong to the head."""


@dataclass(frozen=True, slots=True)
class Body:
    """An element that may be the body."""

    spot: int
    weight: float
    """How much prose and pictures it holds, less what is foreign to a body."""
    text: int
    """Characters of prose in it."""
    share: float
    """Of the prose between heading and end; a short line beside the body (a name, a category) counts for nothing."""
    foreign: tuple[int, ...]
    """Elements inside that hold nothing of the body."""
    is_clean: bool
    """Nothing foreign stands in it that cannot be told apart."""
    is_ended: bool
    """The page shows where it is over."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each line of a page is to a body: its share of prose (positive) or its foreignness (negative)."""

    pieces: tuple[float, ...]
    images: tuple[float, ...]
    is_ended: bool
    end: int
    """The line that shows that the body is over; behind the last where none does."""


def weigh(
    page: Outline,
    heading: Heading,
    values: Sequence[Value],
    skin: Collection[str],
    rows: Collection[int] = (),
    author: str | None = None,
) -> Weights:
    """Judge every line behind the heading. ``skin`` are lines that every article of the board shows, ``rows`` the
    elements that are rows of a list on the page, ``author`` who wrote as the board's list says."""
    near = text_begins(page, heading)
    is_shown = heading.piece >= 0  # else nothing on the page tells where the post begins
    listed = {*(page.joint(rows, beside=heading.spot) if is_shown else rows), *find_talk(page, heading.spot)}
    charges = charge_boxes(page, heading.spot) if is_shown else frozenset()
    places = facts_in(page, [value for value in values if not value.is_weak or (
        heading.spot < value.spot < near and not in_called_body(page, heading.spot, value.spot))])  # fmt: skip
    head = head_end(page, heading, places)
    told = {value.role for place in range(heading.piece + 1, head + 1) for value in places.get(place, ())}
    behind = max(page.pieces[head].spot, heading.spot) if head >= 0 else heading.spot
    shown = [at for at in page.images if at > behind and is_picture(page, at, heading.spot)]
    weights = [0.0] * len(page.pieces)
    within_text = inside_text(page, heading.piece)
    facts = {page.spots[page.pieces[place].spot].up for place in places if heading.piece < place <= head}
    built = built_as_text(page, heading, head, facts)
    prose, ended, at_end, end = 0.0, False, len(page.spots), len(page.pieces)
    for place in range(heading.piece + 1, len(page.pieces)):
        piece = page.pieces[place]
        pictures = bisect_left(shown, piece.spot)
        is_row = any(at in listed for at in page.around(piece.spot))
        is_charge = any(at in charges for at in page.around(piece.spot))
        over = is_over(page, place, heading.piece, head, prose + 25 * pictures)
        leads = is_shown and prose + pictures >= 1 and leads_on(page, place)
        # what stands beside a date: 댓글 0, 4면
        is_beside = place <= head + _HEAD_ENDS and len(piece.text) <= SHORT and (
            page.spots[piece.spot].up in facts or any(page.holds(piece.spot, at) for at in facts))  # fmt: skip
        over = ((over and not is_beside) or leads) and not ((leads or is_insert(page, piece)) and within_text[place])
        if not ended and ((is_row and (is_shown or prose >= 1)) or over or (is_charge and prose + pictures >= 1)):
            ended, at_end, end = True, piece.first, place
        is_fact = place in places and (place <= head or any(value.role not in told for value in places[place]))
        in_body = prose < 1 and (
            in_called_body(page, heading.spot, piece.spot)
            or (place > head and role_of(piece.text) is None and built_at(page, piece) in built)
        )
        fact = FACT if place <= head else TOLD
        weight = fact if is_fact else weight_of(page, piece, heading.spot, prose, skin, in_body=in_body)
        if ended or is_row or is_charge:
            weight = (-60 if is_row else -15) - 0.5 * len(piece.text)
        is_again = squash(piece.text) == squash(heading.text) and prose < 1
        weight = _TITLE * in_body if is_again else weight  # it is the whole text of some posts
        if author is not None and squash(piece.text) == squash(author) and prose < 1:
            weight = min(weight, NAME)
        if (place <= head or is_beside) and weight > 0:
            weight = 0.2 * weight  # a line under the title
        weights[place] = weight
        if place <= head or is_beside:
            prose = 0.0
        elif (is_shown or len(piece.text) > LINE) and not is_again:  # what else stands before a title is a menu
            prose += max(0.0, weight)
    named = {piece.spot for piece in page.pieces if piece.spot > heading.spot and names_files(piece)}
    images = [
        picture_weight(page, at)
        if heading.spot < at < at_end
        and is_picture(page, at, heading.spot)
        and not (at < behind and not facts.isdisjoint(page.around(at)))  # a label of the head, a face
        and page.block_of(at) not in named  # the icon of a file
        and not any(outer in listed for outer in page.around(at))  # a mark in a row of the list below
        else 0.0
        for at in page.images
    ]
    return Weights(tuple(weights), tuple(images), ended, end)


@dataclass(frozen=True, slots=True)
class Sums:
    """For every element of a page: its worth as a body, and its characters of prose."""

    worth: tuple[float, ...]
    prose: tuple[float, ...]


def sum_up(page: Outline, heading: Heading, weights: Weights) -> Sums:
    """Weights by element; nothing that holds the heading or stands before it is worth anything. What an element is
    called speaks for it only where none inside holds the same text without what is foreign to it."""
    sums = [0.0] * len(page.spots)
    prose = [0.0] * len(page.spots)
    behind = [0.0] * len(page.spots)
    for place, (piece, weight) in enumerate(zip(page.pieces, weights.pieces, strict=True)):
        for at in page.around(piece.spot):
            if place < weights.end and not _BUTTONS <= weight < 0:
                sums[at] += weight
            else:
                behind[at] += weight
            prose[at] += max(0.0, weight)
    for image, weight in zip(page.images, weights.images, strict=True):
        for at in page.around(image):
            sums[at] += weight
    for at, weight in enumerate(behind):
        sums[at] += max(weight, -_BEHIND * max(0.0, sums[at]))
        if is_declared(page, at):
            sums[at] = max(sums[at], (1 - _BEHIND) * prose[at])
    inner = list(sums)  # the most that one element inside, with the same prose, is worth
    for at in range(len(page.spots) - 1, 0, -1):
        up = page.spots[at].up
        if prose[at] >= prose[up] * _SAME:
            inner[up] = max(inner[up], inner[at])
    worth = [
        sums[at] * (liking(page, at) if inner[at] <= sums[at] else min(1.0, liking(page, at)))
        if at > heading.spot and page.spots[at].tag not in _NO_BODY
        else 0.0
        for at in range(len(page.spots))
    ]
    for at in page.around(heading.spot):
        worth[at] = 0.0
    return Sums(tuple(worth), tuple(prose))


def find_bodies(page: Outline, sums: Sums) -> list[int]:
    """The elements that may be the body, the best first; none when there is no text and no picture."""
    best = max(sums.worth)
    likely = [at for at, worth in enumerate(sums.worth) if worth > 0 and worth >= best * 0.5]
    likely.sort(key=lambda at: (-sums.worth[at] if sums.worth[at] < best * _SAME else -best, at))
    return likely[:6]


def judge(page: Outline, spot: int, weights: Weights, sums: Sums) -> Body:
    """What is to be said about one element as the body."""
    foreign, clean = foreign_in(page, spot, weights)
    total = sums.prose[0]
    outside = total - sums.prose[spot]
    share = sums.prose[spot] / total if outside >= LINE else 1.0
    return Body(spot, sums.worth[spot], int(sums.prose[spot]), share, foreign, clean, weights.is_ended)


def foreign_in(page: Outline, body: int, weights: Weights) -> tuple[tuple[int, ...], bool]:
    """The outermost elements of a body that hold only what is foreign to it, and whether that is all of it."""
    good: set[int] = set()
    bad: list[tuple[int, int]] = []
    alone: set[tuple[int, int]] = set()
    for place, (piece, weight) in enumerate(zip(page.pieces, weights.pieces, strict=True)):
        if not page.holds(body, piece.spot):
            continue
        if weight > 0:
            good.update(page.around(piece.spot))
        elif weight <= -10 and (
            is_end(piece.text)
            or is_tool(piece.text)
            or is_foreign(page, piece.spot, body)
            or page.spots[piece.spot].is_aside
            or (good and (is_date(piece.text, page.seen_at) or is_other_post(page, piece)))
            or (not good and role_of(piece.text) is not None)
            or weight <= -60
            or lists_files(page, piece)
            or tells_file(piece.text)
            or (place >= weights.end and not is_text(piece))
        ):
            bad.append((piece.spot, piece.first))
            if page.own[piece.first] == piece.text:
                alone.add((piece.first, piece.spot))
    found: dict[int, None] = {}
    clean = True
    for at, first in bad:
        if (at in good or at == body) and first != at and first not in good and (first, at) in alone:
            at = first  # a label beside the text, in an element of its own
        elif at in good or at == body:
            clean = False
            continue
        while page.spots[at].up != body and page.spots[at].up not in good:
            at = page.spots[at].up
        found[at] = None
    return tuple(found), clean
