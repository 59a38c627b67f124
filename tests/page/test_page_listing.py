"""Lists: rows, notices, titles, stamps, emptiness, and layouts that no longer fit."""

from __future__ import annotations

from typing import Any

import pytest
from page_documents import SEEN, document, layout, table

from scraper.errors import LayoutChanged
from scraper.models import Listing
from scraper.page.listing import distinct, is_cut, read_listing, stem_of

HEADER = ("번호", "제목", "작성자", "작성일", "조회")


def row(
    number: object, key: object, title: str = "다리 이야기", date: str = "2021-11-20", hits: object = 7
) -> list[str]:
    return [str(number), f'<a href="/view?no={key}">{title}</a>', "한누리", date, str(hits)]


def listing(rows: list[list[str]], header: tuple[str, ...] = HEADER, url: str | None = None, **part: Any) -> Listing:
    page = document(table(rows, header)) if url is None else document(table(rows, header), url)
    return read_listing(page, layout(**part), SEEN)


@pytest.mark.parametrize(
    "mark",
    [
        "공지",
        "[공지]",
        "공지사항",
        "<b>공지</b>",
        "알림",
        "Notice",
        "일반공지",
        "<img src=n.gif alt=공지>",
        "<img title=공지 src=a.gif>",
    ],
)
def test_a_notice_is_told_by_the_number_cell(mark: str) -> None:
    found = listing([row(mark, 5), row(2, 9), row(1, 8)])
    assert [(each.is_notice, each.number) for each in found.rows] == [(True, None), (False, 2), (False, 1)]


def test_a_notice_is_told_by_the_layout_but_not_by_a_word_of_its_title() -> None:
    html = table([row(2, 9, "공지 방법을 바꾸자"), row(1, 8, "[공지] 그 뒤")], HEADER).replace(
        "<tr><td>1<", "<tr class=top><td>1<"
    )
    found = read_listing(document(html), layout(list={"notice": "tr.top"}), SEEN)
    assert [each.is_notice for each in found.rows] == [False, True]
    assert [each.is_notice for each in listing([row(2, 9, "공지 방법"), row(1, 8, "[공지] 그 뒤")]).rows] == [
        False,
        False,
    ]


def test_a_post_that_is_notice_and_row_becomes_one() -> None:
    found = listing([row("공지", 9, hits=5), row(3, 10), row(2, 9), row(1, 8)])
    assert [each.key for each in found.rows] == ["9", "10", "9", "8"]
    rows = distinct(found).rows
    assert [(each.key, each.number, each.is_notice, each.hits) for each in rows] == [
        ("9", 2, True, 7),
        ("10", 3, False, 7),
        ("8", 1, False, 7),
    ]


@pytest.mark.parametrize(
    ("title", "stem", "cut"),
    [
        ("물길을 따라...", "물길을 따라", True),
        ("물길을 따라…", "물길을 따라", True),
        ("물길을 따\ufffd...", "물길을 따", True),
        ("다짐 &quo...", "다짐", True),
        ("다짐 &amp", "다짐", False),
        ("물길을 따라.", "물길을 따라.", False),
        ("물길… 따라", "물길… 따라", False),
    ],
)
def test_a_cut_title_is_told_by_its_dots(title: str, stem: str, cut: bool) -> None:
    assert (stem_of(title), is_cut(title)) == (stem, cut)


def test_a_cut_title_is_completed_by_the_title_of_its_link() -> None:
    def cell(title: str) -> list[str]:
        return ["1", f'<a href="/view?no=1" title="{title}">물길을 따라...</a>', "한누리", "2021-11-20", "7"]

    def read(title: str) -> tuple[str, bool]:
        found = listing([cell(title)]).rows[0]
        return found.title, found.title_cut

    assert read("물길을 따라 걷다") == ("물길을 따라 걷다", False)
    assert read("물길을 따라 걷다 상세보기") == ("물길을 따라 걷다", False)
    assert read("새 창으로 열기") == ("물길을 따라...", True)
    assert read("물길을 따라 걷...") == ("물길을 따라...", True)


def test_a_full_stamp_in_a_title_attribute_is_better_than_a_short_date() -> None:
    found = listing([row(2, 9, date="<span title='2021-11-20 18:22:01'>11-20</span>"), row(1, 8, date="11-02")])
    assert [str(each.posted) for each in found.rows] == ["2021-11-20T18:22:01+09:00", ""]
    found = listing([row(1, 8, date="<span title='2016-07-24 20:45:22'>20:45</span>")])
    assert str(found.rows[0].posted) == "2016-07-24T20:45:22+09:00"


