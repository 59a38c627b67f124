"""What was typed into a search: words, phrases, or search syntax that is refused. Honest queries never are."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.archive.asking import FIELDS, Asked, asked, find_syntax
from scraper.archive.matching import loose_query, match_query
from scraper.archive.released import released_columns

SYNTAX = {
    "title:도서관": "title:",
    "Title : 도서관": "Title :",
    "-body_text:평택": "-body_text:",
    "평택 author:김가온": "author:",
    "text:물동량": "text:",
    "{title body_text}: 평택": "{title body_text}:",
    "-{title}:평택": "-{title}:",
    "NEAR(평택 항만)": "NEAR(",
    'NEAR ("평택" "항만", 3)': "NEAR (",
    "a AND OR b": "AND",
    "AND OR": "AND",
    "평택 OR 항만": "OR",
    "(평택 OR 항만) 개발": "OR",
    "NOT 평택": "NOT",
    '"평택"AND"항만"': "AND",
    "도서*": "도서*",
    "작은 도서관* 개관": "도서관*",
    '"작은 도서관"*': "*",
    "^평택": "^평택",
    '^"평택 항만"': "^",
    "평택 + 항만": "+",
    '"평택 항만" + 개발': "+",
    '"평택"+"항만"': "+",
    '"평택항': '"',
    '27" 모니터': '"',
    '"가 나" "다': '"',
}

HONEST = """R&D|A/S|Q&A|T/F팀|AND/OR|C++|A+|U+ 요금|5G+|코로나+독감|1+1 행사|1 + 1|[기획+]|2^3|^^|ㅎㅎ^^|^_^|^o^
and|or|not|AND|OR|NOT|NEAR|NEAR 대회|수술실 OR|LAND NOTE ORACLE|10:30|코로나19:|시간: 10:30
제목:도서관|작성자: 김가온|위원장:김가온|subtitle:x|http://a.example/b?c=1|(사)평택|(주)솔내
【사설】|<기고>|[기자수첩]|{평택}|‘봄’ “평택항”|가-나|2024-25|-5도|도서관 -작은|평택~서울|평택→서울
10·26|4.15 총선|1,200명|김*수|김**|이** 씨|홍*동|3*4|19**년|*공지*|* 공지|평택 * 항만|010-****-5678
100%|#해시|※ 알림|㈜솔내|3㎡|½|"평택항" 개발|"title:x"|"NEAR(a b)"|"가 AND 나" 다|"도서*"
"^평택" 항만|"" 평택|'24년|Do or Die|…|title|NEAR 평택""".replace("\n", "|").split("|")


@pytest.mark.parametrize(("words", "piece"), SYNTAX.items(), ids=str)
def test_syntax_is_found_and_named(words: str, piece: str) -> None:
    assert find_syntax(words) == piece


@pytest.mark.parametrize("words", HONEST)
def test_the_marks_of_korean_papers_are_no_syntax(words: str) -> None:
    assert find_syntax(words) is None


def test_every_column_of_an_index_and_of_articles_is_a_field() -> None:
    columns = {column.name for column in released_columns()["articles"]}
    assert {"title", "body_text", "search_terms", "text"} | columns <= FIELDS


@pytest.mark.parametrize("words", [words for words in SYNTAX if '"' not in words])
def test_in_double_quotes_syntax_is_text(words: str) -> None:
    assert find_syntax(f'개발 "{words}"') is None


def test_words_and_phrases() -> None:
    assert asked('평택 "작은 도서관" 4.15') == Asked(("평택", "4.15"), (("작은", "도서관"),))
    assert asked('"title:x" "…" ""') == Asked((), (("title", "x"),))
    assert asked('27" 모니터') == Asked(("27", "모니터"), ())


PLAIN = st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=6)
"""Syllables, letters without case and digits: no word of a query language can be made of them."""
MARKS = st.sampled_from(["", "", "", ":", "!", ",", "…", "·", "(", ")", "%", "/", "-", "'", "&"])
SENTENCES = st.lists(st.tuples(MARKS, PLAIN, MARKS).map("".join), min_size=1, max_size=6)


@given(SENTENCES)
def test_words_with_marks_before_and_after_are_words(words: list[str]) -> None:
    assert find_syntax(" ".join(words)) is None


@given(
    SENTENCES, SENTENCES, st.sampled_from(["title:가", "NEAR(가 나)", "AND 가", "OR 나", "NOT 다", "라*", "^마", '"'])
)
def test_syntax_anywhere_among_words_is_found(before: list[str], after: list[str], piece: str) -> None:
    found = find_syntax(" ".join([*before, piece, *after]))
    assert found is not None and piece.startswith(found)


@given(st.text().filter(lambda text: '"' not in text))
def test_nothing_in_double_quotes_is_syntax(text: str) -> None:
    assert find_syntax(f'"{text}"') is None


@given(st.text(st.sampled_from('가나 "*^:+-{}()') | st.characters(), max_size=20))
def test_whatever_is_typed_makes_a_query_that_fts5_takes(text: str) -> None:
    find_syntax(text)
    loose = loose_query(text)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(title, body_text)")
    for query in (match_query(text), loose and loose[0]):
        if query is not None:
            db.execute("SELECT * FROM f WHERE f MATCH ?", [query]).fetchall()
    db.close()
