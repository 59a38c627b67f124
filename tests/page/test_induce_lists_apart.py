"""Lists that stand apart from what tables and cards mostly are: pieces, headers of two rows, facts in one column."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from page_documents import document

from scraper.models import Listing
from scraper.page.detect import detect
from scraper.page.layout import load_layout
from scraper.page.toml import layout_toml

SEEN = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
NAMES = ("최누리", "한가람", "정다솜", "송하늘", "마루한", "온가람")


def listed(body: str) -> tuple[Listing, float]:
    found = detect(document(f"<html><body>{body}</body></html>"), (), SEEN)
    assert found.listing is not None, found.reasons
    return found.listing, found.confidence


def row(at: int, *cells: str) -> str:
    link = f'<a href="view?no={90 - at}">들녘 이야기 {at}</a>'
    return f"<tr><td>{link}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def test_facts_in_one_column_beside_the_titles_are_told_apart_and_the_layout_can_be_written() -> None:
    rows = "".join(row(at, f"{name} | 2026.11.{20 - at} | 조회 {at * 31 + 40}") for at, name in enumerate(NAMES))
    found = detect(document(f"<html><body><table class=bd>{rows}</table></body></html>"), (), SEEN)
    assert found.listing is not None and found.layout is not None
    told = [(each.author, str(each.posted), each.hits) for each in found.listing.rows]
    assert told == [(name, f"2026-11-{20 - at}", at * 31 + 40) for at, name in enumerate(NAMES)]
    assert found.layout.list.together == 1
    assert load_layout(layout_toml(found.layout), "written") == found.layout


def test_a_header_of_two_rows_names_the_lower_cells() -> None:
    head = (
        "<tr><th rowspan=2>제목</th><th colspan=2>등록</th><th rowspan=2>조회</th></tr>"
        "<tr><th>등록자</th><th>등록일</th></tr>"
    )
    rows = "".join(row(at, name, f"2026-11-{20 - at}", str(at * 31)) for at, name in enumerate(NAMES))
    listing, confidence = listed(f"<table>{head}{rows}</table>")
    assert [each.author for each in listing.rows] == list(NAMES) and confidence >= 0.8


def test_the_column_of_links_holds_the_titles_whatever_word_stands_over_it() -> None:
    head = "<tr><th>나눈 말</th><th>글쓴이</th><th>작성일</th><th>조회</th></tr>"
    rows = "".join(row(at, name, f"2026-11-{20 - at}", str(at * 31)) for at, name in enumerate(NAMES))
    listing, confidence = listed(f"<table>{head}{rows}</table>")
    assert listing.rows[0].title == "들녘 이야기 0" and confidence >= 0.9


def test_notices_in_a_table_of_their_own_belong_to_the_list() -> None:
    head = "<tr><th>번호</th><th>제목</th><th>작성자</th><th>작성일</th></tr>"

    def table(kind: str, marks: list[str]) -> str:
        cells = (
            f"<tr><td>{mark}</td><td><a href='v?no={kind}{at}'>글 {kind} {at} 이야기</a></td>"
            f"<td>{NAMES[at]}</td><td>2026-11-{20 - at}</td></tr>"
            for at, mark in enumerate(marks)
        )
        return f"<table class='bd {kind}'>{head}{''.join(cells)}</table>"

    pieces = table("up", ["공지", "공지"]) + table("low", ["6", "5", "4", "3", "2", "1"])
    listing, _ = listed(f"<div>{pieces}</div>")
    assert [each.is_notice for each in listing.rows] == [True] * 2 + [False] * 6


def test_a_box_of_the_latest_posts_is_not_sure() -> None:
    cut = "".join(
        f"<tr><td><a href='v?no={at}'>들녘에서 온 {name} 글 하나..</a></td><td>11/{20 - at}</td></tr>"
        for at, name in enumerate(NAMES)
    )
    assert listed(f"<table>{cut}</table>")[1] < 0.8


def test_a_header_without_rows_is_told_and_no_box_beside_it_is_the_list() -> None:
    box = "".join(
        f"<li><a href='/n?no={at}'>새 소식 {name}</a> <i>2026.11.{20 - at}</i></li>" for at, name in enumerate(NAMES)
    )
    shell = (
        "<table><thead><tr><th>번호</th><th>제목</th><th>작성일</th><th>조회</th></tr></thead><tbody></tbody></table>"
    )
    found = detect(document(f"<html><body><ul>{box}</ul>{shell}</body></html>"), (), SEEN)
    assert found.kind == "unknown" and "script" in found.reasons[0]


@pytest.mark.parametrize(
    ("words", "author"),
    [(["은모래동", "두레읍", "한울면", "들녘시", "물안골", "은모래동"], None), (list(NAMES), NAMES[0])],
)
def test_places_before_dates_are_no_authors(words: list[str], author: str | None) -> None:
    cards = "".join(
        f"<div><a href='/n/{90 - at}'>들녘 소식 {at} 번째</a><p><i>{word}</i> · <i>2026.11.{20 - at}</i></p></div>"
        for at, word in enumerate(words)
    )
    assert listed(f"<div id=all>{cards}</div>")[0].rows[0].author == author


def test_the_number_of_visitors_is_no_total() -> None:
    rows = "".join(row(at, name, f"2026-11-{20 - at}") for at, name in enumerate(NAMES))
    counter = "<p>전체 120,331</p><p>어제 12</p>"
    listing, _ = listed(
        f"<h2>글터 <small>모두 88개의 글이 있습니다</small></h2><table>{rows}</table><div>{counter}</div>"
    )
    assert listing.total == 88


def test_a_key_of_words_is_not_cut_inside_a_letter() -> None:
    titles = ("물길을 따라", "물레방아 소리", "물안개 낀 날", "물결 위에서")
    rows = "".join(
        f"<tr><td><a href='/opinion/{quote(title.replace(' ', '-'))}/'>{title}</a></td>"
        f"<td>{name}</td><td>2026-11-{20 - at}</td></tr>"
        for at, (title, name) in enumerate(zip(titles, NAMES, strict=False))
    )
    listing, _ = listed(f"<table><tr><th>제목</th><th>글쓴이</th><th>날짜</th></tr>{rows}</table>")
    assert [each.key for each in listing.rows] == [title.replace(" ", "-") for title in titles]


@pytest.mark.parametrize("name", ["reple txt_num", "txt_num"])
def test_counts_of_comments_that_a_class_calls_numbers_are_none(name: str) -> None:
    rows = "".join(
        f"<li><a href='view?no={91 - at}'><b class=nick>{who}</b><p class=subject>들녘 이야기 {at}</p><div>"
        f"<span>조회 : <b>{at * 31 + 40}</b></span> <span>등록일시 : <b>2023-04-0{7 - at} 11:20</b></span> "
        f"<span class='{name}'>{count}</span></div></a></li>"
        for at, (who, count) in enumerate(zip(NAMES, (4, 1, 12, 7, 3, 9), strict=True))
    )
    listing, _ = listed(f"<div class=board_list><ul>{rows}</ul></div>")
    assert [each.number for each in listing.rows] == [None] * len(NAMES)
    assert [each.hits for each in listing.rows] == [at * 31 + 40 for at in range(len(NAMES))]


def test_a_word_that_all_rows_say_is_a_label_only_of_what_is_built_otherwise() -> None:
    facts = "<ul><li>일반</li><li>{}</li><li>2026.11.{}</li><li>조회 {}</li><li>추천</li></ul>"
    items = "".join(
        f"<li><a href='view?no={90 - at}'><b>들녘 이야기 {at}</b>{facts.format(name, 20 - at, 31 * at + 7)}</a></li>"
        for at, name in enumerate(NAMES)
    )
    found, _ = listed(f"<h3>이야기</h3><ul class=all>{items}</ul>")
    assert [row.author for row in found.rows] == list(NAMES)
