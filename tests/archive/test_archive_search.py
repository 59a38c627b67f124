"""Korean search: what a plain client finds, what the command line finds, and that nothing stale stays behind."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from archive_samples import World, post, row
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.archive.search import fill_all, match_query, search_terms

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
    world.read(post("1", body_text="앞글 " * 100 + "지역사회보장협의체 " + "뒷글 " * 100))
    (found,) = world.archive.find_matching("협의체")
    assert "보장협의체" in found["snippet"] and found["snippet"].startswith("…") and found["snippet"].endswith("…")
    assert found["board"] == "opinion" and "body_text" not in found


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
    assert search_terms("3회 abc a가나9", None).split() == ["3", "a", "가나", "9"]
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
        fill_all(db)
        db.execute("COMMIT")
        assert kept == db.execute("SELECT * FROM temp.found ORDER BY term, doc, col, offset").fetchall()
        world.close()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_any_words_can_be_asked_for(words: str) -> None:
    query = match_query(words)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(a)")
    if query is not None:
        db.execute("SELECT * FROM f WHERE f MATCH ?", [query]).fetchall()
    db.close()
