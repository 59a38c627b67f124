"""Lines beside a post's text: what ends it, and what only looks so."""

from __future__ import annotations

import pytest

from scraper.korean.lines import is_end, is_tool, leads_back


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
        "관련뉴스",
        "태그: 라디오 수리",
        "[답장쓰기] [게시물 목록] [이전글] [다음글]",
        "0 댓글달기 0",
        "이 기사와 관련된 기사",
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
        "[기고] 목록에 없는 길",
        "관련 자료를 붙입니다.",
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


@pytest.mark.parametrize(
    "text",
    ["[광고]", "추천 11 추천하기", "공감 12 비공감 0", "페이스북 트위터 카카오톡 URL 복사", "공유하기:"],
)
def test_buttons(text: str) -> None:
    assert is_tool(text)


@pytest.mark.parametrize("text", ["12 34", "광고를 실은 신문", "추천 11명", "주소를 복사해 두었다."])
def test_what_is_no_button(text: str) -> None:
    assert not is_tool(text)