def test_comments_and_icons_do_not_get_into_the_title() -> None:
    picks = {"title": {"select": "a", "drop": [".c", "i"]}, "comments": {"select": ".c"}}
    cell = row(1, 8, "물길 <i>새글</i><span class=c>[3]</span>")
    found = listing([cell], list={"fields": picks}).rows[0]
    assert (found.title, found.comments) == ("물길", 3)
    assert listing([row(1, 8, "연재 [31] (3)")]).rows[0].title == "연재 [31] (3)"


def test_a_button_is_no_title() -> None:
    cell = ["1", "x", '<a href="/view?no=1">더보기</a><h3>물길</h3>']
    page = document(table([cell], ("번호", "분류", "제목")))
    found = read_listing(page, layout(list={"fields": {"title": "h3"}}), SEEN)
    assert found.rows[0].title == "물길"


def test_a_row_that_opens_nothing_is_told() -> None:
    found = listing([row(3, 10), ["2", "링크 없는 글", "한누리", "2021-11-20", "7"], row(1, 8)])
    assert [each.key for each in found.rows] == ["10", "8"]
    assert found.unread == ("2 | 링크 없는 글 | 한누리 | 2021-11-20 | 7",)


def test_rows_that_are_calls_have_keys_and_no_ask() -> None:
    cells = [["2", "<td onclick=\"view('77')\">물길</td>", "한누리", "2021-11-20", "7"]]
    found = listing(cells)
    assert [(each.key, each.ask, each.title) for each in found.rows] == [("77", None, "물길")]


def test_a_form_between_table_and_rows_does_not_hide_them() -> None:
    html = (
        table([row(2, 9), row(1, 8)], HEADER)
        .replace("<tbody>", "<form name=list><tbody>")
        .replace("</tbody>", "</tbody></form>")
    )
    assert [each.key for each in read_listing(document(html), layout(), SEEN).rows] == ["9", "8"]


@pytest.mark.parametrize(
    "words", ["등록된 게시물이 없습니다.", "게시물이 없습니다.", "등록된 글이 존재하지 않습니다", "자료가 없습니다."]
)
def test_a_page_that_says_it_is_empty_is_an_empty_list(words: str) -> None:
    found = listing([[f'<td colspan="5">{words}</td>']])
    assert (found.rows, found.is_empty, found.last_page, found.next) == ((), True, 1, None)


def test_nothing_found_is_an_error_when_the_page_does_not_say_so() -> None:
    with pytest.raises(LayoutChanged) as caught:
        listing([])
    assert (caught.value.selector, caught.value.found) == ("tr", "0")
    assert "at least one" in caught.value.wanted
    with pytest.raises(LayoutChanged):
        listing([["2", "물길", "한누리", "2021-11-20", "7"]])


def test_a_total_of_nothing_is_an_empty_list() -> None:
    html = table([], HEADER, after="<p>[오늘 0 / 전체 0]</p>")
    assert read_listing(document(html), layout(list={"total": "p"}), SEEN).is_empty


def test_a_page_past_the_last_is_empty_but_one_with_unreadable_rows_is_not() -> None:
    url, after = "http://board.example/list?page=9", "<p>전체 81</p><a href='?page=8'>8</a>"
    plain = layout(list={"total": "p"}, pages={"param": "page"})
    past = read_listing(document(table([], HEADER, after), url), plain, SEEN)
    assert (past.rows, past.is_empty, past.page, past.next) == ((), True, 9, None)
    lost = [["2", "<a href='/new-address/9'>물길</a>", "한누리", "2021-11-20", "7"]]
    with pytest.raises(LayoutChanged):
        read_listing(document(table(lost, HEADER, after), url), plain, SEEN)


@pytest.mark.parametrize(
    ("bad", "selector"),
    [
        ({"date": "어제쯤"}, "date"),
        ({"hits": "많음"}, "hits"),
        ({"title": "<img src=a.gif>"}, "title"),
    ],
)
def test_a_column_gone_blind_is_an_error(bad: dict[str, Any], selector: str) -> None:
    with pytest.raises(LayoutChanged) as caught:
        listing([row(n, n, **bad) for n in range(5, 0, -1)])
    assert caught.value.selector == selector
    assert "5 of 5" in caught.value.found


