"""How each board stands tonight: is it up to date, and is its silence improbable?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from scraper.archive.store import Archive
from scraper.models import KST
from scraper.sync.rhythm import silence


def find_standing(archive: Archive, now: datetime, max_age: timedelta | None = None) -> list[dict[str, Any]]:
    """The records of ``find_status`` with last_success_at, stale (None without ``max_age``), silence (or None) and
    months (posts of each, and whether its lists were read)."""
    successes = archive.find_successes()
    boards = {board.slug: board.id for board in archive.find_boards()}
    today = now.astimezone(KST).date()
    standing = []
    for status in archive.find_status():
        board_id = boards[status["slug"]]
        success = successes.get(board_id)
        quiet = silence(archive.find_posting_days(board_id), today)
        told = {**asdict(quiet), "chance": round(quiet.chance, 6), "improbable": quiet.is_improbable} if quiet else None
        standing.append(
            {
                **status,
                "last_success_at": success.isoformat() if success else None,
                "stale": None if max_age is None else success is None or now - success > max_age,
                "silence": told,
                "months": [asdict(month) for month in archive.find_months(status["slug"], today)],
            }
        )
    return standing
