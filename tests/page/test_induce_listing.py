"""Lists of boards that no engine knows: drafts made of one page, against random boards whose truth is known."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections import Counter
from datetime import datetime

import pytest

from scraper.fakeboard import FakeClock, FakeSite, serve
from scraper.fakeboard.skins.strange import make_skin
from scraper.models import KST, Article, Page, Row
from scraper.page.document import Document, parse
from scraper.page.induce.check import counted, mended, widened
from scraper.page.induce.lists.cards import read_cards
from scraper.page.induce.lists.columns import falls, told_columns
from scraper.page.induce.lists.groups import find_groups
from scraper.page.induce.lists.keys import find_keys
from scraper.page.induce.lists.listing import how_sure, induce_listing
from scraper.page.layout import layout_from, layout_values
from scraper.page.listing import read_listing, stem_of

SEEN = datetime(2026, 11, 20, 3, tzinfo=KST)


def page_of(html: str, url: str = "http://board.example/list.php?tb=free") -> Document:
    return parse(Page(url, 200, ((b"Content-Type", b"text/html; charset=utf-8"),), html.encode(), SEEN))


def table(rows: list[list[str]], head: str = "") -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><ul><li><a href=/a>메뉴</a></li><li><a href=/b>메뉴</a></li></ul><table>{head}{body}</table>"


def post(number: int, **given: str) -> list[str]:
    link = f'<a href="view.php?tb=free&no={1000 + number * 3}">{number}번째 이야기를 적습니다</a>'
    return [str(number), link, "문가람", f"2026-10-{number:02}", str(number * 37)]


def test_columns_without_a_header_are_told_by_what_they_hold() -> None:
    found = induce_listing(page_of(table([post(number) for number in range(20, 10, -1)])), SEEN)
    assert found is not None
    first = found.listing.rows[0]
    assert (first.key, first.number, first.author, first.hits) == ("1060", 20, "문가람", 740)
    assert first.posted is not None and first.posted.date == "2026-10-20"
    assert found.layout.list.columns == ("number", "title", "author", "date", "hits")
    assert layout_from(layout_values(found.layout), "induced") == found.layout


def test_a_page_of_menus_is_no_list() -> None:
    menu = "".join(f"<li><a href='/sub.php?menu={n}'>차림 {n}번</a></li>" for n in range(30))
    assert induce_listing(page_of(f"<html><body><ul>{menu}</ul></body></html>"), SEEN) is None


def test_a_department_gives_way_to_who_wrote() -> None:
    head = "<tr><th>번호</th><th>제목</th><th>담당부서</th><th>작성자</th><th>작성일</th></tr>"
    rows = [[*post(n)[:2], "총무과", "노을빛", f"2026-10-{n:02}"] for n in range(12, 5, -1)]
    found = induce_listing(page_of(table(rows, head)), SEEN)
    assert found is not None and {row.author for row in found.listing.rows} == {"노을빛"}


def test_a_rank_in_the_address_is_no_identity() -> None:
    rows = [
        [str(n), f'<a href="/news/{500 + n * 7}?vnum={n}">이야기 {n}호</a>', "가온", f"2026-10-{n:02}"]
        for n in range(15, 5, -1)
    ]
    document = page_of(table(rows))
    keys = find_keys(document, find_groups(document, SEEN)[0].records)
    assert keys is not None and keys.identity.key == (r"path:/news/(\d+)$",)


@pytest.mark.parametrize(
    ("meta", "author", "date", "hits"),
    [
        ("{author} | {date} | 조회 {hits}", "문가람", "2026-10-09", 333),
        ("작성자 : {author} · 등록일 : {date} · 조회수 : {hits}", "문가람", "2026-10-09", 333),
        ("<img src='/i.gif' alt=''> | {author} | {date}", "문가람", "2026-10-09", None),
    ],
)
def test_a_line_of_facts_is_taken_apart(meta: str, author: str, date: str, hits: int | None) -> None:
    cards = "".join(
        f'<li><strong><a href="read.asp?idx={n * 11}">{n}번째 사연을 전합니다</a></strong><p>'
        + meta.format(author="문가람", date=f"2026-10-{n:02}", hits=n * 37)
        + "</p></li>"
        for n in range(9, 1, -1)
    )
    found = induce_listing(page_of(f"<html><body><div id=main><ul class=cards>{cards}</ul></div></body></html>"), SEEN)
    assert found is not None
    first = found.listing.rows[0]
    assert (first.author, str(first.posted), first.hits, first.title) == (author, date, hits, "9번째 사연을 전합니다")


def test_ranks_fall_though_a_notice_stands_among_them() -> None:
    assert falls(["공지", "12", "11", "40", "10", "9", "8"])
    assert not falls(["3", "18", "2", "77"])


def test_two_columns_of_counts_leave_readers_to_the_greater() -> None:
    rows = [[str(n), "제목입니다", str(n % 3), f"2026-10-{n:02}", str(n * 41)] for n in range(12, 4, -1)]
    roles, how = told_columns(rows, [1] * len(rows), {}, SEEN)
    assert roles == {1: "title", 3: "date", 0: "number", 4: "hits"} and how["hits"] == "shape"


def test_a_badge_is_no_part_of_a_title() -> None:
    cards = "".join(
        f'<li><a href="/v/{n}"><b>사연 {n}호입니다</b> <span class=cnt>[{n}]</span><em>2026-10-{n:02}</em></a></li>'
        for n in range(9, 1, -1)
    )
    document = page_of(f"<html><body><ul>{cards}</ul></body></html>")
    records = find_groups(document, SEEN)[0].records
    keys = find_keys(document, records)
    assert keys is not None
    found = read_cards(records, {place: opener.node for place, opener in keys.openers.items()}, SEEN)
    assert found is not None and "b" in (found.fields["title"][0].select or "")


def test_random_boards_are_read_or_doubted(full: bool) -> None:
    """What is said with confidence is right; nearly all boards are read."""
    seeds = range(600 if full else 60)
    wrong = {seed: faults for seed in seeds if (faults := faults_of(seed))}
    sure = {seed: faults for seed, (confidence, faults) in wrong.items() if confidence >= 0.8 and faults}
    assert len(wrong) <= len(seeds) * 0.08, wrong
    assert len(sure) <= len(seeds) * 0.03, sure  # what the posts themselves then deny (sync/study)


def faults_of(seed: int) -> tuple[float, dict[str, int]] | None:
    """How surely the first list page of that board was read, and how many values of it were wrong; None when none."""
    skin = make_skin(seed)
    board = skin.board(FakeClock(SEEN))
    truth = {str(post["idx"]): post for post in board.truth()}
    with serve(FakeSite([board], clock=board.clock)) as server, urllib.request.urlopen(server.url(board.slug)) as got:
        headers = tuple((name.encode(), value.encode()) for name, value in got.headers.items())
        page = Page(server.url(board.slug), 200, headers, got.read(), SEEN)
    found = induce_listing(parse(page), SEEN)
    if found is None:
        return 0.0, {"rows": 1}
    faults: Counter[str] = Counter()
    for row in found.listing.rows:
        true = truth.get(row.key)
        if true is None:
            faults["key"] += 1
        else:
            faults.update(_wrong(row, true, skin.face))
    return (found.confidence, dict(faults)) if faults else None


def _wrong(row: Row, true: dict[str, object], face: object) -> list[str]:
    shown = {name: getattr(face, f"list_{name}") == "yes" for name in ("author", "date", "hits")}
    title, stem = _squash(true["title"]), _squash(stem_of(row.title) if row.title_cut else row.title)
    found = [] if title == stem or (row.title_cut and title.startswith(stem)) or true["secret"] else ["title"]
    if _squash(row.author) != (_squash(true["author"]) if shown["author"] else ""):
        found.append("author")
    date = row.posted.date if row.posted else None
    if face.date != "monthday" and date != (true["date"] if shown["date"] else None):  # type: ignore[attr-defined]
        found.append("date")
    if row.hits != (true["hits"] if shown["hits"] else None):
        found.append("hits")
    if face.number != "none" and not row.is_notice and row.number != true["number"]:  # type: ignore[attr-defined]
        found.append("number")
    return found


def _squash(text: object) -> str:
    return re.sub(r"\s+", "", str(text or ""))


def test_a_column_of_file_counts_holds_no_names() -> None:
    rows = [[str(n), "제목입니다", f"첨부{n % 3}", f"2026-10-{n:02}", str(n * 41)] for n in range(12, 4, -1)]
    roles, _ = told_columns(rows, [1] * len(rows), {}, SEEN)
    assert "author" not in roles.values()


def test_a_rank_in_the_address_that_the_row_prints_is_no_identity() -> None:
    rows = [
        [f"번호 {n}", f'<a href="/news/{1200 + n}?vnum={n}">이야기 {n}호</a>', "가온", f"2026-10-{n:02}"]
        for n in range(15, 5, -1)
    ]
    document = page_of(table(rows))
    keys = find_keys(document, find_groups(document, SEEN)[0].records)
    assert keys is not None and keys.identity.key == (r"path:/news/(\d+)$",)


def test_badge_number_and_category_before_the_link_are_read() -> None:
    def row(n: int) -> list[str]:
        badge = "[공지] " if n > 10 else ""
        kind = ("기고", "칼럼")[n % 2]
        link = f'<a href="view.php?tb=free&no={700 + n * 3}">{n}번째 이야기를 적습니다</a>'
        return [str(n) if n < 11 else "", f"{badge}<span>[{kind}]</span> {link}", "문가람", f"2026-10-{n:02}"]

    head = "<tr><th>번호</th><th>제목</th><th>작성자</th><th>작성일</th></tr>"
    found = induce_listing(page_of(table([row(n) for n in range(12, 2, -1)], head)), SEEN)
    assert found is not None
    assert [row.is_notice for row in found.listing.rows] == [True, True, *[False] * 8]
    assert {row.category for row in found.listing.rows} == {"기고", "칼럼"}


def test_undated_posts_are_believed_where_their_pages_confirm_two_fields() -> None:
    found = induce_listing(page_of(table([[*post(n)[:3], str(n * 37)] for n in range(20, 10, -1)])), SEEN)
    assert found is not None and found.confidence < 0.8
    how = {**found.how, "title": "article", "author": "article", "hits": "article", "number": "class"}
    assert how_sure(found.listing, how, is_told_apart=True)[0] >= 0.8
    assert how_sure(found.listing, {**how, "title": "alone"}, is_told_apart=True)[0] < 0.8
    assert how_sure(found.listing, {**how, "number": "shape"}, is_told_apart=True)[0] < 0.8


def lines(posts: list[tuple[str, str, str]]) -> str:
    """A list of lines: what stands before each link, behind it, and the facts below it."""
    items = "".join(
        f'<li>{before}<a href="view.php?no={1040 - at * 3}">{at}번째 이야기를 적습니다</a>'
        f"{behind}<span>{facts}</span></li>"
        for at, (before, behind, facts) in enumerate(posts)
    )
    return f"<html><body><ul>{items}</ul></body></html>"


def test_facts_keep_their_place_behind_counts_of_comments_and_without_a_number() -> None:
    names = ("최누리", "한여울", "노다온 기자", "서미르", "문가람", "조도담", "남슬찬")
    posts = [
        (
            f"<span>{30 - at}</span> ",
            " <span>[2]</span>" if at in (3, 5) else "",
            f"게시일 2026.10.{28 - at} / 등록자 {name}",
        )
        for at, name in enumerate(names)
    ]
    found = induce_listing(page_of(lines([("[공지] ", "", "게시일 2026.01.02 / 등록자 편집국"), *posts])), SEEN)
    assert found is not None
    assert [row.author for row in found.listing.rows] == ["편집국", *names]
    assert [row.number for row in found.listing.rows] == [None, *range(30, 23, -1)]
    assert [row.is_notice for row in found.listing.rows] == [True, *[False] * 7]
    assert all(row.posted is not None for row in found.listing.rows)
    later = [
        ("<span>12</span> ", " <span>[1]</span>", "게시일 2026.02.03 / 등록자 하온"),
        ("", "<span>[4]</span>", " / "),
    ]
    rows = read_listing(page_of(lines(later)), found.layout, SEEN).rows
    assert [(row.number, row.author, row.posted and row.posted.date) for row in rows] == [
        (12, "하온", "2026-02-03"),
        (None, None, None),
    ]


@pytest.mark.parametrize("label", ["처리상태 ", '<span class="blind">처리상태</span>'])
def test_a_labelled_word_between_facts_is_no_author(label: str) -> None:
    facts = [f"2026.10.{28 - at} / {label}{('완료', '접수')[at % 2]} / 조회 {at * 31}" for at in range(7)]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None and {row.author for row in found.listing.rows} == {None}


def test_the_identity_is_what_notices_are_linked_by_as_well() -> None:
    links = ["id=58"] + [f"id={at}&amp;vnum={at}" for at in (71, 69, 66, 65, 61, 60)]
    rows = [
        [
            "공지" if at == 0 else str(80 - at),
            f'<a href="view.php?tb=a&amp;{link}">{at}번째 글입니다</a>',
            "최누리",
            f"2026-10-{20 - at}",
        ]
        for at, link in enumerate(links)
    ]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None and found.layout.identity.key == ("query:id",)
    assert found.listing.rows[0].key == "58" and found.listing.rows[0].is_notice


def test_labels_in_elements_of_their_own_tell_what_is_glued_to_them() -> None:
    names = ("최누리", "한여울", "노다온 기자", "서미르", "문가람", "조도담")
    facts = [
        f"<b>읽음</b>{at * 31} | <b>등록일</b>2026-10-{28 - at} | <b>수정일</b>2026-11-{18 - at} | <b>작성자</b>{name}"
        for at, name in enumerate(names)
    ]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None and found.how["author"] == "label"
    rows = found.listing.rows
    assert [(row.author, row.hits, row.posted and row.posted.date) for row in rows] == [
        (name, at * 31, f"2026-10-{28 - at}") for at, name in enumerate(names)
    ]


def test_facts_are_counted_from_the_end_though_another_element_stands_before_their_line() -> None:
    facts = [f"<em>최누리{at}</em> <em>2026-10-{28 - at}</em> <em><b>조회</b> {at * 31}</em>" for at in range(8)]
    posts = [
        (f"<span>{70 - at}</span> ", " <span>[2]</span>" if at == 7 else "", each) for at, each in enumerate(facts)
    ]
    found = induce_listing(page_of(lines(posts)), SEEN)
    assert found is not None
    assert [(row.author, row.hits) for row in found.listing.rows] == [(f"최누리{at}", at * 31) for at in range(8)]


def test_a_labelled_word_in_an_element_of_its_own_is_no_category() -> None:
    facts = [f"<em>최누리</em><em>2026-10-{28 - at}</em><em>상 태 {('완료', '접수')[at % 2]}</em>" for at in range(8)]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None and {row.category for row in found.listing.rows} == {None}


def test_a_column_whose_cells_begin_with_the_same_word_is_what_that_says() -> None:
    rows = [
        [str(40 - at), f"분류 {('칼럼', '기고')[at % 2]}", post(30 - at)[1], f"2026-10-{20 - at}", str(at * 31)]
        for at in range(8)
    ]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert {(row.category, row.author) for row in found.listing.rows} == {("칼럼", None), ("기고", None)}


def undated(first: int, count: int, step: int = 1) -> str:
    return table([[str(at), post(at)[1], "최누리"] for at in range(first, first - count * step, -step)])


def test_a_number_that_falls_on_over_two_pages_needs_no_header() -> None:
    found = induce_listing(page_of(undated(30, 8)), SEEN)
    assert found is not None and found.how["number"] == "shape"

    def how(page: str) -> str:
        return counted(found, read_listing(page_of(page), found.layout, SEEN)).how["number"]

    assert how(undated(22, 8)) == "pages"
    assert how(undated(21, 8)) == how(undated(22, 8, step=3)) == "shape"
    assert counted(found, None).how["number"] == "shape"


def test_the_next_page_teaches_what_the_first_does_not_show() -> None:
    head = "<tr><th>번호</th><th>제목</th><th>작성일</th></tr>"

    def page(mark: str, first: int) -> str:
        return table(
            [
                [str(at), f'<a href="view.php?no={900 + at}">{at}번째 글{mark}</a>', f"2026-10-{at:02}"]
                for at in range(first, first - 6, -1)
            ],
            head,
        )

    first, second = page_of(page("", 20)), page_of(page(" <em>[3]</em>", 14))
    found = induce_listing(first, SEEN)
    assert found is not None
    wide = widened(first, found, induce_listing(second, SEEN), SEEN)
    assert [row.title for row in read_listing(second, wide.layout, SEEN).rows][:2] == ["14번째 글", "13번째 글"]
    assert wide.listing.rows == found.listing.rows
    assert widened(first, found, None, SEEN) == found


def test_blocks_inside_a_link_are_no_columns() -> None:
    lead = "이 글의 첫머리를 길게 옮겨 놓은 것으로 제목보다 훨씬 길다. 아무도 이것을 제목으로 여기지 않는다."
    items = "".join(
        f'<li><a href="view.php?no={900 - at}"><div><i>{60 - at}</i> <span>{at}번째 글의 제목</span></div>'
        f"<p>{at} {lead}</p><div>2026-10-{28 - at}</div></a></li>"
        for at in range(8)
    )
    found = induce_listing(page_of(f"<html><body><ul>{items}</ul></body></html>"), SEEN)
    assert found is not None
    assert [(row.title, row.number) for row in found.listing.rows] == [
        (f"{at}번째 글의 제목", 60 - at) for at in range(8)
    ]


def test_a_header_that_calls_the_only_dates_another_thing_is_believed() -> None:
    head = "<div><b>글제목</b><b>작성자</b><b>조회</b><b>수정일</b></div>"
    rows = "".join(
        f'<p><b><a href="view.php?no={900 - at}">{at}번째 글의 제목</a></b>'
        f"<b>최누리</b><b>{at * 31}</b><b>2026-10-{28 - at}</b></p>"
        for at in range(8)
    )
    found = induce_listing(page_of(f"<html><body>{head}<section>{rows}</section></body></html>"), SEEN)
    assert found is not None and found.how["hits"] == "header"
    assert {(row.posted, row.author) for row in found.listing.rows} == {(None, "최누리")}


def test_labels_alone_make_a_list() -> None:
    facts = [f"<b>댓글</b>{at % 3} / <b>기자</b>최누리{at}" for at in range(8)]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None and [row.author for row in found.listing.rows] == [f"최누리{at}" for at in range(8)]


def test_a_badge_inside_an_element_like_that_of_the_title_is_dropped() -> None:
    rows = "".join(
        f"<tr><td onclick=\"location.href='view.php?no={900 - at}'\"><span>{at}번째 글의 제목"
        f"{' <span>N</span>' if at < 2 else ''}</span></td><td>최누리</td><td>2026-10-{28 - at}</td></tr>"
        for at in range(8)
    )
    found = induce_listing(page_of(f"<html><body><table>{rows}</table></body></html>"), SEEN)
    assert found is not None and [row.title for row in found.listing.rows] == [f"{at}번째 글의 제목" for at in range(8)]


@pytest.mark.parametrize(
    "fact", ["최누리 기자 / 2026/10/{day:02} / {hits}", "2026/10/{day:02} / 이름 최누리 기자 / 조회 {hits}"]
)
def test_a_mark_inside_a_date_parts_nothing(fact: str) -> None:
    facts = [fact.format(day=28 - at, hits=at * 31) for at in range(8)]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None
    assert [(row.author, row.hits, row.posted and row.posted.date) for row in found.listing.rows] == [
        ("최누리 기자", at * 31, f"2026-10-{28 - at}") for at in range(8)
    ]


def test_a_department_in_the_line_gives_way_to_who_wrote() -> None:
    facts = [f"조회 : {at * 31} | 부서 : 기획실 | 이름 : 논설위원 최누리{at}" for at in range(8)]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None and [row.author for row in found.listing.rows] == [
        f"논설위원 최누리{at}" for at in range(8)
    ]


def test_a_category_is_told_in_its_line_and_beside_its_title() -> None:
    facts = [f"분류 {('칼럼', '기고')[at % 2]} · 기자 최누리{at} · 조회수 {at * 31}" for at in range(8)]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None
    assert [row.category for row in found.listing.rows] == ["칼럼", "기고"] * 4
    rows = [
        [
            f"<i>순 번</i>{40 - at}",
            f"<i>[{('칼럼', '기고')[at % 2]}]</i> {post(30 - at)[1]}",
            "최누리",
            f"2026-10-{20 - at}",
        ]
        for at in range(8)
    ]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert [row.category for row in found.listing.rows] == ["칼럼", "기고"] * 4


def test_names_beside_titles_are_a_list_only_where_the_posts_say_so() -> None:
    rows = "".join(
        f'<tr><td><a href="view.php?no={900 - at}">{at}번째 글의 제목</a></td><td>최누리{at}</td></tr>'
        for at in range(8)
    )
    page = page_of(f"<html><body><table>{rows}</table></body></html>")
    found = induce_listing(page, SEEN)
    assert found is not None and found.confidence < 0.5
    assert [row.author for row in found.listing.rows] == [f"최누리{at}" for at in range(8)]
    articles = {
        row.key: Article(row.key, row.title, False, row.author, None, None, None, None, None)
        for row in found.listing.rows[:3]
    }
    assert mended(page, found, articles, SEEN).confidence >= 0.8


def test_what_looks_like_columns_but_moves_is_read_by_names() -> None:
    def row(at: int) -> str:
        lead = "" if at == 3 else "<dd class=lead>글머리를 옮긴 긴 줄</dd>"
        return (
            f'<dl><dt><span class=num><i>순번</i>{60 - at}</span> <a href="view.php?no={900 - at}">{at}번째 글</a></dt>'
            f"{lead}<dd class=day>2026-10-{28 - at}</dd><dd class=name>최누리{at}</dd></dl>"
        )

    found = induce_listing(page_of(f"<html><body><div>{''.join(map(row, range(8)))}</div></body></html>"), SEEN)
    assert found is not None
    assert [(each.number, each.author) for each in found.listing.rows] == [(60 - at, f"최누리{at}") for at in range(8)]


DRAWN = """
from datetime import datetime
from scraper.fakeboard import FakeClock, FakeSite
from scraper.fakeboard.exchange import Session, Visit
from scraper.fakeboard.skins.strange import list_path, make_skin
from scraper.models import KST, Page
from scraper.page.document import parse
from scraper.page.induce.lists.listing import induce_listing
from scraper.page.toml import layout_toml

