"""What a night left in the archive, beside what the boards showed: everything that is not as promised."""

from __future__ import annotations

import itertools
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from soak_press import PaperBoard

COMPLETED = ("ok", "partial")
ABSENT = ("missing", "gone")
PATIENCE = 10
"""Nights that came to their end until a post must be held, or its loss noticed, at the latest."""
SLACK = 2
Words = tuple[str, str, str]
"""Title, author and body, without white space."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One post as the board showed it on a night."""

    words: Words
    files: frozenset[tuple[str, str]]
    is_secret: bool
    date: str


@dataclass(frozen=True, slots=True)
class Surprise:
    """Something that should not be."""

    night: int
    slug: str
    kind: str
    """lost | late | silent | false gone | false return | unnoticed | stale | twice | version | balance | code | cost"""
    what: str

    def __str__(self) -> str:
        return f"night {self.night} {self.slug}: {self.kind}: {self.what}"


@dataclass
class Book:
    """What is known of one board: what it showed on every night, and how long something has not been as it should."""

    slug: str
    shown: dict[int, list[dict[str, Shown]]] = field(default_factory=dict)
    """By night: before the run and after it."""
    outcomes: dict[int, str] = field(default_factory=dict)
    runs: dict[int, int] = field(default_factory=dict)
    """By run: the night."""
    states: dict[str, str] = field(default_factory=dict)
    waits: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By key and kind: for how many nights in a row, of those that came to their end."""
    delays: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """By kind: after how many nights it was as it should be."""
    surprises: list[Surprise] = field(default_factory=list)

    def wait(self, kind: str, key: str, is_wrong: bool) -> int:
        """Count one more night on which something is not as it should be, or that it is."""
        if is_wrong:
            self.waits[key, kind] += 1
        elif (key, kind) in self.waits:
            self.delays[kind][self.waits.pop((key, kind))] += 1
        return self.waits[key, kind] if is_wrong else 0


def shown_by(board: PaperBoard) -> dict[str, Shown]:
    """What a guest can see."""
    return {
        str(true["idx"]): Shown(
            (_bare(true["title"]), _bare(true["author"]), _bare(true["body"])),
            frozenset((_bare(file["name"]), file["sha256"]) for file in true["files"]),
            true["secret"],
            true["date"],
        )
        for true in board.truth()
    }


def find(db: Path, sql: str, *arguments: object) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(sql, arguments).fetchall()


def judge_night(book: Book, db: Path, night: int, today: date) -> None:
    """Compare a board after a night; what is wrong goes into the book's surprises."""
    posts = find(db, "SELECT p.* FROM posts p JOIN boards b ON b.id = board_id WHERE slug = ?", book.slug)
    before, after = book.shown[night][0], book.shown[night][-1]
    held = {post["key"]: post for post in posts}
    wrong = [*_twice(posts), *_false(book, night, held)]
    if book.outcomes[night] in COMPLETED:
        wrong += _unheld(book, held, before, after)
        wrong += _unnoticed(book, held, before, after)
        wrong += _stale(book, held, before, after, today)
    book.surprises += [Surprise(night, book.slug, *each) for each in wrong]
    book.states = {key: post["state"] for key, post in held.items()}


def _twice(posts: Iterable[sqlite3.Row]) -> Iterator[tuple[str, str]]:
    for key, count in Counter(post["key"] for post in posts).items():
        if count > 1:
            yield "twice", f"post {key}"


def _false(book: Book, night: int, held: dict[str, sqlite3.Row]) -> Iterator[tuple[str, str]]:
    """Posts that were called missing or gone tonight, and stood in the list before and after the run."""
    visible = set.intersection(*(set(each) for each in book.shown[night]))
    for key in visible & held.keys():
        if held[key]["state"] in ABSENT and book.states.get(key) not in (*ABSENT, None):
            yield "false gone", f"post {key} is {held[key]['state']} and listed"
    for key in held.keys() - set.union(*(set(each) for each in book.shown[night])):
        if held[key]["state"] not in ABSENT and book.states.get(key) in ABSENT:
            yield "false return", f"post {key} is {held[key]['state']} and not listed"


