"""Whole days over real HTTP, every skin and its main options: everything arrives, and running twice changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, World, damages, dump, world

from scraper.fakeboard import play_night

SKINS: list[tuple[str, dict[str, Any]]] = [
    *(
        ("legacy", {"link": link, "pager": pager, "notice_twice": twice})
        for link, pager, twice in [
            ("href", "images", False),
            ("onclick", "images", True),
            ("onclick", "links", False),
            ("href", "links", True),
            ("href", "javascript", True),
            ("onclick", "javascript", False),
            ("onclick", "post", True),
            ("href", "post", False),
        ]
    ),
    ("gnuboard5", {}),
    ("gnuboard5", {"variant": "5.2", "missing_file": True, "categories": ()}),
    ("gnuboard5", {"list_under_view": True, "votes": True}),
    ("gnuboard5", {"list_under_view": True, "categories": (), "side_view": False}),
    ("rhymix", {}),
    ("rhymix", {"columns": ("title", "author", "lastUpdate", "time", "readNum"), "missing_file": True}),
    ("rhymix", {"categories": ("기고", "사설"), "notice_twice": True}),
]
MAY_GROW = ("runs", "captures", "coverage", "post_hits", "blobs", "blob_parts")


def name_of(case: Any) -> str:
    return "-".join([case[0], *(f"{key}={value}" for key, value in case[1].items())]).replace(" ", "")[:80]


@pytest.mark.parametrize("case", SKINS, ids=name_of)
def test_days(case: tuple[str, dict[str, Any]], tmp_path: Path) -> None:
    skin, options = case
    refuses = options.get("missing_file", False)
    with world(tmp_path, skin, **options) as day:
        first = day.sync()
        assert (first.outcome, first.exit_code) == (("partial", 3) if refuses else ("ok", 0)), first.message
        day.check()
        assert first.counts.new + first.counts.secret == len(day.board.truth())
        assert day.asked()["robots"] == 1
        run_twice(day, refuses)
        deleted: list[int] = []
        for night in (1, 2):
            changes = play_night(day.board, night)
            second = day.sync(ALL)
            assert second.exit_code == (3 if refuses else 0), (second.message, day.told.said)
            day.check()
            deleted += [change.id for change in changes if change.verb == "delete"]
            assert second.counts.new == sum(change.verb in ("post", "back_date") for change in changes)
            run_twice(day, refuses)
        assert [day.state(post_id) for post_id in deleted] == ["gone", "missing"]
        assert damages(day.db) == []


def run_twice(day: World, refuses: bool = False) -> None:
    """DESIGN §5: a second run adds a run, its one list capture, coverage and hits; nothing else changes."""
    before = dump(day.db)
    run = day.sync()
    assert (run.outcome, run.exit_code) == ("ok", 0), run.message
    after = dump(day.db)
    assert dict(day.asked()) == {"listing": 1}
    assert (run.counts.requests, run.counts.pages) == (1, 1)
    assert len(after["runs"]) == len(before["runs"]) + 1
    assert len(after["captures"]) == len(before["captures"]) + 1
    assert len(after["coverage"]) == len(before["coverage"]) + 1
    assert after["captures"][-1]["kind"] == "listing"
    for table, rows in before.items():
        if table == "posts":
            ignored = {"hits", "last_seen_at", "row_sha256"}
            assert [without(row, ignored) for row in after[table]] == [without(row, ignored) for row in rows]
        elif table == "meta":
            assert [row for row in after[table] if row["key"] != "last_capture"] == [
                row for row in rows if row["key"] != "last_capture"
            ]
        elif table == "post_hits":
            assert [row for row in after[table] if row in rows] == rows
        elif table in MAY_GROW:
            assert after[table][: len(rows)] == rows or sorted(map(str, rows)) == sorted(
                str(row) for row in after[table] if row in rows
            )
        else:
            assert after[table] == rows, table


def without(row: dict[str, Any], ignored: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ignored}
