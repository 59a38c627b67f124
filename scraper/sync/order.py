"""In which order the posts of a list were last seen, out of the ledger of its pages. Pure.

What the rank is to a board that prints one, the place in this order is to a board that prints an id or nothing. Pages
that were read one after the other are laid over what is known: posts that both know hold them together, new ones come
to stand beside their neighbours. A post that a page no longer shows keeps its place, so that its absence is seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from scraper.models import Stretch


@dataclass(frozen=True, slots=True)
class Order:
    keys: tuple[str, ...]
    """From the top."""
    size: int
    """Rows on a page in the middle; 0 when none was seen."""
    uncounted: int | None
    """The printed total less the posts of the list, when a night last came to its end; None when none is printed."""


def order_of(stretches: Iterable[Stretch], listed: frozenset[str], notices: frozenset[str]) -> Order:
    """The order of the ``listed`` posts. ``notices`` that a page left out of their place have none."""
    keys: list[str] = []
    at: dict[str, int] = {}
    size, uncounted = 0, None
    for _, walk in groupby(stretches, key=lambda stretch: stretch.walk):
        pages = list(walk)
        first = next((len(page.keys) for page in reversed(pages) if page.page == 1), size)
        for run in (*_runs(pages), *_runs(_latest(pages))):
            block = [key for key in dict.fromkeys(key for page in run for key in page.keys) if key in listed]
            begin = at.get(block[0], 0) if block else 0
            if block != keys[begin : begin + len(block)]:
                above = first + (run[0].page - 2) * (size or first) if run[0].page > 1 else 0
                keys = _laid(keys, at, block, notices, above)
                at = dict(zip(keys, range(len(keys)), strict=True))
            size = next((len(page.keys) for page, after in pairwise(run) if page.page > 1 and after.keys), size)
        if pages[-1].is_last and pages[-1].total is not None:
            uncounted = pages[-1].total - len(keys)
    return Order(tuple(keys), size, uncounted)


def _latest(pages: Iterable[Stretch]) -> list[Stretch]:
    """Each page as it was last read, from the first to the last: a night reads them in any order.

    Those are left out that show another state of the list than what was read later.
    """
    latest: dict[int, Stretch] = {}
    later: set[str] = set()
    total: int | None = None
    for page in reversed(list(pages)):
        total = page.total if not latest else total
        if page.page not in latest and page.total == total and later.isdisjoint(page.keys):
            latest[page.page] = page
            later.update(page.keys)
    return [page for _, page in sorted(latest.items())]


def _runs(pages: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Pages that follow each other."""
    run: list[Stretch] = []
    for page in pages:
        if run and page.page != run[-1].page + 1:
            yield run
            run = []
        run.append(page)
    if run:
        yield run


def _laid(
    keys: list[str], at: Mapping[str, int], block: Sequence[str], notices: frozenset[str], above: int
) -> list[str]:
    """The order with a block in it that stands together in this order, with so many rows ``above``. Nobody knows where
    a block of new posts only belongs, unless it is at the top or below all others: it waits for a page beside it."""
    known = [key for key in block if key in at]
    kept = [known[index] for index in rising([at[key] for key in known])]
    if not kept:
        return [*block, *keys] if not above else [*keys, *block] if above >= len(keys) else keys
    follow: dict[str | None, list[str]] = {None: []}
    last: str | None = None
    held = set(kept)
    for key in block:
        if key in held:
            last = key
            follow[key] = []
        else:
            follow[last].append(key)
    moved = set(block) - held
    first, end = at[kept[0]], at[kept[-1]]
    places = [at[key] for key in known]
    top, bottom = min(places) if above else 0, max(places) + 1  # nothing moves outside
    laid = keys[:top]
    for place, key in enumerate(keys[top:bottom], top):
        is_within = (first < place or not above) and place < end
        if key in moved or (is_within and key in notices and key not in held):
            continue
        if place == first:
            laid += follow[None]
        laid.append(key)
        laid += follow.get(key, ())
    return laid + keys[bottom:]


def beside(
    keys: Sequence[str], order: Sequence[str], places: Mapping[str, int], ends: tuple[int, int]
) -> dict[str, tuple[int, int]]:
    """By post, the ranks of the two rows nearest to it in this ``order``, the lower first; of the posts that have
    ``places``, those that moved are no neighbours. ``ends``: the ranks under the list and above it."""
    at = {key: line for line, key in enumerate(order)}
    rows = sorted((at[key], place) for key, place in places.items() if key in at)
    rows = [rows[index] for index in rising([-place for _, place in rows])]
    ranks = [ends[1], *(place for _, place in rows), ends[0]]
    found = {key: bisect_left(rows, (at[key], ends[0])) for key in keys if key in at}
    return {key: (ranks[found[key] + 1], ranks[found[key]]) if key in found else ends for key in keys}


def rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of the longest run of numbers that rise, in their order; of two as long, the closer together."""
    if all(low < high for low, high in pairwise(numbers)):
        return list(range(len(numbers)))
    low = _longest(numbers)
    high = [len(numbers) - 1 - index for index in reversed(_longest([-number for number in reversed(numbers)]))]
    return min(high, low, key=lambda run: numbers[run[-1]] - numbers[run[0]])


def _longest(numbers: Sequence[int]) -> list[int]:
    """The longest run that rises and ends as low as possible."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = before[index]
    return run[::-1]
