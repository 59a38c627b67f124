"""What `sync --simulate` tells before a night, beside what the night took; see README.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from soak_command import Commands
from soak_press import QUIET, START, live_a_day, papers

from scraper.fakeboard import FakeClock

LIVES = (0.1, 0.4, 1.0)
"""On how many days out of all something happens on a board: a weekly, one for every other day, a daily."""


@dataclass(frozen=True, slots=True)
class Night:
    """``parts``: by name what was told and what was taken."""

    seed: int
    night: int
    told: int
    took: int
    is_least: bool
    parts: dict[str, tuple[int, int]]


def play(seed: int, nights: int, boards: int, folder: Path) -> Iterable[Night]:
    """The first crawl of all boards, then night after night: first what it would cost, then the night itself."""
    clock, rng = FakeClock(START), Random(f"foretelling {seed}")
    with papers(seed, clock, boards) as made, Commands(folder) as commands:
        lives = [(board, rng.choice(LIVES)) for paper in made for board in paper.boards]
        for paper in made:
            for board in paper.boards:
                words = (paper.url(board), "--name", board.slug, "--yes", "--allow-private", "--delay", "0")
                assert commands.run("add", *words, at=clock.now()).code == 0
        for night in range(nights + 1):
            told = commands.run("sync", "--all", "--simulate", "--json", at=clock.now()).json
            done = commands.run("sync", "--all", "--allow-private", "--delay", "0", "--json", at=clock.now()).json
            yield compare(seed, night, told, done["boards"])
            clock.advance(timedelta(minutes=1440 + rng.randint(-20, 20)))
            for board, life in lives:
                if rng.random() < life:
                    live_a_day(board, rng)
            for paper in made:
                paper.suffer(QUIET, rng)


def compare(seed: int, night: int, told: dict[str, Any], runs: list[dict[str, Any]]) -> Night:
    expected = {name: sum(board.get(name, 0) for board in told["boards"]) for name in ("pages", "coming", "files")}
    took = {
        "pages": sum(run["pages"] for run in runs),
        "coming": sum(run["new"] for run in runs),
        "files": sum(run["files"] + run["files_failed"] for run in runs),
    }
    parts = {name: (expected[name], took[name]) for name in took}
    requests = sum(run["requests"] for run in runs)
    is_least = any(board.get("unknown") for board in told["boards"])
    return Night(seed, night, told["requests"], requests, is_least, parts)


def show(nights: list[Night]) -> None:
    for night in (each for each in nights if not each.night):
        print(f"seed {night.seed}, first crawl: told {'at least ' * night.is_least}{night.told}, took {night.took}")
    later = [night for night in nights if night.night]
    for first, last in ((1, 7), (8, 30), (31, 10**6)):
        some = [night for night in later if first <= night.night <= last]
        if some:
            told, took = sum(night.told for night in some), sum(night.took for night in some)
            off = sorted(abs(night.told - night.took) for night in some)
            ratio = sorted(night.told / night.took for night in some)
            spread = f"{ratio[len(ratio) // 10]:.2f} to {ratio[-1 - len(ratio) // 10]:.2f}"
            print(
                f"nights {first} to {some[-1].night} ({len(some)}): told {told}, took {took} ({told / took:.2f});",
                end=" ",
            )
            print(f"off by {off[len(off) // 2]} in the median; told/took of 8 nights in 10: {spread}")
            for name in some[0].parts:
                print(f"    {name}: {[sum(night.parts[name][at] for night in some) for at in (0, 1)]}")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--boards", type=int, default=5)
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    nights: list[Night] = []
    for seed in range(asked.first, asked.first + asked.seeds):
        with tempfile.TemporaryDirectory() as folder:
            for night in play(seed, asked.nights, asked.boards, Path(folder)):
                nights.append(night)
                if asked.verbose:
                    print(night, flush=True)
    show(nights)


if __name__ == "__main__":
    main()
