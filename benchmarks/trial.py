"""One trial of onboarding: a random board on loopback, ``add --yes``, a crawl, and every field beside the truth."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import scraper.sync.session as session_module
from scraper.errors import SinmungoError
from scraper.fakeboard import FakeClock, FakeServer, FakeSite, serve
from scraper.fakeboard.exchange import Session as Visitor
from scraper.fakeboard.exchange import Visit
from scraper.fakeboard.skins.strange import StrangeBoard, make_skin
from scraper.fakeboard.skins.strange.address import list_target, page_value, view_target
from scraper.models import KST, Silent
from scraper.page.toml import layout_toml
from scraper.sync.add import Look
from scraper.sync.hosts import Manner
from scraper.sync.options import Options
from scraper.sync.session import Session
from scraper.web.fetch import Web

START = datetime(2026, 11, 20, 3, tzinfo=KST)
PATIENCE = 90.0
"""Seconds until a trial is stopped."""
GONE = ("missing", "gone")
SOFT = ("category",)
"""Fields that may be left out; a wrong value counts all the same."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of one post that is not what the board shows. ``found`` None: left out, not wrong."""

    key: str
    field: str
    wanted: str | None
    found: str | None

    @property
    def is_wrong(self) -> bool:
        return self.found is not None

    def __str__(self) -> str:
        return f"{self.key} {self.field}: wanted {_short(self.wanted)}, found {_short(self.found)}"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one board. outcome: equal | wrong | missed | refused | failed."""

    seed: int
    traits: dict[str, str]
    outcome: str
    exit_code: int
    said: str
    """The sentence of a refusal, or the crawl's message."""
    confidence: float | None
    engine: str | None
    posts: int
    differences: tuple[Difference, ...]
    cpu: float
    """CPU seconds of ``add`` beside its requests."""
    requests: int
    """Requests of ``add``."""
    reasons: tuple[str, ...] = ()
    """Why the layout was believed."""
    layout: str | None = None
    """The stored layout as TOML."""


class Ticking:
    """The board's time, a hundredth of a second later at every look."""

    def __init__(self, clock: FakeClock) -> None:
        self._base, self._looks = clock.now(), 0

    def now(self) -> datetime:
        self._looks += 1
        return self._base + timedelta(milliseconds=10 * self._looks)


class Meter:
    """CPU seconds of getting to know a board beside its requests, in the thread that does it, and their number."""

    def __init__(self) -> None:
        self.seconds, self.requests = 0.0, 0
        self._fetch, self._look = Web.fetch, session_module.fetch_look

    def __enter__(self) -> Meter:
        fetch, look = self._fetch, self._look

        def timed(web: Web, *arguments: Any, **options: Any) -> Any:
            self.requests += 1
            start = time.thread_time()
            try:
                return fetch(web, *arguments, **options)
            finally:
                self.seconds -= time.thread_time() - start

        def known(*arguments: Any, **options: Any) -> Look:
            start = time.thread_time()
            try:
                return look(*arguments, **options)
            finally:
                self.seconds += time.thread_time() - start

        Web.fetch = timed  # type: ignore[method-assign, assignment]
        session_module.fetch_look = known
        return self

    def __exit__(self, *_: object) -> None:
        Web.fetch = self._fetch  # type: ignore[method-assign]
        session_module.fetch_look = self._look


def make_site(seed: int) -> tuple[FakeSite, StrangeBoard]:
    """The site with the board of that seed, as it stands at the start of a trial."""
    clock = FakeClock(START)
    board = make_skin(seed).board(clock)
    return FakeSite([board], clock=clock), board


def play(seed: int) -> Trial:
    """Add the board of that seed, crawl it, compare."""
    site, board = make_site(seed)
    with tempfile.TemporaryDirectory() as folder, serve(site) as server:
        return _play(board, server, Path(folder) / "archive.db")


def _play(board: StrangeBoard, server: FakeServer, db: Path) -> Trial:
    stop, looks = threading.Event(), list[Look]()
    alarm = threading.Timer(PATIENCE, stop.set)
    alarm.daemon = True
    alarm.start()
    session = Session(db, Manner(delay=0, allow_private=True), Silent(), stop, Ticking(board.clock).now)
    url = server.url(board.slug)

    def agree(look: Look) -> bool:
        looks.append(look)
        return True

    trial = Trial(board.face.seed, board.face.traits(), "refused", 0, "", None, None, len(board.posts()), (), 0.0, 0)
    try:
        with Meter() as meter:
            try:
                session.add(url, name=None, agree=agree)
            finally:
                trial = replace(trial, cpu=meter.seconds, requests=meter.requests)
        look = looks[0]
        made = look.detection.layout
        trial = replace(
            trial,
            outcome="failed",
            confidence=look.detection.confidence,
            engine=look.board.engine,
            reasons=look.detection.reasons,
            layout=None if made is None else layout_toml(made),
        )
        run = session.crawl([url], Options())[0]
        trial = replace(trial, exit_code=run.exit_code, said=f"{run.outcome}: {run.message or ''}")
    except SinmungoError as error:
        said = f"{type(error).__name__}: {error}".replace(server.origin, "")
        stated = re.search(r"confidence (\d\.\d+)", said)
        if trial.outcome == "refused" and (error.exit_code != 4 or db.exists()):
            trial = replace(trial, outcome="failed")  # a refusal stores nothing
        sure = float(stated[1]) if stated else trial.confidence
        return replace(trial, exit_code=error.exit_code, said=said, confidence=sure)
    finally:
        alarm.cancel()
    found = tuple(differences(db, board.truth()))
    return replace(trial, differences=found, outcome=outcome_of(found, trial.exit_code))