@pytest.mark.parametrize(
    ("numbers", "keys", "meaning"),
    [
        ([81, 80, 79], [190, 188, 185], "rank"),
        ([190, 188, 185], [190, 188, 185], "id"),
        ([81, 79, 75], [190, 188, 185], "id"),
        (["", "", ""], [190, 188, 185], "none"),
        ([3, 2, 1], [3, 2, 1], "id"),
    ],
)
def test_what_the_printed_number_means(numbers: list[object], keys: list[int], meaning: str) -> None:
    found = listing([row(number, key) for number, key in zip(numbers, keys, strict=True)])
    assert found.number_meaning == meaning


def test_equal_numbers_and_keys_that_fit_the_total_are_ranks() -> None:
    html = table([row(n, n) for n in (3, 2, 1)], HEADER, after="<p>전체 3</p>")
    assert read_listing(document(html), layout(list={"total": "p"}), SEEN).number_meaning == "rank"


def test_a_secret_row_is_told_by_the_layout_or_by_its_title() -> None:
    html = table([row(2, 9, "물길 <i class=lock></i>"), row(1, 8, "비밀글 입니다.")], HEADER)
    found = read_listing(document(html), layout(list={"secret": ".lock"}), SEEN)
    assert [each.is_secret for each in found.rows] == [True, True]
    assert [each.is_secret for each in listing([row(1, 8, "비밀글 제도를 없애자")]).rows] == [False]


def test_side_tables_do_not_give_rows_where_the_scope_is_missing() -> None:
    side = '<table><tr><td>·</td><td><a href="/view?no=3">옛 글</a></td></tr></table>'
    html = table([row(3, 10), row(2, 9), row(1, 8)], HEADER, after=side)
    found = read_listing(document(html), layout(list={"scope": "#gone"}), SEEN)
    assert [each.key for each in found.rows] == ["10", "9", "8"]


def test_numbers_that_are_keys_are_ids_whatever_the_layout_says() -> None:
    found = listing([row(n, n) for n in (190, 188, 185)], list={"number": "rank"})
    assert found.number_meaning == "id"
    assert listing([row(n, n) for n in (3, 2, 1)], list={"number": "rank"}).number_meaning == "rank"


def test_short_words_under_a_wide_title_are_the_category() -> None:
    cells = [[str(n), "칼럼", f'<a href="/view?no={n}">물길 {n}</a>', "2021-11-20"] for n in (3, 2, 1)]
    found = listing(cells, ("번호", '<th colspan="2">제목</th>', "작성일"))
    assert [(each.category, each.title) for each in found.rows] == [("칼럼", f"물길 {n}") for n in (3, 2, 1)]
    assert [each.author for each in found.rows] == [None] * 3


def test_a_selector_of_authors_that_finds_none_on_the_page_makes_no_label_a_name() -> None:
    rows = [[*row(n, n)[:2], "수정일 2021-11-20", *row(n, n)[3:]] for n in (3, 2)]
    picked = [[*each[:2], f"<b class=by>{each[2]}</b>", *each[3:]] for each in rows]
    by = {"fields": {"author": [{"select": ".by"}]}}
    assert [each.author for each in listing(rows, list=by).rows] == [None, None]
    assert [each.author for each in listing(picked, list=by).rows] == ["수정일 2021-11-20"] * 2


def test_a_labelled_author_is_found_in_a_row_that_lacks_a_column_and_no_other_label_is_a_name() -> None:
    def entry(key: int, lead: str, author: str) -> str:
        facts = f"<dd>{author}</dd><dd><b>등록일</b> 2021-11-{key:02d}</dd>"
        return f"<dl><dt><a href='/view?no={key}'>다리 이야기 {key}</a></dt>{lead}{facts}</dl>"

    rows = [entry(key, "<dd>다리를 놓자는 이야기</dd>", "<b>글쓴이</b> 한누리") for key in (9, 8, 7)]
    rows += [entry(6, "", "<b>글쓴이</b> 문솔바람"), entry(5, "", "<b>읽음</b> 7")]
    found = read_listing(
        document(f"<div class=box>{''.join(rows)}</div>"),
        layout(
            list={
                "rows": "div.box > dl",
                "cells": ["dt", "dd"],
                "columns": ["title", "", "author", "date"],
                "fields": {"author": [{"select": "*", "label": "author"}]},
            }
        ),
        SEEN,
    )
    assert [each.author for each in found.rows] == ["한누리", "한누리", "한누리", "문솔바람", None]


