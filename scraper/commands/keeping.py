"""Commands that look after the archive file: verify, reindex, doctor."""

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


def reindex(db: Db = ARCHIVE, as_json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Fill the search index again from the posts, after another program rebuilt it."""
    from scraper.archive.open import open_archive
    from scraper.commands.stopping import ending
    from scraper.console import text
    from scraper.console.progress import counted
    from scraper.sync.said import many

    told = "the index is as it was"
    with (
        ending(told),
        open_archive(db, write=True, create=False) as archive,
        archive.refilling_index() as (total, filled),
    ):
        posts = sum(1 for _ in counted(filled, total, "search index", quiet=quiet))
    if as_json:
        text.print_json({"posts": posts})
    elif not quiet:
        text.say(f"{many(posts, 'post')} can be found again")


def doctor(db: Db = ARCHIVE, as_json: Json = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Tell how the archive is doing, and the command that mends what is not well."""
    from scraper.archive.health import examine
    from scraper.console import health, text

    facts = examine(db)
    levels = {fact.level for fact in facts}
    code = DamageFound.exit_code if "damaged" in levels else 3 if "undone" in levels else 0
    if as_json:
        text.print_json(health.health_values(facts, code))
    else:
        health.show_facts([fact for fact in facts if not quiet or fact.level != "ok"])
    raise typer.Exit(code)
