"""Whole days on the press CMS skins and the boards of public bodies: everything arrives, running twice adds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, dump, world

from scraper.fakeboard import play_night

SKINS: list[tuple[str, str, dict[str, Any]]] = [
    ("ndsoft", "ndsoft", {}),
    ("ndsoft", "ndsoft", {"columns": ("author", "date")}),
    ("ndsoft", "ndsoft", {"columns": ("section", "sub", "author", "date")}),
    ("ndsoft-block", "ndsoft", {"variant": "block"}),
    ("ndsoft-block", "ndsoft", {"variant": "block", "columns": ("author", "date")}),
    ("ndsoft-table", "ndsoft", {"variant": "table", "columns": ("author", "date")}),
    ("ndsoft-table", "ndsoft", {"variant": "table"}),
    ("egov", "egov", {}),
    ("egov", "egov", {"link": "onclick", "pager": "javascript", "missing_file": True}),
    ("egov", "egov", {"columns": ("title", "hits", "period", "date", "author"), "notice_twice": True}),
    ("egov", "egov", {"columns": ("state", "date", "no", "hits", "author", "title"), "pager": "javascript"}),
    ("k2web", "k2web", {"notice_twice": True}),
    ("k2web", "k2web", {"variant": "artcl", "columns": ("votes", "date", "title", "hits", "author")}),
    ("k2web", "k2web", {"columns": ("no", "hits", "votes", "title", "date"), "missing_file": True}),
    ("ybscript", "ybscript", {}),
    ("ybscript", "ybscript", {"columns": ("date", "call", "title", "hits", "file"), "missing_file": True}),
    ("ybscript-cards", "ybscript", {"variant": "cards"}),
    ("sub-read", "sub_read", {}),
    ("sub-read", "sub_read", {"columns": ("author", "date")}),
    ("mediaon", "mediaon", {}),
    ("mediaon", "mediaon", {"columns": ("date", "section", "author")}),
    ("korcham", "korcham", {}),
    ("korcham", "korcham", {"columns": ("hits", "file", "author", "title", "date"), "missing_file": True}),
    ("siiru", "siiru", {}),
    ("siiru", "siiru", {"columns": ("date", "state", "subject", "hit", "num"), "missing_file": True}),
]


def name_of(case: Any) -> str:
    return "-".join([case[0], *(f"{key}={value}" for key, value in case[2].items())]).replace(" ", "")[:90]


@pytest.mark.parametrize("case", SKINS, ids=name_of)
def test_days(case: tuple[str, str, dict[str, Any]], tmp_path: Path) -> None:
    engine, skin, options = case
    refuses = options.get("missing_file", False)
    with world(tmp_path, skin, posts=26, **options) as day:
        first = day.sync()
        assert (first.outcome, first.exit_code) == (("partial", 3) if refuses else ("ok", 0)), (
            first.message,
            day.told.said,
        )
        assert first.board.engine == engine
        day.check()
        deleted: list[int] = []
        for night in (1, 2):
            changes = play_night(day.board, night)
            second = day.sync(ALL)
            assert second.exit_code == (3 if refuses else 0), (second.message, day.told.said)
            day.check()
            deleted += [change.id for change in changes if change.verb == "delete"]
            assert second.counts.new == sum(change.verb in ("post", "back_date") for change in changes)
        assert [day.state(post_id) for post_id in deleted] == ["gone", "missing"]
        before = dump(day.db)
        again = day.sync()
        assert (again.outcome, dict(day.asked())) == ("ok", {"listing": 1})
        after = dump(day.db)
        for table in ("post_versions", "attachments", "attachment_versions"):
            assert after[table] == before[table]
