"""The command line: parse options, call one function, print through console, turn the outcome into an exit code.

Heavy imports stay inside the commands, so that --help is quick. One function a command: that is why it is long.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from scraper import __version__
from scraper.console.options import (
    BoardName,
    Confirm,
    Connections,
    Contact,
    Db,
    Delay,
    HoldShare,
    Json,
    Limit,
    MaxAge,
    MaxMinutes,
    MaxRequests,
    PingUrl,
    PostName,
    Private,
    Quiet,
    Recheck,
    SilenceFails,
    Simulate,
    Since,
    Until,
    Verbose,
)
from scraper.errors import BadConfig, DamageFound, Interrupted, SinmungoError, UnknownLayout, worst

if TYPE_CHECKING:
    from scraper.archive.store import Archive
    from scraper.models import Run
    from scraper.sync.hosts import Manner
    from scraper.sync.options import Options
    from scraper.sync.session import Session

_received = signal.SIGTERM


class Commands(TyperGroup):
    """The one place where an exception becomes a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        from scraper.console.text import fail

        try:
            return super().invoke(ctx)
        except Interrupted as error:
            fail(str(error))
            raise typer.Exit(128 + _received) from error
        except SinmungoError as error:
            fail(f"{error}; {error.next_step}" if error.next_step else str(error))
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(130) from error
        except (typer.Exit, typer.Abort, BrokenPipeError, TyperException):
            raise
        except Exception as error:
            if "--verbose" in sys.argv or "-v" in sys.argv:
                raise
            fail(f"a bug of ours: {type(error).__name__}: {error}; run it again with -v and report what it prints")
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=Commands,
    name="sinmungo",
    help="신문고 (新聞庫): archive the boards of Korean local newspapers, whole and for good.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

