"""One sync of one board: list, articles, absences; its counts, its outcome, its exit code.

A failure of the site or of the layout ends this board's run and is its outcome; interruptions and a failing
archive are raised to the caller, after the run was closed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from scraper.archive.store import Archive
from scraper.errors import ArchiveError, FetchError, Interrupted, PageError, RobotsDenied, SinmungoError, Walled
from scraper.models import Balance, Board, Counts, Exchange, Progress, Run
from scraper.page.layout import layout_from
from scraper.sync import plan
from scraper.sync.articles import Reader
from scraper.sync.audit import ENDED, LISTED, Reach, complaint, counts_notices, draw_up, is_relaid, still_counted
from scraper.sync.leash import BudgetSpent, Leash
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.said import many
from scraper.sync.source import Source
from scraper.sync.walk import Walker
from scraper.sync.walked import Walked
from scraper.web.fetch import Web

_EVERYTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Tools:
    """What every board's run is given."""

    archive: Archive
    web: Web
    stop: threading.Event
    clock: Callable[[], datetime]
    progress: Progress
    leash: Leash | None = None


@dataclass(frozen=True, slots=True)
class _End:
    outcome: str
    exit_code: int
    message: str | None = None


def run_board(tools: Tools, board: Board, options: Options, first: Sequence[Exchange] = ()) -> Run:
    """Sync one board. ``first`` are answers that were already fetched to get to know it."""
    archive = tools.archive
    started = tools.clock()
    run_id = archive.start_run(board.id, started)
    pulse = Pulse(board.slug, tools.progress, charset=board.charset)
    end = _End("bug", 1)
    total = board.declared_total
    source: Source | None = None
    leash = tools.leash or Leash(tools.stop)
    before = tools.web.waits()
    balance: Balance | None = None
    try:
        for exchange in first:
            capture_id = archive.save_capture(run_id, exchange)
            if exchange.ask.kind == "robots":
                archive.save_outcome(capture_id, "robots")
        source = Source(archive, tools.web, board.id, run_id, tools.stop, tools.clock, pulse.asking, leash)
        source.requests, source.bytes = len(first), sum(exchange.body.size for exchange in first)
        end, total, balance = _sync(tools, board, options, run_id, source, pulse)
    except BudgetSpent as error:
        end = _spent(pulse.counts, str(error))
    except Interrupted as error:
        if leash.spent is None or leash.asked:
            end = _End("interrupted", error.exit_code, str(error))
            raise
        end = _spent(pulse.counts, leash.spent)
    except ArchiveError as error:
        end = _End("storage", error.exit_code, str(error))
        raise
    except (FetchError, PageError) as error:
        end = _End(_outcome_of(error), error.exit_code, str(error))
    finally:
        if source is not None:
            pulse.traffic(source.requests, source.bytes)
        finished = tools.clock()
        with suppress(ArchiveError):
            balance = balance or _balance(archive, board, Reach(_is_walked(archive, board), cut=True))
            archive.finish_run(
                run_id,
                outcome=end.outcome,
                exit_code=end.exit_code,
                counts=pulse.counts,
                total=total,
                message=end.message,
                at=finished,
                balance=balance,
            )
        pulse.done()
    waits = tools.web.waits() - before
    return Run(
        run_id, board, end.outcome, end.exit_code, started, finished, pulse.counts, total, end.message, balance, waits
    )


def _sync(
    tools: Tools, board: Board, options: Options, run_id: int, source: Source, pulse: Pulse
) -> tuple[_End, int | None, Balance]:
    archive = tools.archive
    walked_before = _is_walked(archive, board)
    layout = layout_from(board.layout, f"the layout of {board.slug}")
    walker = Walker(archive, source, board, layout, run_id, pulse)
    walked = walker.go(replace(options, whole=wants_whole(archive, board, options)))
    pulse.counts = replace(pulse.counts, returned=walked.returned)
    held = _absences(tools, board, options, walked)
    _learn(tools, board, walked, pulse)
    Reader(archive, source, board, layout, walked, options, pulse, tools.clock).go()
    source.close()
    reach = _reach(archive, board, options, walked, fresh=walked_before)
    balance = _balance(archive, board, reach)
    return _end(board.slug, pulse.counts, walked, held, balance), walked.total, balance


def wants_whole(archive: Archive, board: Board, options: Options) -> bool:
    """Whether the next run walks the whole list whatever page 1 shows: it was asked to, or is to settle a doubt."""
    asked = options.whole or options.confirm or options.recheck == _EVERYTHING
    return asked or _is_held(archive, board) or _is_in_doubt(archive, board, options)


def _is_held(archive: Archive, board: Board) -> bool:
    """Whether the last run that came to its end found suspiciously many posts gone."""
    return next((run.outcome for run in _ended(archive, board)), None) == "held"


def _ended(archive: Archive, board: Board) -> Iterator[Run]:
    """The runs that came to their end, the newest first."""
    return (run for run in archive.find_runs(board.id) if run.outcome in ENDED)


def _is_in_doubt(archive: Archive, board: Board, options: Options) -> bool:
    """Whether two runs came to their end and left the same difference, which no walk over the whole list has judged."""
    if options.since is not None or options.until is not None:
        return False
    sheets = (run.balance for run in islice(_ended(archive, board), 2))
    found = [(sheet.verdict, sheet.difference) for sheet in sheets if sheet is not None]
    return len(found) == 2 and found[0] == found[1] and found[0][0] == "unsettled"


