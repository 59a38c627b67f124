"""Boards that nobody has seen before: random skins, each drawn from a seed, for reading what no engine knows.

make_skin(seed) gives one; ``skin.board(clock)`` is a board with that face. As a skin this package has
list_path(board) and route(site, visit) like every other.
"""

from __future__ import annotations

from dataclasses import dataclass

from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.skins.strange.answer import list_path, route
from scraper.fakeboard.skins.strange.board import StrangeBoard
from scraper.fakeboard.skins.strange.face import Face, draw, odds, redraw

__all__ = ["Face", "Skin", "StrangeBoard", "list_path", "make_skin", "odds", "redraw", "route"]


@dataclass(frozen=True, slots=True)
class Skin:
    """One random skin. Its ``face`` says everything that was drawn."""

    seed: int
    face: Face

    @property
    def name(self) -> str:
        """As it is asked for on the command line: strange:SEED."""
        return f"strange:{self.seed}"

    def board(self, clock: FakeClock, posts: int | None = None) -> StrangeBoard:
        """A board with this skin; ``posts`` None: as many as the face wants."""
        return StrangeBoard(self.face, clock, posts)


def make_skin(seed: int) -> Skin:
    """The skin of that seed: the same seed, the same skin."""
    return Skin(seed, draw(seed))
