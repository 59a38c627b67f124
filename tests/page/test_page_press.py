"""The press CMS and the boards of public bodies: which engine reads what, and the mechanisms that they brought."""

from __future__ import annotations

import pytest
from fixture_cases import Case, find_cases
from page_documents import SEEN
from page_documents import document as document_of

from scraper.models import Ask
from scraper.page.article import read_article
from scraper.page.calls import call_of, resolve
from scraper.page.document import Document
from scraper.page.layout import find_engines, layout_from
from scraper.page.links import board_url, open_link, read_row_link
from scraper.page.listing import read_listing
from scraper.page.parts import Layout

OURS = {
    "ndsoft", "ndsoft-block", "ndsoft-table", "sub-read", "mediaon", "egov", "k2web", "ybscript", "ybscript-cards",
    "siiru", "korcham",
}  # fmt: skip
CASES = find_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_engine_reads_its_own_fixtures_and_no_others(case: Case) -> None:
    expected = case.expected() or {}
    own = case.folder.parent.name
    if own not in OURS:
        assert expected.get("engine") not in OURS
    elif expected.get("kind") in ("listing", "article"):
        assert expected["engine"] == own


def page(inner: str, script: str = "", url: str = "http://board.example/list.do?bbsId=B1&pageIndex=1") -> Document:
    return document_of(f"<html><head><script>\n{script}\n</script></head><body>{inner}</body></html>", url=url)


def clicked(document: Document, layout: Layout | None = None) -> Ask | None:
    return open_link(document, layout or Layout("any"), document.root.css("a, button, td[onclick]")[0], "article")


FORM = (
    '<form name="frm" method="post" action="/list.do"><input name="nttId" value="">'
    '<input name="bbsId" value="B1"></form>'
)
GO = """function go(id){ var f = document.frm; f.nttId.value = id; f.action = VIEW; f.submit(); }"""


@pytest.mark.parametrize(
    ("declared", "path"),
    [
        ('var VIEW = "/view.do";', "/view.do"),
        ("const VIEW = '/view.do;jsessionid=0A1B';", "/view.do;jsessionid=0A1B"),
        ("var VIEW = base + '/view.do';", None),
    ],
)
def test_an_address_in_a_variable_of_the_page(declared: str, path: str | None) -> None:
    document = page(f"{FORM}<a href=\"javascript:go('7')\">글</a>", f"{declared}\n{GO}")
    ask = clicked(document)
    sent = Ask(f"http://board.example{path}", "article", "POST", b"nttId=7&bbsId=B1", document.url)
    assert ask == (sent if path else None)  # where a form is sent that cannot be told is not guessed


def test_a_semicolon_inside_quotes_ends_no_statement() -> None:
    script = "function go(id){ location.href = '/view.do;jsessionid=0A1B?nttId=' + id; }"
    ask = clicked(page("<a href=\"javascript:go('7')\">글</a>", script))
    assert ask is not None and ask.url == "http://board.example/view.do;jsessionid=0A1B?nttId=7"


@pytest.mark.parametrize(
    ("click", "arguments"),
    [
        ("down('/f|3','사진 (2).jpg')", ("/f|3", "사진 (2).jpg")),
        (r"down('/f|3','그의 \'원본\' (최종).hwp'); return false;", ("/f|3", "그의 '원본' (최종).hwp")),
        ("down(3)", ("3",)),
    ],
)
def test_brackets_and_quotes_inside_an_argument(click: str, arguments: tuple[str, ...]) -> None:
    document = page("<a href='#'>파일</a>")
    node = document.root.css("a")[0]
    node.attrs["onclick"] = click
    call = call_of(node)
    assert call is not None and call.arguments == arguments


def test_the_page_itself_knows_better_than_the_layout_what_its_function_does() -> None:
    known = {"down": "/cmm/FileDown.do?id={0}&sn={1}"}
    own = "function down(a, b){ window.open('/school/down.do?id=' + a + '&sn=' + b); }"
    link = "<a href=\"javascript:down('F1','2')\">파일</a>"
    for script, url in ((own, "/school/down.do?id=F1&sn=2"), ("", "/cmm/FileDown.do?id=F1&sn=2")):
        document = page(link, script)
        call = call_of(document.root.css("a")[0])
        assert call is not None
        ask = resolve(document, call, "attachment", known)
        assert ask is not None and ask.url == f"http://board.example{url}"


@pytest.mark.parametrize(
    "click", ["window.open('/down/7/1/a.hwp?pkey=x', '_blank')", "location.href='/down/7/1/a.hwp?pkey=x'"]
)
def test_a_button_that_names_its_address_itself(click: str) -> None:
    ask = clicked(page(f'<button onclick="{click}">다운로드</button>'))
    assert ask is not None and ask.url == "http://board.example/down/7/1/a.hwp?pkey=x"


