"""Signs that XpressEngine's family and WordPress boards taught: alerts, clicks that lead on, words alone in a pager."""

from __future__ import annotations

import pytest
from page_documents import SEEN, document, layout, table

from scraper.page.detect import detect
from scraper.page.links import open_link
from scraper.page.listing import read_listing
from scraper.page.pager import read_pager
from scraper.page.wall import read_wall_sign

GONE = layout(walls=[{"kind": "gone", "alert": "찾을 수 없습니다"}])
LIST = table([["1", '<a href="/view?no=1">물길</a>', "한누리", "2021-11-20", "7"]])


@pytest.mark.parametrize(
    ("script", "is_gone"),
    [
        ('addListener("load", function() { alert("대상을 찾을 수 없습니다."); });', True),
        ("alert('글을 찾을 수 없습니다');location.href='/';", True),
        ('var words = {"lost": "alert(\'찾을 수 없습니다\')"};', False),
        ("alert('저장하였습니다.');", False),
        ("function ask() { alert('찾을 수 없습니다'); }" + " var more = 1;" * 60, False),
    ],
)
def test_a_short_script_that_alerts_is_a_sign(script: str, is_gone: bool) -> None:
    page = document(LIST.replace("<body>", f"<body><script>{script}</script>"))
    wall = read_wall_sign(page, GONE, 200)
    assert (wall is not None and wall.kind == "gone" and "찾을 수 없습니다" in wall.message) is is_gone


@pytest.mark.parametrize(
    ("click", "url"),
    [
        ("window.location.href='/file?n=1'", "http://board.example/file?n=1"),
        ("location.replace('?mod=view&amp;no=3')", "http://board.example/bbs/list.php?mod=view&no=3"),
        ("document.location = '/a' + '/b'; return false", "http://board.example/a/b"),
        ("if(confirm('지울까요?')) location.href='/delete?no=1'", None),
        ("location.href = way + '/b'", None),
        ("location.href='javascript:void(0)'", None),
    ],
)
def test_a_click_that_sets_the_address_leads_there(click: str, url: str | None) -> None:
    page = document(f'<html><body><button onclick="{click}">보고서.pdf</button></body></html>')
    button = page.root.css_first("button")
    assert button is not None
    ask = open_link(page, layout(), button, "attachment")
    assert (ask.url if ask else None) == url


def test_a_next_link_alone_is_asked_for_as_it_stands() -> None:
    page = document(
        '<p class="p"><strong>1 / 9</strong> <a href="/m/page/2">다음</a></p>', url="http://board.example/m"
    )
    found = read_pager(page, layout(pages={"select": ".p a", "param": "page"}), None, 10)
    assert (found.page, found.next.url if found.next else None) == (1, "http://board.example/m/page/2")


def test_bold_numbers_of_rows_are_no_page_numbers() -> None:
    rows = "<li>Votes <b>0</b> Replies <b>3</b></li>" * 3
    pages = '<form><a class="this" href="/m">1</a> <a href="/m/page/2">2</a> <a href="/m/page/4">4</a></form>'
    page = document(f"<html><body><ol>{rows}</ol>{pages}</body></html>", url="http://board.example/m")
    found = read_pager(page, layout(), None, 10)
    assert (found.page, found.next.url if found.next else None) == (1, "http://board.example/m/page/2")


@pytest.mark.parametrize(
    ("cell", "posted"),
    [
        ('<td title="13:07">2021.11.20</td>', "2021-11-20"),
        ('<td title="13:07">2021.11.29</td>', "2021-11-29T13:07:00+09:00"),
        ('<td><span title="2021-11-20 13:07">11-20</span></td>', "2021-11-20T13:07:00+09:00"),
        ('<td><span title="2021-11-20 13:07:02">13:07</span></td>', "2021-11-20T13:07:02+09:00"),
    ],
)
def test_a_tooltip_makes_a_date_fuller_but_never_another(cell: str, posted: str) -> None:
    row = ["1", '<a href="/view?no=1">물길</a>', "한누리", cell, "7"]
    found = read_listing(document(table([row], ("번호", "제목", "글쓴이", "날짜", "조회"))), layout(), SEEN)
    assert str(found.rows[0].posted) == posted


def test_of_two_engines_that_read_a_page_alike_the_one_with_more_signs_is_meant() -> None:
    page = document(LIST)
    plain = layout(list={"signs": ["table"]})
    fuller = layout(name="fuller", list={"signs": ["table", "td"]})
    for engines in ((plain, fuller), (fuller, plain)):
        found = detect(page, engines, SEEN)
        assert found.layout is not None and found.layout.name == "fuller"


def test_a_list_with_the_sign_of_a_wall_is_a_wall() -> None:
    engine = layout(list={"signs": ["table"]}, walls=[{"kind": "gone", "alert": "없습니다"}])
    page = document(LIST.replace("<body>", "<body><script>alert('글이 없습니다');</script>"))
    found = detect(page, [engine], SEEN)
    assert (found.kind, found.wall.kind if found.wall else None) == ("wall", "gone")
