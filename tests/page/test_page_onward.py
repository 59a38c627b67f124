"""Pages that show no board themselves: where they lead."""

from __future__ import annotations

from datetime import datetime

import pytest

from scraper.models import KST, Page
from scraper.page.document import parse
from scraper.page.onward import leads_to

MENU = "<ul>" + "".join(f"<li><a href='/m{n}'>솔내군의 소식과 알림 {n}번째 차림</a></li>" for n in range(20)) + "</ul>"


def led(body: str, head: str = "") -> tuple[str, ...]:
    html = f"<!doctype html><html><head><title>솔내신문</title>{head}</head>{body}</html>"
    page = Page("http://paper.example/", 200, (), html.encode(), datetime(2026, 11, 20, 3, tzinfo=KST))
    return leads_to(parse(page))


@pytest.mark.parametrize(
    ("body", "urls"),
    [
        ("<frameset rows='0,*'><frame src='top.html'><frame src='/bbs/zboard.php?id=a'></frameset>",
         ("top.html", "bbs/zboard.php?id=a")),
        ("<frameset rows='*'><frame src='/a'><noframes>" + "틀을 지원하지 않습니다. " * 40 + "</noframes></frameset>",
         ("a",)),
        ("<body onload=\"location.replace('/main.jsp')\"></body>", ("main.jsp",)),
        ("<body><script>document.location.href = '/main.asp';</script></body>", ("main.asp",)),
        ("<script>var home = '/kr/'; function go() { location.href = '/en/'; } location = home + 'index.do';</script>",
         ("kr/index.do",)),
        ("<script>window.onload = function () { if (top == self) { location.href = '/a'; } }</script>", ("a",)),
        ("<body><script>window.open('/popup.html', 'p', 'width=300');</script></body>", ()),
        ("<body><iframe src='/count.php' width='0' height='0'></iframe></body>", ()),
        ("<body><iframe src='/ad' style='display: none'></iframe></body>", ()),
        ("<body><iframe src='/bbs/list.php' width='100%' height='900'></iframe></body>", ("bbs/list.php",)),
        ("<body><iframe src='about:blank'></iframe><iframe src='javascript:0'></iframe></body>", ()),
        ("<body>오늘은 쉽니다.</body>", ()),
    ],
)  # fmt: skip
def test_where_a_bare_page_leads(body: str, urls: tuple[str, ...]) -> None:
    assert led(body) == tuple(f"http://paper.example/{url}" for url in urls)


@pytest.mark.parametrize(
    ("content", "urls"),
    [
        ("0;url=/main", ("/main",)),
        ("3; URL='/main'", ("/main",)),
        ("0, url=/main", ("/main",)),
        ("60", ()),
        ("", ()),
        ("0;url=http://paper.example/", ()),
    ],
)
def test_a_refresh_leads_where_it_names_another_page(content: str, urls: tuple[str, ...]) -> None:
    head = f'<meta http-equiv="Refresh" content="{content}">'
    assert led("<body></body>", head) == tuple(f"http://paper.example{url}" for url in urls)


def test_a_page_with_a_text_leads_only_to_frames_of_its_own_site() -> None:
    body = (
        "<iframe src='http://www.paper.example/bbs'></iframe><iframe src='http://film.example/v'></iframe>"
        "<script>location.href = '/other'</script>"
    )
    assert led(f"<body>{MENU}{body}</body>") == ("http://www.paper.example/bbs",)
    assert led(f"<body>{body}</body>") == (
        "http://www.paper.example/bbs", "http://film.example/v", "http://paper.example/other",
    )  # fmt: skip
