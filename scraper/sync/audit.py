"""The balance sheet of a board, and the report of an audit. Pure, but for ``audit_board``, which asks the archive.

The total that a board prints is a checksum of what is held. What does not add up is named; only a walk through the
whole list makes it a fault, and a board that prints no total has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import takewhile
from typing import Any

from scraper.archive.reader import Reader
from scraper.models import Balance, Board, PostState, Tally, Verdict
from scraper.page.layout import layout_from
from scraper.sync.said import many

LISTED: tuple[PostState, ...] = ("live", "unread", "blocked", "redacted")
ENDED = ("ok", "partial", "held", "unbalanced")
"""Outcomes of runs that came to their end."""
NAMED = 200
"""So many keys and lines at most are kept with a balance sheet."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a run came in the list."""

    walked: bool
    """The list was once walked to its end."""
    cut: bool = False
    """This run ended before it came to the end of what it wanted to see."""
    settled: bool = False
    """This run saw the whole list, and may be judged by it."""
    judged: bool = True
    """Not so for a run that was asked for one stretch of time only."""
    unlisted: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    in_place: int = 0
    relaid: bool = False
    """The board has another layout since the last sheet: whether its total counts notices is told anew."""
    accept: bool = False
    """Somebody has looked at the board and accepts what nothing explains."""


def draw_up(tally: Tally, reach: Reach, *, counts_notices: bool, before: Balance | None) -> Balance:
    """The balance sheet. ``before``: the last one; what it accepted stays accepted, what it found out of balance so."""
    pinned = sum(tally.notices.get(state, 0) for state in LISTED)
    notices = 0 if counts_notices else pinned
    gap = 0
    if tally.total is not None:
        listed = sum(tally.posts.get(state, 0) for state in LISTED) - len(reach.unlisted)
        outside = max(0, pinned - reach.in_place)
        is_told = before is not None and before.shown is not None and before.notices > 0  # that a total leaves them out
        ways = [outside, pinned] if not counts_notices or is_told or reach.relaid else []
        ways += [0] if counts_notices or not is_told or reach.relaid else []
        usual = 0 if counts_notices else outside
        notices = next((out for out in ways if tally.total == listed - out), usual)
        gap = tally.total - (listed - notices)
    unparseable = min(len(reach.lines), max(gap, 0))
    gap -= unparseable
    accepted = before.accepted if before is not None and gap else 0
    if reach.accept and reach.settled:
        accepted = gap
    gap -= accepted
    tail = max(gap, 0) if reach.cut or not reach.walked else 0
    gap -= tail
    return Balance(
        shown=tally.total,
        held=tally.posts.get("live", 0) + tally.posts.get("redacted", 0),
        blocked=tally.posts.get("blocked", 0),
        unread=tally.posts.get("unread", 0),
        difference=None if tally.total is None else gap,
        verdict=_verdict(tally, reach, gap, tail, before),
        unparseable=unparseable,
        tail=tail,
        accepted=accepted,
        notices=notices,
        in_place=reach.in_place,
        unlisted=reach.unlisted[:NAMED],
        lines=reach.lines[:NAMED],
    )


def _verdict(tally: Tally, reach: Reach, gap: int, tail: int, before: Balance | None) -> Verdict:
    if tally.total is None:
        return "unknown"
    if not reach.walked or tail:
        return "unfinished"
    if gap == 0:
        return "balanced"
    if reach.cut:
        return "unfinished"
    known = before is not None and (before.verdict, before.difference) == ("unbalanced", gap)
    return "unbalanced" if reach.judged and (reach.settled or known) else "unsettled"


def still_counted(sheet: Balance, before: Balance | None) -> int:
    """How many posts the board counts, and a whole walk did not see, beyond what it always counts so.

    Its total should have fallen with the posts that are unlisted on ``sheet``. ``before``: the last sheet; what was
    unlisted then, and not accepted, is no habit of the board's.
    """
    excess = sheet.accepted + sheet.unparseable + sheet.tail + (sheet.difference or 0)
    usual = 0
    if before is not None:
        found = before.unparseable + (before.difference or 0 if before.verdict == "unbalanced" else 0)
        usual = before.accepted + max(0, found - len(before.unlisted))
    return max(0, excess - usual)


