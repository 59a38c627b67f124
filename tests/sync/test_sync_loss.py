"""What a nightly sync loses and costs, measured small: the real walker, over pages and an archive in memory."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from loss import play
from loss_world import CALM, DAY, HOSTILE, START, List, Shelf, missing_now, run

from scraper.models import Listing, NumberMeaning


@pytest.mark.parametrize("board", ["rank", "none", "bare"])
def test_a_hostile_board_loses_nothing(board: str) -> None:
    found = play("sinmungo", HOSTILE, 400, 60, 7, board)
    assert (found.lost_quiet, found.falsely) == (0, 0)
    assert found.noticed >= found.deleted * 0.99
    assert found.pages < 15


@pytest.mark.parametrize(("board", "pages"), [("rank", 4), ("none", 4), ("bare", 6)])
def test_a_calm_board_costs_little(board: str, pages: int) -> None:
    """Without a total, a night with changes reads the end and page 1 once more."""
    found = play("sinmungo", CALM, 4000, 20, 7, board)
    assert (found.lost_quiet, found.falsely) == (0, 0)
    assert found.pages <= pages


def test_stopping_after_known_rows_loses_posts() -> None:
    """What the measurement is worth: the rule of everybody else fails it."""
    assert play("stop after 5", HOSTILE, 400, 60, 7).lost > 0.02


class Dense(List):
    """Prints ids that had no hole when the board was added: each page by itself looks ranked until it has one."""

    told: NumberMeaning | None = None

    def page(self, page: int) -> Listing:
        listing = super().page(page)
        numbers = [row.number for row in listing.rows if row.number is not None]
        falls = all(above - below == 1 for above, below in pairwise(numbers))
        return replace(listing, number_meaning=self.told or ("rank" if falls and numbers else "id"))


@pytest.mark.parametrize("totals", [True, False], ids=["total", "none"])
def test_ids_that_looked_like_ranks_lose_nothing(totals: bool) -> None:
    """What a page shows decides, page by page (study stores no meaning that nothing proves)."""
    paper, shelf, falsely = Dense.of(Random("dense"), 300, "id", totals=totals), Shelf(), set[str]()
    for night in range(40):
        if night:
            paper.pass_day(CALM, night)
        run(paper, shelf, night + 1, START + night * DAY, whole=False, left=None)
        falsely |= missing_now(shelf) & paper.live()
    assert paper.live() <= shelf.known.keys() and not falsely
    assert paper.deleted.keys() & shelf.known.keys() <= missing_now(shelf)
