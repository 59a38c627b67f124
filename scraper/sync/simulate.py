"""What a sync would cost, told from what is known: nothing is asked for and nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any

from scraper.archive.store import Archive
from scraper.models import Board, Known, Run, Stretch
from scraper.sync import plan
from scraper.sync.cost import (
    ENOUGH,
    NIGHTS,
    Cost,
    Face,
    coming_posts,
    first_walk,
    habits_of,
    likely,
    limited,
    weight,
    with_files,
)
from scraper.sync.hosts import DELAY, Manner
from scraper.sync.ledger import debt_of, first_pages
from scraper.sync.options import Options
from scraper.sync.ruler import ruler_of
from scraper.sync.run import wants_whole
from scraper.sync.session import in_turn
from scraper.sync.turn import Failing, Turn, failing_posts, turn_of
from scraper.web.pace import CRAWL_DELAY_CAP
from scraper.web.robots import is_fresh, rules_of
from scraper.web.settings import RobotsCopy

_NOTHING = Failing()
_RUNS = 60
_ENDED = ("ok", "partial", "held", "unbalanced")


@dataclass(frozen=True, slots=True)
class _Told:
    """One board's cost. ``likely``: its requests from the least to the most, where the others tell."""

    board: Board
    cost: Cost
    likely: tuple[float, float] | None
    seconds: float
    bytes: float


@dataclass(frozen=True, slots=True)
class _Held:
    """What the archive knows of one board."""

    board: Board
    known: Mapping[str, Known]
    stretches: Sequence[Stretch]
    walked_at: datetime | None
    files: Sequence[tuple[str, str, str]]

    @property
    def rows(self) -> int:
        """On a full page of its list; 0 when none was seen."""
        return max((len(stretch.keys) for stretch in self.stretches), default=0)

    @property
    def face(self) -> Face | None:
        read = sum(post.version > 0 for post in self.known.values())
        is_told = read >= ENOUGH or (read > 0 and self.walked_at is not None)
        return Face(self.rows, len(self.files) / read) if is_told else None


def find_costs(
    archive: Archive, names: Sequence[str], options: Options, manner: Manner, now: datetime
) -> dict[str, Any]:
    """``boards`` with the cost of each, and the sum, within the budget of each host. ``minutes`` is that of the slowest
    host: they run side by side. ``unknown``, of a board: what is left out because nobody knows it; ``requests``,
    ``minutes`` and ``megabytes`` are the least then, and ``likely`` the requests if it is like the other boards."""
    boards = [archive.find_board(name) for name in names] if names else archive.find_boards()
    every = {board.id: _held(archive, board) for board in archive.find_boards()}
    faces = [held.face for held in every.values() if held.face is not None]
    told: list[_Told] = []
    for board in in_turn(boards, archive.find_successes()):
        is_first = all(board.host != each.board.host for each in told)
        told.append(_told(archive, every[board.id], faces, options, manner, now, is_first=is_first))
    told.sort(key=lambda each: [board.id for board in boards].index(each.board.id))
    shares = _shares(told, manner)
    return {
        "boards": [_values(each) for each in told],
        "requests": round(sum(each.cost.requests * shares[each.board.host] for each in told)),
        "at_least": any(each.cost.unknown for each in told),
        "likely": _likely(told, shares),
        "minutes": round(max((_of_host(told, host) * share for host, share in shares.items()), default=0.0) / 60, 1),
        "megabytes": round(sum(each.bytes * shares[each.board.host] for each in told) / 1e6, 1),
    }


def _likely(told: Sequence[_Told], shares: Mapping[str, float]) -> list[int] | None:
    """Of all boards together, where something is unknown of one and the others tell."""
    ends = [each.likely if each.cost.unknown else (each.cost.requests,) * 2 for each in told]
    if None in ends or not any(each.cost.unknown for each in told):
        return None
    scales = [shares[each.board.host] for each in told]
    return [round(sum(end[at] * scale for end, scale in zip(ends, scales, strict=True) if end)) for at in (0, 1)]


def _of_host(told: Sequence[_Told], host: str) -> float:
    return sum(each.seconds for each in told if each.board.host == host)


def _shares(told: Sequence[_Told], manner: Manner) -> dict[str, float]:
    """By host: how much of its work one run does within its budget."""
    shares = {}
    for host in {each.board.host for each in told}:
        requests = sum(each.cost.requests for each in told if each.board.host == host)
        seconds = _of_host(told, host)
        share = 1.0
        if manner.max_requests is not None and requests > 0:
            share = min(share, manner.max_requests / requests)
        if manner.max_minutes is not None and seconds > 0:
            share = min(share, manner.max_minutes * 60 / seconds)
        shares[host] = share
    return shares


def _values(told: _Told) -> dict[str, Any]:
    cost = told.cost
    return {
        "slug": told.board.slug,
        **{name: round(getattr(cost, name)) for name in ("pages", "articles", "coming", "files", "other", "requests")},
        "unknown": list(cost.unknown),
        "likely": [round(end) for end in told.likely] if told.likely and cost.unknown else None,
        "seconds": round(told.seconds, 1),
        "bytes": round(told.bytes),
    }


