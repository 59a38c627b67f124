"""The pager's element in an induced layout: named only where it is sure, and never what decides how a page reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_documents import SEEN, document, layout, table

from scraper.page.document import Document
from scraper.page.induce.lists.paging import ways_on, with_pager_named
from scraper.page.layout import layout_from, layout_values
from scraper.page.listing import read_listing
from scraper.page.pager import page_ask

LIST = "http://board.example/list?code=c"
LAST = 9
ROWS = 5


def page(here: int, around: str = '<p class="nums">{}</p>', menu: str = "") -> Document:
    """That page of a board, its pager in ``around``."""
    first = LAST * ROWS - (here - 1) * ROWS
    rows = [[str(n), f'<a href="view?no={n}">이장단의 {n}번째 편지</a>', "2020-03-04"]
            for n in range(first, first - ROWS, -1)]  # fmt: skip
    numbers = "".join(
        f"<b>{n}</b>" if n == here else f'<a href="list?code=c&amp;page={n}">{n}</a>' for n in range(1, LAST + 1)
    )
    url = LIST if here == 1 else f"{LIST}&page={here}"
    return document(table(rows, ["번호", "제목", "날짜"], menu + around.format(numbers)), url=url)


@pytest.mark.parametrize(
    ("around", "scope"),
    [
        ('<p class="nums">{}</p>', "p.nums"),
        ('<div id="paging"><ul>{}</ul></div>', "#paging > ul"),
        ("<div class=foot><p>{}</p></div>", "div.foot > p"),
        ("<p>{}</p>", None),  # known by its place alone
        ("<p class=n><i></i></p><p class=n>{}</p>", None),  # one of two
        ("<p class=n{{0}}>{}</p>", None),
        ("{}", None),  # straight in the body
    ],
)
def test_the_pager_is_named_by_an_id_or_a_class_that_both_pages_have(around: str, scope: str | None) -> None:
    pages = [page(n, around.replace("{{0}}", f"abc{n}x{n}")) for n in (1, 2)]
    assert with_pager_named(layout(), pages, SEEN).pages.scope == scope


def test_one_page_alone_names_no_pager() -> None:
    assert with_pager_named(layout(), [page(1)], SEEN) == layout()


def test_an_element_without_the_mark_of_the_page_is_none_of_the_pager() -> None:
    """The address of these pages says nothing: which page it is stands beside the links."""
    numbers = '<span class="links">{}</span>'
    pages = [page(n, f"<div class=foot><b>{n}</b>{numbers}</div>") for n in (1, 2)]
    pages = [replace(each, url=LIST) for each in pages]
    named = with_pager_named(layout(), pages, SEEN)
    assert [read_listing(each, named, SEEN) for each in pages] == [read_listing(each, layout(), SEEN) for each in pages]


@pytest.mark.parametrize("here", range(1, LAST + 1))
@pytest.mark.parametrize(
    "around", ['<p class="nums">{}</p>', '<div class="pages">{}</div>', '<p class="nums"></p><div>{}</div>']
)
def test_a_page_reads_the_same_with_the_name_and_without(around: str, here: int) -> None:
    """Also where the element is not there, or is empty: then the whole page is looked at."""
    named = with_pager_named(layout(), [page(1), page(2)], SEEN)
    assert named.pages.scope == "p.nums"
    shown = page(here, around)
    assert read_listing(shown, named, SEEN) == read_listing(shown, layout(), SEEN)
    assert page_ask(shown, named, 7) == page_ask(shown, layout(), 7)


def test_links_elsewhere_are_not_looked_at_where_the_pager_is_named() -> None:
    named = with_pager_named(layout(), [page(1), page(2)], SEEN)
    menu = '<a href="list?code=c&amp;page=40">40</a>'
    assert read_listing(page(LAST, menu=menu), named, SEEN).next is None
    assert read_listing(page(LAST, menu=menu), layout(), SEEN).next is not None


def test_the_name_is_kept_with_the_layout() -> None:
    named = with_pager_named(layout(), [page(1), page(2)], SEEN)
    assert layout_from(layout_values(named), "test") == named


def nexts(page: Document, total: str = "") -> list[str]:
    """Where the next page would be, by each way to try on this one."""
    plain = layout(list={"total": ".all"}) if total else layout()
    ways = ways_on(page, plain, read_listing(page, plain, SEEN), SEEN)
    told = [read_listing(page, way, SEEN).next for way in ways]
    return [ask.url for ask in told if ask is not None]


def test_a_link_to_a_page_may_lack_what_names_the_board() -> None:
    rows = [[str(n), f'<a href="view?no={n}">이장단의 {n}번째 편지</a>', "2020-03-04"] for n in range(9, 4, -1)]
    pager = '<p class="nums"><b>1</b> <a href="?page=2" onclick="go(2); return false">2</a></p>'
    page = document(table(rows, ["번호", "제목", "날짜"], pager), url=LIST)
    assert nexts(page) == ["http://board.example/list?page=2&code=c"]


def test_where_only_a_script_shows_the_pager_its_parameter_is_in_a_form_or_in_the_links_to_posts() -> None:
    rows = [[str(n), f'<a href="view?no={n}&nPage=1">이장단의 {n}번째 편지</a>', "2020-03-04"] for n in range(9, 4, -1)]
    form = '<p class="all">총 9건</p><form><input type=hidden name=movePage value=""></form><div class=paging></div>'
    page = document(table(rows, ["번호", "제목", "날짜"], form), url=LIST)
    assert nexts(page, "9") == [f"{LIST}&movePage=2", f"{LIST}&nPage=2"]
