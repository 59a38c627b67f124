"""The rules that need no board: gaps, quiet pages, balance, absences and their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scraper.models import KST, Ask, Known, Listing, Row, Stretch
from scraper.sync import plan

NOW = datetime(2026, 11, 20, 3, tzinfo=KST)
NEXT = Ask("http://paper.example/list?page=2", "listing")
SEEN = plan.Seen(
    page=1,
    keys=("5", "4"),
    pinned=frozenset({"9"}),
    first_number=5,
    last_number=4,
    total=5,
    last_page=3,
    next=NEXT,
    meaning="rank",
)
STRETCH = Stretch(1, 1, "http://paper.example/list", 1, 5, ("5", "4"), 5, 4, NOW, True)


def known(key: str = "5", **fields: object) -> Known:
    post = Known(
        id=1,
        key=key,
        number=None,
        title="제목",
        author=None,
        posted_raw=None,
        posted_date=None,
        hits=None,
        url="http://paper.example/5",
        is_notice=False,
        is_secret=False,
        state="live",
        version=1,
        checked_at=NOW,
        first_seen_at=NOW,
        last_seen_at=NOW,
        missing_at=None,
        told=None,
    )
    return replace(post, **fields)  # type: ignore[arg-type]


def row(key: str, **fields: object) -> Row:
    made = Row(key, 1, "제목", False, "글쓴이", None, 3, Ask(f"http://paper.example/{key}", "article"))
    return replace(made, **fields)  # type: ignore[arg-type]


def test_what_planning_sees_of_a_page() -> None:
    rows = (row("9", is_notice=True, number=None), row("5", number=None), row("4", number=7), row("3", number=6))
    seen = plan.seen_of(Listing(rows, total=8, page=4, last_page=5, next=NEXT, number_meaning="rank"), 2)
    assert seen == plan.Seen(2, ("5", "4", "3"), frozenset({"9"}), 7, 6, 8, 5, NEXT, "rank", (("4", 7), ("3", 6)), 4)


def test_a_quiet_page() -> None:
    assert plan.is_quiet(STRETCH, SEEN)
    assert not plan.is_quiet(None, SEEN)


@pytest.mark.parametrize(
    "change", [{"total": 6}, {"keys": ("4", "5")}, {"keys": ("5",)}, {"first_number": 6}, {"last_number": 3}]
)
def test_a_page_that_is_not_quiet(change: dict[str, object]) -> None:
    assert not plan.is_quiet(STRETCH, replace(SEEN, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "pinned", "total", "counts_notices", "balanced"),
    [
        ("54321", "", 5, True, True),
        ("54321", "9", 6, True, True),
        ("54321", "9", 5, True, False),
        ("54321", "9", 5, False, True),
        ("54321", "5", 5, True, True),  # a notice that stands in its place as well
        ("54321", "5", 4, False, True),
        ("54321", "", 6, False, False),
        ("54321", "", 4, False, False),
        ("54321", "", None, True, None),
    ],
)
def test_balance(keys: str, pinned: str, total: int | None, counts_notices: bool, balanced: bool | None) -> None:
    walk = plan.Walk(replace(SEEN, total=total), frozenset(keys), frozenset(pinned))
    assert plan.is_balanced(walk, counts_notices=counts_notices) is balanced


def test_nothing_walked_is_not_balanced() -> None:
    assert plan.is_balanced(plan.Walk(), counts_notices=True) is None


@pytest.mark.parametrize(
    ("vanished", "held", "is_held"),
    [(0, 0, False), (5, 5, False), (6, 6, True), (6, 119, True), (6, 120, False), (50, 1000, False), (51, 1000, True)],
)
def test_mass_disappearance(vanished: int, held: int, is_held: bool) -> None:
    assert plan.is_held(vanished, held) is is_held


def test_who_is_absent() -> None:
    posts = {
        post.key: post
        for post in [
            known("1"),
            known("2", state="unread"),
            known("3", state="blocked"),
            known("4", state="missing"),
            known("5", state="gone"),
            known("6", state="redacted"),
            known("7"),
            known("8"),
        ]
    }
    walk = plan.Walk(SEEN, frozenset({"7"}), frozenset({"8"}))
    assert [post.key for post in plan.absent(posts, walk)] == ["1", "2", "3"]


def test_a_changed_row() -> None:
    before = row("5", comments=1, hits=3)
    post = known(told=before.told)
    assert not plan.is_changed(replace(before, comments=7, hits=900, number=2), post)
    assert not plan.is_changed(row("5", title="anything"), known(told=None))
    for change in (
        {"title": "고친 제목"},
        {"author": "다른 이"},
        {"category": "기고"},
        {"is_secret": True},
        {"has_file": True},
    ):
        assert plan.is_changed(replace(before, **change), post)  # type: ignore[arg-type]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=KST).astimezone(UTC)


@pytest.mark.parametrize(
    ("first", "now", "later"),
    [
        (at(20, 23, 59), at(21, 0, 0), True),
        (at(20, 0, 0), at(20, 23, 59), False),
        (at(20, 8, 30), at(20, 9, 30), False),  # midnight in London
        (at(20, 3), at(21, 3), True),
        (at(21, 3), at(20, 3), False),
    ],
)
def test_days_are_korean(first: datetime, now: datetime, later: bool) -> None:
    assert plan.is_later_day(first, now) is later
    assert plan.is_confirmed([(first, "refused")], now) is later
    assert plan.may_ask_again([(first, "refused")], now) is later


def test_only_refusals_confirm() -> None:
    assert not plan.is_confirmed([], at(21, 3))
    assert not plan.is_confirmed([(at(19, 3), "unlisted"), (at(20, 3), "readable")], at(21, 3))
    assert plan.is_confirmed([(at(19, 3), "unlisted"), (at(20, 3), "refused")], at(21, 3))


def test_a_missing_post_is_asked_for_once_a_day() -> None:
    assert plan.may_ask_again([(at(20, 3), "unlisted")], at(20, 3))
    assert not plan.may_ask_again([(at(19, 3), "refused"), (at(20, 3), "readable")], at(20, 22))
    assert plan.may_ask_again([(at(19, 3), "refused"), (at(20, 3), "readable")], at(21, 0))


def test_what_is_stale() -> None:
    assert not plan.is_stale(known(), NOW + timedelta(days=9), None)
    assert plan.is_stale(known(), NOW, timedelta(0))
    assert plan.is_stale(known(), NOW + timedelta(days=7), timedelta(days=7))
    assert not plan.is_stale(known(), NOW + timedelta(days=6), timedelta(days=7))
    assert not plan.is_stale(known(checked_at=None), NOW, timedelta(0))


def test_a_pager_that_is_ignored_is_told() -> None:
    walk, follow = plan.advance(plan.Walk(), SEEN)
    assert follow == NEXT
    for total in (5, None):
        _, follow = plan.advance(walk, replace(SEEN, page=2, total=total))
        assert isinstance(follow, plan.Stuck)
    _, follow = plan.advance(walk, replace(SEEN, page=2, last_page=1))
    assert isinstance(follow, plan.Stop)


def test_a_first_page_of_notices_only_leads_on() -> None:
    page = replace(SEEN, keys=(), pinned=frozenset("123"), first_number=None, last_number=None)
    walk, follow = plan.advance(plan.Walk(), page)
    assert follow == NEXT
    _, follow = plan.advance(walk, replace(page, page=2))
    assert isinstance(follow, plan.Stop)


@pytest.mark.parametrize(
    ("shown", "page", "sure"),
    [
        (2, 2, True),  # "page 2", said beyond it: that is page 2 once more
        (3, 2, False),
        (None, 2, False),
        (1, 1, True),
    ],
)
def test_a_page_that_is_said_to_be_the_one_before_ends_the_list(shown: int | None, page: int, sure: bool) -> None:
    """A row may have slid from the last page to the next; unless the list itself says that there is no next."""
    last = replace(SEEN, page=page, last_page=page, keys=("1",), first_number=1, last_number=1, total=None)
    walk, _ = plan.advance(plan.Walk(), last)
    _, follow = plan.advance(walk, replace(last, page=page + 1, shown=shown))
    assert isinstance(follow, plan.Stop)
    assert follow.sure is sure
