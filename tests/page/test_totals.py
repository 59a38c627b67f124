"""read_totals: what a list says about its own size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.page.totals import Totals, read_totals


@pytest.mark.parametrize(
    ("text", "total", "last_page", "page"),
    [
        ("[오늘 0 / 전체 81]", 81, None, None),
        ("총 2477건, 248페이지 중 1페이지 10건 입니다.", 2477, 248, 1),
        ("총 625 개의 게시물이 있습니다.", 625, None, None),
        ("전체 1,670 개의 게시물", 1670, None, None),
        ("전체 2143", 2143, None, None),
        ("전체게시글 : 15,367 / 전체페이지 : 1,537", 15367, 1537, None),
        ("게시물수 7,774건", 7774, None, None),
        ("기사 (전체 177건)", 177, None, None),
        ("기사 (42,621건)", 42621, None, None),
        ("Total 1,437건 1 페이지", 1437, None, 1),
        ("Total 45건\n\t1 페이지", 45, None, 1),
        ("Total 636 Page 1 / 32", 636, 32, 1),
        ("페이지 1 / 409", None, 409, 1),
        ("icon 8 icon 1/1", 8, 1, 1),
        ("8 1/1", 8, 1, 1),
        ("1 / 63", None, 63, 1),
        ("1/21", None, 21, 1),
        ("(1/2)", None, 2, 1),
        ("전체 537건 / 3 페이지", 537, None, 3),
        ("총 23건", 23, None, None),
        ("총 314건 이 검색되었습니다.", 314, None, None),
        ("총 64건의 이야기가 있습니다.", 64, None, None),
        ("1–10 of 58", 58, None, None),
        ("11 - 20 of 1,204", 1204, None, None),
        ("총 0건", 0, None, None),
        ("총 게시물 : 12 건", 12, None, None),
        ("총게시물 12, 페이지 1/2", 12, 2, 1),
        ("총 12건 (1/2)", 12, 2, 1),
        ("전체 12건 [1/2 페이지]", 12, 2, 1),
        ("Total : 12", 12, None, None),
        ("전체(12)", 12, None, None),
        ("전체글 : 12", 12, None, None),
        ("등록된 글 12개", 12, None, None),
        ("총 12개의 글이 있습니다.", 12, None, None),
        ("총 10페이지", None, 10, None),
        ("총 12건 / 총 2페이지", 12, 2, None),
        ("1페이지 / 10페이지", None, 10, 1),
        ("Page 1 of 10", None, 10, 1),
        ("현재 페이지 1/10", None, 10, 1),
        ("총 게시물 수 1523 / 총 페이지 수 102", 1523, 102, None),
        ("Total : 1405 / Page : 1", 1405, None, 1),
        ("/ 6,572 페이지", None, 6572, None),
        ("현재 페이지 2", None, None, 2),
        ("전체 : 12 / 현재 : 1", 12, None, 1),
        ("총\xa0６２５\xa0개", 625, None, None),
        ("500개(1/34페이지)", 500, 34, 1),
        ("총 건수 1,204건", 1204, None, None),
        ("총 등록건수 : 1,204", 1204, None, None),
        ("검색결과 1,204건", 1204, None, None),
        ("총 1,204건의 게시물이 등록되어 있습니다.", 1204, None, None),
        ("주제 214개 • 18 페이지 중 1 페이지", 214, 18, 1),
    ],
)
def test_phrases(text: str, total: int | None, last_page: int | None, page: int | None) -> None:
    assert read_totals(text) == Totals(total, last_page, page)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "81",
        "전체메뉴",
        "전체 보기",
        "전체",
        "2021.10.24",
        "2021/10/24",
        "21-10-24",
        "오늘날짜: 2021년 11월 29일",
        "4.15 총선",
        "전체 4.15",
        "교통사고 총 23건 발생",
        "글 쓰는 법 3/4분기",
        "총 12명",
        "댓글 3개",
        "24/7",
        "03/03",
        "2페이지",
        "page 2",
        "today 129 total 30276",
        "0 / 5",
        "총 3,1 건",
        "총 99999999999999999999건",
        "전체 81 " + "가" * 200,
    ],
)
def test_other_texts(text: str) -> None:
    assert read_totals(text) is None


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.integers(0, 10**6))
def test_what_was_written_is_read(total: int, page: int, more: int) -> None:
    text = f"총 {total:,}건, {page + more:,}페이지 중 {page:,}페이지"
    assert read_totals(text) == Totals(total, page + more, page)


@given(st.text("현재총전체 건개의게시물0123456789,./[]()페이지pagetotal중", max_size=30))
def test_never_raises_and_pages_make_sense(text: str) -> None:
    totals = read_totals(text)
    if totals is not None:
        assert totals.total is not None or totals.last_page is not None or "현재" in text
        assert totals.page is None or totals.last_page is None or 1 <= totals.page <= totals.last_page
