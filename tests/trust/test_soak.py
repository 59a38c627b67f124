"""The whole night, for months: real commands on papers that live and hosts that fail (see benchmarks/soak_run.py)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from soak import play


def test_nights_leave_the_archive_as_the_boards_are(tmp_path: Path, full: bool) -> None:
    for seed in range(8) if full else (2,):
        place = tmp_path / str(seed)
        place.mkdir()
        soak = play(seed, *((60, 5) if full else (5, 2)), place, rest=10 if full else 2)
        assert not soak.surprises, "\n".join(map(str, soak.surprises))
        assert soak.requests > 60
