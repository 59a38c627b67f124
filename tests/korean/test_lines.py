"""Lines beside a post's text: what ends it, and what only looks so."""

from __future__ import annotations

import pytest

from scraper.korean.lines import is_end, leads_back


@pytest.mark.parametrize(
    "text",
    [
        "목록",
        "목록 수정 삭제",
        "[목록] [쓰기] [수정]",
        "8 개의 댓글이 있습니다.",
        "이전글 둑길 소식",
        "독자의견 (총 0건)",
        "이 정보에 만족하십니까?",
        "현재 페이지에서 제공하는 정보에 어느 정도 만족하셨습니까?",
        "매우만족 만족 보통 불만족",
        "콘텐츠 만족도 조사",
        "만족도 조사 결과보기",
    ],
)
def test_what_ends_a_text(text: str) -> None:
    assert is_end(text)


@pytest.mark.parametrize(
    "text",
    [
        "수정 삭제",
        "목록에 없는 길을 걸었다.",
        "이웃의 목록 셋",
        "이전글을 쓴 것은 봄이었다.",
        "만족도 조사에서 열에 아홉이 좋다고 답했다.",
        "2026년 고객만족도 조사 안내",
        "이용자가 만족하는 시설로 가꾸겠습니다.",
    ],
)
def test_what_ends_none(text: str) -> None:
    assert not is_end(text)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("목록", True),
        ("← 목록으로", True),
        ("목록으로 돌아가기", True),
        ("List", True),
        ("목록을 내려받으세요", False),
        ("당선작 목록", False),
    ],
)
def test_what_leads_back_to_the_list(text: str, back: bool) -> None:
    assert leads_back(text) is back
