"""Korean search: what a plain client finds, what the command line finds, and that nothing stale stays behind."""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from archive_samples import World, at, board, day, post, row
from hypothesis import given, settings
from hypothesis import strategies as st
from search_quality import judged, measure

from scraper.archive import open_archive, search
from scraper.archive.matching import loose_query, match_query
from scraper.archive.search import Sought, fill_all, is_current
from scraper.archive.snippets import marks, snippet
from scraper.archive.terms import search_terms, words_of

TEXTS = {
    "1": ("평택시 지역사회보장협의체 출범", "민관이 함께 돌봄을 논의한다."),
    "2": ("[사설] 물 부족, 대책은", "가뭄이 길다. 2021년 저수율이 낮다."),
    "3": ("新聞庫를 열며", "신문고의 뜻을 새긴다.\n군청 예산안도 살핀다."),
    "4": ("Re: PARKING 문제", None),
}


@pytest.fixture
def library(world: World) -> World:
    for key, (title, text) in TEXTS.items():
        world.read(post(key, title=title, body_text=text))
    return world


def plain(path: Path, query: str) -> list[str]:
    """What the sqlite3 shell or Datasette finds."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    sql = "SELECT p.key FROM posts_fts JOIN posts p ON p.id = posts_fts.rowid WHERE posts_fts MATCH ? ORDER BY p.id"
    found = [key for (key,) in db.execute(sql, [query])]
    db.close()
    return found


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("협의체", ["1"]),
        ("보장", ["1"]),
        ("사설", ["2"]),
        ("저수", ["2"]),
        ("2021", ["2"]),
        ("新聞", ["3"]),
        ('"예산"', ["3"]),
        ("parking", ["4"]),
        ("없는말", []),
    ],
)
def test_a_plain_client_finds_words_inside_words(library: World, query: str, keys: list[str]) -> None:
    assert plain(library.path, query) == keys


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("협의체가", ["1"]),
        ("지역사회보장협의체에서", ["1"]),
        ("사회보장협의", ["1"]),
        ("평택시 돌봄", ["1"]),
        ("평택시 가뭄", []),
        ("2021년", ["2"]),
        ("물", ["2"]),
        ("군청예산안", ["3"]),
        ("新聞庫", ["3"]),
        ("Parking", ["4"]),
        ('" OR * NEAR( - ^', []),
        ("100%_!", []),
        ("", []),
        ("협의체".encode().decode() + "의 출범", ["1"]),
        ('"지역사회보장협의체 출범"', ["1"]),
        ('"출범 지역사회보장협의체"', []),
        ('"협의체 출범"', []),  # a phrase begins where a word begins
        ('"돌봄을 논의"', ["1"]),
        ('"예산안"', ["3"]),
        ('"예산안은"', []),
        ('"함께 돌봄" 평택', ["1"]),
        ('"지역사회보장협의체 출범" 가뭄', []),
        ('"물 부족 대책"', ["2"]),
        ('"군청예산안"', []),
        ('"사회보장협의"', ["1"]),
    ],
)
def test_the_command_line_finds_words_with_particles_and_without_spaces(
    library: World, words: str, keys: list[str]
) -> None:
    assert [item["key"] for item in library.archive.find_matching(words)] == keys


def test_decomposed_hangul_is_found(library: World) -> None:
    decomposed = "\u1112\u1167\u11b8\u110b\u1174\u110e\u1166"  # 협의체 in single letters
    assert [item["key"] for item in library.archive.find_matching(decomposed)] == ["1"]


def test_a_snippet_shows_the_place(world: World) -> None:
    world.read(post("1", title="협의체 소식", body_text="앞글 " * 100 + "지역사회보장협의체 " + "뒷글 " * 100))
    (found,) = world.archive.find_matching("협의체가")
    assert "보장협의체" in found["snippet"] and found["snippet"].startswith("…") and found["snippet"].endswith("…")
    assert found["board"] == "opinion" and "body_text" not in found
    assert [found["snippet"][begin:end] for begin, end in found["marks"]] == ["협의체"]
    assert found["title_marks"] == [(0, 3)]


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("도서관과 작은 도서관을 잇다", "작은도서관이", ["작은 도서관"]),
        ("도서관과 작은 도서관", "도서관 작은", ["도서관", "작은", "도서관"]),
        ("LED와 led", "Led", ["LED", "led"]),
        ("주민들의 모임", "주민들은", ["주민들"]),
        ("주민의 모임", "주민들은", ["주민"]),
        ("작은 도서관", "작은도 서관", ["작은 도서관"]),
        ("아무 데도 없음", "도서관", []),
        ("가나나나다", "가나 나나 나다", ["가나나나다"]),
        ("(사람) [.*]", "사람", ["사람"]),
        ("2011.08.14 1 급식 1번", "1 급식", ["1", "급식", "1"]),
        ("KNOWLEDGE led등", "LED", ["led"]),
        ("제3회 13회", "3회", ["3회"]),
        ("도서관, 작은 도서관", '"작은 도서관"', ["작은 도서관"]),
        ("물 부족, 대책은", '"부족 대책" 물', ["물", "부족, 대책"]),
        ("작은도서관", '"작은 도서관"', []),
    ],
)
def test_hits_are_marked_where_a_reader_sees_them(text: str, words: str, marked: list[str]) -> None:
    assert [text[begin:end] for begin, end in marks(text, words)] == marked
    line, places = snippet(text, words)
    assert (line, [line[begin:end] for begin, end in places]) == (text, marked)


def test_filters_look_at_board_day_and_author(library: World) -> None:
    other = library.archive.save_board(board("http://news.example/other.php", "notice"))
    library.read(post("5", title="협의체 공고", author="이가상", posted=day("2022-03-01")))
    library.archive.save_post(
        other.id, post("6", title="협의체 알림", posted=day("2022-12-31")),
        capture_id=library.capture(post_key="6"), listing_capture_id=None, seen_at=at(99), parser_version="1",
        cause="source",
    )  # fmt: skip

    def found(**sought: Any) -> set[str]:
        return {item["key"] for item in library.archive.find_matching("협의체", 20, Sought(**sought))}

    assert found() == {"1", "5", "6"}
    assert found(boards=("notice",)) == {"6"}
    assert found(boards=("notice", "opinion")) == {"1", "5", "6"}
    assert found(since=date(2022, 1, 1), until=date(2022, 12, 31)) == {"5", "6"}
    assert found(until=date(2022, 3, 1)) == {"1", "5"}
    assert found(author="이가상") == {"5"}
    assert found(author="이가상", boards=("notice",)) == set()
    spaced = library.archive.find_matching("협의 체알림", 20, Sought(boards=("opinion",)))
    assert [item["key"] for item in spaced] == []
    assert [item["key"] for item in library.archive.find_matching("협의 체알림")] == ["6"]


def test_what_nearly_every_post_holds_is_not_ranked(library: World, monkeypatch: pytest.MonkeyPatch) -> None:
    library.read(post("5", title="협의체 협의체 협의체", body_text=None))
    library.read(post("6", title="딴 글", body_text="협의체라는 말이 한 번 나오는 긴 글이다. " + "뒷글 " * 50))
    ranked = [item["key"] for item in library.archive.find_matching("협의체")]
    assert set(ranked) == {"1", "5", "6"} and ranked[0] == "5"
    monkeypatch.setattr(search, "RANKED", 2)
    assert [item["key"] for item in library.archive.find_matching("협의체")] == ["6", "5", "1"]
    assert [item["key"] for item in library.archive.find_matching("협의체", 1)] == ["6"]
    library.read(post("7", title="협의체", author="이가상"))
    for author, keys in (("이가상", ["7"]), ("김가상", ["6", "5", "1"]), ("박가상", [])):  # few posts, many, none
        found = library.archive.find_matching("협의체", 20, Sought(author=author))
        assert [item["key"] for item in found] == keys


def test_common_words_with_filters_that_leave_many_posts_of_old(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first board was archived as a whole before the second one, and nobody's posts stand at either end."""
    other = world.archive.save_board(board("http://news.example/other.php", "notice"))
    for number in range(12):
        where = world.board if number < 6 else other
        world.archive.save_post(
            where.id,
            post(str(number), title="협의체", author=f"{number % 3}번", posted=day(f"20{10 + number % 2}-01-01")),
            capture_id=world.capture(post_key=str(number)), listing_capture_id=None, seen_at=at(number),
            parser_version="1", cause="source",
        )  # fmt: skip
    monkeypatch.setattr(search, "RANKED", 2)

    def found(limit: int = 20, **sought: Any) -> list[int]:
        return [int(item["key"]) for item in world.archive.find_matching("협의체", limit, Sought(**sought))]

    assert found() == list(range(11, -1, -1))
    assert found(boards=("opinion",)) == [5, 4, 3, 2, 1, 0]
    assert found(2, boards=("opinion",)) == [5, 4]
    assert found(since=date(2011, 1, 1)) == [11, 9, 7, 5, 3, 1]
    assert found(until=date(2010, 12, 31), boards=("opinion", "notice")) == [10, 8, 6, 4, 2, 0]
    assert found(author="1번") == [10, 7, 4, 1]
    assert found(author="1번", boards=("opinion",)) == [4, 1]
    assert found(author="1번", boards=("opinion",), since=date(2011, 1, 1)) == [1]
    assert found(author="9번") == found(boards=("opinion",), since=date(2012, 1, 1)) == []