def _held(archive: Archive, board: Board) -> _Held:
    return _Held(
        board,
        archive.find_known(board.id),
        archive.find_coverage(board.id),
        archive.find_first_walk_done_at(board.id),
        archive.find_files(board.id),
    )


def _told(
    archive: Archive,
    held: _Held,
    faces: Sequence[Face],
    options: Options,
    manner: Manner,
    now: datetime,
    *,
    is_first: bool,
) -> _Told:
    """``is_first``: of its host, and so the one that asks for robots.txt."""
    board = held.board
    open_rows = [*archive.find_failures(board.id), *archive.find_refused(board.id)]
    failing = failing_posts(open_rows, options, now)
    turn = turn_of(
        held.known, failing, archive.find_told(board.id), options, now,
        lambda key: plan.may_ask_again(archive.find_absences(board.id, key), now),
    )  # fmt: skip
    cost = _listing(archive, held, options, now)
    at_hand = [each for each in archive.find_unread_captures(board.id) if each.status == 200]
    received = {each.post_key for each in at_hand if each.kind == "article"}
    articles = sum(key not in received for key in turn.keys)
    cost = limited(replace(cost, articles=cost.articles + articles), options.limit)
    unread = sum(held.known[key].state == "unread" for key in turn.keys[: options.limit])
    again = max(0, _again(held, turn, failing, options, now) - sum(each.kind == "attachment" for each in at_hand))
    cost = with_files(cost, unread, again, held.face)
    robots = archive.find_robots(board.host)
    copy = RobotsCopy(*robots) if robots is not None else None
    is_due = is_first and (copy is None or not is_fresh(copy, now))
    cost = replace(cost, other=cost.other + is_due)
    seconds, size = weight(cost, archive.find_traffic(board.id), _delay(board, manner, copy))
    return _Told(board, cost, likely(cost, board.declared_total, unread, faces), seconds, size)


def _delay(board: Board, manner: Manner, copy: RobotsCopy | None) -> float:
    """Seconds between two requests, also by the robots.txt that is kept."""
    wanted = manner.delay if manner.delay is not None else board.delay
    asked = rules_of(copy).crawl_delay if copy is not None and copy.status is not None else None
    return max(DELAY if wanted is None else wanted, min(asked or 0.0, CRAWL_DELAY_CAP))


def _listing(archive: Archive, held: _Held, options: Options, now: datetime) -> Cost:
    """List pages, new posts, and what earlier nights show beside them."""
    board, stretches = held.board, held.stretches
    rows = held.rows
    total = board.declared_total
    if held.walked_at is None or not stretches:
        return first_walk(total, len(held.known), rows, len({stretch.page for stretch in stretches}))
    coming = coming_posts(held.known.values(), held.walked_at, stretches[-1].seen_at, now)
    nights = _nights(archive, held)
    edits = archive.count_edits(board.id, nights[-1].started_at) if nights else 0
    asked = archive.find_asked(board.id)
    habits = habits_of([run.id for run in nights], asked, stretches, coming=coming, edits=edits)
    pages = habits.changed * habits.pages + (1 - habits.changed) * _quiet_pages(held, now)
    if wants_whole(archive, board, options):
        pages = ceil((total or len(held.known)) / max(1, rows)) + 1
    return Cost(pages=pages, coming=coming, articles=habits.edited, other=habits.feeds)


def _nights(archive: Archive, held: _Held) -> list[Run]:
    """Those after the first walk that came to their end, the newest first."""
    runs = archive.find_runs(held.board.id, _RUNS)
    ended = [run for run in runs if run.outcome in _ENDED and held.walked_at and run.started_at > held.walked_at]
    return ended[:NIGHTS]


def _quiet_pages(held: _Held, now: datetime) -> int:
    """How many list pages are due tonight if page 1 is as it was."""
    page = first_pages(held.stretches)[-1]
    numbers, meaning = (page.first_number, page.last_number), held.board.number_meaning
    seen = plan.Seen(1, page.keys, frozenset(), *numbers, page.total, None, None, meaning)
    ruler = ruler_of(seen, held.known, held.stretches)
    size = ruler.shortest(seen)
    debt = debt_of(held.known, ruler.belief.places, held.stretches, now, size, same=True)
    end = ceil(len(ruler.belief.places) / size)
    due = {each for each in debt.round if each <= end} | ({end} if debt.end else set())
    others = len(due - {1}) if debt.is_round else debt.pages + debt.end
    return 1 + others + (page.total is None and others > 0)


def _again(held: _Held, turn: Turn, failing: Mapping[str, Failing], options: Options, now: datetime) -> int:
    """How many files of posts that were read before are asked for: what failed and is due, and what is checked."""
    wanted = set(turn.keys[: options.limit])
    count = 0
    for post, key, state in held.files:
        if post in wanted:
            is_stale = plan.is_stale(held.known[post], now, options.recheck)
            count += is_stale or (state == "failed" and key not in failing.get(post, _NOTHING).waiting)
    return count
