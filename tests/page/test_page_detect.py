"""Which of two relatives a page is: by what its source declares, whatever its skin calls things."""

from __future__ import annotations

import pytest
from page_documents import SEEN, document, table

from scraper.page.detect import detect
from scraper.page.layout import find_engines

ROWS = "".join(
    f"<tr><td>{number}</td><td><a href='board.php?bo_table=opinion&amp;wr_id={number * 3}'>제목 {number}</a></td>"
    f"<td>글쓴이{number}</td><td>2016-07-{number:02d}</td><td>{number * 11}</td></tr>"
    for number in range(9, 0, -1)
)
HEADER = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th><th>조회</th></tr>"


@pytest.mark.parametrize(("declared", "engine"), [("g4_path", "gnuboard4"), ("g5_url", "gnuboard5")])
def test_a_themed_gnuboard_is_told_by_its_script_variables(declared: str, engine: str) -> None:
    page = document(
        f"<html><head><script>var {declared} = '/bbs';</script></head>"
        f"<body><table class='mine'>{HEADER}{ROWS}</table></body></html>",
        "http://paper.example/bbs/board.php?bo_table=opinion",
    )
    found = detect(page, find_engines().values(), SEEN)
    assert found.layout is not None
    assert found.layout.name == engine
    assert found.listing is not None
    assert [row.author for row in found.listing.rows] == [f"글쓴이{number}" for number in range(9, 0, -1)]


def test_names_beside_links_are_no_list_before_a_post_was_seen() -> None:
    rows = [[f'<a href="/view?no={900 - at}">{at}번째 글의 제목</a>', f"최누리{at}"] for at in range(8)]
    found = detect(document(table(rows)), (), SEEN)
    assert found.kind == "unknown"


def test_a_list_of_which_most_rows_lead_elsewhere_is_read_with_doubt() -> None:
    links = [f"https://office{at}.example/notice/{at}/read.do" for at in range(5)] + ["/bbs/read.do?nttNo=98571"]
    rows = "".join(
        f"<tr><td>{4611 - at}</td><td><a href='{link}'>[기관{at}] 조리원 채용 공고</a></td>"
        f"<td>2021.07.{20 - at}.</td><td>{at * 7}</td></tr>"
        for at, link in enumerate(links)
    )
    head = "<thead><tr><th>번호</th><th>제목</th><th>게시일</th><th>조회</th></tr></thead>"
    page = document(f"<html><body><table class=t>{head}<tbody>{rows}</tbody></table></body></html>")
    assert detect(page, find_engines().values(), SEEN).confidence < 0.8