def test_the_posts_of_an_author_stand_in_an_index(world: World) -> None:
    sql = "EXPLAIN QUERY PLAN SELECT p.id FROM posts p WHERE p.author = 'a' AND p.posted_date >= '2021'"
    assert "COVERING INDEX posts_author" in str(world.archive.db.execute(sql).fetchall())


def test_what_the_filters_leave_out_is_not_looked_for_with_other_blanks(library: World) -> None:
    library.read(post("5", title="협의 체", body_text=None, author="이가상"))
    assert [item["key"] for item in library.archive.find_matching("협의체")] == ["1"]
    assert library.archive.find_matching("협의체", 20, Sought(author="이가상")) == []


def test_the_judged_queries_are_answered_well(tmp_path: Path) -> None:
    found = measure(tmp_path / "judged.db", judged())
    assert len(judged().documents) >= 200 and len(judged().queries) >= 44
    assert found["command"].recall >= 0.95, found
    assert found["command"].precision >= 0.93, found
    assert found["command"].empty == 0
    assert found["plain"].recall >= 0.75, found
    assert found["plain"].precision >= 0.93, found


def test_an_index_of_another_version_is_filled_again_before_anything_is_written(library: World) -> None:
    db = library.archive.db
    db.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
    db.execute("UPDATE meta SET value = '1' WHERE key = 'search_terms_version'")
    library.close()
    assert plain(library.path, "보장") == []
    with open_archive(library.path, write=True) as archive:
        assert is_current(archive.db)
    assert plain(library.path, "보장") == ["1"]


