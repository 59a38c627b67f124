"""Differences of Korean text, word by word and letter by letter."""

from __future__ import annotations

import pytest

from scraper.console.diff import changes, marked


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("마을버스가 온다", "마을버스는 온다", "마을버스[-가-]{+는+} 온다"),
        ("예산 3억 원", "예산 5억 원", "예산 [-3-]{+5+}억 원"),
        ("하천 산책로", "시장 산책로", "[-하천-] {+시장+} 산책로"),
        ("하나 둘", "하나 새로운 말 둘", "하나 {+새로운 말+} 둘"),
        ("하나 둘 셋", "하나 셋", "하나 [-둘-] 셋"),
        ("", "처음", "{+처음+}"),
        ("줄이\n나뉘다", "줄이 나뉘다", "줄이 나뉘다"),
        ("\x1b[31m붉다", "푸르다", "[-[31m붉다-] {+푸르다+}"),
        (" ".join("가나다라마바사아자차카타파하") + " 끝", " ".join("가나다라마바사아자차카타파하"),
         "가 나 다 라 마 바 … 자 차 카 타 파 하 [-끝-]"),
    ],
)  # fmt: skip
def test_changes(before: str, after: str, shown: str) -> None:
    assert marked(changes(before, after)) == shown


def test_a_text_without_blanks_is_compared_whole() -> None:
    assert marked(changes("가" * 50_000, "가" * 49_999 + "나")) == f"[-{'가' * 50_000}-] {{+{'가' * 49_999}나+}}"
