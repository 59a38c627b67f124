"""What is of a page's own site."""

from __future__ import annotations

import pytest
from page_documents import SEEN, document

from scraper.page.detect import detect
from scraper.page.site import is_same_site, own_address, site_of

ROWS = "".join(
    f'<tr><td>{at}</td><td><a href="http://www.paper.example/bbs/read.php?no={at}">{at}번째 저녁 이야기</a></td>'
    f"<td>한누리</td><td>2021.10.{at}</td><td>{at * 7}</td></tr>"
    for at in range(28, 18, -1)
)
HEADS = "<tr><th>번호</th><th>제목</th><th>글쓴이</th><th>날짜</th><th>조회</th></tr>"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://news.paper.co.kr/1", "paper.co.kr"),
        ("https://www.paper.kr:8080/", "paper.kr"),
        ("http://paper.kr", "paper.kr"),
        ("http://bbs.school.es.kr/", "school.es.kr"),
        ("http://co.kr/", "co.kr"),
        ("http://192.0.2.7/bbs", "192.0.2.7"),
        ("http://[2001:db8::1]/", "[2001:db8::1]"),
        ("http://localhost/", "localhost"),
        ("(어느 게시판)", ""),
    ],
)
def test_the_name_of_a_site(url: str, site: str) -> None:
    assert site_of(url) == site


def test_two_addresses_of_one_site() -> None:
    assert is_same_site("http://paper.or.kr/a", "https://www.paper.or.kr/b")
    assert not is_same_site("http://paper.or.kr/a", "http://other.or.kr/a")
    assert not is_same_site("http://192.0.2.7/", "http://192.0.3.7/")


@pytest.mark.parametrize(
    ("url", "head"),
    [
        ("http://paper.example/bbs/list.php", ""),
        ("http://m.paper.example/bbs/list.php", ""),
        ("http://copy.example/bbs/list.php", '<link rel="canonical" href="http://www.paper.example/bbs/list.php">'),
        ("http://copy.example/", '<meta property="og:url" content="http://www.paper.example/bbs/list.php">'),
    ],
)
def test_a_list_that_leads_to_another_host_of_its_site(url: str, head: str) -> None:
    page = document(f"<html><head>{head}</head><body><table>{HEADS}{ROWS}</table></body></html>", url)
    listing = detect(page, (), SEEN).listing
    assert listing is not None
    assert [row.ask and row.ask.url for row in listing.rows][:1] == ["http://www.paper.example/bbs/read.php?no=28"]


def test_rows_that_lead_to_a_strange_site_are_no_posts() -> None:
    page = document(f"<table>{HEADS}{ROWS}</table>", "http://board.example/links")
    assert detect(page, (), SEEN).listing is None


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (
            "<!doctype html>\n<!-- saved from url=(0031)http://paper.example/bbs?id=a -->",
            "http://paper.example/bbs?id=a",
        ),
        ('<link rel="canonical" href="https://paper.example/list">', "https://paper.example/list"),
        ('<meta property="og:url" content="https://paper.example/l">', "https://paper.example/l"),
        ('<link rel="canonical" href="/list">', None),
        ('<a href="http://x.example/1">1</a>' + '<a href="http://p.example/2">2</a>' * 3, "http://p.example/"),
        ("".join(f'<a href="http://share{n}.example/?u=1">나누기</a>' for n in range(4)), None),
        ('<a href="/1">1</a>', None),
        ('<a href="/1">1</a><a href="/2">2</a><a href="http://share.example/?u=1">나누기</a>', None),
    ],
)
def test_what_a_page_says_of_where_it_came_from(html: str, url: str | None) -> None:
    assert own_address(document(f"{html}<p>글</p>")) == url