def crashed(seed: int, error: BaseException) -> Trial:
    """The trial of a board at which our own code broke."""
    said = f"BUG {type(error).__name__}: {error} {error.__cause__ or ''}"
    return Trial(seed, make_skin(seed).face.traits(), "failed", 1, said, None, None, 0, (), 0.0, 0)


def outcome_of(found: tuple[Difference, ...], exit_code: int) -> str:
    """What became of an onboarded board."""
    if any(each.is_wrong for each in found):
        return "wrong"
    if exit_code not in (0, 3):
        return "failed"
    return "missed" if any(each.field not in SOFT for each in found) else "equal"


# comparing


def differences(db: Path, truth: list[dict[str, Any]]) -> Iterator[Difference]:
    """Every field of the archive that is not what the board shows."""
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        posts = {row["key"]: row for row in connection.execute("SELECT * FROM posts")}
        files: dict[int, list[sqlite3.Row]] = {}
        for row in connection.execute("SELECT * FROM attachments WHERE kind = 'file'"):
            files.setdefault(row["post_id"], []).append(row)
    for true in truth:
        key = str(true["idx"])
        post = posts.pop(key, None)
        if post is None:
            yield Difference(key, "post", true["title"], None)
            continue
        for name, wanted, found in compared(post, true, files.get(post["id"], [])):
            if wanted != found:
                yield Difference(key, name, wanted, found)
    for key, post in posts.items():
        if post["state"] not in GONE:
            yield Difference(key, "stranger", None, f"{post['state']} {post['title']} {post['url']}")


def compared(
    post: sqlite3.Row, true: dict[str, Any], files: list[sqlite3.Row]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Every field of one post: its name, what the board shows, what the archive holds."""
    secret = true["secret"]
    yield "state", "blocked" if secret else "live", None if post["state"] == "unread" else post["state"]
    title, held = same_text(true["title"]), same_text(post["title"])
    hidden = secret or post["state"] == "unread"  # nobody has seen its view: the list may cut its title
    is_cut = hidden and post["title_cut"] and (title or "").startswith((held or "?").rstrip("….") or "?")
    yield "title", held if is_cut else title, held
    yield "author", same_text(true["author"]), same_text(post["author"])
    if not (secret and post["posted_precision"] == "none"):
        yield "date", true["date"], post["posted_date"]
        if (
            true["date"] is not None
            and post["posted_at"] is not None
            and post["posted_precision"] in ("minute", "second")
        ):
            length = {"minute": 16, "second": 19}[post["posted_precision"]]
            yield "time", true["posted_at"][:length], post["posted_at"][:length]
    hits = post["hits"]
    near = true["hits"] is not None and hits is not None and abs(hits - true["hits"]) <= 3
    yield "hits", _text(hits if near else true["hits"]), _text(hits)
    yield "number", _text(true["number"]), _text(post["number"])
    yield "body", same_text(true["body"]), same_text(post["body_text"])
    yield "notice", str(true["notice"]), str(bool(post["is_notice"]))
    yield "secret", str(secret), str(bool(post["is_secret"]))
    yield "category", same_text(true["category"]), same_text(post["category"])
    got = Counter((same_text(row["name"]), row["blob_sha256"], row["state"]) for row in files)
    want = Counter((same_text(item["name"]), item["sha256"], "stored") for item in true["files"])
    want.update((same_text(name), None, "failed") for name in true["files_refused"])
    if got != want:
        lost, more = list((want - got).elements()), list((got - want).elements())
        yield "files", str(sorted(map(str, lost))), str(sorted(map(str, more))) if more else None


def same_text(value: str | None) -> str | None:
    """A text without its white space; None for nothing."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", value or "")) or None


def _text(value: int | None) -> str | None:
    return None if value is None else str(value)


def _short(value: str | None) -> str:
    if value is None:
        return "nothing"
    return repr(value if len(value) <= 90 else f"{value[:50]}…{value[-35:]} ({len(value)})")


# keeping


def keep(seed: int, folder: Path) -> None:
    """Write list pages 1 and 2, three articles and the truth of a board for a person to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    site, board = make_site(seed)
    truth = board.truth()
    lists = [("GET", list_target(board))]
    lists.append(("POST" if board.face.pager == "post" else "GET", list_target(board, page_value(board, 2))))
    plain = [post for post in board.posts() if not post.secret]
    chosen = [plain[0], next((post for post in plain if post.files), plain[-1]), plain[len(plain) // 2]]
    method = "POST" if board.face.call == "post_form" else "GET"
    views = [(method, view_target(board, str(post.id), 1, None)) for post in chosen]
    asked = {f"list-{n}": ask for n, ask in enumerate(lists, 1)} | {
        f"article-{n}": ask for n, ask in enumerate(views, 1)
    }
    heads = {}
    for name, (verb, target) in asked.items():
        answer = site.answer(site.route(Visit(verb, target, {}, "", "http://127.0.0.1", Visitor("keep"))))
        (folder / f"{name}.html").write_bytes(answer.body)
        heads[name] = {"method": verb, "target": target, "content_type": answer.content_type.decode()}
    written = {"face": board.face.traits(), "pages": heads, "truth": truth}
    (folder / "truth.json").write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")