def _unheld(
    book: Book, held: dict[str, sqlite3.Row], before: dict[str, Shown], after: dict[str, Shown]
) -> Iterator[tuple[str, str]]:
    for key in before.keys() & after.keys():
        state = held[key]["state"] if key in held else None
        nights = book.wait("post", key, state is None)
        if nights > PATIENCE:
            yield "lost", f"post {key} is not held for {nights} nights"
        nights = book.wait("return", key, state in ABSENT)
        if nights > PATIENCE:
            yield "late", f"post {key} is {state} and listed for {nights} nights"
        nights = book.wait("text", key, state == "unread")
        if nights == 1 and not before[key].is_secret and book.outcomes[max(book.outcomes)] == "ok":
            yield "silent", f"post {key} is unread and the outcome is ok"
        if state == "blocked" and not before[key].is_secret and book.wait("open", key, True) > PATIENCE:
            yield "late", f"post {key} is called blocked and is not"


def _unnoticed(
    book: Book, held: dict[str, sqlite3.Row], before: dict[str, Shown], after: dict[str, Shown]
) -> Iterator[tuple[str, str]]:
    for key in held.keys() - before.keys() - after.keys():
        state = held[key]["state"]
        nights = book.wait("missing", key, state not in ABSENT)
        if nights > PATIENCE:
            yield "unnoticed", f"post {key} left the list {nights} nights ago and is {state}"
        if state in ABSENT:
            nights = book.wait("gone", key, state != "gone")
            if nights > PATIENCE + 30:
                yield "unnoticed", f"post {key} was missed {nights} nights ago and never confirmed"


def _stale(
    book: Book, held: dict[str, sqlite3.Row], before: dict[str, Shown], after: dict[str, Shown], today: date
) -> Iterator[tuple[str, str]]:
    """Edits that the age plan should have found."""
    for key in before.keys() & after.keys() & held.keys():
        post, shown = held[key], after[key]
        if post["state"] != "live" or shown.is_secret:
            continue
        words = (_bare(post["title"]), _bare(post["author"]), _bare(post["body_text"]))
        for name, found, true in zip(("title", "author", "body"), words, shown.words, strict=True):
            nights = book.wait(name, key, found != true)
            age = (today - date.fromisoformat(min(shown.date, post["first_seen_at"][:10]))).days
            most = 1 if age < 7 else 7 if age < 90 else 90
            if nights > most + SLACK and nights % 10 == (most + SLACK + 1) % 10:
                yield "stale", f"{name} of post {key} ({age} days old) for {nights} nights: {found[:30]} / {true[:30]}"


# versions