def _absences(tools: Tools, board: Board, options: Options, walked: Walked) -> str | None:
    """Posts that the list no longer shows where they would stand are missing; held, when that is hard to believe.

    A run that was asked for one stretch of time only draws no such conclusion.
    """
    if (walked.whole is None and not walked.absent) or options.since is not None or options.until is not None:
        return None
    archive = tools.archive
    known = archive.find_known(board.id)
    vanished = plan.absent(known, walked.whole) if walked.whole else [known[key] for key in walked.absent]
    held = sum(post.state in LISTED or post in vanished for post in known.values())
    doubt = _doubt(archive, board, options, walked) if vanished else None
    if (doubt or plan.is_held(len(vanished), held, share=options.hold_share)) and not options.confirm:
        some = f"{len(vanished):,} of {many(held, 'post')} {'is' if len(vanished) == 1 else 'are'}"
        gone = f"{some} no longer listed" + (f", {doubt}" if doubt else "")
        return f"{gone}; 'sinmungo sync {board.slug} --confirm' accepts that"
    for post in vanished:
        archive.save_absence(board.id, post.key, evidence="unlisted", at=tools.clock())
    if walked.whole and walked.total is None and options.confirm:
        archive.save_board_facts(board.id, declared_total=None)
    return None


def _doubt(archive: Archive, board: Board, options: Options, walked: Walked) -> str | None:
    """What speaks against a whole walk that no longer saw some posts: the board's total did not fall, or left too."""
    if walked.whole is None:
        return None
    if walked.total is None:
        return "and neither is the board's total" if board.declared_total is not None else None
    sheet = _balance(archive, board, _reach(archive, board, options, walked, fresh=False))
    counted = still_counted(sheet, archive.find_kept_balance(board.id))
    return f"but the board still counts {counted} more than it lists" if counted else None


def _learn(tools: Tools, board: Board, walked: Walked, pulse: Pulse) -> None:
    """What this run found out about the board itself."""
    first_done = tools.archive.find_first_walk_done_at(board.id)
    tools.archive.save_board_facts(
        board.id,
        charset=pulse.charset,
        number_meaning=None if pulse.meaning == "none" else pulse.meaning,
        first_walk_done_at=tools.clock() if first_done is None and walked.whole is not None else None,
    )


def _is_walked(archive: Archive, board: Board) -> bool:
    return archive.find_first_walk_done_at(board.id) is not None


def _reach(archive: Archive, board: Board, options: Options, walked: Walked, *, fresh: bool) -> Reach:
    """How far this run came. ``fresh``: it did not only finish what an earlier one began."""
    before = archive.find_kept_balance(board.id)
    whole = walked.whole
    lines = tuple(walked.unread)
    if before is not None and not (fresh and whole):
        lines = tuple(dict.fromkeys((*before.lines, *lines)))
    unlisted, in_place = (before.unlisted, before.in_place) if before is not None else ((), 0)
    unlisted = tuple(key for key in dict.fromkeys((*unlisted, *walked.absent)) if key not in walked.rows)
    known = archive.find_known(board.id)
    if whole is not None:
        unlisted = tuple(post.key for post in plan.absent(known, whole))
        in_place = sum(post.is_notice and post.key in whole.keys for post in known.values())
    return Reach(
        whole is not None or _is_walked(archive, board),
        settled=whole is not None and not walked.passing,
        judged=options.since is None and options.until is None,
        unlisted=tuple(key for key in unlisted if key in known and known[key].state in LISTED),
        lines=lines,
        in_place=in_place,
        relaid=is_relaid(archive, board),
        accept=options.confirm,
    )


def _balance(archive: Archive, board: Board, reach: Reach) -> Balance:
    before = archive.find_kept_balance(board.id)
    return draw_up(archive.find_tally(board.id), reach, counts_notices=counts_notices(board), before=before)


def _end(slug: str, counts: Counts, walked: Walked, held: str | None, balance: Balance) -> _End:
    if held is not None:
        return _End("held", 9, held)
    if balance.verdict == "unbalanced":
        return _End("unbalanced", 9, complaint(slug, balance))
    if walked.open_end is not None and not (counts.failed or counts.files_failed or walked.unread):
        return _End("partial", 3, f"{walked.open_end}; 'sinmungo layout {slug}' shows how its pages are asked for")
    if counts.failed or counts.files_failed or walked.unread:
        parts = [walked.open_end] if walked.open_end is not None else []
        if counts.failed:
            parts.append(f"{many(counts.failed, 'post')} failed")
        if counts.files_failed:
            parts.append(f"{many(counts.files_failed, 'file')} failed")
        if walked.unread:
            lines = many(len(walked.unread), "line of the list opens", "lines of the list open")
            parts.append(f"{lines} no post")
        return _End("partial", 3, ", ".join(parts) + "; 'sinmungo failures' lists them")
    return _End("ok", 0)


def _spent(counts: Counts, message: str) -> _End:
    """A budget that ends is no failure; posts that failed before are."""
    failed = counts.failed or counts.files_failed
    return _End("budget", 3 if failed else 0, message)


def _outcome_of(error: SinmungoError) -> str:
    if isinstance(error, Walled):
        return "wall"
    if isinstance(error, PageError):
        return "layout"
    return "policy" if isinstance(error, RobotsDenied) or error.exit_code == 8 else "unreachable"