@pytest.mark.parametrize(
    "click", ["fnView('BBSMSTR_000000000012', '2154')", "fn_inqire('2154','BBSMSTR_000000000012')"]
)
def test_the_post_among_the_arguments_of_a_call(click: str) -> None:
    document = page(f'<a href="#" onclick="{click}">글</a>')
    layout = layout_from({"name": "x", "identity": {"key": [r"argument:^(\d{2,})$"]}}, "x")
    assert read_row_link(document, layout, document.root.css("a")) == ("2154", None)


def test_what_is_sent_tells_the_key_before_the_call_does() -> None:
    document = page(f"{FORM}<a href=\"javascript:go('7','99')\">글</a>", f"var VIEW = '/view.do';\n{GO}")
    layout = layout_from({"name": "x", "identity": {"key": ["query:nttId", "call:1"]}}, "x")
    linked = read_row_link(document, layout, document.root.css("a"))
    assert linked is not None and linked[0] == "7"


def test_a_pager_link_of_a_page_number_alone_keeps_the_board() -> None:
    layout = layout_from({"name": "x", "identity": {"board_keep": ["bbsId", "menuNo"]}}, "x")
    document = page('<a href="?pageIndex=2">2</a>')
    node = document.root.css("a")[0]
    asks = [open_link(document, layout, node, "listing"), open_link(document, layout, node, "article")]
    assert [ask.url for ask in asks if ask] == [
        "http://board.example/list.do?pageIndex=2&bbsId=B1",
        "http://board.example/list.do?pageIndex=2",
    ]


@pytest.mark.parametrize(
    ("engine", "article", "board"),
    [
        (
            "egov",
            "/cop/bbs/selectBoardArticle.do;jsessionid=0A?bbsId=B1&nttId=7",
            "/cop/bbs/selectBoardList.do?bbsId=B1",
        ),
        ("k2web", "/bbs/cse/775/5737/artclView.do?layout=unknown", "/bbs/cse/775/artclList.do"),
        ("siiru", "/boardView.do?pageId=w1&boardId=B1&seq=7&movePage=1", "/boardList.do?pageId=w1&boardId=B1"),
        ("sub-read", "/sub_read.html?uid=7&section=sc4&section2=%BB%E7", "/sub.html?section=sc4&section2=%BB%E7"),
        ("ybscript", "/www/news/press?idx=7&mode=view", "/www/news/press"),
    ],
)
def test_the_board_of_an_article(engine: str, article: str, board: str) -> None:
    layout = find_engines()[engine]
    assert board_url(layout, f"http://board.example{article}") == f"http://board.example{board}"


FILES = {
    "name": "x",
    "article": {
        "scope": "main",
        "title": "h1",
        "files": {
            "select": "li",
            "link": "button[onclick*='/down/']",
            "name": ".name",
            "key": [r"path:/down/\d+/(\d+)/"],
        },
    },
}


def test_a_file_whose_name_stands_beside_its_button() -> None:
    item = (
        '<li><span class="name">{0}</span><span>[hwp,3 KB][0 hit]</span>'
        "<button onclick=\"window.open('/down/7/{1}/x?pkey=k')\">다운로드</button>"
        "<button onclick=\"window.open('/Viewer/{1}')\">미리보기</button></li>"
    )
    inner = f"<main><h1>글</h1><ul>{item.format('안내문', 31)}{item.format('신청서.hwp', 32)}</ul></main>"
    document = page(inner)
    article = read_article(document, layout_from(FILES, "x"), SEEN)
    assert [(file.key, file.name, file.ask.url) for file in article.attachments] == [
        ("31", "안내문", "http://board.example/down/7/31/x?pkey=k"),
        ("32", "신청서.hwp", "http://board.example/down/7/32/x?pkey=k"),
    ]


def test_an_element_that_two_parts_of_a_selector_match_is_one_row() -> None:
    layout = layout_from(
        {
            "name": "x",
            "identity": {"key": ["query:no"]},
            "list": {"rows": ".box, div > .box", "cells": [], "fields": {"title": "a"}},
        },
        "x",
    )
    boxes = "".join(f'<p class="box"><a href="/view?no={n}">글 {n}</a></p>' for n in (3, 2, 1))
    listing = read_listing(page(f"<div>{boxes}</div>"), layout, SEEN)
    assert [row.key for row in listing.rows] == ["3", "2", "1"]


def test_next_that_leads_to_the_page_itself_ends_the_list() -> None:
    row = '<tr><td>{0}</td><td><a href="/view?no={0}">글 {0}</a></td><td>2021.11.{0}</td></tr>'
    rows = "".join(row.format(n) for n in (12, 11))
    pager = '<p>{0}</p><a href="/list?page=1">1</a><b>2</b><a href="/list?page={1}">다음</a>'
    layout = layout_from({"name": "x", "identity": {"key": ["query:no"]}, "list": {"total": "p"}}, "x")
    for onward, last in ((2, None), (3, "http://board.example/list?page=3")):
        document = page(
            f"<table>{rows}</table>{pager.format('총 12건', onward)}", url="http://board.example/list?page=2"
        )
        listing = read_listing(document, layout, SEEN)
        assert (listing.next.url if listing.next else None) == last
