"""What a night pays for the ledger of its list, as that grows: `python benchmarks/ordering.py`; see README.md.

The real walker goes over a list in memory, night after night. At each mark the ledger as it then is is read out of a
real archive, and the order of the posts is found in it: CPU and memory of both.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from loss import BOARDS, CLIMATES
from loss_world import DAY, START, List, Shelf, run

from scraper.archive import open_archive
from scraper.models import Stretch
from scraper.sync.ledger import LISTED
from scraper.sync.order import order_of

MARKS = (1, 30, 100, 300, 1000)


def cost_of(act: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds of CPU (the best of three) and megabytes at the most."""
    took = []
    for _ in range(3):
        began = time.process_time()
        act()
        took.append(time.process_time() - began)
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return min(took) * 1000, peak / 1e6


def read_cost(stretches: Sequence[Stretch], folder: Path) -> tuple[float, float, float]:
    """Of reading this ledger out of an archive; and how many megabytes it takes there."""
    with open_archive(folder / "archive.db", write=True) as archive:
        archive.db.execute("PRAGMA foreign_keys = OFF")
        archive.db.execute("DELETE FROM coverage")
        columns = "board_id, walk, page, url, capture_id, total, keys, first_number, last_number, seen_at, is_last"
        rows = [
            (1, each.walk, each.page, each.url, number, each.total, json.dumps(each.keys), each.first_number,
             each.last_number, each.seen_at.isoformat(), int(each.is_last), "")
            for number, each in enumerate(stretches, 1)
        ]  # fmt: skip
        sql = f"INSERT INTO coverage ({columns}, row_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        archive.db.conn.executemany(sql, rows)
        archive.db.conn.commit()
        size = sum(sum(len(str(value)) for value in row) for row in rows) / 1e6
        return *cost_of(lambda: archive.find_coverage(1)), size


def play(board: str, climate: str, posts: int, nights: int, seed: int) -> None:
    numbers, totals = BOARDS[board]
    paper = List.of(Random(f"{seed}/{posts}"), posts, numbers, totals=totals)
    shelf = Shelf()
    run(paper, shelf, 1, START, whole=True, left=None)
    for night in range(1, nights + 1):
        paper.pass_day(CLIMATES[climate], night)
        run(paper, shelf, night + 1, START + night * DAY, whole=False, left=None)
        if night in MARKS:
            listed = frozenset(key for key, post in shelf.known.items() if post.state in LISTED)
            notices = frozenset(key for key in listed if shelf.known[key].is_notice)
            found, memory = cost_of(partial(order_of, shelf.stretches, listed, notices))
            with tempfile.TemporaryDirectory() as folder:
                read, held, size = read_cost(shelf.stretches, Path(folder))
            print(
                f"{board:5} {climate:8} night {night:5}: {len(listed)} posts, {len(shelf.stretches)} pages kept,"
                f" order {found:.0f} ms, {memory:.1f} MB; read {read:.0f} ms, {held:.1f} MB ({size:.1f} MB of text)",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boards", nargs="+", default=["none"], choices=BOARDS)
    parser.add_argument("--climates", nargs="+", default=["calm", "hostile"], choices=CLIMATES)
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--nights", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    for board in asked.boards:
        for climate in asked.climates:
            play(board, climate, asked.posts, asked.nights, asked.seed)


if __name__ == "__main__":
    main()
