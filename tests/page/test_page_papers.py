"""Papers of which only the addresses are known: no engine is made up for them, but their posts are told apart."""

from __future__ import annotations

import pytest
from page_documents import SEEN, document, table

from scraper.models import SURE
from scraper.page.detect import detect
from scraper.page.layout import find_engines
from scraper.page.links import board_url

TITLES = (
    "강둑을 걷는 사람들",
    "장터의 아침",
    "[기고] 물길을 다시",
    "도서관에 불을",
    "[사설] 예산은 누구의 것인가",
    "빈집을 어찌할까",
)

ADDRESSES = [
    ("/news/all.php?page=5", "/news/view.php?idx={}&page=5", "query:idx", "/news/all.php", "/news/view.php?idx={}"),
    ("/m/all.php", "view.php?idx={}", "query:idx", "/m/all.php", "/m/view.php?idx={}"),
    (
        "/ynews_list.php?code=NS04&page=2",
        "ynews_view.php?code=NS04&pid={}&page=2",
        "query:pid",
        "/ynews_list.php?code=NS04",
        "/ynews_view.php?code=NS04&pid={}",
    ),
    (
        "/ArticleList.asp?ASection=3",
        "ArticleView.asp?intNum={}&ASection=3",
        "query:intNum",
        "/ArticleList.asp?ASection=3",
        "/ArticleView.asp?intNum={}&ASection=3",
    ),
    ("/opinion", "/{}", r"path:/(\d+)$", "/opinion", "/{}"),
]


@pytest.mark.parametrize(("listed", "link", "key", "board", "view"), ADDRESSES)
def test_a_paper_that_no_engine_knows_has_keys_and_a_board(
    listed: str, link: str, key: str, board: str, view: str
) -> None:
    ids = [str(3201 - 7 * n) for n in range(len(TITLES))]
    rows = [
        (f"<td><a href='{link.format(number)}'>{title}</a></td>", "한누리", f"2021-11-{19 - n:02}")
        for n, (number, title) in enumerate(zip(ids, TITLES, strict=True))
    ]
    html = table(rows, ("제목", "글쓴이", "날짜"), after=f"<b>5</b> <a href='{listed.partition('?')[0]}?page=6'>6</a>")
    host = "http://deulnyeok.example"
    page = document(html.encode("cp949"), host + listed, b"text/html; charset=euc-kr")
    found = detect(page, find_engines().values(), SEEN)
    assert found.layout is not None
    assert found.listing is not None
    assert found.confidence >= SURE
    assert found.layout.identity.key == (key,)
    assert [row.key for row in found.listing.rows] == ids
    assert [row.ask.url for row in found.listing.rows if row.ask] == [host + view.format(number) for number in ids]
    assert board_url(found.layout, page.url) == host + board