def judge_versions(book: Book, db: Path) -> Iterator[Surprise]:
    """Each state that a reading was shown is a version, once, and there is no other."""
    last = max(book.shown)
    versions: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in find(
        db, """SELECT p.key, v.*, c.run_id FROM post_versions v JOIN posts p ON p.id = v.post_id
            JOIN boards b ON b.id = p.board_id JOIN captures c ON c.id = v.article_capture_id
            WHERE b.slug = ? ORDER BY p.key, v.version""", book.slug,
    ):  # fmt: skip
        versions[row["key"]].append(row)
    readings: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in find(
        db, """SELECT c.id, c.post_key, c.run_id, c.outcome FROM captures c JOIN runs r ON r.id = c.run_id
            JOIN boards b ON b.id = r.board_id WHERE b.slug = ? AND c.kind = 'article' AND c.status = 200
            AND c.outcome IN ('read', 'new', 'revised', 'unchanged') ORDER BY c.id""", book.slug,
    ):  # fmt: skip
        readings[row["post_key"]].append(row)
    for key, rows in versions.items():
        told = [
            (_bare(row["title"]), _bare(row["author"]), _bare(row["body_text"]))
            for row in rows
            if row["cause"] == "source"
        ]
        ever = {shown[key].words for each in book.shown.values() for shown in each if key in shown}
        for words in told:
            if words not in ever:
                yield Surprise(last, book.slug, "version", f"post {key} never read so: {_differ(words, ever)}")
        for one, two in itertools.pairwise(rows):
            if _same_content(one, two):
                yield Surprise(
                    last, book.slug, "version", f"post {key}: version {two['version']} repeats the one before"
                )
        wanted: list[set[Words]] = []
        for row in readings[key]:
            night = book.runs[row["run_id"]]
            states = {shown[key].words for shown in book.shown[night] if key in shown}
            if states and (not wanted or wanted[-1] != states):
                wanted.append(states)
        chain = [words for place, words in enumerate(told) if not place or told[place - 1] != words]
        if len(wanted) != len(chain) or any(words not in states for words, states in zip(chain, wanted, strict=False)):
            nights = [book.runs[row["run_id"]] for row in rows]
            yield Surprise(
                last,
                book.slug,
                "version",
                f"post {key}: {len(chain)} states, {len(wanted)} were shown (nights {nights})",
            )


def _same_content(one: sqlite3.Row, two: sqlite3.Row) -> bool:
    names = ("title", "author", "posted_at", "posted_date", "category", "body_text", "files")
    return all(one[name] == two[name] for name in names) and two["cause"] == "source"


def _differ(words: Words, ever: set[Words]) -> str:
    near = min(ever, key=lambda each: sum(a != b for a, b in zip(each, words, strict=True)), default=("", "", ""))
    return "; ".join(
        f"{found[:40]!r} / {true[:40]!r}" for found, true in zip(words, near, strict=True) if found != true
    )


# the end


def differences(book: Book, db: Path, truth: list[dict[str, Any]]) -> Iterator[str]:
    """Every way in which a board is not as it is, after everything was read again."""
    held = {
        row["key"]: row
        for row in find(db, "SELECT p.* FROM posts p JOIN boards b ON b.id = board_id WHERE slug = ?", book.slug)
    }
    files: dict[int, Counter[tuple[str, str | None, str]]] = defaultdict(Counter)
    for row in find(db, "SELECT * FROM attachments WHERE kind = 'file' AND state <> 'gone'"):
        files[row["post_id"]][_bare(row["name"]), row["blob_sha256"], row["state"]] += 1
    for true in truth:
        key = str(true["idx"])
        post = held.pop(key, None)
        if post is None:
            yield f"{key} is not held"
            continue
        if true["secret"]:
            if post["state"] != "blocked" and not post["version"]:
                yield f"{key} is secret and {post['state']}"
            continue
        if post["state"] != "live":
            yield f"{key} is {post['state']}"
            continue
        for name, column in (("title", "title"), ("author", "author"), ("body", "body_text"), ("date", "posted_date")):
            if _bare(true[name]) != _bare(post[column]):
                yield f"{key} {name}: {_bare(post[column])[:40]!r} / {_bare(true[name])[:40]!r}"
        if true["hits"] is not None and (post["hits"] is None or abs(post["hits"] - true["hits"]) > 4):
            yield f"{key} hits: {post['hits']} / {true['hits']}"
        if bool(post["is_notice"]) != true["notice"]:
            yield f"{key} notice: {post['is_notice']}"
        want = Counter((_bare(item["name"]), item["sha256"], "stored") for item in true["files"])
        want.update((_bare(name), None, "failed") for name in true["files_refused"])
        if files[post["id"]] != want:
            yield f"{key} files: {list(files[post['id']] - want)} / {list(want - files[post['id']])}"
    yield from (
        f"{key} left the board and is {row['state']}" for key, row in held.items() if row["state"] not in ABSENT
    )


def _bare(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text or ""))