def test_titles_of_unread_posts_are_found_and_follow_the_list(world: World) -> None:
    world.list(row("1", 1, title="보건소 이전"))
    assert plain(world.path, "보건소") == ["1"]
    world.list(row("1", 1, title="도서관 이전"))
    assert plain(world.path, "보건소") == []
    assert plain(world.path, "도서관") == ["1"]


def test_terms_are_pieces_of_two_to_four_syllables_each_once() -> None:
    assert (
        search_terms("가나다라마", None).split() == "가나 나다 다라 라마 가나다 나다라 다라마 가나다라 나다라마".split()
    )
    assert search_terms("가나 가나", "가나").split() == ["가나"]
    assert search_terms("3회 abc a가9", None).split() == ["3회", "3", "a가", "가9", "a가9", "a", "9"]
    assert search_terms("물", "") == ""
    assert search_terms("평택·안성․용인", None).split() == ["평택", "안성", "용인"]


def test_a_query_is_none_when_there_is_no_word() -> None:
    assert match_query(" ·!? ") is None


WORDS = st.sampled_from(
    "협의체 지역사회보장협의체 사설 물 예산안 신문 新聞 2021년 council a_b é É ﬁ ㈜ \x00 '\" · \U00020000".split(" ")
)
TEXT = st.lists(WORDS | st.text(max_size=6).filter(lambda text: text.isprintable()), max_size=5).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("123"), st.booleans(), TEXT, st.none() | TEXT), min_size=1, max_size=8))
def test_after_any_sequence_of_saves_the_index_is_that_of_the_texts(
    saves: list[tuple[str, bool, str, str | None]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "archive.db")
        for key, listed, title, text in saves:
            if listed:
                world.list(row(key, title=title))
            else:
                world.read(post(key, title=title, body_text=text))
        db = world.archive.db
        db.execute("INSERT INTO posts_fts(posts_fts, rank) VALUES ('integrity-check', 0)")
        db.execute("CREATE VIRTUAL TABLE temp.found USING fts5vocab(main, posts_fts, instance)")
        kept = db.execute("SELECT * FROM temp.found ORDER BY term, doc, col, offset").fetchall()
        db.execute("BEGIN IMMEDIATE")
        assert len(list(fill_all(db))) == db.table("posts").count
        db.execute("COMMIT")
        assert kept == db.execute("SELECT * FROM temp.found ORDER BY term, doc, col, offset").fetchall()
        world.close()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_words_can_be_asked_for(words: str) -> None:
    query, loose = match_query(words), loose_query(words)
    assert (query is None) == (not words_of(words))
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(title, body_text)")
    for each in (query, loose and loose[0]):
        if each is not None:
            db.execute("SELECT * FROM f WHERE f MATCH ?", [each]).fetchall()
    db.close()
    line, places = snippet(words, words)
    assert all(0 <= begin < end <= len(line) for begin, end in places)
