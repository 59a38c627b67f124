"""A pager that is misread hides the rest of a list: where its end is in doubt, the page after it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from test_sync_walk import Moving, Walking

from scraper.models import Ask, Listing
from scraper.sync.options import Options
from scraper.sync.walked import Walked


class Ruled(Walking):
    """A Walker that can ask for any page, and is answered past the end as the board likes."""

    def __init__(self, moving: Moving, answers: str = "nothing") -> None:
        super().__init__(moving)
        self.answered = answers
        self.asked: list[int] = []
        self.said: list[str] = []
        self._pulse.say = self.said.append  # type: ignore[method-assign]

    def _page_ask(self, page: int) -> Ask | None:
        return None if self.answered == "unasked" else Ask(f"http://paper.example/list?page={page}", "listing")

    def _read(self, ask: Ask) -> tuple[Any, Listing]:
        page = int(ask.url.rpartition("=")[2])
        self.asked.append(page)
        pages = -(-len(self.moving.keys) // self.moving.size)
        if page > pages and self.answered in ("last", "first"):
            ask = Ask(f"http://paper.example/list?page={pages if self.answered == 'last' else 1}", "listing")
        return super()._read(ask)


def board(**options: Any) -> Moving:
    return Moving(list(range(options.pop("count", 43), 0, -1)), **options)


def walked(walking: Ruled) -> Walked:
    found = walking.go(Options())
    assert found.whole is not None
    return found


@pytest.mark.parametrize("options", [{"numbers": "rank", "totals": False}, {"numbers": "none", "totals": False}, {}])
def test_a_pager_that_ends_too_early_is_looked_behind(options: dict[str, Any]) -> None:
    walking = Ruled(board(misread=3, **options))
    found = walked(walking)
    assert found.whole is not None and len(found.whole.keys) == 43
    assert found.open_end is None
    assert walking.asked == [*range(1, 10), 1], "each page once, and page 1 again after the walk"


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({"numbers": "rank", "totals": False}, 0),
        ({"numbers": "none", "totals": True}, 0),
        ({"numbers": "none", "totals": False}, 0),  # the last page is not full
        ({"numbers": "none", "totals": False, "count": 40}, 1),
        ({"numbers": "id", "totals": False, "count": 40}, 1),
    ],
)
@pytest.mark.parametrize("past", ["nothing", "last", "first"])
def test_an_end_that_is_sure_costs_nothing_and_one_that_is_not_costs_a_request(
    past: str, options: dict[str, Any], asked: int
) -> None:
    moving = board(**options)
    walking = Ruled(moving, past)
    found = walked(walking)
    assert found.whole is not None and len(found.whole.keys) == len(moving.keys)
    pages = -(-len(moving.keys) // moving.size)
    assert walking.asked == [*range(1, pages + 1 + asked), 1]
    assert found.open_end is None


@pytest.mark.parametrize(("past", "is_open"), [("nothing", False), ("last", False), ("first", True), ("unasked", True)])
def test_a_list_that_ends_above_its_first_number_is_never_passed_over_in_silence(past: str, is_open: bool) -> None:
    moving = board(totals=False)
    moving.keys = moving.keys[:20]
    walking = Ruled(moving, past)
    answer = moving.answer

    def counted(page: int) -> Listing:
        found = answer(page)
        return replace(found, rows=tuple(replace(row, number=int(row.key)) for row in found.rows))

    moving.answer = counted  # type: ignore[method-assign]
    found = walked(walking)
    assert any("ends at number 24" in said for said in walking.said)
    assert (found.open_end is not None) is is_open


def test_a_page_without_pager_number_and_total_says_that_more_may_be_there() -> None:
    walking = Ruled(board(count=5, numbers="none", totals=False), "unasked")
    assert walked(walking).open_end is None
    assert ["neither a total nor a pager" in said for said in walking.said] == [True]
