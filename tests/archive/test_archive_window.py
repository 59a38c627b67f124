"""What people who write SQL in a browser may see: the views and the search, fresh, and nothing of a redacted post."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from archive_samples import World, post

from scraper.archive.views import VIEWS
from scraper.archive.window import connect_window

FOUND = "SELECT p.key FROM posts_fts f JOIN articles p ON p.post_id = f.rowid WHERE posts_fts MATCH korean_query(?)"


@pytest.fixture
def window(world: World) -> Iterator[sqlite3.Connection]:
    for key in ("1", "2"):
        world.read(post(key))
    world.archive.db.execute("UPDATE posts SET state = 'redacted' WHERE key = '2'")
    with closing(connect_window(world.path)) as connection:
        yield connection


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_read(window: sqlite3.Connection, view: str) -> None:
    window.execute(f"SELECT * FROM {view}").fetchall()


def test_korean_words_find_posts_but_no_redacted_one(window: sqlite3.Connection) -> None:
    assert window.execute(FOUND, ["협의체가"]).fetchall() == [("1",)]
    assert window.execute(
        "SELECT rowid FROM posts_fts WHERE posts_fts MATCH '협의체' ORDER BY rowid LIMIT 1"
    ).fetchall()
    for nothing in ("", "!!", '"', "NEAR(", None):
        assert window.execute(FOUND, [nothing]).fetchall() == []


def test_an_excerpt_stands_round_the_word(window: sqlite3.Connection) -> None:
    text = "앞말 " * 80 + "지역사회보장협의체가 글을 실었다." + " 뒷말" * 80
    (found,) = window.execute("SELECT excerpt(?, '협의체는')", [text]).fetchone()
    assert "협의체가" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert window.execute("SELECT excerpt(NULL, NULL)").fetchone() == ("",)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT title FROM posts",
        "SELECT count(*) FROM posts",
        "SELECT p.title FROM articles a JOIN posts p ON p.state = 'redacted'",
        "SELECT body_text FROM post_versions",
        "SELECT title FROM posts_fts WHERE posts_fts MATCH '협의체'",
        "SELECT snippet(posts_fts, 1, '', '', '', 9) FROM posts_fts WHERE posts_fts MATCH '협의체'",
        "SELECT data FROM blob_parts",
        "SELECT text FROM attachment_texts",
        "SELECT text FROM attachment_texts_fts",
        "SELECT url FROM captures",
    ],
)
def test_what_stands_behind_the_views_is_refused(window: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|authoriz"):
        window.execute(sql).fetchall()


def test_it_cannot_write(window: sqlite3.Connection) -> None:
    for sql in ("INSERT INTO meta VALUES ('a', 'b')", "DROP VIEW articles", "PRAGMA user_version = 9"):
        with pytest.raises(sqlite3.DatabaseError, match=r"readonly|not authorized"):
            window.execute(sql)


def test_it_sees_what_a_run_commits_and_does_not_stand_in_its_way(world: World, window: sqlite3.Connection) -> None:
    assert window.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    world.read(post("3"))
    assert window.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    (busy, *_) = world.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0
    assert world.path.with_name("archive.db-wal").stat().st_size == 0
    world.read(post("4"))
    assert window.execute("SELECT count(*) FROM articles").fetchone() == (3,)
