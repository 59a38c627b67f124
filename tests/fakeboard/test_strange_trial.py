"""The benchmark of onboarding compares every field, and tells what is wrong from what was left out."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TRUE = {
    "idx": 12,
    "title": "솔내군 이야기 (3)",
    "author": "노가온",
    "date": "2021-10-24",
    "posted_at": "2021-10-24T13:05:11+09:00",
    "hits": 62,
    "number": 81,
    "category": "칼럼",
    "body": "첫 문단\n\n둘째 문단",
    "files": [{"name": "자료 (1).pdf", "sha256": "ab"}],
    "files_refused": [],
    "notice": False,
    "secret": False,
}
POST = {
    "state": "live",
    "title": "솔내군 이야기 (3)",
    "title_cut": 0,
    "author": "노가온",
    "posted_date": "2021-10-24",
    "posted_at": "2021-10-24T13:05:00+09:00",
    "posted_precision": "minute",
    "hits": 63,
    "number": 81,
    "category": "칼럼",
    "body_text": "첫 문단\n둘째 문단",
    "is_notice": 0,
    "is_secret": 0,
}
FILES = [{"name": "자료 (1).pdf", "blob_sha256": "ab", "state": "stored"}]


@pytest.fixture(scope="module")
def trial() -> ModuleType:
    spec = importlib.util.spec_from_file_location("trial", ROOT / "benchmarks" / "trial.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["trial"] = module
    spec.loader.exec_module(module)
    return module


def unequal(trial: ModuleType, post: dict[str, Any], true: dict[str, Any], files: Any = FILES) -> list[str]:
    return [name for name, wanted, found in trial.compared(post, true, files) if wanted != found]


def test_equal_posts_have_no_difference(trial):
    assert unequal(trial, POST, TRUE) == []


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        ("state", "unread", "state"),
        ("title", "솔내군 이야기", "title"),
        ("author", None, "author"),
        ("posted_date", "2021-10-25", "date"),
        ("posted_at", "2021-10-24T13:06:00+09:00", "time"),
        ("hits", 81, "hits"),
        ("hits", None, "hits"),
        ("number", 12, "number"),
        ("category", "사설", "category"),
        ("body_text", "첫 문단", "body"),
        ("is_notice", 1, "notice"),
        ("is_secret", 1, "secret"),
    ],
)
def test_each_field_is_compared(trial, column, value, field):
    assert unequal(trial, POST | {column: value}, TRUE) == [field]


@pytest.mark.parametrize("name", ["author", "date", "hits", "number", "category"])
def test_what_the_board_does_not_show_must_be_null(trial, name):
    assert name in unequal(trial, POST, TRUE | {name: None})


def test_files_are_compared_by_name_bytes_and_state(trial):
    assert unequal(trial, POST, TRUE, []) == ["files"]
    assert unequal(trial, POST, TRUE, [FILES[0] | {"name": "자료(1).pdf(24K)"}]) == ["files"]
    assert unequal(trial, POST, TRUE, [FILES[0] | {"blob_sha256": "cd"}]) == ["files"]


def test_an_unread_post_may_hold_the_title_as_the_list_cuts_it(trial):
    cut = POST | {"state": "unread", "title": "솔내군 이…", "title_cut": 1}
    assert "title" not in unequal(trial, cut, TRUE)
    assert "title" in unequal(trial, cut | {"title": "다솜읍 이…"}, TRUE)
    assert "title" in unequal(trial, cut | {"state": "live"}, TRUE)


def test_a_wrong_field_outweighs_all_others(trial):
    missed = trial.Difference("12", "author", "노가온", None)
    wrong = trial.Difference("12", "author", "노가온", "편집국")
    soft = trial.Difference("12", "category", "칼럼", None)
    assert trial.outcome_of((missed, wrong), 0) == "wrong" == trial.outcome_of((wrong,), 4)
    assert trial.outcome_of((missed,), 0) == "missed"
    assert trial.outcome_of((soft,), 3) == "equal" == trial.outcome_of((), 0)
    assert trial.outcome_of((missed,), 4) == "failed"
