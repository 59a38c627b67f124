"""What doctor sees: a rebuilt index, work left undone, a WAL that was left, a lock whose holder died."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from archive_samples import T0, World, at, post

from scraper.archive import open_archive
from scraper.archive.health import Fact, examine
from scraper.archive.lock import find_holder
from scraper.errors import NoArchive
from scraper.models import Counts


@pytest.fixture
def finished(world: World) -> World:
    """An archive at rest, with forty posts."""
    for number in range(40):
        world.read(post(str(number)))
    for capture_id in [row["id"] for row in world.table("captures")]:
        world.archive.save_outcome(capture_id, "read")
    world.archive.finish_run(world.run, at=at(99), outcome="ok", counts=Counts(), exit_code=0, total=None, message=None)
    world.archive.save_board_facts(world.board.id, first_walk_done_at=T0)
    world.close()
    return world


def not_well(path: Path) -> dict[str, Fact]:
    return {fact.name: fact for fact in examine(path) if fact.level != "ok"}


def sql(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_all_is_well(finished: World) -> None:
    assert not_well(finished.path) == {}
    assert {"schema", "lock", "wal", "search index", "captures", "runs", "failures"} <= {
        fact.name for fact in examine(finished.path)
    }


def test_a_rebuilt_index_is_noticed_and_mended(finished: World) -> None:
    sql(finished.path, "INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
    found = not_well(finished.path)["search index"]
    assert (found.level, found.next_step) == ("damaged", "fill it again: `sinmungo reindex`")
    assert "20 of 20 posts" in found.told
    with open_archive(finished.path, write=True) as archive:
        assert archive.find_matching("보장") == []
        with archive.refilling_index() as (total, filled):
            assert (total, len(list(filled))) == (40, 40)
        assert len(archive.find_matching("보장", 99)) == 40
    assert not_well(finished.path) == {}


def test_an_index_that_lacks_posts_or_was_filled_by_an_earlier_program(finished: World) -> None:
    sql(finished.path, "UPDATE meta SET value = '0' WHERE key = 'search_terms_version'")
    assert not_well(finished.path)["search index"].level == "undone"
    sql(finished.path, "INSERT INTO posts_fts (posts_fts) VALUES ('delete-all')")
    assert "holds 0 of 40 posts" in not_well(finished.path)["search index"].told
    sql(finished.path, "DROP TABLE posts_fts")
    assert "cannot be read" in not_well(finished.path)["search index"].told


def test_work_that_is_left_undone(world: World) -> None:
    world.read(post("1"))
    world.capture(post_key="2")
    world.close()
    found = not_well(world.path)
    assert found.keys() == {"captures", "runs", "first walks"}
    assert found["captures"].told == "1 fetched, not read yet"
    assert {fact.next_step for fact in found.values()} == {"`sinmungo sync`"}


def test_while_a_run_is_at_work_nothing_is_undone(world: World) -> None:
    world.capture(post_key="2")
    facts = {fact.name: fact for fact in examine(world.path)}
    assert {fact.level for fact in facts.values()} == {"ok"}
    assert "held by process" in facts["lock"].told
    assert find_holder(world.path)[1]


def test_what_a_run_that_died_leaves(world: World, tmp_path: Path) -> None:
    world.read(post("1"))
    copy = tmp_path / "copy.db"
    for end in ("", "-wal"):
        shutil.copy(f"{world.path}{end}", f"{copy}{end}")
    said = {"pid": 4_000_000, "since": "2026-11-03T02:10:00Z"}
    (tmp_path / "copy.db.lock").write_text(json.dumps(said), encoding="utf-8")
    found = not_well(copy)
    assert "bytes stand beside the file in -wal" in found["wal"].told
    assert "left by process 4000000 (since 2026-11-03T02:10:00Z), which died" in found["lock"].told
    with open_archive(copy, write=True):
        pass
    assert not_well(copy).keys() & {"wal", "lock"} == set()


def test_no_archive_is_made(tmp_path: Path) -> None:
    with pytest.raises(NoArchive):
        examine(tmp_path / "archive.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_archive_is_well(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db", write=True):
        pass
    assert not_well(tmp_path / "archive.db") == {}


def test_texts_of_files_are_told_and_their_index_is_looked_at(world: World) -> None:
    world.read(post("1", files=(world.file(b"one", "1", "a.hwp"), world.file(b"two", "2", "b.hwp"))))
    (blob,) = world.archive.db.execute("SELECT blob_sha256 FROM attachments WHERE name = 'a.hwp'").fetchone()
    fields = {"status": "read", "reason": None, "reader": "ole", "reader_version": 1, "at": world.board.created_at}
    world.archive.save_text(blob, text="저수지", **fields)

    def told() -> tuple[str, str]:
        return next((fact.level, fact.told) for fact in examine(world.path) if fact.name == "file texts")

    assert told() == ("ok", "1 of 1 files have a text; 1 were never tried: `sinmungo texts` reads them")
    world.archive.db.execute("INSERT INTO attachment_texts_fts(attachment_texts_fts) VALUES ('delete-all')")
    assert told() == ("damaged", "the index holds 0 of 1 texts")
    with world.archive.refilling_index():
        pass
    assert told()[0] == "ok"
