"""Where two pages of a walk meet: what may have slid from one to the other while the list moved. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from scraper.models import Stretch
from scraper.sync.order import order_of


def borders_of(
    stretches: Sequence[Stretch], number: int, absent: AbstractSet[str], listed: frozenset[str]
) -> dict[str, int]:
    """By post, the page to be read again because it may have slid over its border in walk ``number``, which came to its
    end: of the two that meet there the one that was read first, so that the other was read between.

    They are the posts that a page showed once and later no more, and of the ``absent`` ones those that would not stand
    in the middle of a page. ``stretches``: the ledger; ``listed``: the posts of the list, the absent ones among them.
    """
    pages = [each for each in stretches if each.walk == number]
    read = {each.page: at for at, each in enumerate(pages)}
    slid = {key: page - 1 for key, page in _slid_off(pages).items() if page > 2}  # page 1 was read last anyway
    absent = absent - slid.keys()
    if not absent:
        return slid
    order = order_of(stretches, listed, frozenset()).keys
    on = {key: page for page, each in {each.page: each for each in pages}.items() for key in each.keys}
    above, below = _nearest(order, on), _nearest(order[::-1], on)
    for key in absent:
        if above.get(key) and above[key] != below[key]:
            slid[key] = min((above[key], below[key] or above[key]), key=read.__getitem__)
    return slid


def _slid_off(pages: Sequence[Stretch]) -> dict[str, int]:
    """By post, the page on which it was seen last, and that was read again later and showed it no more."""
    read = {page.page: at for at, page in enumerate(pages)}
    seen = {key: at for at, page in enumerate(pages) for key in page.keys}
    return {key: pages[at].page for key, at in seen.items() if read[pages[at].page] > at}


def _nearest(order: Sequence[str], on: Mapping[str, int]) -> dict[str, int]:
    """By post, the page of the nearest one before it that has a page; 0 where there is none."""
    found, page = {}, 0
    for key in order:
        found[key] = page
        page = on.get(key, page)
    return found
