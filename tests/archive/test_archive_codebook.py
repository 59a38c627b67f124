"""The released views keep their columns, and every one of them is described in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scraper.archive.codebook import COMMON, VIEWS_TOLD, words_of
from scraper.archive.released import Column, released_columns
from scraper.archive.views import VIEWS

FROZEN: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "released_columns.json").read_text(encoding="utf-8")
)
"""What was released. A column that is added is added here too; one that stands here stays as it is."""


def test_released_columns_stay() -> None:
    now = {view: [(column.name, column.kind) for column in columns] for view, columns in released_columns().items()}
    assert now == {view: list(columns.items()) for view, columns in FROZEN.items()}


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_has_words_in_both_languages(view: str) -> None:
    told = [VIEWS_TOLD[view].title, VIEWS_TOLD[view].about, *(words_of(view, column) for column in FROZEN[view])]
    for words in told:
        assert words.en and re.fullmatch(r"[ -~]+[^.]", words.en), words
        assert words.ko == "hits와 같음" or re.search(r"[가-힣]", words.ko), words
        assert not words.ko.endswith(".") and "|" not in words.en + words.ko


def test_no_words_are_left_over() -> None:
    assert VIEWS_TOLD.keys() == VIEWS.keys()
    for view, told in VIEWS_TOLD.items():
        assert told.columns.keys() <= FROZEN[view].keys(), view
    used = {column for view, columns in FROZEN.items() for column in columns if column not in VIEWS_TOLD[view].columns}
    assert used <= COMMON.keys()


def test_types_of_computed_columns_are_told() -> None:
    assert Column("month", "TEXT") in released_columns()["monthly"]
    assert Column("characters", "INTEGER") in released_columns()["articles"]
