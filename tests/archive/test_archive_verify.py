"""Damage is found, and the record is named: row by row, along the chain, byte by byte."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from archive_samples import World, board, post, row

from scraper.archive import verify
from scraper.archive.chain import breaks, entry_hash, genesis
from scraper.errors import ArchiveDamaged, NoArchive


@pytest.fixture
def stocked(world: World) -> World:
    world.archive.save_robots("news.example", 200, "User-agent: *", world.board.created_at)
    world.list(row("203", 2), row("201", 1), row("7", None, is_secret=True), total=2)
    files = (world.file("붙임 ".encode() * 200_000), world.file(b"\x00\xff", "2", "b.bin"))
    world.read(post("203", files=files))
    world.read(post("201"))
    world.read(post("203", body_text="고친 글", files=files))
    world.archive.save_absence(world.board.id, "201", evidence="unlisted", at=world.board.created_at)
    said = {"outcome": "secret", "reason": "비밀글", "url": "http://news.example/", "capture_id": None}
    world.archive.save_refusal(world.board.id, "7", state="blocked", at=world.board.created_at, **said)
    return world


def found(world: World, *, full: bool = False, head: str | None = None) -> list[str]:
    return [str(damage) for damage in verify(world.path, full=full, head=head)]


def test_a_whole_archive_has_no_damage(stocked: World) -> None:
    check = verify(stocked.path, full=True)
    assert list(check) == []
    assert check.summary.damages == 0
    assert check.summary.captures == len(stocked.table("captures")) == stocked.archive.find_chain_head()[0]
    assert check.summary.head == stocked.archive.find_chain_head()[1]
    assert check.summary.blobs == len(stocked.table("blobs"))
    assert check.summary.bytes == sum(item["size"] for item in stocked.table("blobs"))
    assert check.summary.full


ROW_CHANGES = [
    ("UPDATE posts SET hits = hits + 1 WHERE key = '203'", r"posts \d+ \(key 203\): does not match its row_sha256"),
    (
        "UPDATE posts SET title = 'x' WHERE key = '203'",
        r"posts \d+ \(key 203\): does not match its (row|content)_sha256",
    ),
    ("UPDATE posts SET body_html = NULL WHERE key = '201'", r"posts \d+ \(key 201\): does not match"),
    ("UPDATE posts SET title = 'x' WHERE key = '7'", r"posts \d+ \(key 7\): does not match"),
    ("UPDATE posts SET id = 88 WHERE key = '7'", r"posts 88 \(key 7\): does not match"),
    ("UPDATE post_versions SET body_text = 'x' WHERE id = 2", r"post_versions 2.*: does not match its content_sha256"),
    ("UPDATE post_versions SET parser_version = '9' WHERE id = 2", r"post_versions 2: does not match its row_sha256"),
    (
        "UPDATE post_versions SET files = 'no json' WHERE id = 1",
        r"post_versions 1.*: does not match its content_sha256",
    ),
    ("DELETE FROM post_versions WHERE id = 3", r"posts \d+ \(key 203\): is not its latest version"),
    ("UPDATE attachments SET mime = 'x' WHERE id = 2", r"attachments 2 \(key 2\): does not match"),
    ("UPDATE attachment_versions SET name = 'x' WHERE id = 1", r"attachment_versions 1 \(key 1\): does not match"),
    ("UPDATE boards SET layout = '{}'", r"boards 1 \(key opinion\): does not match"),
    ("UPDATE sites SET robots_text = ''", r"sites 1 \(key news.example\): does not match"),
    ("UPDATE coverage SET keys = '[]'", r"coverage 1: does not match"),
    ("UPDATE failures SET tries = 9", r"failures 1: does not match"),
    ("UPDATE events SET detail = 'x'", r"events 1: does not match"),
    ("UPDATE runs SET pages = 9", r"runs 1: does not match"),
    ("UPDATE dictionaries SET data = x'00' WHERE id = 2", r"dictionaries 2: does not match its sha256"),
    ("DELETE FROM blob_parts WHERE part = 2", r"blobs [0-9a-f]{64}: 1 of 2 parts are there"),
    ("UPDATE captures SET body_sha256 = 'ff' WHERE id = 3", r"captures 3: refers to blobs, where it is missing"),
    ("INSERT INTO posts_fts(posts_fts) VALUES ('delete-all')", r"posts_fts: holds 0 of 3 posts"),
    ("INSERT INTO posts_fts(posts_fts) VALUES ('rebuild')", r"posts_fts \d+: cannot be found by its text"),
]


@pytest.mark.parametrize(("sql", "expected"), ROW_CHANGES, ids=[sql for sql, _ in ROW_CHANGES])
def test_a_changed_row_is_named(stocked: World, sql: str, expected: str) -> None:
    stocked.archive.db.execute("PRAGMA foreign_keys = OFF")
    assert stocked.archive.db.execute(sql).rowcount != 0
    damages = found(stocked)
    assert any(re.match(expected, damage) for damage in damages), damages


CHAIN_CHANGES = [
    ("UPDATE captures SET status = 404 WHERE id = 2", "captures 2: its columns do not match"),
    ("UPDATE captures SET response_head = x'00' WHERE id = 4", "captures 4: its columns do not match"),
    ("UPDATE captures SET post_key = NULL WHERE id = 2", "captures 2: its columns do not match"),
    ("DELETE FROM captures WHERE id = 3", "captures 3: missing from the chain"),
    ("DELETE FROM captures WHERE id = (SELECT max(id) FROM captures)", "captures 6: missing from the end of the chain"),
    ("UPDATE captures SET id = CASE id WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE id IN (2, 3)", "captures 2: "),
]


@pytest.mark.parametrize(("sql", "expected"), CHAIN_CHANGES, ids=[sql for sql, _ in CHAIN_CHANGES])
def test_the_chain_shows_edits_deletions_and_another_order(stocked: World, sql: str, expected: str) -> None:
    db = stocked.archive.db
    db.execute("PRAGMA foreign_keys = OFF")
    assert db.execute(sql).rowcount != 0
    db.execute("UPDATE captures SET id = -id WHERE id < 0")
    assert any(damage.startswith(expected) for damage in found(stocked)), found(stocked)


def test_setting_an_outcome_breaks_no_chain(stocked: World) -> None:
    stocked.archive.save_outcome(2, "wall:ban")
    assert found(stocked) == []


def test_a_chain_made_anew_after_a_deletion_lacks_the_noted_head(stocked: World) -> None:
    _, head = stocked.archive.find_chain_head()
    stocked.capture()
    assert found(stocked, head=head) == []
    db = stocked.archive.db
    archive_id = db.execute("SELECT value FROM meta WHERE key = 'archive_id'").fetchone()[0]
    previous = genesis(archive_id)
    db.execute("UPDATE captures SET status = 404 WHERE id = 1")
    for capture in stocked.table("captures"):
        forged = {**capture, "prev_hash": previous}
        previous = entry_hash(forged)
        values = [forged["prev_hash"], previous, capture["id"]]
        db.execute("UPDATE captures SET prev_hash = ?, entry_hash = ? WHERE id = ?", values)
    assert found(stocked) == []
    assert found(stocked, head=head) == [f"captures: the chain does not hold the expected head {head}"]


def test_one_edit_is_one_break(stocked: World) -> None:
    rows = stocked.table("captures")
    start = rows[0]["prev_hash"]
    assert list(breaks(rows, start)) == []
    rows[1]["url"] = "http://news.example/forged"
    assert [number for number, _ in breaks(rows, start)] == [2]
    assert [number for number, _ in breaks(rows, "0" * 64)] == [1, 2]


def test_a_later_save_does_not_seal_damage_over(stocked: World) -> None:
    stocked.archive.db.execute("UPDATE posts SET url = 'http://forged.example/' WHERE key = '201'")
    stocked.list(row("201", 1, hits=99))
    assert any("(key 201): does not match its row_sha256" in damage for damage in found(stocked))


def test_bytes_are_looked_at_only_in_full(stocked: World) -> None:
    db = stocked.archive.db
    blob = next(item for item in stocked.table("blobs") if item["parts"] == 2)["sha256"]
    where = "WHERE sha256 = ? AND part = 2"
    data = bytearray(db.execute(f"SELECT data FROM blob_parts {where}", [blob]).fetchone()[0])
    data[len(data) // 2] ^= 4
    db.execute(f"UPDATE blob_parts SET data = ? {where}", [bytes(data), blob])
    small = next(item for item in stocked.table("blobs") if item["size"] == 2)["sha256"]
    db.execute("UPDATE blob_parts SET data = x'00fe' WHERE sha256 = ?", [small])
    assert found(stocked) == []
    damages = found(stocked, full=True)
    assert len(damages) == 2
    assert damages[0].startswith(f"blobs {blob} part 2: ")
    assert damages[1] == f"blobs {small}: 2 of 2 bytes, another digest"


def test_flipped_bytes_of_the_file_never_pass_and_never_raise(tmp_path: Path, stocked: World) -> None:
    """Every flip inside a text or hash that stands in the file must be found; any flip may at most refuse to open."""
    stocked.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    whole = stocked.path.read_bytes()
    choice = random.Random(5)
    marks = [
        "고친 글".encode(),
        b"HTTP/1.1 200 OK",
        b"User-agent",
        b"unlisted",
        b"http://news.example/down.php?f=2",
        b"b.bin",
    ]
    places = [match.start() for mark in marks for match in re.finditer(re.escape(mark), whole)]
    assert len(places) >= len(marks)
    copy = tmp_path / "copy.db"
    for place in [*places, *(choice.randrange(len(whole)) for _ in range(40))]:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << choice.randrange(8)
        copy.write_bytes(damaged)
        try:
            damages = list(verify(copy, full=True))
        except ArchiveDamaged:
            continue
        if place in places:
            assert damages, place
            assert any(re.search(r" \d+| [0-9a-f]{64}", damage.record) for damage in damages)


def test_a_writer_at_work_is_no_damage(stocked: World) -> None:
    stocked.archive.db.execute("UPDATE attachments SET mime = 'x' WHERE id = 1")
    before = len(stocked.table("captures"))
    check = verify(stocked.path, full=True)
    looking = iter(check)
    assert next(looking).table == "attachments"
    stocked.read(post("203", body_text="그사이에 또 고친 글"))
    assert list(looking) == []
    assert check.summary.captures == before


def test_verify_needs_an_archive(tmp_path: Path) -> None:
    with pytest.raises(NoArchive):
        list(verify(tmp_path / "archive.db", full=False))


def test_many_boards_verify(world: World) -> None:
    for number in range(3):
        world.archive.save_board(board(f"http://news.example/{number}", "b", delay=1))
    assert found(world) == []
