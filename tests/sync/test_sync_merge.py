"""What a reading does not deny is no edit: a date told less or more exactly, a field that only one face tells."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from archive_samples import post

from scraper.models import KST, Precision, Stamp
from scraper.sync.merge import keep


def stamp(text: str) -> Stamp:
    found: dict[int, Precision] = {10: "day", 16: "minute", 19: "second"}
    return Stamp(datetime.fromisoformat(text).replace(tzinfo=KST), found[len(text)], text)


def held(date: str | None, **values: Any) -> dict[str, Any]:
    at = stamp(date) if date else None
    names = ("number", "author", "hits", "category", "posted_capture_id")
    return {
        **dict.fromkeys(names), "key": "1", "title": "제목", "title_cut": 0, "is_notice": 0, "is_secret": 0,
        "posted_at": at.at.isoformat() if at and at.at else None, "posted_precision": at.precision if at else "none",
        "posted_raw": date, **values,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "read", "stands"),
    [
        ("2026-11-20 03:04", "2026-11-20", "2026-11-20 03:04"),
        ("2026-11-20 03:04:05", "2026-11-20 03:04", "2026-11-20 03:04:05"),
        ("2026-11-20 03:04:00", "2026-11-20 03:04", "2026-11-20 03:04:00"),
        ("2026-11-20", "2026-11-20 03:04", "2026-11-20"),
        ("2026-11-20 03:04", "2026-11-21", "2026-11-21"),
        ("2026-11-20 03:04", "2026-11-20 03:05:00", "2026-11-20 03:05:00"),
        ("2026-11-20 03:04", "2026-11-20 05:00", "2026-11-20 05:00"),
    ],
)
def test_a_date_told_less_or_more_exactly_is_the_same(before: str, read: str, stands: str) -> None:
    assert keep(post("1", posted=stamp(read)), held(before), ()).posted == stamp(stands)


def test_somebody_who_confirms_gets_the_more_exact_date_only() -> None:
    short, long = "2026-11-20", "2026-11-20 03:04"
    assert keep(post("1", posted=stamp(long)), held(short), (), confirm=True).posted == stamp(long)
    assert keep(post("1", posted=stamp(short)), held(long), (), confirm=True).posted == stamp(long)


def test_fields_that_one_face_only_tells_stand_as_they_are_held() -> None:
    bare = post("1", author=None, category=None, posted=None)
    full = post("1", author="노가온", category="기고", posted=stamp("2026-11-20"))
    before = held("2026-11-20", author="노가온", category="기고")
    everything = ("author", "category", "date")
    found = keep(bare, before, everything)
    assert (found.author, found.category, found.posted) == ("노가온", "기고", stamp("2026-11-20"))
    assert keep(bare, before, ()).author is None
    assert keep(bare, before, everything, confirm=True).author is None
    found = keep(full, held(None), everything)
    assert (found.author, found.category, found.posted) == (None, None, None)
    edited = keep(post("1", author="다솜"), before, everything)
    assert edited.author == "다솜", "what both tell may have been edited"
