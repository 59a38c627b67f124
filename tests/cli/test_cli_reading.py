"""Commands that look into an archive: what they print, for people and as JSON."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from cli_shell import Shell

from scraper.fakeboard import FakeBoard, FakeClock, FakeSite, serve
from scraper.models import KST


def test_boards_is_an_interface(archived: Shell, board: FakeBoard) -> None:
    (found,) = archived("boards", "--json").json["boards"]
    assert set(found) == {"slug", "name", "url", "engine", "posts", "declared_total", "last_run"}
    assert (found["slug"], found["engine"], found["posts"]) == ("opinion", "gnuboard5", 24)
    assert found["declared_total"] == len(board.truth())
    assert found["name"] == board.name


@pytest.mark.parametrize(
    "words", [("boards",), ("status",), ("runs",), ("failures",), ("layout", "opinion"), ("search", "문의")]
)
def test_every_reading_command_speaks_to_people_and_to_programs(archived: Shell, words: tuple[str, ...]) -> None:
    for answer in (archived(*words), archived(*words, "--json")):
        assert answer.code == 0, answer.err
        assert answer.out.strip()
        assert "Traceback" not in answer.err
    assert isinstance(archived(*words, "--json").json, dict)


def test_show_prints_a_post_as_it_stands(archived: Shell, board: FakeBoard) -> None:
    truth = next(post for post in board.truth() if post["files"] and post["body"])
    answer = archived("show", f"opinion/{truth['idx']}")
    assert answer.code == 0
    assert truth["author"] in answer.out
    assert truth["body"].split()[0] in answer.out
    found = archived("show", str(truth["idx"]), "--json").json
    assert found["title"] == truth["title"]
    assert [file["blob_sha256"] for file in found["attachments"] if file["kind"] == "file"] == [
        file["sha256"] for file in truth["files"]
    ]


def test_history_tells_every_version(archived: Shell, board: FakeBoard) -> None:
    key = next(post["idx"] for post in board.truth() if post["body"])
    assert "version 1" in archived("history", f"opinion/{key}").out
    assert len(archived("history", f"opinion/{key}", "--json").json["versions"]) == 1


def test_history_tells_what_changed_word_by_word(shell: Shell) -> None:
    clock = FakeClock(datetime(2026, 11, 20, 3, 0, tzinfo=KST))
    board = FakeBoard("opinion", "gnuboard5", posts=6, seed=4, clock=clock)
    key = board.post(title="마을버스가 온다", body="군청은 예산을 3억 원으로 늘렸다.\n\n끝.")
    with serve(FakeSite([board], clock=clock)) as server:
        shell.crawl(server.url("opinion"), "--quiet")
        board.edit(key, title="마을버스는 안 온다", body="군청은 예산을 5억 원으로 늘렸다.\n\n끝.")
        assert shell("sync", "--allow-private", "--delay", "0", "--recheck", "all").code == 0
    told = shell("history", str(key)).out
    assert "  title: 마을버스[-가-]{+는+} {+안+} 온다\n" in told
    assert "  body_text: 군청은 예산을 [-3-]{+5+}억 원으로 늘렸다. ¶ 끝.\n" in told
    first, second = shell("history", str(key), "--json").json["versions"]
    assert first["changes"] == {}
    assert second["changes"]["title"] == [
        {"kind": "same", "text": "마을버스", "joined": False},
        {"kind": "gone", "text": "가", "joined": True},
        {"kind": "new", "text": "는", "joined": True},
        {"kind": "new", "text": "안", "joined": False},
        {"kind": "same", "text": "온다", "joined": False},
    ]
    assert list(second["changes"]) == ["title", "body_text"]


def test_a_layout_goes_out_and_comes_back(archived: Shell) -> None:
    told = archived("layout", "opinion").out
    mended = told.replace('name = "gnuboard5"', 'name = "mended"')
    (archived.folder / "mended.toml").write_text(mended, encoding="utf-8")
    assert archived("layout", "opinion", "--edit", "mended.toml").code == 0
    assert archived("boards", "--json").json["boards"][0]["engine"] == "mended"
    assert archived("layout", "opinion").out == mended


def test_a_layout_that_does_not_read_the_archive_is_refused(archived: Shell) -> None:
    broken = archived("layout", "opinion").out.replace("#bo_v_con", "#nothing")
    (archived.folder / "broken.toml").write_text(broken, encoding="utf-8")
    answer = archived("layout", "opinion", "--edit", "broken.toml")
    assert answer.code == 2
    assert "does not read the newest articles" in answer.sentence()


def test_failures_name_the_file_and_the_reason(archived: Shell) -> None:
    failed = [entry for entry in archived("failures", "--json").json["failures"] if entry["attachment_key"]]
    assert failed
    assert all("파일이 존재하지 않습니다" in entry["reason"] for entry in failed)


def test_verify_finds_no_damage_and_then_the_damaged_record(archived: Shell) -> None:
    sound = archived("verify", "--data", "--json")
    assert (sound.code, sound.json["damaged"]) == (0, [])
    assert archived("verify", "--quiet").out == ""
    damaged = archived.folder / "damaged.db"
    with sqlite3.connect(archived.folder / "archive.db") as source, sqlite3.connect(damaged) as copy:
        source.backup(copy)
        copy.execute("UPDATE blob_parts SET data = CAST(data || x'00' AS BLOB) WHERE id = 3")
        (name,) = copy.execute("SELECT sha256 FROM blob_parts WHERE id = 3").fetchone()
    source.close()
    copy.close()
    answer = archived("verify", "--data", "--db", "damaged.db")
    assert answer.code == 6
    assert name in answer.out
    assert "1 damaged record" in answer.sentence()


def test_doctor_tells_what_reindex_mends(archived: Shell) -> None:
    well = archived("doctor", "--json")
    assert (well.code, well.json["exit_code"]) == (0, 0), well.out
    assert archived("doctor", "--quiet").out == ""
    assert "search index" in archived("doctor").out
    copy = archived.folder / "rebuilt.db"
    with sqlite3.connect(archived.folder / "archive.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
        target.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
    source.close()
    target.close()
    sick = archived("doctor", "--db", "rebuilt.db")
    assert sick.code == 6
    assert "damaged  search index" in sick.out
    assert "sinmungo reindex" in sick.out
    assert archived("reindex", "--db", "rebuilt.db").out == "24 posts can be found again\n"
    assert archived("doctor", "--db", "rebuilt.db").code == 0
    assert archived("reindex", "--db", "rebuilt.db", "--json").json == {"posts": 24}


def test_reindex_brings_an_older_archive_up_to_date(shell: Shell) -> None:
    db = sqlite3.connect(shell.folder / "archive.db")
    db.executescript((Path(__file__).parents[1] / "archive" / "version_1.sql").read_text(encoding="utf-8"))
    db.close()
    old = shell("search", "협의체")
    assert old.code == 7
    assert "older sinmungo: run `sinmungo reindex` once" in old.sentence()
    assert shell("reindex", "--json").json == {"posts": 2}
    assert len(shell("search", "협의체", "--json").json["posts"]) == 2


def test_nothing_is_made_where_there_is_no_archive(shell: Shell) -> None:
    for words in (("doctor",), ("reindex",), ("texts",)):
        answer = shell(*words)
        assert answer.code == 2
        assert "there is no archive" in answer.sentence()
    assert list(shell.folder.iterdir()) == []
    (shell.folder / "archive.db").touch()
    for words in (("reindex",), ("texts",)):
        assert "archive.db is empty" in shell(*words).sentence()
    assert [(path.name, path.stat().st_size) for path in shell.folder.iterdir()] == [("archive.db", 0)]
