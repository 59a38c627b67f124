"""Sites and boards: what is crawled, where, and how it is read.

Contract: called inside a transaction of the caller. Addresses are compared as text: the caller makes them canonical.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import chain, count
from types import EllipsisType
from typing import Any

from sqlite_utils import Database

from scraper.archive.rows import first, insert, select, update
from scraper.archive.values import Record, board_of, time_of, utc_text
from scraper.errors import UnknownBoard
from scraper.models import Board, NumberMeaning

_BOARDS = "SELECT b.*, s.host, s.delay FROM boards b JOIN sites s ON s.id = b.site_id"


def find_robots(db: Database, host: str) -> tuple[int | None, str, datetime] | None:
    row = first(db, "SELECT robots_status, robots_text, robots_at FROM sites WHERE host = ?", [host])
    if row is None or row["robots_at"] is None:
        return None
    return row["robots_status"], row["robots_text"] or "", time_of(row["robots_at"])


def save_robots(db: Database, host: str, status: int | None, text: str, at: datetime) -> None:
    update(db, "sites", _site(db, host), {"robots_status": status, "robots_text": text, "robots_at": utc_text(at)})


def save_board(db: Database, board: Board) -> Board:
    site = _site(db, board.host)
    if board.delay is not None:
        update(db, "sites", site, {"delay": float(board.delay)})
    row: Record = {
        "site_id": site["id"],
        "name": board.name,
        "engine": board.engine,
        "layout": _layout(board.layout),
        "number_meaning": board.number_meaning,
        "allow_private": board.allow_private,
    }
    row |= {
        name: value
        for name, value in (("charset", board.charset), ("declared_total", board.declared_total))
        if value is not None
    }
    held = first(db, "SELECT * FROM boards WHERE url = ?", [board.url])
    if held is not None:
        update(db, "boards", held, row)
    else:
        created_at = utc_text(board.created_at or datetime.now(UTC))
        row |= {"slug": _free_slug(db, board.slug), "url": board.url, "created_at": created_at}
        insert(db, "boards", row)
    return board_of(select(db, f"{_BOARDS} WHERE b.url = ?", [board.url])[0])


def save_board_facts(
    db: Database,
    board_id: int,
    *,
    charset: str | None = None,
    declared_total: int | EllipsisType | None = ...,
    number_meaning: NumberMeaning | None = None,
    first_walk_done_at: datetime | None = None,
    layout: dict[str, Any] | None = None,
    engine: str | None = None,
) -> None:
    facts: Record = {
        "charset": charset,
        "number_meaning": number_meaning,
        "first_walk_done_at": utc_text(first_walk_done_at) if first_walk_done_at else None,
        "layout": None if layout is None else _layout(layout),
        "engine": engine,
    }
    changes = {name: value for name, value in facts.items() if value is not None}
    if declared_total is not ...:
        changes["declared_total"] = declared_total
    update(db, "boards", _row(db, board_id), changes)


def find_board(db: Database, name_or_url: str) -> Board:
    for column in ("slug", "url", "name"):
        found = select(db, f"{_BOARDS} WHERE b.{column} = ?", [name_or_url])
        if len(found) == 1:
            return board_of(found[0])
    slugs = [row["slug"] for row in select(db, "SELECT slug FROM boards ORDER BY slug")]
    there_are = f"there are: {', '.join(slugs)}" if slugs else "there is none yet: `sinmungo add URL` adds one"
    raise UnknownBoard(f"no board {name_or_url!r} in the archive; {there_are}")


def find_boards(db: Database) -> list[Board]:
    """In the order they were added."""
    return [board_of(row) for row in select(db, f"{_BOARDS} ORDER BY b.id")]


def find_first_walk_done_at(db: Database, board_id: int) -> datetime | None:
    done = _row(db, board_id)["first_walk_done_at"]
    return time_of(done) if done else None


def save_declared_total(db: Database, board_id: int, total: int | None) -> None:
    """The total that a list page just printed; None (not printed) leaves the last one."""
    if total is not None:
        update(db, "boards", _row(db, board_id), {"declared_total": total})


def _row(db: Database, board_id: int) -> Record:
    row = first(db, "SELECT * FROM boards WHERE id = ?", [board_id])
    if row is None:
        raise UnknownBoard(f"no board with id {board_id} in the archive")
    return row


def _site(db: Database, host: str) -> Record:
    held = first(db, "SELECT * FROM sites WHERE host = ?", [host])
    if held is not None:
        return held
    return select(db, "SELECT * FROM sites WHERE id = ?", [insert(db, "sites", {"host": host})])[0]


def _free_slug(db: Database, wanted: str) -> str:
    slug = wanted or "board"
    taken = {row["slug"] for row in select(db, "SELECT slug FROM boards")}
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(name for name in chain([slug], numbered) if name not in taken)


def _layout(layout: dict[str, Any]) -> str:
    return json.dumps(layout, ensure_ascii=False, sort_keys=True)
