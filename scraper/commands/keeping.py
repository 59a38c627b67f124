"""Commands that look after the archive file: verify."""

from __future__ import annotations

from typing import Annotated

import typer

from scraper.console.options import ARCHIVE, Db, Json, Quiet, Verbose
from scraper.errors import DamageFound


def verify(
    every_byte: Annotated[bool, typer.Option("--data", help="Also every stored byte against its hash.")] = False,
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Look for damage: every record against its hash, the chain of captures, the search index."""
    from scraper.archive.verify import verify as check
    from scraper.console import summary, text

    verification = check(db, full=every_byte)
    damages = [str(damage) for damage in verification]
    found = verification.summary
    if as_json:
        text.print_json(summary.verify_values(found, damages))
    else:
        for damage in damages:
            text.say(text.safe_text(damage), "red")
        if not quiet or damages:
            text.say(summary.verify_line(found))
    if damages:
        raise DamageFound(f"{db}: {len(damages)} damaged records; restore them from a backup")
