"""Lines of a post of an unknown board: which are names of files, which are its title."""

from __future__ import annotations

import pytest

from scraper.page.induce.articles.ends import says_files
from scraper.page.induce.articles.files import tells_file
from scraper.page.induce.articles.no_title import is_no_title


@pytest.mark.parametrize(
    "text",
    [
        "(2023.07.11. 보도자료) 전통시장.hwp (112.5 KB) 다운로드 바로보기",
        "PDF 220911 통학로.pdf (파일크기: 431 KB) 파일받기",
        "지도.zip 내려받기",
    ],
)
def test_a_line_tells_a_file(text: str) -> None:
    assert tells_file(text)


@pytest.mark.parametrize(
    "text", ["사진은 3.5 MB까지 올릴 수 있습니다.", "계획서.hwp를 내려받아 쓰십시오.", "www.town.example 바로보기 없음"]
)
def test_a_line_tells_none(text: str) -> None:
    assert not tells_file(text)


def test_a_count_of_files_heads_them() -> None:
    assert says_files("첨부파일 (2) 첨부파일 한번에 내려받기")
    assert not says_files("첨부 서류 2부를 내야 합니다.")


@pytest.mark.parametrize("text", ["등록일 ㅣ 2024-04-12 담당부서 ㅣ 홍보협력과", "2025-10-20 ~ 2025-11-19"])
def test_facts_are_no_title(text: str) -> None:
    assert is_no_title(text)
