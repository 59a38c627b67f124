"""How ``status`` is shown: on a terminal one line a board with its months, else all columns for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from scraper.console.results import when
from scraper.console.sparkline import NEVER, NOTHING, sparkline
from scraper.console.text import print_table, say, size, stdout
from scraper.sync.said import many

Record = Mapping[str, Any]
_COUNTS = ("total", "live", "unread", "blocked", "missing", "gone", "files", "failures", "kept")
_COLUMNS = ("board", *_COUNTS, "last run (UTC)", "outcome")
_SPARE = ("kept", "files", "last run (UTC)")
"""What goes first where the months want room."""
_ROOM = 24
"""So many months want to be seen."""
_EDGES, _GAP = 2, 3
"""What the table itself takes: at its two edges, and between two columns."""


def show_status(boards: Sequence[Record]) -> None:
    """How complete each board is, how its last run ended, and what is wrong with it."""
    rows = [_row(board) for board in boards]
    console = stdout()
    if console.is_terminal:
        _show_lines(boards, rows, console.width)
    else:
        print_table(_COLUMNS, [[row[name] for name in _COLUMNS] for row in rows], right=_COUNTS)
    for board in boards:
        _warn(board)


def _row(board: Record) -> dict[str, Any]:
    renamed = {"board": board["slug"], "total": board["declared_total"], "kept": size(board["bytes"])}
    renamed |= {"last run (UTC)": when(board["last_run_at"]), "outcome": board["last_run"]}
    return {**board, **renamed}


def _show_lines(boards: Sequence[Record], rows: Sequence[Record], width: int) -> None:
    columns, room = fitting(rows, width)
    lines = [sparkline(board["months"], room) for board in boards]
    cells = [[*(row[name] for name in columns), line] for row, line in zip(rows, lines, strict=True)]
    heads = (*columns, "months") if room else columns
    print_table(heads, [line[: len(heads)] for line in cells], right=(*_COUNTS, "months"))
    told = [f"{sign} {words}" for sign, words in ((NOTHING, "nothing posted"), (NEVER, "not wholly looked at"))]
    told = [each for each in told if any(each[0] in line for line in lines)]
    newest = max((board["months"][-1]["month"] for board in boards if board["months"]), default=None)
    if room and newest is not None:
        say(f"a bar a month, the last one {newest}{''.join(f'; {each}' for each in told)}")


def fitting(rows: Sequence[Record], width: int) -> tuple[list[str], int]:
    """The columns that say something, without those that must give way; and how many months have room beside them."""
    columns = [name for name in _COLUMNS if name not in _COUNTS[2:8] or any(row[name] for row in rows)]
    for name in (*_SPARE, None):
        room = width - _EDGES - sum(_wide(each, rows) + _GAP for each in columns)
        if room >= _ROOM or name is None:
            break
        columns = [each for each in columns if each != name]
    return columns, room if room >= len("months") else 0


def _wide(name: str, rows: Sequence[Record]) -> int:
    return max(cell_len(name), *(cell_len("" if row[name] is None else str(row[name])) for row in rows), 0)


def _warn(board: Record) -> None:
    if board["stale"]:
        since = when(board["last_success_at"]) or "it was added"
        say(f"{board['slug']}: not brought up to date since {since}", "yellow")
    quiet = board["silence"]
    if quiet is not None and quiet["improbable"]:
        usual = f"never over {quiet['longest']} before, {quiet['mean']} on average"
        say(f"{board['slug']}: silent for {many(quiet['days'], 'day')} ({usual})", "yellow")
