"""What may stand at the path, who may write, and who may read meanwhile."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_samples import SKIN, World, board, exchange, post, row

from scraper.archive import open_archive, verify
from scraper.archive.border import translated
from scraper.archive.schema import APPLICATION_ID, schema_version
from scraper.errors import ArchiveBusy, ArchiveDamaged, ArchiveTooNew, FieldError, NoArchive, StorageFull

HOLD = """
import sys, time
from pathlib import Path
from scraper.archive import open_archive
with open_archive(Path(sys.argv[1]), write=True):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_new_file_is_an_archive_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_archive(path, write=True):
        pass
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert db.execute("PRAGMA user_version").fetchone() == (schema_version(),)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        strict = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
        ours = [
            name
            for (name,) in db.execute(strict)
            if not name.startswith(("sqlite_", "posts_fts", "attachment_texts_fts"))
        ]
    db.close()
    assert ours == []
    assert path.read_bytes()[68:72] == b"SINM"


def test_the_writers_connection_is_as_safe_as_it_gets(world: World) -> None:
    found = {
        name: world.archive.db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "foreign_keys", "journal_mode")
    }
    assert found == {"synchronous": 2, "foreign_keys": 1, "journal_mode": "wal"}


def test_closing_leaves_everything_in_one_file(tmp_path: Path) -> None:
    world = World(tmp_path / "archive.db")
    world.read(post("1"))
    world.close()
    world.close()
    (tmp_path / "copy.db").write_bytes((tmp_path / "archive.db").read_bytes())
    with open_archive(tmp_path / "copy.db", write=False) as copy:
        assert copy.find_post(None, "1") is not None


@pytest.mark.parametrize("content", [None, b""], ids=["no file", "an empty file"])
def test_a_reader_finds_no_archive_and_makes_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "archive.db"
    if content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NoArchive, match=re.escape(str(path))):
        open_archive(path, write=False)
    assert sorted(tmp_path.iterdir()) == before


def make_foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE recipes (name)")
    db.commit()
    db.close()


def make_newer(path: Path) -> None:
    open_archive(path, write=True).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA user_version = 999")
    db.close()
    for companion in path.parent.glob("*.lock"):
        companion.unlink()


def make_cut(path: Path) -> None:
    open_archive(path, write=True).close()
    path.write_bytes(path.read_bytes()[:5000])
    for companion in path.parent.glob("*.lock"):
        companion.unlink()


@pytest.mark.parametrize("write", [True, False], ids=["write", "read"])
@pytest.mark.parametrize(
    ("make", "error", "says"),
    [
        (lambda path: path.mkdir(), ArchiveDamaged, "is a directory"),
        (lambda path: path.write_text("이것은 글이다\n" * 100), ArchiveDamaged, "not an SQLite database"),
        (make_foreign, ArchiveDamaged, "another program"),
        (make_newer, ArchiveTooNew, f"schema 999, this one knows {schema_version()}"),
        (make_cut, ArchiveDamaged, "damaged"),
    ],
    ids=["directory", "text", "foreign", "too new", "cut short"],
)
def test_what_is_no_archive_of_ours_is_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], object], error: type[Exception], says: str, write: bool
) -> None:
    path = tmp_path / "archive.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    files = sorted(tmp_path.iterdir())
    with pytest.raises(error, match=re.escape(says)) as caught:
        open_archive(path, write=write)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(tmp_path.iterdir()) == files


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for write in (True, False):
        with pytest.raises(ArchiveDamaged, match=r"the folder .*/nowhere does not exist"):
            open_archive(tmp_path / "nowhere" / "archive.db", write=write)


