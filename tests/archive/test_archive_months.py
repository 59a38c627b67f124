"""Which months were looked at: what the ledger of coverage proves, and what it does not."""

from __future__ import annotations

import json
from datetime import date
from itertools import count
from typing import Any

from archive_samples import World, at, day, row

from scraper.archive.months import PAGES_SQL, POSTS_SQL, months_of, spans_of
from scraper.archive.open import open_archive

TODAY = date(2026, 11, 20)
_capture = count(1)


def page(number: int, *days: str | None, seen: str = "2026-11-20", walk: int = 1, last: bool = False) -> dict[str, Any]:
    posted = json.dumps([each and (each if len(each) > 7 else f"{each}-15") for each in days])
    return {
        "walk": walk,
        "page": number,
        "is_last": int(last),
        "seen_at": f"{seen}T03:00:00.000Z",
        "posted_dates": posted,
    }


def posts(**counts: int) -> list[dict[str, Any]]:
    return [{"month": f"{name[1:5]}-{name[5:]}", "posts": number} for name, number in counts.items()]


def told(held: list[dict[str, Any]], *pages: dict[str, Any]) -> str:
    """A letter a month: its posts; + after what may be more; . nothing posted; ? never fetched."""
    letters = []
    for month in months_of(held, pages, TODAY):
        empty = "." if month.fetched == "whole" else "?"
        letters.append(f"{month.posts or empty}{'+' if month.fetched == 'part' else ''}")
    return "".join(letters)


def test_a_walk_to_the_end_has_seen_every_month() -> None:
    held = posts(m202606=2, m202609=1, m202611=1)
    assert told(held, page(1, "2026-11", "2026-09"), page(2, "2026-06", "2026-06", last=True)) == "2..1.1"


def test_what_came_after_the_last_look_is_not_known() -> None:
    held = posts(m202606=2)
    assert told(held, page(1, "2026-06", "2026-06", seen="2026-09-10", last=True)) == "2..?+??"


def test_a_look_after_the_end_that_found_more_has_not_seen_all() -> None:
    held = posts(m202606=2, m202611=1)
    end = page(2, "2026-06", "2026-06", last=True, seen="2026-08-01")
    more = page(1, "2026-11", "2026-06")
    assert told(held, page(1, "2026-06", "2026-06", seen="2026-08-01"), end, more) == "2.???1+"
    assert told(held, page(1, "2026-06", "2026-06", seen="2026-08-01"), end, {**more, "is_last": 1}) == "2....1"


def test_a_walk_that_broke_off_has_seen_what_its_pages_show() -> None:
    held = posts(m202601=1, m202606=1, m202608=2, m202611=1)
    assert told(held, page(1, "2026-11", "2026-08", "2026-08"), page(2, "2026-06", "2026-01")) == "1+????1+.2..1"


def test_pages_that_were_not_read_leave_a_hole() -> None:
    held = posts(m202601=2, m202602=1, m202603=2, m202610=2, m202611=1)
    pages = [
        page(1, "2026-11", "2026-10", "2026-10-02"),
        page(7, "2026-03", "2026-03-02", "2026-02", "2026-01", "2026-01"),
    ]
    assert told(held, *pages) == "2+12+??????2+1"


def test_a_night_that_failed_leaves_a_hole_between_two_walks() -> None:
    held = posts(m202601=3, m202610=2, m202611=1)
    done = page(1, "2026-01", "2026-01", "2026-01", seen="2026-04-01", last=True)
    broken = page(1, "2026-11", "2026-10", "2026-10-03", walk=2)
    assert told(held, done, broken) == "3.." + "??????" + "2+1"
    assert told(held, done, broken, page(2, "2026-01", "2026-01", walk=2, last=True)) == "3........21"


def test_a_stray_date_proves_nothing() -> None:
    held = posts(m202401=1, m202610=1, m202611=3)
    strange = [page(1, "2026-11", "2026-11", "2024-01", "2026-11", "2026-10", "2026-09")]
    assert told(held, *strange).endswith("??1+3")
    assert told(held, page(1, "2026-11", "2026-11", "2024-01")).endswith("?1+3+")
    assert "." not in told(held, page(1, "2026-11", "2026-11", "2024-01"))


def test_a_post_without_a_date_may_belong_into_the_months_around_it() -> None:
    held = posts(m202606=1, m202608=1, m202611=1)
    assert told(held, page(1, "2026-11", "2026-08", None, "2026-06", last=True)) == "1+?+1+..1"
    assert told(held, page(1, "2026-11", "2026-08", "2026-06", None, last=True)) == "1+.1..1"


def test_a_page_read_again_takes_the_place_of_the_first_reading() -> None:
    first, again = page(2, "2026-06", "2026-05", "2026-05"), page(2, "2026-07", "2026-06", "2026-05")
    assert spans_of([page(1, "2026-11", "2026-08"), first], TODAY) == ([(date(2026, 5, 16), TODAY)], [])
    assert spans_of([page(1, "2026-11", "2026-08"), first, again], TODAY) == ([(date(2026, 6, 16), TODAY)], [])


def test_the_day_of_a_broken_walk_may_have_more_posts_than_its_page() -> None:
    held = posts(m202610=3, m202611=3)
    many = page(1, "2026-11-01", "2026-11-01", "2026-11-01", seen="2026-11-02")
    assert told(held, many) == "3+3+"
    assert spans_of([many], TODAY)[0] == []
    assert spans_of([many], date(2026, 11, 2))[0] == [(date(2026, 11, 2), date(2026, 11, 2))]


def test_nothing_known_is_no_month() -> None:
    assert months_of([], [], TODAY) == []


def test_the_ledger_of_an_archive(world: World) -> None:
    old = [row("2", 2, posted=day("2026-08-03")), row("1", 1, posted=day("2026-08-02"))]
    world.list(row("3", 3, posted=day("2026-11-02")), *old, seen_at=at(0))
    world.close()
    with open_archive(world.path, write=False) as archive:
        found = archive.find_months("opinion", TODAY)
        assert [(month.month, month.posts, month.fetched) for month in found] == [
            *(("2026-08", 2, "part"), ("2026-09", 0, "whole"), ("2026-10", 0, "whole"), ("2026-11", 1, "part"))
        ]
        with archive.snapshot() as find:
            values = {"board": "opinion"}
            assert months_of(find(POSTS_SQL, values), find(PAGES_SQL, values), TODAY) == found
            assert find("SELECT count(*) AS n FROM posts WHERE key = :key", {"key": "3"}) == [{"n": 1}]
