"""What the study of an unknown board stores, on random skins, without a server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from test_sync_onboarding import trials

from scraper.errors import UnknownLayout
from scraper.fakeboard import FakeSite
from scraper.fakeboard.exchange import Session, Visit
from scraper.fakeboard.skins.strange.address import list_target
from scraper.models import Ask, Listing, NumberMeaning, Page, Row
from scraper.page.document import parse
from scraper.page.listing import read_listing
from scraper.sync.study import proven_meaning, study

ORIGIN = "http://127.0.0.1"


def asking(site: FakeSite) -> Callable[[Ask], Page]:
    """How pages of a site are asked for in memory."""
    session = Session("study")

    def fetch(ask: Ask) -> Page:
        form = (ask.form or b"").decode("ascii")
        answer = site.answer(site.route(Visit(ask.method, ask.url.removeprefix(ORIGIN), {}, form, ORIGIN, session)))
        return Page(ask.url, answer.status, ((b"Content-Type", answer.content_type),), answer.body, site.clock.now())

    return fetch


def test_every_page_reads_the_same_by_the_name_of_the_pager(full: bool) -> None:
    """And of random boards, many with no name on anything, at least a third have a pager that can be named."""
    make_site = trials().make_site
    named = studied = 0
    for seed in range(300 if full else 6):
        site, board = make_site(seed)
        fetch = asking(site)
        try:
            layout = study(fetch, fetch(Ask(ORIGIN + list_target(board), "listing"))).layout
        except UnknownLayout:
            continue
        studied += 1
        named += layout.pages.scope is not None
        plain = replace(layout, pages=replace(layout.pages, scope=None))
        ask: Ask | None = Ask(ORIGIN + list_target(board), "listing")
        while ask is not None and layout.pages.scope is not None:
            page = fetch(ask)
            document = parse(page)
            listing = read_listing(document, layout, page.seen_at)
            assert listing == read_listing(document, plain, page.seen_at), (seed, page.url, layout.pages.scope)
            ask = listing.next
    assert named * 3 >= studied > 0


@pytest.mark.parametrize(
    ("meaning", "total", "notices", "told"),
    [
        *(("rank", 40, 0, "rank"), ("rank", 42, 2, "rank"), ("rank", 40, 2, "rank"), ("rank", 43, 2, None)),
        *(("rank", 31, 0, None), ("rank", None, 0, None), ("id", 40, 0, "id"), ("id", None, 0, "id")),
    ],
)
def test_numbers_are_ranks_for_good_only_where_the_total_says_so(
    meaning: NumberMeaning, total: int | None, notices: int, told: NumberMeaning | None
) -> None:
    """The highest number is 40."""
    ask = Ask(ORIGIN + "/view", "article")
    rows = [Row(f"n{at}", None, "", False, None, None, None, ask, is_notice=True) for at in range(notices)]
    rows += [Row(f"k{at}", 40 - at, "", False, None, None, None, ask) for at in range(10)]
    assert proven_meaning(Listing(tuple(rows), total, 1, 4, None, False, meaning)) == told