def complaint(slug: str, balance: Balance) -> str:
    """What is wrong with an unbalanced sheet, in a sentence."""
    difference = balance.difference or 0
    listed = (balance.shown or 0) - difference
    posts = "a post" if abs(difference) == 1 else many(abs(difference), "post")
    what = f"it counts {posts} that its list does not show"
    if difference < 0:
        what = f"its list shows {posts} more than it counts"
    return (
        f"the board says it has {many(balance.shown or 0, 'post')}, {listed:,} are accounted for: {what}; "
        f"'sinmungo audit {slug}' tells more, 'sinmungo sync {slug} --confirm' accepts it"
    )


def years_of(found: Iterable[Mapping[str, Any]], *, walked: bool) -> list[dict[str, Any]]:
    """Posts by year, the newest first, years without posts among them, those without a date last (year None).

    ``coverage``: whole; part (some were never fetched, or the list was not read to the end of that year); nothing
    posted (the list was read there, and holds none).
    """
    rows = list(found)
    dated = {row["year"]: row for row in rows if row["year"] is not None}
    years: list[dict[str, Any]] = []
    for year in range(max(dated, default=0), min(dated, default=1) - 1, -1):
        row = dated.get(year, {"year": year})
        years.append(_year(row, reached=walked or year != min(dated)))
    return years + [_year(row, reached=walked) for row in rows if row["year"] is None]


def _year(row: Mapping[str, Any], *, reached: bool) -> dict[str, Any]:
    names = ("listed", "held", "unread", "blocked", "disappeared")
    counts = {name: row.get(name, 0) for name in names}
    coverage = "whole" if reached and not counts["unread"] else "part"
    if not counts["listed"] and not counts["disappeared"]:
        coverage = "nothing posted"
    return {"year": row["year"], **counts, "coverage": coverage}


def audit_board(archive: Reader, board: Board) -> dict[str, Any]:
    """One board's audit, JSON-ready: its balance sheet as of now, what is behind each figure, coverage by year."""
    before = archive.find_kept_balance(board.id)
    walked = archive.find_first_walk_done_at(board.id) is not None
    lines, in_place, unlisted = (before.lines, before.in_place, before.unlisted) if before else ((), 0, ())
    known = archive.find_known(board.id, unlisted)
    reach = Reach(
        walked,
        cut=before is not None and before.verdict == "unfinished",
        lines=lines,
        in_place=in_place,
        unlisted=tuple(key for key in unlisted if key in known and known[key].state in LISTED),
        relaid=is_relaid(archive, board),
    )
    balance = draw_up(archive.find_tally(board.id), reach, counts_notices=counts_notices(board), before=before)
    unread = archive.find_unread(board.id)
    return {
        "slug": board.slug,
        "name": board.name,
        **{name: value for name, value in asdict(balance).items() if name not in ("unlisted", "lines")},
        "counts_notices": counts_notices(board),
        "walked": walked,
        "unlisted": [{"key": key, "title": known[key].title, "url": known[key].url} for key in reach.unlisted],
        "lines": list(lines),
        "never_read": [row for row in unread if row["state"] == "unread"],
        "refused": [row for row in unread if row["state"] == "blocked"],
        "years": years_of(archive.find_years(board.id), walked=walked),
    }


def counts_notices(board: Board) -> bool:
    """Whether the board's total counts its notices, as its layout says."""
    return layout_from(board.layout, f"the layout of {board.slug}").list.total_counts_notices


def is_relaid(archive: Reader, board: Board) -> bool:
    """Whether the board was repaired since the last run that came to its end."""
    since = takewhile(lambda run: run.outcome not in ENDED, archive.find_runs(board.id))
    return any(run.outcome == "layout repaired" for run in since)
