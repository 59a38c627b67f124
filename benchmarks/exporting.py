"""What an export costs, and that its memory does not grow.

python benchmarks/exporting.py [--sizes 10000,100000] [--full]

An archive of generated posts is written as CSV, JSON lines, Excel and Parquet, each by a process of its own, through
the functions of ``sinmungo export``. Printed are rows a second of CPU and the peak of memory; ``--full`` goes to a
million rows.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scraper.archive import open_archive
from scraper.archive.released import Wanted
from scraper.desk import tables
from scraper.desk.output import replacing
from scraper.fakeboard import content
from scraper.models import Board

SIZES = (10_000, 100_000)
FULL_SIZES = (*SIZES, 1_000_000)
FORMS = {
    "csv": tables.csv_writer(),
    "jsonl": tables.write_jsonl,
    "xlsx": tables.write_xlsx,
    "parquet": tables.write_parquet,
}
TEXTS = 500
_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT :low UNION ALL SELECT n + 1 FROM numbers WHERE n < :high)"
_POSTS = f"""{_NUMBERS} INSERT INTO posts (id, board_id, key, title, title_cut, author, posted_date, posted_at,
    posted_precision, hits, url, is_notice, is_secret, body_text, version, state, first_seen_at, last_seen_at,
    row_sha256)
    SELECT n, 1, n, t.title, 0, t.author, '2021-10-24', '2021-10-24T00:00:00+09:00', 'day', n % 977,
    'http://news.example/view.php?no=' || n, 0, 0, t.text, 1, 'live', '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z', ''
    FROM numbers JOIN temp.texts t ON t.id = n % {TEXTS}"""


def make(path: Path, held: int, size: int) -> None:
    """Posts up to ``size``, of four sentences each; the index stays empty, for exports do not use it."""
    rng = random.Random(1)
    with open_archive(path, write=True) as archive:
        if not held:
            layout = {"v": 1}
            archive.save_board(
                Board("http://news.example/list.php", "news.example", "opinion", "달빛신문", "legacy", layout)
            )
        archive.db.execute("CREATE TEMP TABLE texts (id INTEGER PRIMARY KEY, title TEXT, author TEXT, text TEXT)")
        for number in range(TEXTS):
            text = " ".join(content.write_sentence(rng) for _ in range(4))
            row = [number, content.write_title(rng), content.write_author(rng), text]
            archive.db.execute("INSERT INTO temp.texts VALUES (?, ?, ?, ?)", row)
        archive.db.execute("BEGIN IMMEDIATE")
        archive.db.execute(_POSTS, {"low": held + 1, "high": size})
        archive.db.execute("COMMIT")


def export(archive_path: Path, form: str, out: Path) -> dict[str, float]:
    """Write the view articles once, in this process."""
    before = time.process_time()
    with (
        open_archive(archive_path, write=False) as archive,
        archive.released("articles", Wanted()) as found,
        replacing(out, archive_path) as part,
    ):
        FORMS[form](part, found.columns, found.rows)
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": found.total, "rows_a_second": round(found.total / seconds), "peak_mb": round(peak)}


def measured(archive_path: Path, form: str, out: Path) -> dict[str, float]:
    """``export`` in a process of its own."""
    words = [sys.executable, __file__, "--one", form, str(archive_path), str(out)]
    told = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return {**found, "mb": round(out.stat().st_size / 1e6)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--one", nargs=3, metavar=("FORMAT", "ARCHIVE", "OUT"))
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(export(Path(asked.one[1]), asked.one[0], Path(asked.one[2]))))
        return
    sizes = [int(size) for size in asked.sizes.split(",")] if asked.sizes else (FULL_SIZES if asked.full else SIZES)
    with tempfile.TemporaryDirectory() as folder:
        path, held = Path(folder) / "archive.db", 0
        for size in sizes:
            make(path, held, size)
            held = size
            print(f"{size:,} rows, archive of {path.stat().st_size / 1e6:,.0f} MB", flush=True)
            for form in FORMS:
                told = measured(path, form, Path(folder) / f"out.{form}")
                speed, peak = f"{told['rows_a_second']:,} rows/s", f"peak {told['peak_mb']} MB"
                print(f"  {form:8} {speed:>16}  {peak:>12}  file {told['mb']} MB", flush=True)


if __name__ == "__main__":
    main()
