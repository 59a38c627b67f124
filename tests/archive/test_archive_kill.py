"""A process killed before any statement leaves a whole database, and doing the work again completes it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from archive_samples import World, post, row

from scraper.archive import open_archive, verify
from scraper.archive.schema import MIGRATIONS, migrate, schema_version
from scraper.archive.views import VIEWS

STORED = ("posts", "post_versions", "attachments", "attachment_versions", "blobs", "blob_parts")


def work(world: World) -> None:
    """Two nights of a small board."""
    file = world.file(b"attached " * 1000)
    world.list(row("2", 2), row("1", 1), total=2)
    world.read(post("1", files=(file,)))
    world.read(post("2"))
    world.list(row("3", 3), row("1", 1), total=2)
    world.read(post("1", body_text="고친 글", files=(file,)))
    world.archive.save_absence(world.board.id, "2", evidence="unlisted", at=world.board.created_at)


def main(path: str, steps: int) -> None:
    """Work with a clock of statements; kill -9 before statement number ``steps``."""
    import os

    from sqlite_utils import Database

    execute, left = Database.execute, steps

    def counted(self: Database, *arguments: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(self, *arguments)

    Database.execute = counted
    world = World(Path(path))
    work(world)
    world.close()
    print(steps - left)


def child(path: Path, steps: int) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.path[:0] = [sys.argv[1], sys.argv[1] + '/..'];"
    code += "from test_archive_kill import main; main(sys.argv[2], int(sys.argv[3]))"
    command = [sys.executable, "-c", code, str(Path(__file__).parent), str(path), str(steps)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_archive(path, write=False) as archive:
        posts = "SELECT key, title, body_text, state, version, content_sha256 FROM posts ORDER BY key"
        versions = "SELECT p.key, v.version, v.content_sha256 FROM post_versions v JOIN posts p ON p.id = v.post_id"
        files = "SELECT p.key, a.key, a.name, a.blob_sha256 FROM attachments a JOIN posts p ON p.id = a.post_id"
        return {sql: sorted(archive.db.execute(sql).fetchall()) for sql in (posts, versions, files)}


def test_killed_anywhere_the_archive_is_whole_and_the_next_run_completes_it(tmp_path: Path, full: bool) -> None:
    unkilled = child(tmp_path / "unkilled.db", -1)
    assert unkilled.returncode == 0, unkilled.stderr
    statements = int(unkilled.stdout)
    truth = content(tmp_path / "unkilled.db")
    some = random.Random(3).sample(range(1, statements), 200 if full else 12)
    for number, steps in enumerate(some):
        path = tmp_path / f"{number}.db"
        killed = child(path, steps)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        if path.exists() and path.stat().st_size > 4096:
            assert [str(damage) for damage in verify(path, full=True)] == [], steps
        again = World(path)
        work(again)
        again.close()
        assert [str(damage) for damage in verify(path, full=True)] == []
        now = content(path)
        assert {key: rows[0] for key, rows in by_key(now).items()} == {
            key: rows[0] for key, rows in by_key(truth).items()
        }


def by_key(found: dict[str, list[tuple[object, ...]]]) -> dict[object, list[tuple[object, ...]]]:
    """Title, text and file of each post; its version numbers depend on how often the two nights were played."""
    posts, _, files = found.values()
    held = {item[0]: item[2:] for item in files}
    return {item[0]: [(*item[:3], item[5], held.get(item[0]))] for item in posts}


@pytest.mark.parametrize("failing", range(1, sum(len(step.statements) + 2 * len(VIEWS) for step in MIGRATIONS), 6))
def test_a_migration_is_whole_or_nothing(tmp_path: Path, failing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlite_utils import Database

    path = tmp_path / "archive.db"
    db = Database(path, execute_plugins=False)
    execute, left = Database.execute, failing + 1

    def counted(self: Database, *arguments: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        return execute(self, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Database, "execute", counted)
        with pytest.raises(KeyboardInterrupt):
            migrate(db, 0)
    (stands,) = db.execute("PRAGMA user_version").fetchone()
    assert (db.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)) == (stands == 0)
    assert stands == 0 or db.execute("SELECT max(version) FROM migrations").fetchone() == (stands,)
    migrate(db, stands)
    assert db.execute("PRAGMA user_version").fetchone() == (schema_version(),)
    db.close()
