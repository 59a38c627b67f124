"""Runs: one sync of one board, and how it ended.

Contract: called inside a transaction of the caller. A run that its process never closed is closed by the next one.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlite_utils import Database

from scraper.archive.boards import find_boards
from scraper.archive.rows import first, insert, select, update
from scraper.archive.values import balance_of, balance_text, run_of, time_of, utc_text
from scraper.errors import ArchiveDamaged
from scraper.models import Balance, Counts, Run


def start_run(db: Database, board_id: int, at: datetime) -> int:
    for left in select(db, "SELECT * FROM runs WHERE board_id = ? AND outcome = 'running'", [board_id]):
        last = first(db, "SELECT max(finished_at) AS at FROM captures WHERE run_id = ?", [left["id"]])
        finished_at = (last["at"] if last else None) or left["started_at"]
        message = "the process ended without closing its run"
        ended = {"outcome": "interrupted", "exit_code": 130, "finished_at": finished_at, "message": message}
        update(db, "runs", left, ended)
    run = {"board_id": board_id, "started_at": utc_text(at), "outcome": "running", **asdict(Counts())}
    return insert(db, "runs", run)


def finish_run(
    db: Database,
    run_id: int,
    *,
    outcome: str,
    exit_code: int,
    counts: Counts,
    total: int | None,
    message: str | None,
    at: datetime,
    balance: Balance | None = None,
) -> None:
    row = first(db, "SELECT * FROM runs WHERE id = ?", [run_id])
    if row is None:
        raise ArchiveDamaged(f"runs {run_id}: there is none")
    ended = {
        "outcome": outcome,
        "exit_code": exit_code,
        "total": total,
        "message": message,
        "balance": balance_text(balance),
        "finished_at": utc_text(at),
    }
    update(db, "runs", row, {**ended, **asdict(counts)})


def find_runs(db: Database, board_id: int | None, limit: int) -> list[Run]:
    boards = {board.id: board for board in find_boards(db)}
    sql = "SELECT * FROM runs WHERE ?1 IS NULL OR board_id = ?1 ORDER BY id DESC LIMIT ?2"
    return [run_of(row, boards[row["board_id"]]) for row in select(db, sql, [board_id, limit])]


def find_balance(db: Database, board_id: int) -> Balance | None:
    sql = "SELECT balance FROM runs WHERE board_id = ? AND balance IS NOT NULL ORDER BY id DESC LIMIT 1"
    last = first(db, sql, [board_id])
    return balance_of(last["balance"]) if last else None


def find_successes(db: Database) -> dict[int, datetime]:
    """By board: when a run last brought it up to date, or came on with it as far as its budget went."""
    sql = """SELECT board_id, max(finished_at) AS at FROM runs
        WHERE outcome IN ('ok', 'partial') OR (outcome = 'budget' AND pages > 0) GROUP BY board_id"""
    return {row["board_id"]: time_of(row["at"]) for row in select(db, sql)}


def find_traffic(db: Database, board_id: int) -> dict[str, tuple[int, float, float]]:
    """By kind of what was asked for: how many whole answers came, their mean bytes and mean seconds."""
    sql = """SELECT c.kind, count(*) AS answers, avg(c.body_size) AS bytes,
        avg((julianday(c.finished_at) - julianday(c.started_at)) * 86400) AS seconds
        FROM captures c JOIN runs r ON r.id = c.run_id WHERE r.board_id = ? AND c.status = 200 GROUP BY c.kind"""
    return {row["kind"]: (row["answers"], row["bytes"], row["seconds"]) for row in select(db, sql, [board_id])}


def find_asked(db: Database, board_id: int) -> dict[int, dict[str, int]]:
    """By run, and by kind of what was asked for: how many answers came, redirects and errors among them."""
    sql = """SELECT c.run_id, c.kind, count(*) AS answers FROM captures c JOIN runs r ON r.id = c.run_id
        WHERE r.board_id = ? GROUP BY c.run_id, c.kind"""
    asked: dict[int, dict[str, int]] = {}
    for row in select(db, sql, [board_id]):
        asked.setdefault(row["run_id"], {})[row["kind"]] = row["answers"]
    return asked


def count_edits(db: Database, board_id: int, since: datetime) -> int:
    """How often the list told of an edit since then."""
    sql = "SELECT count(*) AS edits FROM events WHERE board_id = ? AND kind = 'changed' AND at >= ?"
    (row,) = select(db, sql, [board_id, utc_text(since)])
    return int(row["edits"])
