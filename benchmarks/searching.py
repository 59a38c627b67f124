"""How well and how fast posts are found.

python benchmarks/searching.py [--sizes 10000,100000] [--full] [--words N] [--json FILE]

Quality is that of the query set in tests/archive/search_set, for the command line and for a plain MATCH with every word
in double quotes, as Datasette's search box sends it. Latency is measured on generated posts: two sentences of the fake
board and N words of an invented vocabulary whose frequencies fall as those of real words do. CPU is that of the search:
what remains of the elapsed time on a machine that does nothing else, once the pages are in memory.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "archive"))

from archive_samples import World
from search_quality import judged, measure

from scraper.archive.search import Sought, fill
from scraper.archive.store import Archive
from scraper.fakeboard import content

SIZES = (10_000, 100_000)
FULL_SIZES = (*SIZES, 1_000_000)
VOCABULARY = 40_000
ENDINGS = ("", "", "", "이", "가", "은", "는", "을", "를", "에", "의", "로", "에서")
ROUNDS = 5
_BATCH = 5_000
_INSERT = """INSERT INTO posts (id, board_id, key, title, title_cut, author, posted_date, posted_at, posted_precision,
    is_notice, is_secret, body_text, version, state, first_seen_at, last_seen_at, row_sha256)
    VALUES (:id, 1, :key, :title, 0, :author, :posted_date, :posted_at, 'day', 0, 0, :body_text, 1, 'live',
    '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '')"""


def vocabulary(rng: random.Random) -> list[str]:
    """Invented words of two to four syllables, the most frequent first."""
    syllables = [
        chr(0xAC00 + 588 * a + 28 * b + c) for a in range(19) for b in (0, 4, 8, 13, 18, 20) for c in (0, 4, 8)
    ]
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        words["".join(rng.choices(syllables, k=rng.choice((2, 2, 3, 3, 4))))] = None
    return list(words)


class Writer:
    """Makes posts from a seed."""

    def __init__(self, seed: int, words: int) -> None:
        self.length = words
        self.rng = random.Random(seed)
        self.words = vocabulary(self.rng)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def post(self, number: int) -> dict[str, object]:
        rng = self.rng
        told = [
            self.words[min(bisect(self.weights, rng.random() * self.weights[-1]), VOCABULARY - 1)] + rng.choice(ENDINGS)
            for _ in range(self.length)
        ]
        told += [content.write_sentence(rng), content.write_sentence(rng)]
        day = f"{2006 + number % 20}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        return {
            "id": number,
            "key": str(number),
            "title": content.write_title(rng),
            "author": content.write_author(rng),
            "posted_date": day,
            "posted_at": f"{day}T00:00:00+09:00",
            "body_text": " ".join(told),
        }

    def queries(self) -> dict[str, str]:
        """By what they are: how common, how many words, how long."""
        by_rank = {f"rank {rank:,}": self.words[rank] for rank in (1, 10, 100, 1_000, 10_000)}
        return {
            **by_rank,
            "with a particle": self.words[300] + "에서",
            "two words": f"{self.words[20]} {self.words[200]}",
            "inside longer words": "도서관",
            "long, spaced otherwise": "작은도서관",
            "nine syllables": "어린이보호구역단속",
            "one syllable": "물",
            "a number": "2016년",
            "in nearly every post": "주민",
        }


def fill_to(archive: Archive, writer: Writer, held: int, size: int) -> None:
    """Posts and index, without captures and versions."""
    for start in range(held + 1, size + 1, _BATCH):
        archive.db.execute("BEGIN IMMEDIATE")
        for number in range(start, min(start + _BATCH, size + 1)):
            post = writer.post(number)
            archive.db.execute(_INSERT, post)
            fill(archive.db, post)
        archive.db.execute("COMMIT")


def latencies(archive: Archive, writer: Writer) -> Iterator[dict[str, object]]:
    for name, words in writer.queries().items():
        elapsed, cpu = [], []
        for _ in range(ROUNDS):
            before, worked = time.perf_counter(), time.thread_time()
            found = archive.find_matching(words, 20, Sought())
            cpu.append((time.thread_time() - worked) * 1_000)
            elapsed.append((time.perf_counter() - before) * 1_000)
        middle = {"elapsed_ms": statistics.median(elapsed), "cpu_ms": statistics.median(cpu)}
        yield {"query": name, "found": len(found), **{key: round(value, 1) for key, value in middle.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")] if asked.sizes else (FULL_SIZES if asked.full else SIZES)
    told: dict[str, object] = {"quality": {}, "latency": []}
    with tempfile.TemporaryDirectory() as folder:
        for way, quality in measure(Path(folder) / "judged.db", judged()).items():
            print(f"{way:8} recall {quality.recall:.3f}  precision {quality.precision:.3f}  no hit {quality.empty}")
            told["quality"][way] = quality._asdict()  # type: ignore[index]
        world, writer, held = World(Path(folder) / "many.db"), Writer(asked.seed, asked.words), 0
        for size in sizes:
            before = time.process_time()
            fill_to(world.archive, writer, held, size)
            cost = (time.process_time() - before) / max(1, size - held) * 1_000
            held = size
            stored = (Path(folder) / "many.db").stat().st_size / 1e6
            print(f"{size:,} posts, {stored:,.0f} MB, {cost:.2f} ms of CPU to make and index one", flush=True)
            for line in latencies(world.archive, writer):
                cpu, elapsed = f"cpu {line['cpu_ms']} ms", f"elapsed {line['elapsed_ms']} ms"
                print(f"  {line['query']:24} {cpu:>14} {elapsed:>20}  {line['found']} shown", flush=True)
                told["latency"].append({"posts": size, **line})  # type: ignore[attr-defined]
        world.close()
    if asked.json:
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
