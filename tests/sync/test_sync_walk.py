"""The walk over a list that moves while it is read: every post that stands there throughout is seen, and it ends."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sync_world import world

from scraper.errors import LayoutChanged
from scraper.models import Ask, Listing, NumberMeaning, Row, Silent, Stretch
from scraper.sync import plan
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.walk import Walker

Past = Literal["empty", "clamp", "error"]


@dataclass
class Moving:
    """A list of keys, newest first, that changes before the answers that ``plan`` names."""

    keys: list[int]
    notices: list[int] = field(default_factory=list)
    size: int = 5
    numbers: NumberMeaning = "rank"
    totals: bool = True
    last_page: bool = True
    always_next: bool = False
    past: Past = "empty"
    misread: int | None = None
    """The page after which the pager is taken to end."""
    notices_everywhere: bool = True
    changes: dict[int, Callable[[Moving], None]] = field(default_factory=dict)
    asked: int = 0
    ever_gone: set[int] = field(default_factory=set)
    newest: int = 0

    def __post_init__(self) -> None:
        self.newest = max([*self.keys, *self.notices, 0])

    def insert(self, place: int) -> None:
        self.newest += 1
        self.keys.insert(min(place, len(self.keys)), self.newest)

    def delete(self, place: int) -> None:
        if self.keys:
            self.ever_gone.add(self.keys.pop(place % len(self.keys)))

    def pin(self, place: int) -> None:
        if self.keys:
            key = self.keys.pop(place % len(self.keys))
            self.notices.insert(0, key)

    def answer(self, page: int) -> Listing:
        self.asked += 1
        assert self.asked < 3000, "the walk does not end"
        if change := self.changes.get(self.asked):
            change(self)
        pages = max(1, -(-len(self.keys) // self.size))
        if page > pages and self.past == "clamp":
            page = pages
        start = (page - 1) * self.size
        shown = self.keys[start : start + self.size]
        rows = [self.row(key, None, True) for key in self.notices if self.notices_everywhere or page == 1]
        for offset, key in enumerate(shown):
            rank = len(self.keys) - start - offset
            rows.append(self.row(key, {"rank": rank, "id": key, "none": None}[self.numbers], False))
        leads = self.always_next or (page < pages and page != self.misread)
        return Listing(
            rows=tuple(rows),
            total=len(self.keys) + len(self.notices) if self.totals else None,
            page=page,
            last_page=self.misread or pages if self.last_page else None,
            next=Ask(f"http://paper.example/list?page={page + 1}", "listing") if leads else None,
            is_empty=not rows,
            number_meaning=self.numbers,
        )

    def row(self, key: int, number: int | None, is_notice: bool) -> Row:
        ask = Ask(f"http://paper.example/{key}", "article")
        return Row(str(key), number, f"글 {key}", False, None, None, None, ask, is_notice=is_notice)


class Walking(Walker):
    """A Walker whose list is a Moving one; what it saves is kept in ``stretches``."""

    def __init__(self, moving: Moving, before: Walking | None = None, ignores_pager: bool = False) -> None:
        self.moving = moving
        self.stretches: list[Stretch] = before.stretches if before else []
        self.answers: dict[int, Listing] = before.answers if before else {}
        self.ignores_pager = ignores_pager
        archive = SimpleNamespace(
            find_coverage=lambda board_id: list(self.stretches),
            find_first_walk_done_at=lambda board_id: None,
            find_known=lambda board_id: {
                row.key: SimpleNamespace(key=row.key, is_notice=row.is_notice, state="live")
                for page in self.answers.values()
                for row in page.rows
            },
            save_outcome=lambda capture_id, outcome: None,
        )
        layout = SimpleNamespace(list=SimpleNamespace(total_counts_notices=True))
        board: Any = SimpleNamespace(id=1, url="http://paper.example/list?page=1", slug="board")
        super().__init__(cast(Any, archive), cast(Any, None), board, cast(Any, layout), 1, Pulse("board", Silent()))

    def _read(self, ask: Ask) -> tuple[Any, Listing]:
        page = 1 if self.ignores_pager else int(ask.url.rpartition("=")[2])
        listing = self.moving.answer(page)
        self.answers[self.moving.asked] = listing
        return SimpleNamespace(capture_id=self.moving.asked), listing

    def _read_again(self, capture_id: int) -> Listing:
        return self.answers[capture_id]

    def _save(self, kept: Any, listing: Listing, seen: plan.Seen, number: int, *, is_last: bool) -> None:
        now = datetime.now(UTC)
        self.stretches.append(
            Stretch(number, seen.page, "", kept.capture_id, seen.total, seen.keys, None, None, now, is_last)
        )


def walked(moving: Moving) -> frozenset[str]:
    """What a whole walk saw. One that the list keeps in doubt to its end is left open, and a later night goes on."""
    night, begun = Walking(moving), 0
    while (whole := night.go(Options()).whole) is None:
        assert not night.stretches[-1].is_last
        assert max(moving.changes, default=0) > begun, "the list stood still, and the walk is not whole"
        night, begun = Walking(moving, before=night), moving.asked
    return whole.keys | whole.pinned


def throughout(moving: Moving, before: set[int]) -> set[str]:
    return {str(key) for key in before if key not in moving.ever_gone}


boards = st.builds(
    Moving,
    keys=st.integers(0, 43).map(lambda count: list(range(count, 0, -1))),
    notices=st.lists(st.integers(900, 904), unique=True, max_size=3),
    size=st.integers(1, 7),
    numbers=st.sampled_from(["rank", "id", "none"]),
    totals=st.booleans(),
    last_page=st.booleans(),
    always_next=st.booleans(),
    past=st.sampled_from(["empty", "clamp"]),
    notices_everywhere=st.booleans(),
)
when = st.integers(2, 40)


@given(moving=boards)
def test_a_list_that_stands_still_is_seen_whole(moving: Moving) -> None:
    everything = {str(key) for key in (*moving.keys, *moving.notices)}
    if moving.always_next and moving.past == "clamp" and len(moving.keys) <= moving.size and moving.keys:
        moving.last_page = True
    assert walked(moving) == everything


@given(
    moving=boards,
    inserts=st.lists(st.tuples(when, st.integers(0, 50), st.integers(1, 9)), max_size=6),
    flood=st.integers(0, 40),
)
@settings(max_examples=300)
def test_new_posts_push_nothing_out_of_sight(moving: Moving, inserts: list[tuple[int, int, int]], flood: int) -> None:
    """On top or back-dated, fewer than a page between two answers; and once any number of pages."""
    before = {*moving.keys, *moving.notices}
    moving.size = max(2, moving.size)
    for moment, place, count in inserts:
        few = min(count, moving.size - 1)
        moving.changes[moment] = lambda board, place=place, few=few: [board.insert(place) for _ in range(few)]  # type: ignore[misc]
    moving.changes[3] = lambda board: [board.insert(0) for _ in range(flood)] and None
    found = walked(moving)
    assert throughout(moving, before) <= found


@given(moving=boards, deletions=st.lists(st.tuples(when, st.integers(0, 50), st.integers(1, 9)), max_size=6))
@settings(max_examples=300)
def test_deleted_posts_pull_nothing_out_of_sight(moving: Moving, deletions: list[tuple[int, int, int]]) -> None:
    """Where the board prints a rank or a total; any number at once."""
    if moving.numbers != "rank":
        moving.totals = True
    before = {*moving.keys, *moving.notices}
    for moment, place, count in deletions:
        moving.changes[moment] = lambda board, place=place, count=count: [board.delete(place) for _ in range(count)]  # type: ignore[misc]
    found = walked(moving)
    assert throughout(moving, before) <= found


@given(
    moving=boards,
    changes=st.dictionaries(
        when, st.tuples(st.sampled_from(["insert", "delete", "pin"]), st.integers(0, 50)), max_size=12
    ),
)
@settings(max_examples=300)
def test_whatever_moves_the_walk_ends(moving: Moving, changes: dict[int, tuple[str, int]]) -> None:
    """And the next walk, over a list at rest, sees everything."""
    for moment, (verb, place) in changes.items():
        moving.changes[moment] = lambda board, verb=verb, place=place: getattr(board, verb)(place)  # type: ignore[misc]
    walked(moving)
    moving.changes = {}
    assert walked(moving) >= {str(key) for key in (*moving.keys, *moving.notices)}


@given(moving=boards, until=st.integers(1, 12), arrived=st.integers(0, 60), deleted=st.integers(0, 9))
@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much])
def test_an_interrupted_walk_is_finished_later(moving: Moving, until: int, arrived: int, deleted: int) -> None:
    """However many posts came on top meanwhile, or left, where a rank or a total tells of it."""
    if moving.numbers != "rank":
        moving.totals = True
    before = {*moving.keys, *moving.notices}
    first = Walking(moving)

    def stop(board: Moving) -> None:
        raise InterruptedError

    moving.changes[until + 1] = stop
    with suppress(InterruptedError):
        first.go(Options())
    moving.changes = {}
    for _ in range(arrived):
        moving.insert(0)
    for place in range(deleted):
        moving.delete(place * 3)
    whole = Walking(moving, first).go(Options()).whole
    assert whole is not None
    assert throughout(moving, before) <= whole.keys | whole.pinned | {
        key for stretch in first.stretches for key in stretch.keys
    }


@pytest.mark.parametrize("totals", [True, False])
def test_a_pager_without_effect_is_an_error(totals: bool) -> None:
    with pytest.raises(LayoutChanged):
        Walking(Moving(list(range(30, 0, -1)), totals=totals), ignores_pager=True).go(Options())


def test_a_pager_without_effect_is_an_error_the_second_time_too() -> None:
    walking = Walking(Moving(list(range(30, 0, -1))), ignores_pager=True)
    for _ in range(2):
        with pytest.raises(LayoutChanged):
            walking.go(Options())


def test_a_whole_walk_asks_for_each_page_once_and_for_page_1_again() -> None:
    moving = Moving(list(range(43, 0, -1)))
    walked(moving)
    assert moving.asked == 9 + 1


def test_notices_that_fill_the_first_page_are_not_the_end_of_the_list(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=30) as day:
        plain = [post.id for post in day.board.posts() if not post.secret and not post.notice and post.parent is None]
        for post_id in plain[:12]:
            day.board.pin(post_id)
        assert day.sync().outcome == "ok"
        for _ in range(2):
            day.board.post()
            day.board.clock.advance(timedelta(days=1))
            run = day.sync()
            assert (run.outcome, run.counts.new, run.counts.missing) == ("ok", 1, 0), run.message
        day.check()
