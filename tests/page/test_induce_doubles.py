"""Lists of unknown boards where two things look alike: two columns that fall, two parameters, marks and columns."""

from __future__ import annotations

from page_documents import SEEN, document, layout

from scraper.page.document import Document
from scraper.page.induce.lists.columns import told_columns
from scraper.page.induce.lists.keys import find_keys
from scraper.page.induce.lists.listing import induce_listing
from scraper.page.induce.lists.slots import is_category
from scraper.page.links import opens_post
from scraper.page.listing import read_listing


def items(rows: list[str]) -> Document:
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return document(f"<html><body><div id=wrap><p>홈</p><ul>{listed}</ul></div></body></html>")


def test_counts_of_comments_are_no_column_though_no_row_went_without_when_the_layout_was_made() -> None:
    told = layout(list={"rows": "ul > li", "cells": ["a", "span", "b"], "columns": ["number", "title", "date"]})
    link = '<b>{0}</b><a href="view?no={0}">{0}번째 글</a>{1}<span>2021.10.{0}</span>'
    some = [link.format(at, "<span>[3]</span>" if at % 2 else "") for at in range(28, 22, -1)]
    every = [link.format(at, "<span>(3)</span><span>N</span>") for at in range(28, 22, -1)]
    for rows in (some, every):
        read = read_listing(items(rows), told, SEEN).rows
        assert [(row.number, row.posted and row.posted.date) for row in read] == [
            (at, f"2021-10-{at}") for at in range(28, 22, -1)
        ]


def test_departments_with_their_label_glued_to_them_are_no_categories() -> None:
    offices = [f"담당부서{name}" for name in ("홍보팀", "총무과", "홍보팀", "총무과", "홍보팀", "기획실", "총무과")]
    assert is_category([office.removeprefix("담당부서") for office in offices])
    assert not is_category(offices)


def test_a_cell_of_name_and_labelled_hits_is_no_column() -> None:
    rows = [
        f'<span>{at}</span> <a href="view?no={900 + at}">{at}번째 이야기</a> '
        f"<p>{at}번째 모임에서 마을 사람들이 오래 나눈 말을 적은 글입니다. 함께 읽어 주십시오.</p>"
        f"<span>한누리{at} | <strong>조회</strong> {at * 7}</span>"
        for at in range(28, 22, -1)
    ]
    found = induce_listing(items(rows), SEEN)
    assert found is not None
    assert [(row.author, row.hits) for row in found.listing.rows] == [
        (f"한누리{at}", at * 7) for at in range(28, 22, -1)
    ]


def test_what_stands_around_a_list_is_no_row_of_another() -> None:
    rows = [
        f'<span>{at}</span><a href="view?no={900 + at}">{at}번째 이야기</a>'
        f"<p>{'2016년 7월 25일 밤에 비가 왔다' if at == 25 else ''}</p>"
        f"<span>한누리{at} | <strong>조회</strong> {at * 7}</span>{'<em>N</em>' if at > 26 else ''}"
        for at in (28, 28, 27, 26, 25)
    ]
    menu = '<div class=side><p><a href="/sub/1">정치</a></p></div>'
    listed = "".join(f"<li>{row}</li>" for row in rows)
    page = document(f"<html><body><div id=wrap>{menu}<div><p>홈</p><ul>{listed}</ul></div></div></body></html>")
    found = induce_listing(page, SEEN)
    assert found is not None and len(found.listing.rows) == 5


def test_of_two_columns_that_fall_the_one_that_falls_by_one_is_the_number() -> None:
    rows = [
        [str(hits), f"글 {at}", "2021.10.24", str(at)]
        for at, hits in zip((9, 8, 7, 6), (577, 320, 34, 13), strict=True)
    ]
    assert told_columns(rows, [1] * 4, {}, SEEN)[0] == {0: "hits", 1: "title", 2: "date", 3: "number"}


def test_of_two_columns_that_fall_anyhow_neither_is_sure() -> None:
    rows = [[a, f"글 {a}", "2021.10.24", b] for a, b in (("577", "90"), ("320", "71"), ("34", "70"), ("13", "66"))]
    how = told_columns(rows, [1] * 4, {}, SEEN)[1]
    assert (how["number"], how["hits"]) == ("shape", "shape")


