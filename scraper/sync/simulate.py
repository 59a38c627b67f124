"""What a sync would cost, told from what is known: nothing is asked for and nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from math import ceil
from statistics import median
from typing import Any

from scraper.archive.store import Archive
from scraper.models import Board, Run
from scraper.sync import plan
from scraper.sync.hosts import DELAY, Manner
from scraper.sync.options import Options
from scraper.sync.turn import failing_posts, turn_of

_UNKNOWN = {"listing": (1, 60_000, 0.5), "article": (1, 60_000, 0.5), "attachment": (0, 0, 0.5)}
"""Count, bytes and seconds of an answer while a board has none: a guess."""
_RUNS = 14


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one board's next run. ``articles``: those due now; ``coming``: new ones, as many as came before."""

    pages: int
    articles: int
    coming: int
    files: int
    requests: int
    seconds: float
    bytes: int


def find_costs(
    archive: Archive, names: Sequence[str], options: Options, manner: Manner, now: datetime
) -> dict[str, Any]:
    """``boards`` with the cost of each, and the sum. ``minutes`` is that of the slowest host: they run side by side."""
    boards = [archive.find_board(name) for name in names] if names else archive.find_boards()
    costs = [(board, _cost_of(archive, board, options, manner, now)) for board in boards]
    by_host: dict[str, float] = {}
    for board, each in costs:
        by_host[board.host] = by_host.get(board.host, 0.0) + each.seconds
    return {
        "boards": [{"slug": board.slug, **asdict(each)} for board, each in costs],
        "requests": sum(each.requests for _, each in costs),
        "minutes": round(max(by_host.values(), default=0.0) / 60, 1),
        "megabytes": round(sum(each.bytes for _, each in costs) / 1e6, 1),
    }


def _cost_of(archive: Archive, board: Board, options: Options, manner: Manner, now: datetime) -> Cost:
    known = archive.find_known(board.id)
    failing = failing_posts([*archive.find_failures(board.id), *archive.find_refused(board.id)], options, now)
    turn = turn_of(
        known, failing, archive.find_told(board.id), options, now,
        lambda key: plan.may_ask_again(archive.find_absences(board.id, key), now),
    )  # fmt: skip
    stretches = archive.find_coverage(board.id)
    rows = max((len(stretch.keys) for stretch in stretches), default=20) or 20
    total = board.declared_total or len(known) or rows
    whole = ceil(total / rows)
    first_walk = archive.find_first_walk_done_at(board.id) is None
    unseen = max(0, total - len(known)) if first_walk else 0
    if first_walk:
        left = max(1, whole - len({stretch.page for stretch in stretches}))
    else:
        left = whole + 1 if options.whole or (options.recheck is not None and not options.recheck) else 0
    delay = manner.delay if manner.delay is not None else board.delay
    runs = [run for run in archive.find_runs(board.id, _RUNS) if run.outcome in ("ok", "partial")]
    articles = min(len(turn.keys), options.limit or len(turn.keys))
    return cost(articles, left, unseen, runs, archive.find_traffic(board.id), DELAY if delay is None else delay)


def cost(
    articles: int,
    pages: int,
    unseen: int,
    runs: Sequence[Run],
    traffic: Mapping[str, tuple[int, float, float]],
    delay: float,
) -> Cost:
    """``articles`` are due; ``pages``: how many of the list at least, 0 for as many as in ``runs``; ``unseen``: posts
    that no list page showed yet; ``traffic``: by kind the count, mean bytes and mean seconds of earlier answers."""
    means = {kind: traffic.get(kind, guess) for kind, guess in _UNKNOWN.items()}
    later = runs[:-1]  # the first run of all is no night like the others
    pages = pages or round(median([run.counts.pages for run in later] or [1]))
    coming = unseen or round(median([run.counts.new for run in later] or [0]))
    read = articles + coming
    files = round(read * means["attachment"][0] / max(1, means["article"][0]))
    parts = {"listing": max(1, pages), "article": read, "attachment": files}
    requests = sum(parts.values())
    seconds = sum(count * (delay + means[kind][2]) for kind, count in parts.items())
    size = sum(count * means[kind][1] for kind, count in parts.items())
    return Cost(max(1, pages), articles, coming, files, requests, round(seconds, 1), round(size))
