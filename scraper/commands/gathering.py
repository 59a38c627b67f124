"""Commands that ask sites: probe, add, crawl, sync, retry, repair; and the demo."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scraper.commands.asked import manner_of, options_of, progressing, session_of
from scraper.commands.night import finish, pinging, run_sync, show_simulation, told
from scraper.commands.stopping import ending, stopping
from scraper.console.options import (
    ARCHIVE,
    BoardName,
    Confirm,
    Connections,
    Contact,
    Db,
    Delay,
    HoldShare,
    Json,
    Limit,
    MaxMinutes,
    MaxRequests,
    PingUrl,
    Private,
    Quiet,
    Recheck,
    Simulate,
    Since,
    Until,
    Verbose,
)
from scraper.errors import BadConfig, UnknownLayout

if TYPE_CHECKING:
    from scraper.sync.repair import Repair


def demo(db: Db = ARCHIVE, verbose: Verbose = False) -> None:
    """Crawl a fake newspaper on this machine, let two nights pass, and show it all: half a minute."""
    from scraper.demo import run_demo

    with stopping() as stop:
        code = run_demo(db, stop)
    raise typer.Exit(code)


def probe(
    target: Annotated[str, typer.Argument(metavar="URL|FILE", help="A page's address, or a file that holds one.")],
    url: Annotated[
        str | None, typer.Option("--url", help="The address that a FILE came from; else what its page says.")
    ] = None,
    toml: Annotated[bool, typer.Option("--toml", help="Print the layout that reads it, as TOML.")] = False,
    as_json: Json = False,
    delay: Delay = None,
    contact: Contact = None,
    allow_private: Private = False,
    verbose: Verbose = False,
) -> None:
    """Read one page and store nothing: which layout, how sure, every field that would be stored."""
    from scraper.console import results, text
    from scraper.page.layout import layout_values
    from scraper.page.toml import layout_toml
    from scraper.sync.probe import draft_of_file, draft_of_url, probe_file, probe_url

    path = Path(target)
    named = url is not None or path.exists() or target.lower().endswith((".html", ".htm"))
    is_file = "://" not in target and named
    with ending("nothing was stored"), progressing(True) as progress:
        session = session_of(ARCHIVE, progress, threading.Event(), delay, 1, contact, allow_private)
        if toml:
            now = datetime.now(UTC)
            drafted = draft_of_file(path, url, now) if is_file else draft_of_url(session, target)
            if as_json:
                text.print_json(layout_values(drafted))
            else:
                text.print_text(layout_toml(drafted))
            return
        shown, reasons = probe_file(path, url, datetime.now(UTC)) if is_file else probe_url(session, target)
    if as_json:
        text.print_json(shown)
    else:
        results.show_probe(shown, reasons)
    raise typer.Exit(0 if shown["kind"] in ("listing", "article") else UnknownLayout.exit_code)


def add(
    url: Annotated[str, typer.Argument(metavar="URL")],
    name: Annotated[
        str | None, typer.Option("--name", help="What the board is called; else what its page says.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    written: Annotated[
        Path | None,
        typer.Option("--layout", metavar="FILE", help="Read the board by this layout, if it reads its pages."),
    ] = None,
    db: Db = ARCHIVE,
    delay: Delay = None,
    contact: Contact = None,
    allow_private: Private = False,
    verbose: Verbose = False,
) -> None:
    """Find out how a board is read, show what was understood, and store the board."""
    from scraper.console import results, text
    from scraper.sync.probe import shown_look
    from scraper.sync.relayout import read_layout_file

    mended = read_layout_file(written) if written is not None else None
    asking = text.is_interactive() and not yes

    def agree(look: Any) -> bool:
        results.show_preview(look.board, shown_look(look), look.detection.reasons)
        question = "Store this board?" if look.is_sure else "This is not sure. Store the board all the same?"
        return not asking or text.ask(question)

    with stopping() as stop, progressing(True) as progress:
        board = session_of(db, progress, stop, delay, 1, contact, allow_private).add(
            url, name=name, agree=agree, unsure=asking, layout=mended
        )
    if board is not None:
        text.say(f"stored as {board.slug}; next: sinmungo sync {board.slug}")


def crawl(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses of boards.")],
    name: Annotated[
        str | None, typer.Option("--name", help="What the board is called; else what its page says.")
    ] = None,
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    delay: Delay = None,
    connections: Connections = 1,
    contact: Contact = None,
    recheck: Recheck = None,
    limit: Limit = None,
    since: Since = None,
    until: Until = None,
    confirm: Confirm = False,
    allow_private: Private = False,
    verbose: Verbose = False,
) -> None:
    """Add a board if it is new, then archive it whole: every list page, article and file."""
    options = options_of(recheck, limit, since, until, confirm)
    with stopping() as stop, progressing(quiet or as_json) as progress:
        session = session_of(db, progress, stop, delay, connections, contact, allow_private)
        runs = told(lambda: session.crawl(urls, options, name=name), as_json)
    finish(runs, as_json, quiet)


def sync(
    boards: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[BOARD]...", help="Short names or addresses; all boards unless named.", show_default=False
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All boards; the same as naming none.")] = False,
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    delay: Delay = None,
    connections: Connections = 1,
    contact: Contact = None,
    max_requests: MaxRequests = None,
    max_minutes: MaxMinutes = None,
    recheck: Recheck = None,
    limit: Limit = None,
    since: Since = None,
    until: Until = None,
    confirm: Confirm = False,
    hold_share: HoldShare = 5.0,
    allow_private: Private = False,
    ping_url: PingUrl = None,
    simulate: Simulate = False,
    verbose: Verbose = False,
) -> None:
    """Bring the archive up to date: new, changed and vanished posts. The nightly job."""
    if everything and boards:
        raise BadConfig("--all and board names exclude each other")
    options = replace(options_of(recheck, limit, since, until, confirm), hold_share=hold_share / 100)
    manner = manner_of(delay, connections, contact, allow_private, max_requests, max_minutes)
    if simulate:
        show_simulation(boards or [], options, db, as_json, manner)
        return
    with pinging(ping_url, allow_private):
        run_sync(boards or [], options, db, as_json, quiet, manner)


def retry(
    board: BoardName = None,
    db: Db = ARCHIVE,
    as_json: Json = False,
    quiet: Quiet = False,
    delay: Delay = None,
    contact: Contact = None,
    max_requests: MaxRequests = None,
    max_minutes: MaxMinutes = None,
    allow_private: Private = False,
    verbose: Verbose = False,
) -> None:
    """Try again now what failed, without waiting for its turn."""
    options = replace(options_of(None, None, None, None, False), retry=True)
    manner = manner_of(delay, 1, contact, allow_private, max_requests, max_minutes)
    run_sync([board] if board else [], options, db, as_json, quiet, manner)


def repair(
    board: Annotated[str, typer.Argument(metavar="BOARD")],
    force: Annotated[
        bool, typer.Option("--force", help="Store the new layout although kept posts read differently by it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    db: Db = ARCHIVE,
    as_json: Json = False,
    delay: Delay = None,
    contact: Contact = None,
    allow_private: Private = False,
    verbose: Verbose = False,
) -> None:
    """Find another layout for a board that its own no longer fits; show what it reads otherwise, store it if right."""
    from scraper.console import text
    from scraper.console.repairs import show_repair
    from scraper.sync.repair import repair_values

    asking = text.is_interactive() and not yes and not as_json

    def agree(proposed: Repair) -> bool:
        if asking:
            show_repair(repair_values(proposed))
        return not asking or text.ask("Store this layout?")

    with stopping() as stop, progressing(True) as progress:
        session = session_of(db, progress, stop, delay, 1, contact, allow_private)
        found = session.repair(board, force=force, agree=agree, asking=asking)
    values = repair_values(found)
    if as_json:
        text.print_json(values)
    elif not asking or found.outcome not in ("repaired", "declined"):
        show_repair(values)
    slug = found.board.slug
    if found.outcome == "repaired" and not as_json:
        text.say(f"{slug} is now read by {values['new']}; next: sinmungo sync {slug}")
    if found.outcome == "refused":
        text.fail(f"{slug}: {found.refusal}; nothing was changed")
    elif found.outcome == "declined":
        text.fail(f"{slug}: nothing was changed")
    raise typer.Exit(found.exit_code)
