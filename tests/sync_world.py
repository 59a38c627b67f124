"""A fake newspaper, an archive and the sync between them: what the tests of sync and of trust share."""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scraper.archive import open_archive, verify
from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, serve
from scraper.models import KST, Exchange, Run
from scraper.sync.add import fetch_look
from scraper.sync.options import Options
from scraper.sync.robots import KeptRobots
from scraper.sync.run import Tools, run_board
from scraper.urls import host_of
from scraper.web.fetch import Web
from scraper.web.settings import WebSettings

START = datetime(2026, 11, 20, 3, tzinfo=KST)
ALL = Options(recheck=timedelta(0))
GONE = ("missing", "gone")
FACES: list[tuple[str, dict[str, Any]]] = [
    *((skin, {}) for skin in ("legacy", "gnuboard5", "gnuboard4", "zeroboard4", "rhymix", "rhymix_mobile", "xe")),
    *((skin, {}) for skin in ("kboard", "egov", "k2web", "ybscript", "siiru", "korcham", "ndsoft", "sub_read")),
    *(("mediaon", {}), ("gnuboard5", {"variant": "gallery"}), ("gnuboard5", {"variant": "mobile"})),
    *(("ndsoft", {"variant": "block"}), ("ndsoft", {"variant": "table"}), ("ybscript", {"variant": "cards"})),
    *(("rhymix", {"variant": variant}) for variant in ("sketchbook5", "webzine", "gallery")),
]
"""Every engine layout, by a board that it reads."""
Rows = dict[str, list[tuple[Any, ...]]]


class Told:
    """A Progress that remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def tick(self, tick: object) -> None:
        pass

    def say(self, text: str) -> None:
        self.said.append(text)


class Ticking:
    """The fake clock's time, a hundredth of a second later at every look: no two answers come at once."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._base = clock.now()
        self._looks = 0

    def now(self) -> datetime:
        base = self._clock.now()
        if base != self._base:
            self._base, self._looks = base, 0
        self._looks += 1
        return base + timedelta(milliseconds=10 * self._looks)


@dataclass
class World:
    """One board, its server, its archive."""

    site: FakeSite
    board: FakeBoard
    server: FakeServer
    db: Path
    told: Told = field(default_factory=Told)

    def __post_init__(self) -> None:
        self.clock = Ticking(self.board.clock)

    @property
    def url(self) -> str:
        return self.server.url(self.board.slug)

    def sync(self, options: Options = Options(), *, stop: threading.Event | None = None) -> Run:  # noqa: B008
        """One run of a new process: add the board when it is unknown, then sync it."""
        self.server.clear_log()
        return sync(self.db, self.url, options, self.clock, stop=stop, told=self.told)

    def asked(self) -> Counter[str]:
        """What the last run asked for: how many requests of each kind."""
        return Counter(request.kind for request in self.server.log)

    def differences(self) -> list[str]:
        return differences(self.db, self.board.truth())

    def check(self) -> None:
        """The archive tells the truth, and nothing but the truth."""
        found = self.differences()
        assert not found, "\n".join(found)

    def rows(self, sql: str, *arguments: object) -> list[sqlite3.Row]:
        return rows(self.db, sql, *arguments)

    def state(self, post_id: int) -> str:
        return str(self.rows("SELECT state FROM posts WHERE key = ?", str(post_id))[0]["state"])


@contextmanager
def world(path: Path, skin: Any, posts: int = 30, seed: int = 3, **options: Any) -> Iterator[World]:
    """A served board and the path of an archive that does not exist yet."""
    clock = FakeClock(START)
    board = FakeBoard("opinion", skin, posts=posts, seed=seed, clock=clock, **options)
    site = FakeSite([board], clock=clock)
    with serve(site) as server:
        yield World(site, board, server, path / "archive.db")


def sync(
    db: Path,
    url: str,
    options: Options,
    clock: Any,
    *,
    stop: threading.Event | None = None,
    told: Told | None = None,
) -> Run:
    """What a command does: open the archive, add the board when it is unknown, sync it."""
    stop = stop or threading.Event()
    robots = KeptRobots()
    settings = WebSettings(delay=0, backoff=0.001, read_timeout=5, allow_private=frozenset({host_of(url)}))
    with Web(settings, stop=stop, robots=robots, clock=clock.now) as web, open_archive(db, write=True) as archive:
        robots.attach(archive)
        known = [board for board in archive.find_boards() if board.url == url]
        first: tuple[Exchange, ...] = ()
        if not known:
            look = fetch_look(web, url, allow_private=True)
            known, first = [archive.save_board(look.board)], look.exchanges
        return run_board(Tools(archive, web, stop, clock.now, told or Told()), known[0], options, first)


