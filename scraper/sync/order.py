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
        for run in (*_runs(pages), *_runs(_latest(pages))):
            block = [key for key in dict.fromkeys(key for page in run for key in page.keys) if key in listed]
            first = at.get(block[0], 0) if block else 0
            if block != keys[first : first + len(block)]:
                keys = _laid(keys, at, block, notices, is_top=run[0].page == 1)
                at = {key: place for place, key in enumerate(keys)}
            size = next((len(page.keys) for page, after in pairwise(run) if page.page > 1 and after.keys), size)
        if pages[-1].is_last and pages[-1].total is not None:
            uncounted = pages[-1].total - len(keys)
    return Order(tuple(keys), size, uncounted)


def _latest(pages: Iterable[Stretch]) -> list[Stretch]:
    """Each page as it was last read, from the first to the last: a night reads them in any order."""
    return [page for _, page in sorted({page.page: page for page in pages}.items())]


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
    keys: list[str], at: Mapping[str, int], block: Sequence[str], notices: frozenset[str], *, is_top: bool
) -> list[str]:
    """The order with a block in it that stands together in this order."""
    known = [key for key in block if key in at]
    kept = [known[index] for index in rising([at[key] for key in known])]
    if not kept:
        return [*block, *keys] if is_top else [*keys, *block]
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
    laid: list[str] = []
    for place, key in enumerate(keys):
        if key in moved or (first < place < end and key in notices and key not in held):
            continue
        if place == first:
            laid += follow[None]
        laid.append(key)
        laid += follow.get(key, ())
    return laid


def rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of the longest run of numbers that rise, in their order."""
    if all(low < high for low, high in pairwise(numbers)):
        return list(range(len(numbers)))
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
