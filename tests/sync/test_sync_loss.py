"""Nights over a list that moves, is cut short and shows walls: nothing is lost for good, nothing called missing that
is there, every night ends, and a repeated night writes nothing. The real walker, over pages and an archive in memory.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from loss import QUIET, play
from loss_world import CALM, DAY, HOSTILE, START, Cut, List, Night, Shelf, missing_now, run

from scraper.errors import Walled
from scraper.models import Ask, Listing
from scraper.sync.options import Options


def test_a_hostile_board_loses_nothing() -> None:
    found = play("sinmungo", HOSTILE, 400, 60, 7)
    assert (found.lost_quiet, found.falsely) == (0, 0)
    assert found.noticed >= found.deleted * 0.99
    assert found.pages < 15


def test_a_calm_board_costs_little() -> None:
    found = play("sinmungo", CALM, 4000, 30, 7)
    assert (found.lost_quiet, found.falsely) == (0, 0)
    assert found.pages <= 4


def test_stopping_after_known_rows_loses_posts() -> None:
    """What the measurement is worth: the rule of everybody else fails it."""
    assert play("stop after 5", HOSTILE, 400, 60, 7).lost > 0.02


class Moving(Night):
    """A night during which the list moves, before the page that was named."""

    changes: dict[int, tuple[str, int]]

    def _read(self, ask: Ask) -> tuple[Any, Listing]:
        change = self.changes.get(self.asked)
        if change is not None and change[0] == "wall":
            raise Walled("점검중", ask.url, "maintenance")
        if change is not None:
            alter(self.paper, *change)
        assert self.asked < 500, "the night does not end"
        return super()._read(ask)


def alter(paper: List, verb: str, place: int) -> None:
    if verb == "insert":
        paper.made += 1
        paper.keys.insert(min(place, len(paper.keys)), str(paper.made))
    elif verb == "delete" and len(paper.keys) > 20:
        paper.deleted[paper.keys.pop(place % len(paper.keys))] = 0
    elif verb == "pin" and len(paper.keys) > 20:
        paper.pinned.insert(0, paper.keys.pop(place % len(paper.keys)))
    elif verb == "unpin" and paper.pinned:
        paper.keys.insert(min(place, len(paper.keys)), paper.pinned.pop())
    elif verb == "renumber":
        paper.base += place % 7


changes = st.tuples(st.sampled_from(["insert", "insert", "delete", "pin", "unpin", "renumber"]), st.integers(0, 150))
during = st.dictionaries(st.integers(1, 9), st.one_of(changes, st.tuples(st.just("wall"), st.just(0))), max_size=3)


class Nights(RuleBasedStateMachine):
    """Days and nights of one board, in any order."""

    @initialize(posts=st.integers(0, 120))
    def begin(self, posts: int) -> None:
        self.paper, self.shelf, self.night = List.of(Random(0), posts), Shelf(), 0

    @rule(happened=st.lists(changes, max_size=5))
    def day(self, happened: list[tuple[str, int]]) -> None:
        for change in happened:
            alter(self.paper, *change)

    @rule(during=during, left=st.one_of(st.none(), st.integers(1, 9)))
    def sync(self, during: dict[int, tuple[str, int]], left: int | None) -> None:
        self.night += 1
        night = Moving(self.paper, self.shelf, self.night, START + self.night * DAY, left)
        night.changes = during
        try:
            walked = night.go(Options())
        except (Cut, Walled):
            return
        self.shelf.done = self.shelf.done or walked.whole is not None

    def teardown(self) -> None:
        """Ten quiet nights, and one more run: everything is there, once, and nothing is written any more."""
        if not hasattr(self, "paper"):
            return
        for _ in range(QUIET + 1):
            self.night += 1
            run(self.paper, self.shelf, self.night, START + self.night * DAY, whole=False, left=None)
        assert self.paper.live() <= self.shelf.known.keys()
        assert not missing_now(self.shelf) & self.paper.live()
        before = {key: (post.number, post.state) for key, post in self.shelf.known.items()}
        at = START + self.night * DAY + timedelta(hours=1)
        assert run(self.paper, self.shelf, self.night + 1, at, whole=False, left=None) == 1
        assert {key: (post.number, post.state) for key, post in self.shelf.known.items()} == before

    @invariant()
    def nothing_is_there_twice(self) -> None:
        if hasattr(self, "shelf"):
            assert all(key == post.key for key, post in self.shelf.known.items())


TestNights = Nights.TestCase
TestNights.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
