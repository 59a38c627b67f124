"""The pagers of Korean boards: links, calls, forms, offsets, groups, images, and lists at their end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_documents import document, layout

from scraper.models import Ask
from scraper.page.controls import controls_of, find_all, read_control
from scraper.page.document import ids
from scraper.page.layout import Layout, find_engines
from scraper.page.pager import Pager, page_ask, read_pager
from scraper.page.totals import Totals

HOST = "http://board.example"
LIST = f"{HOST}/list?code=c"


def pager(html: str, url: str = LIST, total: int | None = None, per_page: int = 10, plain: Layout | None = None,
          lowest: int | None = None, totals: Totals | None = None) -> Pager:  # fmt: skip
    stated = totals or (Totals(total) if total is not None else None)
    return read_pager(
        document(f"<html><body>{html}</body></html>", url=url), plain or layout(), stated, per_page, lowest
    )


def links(numbers: range, here: int, href: str = "?code=c&amp;page={}", label: str = "{}") -> str:
    return " ".join(
        f"<strong>{label.format(n)}</strong>" if n == here else f'<a href="{href.format(n)}">{label.format(n)}</a>'
        for n in numbers
    )


def url_of(found: Pager) -> str | None:
    return found.next.url if found.next else None


@pytest.mark.parametrize("label", ["{}", "[{}]", "<span>{}</span>", "{}<span>페이지</span>"])
def test_plain_links_lead_on(label: str) -> None:
    found = pager(links(range(1, 4), 1, label=label))
    assert (found.page, url_of(found)) == (1, f"{LIST}&page=2")


def test_the_last_page_has_no_next() -> None:
    found = pager(links(range(1, 4), 3), url=f"{LIST}&page=3", per_page=4)
    assert found == Pager(3, 3, None)


def test_one_page_without_a_pager_is_the_last() -> None:
    assert pager("", total=7, per_page=7) == Pager(1, 1, None)
    assert pager("", per_page=7) == Pager(1, 1, None)


def test_an_end_link_names_the_last_page() -> None:
    html = links(range(1, 11), 1) + '<a href="?code=c&amp;page=11">다음</a> <a href="?code=c&amp;page=248">맨끝</a>'
    found = pager(html)
    assert (found.page, found.last_page, url_of(found)) == (1, 248, f"{LIST}&page=2")


def test_a_form_leads_to_every_page_and_end_to_the_one_that_is_shown() -> None:
    """The address is the same for all; the page is the number that stands out."""
    html = links(range(11, 21), 20, href="javascript:page_link('{}')")
    html = f"<a href=\"javascript:page_link('1')\">처음</a> {html} <a href=\"javascript:page_link('20')\">끝</a>"
    form = '<form method="post" action="/list"><input type="hidden" name="page" value="20">{}</form>'
    found = pager(form.format(html), f"{HOST}/list")
    assert (found.page, found.last_page, found.next) == (20, 20, None)


@pytest.mark.parametrize("kind", ["", ' class="btn07"', ' title="이동"'])
@pytest.mark.parametrize(("onward", "last"), [("&gt;", "&gt;&gt;"), ("→", "»"), ("다음", "끝")])
def test_a_bare_mark_leads_on_whatever_its_class_is(onward: str, last: str, kind: str) -> None:
    html = links(range(1, 6), 5) + f'<a{kind} href="?code=c&amp;page=6">{onward}</a>'
    found = pager(html, f"{LIST}&page=5")
    assert (found.last_page, url_of(found)) == (None, f"{LIST}&page=6")
    found = pager(f'{html}<a{kind} href="?code=c&amp;page=7">{last}</a>', f"{LIST}&page=5")
    assert (found.last_page, url_of(found)) == (7, f"{LIST}&page=6")


@pytest.mark.parametrize("group", [5, 9, 10])
def test_at_the_end_of_a_group_the_next_link_leads_on(group: int) -> None:
    for n in (group, 2 * group):
        numbers = range(n - group + 1, n + 1)
        html = links(numbers, n) + f'<a href="?code=c&amp;page={n + 1}"><img src="/i/next.gif" alt="다음"></a>'
        found = pager(html, url=f"{LIST}&page={n}")
        assert (found.page, url_of(found)) == (n, f"{LIST}&page={n + 1}")


def test_a_next_link_that_points_back_leads_nowhere() -> None:
    html = links(range(11, 14), 13) + '<a href="?code=c&amp;page=13">다음</a><a href="?code=c&amp;page=13">마지막</a>'
    assert pager(html, url=f"{LIST}&page=13") == Pager(13, 13, None)


def test_a_page_past_the_last_leads_nowhere() -> None:
    html = '<a href="?code=c&amp;page=1">처음</a> <a href="?code=c&amp;page=90">이전</a>'
    assert pager(html, url=f"{LIST}&page=99", total=17, per_page=0) == Pager(99, None, None)


def test_images_in_place_of_numbers_are_counted_by_the_total() -> None:
    html = " ".join(f'<a href="?code=c&amp;page={n}"><img src="/i/p{n}.gif"></a>' for n in range(2, 10))
    found = pager(html, total=81)
    assert (found.page, found.last_page, url_of(found)) == (1, 9, f"{LIST}&page=2")


def test_without_any_pager_the_total_tells_that_there_is_more() -> None:
    plain = layout(pages={"param": "page"})
    found = pager("", total=81, plain=plain)
    assert (found.last_page, url_of(found)) == (9, f"{LIST}&page=2")
    at_end = pager("", url=f"{LIST}&page=9", total=81, per_page=1, plain=plain, lowest=1)
    assert at_end == Pager(9, 9, None)


GO = "<script>function goPage(n){location.href='/list?code=c&page='+n;}</script>"


@pytest.mark.parametrize(
    "control",
    [
        '<a href="javascript:goPage({0})">{0}</a>',
        '<a href="#" onclick="goPage({0}); return false;">{0}</a>',
        '<a href="#none" onclick="goPage(\'{0}\')">{0}</a>',
        '<span onclick="goPage({0})">{0}</span>',
    ],
)
def test_calls_lead_on(control: str) -> None:
    html = GO + "<b>1</b> " + " ".join(control.format(n) for n in (2, 3))
    found = pager(html, total=45)
    assert (found.page, found.last_page, url_of(found)) == (1, 5, f"{LIST}&page=2")
    later = page_ask(document(f"<html>{html}</html>", url=LIST), layout(), 5)
    assert later is not None
    assert later.url == f"{LIST}&page=5"


def test_a_usable_href_is_preferred_to_its_onclick() -> None:
    html = '<strong>1</strong> <a href="?code=c&amp;pageIndex=2" onclick="fn_list(2);return false;">2</a>'
    assert url_of(pager(html)) == f"{LIST}&pageIndex=2"


FORM = (
    '<form name=lf method=post action="/list"><input type=hidden name=code value=c>'
    "<input type=hidden name={} value=1></form>"
)


@pytest.mark.parametrize("param", ["page", "pageIndex", "movePage"])
def test_a_form_that_is_sent_leads_on(param: str) -> None:
    script = f"<script>function p(n){{document.lf.{param}.value=n;document.lf.submit();}}</script>"
    html = FORM.format(param) + script + '<b>1</b> <a href="javascript:p(2)">2</a> <a href="javascript:p(3)">3</a>'
    found = pager(html, total=45)
    assert found.next == Ask(f"{HOST}/list", "listing", "POST", f"code=c&{param}=2".encode(), LIST)
    fifth = page_ask(document(f"<html>{html}</html>", url=LIST), layout(), 5)
    assert fifth is not None
    assert fifth.form == f"code=c&{param}=5".encode()


def test_the_form_that_was_sent_tells_the_page_that_is_shown() -> None:
    script = "<script>function p(n){document.lf.page.value=n;document.lf.submit();}</script>"
    pages = "".join(f'<a href="javascript:p({n})">{n}</a>' for n in (1, 2, 3))
    html = f"<html><body>{FORM.format('page')}{script}{pages}</body></html>"
    asked = document(html, f"{HOST}/list", form=b"code=c&page=4")
    assert read_pager(asked, layout(), None, 0) == Pager(4, None, None)
    assert read_pager(document(html, f"{HOST}/list"), layout(), None, 10).page == 1


def test_a_page_that_stands_alone_is_followed_by_the_form_that_asked_for_it() -> None:
    alone = document("<html><body><strong>11</strong></body></html>", f"{HOST}/list", form=b"code=c&page=11&q=")
    before = page_ask(alone, layout(pages={"param": "page"}), 10)
    assert before is not None
    assert (before.method, before.url, before.form) == ("POST", f"{HOST}/list", b"code=c&page=10&q=")


@pytest.mark.parametrize(
    "control",
    [
        '<a href="#" data-page="{0}">{0}</a>',
        '<button data-page="{0}">{0}</button>',
        '<a href="#" onclick="fnX({0})">{0}</a>',
    ],
)
def test_a_bare_page_number_is_sent_by_the_form_that_asks_for_one(control: str) -> None:
    found = pager(FORM.format("page") + "<b>1</b>" + control.format(2), total=15)
    assert found.next is not None
    assert (found.next.method, found.next.form) == ("POST", b"code=c&page=2")


def test_offsets_and_zero_based_numbers_are_learned_from_the_links() -> None:
    offset = "".join(f'<a href="?code=c&amp;Start={(n - 1) * 10}">[{n}]</a>' for n in (2, 3, 4))
    found = pager(f"<b>[1]</b>{offset}", total=95)
    assert (url_of(found), found.last_page) == (f"{LIST}&Start=10", 10)
    later = pager(offset.replace("[3]", "<b>[3]</b>"), url=f"{LIST}&Start=20", total=95)
    assert (later.page, url_of(later)) == (3, f"{LIST}&Start=30")
    zero = "".join(f'<a href="?code=c&amp;po={n - 1}">{n}</a>' for n in (1, 2, 3))
    found = pager(zero, url=f"{LIST}&po=1")
    assert (found.page, url_of(found)) == (2, f"{LIST}&po=2")


def test_one_link_is_enough_to_learn_an_offset() -> None:
    found = pager('<b>1</b><a href="?code=c&amp;Start=20">2</a>', per_page=20)
    assert url_of(found) == f"{LIST}&Start=20"
    there = pager(
        '<a href="?code=c&amp;Start=0">1</a><b>2</b>', url=f"{LIST}&Start=20", total=30, per_page=10, lowest=1
    )
    assert (there.page, there.next) == (2, None)


def test_pages_in_the_path_are_followed() -> None:
    html = '<a href="/m">1</a><a href="/m/page/2">2</a><strong>3</strong><a href="/m/page/4">4</a>'
    found = pager(html, url=f"{HOST}/m/page/3")
    assert (found.page, url_of(found)) == (3, f"{HOST}/m/page/4")


def test_numbers_that_are_no_pages_are_not_followed() -> None:
    html = '<a href="/view?no=2">2</a><a href="/tag/3">3</a><a href="/2021">2021</a>'
    assert pager(html, total=3, per_page=3) == Pager(1, 1, None)


def test_page_and_last_page_may_be_told_in_words() -> None:
    found = pager(links(range(1, 4), 2), url=HOST + "/list", totals=Totals(2477, 248, 2))
    assert (found.page, found.last_page, url_of(found)) == (2, 248, f"{HOST}/list?code=c&page=3")


@pytest.mark.parametrize("onward", ["/list?code=c&amp;page={}", "/list/page/{}"])
def test_the_days_of_a_calendar_are_no_pages(onward: str) -> None:
    days = "".join(f'<td><a href="/cal?d={day}">{day}</a></td>' for day in range(1, 31))
    found = pager(f"<table><tr>{days}</tr></table><div>{links(range(1, 4), 1, onward)}</div>")
    assert (found.page, url_of(found)) == (1, HOST + onward.replace("&amp;", "&").format(2))


def test_a_column_of_post_numbers_is_no_pager() -> None:
    html = "".join(f'<p><a href="/view?code=c&amp;no={n}">{n}</a></p>' for n in (12, 11, 10, 9))
    assert pager(html, per_page=4) == Pager(1, 1, None)


def test_pictures_named_after_their_posts_are_no_page_numbers() -> None:
    cards = "".join(f'<a href="#none" data-id="{n}"><img src="/thumb/{n}.jpg" alt=""></a>' for n in (20, 19, 14))
    script = """<script>$(document).on("click", "a[data-id]", function () {
        var no = $(this).data("id"); location.href = '/board/view/' + no; });</script>"""
    plain = layout(identity={"key": ["attr:data-id"]})
    found = pager(cards + links(range(1, 3), 1) + script, plain=plain, per_page=3)
    assert url_of(found) == f"{LIST}&page=2"


def test_posts_that_are_opened_by_a_form_are_no_pages() -> None:
    form = '<form name="f" method="post" action="/view"><input type="hidden" name="no" value=""></form>'
    script = "<script>function go(n) { document.f.no.value = n; document.f.submit(); }</script>"
    cards = "".join(f'<a href="javascript:go({n})"><img src="/thumb/{n}.jpg" alt=""></a>' for n in (25, 22))
    html = f'{cards}{form}{script}{links(range(1, 6), 5)}<a href="?code=c&amp;page=6"><img src="btn_next.gif"></a>'
    found = pager(html, f"{LIST}&page=5", plain=layout(identity={"key": ["query:no"]}))
    assert (found.page, url_of(found)) == (5, f"{LIST}&page=6")


@pytest.mark.parametrize("back", ["이전", "&lt;", '<img src="btn_prev.gif">', '<img src="b.gif" alt="이전 페이지">'])
def test_the_only_page_of_a_group_is_known_by_the_way_back(back: str) -> None:
    form = '<form name="f" method="post" action="/list"><input type="hidden" name="page" value="1"></form>'
    script = "<script>function go(n) { document.f.page.value = n; document.f.submit(); }</script>"
    html = f'<div><a href="javascript:go(5)" class="x1">{back}</a> <strong>6</strong></div>{form}{script}'
    plain = layout(pages={"param": "page"})
    assert pager(html, f"{HOST}/list", total=30, per_page=5, plain=plain) == Pager(6, 6, None)


def test_a_path_that_ends_in_the_page_is_followed() -> None:
    html = '<b>1</b><a href="/column/list-2.html">2</a><a href="/column/list-3.html">3</a>'
    assert url_of(pager(html, url=f"{HOST}/column/list-1.html")) == f"{HOST}/column/list-2.html"


@pytest.mark.parametrize(
    "shown",
    [*"7|[7]| 7 |7페이지|7 쪽|7 / 20|&gt;|»|≫|다음 쪽|맨 뒤|LAST|<b>다음</b>|btn_7.gif|".split("|"), "<img alt=다음>",
     "<img src=p7.gif>", "<noscript>차림</noscript>7", "<script>var a</script>7"],
)  # fmt: skip
def test_the_quick_look_at_all_links_misses_no_control(shown: str) -> None:
    menu = "".join(f'<a href="/menu?m={n}">우리 동네 {n}번째 차림</a>' for n in range(30))
    page = document(f'{menu}<a class="btn_next" href="?code=c&amp;page=8">{shown}</a>{menu}', url=LIST)
    plain = document(f'{menu}<a href="?code=c&amp;page=8">{shown}</a>{menu}', url=LIST)
    for each in (page, plain):
        everything = each.root.css("a")
        told = [node.mem_id for node in everything if read_control(each, layout(), node) is not None]
        assert set(told) <= {node.mem_id for node in controls_of(each, layout())}
        assert len(controls_of(each, layout())) < 5
    assert told or not shown


PAGERS = [
    "div class=paging",
    "nav class='pg_wrap pg'",
    "span class=pg",
    "p class=pagination",
    "div id=pager",
    "ul",
    "b",
]
SELECTS = {engine.pages.select for engine in find_engines().values() if engine.pages.select}


@pytest.mark.parametrize(
    "select",
    sorted(
        SELECTS
        | {"a", "#pager a", "div > .pg a, .paging  b", "#pager ul a.on", "ul + .pg a", ".paging a, a[href$=', a']"}
    ),
)
@given(st.lists(st.sampled_from(PAGERS), max_size=9), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_a_pager_is_found_on_a_whole_page_as_by_its_selector(select: str, around: list[str], every: int) -> None:
    """Looking first for what stands around it finds the same links in the same order."""
    parts = []
    for place, outer in enumerate(around):
        parts += [f"<{outer}><a href='?page={place}' class={'on' if place % 2 else 'off'}>{place}</a>"]
        if place % every == 0:
            parts.append(f"</{outer.split()[0]}>")
    root = document(f"<html><body>{''.join(parts)}</body></html>").root
    found = {node.mem_id: node for node in find_all(root, select)}
    assert list(found) == list({node.mem_id: node for node in root.css(select)})
    assert ids(list(found.values())) == ids(root.css(select))
