"""Boards that print ids or nothing: their order out of the ledger, ranks counted from it, and what a night costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import world

from scraper.models import Ask, Known, Stretch
from scraper.sync import plan
from scraper.sync.order import beside, order_of, rising
from scraper.sync.plan import Seen
from scraper.sync.ruler import ruler_of

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
NEXT = Ask("http://paper.example/list?page=2", "listing")


def stretch(walk: int, page: int, keys: str, total: int | None = None, *, is_last: bool = False) -> Stretch:
    return Stretch(walk, page, "", page, total, tuple(keys), None, None, NOW + timedelta(days=walk), is_last)


WALK = [stretch(1, 1, "abc", 7), stretch(1, 2, "def", 7), stretch(1, 3, "g", 7), stretch(1, 1, "abc", 7, is_last=True)]


def order(stretches: list[Stretch], without: str = "", notices: str = "") -> str:
    listed = frozenset(key for each in stretches for key in each.keys) - set(without)
    return "".join(order_of(stretches, listed, frozenset(notices)).keys)


def test_the_order_of_a_walk() -> None:
    found = order_of(WALK, frozenset("abcdefg"), frozenset())
    assert (found.keys, found.size, found.uncounted) == (tuple("abcdefg"), 3, 0)


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        ([(1, "xab")], "xabcdefg"),
        ([(1, "xyz"), (2, "wab")], "xyzwabcdefg"),
        ([(1, "xyz")], "xyzabcdefg"),
        ([(2, "dxe")], "abcdxefg"),
        ([(2, "xde")], "abcxdefg"),
        ([(2, "efg")], "abcdefg"),  # d is not there: it keeps its place until it is known to be absent
        ([(2, "dfe")], "abcdfeg"),
        ([(3, "fga")], "bcdefga"),  # a moved down
        ([(9, "x")], "abcdefgx"),
    ],
)
def test_pages_laid_over_the_order(pages: list[tuple[int, str]], wanted: str) -> None:
    found = order([*WALK, *(stretch(2, page, keys) for page, keys in pages)])
    assert sorted(found) == sorted(wanted)
    assert found == wanted


@pytest.mark.parametrize(
    ("places", "key", "wanted"),
    [
        ({"b": 14, "d": 13}, "c", (13, 14)),
        ({"b": 14, "d": 12}, "c", (12, 14)),
        ({"b": 14}, "c", (0, 14)),
        ({"d": 13}, "c", (13, 20)),
        ({"a": 15, "b": 3, "d": 13, "e": 12}, "c", (13, 15)),  # b moved down
        ({"b": 14, "d": 13}, "z", (0, 20)),  # nobody knows where it stood
    ],
)
def test_between_which_ranks_a_post_would_stand(places: dict[str, int], key: str, wanted: tuple[int, int]) -> None:
    assert beside([key], "abcdefg", places, (0, 20)) == {key: wanted}


def test_pages_of_one_night_are_put_together_whatever_was_read_first() -> None:
    """d moved up: only all pages together tell that b and c are still there."""
    night = [stretch(2, 1, "ad"), stretch(2, 3, "g"), stretch(2, 2, "bcef")]
    assert order([*WALK, *night]) == "adbcefg"


def test_who_has_no_place() -> None:
    assert order(WALK, without="d") == "abcefg"
    assert order([*WALK, stretch(2, 2, "ce")], notices="d") == "abcefg", "pinned, and not where it stood"
    assert order(WALK, notices="d") == "abcdefg", "pinned, and in its place as well"


def test_the_total_may_count_more_than_the_list_shows() -> None:
    stretches = [replace(each, total=9) for each in WALK]
    assert order_of(stretches, frozenset("abcdefg"), frozenset()).uncounted == 2
    cut = [*stretches, stretch(2, 1, "xab", 11)]
    assert order_of(cut, frozenset("abcdefgx"), frozenset()).uncounted == 2, "a night that was cut proves nothing"


def test_the_longest_run() -> None:
    assert rising([3, 1, 2, 9, 4]) == [1, 2, 4]
    assert rising([]) == []


def known(keys: str) -> dict[str, Known]:
    post = dict.fromkeys(Known.__slots__)
    post |= {"state": "live", "is_notice": False, "first_seen_at": NOW, "last_seen_at": NOW}
    return {key: Known(**{**post, "key": key}) for key in keys}  # type: ignore[arg-type]


def page(number: int, keys: str, total: int | None, *, is_end: bool = False) -> Seen:
    return Seen(number, tuple(keys), frozenset(), None, None, total, None, None if is_end else NEXT, "none")


def test_counted_ranks() -> None:
    ruler = ruler_of(page(1, "xab", 8), known("abcdefg"), WALK)
    assert dict(ruler.belief.places) == {"a": 7, "b": 6, "c": 5, "d": 4, "e": 3, "f": 2, "g": 1}
    assert ruler.belief.is_grounded
    first, last = ruler.sight(page(1, "xab", 8)), ruler.sight(page(3, "fg", 8, is_end=True))
    assert first is not None and first.places == (8, 7, 6)
    assert last is not None and last.places == (2, 1) and last.is_end
    assert ruler.sight(page(2, "cd", 8)) is None, "a page in the middle that is shorter than the others"
    assert ruler.sight(page(2, "ccd", 8)) is None, "a post that stands on a page twice"


def test_ids_that_follow_each_other_by_chance_are_no_ranks() -> None:
    numbers = dict(zip("abcdefg", (93, 92, 91, 60, 41, 22, 7), strict=True))
    ids = {key: replace(post, number=numbers[key]) for key, post in known("abcdefg").items()}
    ranks = {key: replace(post, number=7 - at) for at, (key, post) in enumerate(ids.items())}
    first = replace(page(1, "xab", 8), meaning="rank", ranks=(("x", 94), ("a", 93), ("b", 92)))
    assert ruler_of(first, ids, WALK).is_counted
    assert not ruler_of(first, ranks, WALK).is_counted


def test_without_a_total_the_end_has_to_be_read() -> None:
    stretches = [replace(each, total=None) for each in WALK]
    ruler = ruler_of(page(1, "xab", None), known("abcdefg"), stretches)
    assert not ruler.belief.is_grounded
    sight = ruler.sight(page(1, "xab", None))
    assert sight is not None and sight.places == (7, 6, 5)


SKINS: list[tuple[str, int]] = [("ndsoft", 0), ("rhymix_mobile", 2), ("sub_read", 2)]
"""Boards without numbers, and how many pages more they cost because they print no total: the end, and page 1 again."""


@pytest.mark.parametrize(("skin", "more"), SKINS)
def test_a_changed_night_is_cheap(skin: str, more: int, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=85) as day:
        assert day.sync().outcome == "ok"
        whole = len(day.rows("SELECT DISTINCT page FROM coverage"))
        assert whole >= 8
        day.board.clock.advance(timedelta(days=1))
        day.board.post(title="새 글")
        run = day.sync()
        assert (run.exit_code, run.counts.new) == (0, 1)
        assert day.asked()["listing"] <= 2 + more, "page 1, one page of the audit, and the end where no total is told"


@pytest.mark.parametrize(("skin", "more"), SKINS)
def test_a_deep_change_is_found(skin: str, more: int, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=85) as day:
        day.sync()
        whole = len(day.rows("SELECT DISTINCT page FROM coverage"))
        day.board.clock.advance(timedelta(days=1))
        day.board.post(title="새 글")
        gone = day.board.ids()[55]
        day.board.delete(gone)
        run = day.sync()
        assert (run.exit_code, run.counts.new, day.state(gone)) == (0, 1, "missing")
        assert day.asked()["listing"] <= whole
        day.board.clock.advance(timedelta(days=1))
        day.board.back_date(700)
        run = day.sync()
        assert (run.exit_code, day.state(gone)) == (0, "gone")
        for _ in range(10):
            day.board.clock.advance(timedelta(days=1))
            day.sync()
        day.check()


def test_no_walk_over_the_whole_list_is_made(tmp_path: Path, monkeypatch: Any) -> None:
    with world(tmp_path, "ndsoft", posts=85) as day:
        day.sync()
        monkeypatch.setattr(plan, "advance", None)
        day.board.clock.advance(timedelta(days=1))
        day.board.post(title="새 글")
        day.board.delete(day.board.ids()[40])
        assert day.sync().outcome == "ok"