seen = datetime(2026, 11, 20, 3, tzinfo=KST)
for seed in (6127, 6534, 6364):
    clock = FakeClock(seen)
    board = make_skin(seed).board(clock)
    site = FakeSite([board], clock=clock)
    answer = site.answer(site.route(Visit("GET", list_path(board), {}, "", "http://a.example", Session("x"))))
    head = ((b"Content-Type", answer.content_type),)
    found = induce_listing(parse(Page(f"http://a.example{list_path(board)}", 200, head, answer.body, seen)), seen)
    print(seed, layout_toml(found.layout) if found else None)
"""


def test_a_layout_is_the_same_whatever_the_order_of_hashes() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", DRAWN], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "4")
    ]
    assert told[0].count(b"[list]") == 3
    assert told[0] == told[1] == told[2]


def test_a_line_of_facts_beside_number_and_title_is_no_column() -> None:
    posts = [(f"<span>{60 - at}</span> ", "", f"<em>최누리{at}</em> <em>읽음 : {at * 31}</em>") for at in range(8)]
    found = induce_listing(page_of(lines(posts)), SEEN)
    assert found is not None
    assert [(row.number, row.author, row.hits) for row in found.listing.rows] == [
        (60 - at, f"최누리{at}", at * 31) for at in range(8)
    ]


def test_rows_without_dates_and_numbers_are_those_of_their_table() -> None:
    inner = "".join(
        f"<tr><td onclick=\"location.href='view.php?no={900 - at}'\"><span>{at}번째 글의 제목</span></td>"
        f"<td>게시자 : 최누리{at}</td><td>조회수 : {at * 31}</td></tr>"
        for at in range(8)
    )
    frame = f"<table><tr><td><a href=/a>차림</a></td><td><table>{inner}</table></td></tr></table>"
    found = induce_listing(page_of(f"<html><body><table><tr><td>신문</td></tr></table>{frame}</body></html>"), SEEN)
    assert found is not None
    assert [(row.key, row.author, row.hits) for row in found.listing.rows] == [
        (str(900 - at), f"최누리{at}", at * 31) for at in range(8)
    ]


def test_two_parameters_with_the_same_values_are_no_doubt() -> None:
    rows = [
        [str(at), f'<a href="view.php?b_idx={at}&amp;vnum={at}">{at}번째 글입니다</a>', "최누리", f"2026-10-{at - 50}"]
        for at in (77, 75, 74, 70, 69, 66)
    ]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None and found.is_told_apart


def test_the_next_page_teaches_also_where_there_are_two_ways_to_the_title() -> None:
    def page(mark: str, first: int) -> str:
        facts = [f"<em>최누리</em><em>2026-10-{at:02}</em>" for at in range(first, first - 6, -1)]
        text = lines([("", "", each) for each in facts]).replace(
            "이야기를 적습니다</a>", f"이야기를 적습니다{mark}</a>"
        )
        return text.replace("no=10", f"no={first}")

    first, second = page_of(page("", 28)), page_of(page(" <b>[3]</b>", 20))
    found = induce_listing(first, SEEN)
    assert found is not None
    wide = widened(first, found, induce_listing(second, SEEN), SEEN)
    assert read_listing(second, wide.layout, SEEN).rows[0].title == "0번째 이야기를 적습니다"


def test_an_icon_behind_the_facts_moves_none_of_them() -> None:
    facts = [f"<i>최누리{at}</i> <i>2026-10-{28 - at}</i>" for at in range(8)]
    posts = [
        (
            f"<span>{60 - at}</span> ",
            " <span>[2]</span>" if at == 5 else "",
            each + "<i><img src=f.gif></i>" * (at % 3 == 0),
        )
        for at, each in enumerate(facts)
    ]
    found = induce_listing(page_of(lines(posts)), SEEN)
    assert found is not None
    assert [(row.author, row.posted and row.posted.date) for row in found.listing.rows] == [
        (f"최누리{at}", f"2026-10-{28 - at}") for at in range(8)
    ]


def test_a_glued_label_ends_where_the_next_begins() -> None:
    facts = [
        f"<b>분류</b>{('칼럼', '기고')[at % 2]} · <b>게시자</b>최누리{at} · <b>작성일자</b>2026. 10. {28 - at}."
        for at in range(8)
    ]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None
    assert [(row.category, row.author) for row in found.listing.rows] == [
        (("칼럼", "기고")[at % 2], f"최누리{at}") for at in range(8)
    ]


def test_a_number_stands_before_a_category_before_the_title() -> None:
    rows = [
        [f"<i>{40 - at}</i> <i>[{('칼럼', '기고')[at % 2]}]</i> {post(30 - at)[1]}", "최누리", f"2026-10-{20 - at}"]
        for at in range(8)
    ]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert [(row.number, row.category) for row in found.listing.rows] == [
        (40 - at, ("칼럼", "기고")[at % 2]) for at in range(8)
    ]


@pytest.mark.parametrize("before", ["", "<b>읽음</b>31 · "])
def test_a_glued_department_gives_way_to_a_glued_person(before: str) -> None:
    facts = [
        f"{before}<b>담당부서</b>총무과 · <b>글쓴이</b>팀장 최누리{at} · <b>게시일</b>2026-10-{28 - at}"
        for at in range(8)
    ]
    found = induce_listing(page_of(lines([("", "", each) for each in facts])), SEEN)
    assert found is not None
    assert [row.author for row in found.listing.rows] == [f"팀장 최누리{at}" for at in range(8)]


def test_facts_of_rows_without_a_number_or_with_comments_are_not_mixed_up() -> None:
    facts = [f"읽 음 : {at * 31} / 최누리{at} / 2026.10.{28 - at}" for at in range(8)]
    posts = [
        (f"<span>{60 - at}</span> <span>[칼럼]</span> " if at else "", " <span>(2)</span>" if at == 5 else "", each)
        for at, each in enumerate(facts)
    ]
    found = induce_listing(page_of(lines(posts)), SEEN)
    assert found is not None
    assert [(row.hits, row.author) for row in found.listing.rows] == [(at * 31, f"최누리{at}") for at in range(8)]
    assert [row.category for row in found.listing.rows] == [None, *["칼럼"] * 7]


def test_marks_among_numbers_are_no_names_and_notices_have_none() -> None:
    rows = [
        [mark, *post(number)[1:]] for mark, number in (("[공지]", 31), ("[공지]", 30), ("공지", 29), ("[공지]", 28))
    ]
    rows += [post(number) for number in (20, 19, 18)]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert [(row.number, row.is_notice) for row in found.listing.rows] == [(None, True)] * 4 + [
        (20, False),
        (19, False),
        (18, False),
    ]
    assert {row.author for row in found.listing.rows} == {"문가람"}


@pytest.mark.parametrize("word", ["신청 조회", "답변완료", "접수중", "2026-10-01 ~ 2026-10-31"])
def test_a_state_a_button_or_a_period_is_nobody(word: str) -> None:
    rows = [[*post(number)[:2], word, *post(number)[3:]] for number in range(20, 10, -1)]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert {row.author for row in found.listing.rows} == {None}


def test_a_word_before_the_title_that_comes_again_is_its_category() -> None:
    rows = [[str(n), ("학부", "공통")[n % 2], *post(n)[1:2], *post(n)[3:]] for n in range(20, 10, -1)]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert {(row.author, row.category) for row in found.listing.rows} == {(None, "학부"), (None, "공통")}


def test_counts_that_fall_by_one_number_the_posts() -> None:
    rows = [[*post(n)[1:2], post(n)[3], str(1200 + n)] for n in range(20, 10, -1)]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert [(row.number, row.hits) for row in found.listing.rows][:2] == [(1220, None), (1219, None)]


def test_an_element_without_classes_behind_one_with_some_is_found() -> None:
    items = "".join(
        f"<li><a href='/read?seq={n}'>{n}번째 이야기</a>"
        f"<p><span class=wr>문가람</span><span>2026.10.{n}</span></p></li>"
        for n in range(20, 12, -1)
    )
    found = induce_listing(page_of(f"<html><body><ul>{items}</ul></body></html>"), SEEN)
    assert found is not None
    assert {(row.author, row.posted is None) for row in found.listing.rows} == {("문가람", False)}


def test_what_may_be_searched_for_is_no_header() -> None:
    search = "<div><ul><li>제목</li><li>내용</li><li>작성자</li><li>등록일</li><li>조회</li></ul></div>"
    rows = [post(n) for n in range(20, 10, -1)]
    columns = [[row[0], row[1], row[3], row[2], row[4]] for row in rows]
    found = induce_listing(page_of(table(columns).replace("<table>", f"{search}<table>")), SEEN)
    assert found is not None
    assert "header" not in found.how.values()


def test_words_of_an_icon_inside_a_title_are_none_of_it() -> None:
    new = '<span class="ico-fresh"><em class="hide">방금 올라온 글</em></span>'
    rows = [
        [f'<a href="view.jsp?idx={n}">{new if n > 18 else ""}{n}번째 이야기를 적습니다</a>', f"2026.10.{n}"]
        for n in range(20, 10, -1)
    ]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert [row.title for row in found.listing.rows] == [f"{n}번째 이야기를 적습니다" for n in range(20, 10, -1)]


def test_a_title_that_an_icon_holds_stays() -> None:
    rows = [
        [f'<a href="view.jsp?idx={n}"><span class="icon">{n}번째 말</span></a>', f"2026.10.{n}"]
        for n in range(20, 10, -1)
    ]
    found = induce_listing(page_of(table(rows)), SEEN)
    assert found is not None
    assert found.listing.rows[0].title == "20번째 말"


def cards(before: str, kinds: tuple[str, ...] = ("",), by: str = "") -> str:
    items = "".join(
        f"<li><a href='/read?seq={n}'><h3>{before.format(kinds[n % len(kinds)])}{n}번째 이야기를 적습니다</h3>"
        f"<p>{by}<span class=time>2026-10-{n}</span></p></a></li>"
        for n in range(20, 10, -1)
    )
    return f"<html><body><ul>{items}</ul></body></html>"


def test_kinds_of_posts_before_the_titles_of_cards_are_none_of_them() -> None:
    found = induce_listing(page_of(cards("<span>{}</span> ", ("복지", "교통", "환경"))), SEEN)
    assert found is not None
    assert found.listing.rows[0].title == "20번째 이야기를 적습니다"


def test_words_before_the_titles_of_cards_that_never_come_again_belong_to_them() -> None:
    kinds = ("봄", "여름", "가을", "겨울", "아침", "저녁", "들길", "산길", "물길", "골목")
    found = induce_listing(page_of(cards("<span>{}</span> ", kinds)), SEEN)
    assert found is not None
    assert found.listing.rows[0].title == "봄 20번째 이야기를 적습니다"


def test_one_writer_of_all_cards_is_told_by_what_the_place_is_called() -> None:
    found = induce_listing(page_of(cards("", by="<span class=write>편집실</span> ")), SEEN)
    assert found is not None
    assert {row.author for row in found.listing.rows} == {"편집실"}
    found = induce_listing(page_of(cards("", by="<span class=write_box>편집실</span> ")), SEEN)
    assert found is not None and "class" not in found.how.get("author", "")


def test_a_form_for_narrow_windows_inside_a_title_is_none_of_it() -> None:
    rows = [
        [
            str(n),
            f'<a href="v.do?seq={n}"><p class=m> 2026-10-{n} | 문가람 | {n}번째 이야기</p> {n}번째 이야기</a>',
            "문가람",
        ]
        for n in range(20, 10, -1)
    ]
    found = induce_listing(page_of(table([[*row, f"2026-10-{row[0]}", "7"] for row in rows])), SEEN)
    assert found is not None
    assert [row.title for row in found.listing.rows][:2] == ["20번째 이야기", "19번째 이야기"]
