"""The months of status: a bar a month, and what is not known is not drawn as nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from rich.cells import cell_len

from scraper.console.sparkline import sparkline
from scraper.console.status import fitting, show_status


def months(*told: tuple[int, str]) -> list[dict[str, Any]]:
    return [
        {"month": f"2026-{place:02}", "posts": posts, "fetched": fetched}
        for place, (posts, fetched) in enumerate(told, start=1)
    ]


def board(slug: str, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"slug": slug, "declared_total": 120, "live": 118, "bytes": 3_000_000, "months": []}
    values |= dict.fromkeys(("unread", "blocked", "missing", "gone", "files", "failures"), 0)
    values |= {"last_run_at": "2026-11-20T18:00:00.000000Z", "last_run": "ok", "stale": None, "silence": None}
    return {**values, **more}


def test_a_bar_a_month() -> None:
    shown = months((0, "never"), (0, "part"), (1, "part"), (0, "whole"), (8, "whole"), (4, "whole"), (9999, "whole"))
    assert sparkline(shown, 40) == "??▁·▁▁█"
    assert sparkline(shown[:6], 40) == "??▁·█▄"
    assert sparkline(shown[:6], 2) == "█▄"
    assert (sparkline(shown, 0), sparkline([], 9)) == ("", "")


def test_one_line_a_board_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    many = [{"month": f"{2010 + n // 12}-{n % 12 + 1:02}", "posts": n % 5, "fetched": "whole"} for n in range(200)]
    show_status([board("opinion", months=many, gone=3), board("독자마당", months=months((3, "part"), (0, "never")))])
    lines = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()
    assert max(map(cell_len, lines)) <= 80
    (opinion,) = [line for line in lines if "opinion" in line]
    (voice,) = [line for line in lines if "독자마당" in line]
    assert sum(sign in "▁▂▃▄▅▆▇█·" for sign in opinion) >= 24
    assert voice.rstrip().endswith("█?")
    assert cell_len(voice.rstrip()) == cell_len(opinion.rstrip()), "the last months stand under each other"
    head = " ".join(lines[:3])
    assert "gone" in head
    assert "missing" not in head
    assert "the last one 2026-08; · nothing posted; ? not wholly looked at" in lines[-1]


def test_columns_give_way_to_months() -> None:
    rows = [{**board("opinion", gone=1), "board": "opinion", "total": 120, "kept": "3.0 MB", "outcome": "ok"}]
    rows[0]["last run (UTC)"] = "2026-11-20 18:00"
    wide, room = fitting(rows, 120)
    assert "kept" in wide
    assert room >= 24
    narrow, left = fitting(rows, 50)
    assert "kept" not in narrow
    assert left >= 0
    assert fitting(rows, 10)[1] == 0


def test_programs_get_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    show_status([board("opinion", months=months((1, "whole")))])
    head, row = capsys.readouterr().out.splitlines()
    assert head.split("\t")[:3] == ["board", "total", "live"]
    assert len(head.split("\t")) == len(row.split("\t")) == 12
    assert "▁" not in row