def test_a_count_behind_the_title_that_once_rises_is_no_number() -> None:
    rows = [[f"글 {a}", a, "2021.10.24"] for a in ("49", "32", "7", "319", "97", "8")]
    assert told_columns(rows, [0] * 6, {}, SEEN)[0] == {0: "title", 1: "hits", 2: "date"}


def test_of_two_parameters_that_say_the_same_the_one_is_meant_that_notices_have() -> None:
    notices = "".join(f'<tr><td>공지</td><td><a href="v?wr={at}">알리는 말 {at}</a></td></tr>' for at in (7, 9))
    rows = "".join(
        f'<tr><td>{at}</td><td><a href="v?wr={at}&vnum={at}">{at}번째 글</a></td></tr>' for at in (91, 88, 85, 80)
    )
    page = document(f"<html><body><table>{notices}{rows}</table></body></html>")
    keys = find_keys(page, page.root.css("tr"))
    assert keys is not None and keys.identity.key == ("query:wr",)


FORM = (
    '<form name=f method=post action="/bbs/view.php"><input type=hidden name=act value=view>'
    '<input type=hidden name=no value=""></form><script>function go(n){var f = document.f; f.no.value = n; '
    "f.action = '/bbs/view.php'; f.submit();}</script>"
)


def test_a_form_that_is_sent_to_the_page_itself_opens_another_post() -> None:
    page = document(
        f"<html><body><a href=\"javascript:go('31')\">다른 글.hwp</a>{FORM}</body></html>",
        "http://board.example/bbs/view.php",
    )
    link = page.root.css_first("a")
    assert link is not None and opens_post(page, layout(identity={"key": ["query:no"]}), link)


def pairs(between: str = "", head: str = "") -> Document:
    body = "".join(
        f'<tr><td rowspan=2>{at}</td><td colspan=3><a href="v?no={900 + at}">{at}번째 이야기</a></td></tr>{between}'
        f"<tr><td>한누리{at}</td><td>2021.10.{at}</td><td>{at * 7}</td></tr>{between}"
        for at in range(28, 22, -1)
    )
    return document(f"<html><body><p>홈</p><table>{head}{body}</table></body></html>")


def test_the_row_behind_that_of_the_link_tells_the_rest_of_a_post() -> None:
    rule = "<tr><td colspan=4 height=1></td></tr>"
    head = "<tr><td rowspan=2>번호</td><td colspan=3>제목</td></tr><tr><td>글쓴이</td><td>날짜</td><td>조회</td></tr>"
    for page in (pairs(), pairs(rule), pairs(rule, head)):
        found = induce_listing(page, SEEN)
        assert found is not None and found.layout.list.more == 1 and found.confidence >= 0.8
        assert [(row.number, row.author, row.posted and row.posted.date, row.hits) for row in found.listing.rows] == [
            (at, f"한누리{at}", f"2021-10-{at}", at * 7) for at in range(28, 22, -1)
        ]
        assert ("header" in found.how.values()) == (page.text.count("제목") > 0)


def test_a_summary_behind_each_row_is_no_part_of_its_columns() -> None:
    body = "".join(
        f'<tr><td>{at}</td><td><a href="v?no={900 + at}">{at}번째 이야기</a></td><td>2021.10.{at}</td></tr>'
        f"<tr><td colspan=3>2016년 7월 {at}일 밤에는 비가 왔다고 한다</td></tr>"
        for at in range(28, 22, -1)
    )
    found = induce_listing(document(f"<html><body><table>{body}</table></body></html>"), SEEN)
    assert found is not None and found.layout.list.more == 0 and len(found.listing.rows) == 6
    assert found.listing.rows[0].posted is not None and found.listing.rows[0].posted.date == "2021-10-28"


