"""The unchanged night: one list page of each board, and no article but those whose age asks for it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import FACES, world


@pytest.mark.parametrize(("skin", "options"), FACES, ids=lambda value: str(value if isinstance(value, str) else ""))
def test_an_unchanged_night(skin: str, options: dict[str, Any], tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=24, **options) as day:
        assert day.sync().outcome == "ok"
        for _ in range(2):
            day.board.clock.advance(timedelta(days=1))
            today = day.board.clock.korea().date()
            ages = [
                (today - date.fromisoformat(row["posted_date"])).days
                for row in day.rows("SELECT posted_date FROM posts WHERE state = 'live'")
            ]
            run = day.sync()
            asked = day.asked()
            assert run.outcome == "ok"
            assert asked.pop("listing") == 1
            assert asked.pop("robots", 0) <= 1
            young = sum(age < 7 for age in ages)
            assert young <= asked["article"] <= young + 1 + sum(age >= 7 for age in ages) // 4
            assert asked.pop("article", 0) == run.counts.due == run.counts.unchanged
            assert not asked, f"beside these: {asked}"


def test_a_page_that_stands_alone_in_its_pager_is_not_page_1(tmp_path: Path) -> None:
    """Pages are asked for by forms, so the address tells nothing, and page 11 begins a block without links."""
    with world(tmp_path, "korcham", posts=54, page_size=5) as day:
        assert day.sync().outcome == "ok"
        day.board.clock.advance(timedelta(days=1))
        lowest = day.board.ids()[-1]
        day.board.delete(lowest)
        run = day.sync()
        assert (run.outcome, run.counts.missing) == ("ok", 1), run.message
        assert day.state(lowest) == "missing"
        day.check()


def test_notices_that_leave_page_1_no_other_row_are_not_the_whole_list(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=24, page_size=2) as day:
        assert len(day.board.notices()) == 2
        assert day.sync().outcome == "ok"
        day.board.clock.advance(timedelta(days=1))
        deleted = day.board.ids()[12]
        day.board.delete(deleted)
        run = day.sync()
        assert (run.outcome, run.counts.missing) == ("ok", 1), run.message
        assert day.state(deleted) == "missing"
        day.check()
