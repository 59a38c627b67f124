"""What a nightly sync loses and costs, measured small: the real walker, over pages and an archive in memory."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from loss import play
from loss_world import CALM, HOSTILE


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
