"""P8: a list that moves while it is read. Whatever comes, goes, moves, is pinned or renumbered between two pages and
between two nights, and wherever runs are cut or meet a wall: no post that stands there throughout is called missing,
every night ends, quiet nights find everything, and one more run writes nothing. The real walker, in memory.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from found_models import FOUND, Change
from loss import QUIET
from loss_world import DAY, START, Cut, List, Night, Shelf, absences, missing_now

from scraper.errors import Walled
from scraper.models import Ask, Listing, NumberMeaning
from scraper.sync.options import Options


class Moving(Night):
    """A night during which the list changes before the answers that are named."""

    def __init__(
        self, paper: List, shelf: Shelf, number: int, left: int | None, moves: dict[int, list[Change]]
    ) -> None:
        super().__init__(paper, shelf, number, START + number * DAY, left)
        self.moves = moves
        self.throughout = paper.live()

    def _read(self, ask: Ask) -> tuple[Any, Listing]:
        for change in self.moves.get(self.asked, ()):
            if change[0] == "wall":
                raise Walled("점검중", ask.url, "maintenance")
            alter(self.paper, change)
            self.throughout &= self.paper.live()
        assert self.asked < 500, "the night does not end"
        return super()._read(ask)


def alter(paper: List, change: Change) -> None:
    verb, place, other = change
    if verb == "insert":
        paper.made += 1
        paper.keys.insert(min(place, len(paper.keys)), str(paper.made))
    elif verb == "renumber":
        paper.base += place % 7
    elif verb == "unpin" and paper.pinned:
        paper.moved.add(paper.pinned[-1])
        paper.keys.insert(min(place, len(paper.keys)), paper.pinned.pop())
    elif verb in ("delete", "pin", "move") and paper.keys:
        key = paper.keys.pop(place % len(paper.keys))
        if verb == "delete":
            paper.deleted[key] = 0
        elif verb == "pin":
            paper.pinned.insert(0, key)
        else:
            paper.moved.add(key)
            paper.keys.insert(min(other, len(paper.keys)), key)


places = st.one_of(st.integers(0, 20), st.integers(0, 150))
verbs = st.sampled_from(["insert", "insert", "delete", "delete", "pin", "unpin", "move", "renumber"])
changes = st.tuples(verbs, places, places)
wall = st.just(("wall", 0, 0))
moves = st.dictionaries(st.integers(1, 9), st.lists(st.one_of(changes, wall), min_size=1, max_size=3), max_size=3)


class Nights(RuleBasedStateMachine):
    """Days and nights of one board, in any order."""

    @initialize(
        posts=st.integers(0, 120),
        size=st.integers(1, 15),
        numbers=st.sampled_from(["rank", "id", "none"]),
        totals=st.booleans(),
        pins_everywhere=st.booleans(),
    )
    def begin(self, posts: int, size: int, numbers: NumberMeaning, totals: bool, pins_everywhere: bool) -> None:
        size = max(size, posts // 12)
        self.paper = List.of(Random(0), posts, numbers, totals=totals, size=size)
        self.paper.pins_everywhere = pins_everywhere
        self.shelf, self.night = Shelf(), 0

    @rule(happened=st.lists(changes, max_size=5))
    def day(self, happened: list[Change]) -> None:
        for change in happened:
            alter(self.paper, change)

    @rule(moves=moves, left=st.one_of(st.none(), st.none(), st.integers(1, 9)))
    def sync(self, moves: dict[int, list[Change]], left: int | None) -> None:
        self.sleep(left, moves)

    def sleep(self, left: int | None, moves: dict[int, list[Change]]) -> None:
        self.night += 1
        night = Moving(self.paper, self.shelf, self.night, left, moves)
        try:
            walked = night.go(Options())
        except (Cut, Walled):
            return
        self.shelf.done = self.shelf.done or walked.whole is not None
        absences(self.shelf, walked, night.at)
        # One that somebody took to another place is missing until it is met there; its article says that it is no more
        # than that.
        wrong = missing_now(self.shelf) & night.throughout - self.paper.moved
        assert not wrong, f"called missing, and there all the time: {wrong}"

    def teardown(self) -> None:
        """Ten quiet nights, and one more run."""
        if not hasattr(self, "paper") or sys.exc_info()[0] is not None:
            return
        for _ in range(QUIET + 1):
            self.sleep(None, {})
        assert self.paper.live() <= self.shelf.known.keys()
        assert not missing_now(self.shelf) & self.paper.live()
        before = states(self.shelf)
        night = Night(self.paper, self.shelf, self.night + 1, START + self.night * DAY + timedelta(hours=1), None)
        night.go(Options())
        assert night.asked == 1, "an unchanged night is one list page"
        assert states(self.shelf) == before


def states(shelf: Shelf) -> dict[str, Any]:
    return {key: (post.id, post.number, post.state) for key, post in shelf.known.items()}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once(name: str) -> None:
    board, steps = FOUND[name]
    nights = Nights()
    nights.begin(**board)
    for step in steps:
        nights.day(step) if isinstance(step, list) else nights.sync(*step)
    nights.teardown()


def test_a_moving_list(full: bool) -> None:
    run_state_machine_as_test(
        Nights,
        settings=settings(
            max_examples=10_000 if full else 300,
            derandomize=not full,  # the quick form is the same models every time
            stateful_step_count=10,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],  # a failing model is told as it was found: shrinking takes minutes
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
