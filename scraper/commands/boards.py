"""Commands about boards: boards, status, runs, audit, failures, layout."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from scraper.commands.asked import age_of, reading
from scraper.console.options import ARCHIVE, BoardName, Db, Json, MaxAge, SilenceFails, Verbose


def boards(db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """List the boards of the archive."""
    from scraper.console import results, text

    with reading(db) as archive:
        found = [
            {
                **{name: status[name] for name in ("slug", "name", "url", "engine")},
                "posts": status["posts"],
                "declared_total": status["declared_total"],
                "last_run": status["last_run_at"],
            }
            for status in archive.find_status()
        ]
    if as_json:
        text.print_json({"boards": found})
    else:
        results.show_boards(found)


def status(
    max_age: MaxAge = None,
    silence_fails: SilenceFails = False,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """How complete each board is, month by month, how its last run ended, and whether it is improbably silent."""
    from scraper.console import text
    from scraper.console.status import show_status
    from scraper.sync.standing import find_standing

    oldest = age_of(max_age, "--max-age")
    with reading(db) as archive:
        found = find_standing(archive, datetime.now(UTC), oldest)
    if as_json:
        text.print_json({"boards": found})
    else:
        show_status(found)
    silent = silence_fails and any(board["silence"] and board["silence"]["improbable"] for board in found)
    raise typer.Exit(3 if silent or any(board["stale"] for board in found) else 0)


def runs(
    board: BoardName = None,
    count: Annotated[int, typer.Option("--limit", min=1, help="How many, the newest first.")] = 20,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """What each run did."""
    from scraper.console import results, summary, text

    with reading(db) as archive:
        found = archive.find_runs(archive.find_board(board).id if board else None, count)
    if as_json:
        text.print_json({"runs": [summary.run_values(run) for run in found]})
    else:
        results.show_runs(found)


def audit(board: BoardName = None, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """Whether what is held adds up to what each board says it has, and what differs."""
    from scraper.console import text
    from scraper.console.audit import show_audit
    from scraper.sync.audit import audit_board

    with reading(db) as archive:
        wanted = [archive.find_board(board)] if board else archive.find_boards()
        found = [audit_board(archive, each) for each in wanted]
    code = 9 if any(each["verdict"] == "unbalanced" for each in found) else 0
    if as_json:
        text.print_json({"boards": found, "exit_code": code})
    else:
        show_audit(found)
    raise typer.Exit(code)


def failures(board: BoardName = None, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """What could not be had, why, and when it is tried again."""
    from scraper.console import results, text
    from scraper.sync.due import next_try

    with reading(db) as archive:
        found = archive.find_failures(archive.find_board(board).id if board else None)
    for failure in found:
        after = next_try(failure["tries"], datetime.fromisoformat(failure["last_at"]))
        failure["next_at"] = after.isoformat(timespec="seconds")
    if as_json:
        text.print_json({"failures": found})
    else:
        results.show_failures(found)


def layout(
    board: Annotated[str, typer.Argument(metavar="BOARD")],
    edit: Annotated[
        Path | None,
        typer.Option("--edit", metavar="FILE", help="Store this mended layout, if it reads what is archived."),
    ] = None,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Print how a board is read, as TOML; or store a mended layout."""
    from scraper.console import text
    from scraper.page.layout import layout_from
    from scraper.page.toml import layout_toml
    from scraper.sync.relayout import read_layout_file, save_layout

    if edit is not None:
        from scraper.archive.open import open_archive

        mended = read_layout_file(edit)
        with open_archive(db, write=True) as archive:
            found = archive.find_board(board)
            save_layout(archive, found, mended)
        text.say(f"{found.slug} is now read by {mended.name}")
        return
    with reading(db) as archive:
        found = archive.find_board(board)
    if as_json:
        text.print_json(found.layout)
    else:
        text.print_text(layout_toml(layout_from(found.layout, f"the layout of {found.slug}")))