def test_what_stands_at_the_place_of_authors_is_none_where_it_is_another_fact() -> None:
    rows = [
        f"<dl><dt><a href='/view?no={key}'>다리 이야기 {key}</a></dt>{lead}<dd>{by}</dd><dd>읽음 {key}6</dd></dl>"
        for key, lead, by in (
            (9, "<dd>다리를 놓자</dd>", "한누리"),
            (8, "<dd>길을 내자</dd>", "문솔바람"),
            (7, "", "정나래"),
        )
    ]
    fields = {"author": [{"select": "dd:nth-of-type(2)"}], "hits": [{"select": "dd", "label": "hits"}]}
    found = read_listing(
        document(f"<div class=box>{''.join(rows)}</div>"),
        layout(list={"rows": "div.box > dl", "cells": [], "fields": fields}),
        SEEN,
    )
    assert [each.author for each in found.rows] == ["한누리", "문솔바람", None]


def test_a_row_without_a_summary_closes_up_behind_its_title() -> None:
    rows = [
        f"<dl><dt><a href='/view?no={key}'>다리 이야기 {key}</a></dt>{lead}<dd>{by}</dd><dd>2021-11-0{key}</dd></dl>"
        for key, lead, by in (
            (9, "<dd>다리를 놓자</dd>", "한누리"),
            (8, "<dd>길을 내자</dd>", "문솔바람"),
            (7, "", "정나래"),
        )
    ]
    columns = ["title", "", "author", "date"]
    found = read_listing(
        document(f"<div class=box>{''.join(rows)}</div>"),
        layout(list={"rows": "div.box > dl", "cells": ["dt", "dd"], "columns": columns}),
        SEEN,
    )
    assert [(each.author, each.posted and each.posted.raw) for each in found.rows] == [
        ("한누리", "2021-11-09"),
        ("문솔바람", "2021-11-08"),
        ("정나래", "2021-11-07"),
    ]


PICKS = [{"select": "td > a", "drop": ["i"]}, {"select": "em"}]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ('<a href="/view?no=1">다리 이야기</a>', "다리 이야기"),
        ('<a href="/view?no=1"><img src=a.gif></a><a href="/view?no=1">다리 이야기</a>', "다리 이야기"),
        ('<a href="/view?no=1"><i>새 글</i></a><em>다리 이야기</em>', "다리 이야기"),
        ('<a name=top>번지 없는</a><a href="/view?no=1">다리 이야기</a>', "번지 없는"),
        ('<a href="/view?no=1">다리 이야기<i>3</i></a>', "다리 이야기"),
        ('<b><a href="/view?no=1">다리 이야기</a></b>', "다리 이야기"),
    ],
)
def test_the_title_is_the_first_text_that_its_picks_find_whatever_the_link_is(cell: str, wanted: str) -> None:
    rows = [[str(9 - n), cell.replace("no=1", f"no={n}"), "한누리", "2021-11-20", "7"] for n in range(1, 4)]
    found = listing(rows, list={"fields": {"title": PICKS}})
    assert [(each.key, each.title) for each in found.rows] == [(str(n), wanted) for n in range(1, 4)]


def test_a_title_that_is_no_link_goes_before_the_link_that_is_picked_after_it() -> None:
    rows = [
        [str(9 - n), f'<a href="/view?no={n}">첫째 줄</a> <em>둘째 줄</em>', "한누리", "2021-11-20", "7"]
        for n in range(1, 4)
    ]
    found = listing(rows, list={"fields": {"title": PICKS[::-1]}})
    assert {each.title for each in found.rows} == {"둘째 줄"}


def test_ids_that_fall_to_one_end_the_list_though_the_last_page_is_not_full() -> None:
    """Three pages of ten hold 28 posts: the count alone would lead to a fourth."""
    pager = '<div class=cnt>총 28건</div><a href="?page=1">[1]</a> <a href="?page=2">[2]</a> <b>[3]</b>'
    rows = table([row(at, at) for at in range(8, 0, -1)], HEADER)
    found = read_listing(
        document(f"{pager}{rows}", "http://board.example/list?page=3"), layout(list={"total": ".cnt"}), SEEN
    )
    assert (found.page, found.total, found.number_meaning, found.next) == (3, 28, "id", None)