def test_numbers_fall_though_comments_are_counted_where_notices_have_none() -> None:
    def record(at: int) -> str:
        before, after = ("[공지] ", " <i>[2]</i>") if at < 3 else (f"<i>{at}</i> ", "")
        title = f'<a href="view?n={900 + at}">{at}번째 이야기</a>'
        return f"<h5>{before}{title}{after}</h5><p>2021.10.{at:02} / 한누리{at}</p>"

    found = induce_listing(items([record(at) for at in (1, 2, 28, 27, 26, 25, 24)]), SEEN)
    assert found is not None
    assert [row.number for row in found.listing.rows] == [None, None, 28, 27, 26, 25, 24]


def test_a_title_alone_in_its_line_and_one_beside_a_count_stand_in_one_place() -> None:
    names = ("최누리", "한여울", "노다온 기자", "서미르", "문가람", "조도담", "남슬찬")
    rows = [
        f"<a href='view?no={40 - at}'><div><span>들녘에서 온 편지 하나 {at}</span>"
        f"{f' <span>({at})</span>' if at in (1, 4) else ''}</div>"
        f"<div>{name} · 2021-10-{28 - at} 11:2{at}</div></a>"
        for at, name in enumerate(names)
    ]
    found = induce_listing(items(rows), SEEN)
    assert found is not None
    assert [(row.title, row.author) for row in found.listing.rows] == [
        (f"들녘에서 온 편지 하나 {at}", name) for at, name in enumerate(names)
    ]


def test_a_layout_table_made_of_the_same_elements_is_no_row() -> None:
    rows = "".join(
        f"<tr><td><a href='view?no={40 - at}'>들녘에서 온 {at}번째 편지</a></td><td>조회 {at * 7}</td></tr>"
        for at in range(6)
    )
    told = layout(list={"rows": "tr", "fields": {"title": {"select": "a"}, "hits": {"select": "td", "label": "hits"}}})
    page = document(f"<html><body><table><tr><td><table>{rows}</table></td></tr></table></body></html>")
    assert [row.key for row in read_listing(page, told, SEEN).rows] == [str(40 - at) for at in range(6)]
    thread = "<ul><li><a href='view?no=9'>물음</a><ul><li><a href='view?no=8'>길게 적은 대답</a></li></ul></li></ul>"
    told = layout(list={"rows": "li", "fields": {"title": {"select": "li > a"}}})
    read = read_listing(document(f"<html><body>{thread}</body></html>"), told, SEEN)
    assert [row.key for row in read.rows] == ["9", "8"]


def test_an_icon_among_facts_moves_no_date_into_the_place_of_names() -> None:
    names = ("최누리", "한여울", "노다온 기자", "서미르", "문가람", "조도담", "남슬찬", "하온", "정다솜", "윤새별")
    rows = [
        f"<span>{61 - at}</span> <a href='view?no={61 - at}'>들녘에서 온 {at}번째 편지를 읽는다</a>"
        f"{f' <span>({at})</span>' if at in (1, 4) else ''}<span><i>{name}</i><i>2021-10-{28 - at} 11:2{at}</i>"
        f"{'<i><img src=ico_file.gif alt=첨부></i>' if at in (3, 7) else ''}<i>읽음 : {at * 31}</i></span>"
        for at, name in enumerate(names)
    ]
    found = induce_listing(items(rows), SEEN)
    assert found is not None
    assert [(row.author, row.posted and row.posted.date) for row in found.listing.rows] == [
        (name, f"2021-10-{28 - at}") for at, name in enumerate(names)
    ]


def test_a_cell_that_is_clicked_itself_has_nothing_before_it() -> None:
    rows = "".join(
        f"<tr><td onclick=\"location.href='view?no={40 - at}'\">들녘에서 온 {at}번째 편지</td>"
        f"<td>작성일 : 2021.10.{28 - at}</td><td>읽음 : {at * 31}</td></tr>"
        for at in range(8)
    )
    page = document(f"<html><body><div>게시물수 31건</div><table>{rows}</table></body></html>")
    found = induce_listing(page, SEEN)
    assert found is not None and "category" not in found.layout.list.fields
    assert [row.key for row in found.listing.rows] == [str(40 - at) for at in range(8)]
