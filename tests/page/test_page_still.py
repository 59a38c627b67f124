"""A page at rest keeps what can be read and loses all that runs or loads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from scraper.errors import Undecodable
from scraper.models import Page
from scraper.page.still import still

AWAY = "http://away.example/"
ACTIVE = f"""<!DOCTYPE html><html><head><meta charset="euc-kr"><title>[기고] 강가의 하루</title>
<base href="{AWAY}"><link rel="preconnect" href="{AWAY}"><link rel="stylesheet" href="{AWAY}a.css">
<meta http-equiv="refresh" content="0;url={AWAY}"><style>@import url({AWAY}b.css); p {{color: red}}</style>
<style>p {{ color: navy }}</style><script src="{AWAY}a.js"></script></head>
<body background="{AWAY}bg.gif" onload="go()">
<p style="background: URL({AWAY}c.gif)" onclick="go()">강물은 <b>흐른다</b></p>
<p style="color: red">둘째 문단</p><img src="{AWAY}1.jpg" srcset="{AWAY}2.jpg 2x" alt="강">
<img src="data:image/png;base64,AAAA">
<iframe src="{AWAY}"></iframe><object data="{AWAY}"></object><video poster="{AWAY}"><source src="{AWAY}"></video>
<form action="{AWAY}"><button formaction="{AWAY}">보내기</button></form>
<a href="{AWAY}next" ping="{AWAY}">다음 글</a>
<a href="java&#10;script:go()">나쁜 고리</a><svg><image href="{AWAY}"/><use xlink:href="{AWAY}#a"/></svg>
<noscript><img src="{AWAY}"></noscript><input type="image" src="{AWAY}">
<table background="{AWAY}"><tr><td>칸</td></tr></table>
<p style="background: \\75rl({AWAY})">셋째</p><script>document.title = "ran"</script></body></html>"""


def page(html: str, charset: str = "cp949") -> Page:
    headers = ((b"Content-Type", b"text/html; charset=euc-kr"),)
    return Page("http://news.example/1", 200, headers, html.encode(charset), datetime(2026, 11, 3, tzinfo=UTC))


def test_only_links_lead_away() -> None:
    tree = LexborHTMLParser(still(page(ACTIVE)))
    assert tree.root is not None
    away = [
        (node.tag, name)
        for node in tree.root.traverse()
        for name, value in node.attributes.items()
        if AWAY in (value or "")
    ]
    assert away == [("a", "href")]
    assert not tree.css("script, link, meta[http-equiv], base, iframe, object, video, noscript")
    assert not [name for node in tree.root.traverse() for name in node.attributes if name.startswith("on")]
    assert "javascript" not in still(page(ACTIVE)).lower().replace("\n", "")
    assert [node.text().strip() for node in tree.css("style")] == ["p { color: navy }"]


def test_what_can_be_read_stays() -> None:
    shown = still(page(ACTIVE))
    tree = LexborHTMLParser(shown)
    assert tree.css_first("title").text() == "[기고] 강가의 하루"
    for word in ("강물은", "흐른다", "둘째 문단", "다음 글", "나쁜 고리", "칸", "셋째", "data:image/png"):
        assert word in shown
    assert 'style="color: red"' in shown


@pytest.mark.parametrize("body", ["", "%PDF-1.4 ...", "<div>" * 100_000])
def test_what_is_no_page_is_refused(body: str) -> None:
    with pytest.raises(Undecodable):
        still(page(body))


def test_the_words_of_an_icon_stay() -> None:
    assert '<i class="material-icons">visibility</i> 31' in still(
        page('<p><i class="material-icons">visibility</i> 31</p>')
    )