def as_nobody(attempt: Callable[[], object]) -> str:
    """What happens to ``attempt`` in a child without the rights of root."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = "opened"
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            attempt()
        except ArchiveDamaged as error:
            said = str(error)
        except BaseException as error:  # noqa: BLE001 - a child must not return into pytest
            said = f"unforeseen {error!r}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return pipe.read().decode()


def test_no_permission_is_a_sentence_and_a_folder_without_it_can_still_be_read() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        path = Path(folder) / "archive.db"
        open_archive(path, write=True).close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        assert "no permission" in as_nobody(lambda: open_archive(path, write=True))
        assert as_nobody(lambda: open_archive(path, write=False)) == "opened"
        assert "permission" in as_nobody(lambda: open_archive(Path(folder) / "new.db", write=True))
        path.chmod(0o000)
        assert "no permission" in as_nobody(lambda: open_archive(path, write=False))
        Path(folder).chmod(0o755)


def test_a_second_writer_is_told_who_holds_the_lock_and_the_lock_dies_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        started = time.monotonic()
        for _ in range(2):
            with pytest.raises(ArchiveBusy, match=rf"process {holder.pid} \(since 20\d\d-\d\d-\d\dT[\d:]+Z\)"):
                open_archive(path, write=True)
        assert time.monotonic() - started < 2
        open_archive(path, write=False).close()
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    open_archive(path, write=True).close()


def test_two_names_of_one_file_are_one_lock(tmp_path: Path) -> None:
    world = World(tmp_path / "archive.db")
    (tmp_path / "link.db").symlink_to(tmp_path / "archive.db")
    with pytest.raises(ArchiveBusy, match=f"process {os.getpid()} "):
        open_archive(tmp_path / "link.db", write=True)
    world.close()


def test_a_reader_works_while_a_writer_writes(world: World) -> None:
    world.list(row("1", 1))
    with open_archive(world.path, write=False) as reader:
        known = reader.find_known(world.board.id)
        world.archive.db.execute("BEGIN IMMEDIATE")
        world.archive.db.execute("UPDATE posts SET hits = 1")
        assert reader.find_known(world.board.id) == known
        world.archive.db.execute("ROLLBACK")
        world.list(row("2", 2))
        assert len(reader.find_known(world.board.id)) == 2
        with pytest.raises(ArchiveDamaged, match="cannot be written"):
            reader.save_board(board("http://news.example/x", "x"))


def test_another_program_that_holds_the_database_is_named(world: World) -> None:
    other = sqlite3.connect(world.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    world.archive.db.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(ArchiveBusy, match="another program"):
        world.capture()
    other.execute("ROLLBACK")
    other.close()
    world.capture()


def test_a_full_disk_undoes_the_transaction_and_the_archive_goes_on_when_there_is_room(world: World) -> None:
    world.read(post("1"))
    db = world.archive.db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    noise = os.urandom(3 << 20)
    with pytest.raises(StorageFull, match="full"):
        world.capture(noise, "attachment")
    assert not db.conn.in_transaction
    assert list(verify(world.path, full=True)) == []
    db.execute("PRAGMA max_page_count = 1000000")
    world.capture(noise, "attachment")
    assert list(verify(world.path, full=True)) == []


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (OSError(28, "No space left on device"), StorageFull),
        (OSError(5, "Input/output error"), StorageFull),
        (PermissionError(13, "Permission denied"), ArchiveDamaged),
        (FileNotFoundError(2, "No such file"), ArchiveDamaged),
        (OverflowError("int too big"), FieldError),
        (sqlite3.OperationalError("Could not decode to UTF-8 column 'title'"), ArchiveDamaged),
        (sqlite3.IntegrityError("a bug of ours"), sqlite3.IntegrityError),
        (ValueError("a bug of ours"), ValueError),
    ],
)
def test_errors_are_translated_at_the_border(raised: Exception, expected: type[Exception]) -> None:
    with pytest.raises(expected) as caught, translated(Path("a.db")):
        raise raised
    assert type(caught.value) is expected


def test_many_threads_share_one_writer(world: World) -> None:
    problems: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for number in range(8):
                content = f"{SKIN}{thread}-{number}".encode()
                capture = world.archive.save_capture(world.run, exchange(content))
                assert world.archive.find_page(capture).body == content
        except BaseException as error:  # noqa: BLE001 - a thread has nobody to raise to
            problems.append(error)

    threads = [threading.Thread(target=work, args=[number]) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert list(verify(world.path, full=True)) == []
    assert [item["id"] for item in world.table("captures")] == list(range(1, 41))