class RealClock:
    """The machine's own time."""

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)


def rows(db: Path, sql: str, *arguments: object) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(sql, arguments).fetchall()
    finally:
        connection.close()


def same(text: str | None) -> str:
    """A text without regard to its white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text or ""))


def differences(db: Path, truth: list[dict[str, Any]]) -> list[str]:
    """Every way in which the archive's posts are not those of the board. Posts that left it may stay as missing."""
    posts: dict[str, sqlite3.Row] = {}
    found: list[str] = []
    for row in rows(db, "SELECT * FROM posts"):
        if row["key"] in posts:
            found.append(f"{row['key']} is there twice")
        posts[row["key"]] = row
    files: dict[int, list[sqlite3.Row]] = {}
    for row in rows(db, "SELECT * FROM attachments WHERE kind = 'file' ORDER BY id"):
        files.setdefault(row["post_id"], []).append(row)
    for true in truth:
        post = posts.pop(str(true["idx"]), None)
        if post is None:
            found.append(f"{true['idx']} is not there")
            continue
        found += [f"{true['idx']} {text}" for text in _post_differences(post, true, files.get(post["id"], []))]
    found += [
        f"{key} is no post of the board: {row['state']}" for key, row in posts.items() if row["state"] not in GONE
    ]
    return found


def _post_differences(post: sqlite3.Row, true: dict[str, Any], files: list[sqlite3.Row]) -> Iterator[str]:
    state = "blocked" if true["secret"] else "live"
    expected = {
        "state": state,
        "title": same(true["title"]),
        "author": same(true["author"]),
        "body": same(true["body"]),
    }
    held = {"state": post["state"], "title": same(post["title"]), "author": same(post["author"])}
    held["body"] = same(post["body_text"])
    if true["secret"] and post["title_cut"] and expected["title"].startswith(held["title"].rstrip("….")):
        expected["title"] = held["title"]  # the list cuts it, and nobody may see the view
    if not (true["secret"] and post["posted_precision"] == "none"):
        expected["date"], held["date"] = true["date"], post["posted_date"]
    for name, value in expected.items():
        if held[name] != value:
            yield f"{name}: {held[name]!r} instead of {value!r}"
    if true["hits"] is None:
        if post["hits"] is not None:
            yield f"hits: {post['hits']}, which nobody said"
    elif post["hits"] is None or abs(post["hits"] - true["hits"]) > 3:
        yield f"hits: {post['hits']} instead of {true['hits']}"
    if bool(post["is_notice"]) != true["notice"]:
        yield f"notice: {post['is_notice']}"
    if bool(post["version"]) == true["secret"]:
        yield f"version: {post['version']}"
    got = Counter((same(row["name"]), row["blob_sha256"], row["state"]) for row in files)
    want = Counter((same(item["name"]), item["sha256"], "stored") for item in true["files"])
    want.update((same(name), None, "failed") for name in true["files_refused"])
    if got != want:
        yield f"files: {list((got - want).elements())} instead of {list((want - got).elements())}"


TABLES = (
    "sites boards runs posts post_versions post_hits attachments attachment_versions blobs blob_parts dictionaries "
    "captures coverage failures events meta migrations posts_fts"
).split()


def dump(db: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    return {table: [dict(row) for row in rows(db, f"SELECT * FROM {table}")] for table in TABLES}


def content(db: Path) -> Rows:
    """What an archive holds of its board, whatever the way to it: no ids, no times of ours, no addresses."""
    by_post = "JOIN posts p ON p.id = t.post_id ORDER BY 1, 2, 3"
    queries = {
        "posts": """SELECT key, number, category, title, title_cut, author, posted_date, posted_at, posted_precision,
            posted_raw, is_notice, is_secret, body_text, version, state, content_sha256 FROM posts ORDER BY key""",
        "post_versions": f"""SELECT p.key, t.version, t.cause, t.fields_from_listing, t.title, t.author, t.posted_at,
            t.body_text, t.content_sha256 FROM post_versions t {by_post}""",
        "attachments": f"""SELECT p.key, t.key, t.name, t.blob_sha256, t.size, t.state, t.kind
            FROM attachments t {by_post}""",
        "attachment_versions": f"""SELECT p.key, t.key, t.version, t.blob_sha256, t.name
            FROM attachment_versions t {by_post}""",
        "blobs": """SELECT DISTINCT blob_sha256 FROM attachment_versions ORDER BY 1""",
    }
    return {name: [tuple(row) for row in rows(db, sql)] for name, sql in queries.items()}


def damages(db: Path) -> list[str]:
    """What verify finds wrong with an archive, byte by byte."""
    return [str(damage) for damage in verify(db, full=True)]
