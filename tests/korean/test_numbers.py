"""read_number: counts as boards print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.korean.numbers import LARGEST, half_width, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1163", 1163),
        (" 1,163\xa0", 1163),
        ("2,013회", 2013),
        ("17건", 17),
        ("17 건", 17),
        ("3개", 3),
        ("조회 수 : 39", 39),
        ("조회수:39", 39),
        ("조회1,994회", 1994),
        ("Hit : 12", 12),
        ("댓글 3", 3),
        ("번호 81", 81),
        ("No.81", 81),
        ("1.2만", 12000),
        ("1.25만", 12500),
        ("3천", 3000),
        ("1.5k", 1500),
        ("2만회", 20000),
        ("+ 3", 3),
        ("[12]", 12),
        ("(3)", 3),
        ("[ 3 ]", 3),
        ("１２", 12),
        ("１,１６３", 1163),
        ("0", 0),
        ("007", 7),
        ("\u200b5\u200b", 5),
        (str(LARGEST), LARGEST),
    ],
)
def test_numbers(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "-3",
        "조회 -3",
        "1.5",
        "2021.10",
        "12,34",
        "1,2345",
        "1 234",
        "공지",
        "전체 3",
        "작성자 3",
        "1위",
        "3 4",
        "10:36",
        "2021-10-24",
        "[12",
        "①",
        "²",
        "٣",
        str(LARGEST + 1),
        "9" * 5000,
        "99999999999999999억",
    ],
)
def test_no_numbers(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(0, LARGEST))
def test_written_in_any_style_it_is_read(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}회", f"조회 수 : {number}", f"[{number}]", f"댓글 {number:,}"):
        assert read_number(text) == number


@given(st.text())
def test_never_raises_and_stays_in_range(text: str) -> None:
    number = read_number(text)
    assert number is None or 0 <= number <= LARGEST


def test_half_width() -> None:
    assert half_width("\u3000２０２１．１０：Ａ\u200b ") == "2021.10:A"
