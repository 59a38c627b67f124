"""Texts of files: kept once a blob, found in Korean, read again by a better reader, and taken out with their posts."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from archive_samples import World, at, board, day, post

from scraper.archive import texts, verify
from scraper.archive.health import examine
from scraper.archive.search import Sought

VERSIONS = {"ole": 1, "plain": 1, "none": 1, "pdf": 0}


def save(world: World, blob: str, text: str | None = "지역사회보장협의체 예산안", **more: Any) -> None:
    values: dict[str, Any] = {"status": "read", "reason": None, "reader": "ole", "reader_version": 1, "at": at(9)}
    world.archive.save_text(blob, text=text, **{**values, **more})


@pytest.fixture
def stocked(world: World) -> World:
    """Two posts that share a file, and one that has another."""
    shared = world.file(b"one", "1", "보도자료.hwp")
    world.read(post("1", files=(shared, world.file(b"two", "2", "표.hwp"))))
    world.read(post("2", files=(shared,)))
    return world


def unread(world: World, board_id: int | None = None, **versions: int) -> list[str]:
    return [item["name"] for item in world.archive.find_unread_files(board_id, {**VERSIONS, **versions})]


def blob_of(world: World, name: str) -> str:
    return next(item["blob_sha256"] for item in world.table("attachments") if item["name"] == name)


def plain(path: Path, query: str) -> list[str]:
    """What the sqlite3 shell or Datasette finds."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    sql = """SELECT DISTINCT blob_sha256 FROM file_texts WHERE text_id IN
        (SELECT rowid FROM attachment_texts_fts WHERE attachment_texts_fts MATCH ?) ORDER BY text_id"""
    found = [blob for (blob,) in db.execute(sql, [query])]
    db.close()
    return found


def test_a_file_is_unread_until_a_reader_of_that_version_has_tried(stocked: World) -> None:
    assert unread(stocked) == ["보도자료.hwp", "표.hwp"]
    save(stocked, blob_of(stocked, "보도자료.hwp"))
    assert unread(stocked) == ["표.hwp"]
    save(stocked, blob_of(stocked, "표.hwp"), None, status="no reader", reader="pdf", reader_version=0)
    assert unread(stocked) == []
    assert unread(stocked, pdf=1) == ["표.hwp"]
    assert unread(stocked, ole=2) == ["보도자료.hwp"]
    other = stocked.archive.save_board(board("http://news.example/2", "second"))
    assert unread(stocked, other.id, ole=2) == []
    assert stocked.archive.count_statuses(stocked.board.id) == {"no reader": 1, "read": 1}
    assert stocked.archive.count_statuses(other.id) == {}


def test_inline_images_are_no_files(world: World) -> None:
    from dataclasses import replace

    shown = world.file(b"\x89PNG", "1", "a.png")
    world.read(post("1", files=(replace(shown, attachment=replace(shown.attachment, kind="inline")),)))
    assert unread(world) == []


def test_words_inside_words_of_files_are_found_with_the_post_and_the_file(stocked: World) -> None:
    save(stocked, blob_of(stocked, "보도자료.hwp"))
    assert plain(stocked.path, "협의체") == [blob_of(stocked, "보도자료.hwp")]
    assert plain(stocked.path, "없는말") == []
    found = stocked.archive.find_matching("예산안의 협의체")
    assert [(item["key"], [file["name"] for file in item["files"]]) for item in found] == [
        ("2", ["보도자료.hwp"]),
        ("1", ["보도자료.hwp"]),
    ]
    (file,) = found[0]["files"]
    assert file == {
        "key": "1",
        "name": "보도자료.hwp",
        "snippet": "지역사회보장협의체 예산안",
        "marks": [(6, 9), (10, 13)],
    }
    assert stocked.archive.find_matching("예산안 가뭄") == []
    assert len(stocked.archive.find_matching("예산안", 1)) == 1
    (row, other) = stocked.table("file_texts")
    assert (row["post_key"], other["post_key"], row["characters"]) == ("1", "2", 13)


def test_posts_come_before_files_and_filters_hold_for_both(stocked: World) -> None:
    save(stocked, blob_of(stocked, "보도자료.hwp"), "저수지 둑을 고친다")
    save(stocked, blob_of(stocked, "표.hwp"), "저수지 수위표")
    stocked.read(post("3", title="저수지 소식", posted=day("2019-01-02")))

    def found(limit: int = 20, **more: Any) -> list[tuple[str, list[str]]]:
        hits = stocked.archive.find_matching("저수지", limit, Sought(**more))
        return [(item["key"], sorted(file["name"] for file in item["files"])) for item in hits]

    assert found() == [("3", []), ("1", ["보도자료.hwp", "표.hwp"]), ("2", ["보도자료.hwp"])]
    assert found(2) == found()[:2] and found(1) == found()[:1]
    assert found(until=date(2019, 12, 31)) == found()[:1]
    assert found(since=date(2020, 1, 1)) == found()[1:]
    assert found(author="없는 이") == found(boards=("nowhere",)) == []
    assert found(boards=("opinion",), author="김가상") == found()


def test_a_word_of_many_files_is_not_ranked(stocked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.archive.search.RANKED", 1)
    save(stocked, blob_of(stocked, "보도자료.hwp"), "저수지")
    save(stocked, blob_of(stocked, "표.hwp"), "저수지 저수지")
    assert [item["key"] for item in stocked.archive.find_matching("저수지")] == ["1", "2"]


def test_a_better_reading_replaces_the_text_and_its_index(stocked: World) -> None:
    blob = blob_of(stocked, "표.hwp")
    save(stocked, blob, "옛 글자", status="broken", reason="ends too soon")
    save(stocked, blob, "새로운 문장", reader_version=2)
    assert plain(stocked.path, "글자") == []
    assert plain(stocked.path, "새로") == [blob]
    save(stocked, blob, None, status="encrypted", reader_version=3)
    assert plain(stocked.path, "새로") == []
    assert [str(damage) for damage in verify(stocked.path, full=True)] == []
    stocked.archive.db.execute(
        "INSERT INTO attachment_texts_fts(attachment_texts_fts, rank) VALUES ('integrity-check', 0)"
    )


def test_a_text_is_sealed_and_its_index_is_looked_at(stocked: World) -> None:
    save(stocked, blob_of(stocked, "표.hwp"))
    db = stocked.archive.db
    assert list(verify(stocked.path, full=False)) == []
    db.execute("UPDATE attachment_texts SET status = 'broken'")
    assert [str(each) for each in verify(stocked.path, full=False)] == [
        "attachment_texts 1: does not match its row_sha256"
    ]
    db.execute("UPDATE attachment_texts SET status = 'read'")
    db.execute("INSERT INTO attachment_texts_fts(attachment_texts_fts) VALUES ('rebuild')")
    assert [str(each) for each in verify(stocked.path, full=False)] == [
        "attachment_texts_fts 1: cannot be found by its text: run `sinmungo reindex`"
    ]
    db.execute("INSERT INTO attachment_texts_fts(attachment_texts_fts) VALUES ('delete-all')")
    assert [str(each) for each in verify(stocked.path, full=False)] == [
        "attachment_texts_fts: holds 0 of 1 texts of files: run `sinmungo reindex`"
    ]
    db.execute("BEGIN")
    assert texts.fill_all(db) == 1
    db.execute("COMMIT")
    assert list(verify(stocked.path, full=False)) == []


def test_doctor_notices_that_the_index_of_texts_was_rebuilt(stocked: World) -> None:
    for name in ("보도자료.hwp", "표.hwp"):
        save(stocked, blob_of(stocked, name))
    assert facts(stocked.path)["file texts"] == ("ok", "2 of 2 files have a text")
    stocked.archive.db.execute("INSERT INTO attachment_texts_fts(attachment_texts_fts) VALUES ('rebuild')")
    level, told = facts(stocked.path)["file texts"]
    assert (level, "2 of 2 texts looked at" in told) == ("damaged", True)
    with stocked.archive.refilling_index():
        pass
    assert facts(stocked.path)["file texts"][0] == "ok"


def facts(path: Path) -> dict[str, tuple[str, str]]:
    return {fact.name: (fact.level, fact.told) for fact in examine(path)}


def test_the_text_of_a_redacted_post_does_not_stay(stocked: World) -> None:
    for name in ("보도자료.hwp", "표.hwp"):
        save(stocked, blob_of(stocked, name), f"{name} 협의체")
    db = stocked.archive.db
    db.execute("UPDATE posts SET state = 'redacted' WHERE key = '1'")
    assert [item["key"] for item in stocked.archive.find_matching("보도자료")] == ["2"]
    assert [item["post_key"] for item in stocked.table("file_texts")] == ["2"]
    assert stocked.archive.remove_redacted_texts() == 1
    assert [item["blob_sha256"] for item in stocked.table("attachment_texts")] == [blob_of(stocked, "보도자료.hwp")]
    assert len(plain(stocked.path, "협의체")) == 1
    db.execute("UPDATE posts SET state = 'redacted'")
    assert unread(stocked, ole=9) == []
    assert stocked.archive.remove_redacted_texts() == 1
    assert stocked.archive.remove_redacted_texts() == 0
    index = "SELECT count(*) FROM attachment_texts_fts WHERE attachment_texts_fts MATCH '협의체'"
    assert db.execute(index).fetchone() == (0,)


def test_a_blob_cannot_go_while_its_text_stands(stocked: World) -> None:
    blob = blob_of(stocked, "표.hwp")
    save(stocked, blob)
    db = stocked.archive.db
    for table, column in (("attachments", "blob_sha256"), ("attachment_versions", "blob_sha256")):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", [blob])
    db.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("DELETE FROM blob_parts WHERE sha256 = ?", [blob])
        db.execute("DELETE FROM blobs WHERE sha256 = ?", [blob])
