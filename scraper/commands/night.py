"""What crawl, sync and retry do around a session: signals, pings, the summary and its exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scraper.commands.asked import progressing, reading
from scraper.commands.stopping import signal_exit_code, stopping
from scraper.errors import Interrupted, SinmungoError, worst

if TYPE_CHECKING:
    from scraper.models import Run
    from scraper.sync.hosts import Manner
    from scraper.sync.options import Options


def run_sync(names: Sequence[str], options: Options, db: Path, as_json: bool, quiet: bool, manner: Manner) -> None:
    """Sync these boards (all when none is named), show the summary, and leave with its exit code."""
    from scraper.sync.session import Session

    with stopping() as stop, progressing(quiet or as_json) as progress:
        runs = told(lambda: Session(db, manner, progress, stop).sync(names, options), as_json)
    finish(runs, as_json, quiet)


def show_simulation(names: Sequence[str], options: Options, db: Path, as_json: bool, manner: Manner) -> None:
    """Show what such a sync would cost; nobody is asked."""
    from scraper.console import results, text
    from scraper.sync.simulate import find_costs

    with reading(db) as archive:
        costs = find_costs(archive, names, options, manner, datetime.now(UTC))
    if as_json:
        text.print_json(costs)
    else:
        results.show_costs(costs)


def told(work: Callable[[], list[Run]], as_json: bool) -> list[Run]:
    """What ``work`` gives; when a signal ends it, what it did so far is shown before that goes on its way."""
    from scraper.console import results, summary, text
    from scraper.sync.night import NightEnded

    try:
        return work()
    except NightEnded as error:
        if as_json:
            text.print_json(summary.night_values(error.runs, signal_exit_code()))
        else:
            results.show_summary(error.runs)
        raise


@contextmanager
def pinging(url: str | None, allow_private: bool) -> Iterator[None]:
    """Tell a watcher of the beginning and of the exit code. A ping that fails is said, and changes nothing."""
    if url is None:
        yield
        return
    from scraper.console.text import warn
    from scraper.web.ping import SECONDS, SECONDS_AFTER_SIGNAL, check_ping, ping

    def tell(word: str, seconds: float = SECONDS) -> None:
        trouble = ping(url, word, allow_private=allow_private, seconds=seconds)
        if trouble is not None:
            warn(f"sinmungo: {trouble}")

    check_ping(url, allow_private=allow_private)
    tell("start")
    code = 1
    try:
        yield
        code = 0
    except Interrupted:
        code = signal_exit_code()
        raise
    except (SinmungoError, typer.Exit) as error:
        code = error.exit_code
        raise
    finally:
        tell(str(code) if code else "", SECONDS_AFTER_SIGNAL if code > 128 else SECONDS)


def finish(runs: Sequence[Run], as_json: bool, quiet: bool) -> None:
    """Show what the runs did and leave with the worst exit code; quiet when all is well and ``quiet`` is set."""
    from scraper.console import results, summary, text

    code = worst(run.exit_code for run in runs)
    if as_json:
        text.print_json(summary.night_values(runs, code))
    elif code or not quiet:
        results.show_summary(runs)
    raise typer.Exit(code)
