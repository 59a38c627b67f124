"""Differences of Korean text: word by word, and within a word what stands around the change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.console.diff import marked
from scraper.korean.diff import Piece, changes, told

LONG = " ".join("가나다라마바사아자차카타파하")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("마을버스가 온다", "마을버스는 온다", "마을버스[-가-]{+는+} 온다"),
        ("마을버스가 온다", "마을버스는 안 온다", "마을버스[-가-]{+는+} {+안+} 온다"),
        ("주민자치회에서는 회의를", "주민자치회가 회의를 두 번", "주민자치회[-에서는-]{+가+} 회의를 {+두 번+}"),
        ("김가온 군수가 말했다", "박새별 군수는 말했다", "[-김가온-] {+박새별+} 군수[-가-]{+는+} 말했다"),
        ("그는 학교에 갔다", "그녀는 학교로 갔다가 왔다", "그{+녀+}는 학교[-에-]{+로+} 갔다{+가+} {+왔다+}"),
        ("예산 3억 원", "예산 5억 원", "예산 [-3-]{+5+}억 원"),
        ("2021년 1,163명", "2022년 1,164명", "[-2021-]{+2022+}년 [-1,163-]{+1,164+}명"),
        ("가격은 3.5배", "가격은 3.75배", "가격은 [-3.5-]{+3.75+}배"),
        ("KTX를", "SRT를", "[-KTX를-] {+SRT를+}"),
        ("사과", "사고", "[-사과-] {+사고+}"),
        ("늘렸다고 했다", "줄였다고 했다", "[-늘렸다고-] {+줄였다고+} 했다"),
        ("하천 산책로", "시장 산책로", "[-하천-] {+시장+} 산책로"),
        ("하천 산책로 정비", "하천산책로 정비", "하천[-␣-]산책로 정비"),
        ("하천산책로", "하천 산책로", "하천{+␣+}산책로"),
        ("하나 둘", "하나 새로운 말 둘", "하나 {+새로운 말+} 둘"),
        ("하나 둘 셋", "하나 셋", "하나 [-둘-] 셋"),
        ("", "처음", "{+처음+}"),
        ("줄이\n나뉘다", "줄이 나뉘다", "줄이 [-↵-] 나뉘다"),
        ("줄이 \t나뉘다", "줄이 나뉘다", "줄이 나뉘다"),
        ("첫 문단.\n\n끝말.", "첫 문단.\n\n새 글.\n\n끝말.", "첫 문단. ¶ {+새 글. ¶+} 끝말."),
        ("\x1b[31m붉다", "푸르다", "[-[31m붉다-] {+푸르다+}"),
        (f"{LONG} 끝", LONG, "가 나 다 라 마 바 … 자 차 카 타 파 하 [-끝-]"),
        ("끝났다.", "끝났다!", "끝났다[-.-]{+!+}"),
    ],
)
def test_changes(before: str, after: str, shown: str) -> None:
    assert marked(changes(before, after)) == shown


def text_of(pieces: list[Piece], *kinds: str) -> str:
    """The text that the pieces of some kinds make."""
    text, parted = "", False
    for kind, part, joined in pieces:
        parted |= not joined
        if kind in kinds:
            text += f" {part}" if text and parted else part
            parted = False
    return text


LINE = "군청 군청은 군청이 예산을 예산 3억 35억 늘렸다 늘었다 가 가나".split()
WORDS = st.lists(st.sampled_from([*LINE, "\n", "\n\n"]), max_size=12).map(" ".join)


@given(before=WORDS, after=WORDS)
def test_both_texts_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    pieces = changes(before, after)
    flat = [" ".join(text_of(pieces, "same", kind).split()) for kind in ("gone", "new")]
    assert flat == [" ".join(text.split()) for text in (before, after)]
    assert all(piece.text for piece in pieces)
    assert told(pieces)[:1] == [piece._asdict() for piece in pieces[:1]]


def test_a_long_text_that_was_written_anew_is_compared_in_no_time() -> None:
    before, after = (" ".join(f"{word}{n}말" for n in range(4000)) for word in "가나")
    assert [piece.kind for piece in changes(before, after)] == ["gone", "new"]


def test_a_text_without_blanks_is_compared_quickly() -> None:
    assert marked(changes("가" * 50_000, "가" * 49_999 + "나")) == f"{'가' * 49_999}[-가-]{{+나+}}"
