"""How many posts does a nightly sync lose, at what price? ``python benchmarks/loss.py --full``; see README.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from random import Random
from statistics import mean

sys.path.insert(0, str(Path(__file__).parent))

from loss_world import CALM, DAY, HOSTILE, START, Climate, List, Shelf, missing_now, run, run_naive

from scraper.models import NumberMeaning

CLIMATES = {"hostile": HOSTILE, "calm": CALM}
BOARDS: dict[str, tuple[NumberMeaning, bool]] = {
    "rank": ("rank", True),
    "id": ("id", True),
    "none": ("none", True),
    "bare": ("none", False),
}
"""What a board prints as the number of a post, and whether it prints its total."""
QUIET = 10

Work = tuple[str, str, str, int, int, int]
"""Rule, climate, board, rows, nights, seed."""


@dataclass(frozen=True)
class Result:
    """One board of one seed, after all nights."""

    lost: float
    """The share of live rows that is not held."""
    lost_quiet: float
    """As ``lost``, after ten nights on which nothing happened."""
    pages: float
    """List pages a night, the first crawl left out."""
    deleted: int
    noticed: int
    falsely: int
    """Posts called missing, on any night, that were live."""


def play(rule: str, climate: Climate, posts: int, nights: int, seed: int, board: str = "rank") -> Result:
    """One rule on one board: the same seed makes the same nights for every rule and for every kind of board."""
    numbers, totals = BOARDS[board]
    paper = List.of(Random(f"{seed}/{posts}"), posts, numbers, totals=totals)
    shelf, cuts = Shelf(), Random(f"{seed}/cuts")
    number, falsely, pages = 0, set[str](), 0
    seen_once: set[str] = set()
    for night in range(nights + 1):
        number += 1
        if night:
            paper.pass_day(climate, night)
        left = cuts.randint(1, 12) if cuts.random() < climate.cut else None
        asked = sync(rule, paper, shelf, number, left)
        pages += asked if night else 0
        seen_once |= shelf.known.keys()
        falsely |= missing_now(shelf) & paper.live()
    lost = loss(paper, shelf)
    held = {key for key in paper.deleted if key in seen_once}
    noticed = len(held & missing_now(shelf))
    for _ in range(QUIET):
        number += 1
        sync(rule, paper, shelf, number, None)
        falsely |= missing_now(shelf) & paper.live()
    return Result(lost, loss(paper, shelf), pages / nights, len(held), noticed, len(falsely))


def sync(rule: str, paper: List, shelf: Shelf, number: int, left: int | None) -> int:
    if rule == "stop after 5":
        return run_naive(paper, shelf, left)
    return run(paper, shelf, number, START + number * DAY, whole=rule == "whole walk", left=left)


def loss(paper: List, shelf: Shelf) -> float:
    live = paper.live()
    return len(live - shelf.known.keys()) / len(live)


class Kept:
    """The results of earlier runs of one commit, one JSON array a line: what stands there is not played again."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        lines = path.read_text().splitlines() if path is not None and path.exists() else ()
        self.results = {tuple(work): Result(**result) for work, result in map(json.loads, lines)}

    def play(self, works: Sequence[Work], jobs: int) -> list[Result]:
        left = [work for work in works if work not in self.results]
        with ProcessPoolExecutor(jobs) as pool:
            for work, result in zip(left, pool.map(_play, left), strict=True):
                self.results[work] = result
                if self.path is not None:
                    with self.path.open("a") as file:
                        file.write(json.dumps([work, asdict(result)]) + "\n")
        return [self.results[work] for work in works]


def _play(work: Work) -> Result:
    rule, climate, board, posts, nights, seed = work
    return play(rule, CLIMATES[climate], posts, nights, seed, board)


def table(
    climate: str, board: str, posts: int, seeds: range, nights: int, rules: list[str], jobs: int, kept: Kept
) -> None:
    print(f"\n{climate}, {board}, {posts:,} rows at first, {len(seeds)} seeds × {nights} nights")
    print("rule           lost mean   worst  after 10 quiet  pages/night  deletions noticed  false")
    for rule in rules:
        found = kept.play([(rule, climate, board, posts, nights, seed) for seed in seeds], jobs)
        deleted, noticed = sum(each.deleted for each in found), sum(each.noticed for each in found)
        print(
            f"{rule:13} {mean(each.lost for each in found):9.3%} {max(each.lost for each in found):7.2%}"
            f" {mean(each.lost_quiet for each in found):15.4%} {mean(each.pages for each in found):12.2f}"
            f" {noticed / max(1, deleted):18.2%} {sum(each.falsely for each in found):6}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--nights", type=int, default=120)
    parser.add_argument("--rows", type=int, nargs="*", default=[400, 4000])
    parser.add_argument("--climates", nargs="*", default=list(CLIMATES))
    parser.add_argument("--boards", nargs="*", default=list(BOARDS))
    parser.add_argument("--rules", nargs="*", default=["stop after 5", "whole walk", "sinmungo"])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--full", action="store_true", help="200 seeds")
    parser.add_argument("--kept", type=Path, help="a file of results, read and added to")
    options = parser.parse_args()
    kept = Kept(options.kept)
    seeds = range(options.first, options.first + (200 if options.full else options.seeds))
    for climate, board, posts in product(options.climates, options.boards, options.rows):
        table(climate, board, posts, seeds, options.nights, options.rules, options.jobs, kept)


if __name__ == "__main__":
    main()
