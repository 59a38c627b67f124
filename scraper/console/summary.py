"""The JSON objects and closing lines of the commands that change or check the archive (DESIGN §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from scraper.console.text import size
from scraper.models import Run
from scraper.sync.said import many

if TYPE_CHECKING:
    from scraper.archive.verify import Summary


def run_values(run: Run) -> dict[str, Any]:
    """One board's part of the summary object."""
    return {
        "run": run.id,
        "slug": run.board.slug,
        "outcome": run.outcome,
        "exit_code": run.exit_code,
        "message": run.message,
        "started_at": run.started_at.isoformat(),
        "seconds": round((run.finished_at - run.started_at).total_seconds(), 3) if run.finished_at else None,
        "declared_total": run.total,
        **asdict(run.counts),
        "balance": asdict(run.balance) if run.balance else None,
        "waits": {name: round(value, 3) for name, value in asdict(run.waits).items()} if run.waits else None,
    }


def night_values(runs: Sequence[Run], code: int) -> dict[str, Any]:
    """The summary object of ``crawl``, ``sync`` and ``retry``."""
    return {"boards": [run_values(run) for run in runs], "exit_code": code}


def verify_values(found: Summary, damages: list[str]) -> dict[str, Any]:
    """The object that ``verify --json`` prints."""
    return {**asdict(found), "damaged": damages}


def verify_line(found: Summary) -> str:
    """What was looked at, and whether all is well."""
    counts = many(found.rows, "row"), many(found.captures, "capture"), many(found.blobs, "blob")
    looked = f"{', '.join(counts)} ({size(found.bytes)})"
    depth = "every byte" if found.full else "hashes of rows and the chain; --data reads every byte"
    verdict = "no damage" if not found.damages else f"{found.damages} damaged"
    return f"{verdict}: {looked}: {depth}; head {found.head[:16]}"