ARCHIVE = Path("archive.db")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sinmungo {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def demo(db: Db = ARCHIVE, verbose: Verbose = False) -> None:
    """Crawl a fake newspaper on this machine, let two nights pass, and show it all: half a minute."""
    from scraper.demo import run_demo

    with _stopping() as stop:
        code = run_demo(db, stop)
    raise typer.Exit(code)


@app.command()
def probe(
    target: Annotated[str, typer.Argument(metavar="URL|FILE", help="A page's address, or a file that holds one.")],
    url: Annotated[str | None, typer.Option("--url", help="The address that a FILE came from.")] = None,
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
    address = url or "http://board.example/list"
    with _stopping() as stop, _progress(True) as progress:
        session = _session(ARCHIVE, progress, stop, delay, 1, contact, allow_private)
        if toml:
            now = datetime.now(UTC)
            drafted = draft_of_file(path, address, now) if is_file else draft_of_url(session, target)
            if as_json:
                text.print_json(layout_values(drafted))
            else:
                text.print_text(layout_toml(drafted))
            return
        shown, reasons = probe_file(path, address, datetime.now(UTC)) if is_file else probe_url(session, target)
    if as_json:
        text.print_json(shown)
    else:
        results.show_probe(shown, reasons)
    raise typer.Exit(0 if shown["kind"] in ("listing", "article") else UnknownLayout.exit_code)


@app.command()
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

    with _stopping() as stop, _progress(True) as progress:
        board = _session(db, progress, stop, delay, 1, contact, allow_private).add(
            url, name=name, agree=agree, unsure=asking, layout=mended
        )
    if board is not None:
        text.say(f"stored as {board.slug}; next: sinmungo sync {board.slug}")


@app.command()
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
    options = _options(recheck, limit, since, until, confirm)
    with _stopping() as stop, _progress(quiet or as_json) as progress:
        session = _session(db, progress, stop, delay, connections, contact, allow_private)
        runs = _told(lambda: session.crawl(urls, options, name=name), as_json)
    _finish(runs, as_json, quiet)


@app.command()
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
    options = replace(_options(recheck, limit, since, until, confirm), hold_share=hold_share / 100)
    manner = _manner(delay, connections, contact, allow_private, max_requests, max_minutes)
    if simulate:
        _simulate(boards or [], options, db, as_json, manner)
        return
    with _pinging(ping_url, allow_private):
        _sync(boards or [], options, db, as_json, quiet, manner)


@app.command()
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
    options = replace(_options(None, None, None, None, False), retry=True)
    manner = _manner(delay, 1, contact, allow_private, max_requests, max_minutes)
    _sync([board] if board else [], options, db, as_json, quiet, manner)


@app.command()
def boards(db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """List the boards of the archive."""
    from scraper.console import results, text

    with _reading(db) as archive:
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


@app.command()
def status(
    max_age: MaxAge = None,
    silence_fails: SilenceFails = False,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """How complete each board is, how its last run ended, and whether it is improbably silent."""
    from scraper.console import results, text
    from scraper.sync.standing import find_standing

    oldest = _age(max_age, "--max-age")
    with _reading(db) as archive:
        found = find_standing(archive, datetime.now(UTC), oldest)
    if as_json:
        text.print_json({"boards": found})
    else:
        results.show_status(found)
    silent = silence_fails and any(board["silence"] and board["silence"]["improbable"] for board in found)
    raise typer.Exit(3 if silent or any(board["stale"] for board in found) else 0)


@app.command()
def runs(
    board: BoardName = None,
    count: Annotated[int, typer.Option("--limit", min=1, help="How many, the newest first.")] = 20,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """What each run did."""
    from scraper.console import results, summary, text

    with _reading(db) as archive:
        found = archive.find_runs(archive.find_board(board).id if board else None, count)
    if as_json:
        text.print_json({"runs": [summary.run_values(run) for run in found]})
    else:
        results.show_runs(found)


@app.command()
def audit(board: BoardName = None, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """Whether what is held adds up to what each board says it has, and what differs."""
    from scraper.console import text
    from scraper.console.audit import show_audit
    from scraper.sync.audit import audit_board

    with _reading(db) as archive:
        wanted = [archive.find_board(board)] if board else archive.find_boards()
        found = [audit_board(archive, each) for each in wanted]
    code = 9 if any(each["verdict"] == "unbalanced" for each in found) else 0
    if as_json:
        text.print_json({"boards": found, "exit_code": code})
    else:
        show_audit(found)
    raise typer.Exit(code)


@app.command()
def failures(board: BoardName = None, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """What could not be had, why, and when it is tried again."""
    from scraper.console import results, text
    from scraper.sync.due import next_try

    with _reading(db) as archive:
        found = archive.find_failures(archive.find_board(board).id if board else None)
    for failure in found:
        after = next_try(failure["tries"], datetime.fromisoformat(failure["last_at"]))
        failure["next_at"] = after.isoformat(timespec="seconds")
    if as_json:
        text.print_json({"failures": found})
    else:
        results.show_failures(found)


@app.command()
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
    with _reading(db) as archive:
        found = archive.find_board(board)
    if as_json:
        text.print_json(found.layout)
    else:
        text.print_text(layout_toml(layout_from(found.layout, f"the layout of {found.slug}")))


@app.command()
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
    from scraper.sync.repair import Repair, repair_values

    asking = text.is_interactive() and not yes and not as_json

    def agree(proposed: Repair) -> bool:
        if asking:
            show_repair(repair_values(proposed))
        return not asking or text.ask("Store this layout?")

    with _stopping() as stop, _progress(True) as progress:
        session = _session(db, progress, stop, delay, 1, contact, allow_private)
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


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...")],
    count: Annotated[int, typer.Option("--limit", min=1, help="How many, the best first.")] = 20,
    db: Db = ARCHIVE,
    as_json: Json = False,
    verbose: Verbose = False,
) -> None:
    """Find posts that hold every one of these words, also inside longer ones."""
    from scraper.console import results, text

    with _reading(db) as archive:
        found = archive.find_matching(" ".join(words), count)
    if as_json:
        text.print_json({"posts": found})
    elif found:
        results.show_hits(found)
    else:
        text.warn("nothing found")


@app.command()
def show(post: PostName, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """One post as it stands: fields, files, text."""
    from scraper.console import results, text

    with _reading(db) as archive:
        found = _post(archive, post)
    if as_json:
        text.print_json(found)
    else:
        results.show_post(found)


@app.command()
def history(post: PostName, db: Db = ARCHIVE, as_json: Json = False, verbose: Verbose = False) -> None:
    """Every version of a post, with what changed."""
    from scraper.console import results, text

    with _reading(db) as archive:
        found = _post(archive, post)
        versions = archive.find_versions(found["id"])
    if as_json:
        text.print_json({"post": f"{found['board']}/{found['key']}", "versions": versions})
    else:
        results.show_history(found, versions)


@app.command()
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


def _sync(names: Sequence[str], options: Options, db: Path, as_json: bool, quiet: bool, manner: Manner) -> None:
    from scraper.sync.session import Session

    with _stopping() as stop, _progress(quiet or as_json) as progress:
        runs = _told(lambda: Session(db, manner, progress, stop).sync(names, options), as_json)
    _finish(runs, as_json, quiet)


def _simulate(names: Sequence[str], options: Options, db: Path, as_json: bool, manner: Manner) -> None:
    from scraper.console import results, text
    from scraper.sync.simulate import find_costs

    with _reading(db) as archive:
        costs = find_costs(archive, names, options, manner, datetime.now(UTC))
    if as_json:
        text.print_json(costs)
    else:
        results.show_costs(costs)


def _told(work: Callable[[], list[Run]], as_json: bool) -> list[Run]:
    """What ``work`` gives; when a signal ends it, what it did so far is shown before that goes on its way."""
    from scraper.console import results, summary, text
    from scraper.sync.night import NightEnded

    try:
        return work()
    except NightEnded as error:
        if as_json:
            text.print_json(summary.night_values(error.runs, 128 + _received))
        else:
            results.show_summary(error.runs)
        raise


@contextmanager
def _pinging(url: str | None, allow_private: bool) -> Iterator[None]:
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
        code = 128 + _received
        raise
    except (SinmungoError, typer.Exit) as error:
        code = error.exit_code
        raise
    finally:
        tell(str(code) if code else "", SECONDS_AFTER_SIGNAL if code > 128 else SECONDS)


def _finish(runs: Sequence[Run], as_json: bool, quiet: bool) -> None:
    from scraper.console import results, summary, text

    code = worst(run.exit_code for run in runs)
    if as_json:
        text.print_json(summary.night_values(runs, code))
    elif code or not quiet:
        results.show_summary(runs)
    raise typer.Exit(code)


def _session(
    db: Path,
    progress: Any,
    stop: threading.Event,
    delay: float | None,
    connections: int,
    contact: str | None,
    allow_private: bool,
) -> Session:
    from scraper.sync.session import Session

    return Session(db, _manner(delay, connections, contact, allow_private), progress, stop)


def _manner(
    delay: float | None,
    connections: int,
    contact: str | None,
    allow_private: bool,
    max_requests: int | None = None,
    max_minutes: float | None = None,
) -> Manner:
    from scraper.sync.hosts import Manner

    return Manner(delay, connections, contact, allow_private, max_requests, max_minutes)


def _options(
    recheck: str | None, limit: int | None, since: datetime | None, until: datetime | None, confirm: bool
) -> Options:
    from scraper.sync.options import Options

    def day(at: datetime | None) -> date | None:
        return at.date() if at else None

    return Options(recheck=_age(recheck), limit=limit, since=day(since), until=day(until), confirm=confirm)


def _age(text: str | None, option: str = "--recheck") -> timedelta | None:
    if text is None:
        return None
    if text == "all" and option == "--recheck":
        return timedelta(0)
    hours = {"h": 1, "d": 24, "w": 24 * 7}.get(text[-1:])
    if hours is None or not text[:-1].isdecimal() or len(text) > 6:
        other = ", or all" if option == "--recheck" else ""
        raise BadConfig(f"{option} {text}: an age like 36h, 7d or 4w is wanted{other}")
    return timedelta(hours=int(text[:-1]) * hours)


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:
    from scraper.console.progress import show_progress

    with show_progress(quiet=quiet) as progress:
        yield progress


@contextmanager
def _reading(db: Path) -> Iterator[Archive]:
    from scraper.archive.open import open_archive

    with open_archive(db, write=False) as archive:
        yield archive


def _post(archive: Archive, name: str) -> dict[str, Any]:
    board, slash, key = name.rpartition("/")
    boards = [archive.find_board(board)] if slash else archive.find_boards()
    found = [post for each in boards if (post := archive.find_post(each.id, key))]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadConfig(f"{name} stands on several boards: {', '.join(post['board'] + '/' + name for post in found)}")
    raise BadConfig(f"no post {name} in the archive; 'sinmungo search WORDS' finds posts, each with its BOARD/KEY")


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set; a second signal ends at once."""
    stop = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        global _received
        _received = signal.Signals(number)
        if stop.is_set():
            raise Interrupted(number)
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    app()
