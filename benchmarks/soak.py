"""Many nights of the real command on papers that live and hosts that fail; see README.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from soak_command import Commands
from soak_press import START, papers
from soak_run import REST, Soak

from scraper.fakeboard import FakeClock


def play(seed: int, nights: int, boards: int, folder: Path, *, rest: int = REST, told: bool = False) -> Soak:
    """All nights of one seed, in an empty folder."""
    clock = FakeClock(START)
    with papers(seed, clock, boards) as made, Commands(folder) as commands:
        soak = Soak(seed, nights, made, commands, clock, folder / "archive.db", rest, told)
        soak.go()
        return soak


def show(soak: Soak) -> None:
    delays: dict[str, Counter[int]] = {}
    for book in soak.books.values():
        for kind, counts in book.delays.items():
            delays.setdefault(kind, Counter()).update(counts)
    skins = " ".join(board.slug for _, board in soak.boards.values())
    print(f"\nseed {soak.seed}: {len(soak.papers)} hosts, {skins}; {soak.requests} requests")
    print("  late, in nights:", {kind: dict(sorted(counts.items())) for kind, counts in delays.items()})
    print("  quiet:", dict(soak.quiet), "operator:", dict(soak.operator))
    for (cause, code), count in sorted(soak.codes.items()):
        print(f"  {cause:45} {code:4} {count:5}")
    for surprise in soak.surprises:
        print("  !!", surprise)
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--boards", type=int, default=6)
    parser.add_argument("--keep", type=Path, help="a folder in which the archives are left")
    parser.add_argument("--verbose", action="store_true", help="tell of every board's every night")
    asked = parser.parse_args()
    for seed in range(asked.first, asked.first + asked.seeds):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            if asked.keep is not None:
                place = asked.keep / str(seed)
                place.mkdir(parents=True)
            show(play(seed, asked.nights, asked.boards, place, told=asked.verbose))


if __name__ == "__main__":
    main()
