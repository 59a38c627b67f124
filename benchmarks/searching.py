"""How well and how fast posts are found.

python benchmarks/searching.py [--sizes 10000,100000] [--full] [--words N] [--keep FILE] [--json FILE]

Quality is that of the query set in tests/archive/search_set, for the command line and for a plain MATCH with every word
in double quotes, as Datasette's search box sends it. Latency is measured on generated posts: two sentences of the fake
board and N words of an invented vocabulary whose frequencies fall as those of real words do. CPU is that of the search:
what remains of the elapsed time on a machine that does nothing else, once the pages are in memory. The posts stand on
eight boards in the order in which first crawls would have archived them: board by board, the newest first. ``--keep``
leaves the archive in a file, and goes on with the posts that stand there.
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
from datetime import date
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "archive"))

from archive_samples import World, board
from search_quality import judged, measure

from scraper.archive.search import Sought, fill
from scraper.archive.store import Archive
from scraper.fakeboard import content

SIZES = (10_000, 100_000)
FULL_SIZES = (*SIZES, 1_000_000)
BOARDS = 8
YEARS = 20
CRAWL = 5_000
"""Posts that follow each other on one board, from 2025 back to 2006."""
FILTERED = ("rank 1", "rank 100", "rank 1,000", "rank 10,000", "two words")
VOCABULARY = 40_000
ENDINGS = ("", "", "", "이", "가", "은", "는", "을", "를", "에", "의", "로", "에서")
ROUNDS = 5
_BATCH = 5_000
_INSERT = """INSERT INTO posts (id, board_id, key, title, title_cut, author, posted_date, posted_at, posted_precision,
    is_notice, is_secret, body_text, version, state, first_seen_at, last_seen_at, row_sha256)
    VALUES (:id, :board_id, :key, :title, 0, :author, :posted_date, :posted_at, 'day', 0, 0, :body_text, 1, 'live',
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
    """Makes posts, each out of the seed and its number."""

    def __init__(self, seed: int, words: int) -> None:
        self.length = words
        self.seed = seed
        self.words = vocabulary(random.Random(seed))
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def post(self, number: int) -> dict[str, object]:
        rng = random.Random(f"{self.seed}/{number}")
        told = [
            self.words[min(bisect(self.weights, rng.random() * self.weights[-1]), VOCABULARY - 1)] + rng.choice(ENDINGS)
            for _ in range(self.length)
        ]
        told += [content.write_sentence(rng), content.write_sentence(rng)]
        crawl, place = divmod(number - 1, CRAWL)
        day = f"{2025 - place * YEARS // CRAWL}-{12 - place % 12:02d}-{28 - place % 28:02d}"
        return {
            "id": number,
            "board_id": crawl % BOARDS + 1,
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

    def filters(self) -> dict[str, Sought]:
        """By what they are; the authors have written 2.4 %, 0.1 % and 0.008 % of the posts."""
        first, last = date(2015, 1, 1), date(2015, 12, 31)
        return {
            "board": Sought(boards=("board3",)),
            "year": Sought(since=first, until=last),
            "author, 2.4 %": Sought(author="편집국"),
            "author, 0.1 %": Sought(author="김가온"),
            "author, 0.008 %": Sought(author="보건지소 소장 김가온"),
            "no such author": Sought(author="없는이"),
            "board and year": Sought(boards=("board3",), since=first, until=last),
            "all three": Sought(boards=("board3",), since=first, until=last, author="편집국"),
        }


def fill_to(archive: Archive, writer: Writer, held: int, size: int) -> None:
    """Posts and index, without captures and versions."""
    for number in range(BOARDS):
        archive.save_board(board(f"http://news.example/{number + 1}.php", f"board{number + 1}"))
    for start in range(held + 1, size + 1, _BATCH):
        archive.db.execute("BEGIN IMMEDIATE")
        for number in range(start, min(start + _BATCH, size + 1)):
            post = writer.post(number)
            archive.db.execute(_INSERT, post)
            fill(archive.db, post)
        archive.db.execute("COMMIT")


def latencies(archive: Archive, writer: Writer) -> Iterator[dict[str, object]]:
    queries = writer.queries()
    for name, words in queries.items():
        yield {"query": name, **timed(archive, words, Sought())}
    for name, sought in writer.filters().items():
        for kind in FILTERED:
            yield {"query": f"{name}: {kind}", **timed(archive, queries[kind], sought)}


def timed(archive: Archive, words: str, sought: Sought) -> dict[str, object]:
    """Milliseconds, the median of ``ROUNDS``."""
    elapsed, cpu = [], []
    for _ in range(ROUNDS):
        before, worked = time.perf_counter(), time.thread_time()
        found = archive.find_matching(words, 20, sought)
        cpu.append((time.thread_time() - worked) * 1_000)
        elapsed.append((time.perf_counter() - before) * 1_000)
    middle = {"elapsed_ms": statistics.median(elapsed), "cpu_ms": statistics.median(cpu)}
    return {"found": len(found), **{key: round(value, 1) for key, value in middle.items()}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")] if asked.sizes else (FULL_SIZES if asked.full else SIZES)
    told: dict[str, object] = {"quality": {}, "latency": []}
    with tempfile.TemporaryDirectory() as folder:
        for way, quality in measure(Path(folder) / "judged.db", judged()).items():
            print(f"{way:8} recall {quality.recall:.3f}  precision {quality.precision:.3f}  no hit {quality.empty}")
            told["quality"][way] = quality._asdict()  # type: ignore[index]
        kept = asked.keep or Path(folder) / "many.db"
        world, writer = World(kept), Writer(asked.seed, asked.words)
        held = world.archive.db["posts"].count
        for size in sizes:
            before = time.process_time()
            fill_to(world.archive, writer, held, size)
            cost = (time.process_time() - before) / max(1, size - held) * 1_000
            held = max(held, size)
            stored = kept.stat().st_size / 1e6
            print(f"{size:,} posts, {stored:,.0f} MB, {cost:.2f} ms of CPU to make and index one", flush=True)
            for line in latencies(world.archive, writer):
                cpu, elapsed = f"cpu {line['cpu_ms']} ms", f"elapsed {line['elapsed_ms']} ms"
                print(f"  {line['query']:30} {cpu:>14} {elapsed:>20}  {line['found']} shown", flush=True)
                told["latency"].append({"posts": size, **line})  # type: ignore[attr-defined]
        world.close()
    if asked.json:
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
