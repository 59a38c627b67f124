"""Commands that tell of the whole archive to people: report."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from scraper.commands.asked import reading
from scraper.console.options import ARCHIVE, Db, Json, Quiet, Verbose


def report(
    board: Annotated[str | None, typer.Option("--board", help="Only this board: its short name or address.")] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The HTML file to write.")] = Path(
        "report.html"
    ),
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write one HTML file about what is held and what is not: figures, edits, disappearances, each with its SQL."""
    from scraper.commands.stopping import ending
    from scraper.console import text
    from scraper.desk.output import replacing
    from scraper.desk.report.page import write_report

    with reading(db) as archive, ending("nothing was written"):
        slug = archive.find_board(board).slug if board else None
        with replacing(out, db) as part:
            count = write_report(archive, part, slug, datetime.now(UTC))
    if as_json:
        text.print_json({"out": str(out), "boards": count})
    elif not quiet:
        text.say(f"{out}: {count} board{'' if count == 1 else 's'}; open it in a browser, it needs nothing else")
