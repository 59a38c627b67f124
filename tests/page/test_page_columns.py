"""Which column is which: by header words, by content, and where header and rows do not match cell by cell."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_documents import SEEN, document, layout, table

from scraper.errors import LayoutChanged
from scraper.models import Row
from scraper.page.columns import label_of, roles_by_content
from scraper.page.listing import read_listing

POSTS = [
    ("31", "다리 놓는 이야기", "한누리", "2021-11-20", "1,204", "칼럼", "3"),
    ("30", "4.15 총선 뒤의 마을", "수도과 팀장 서은별", "2021-11-18", "98", "기고", "0"),
    ("29", "2013년을 돌아보며", "독자", "2021-11-02", "311", "칼럼", "12"),
    ("28", "1163", "윤다감", "2021-10-30", "77", "사설", "1"),
]
WORDS = {"number": "번호", "title": "제 목", "author": "글쓴이", "date": "작성일", "hits": "조회수"}
EXTRA = {"category": "분류", "votes": "추천"}
FIELDS = ("number", "title", "author", "date", "hits", "category", "votes")


def cell(post: tuple[str, ...], field: str) -> str:
    text = post[FIELDS.index(field)]
    return f'<a href="/view?no={post[0]}">{text}</a>' if field == "title" else text


def rows_of(fields: list[str], header: list[str] | None = None) -> tuple[Row, ...]:
    words = [(WORDS | EXTRA)[field] for field in fields] if header is None else header
    page = document(table([[cell(post, field) for field in fields] for post in POSTS], words))
    return read_listing(page, layout(), SEEN).rows


def told(row: Row) -> dict[str, object]:
    return {
        "number": row.number,
        "title": row.title,
        "author": row.author,
        "date": str(row.posted) if row.posted else None,
        "hits": row.hits,
        "category": row.category,
    }


WHOLE = [told(row) for row in rows_of(list(WORDS) + list(EXTRA))]


def test_every_column_is_read() -> None:
    assert WHOLE[1] == {
        "number": 30,
        "title": "4.15 총선 뒤의 마을",
        "author": "수도과 팀장 서은별",
        "date": "2021-11-18",
        "hits": 98,
        "category": "기고",
    }


@given(st.permutations(list(WORDS) + list(EXTRA)), st.sets(st.sampled_from([f for f in FIELDS if f != "title"])))
@settings(max_examples=150, deadline=None)
def test_shuffled_added_and_dropped_columns_change_no_value(order: list[str], dropped: set[str]) -> None:
    fields = [field for field in order if field not in dropped]
    if len(fields) < 2:
        return
    for row, whole in zip(rows_of(fields), WHOLE, strict=True):
        assert told(row) == {name: value if name in fields else None for name, value in whole.items()}


def test_a_header_of_images_counts_by_their_words() -> None:
    node = document("<p><img src=/i/board_no.gif></p><p><img src=a.gif alt=제목></p>").root.css("p")
    assert [label_of(each) for each in node] == ["board_no.gif", "제목"]


@pytest.mark.parametrize(
    ("header", "before", "after"),
    [
        (["번호", '<th colspan="2">제목</th>', "작성자", "작성일", "조회"], ["<td>칼럼</td>"], []),
        (["번호", '<th colspan="2">제목</th>', "작성자", "작성일", "조회"], [], []),
        (["번호", "제목", "작성자", "작성일", "조회"], ["<td>칼럼</td>"], []),
        (["번호", "제목", "작성자", "작성일", "조회"], ["<td width=1></td>"], ["<td width=1></td>"]),
        (["번호", '<th colspan="3">제목</th>', "작성자", "작성일", "조회"], ["<td>칼럼</td>"], []),
        (["번호", "제목", "작성자", "작성일", "조회"], ["WIDE"], []),
    ],
)
def test_a_header_wider_or_narrower_than_the_rows(header: list[str], before: list[str], after: list[str]) -> None:
    rows = []
    for post in POSTS:
        title = cell(post, "title")
        wide = before == ["WIDE"]
        middle = [f'<td colspan="3">{title}</td>'] if wide else [*before, f"<td>{title}</td>"]
        rows.append([f"<td>{post[0]}</td>", *middle, *after, *(f"<td>{post[at]}</td>" for at in (2, 3, 4))])
    found = read_listing(document(table(rows, header)), layout(), SEEN).rows
    assert [told(row) | {"category": None} for row in found] == [whole | {"category": None} for whole in WHOLE]


def by_content(fields: list[str]) -> dict[str, str]:
    place = fields.index("title")
    roles = roles_by_content([[post[FIELDS.index(f)] for f in fields] for post in POSTS], [place] * len(POSTS), SEEN)
    return {fields[at]: role for at, role in roles.items()}


@pytest.mark.parametrize(
    "fields",
    [
        ["number", "title", "author", "date", "hits"],
        ["title", "author", "date", "hits"],
        ["number", "title", "date", "hits"],
        ["number", "title", "author", "date"],
        ["title", "date"],
    ],
)
def test_columns_without_a_header_are_told_by_content(fields: list[str]) -> None:
    assert by_content(fields) == {field: field for field in fields}


def test_a_title_column_is_the_one_with_the_link_whatever_it_holds() -> None:
    posts = [[str(n), f"2021-10-{n:02}", "가나다", f"2021-11-{n:02}", str(n * 7)] for n in range(10, 15)]
    assert roles_by_content(posts, [1] * 5, SEEN) == {1: "title", 0: "number", 3: "date", 4: "hits", 2: "author"}


def test_nothing_is_told_about_no_rows() -> None:
    assert roles_by_content([], [], SEEN) == {}
    assert roles_by_content([["1", "x"]], [None], SEEN) == {}


def test_spacer_cells_do_not_move_columns() -> None:
    rng = random.Random(3)
    for _ in range(30):
        fields = ["number", "title", "author", "date", "hits"]
        gaps = [rng.random() < 0.5 for _ in fields]
        rows = [
            [text for gap, f in zip(gaps, fields, strict=True) for text in ([""] if gap else []) + [cell(post, f)]]
            for post in POSTS
        ]
        found = read_listing(document(table(rows)), layout(), SEEN).rows
        assert [told(row) | {"category": None} for row in found] == [whole | {"category": None} for whole in WHOLE]


TOLD = ("number", "title", "date", "hits", "author")


def told_page(rows: list[tuple[str, str, str, str, str]]) -> tuple[Row, ...]:
    cells = [[number, f'<a href="/view?no={at}">{title}</a>', *rest] for at, (number, title, *rest) in enumerate(rows)]
    return read_listing(document(table(cells)), layout(list={"columns": list(TOLD)}), SEEN).rows


def test_columns_are_as_the_layout_tells_though_most_rows_are_notices() -> None:
    rows = told_page([
        ("공지", "알리는 말씀", "2021-11-20", "조회 12", "편집국"),
        ("공지", "고치는 말씀", "2021-11-19", "조회 40", "편집국"),
        ("No. 1", "첫 글", "2021-10-01", "조회 7", "최누리"),
    ])  # fmt: skip
    assert [(row.number, row.author, row.hits, row.is_notice) for row in rows] == [
        (None, "편집국", 12, True), (None, "편집국", 40, True), (1, "최누리", 7, False)
    ]  # fmt: skip


def test_rows_with_other_columns_than_the_layout_tells_are_not_guessed() -> None:
    with pytest.raises(LayoutChanged, match="columns"):
        told_page([("3", "글", "최누리", "2021-10-01", "7"), ("2", "글 둘", "한여울", "2021-10-01", "9")])
