"""Korean full-text search that a plain sqlite3 or Datasette can use: FTS5 over title, body and pieces of every word.

Contract: every post has its entry in posts_fts, put there in the transaction that changed its text; ``MATCH '협의체'``
finds it inside a longer word. To take an entry out, FTS5 needs the exact text that was put in: it is computed again.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from scraper.archive import texts
from scraper.archive.matching import loose_query, match_query
from scraper.archive.rows import first, select
from scraper.archive.snippets import marks, snippet
from scraper.archive.terms import TERMS_VERSION, search_terms
from scraper.archive.values import Record

_FOUND = """SELECT p.id, b.slug AS board, p.key, p.title, p.author, p.posted_date, p.state, p.url, p.body_text
    FROM posts p JOIN boards b ON b.id = p.board_id WHERE p.id = ? AND p.state <> 'redacted'"""
_BATCH = 2_000
_FILES_A_POST = 5
"""So many times the wanted posts are the files that are looked at."""
RANKED = 3_000
"""Posts that are ranked: to compare more takes longer than anybody waits."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which posts a search looks at. ``boards`` are slugs, none of them means all; days are Korean; ``author`` is the
    name as the board writes it."""

    boards: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    author: str | None = None


def fill(db: Database, post: Mapping[str, Any]) -> None:
    """Put a post into the index."""
    db.execute("INSERT INTO posts_fts (rowid, title, body_text, search_terms) VALUES (?, ?, ?, ?)", _entry(post))


def refill(db: Database, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Exchange a post's entry when its text changed."""
    if before["title"] == after["title"] and before["body_text"] == after["body_text"]:
        return
    db.execute(
        "INSERT INTO posts_fts (posts_fts, rowid, title, body_text, search_terms) VALUES ('delete', ?, ?, ?, ?)",
        _entry(before),
    )
    fill(db, after)


def fill_all(db: Database) -> Iterator[int]:
    """Empty the indexes and fill them again, inside the caller's transaction: that of files, then that of posts.

    Yields the id of each post.
    """
    texts.fill_all(db)
    db.execute("INSERT INTO posts_fts (posts_fts) VALUES ('delete-all')")
    last = 0
    sql = "SELECT id, title, body_text FROM posts WHERE id > ? ORDER BY id LIMIT ?"
    while batch := select(db, sql, [last, _BATCH]):
        for post in batch:
            fill(db, post)
            yield post["id"]
        last = batch[-1]["id"]
    sql = "INSERT INTO meta VALUES ('search_terms_version', ?1) ON CONFLICT DO UPDATE SET value = ?1"
    db.execute(sql, [str(TERMS_VERSION)])


def bring_up(db: Database) -> None:
    """Fill the index again, in a transaction of its own, when an earlier program filled it with other terms."""
    if is_current(db):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        deque(fill_all(db), maxlen=0)
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def is_current(db: Database) -> bool:
    """Whether the index holds the terms of this program; an entry with other terms cannot be taken out."""
    kept = first(db, "SELECT value FROM meta WHERE key = 'search_terms_version'")
    return kept is not None and kept["value"] == str(TERMS_VERSION)


def find_matching(db: Database, words: str, limit: int, sought: Sought) -> list[Record]:
    """Posts with every word, best first; when there is none, those that hold the words with all blanks taken out.

    Words that more than ``RANKED`` posts hold tell none of them apart: those come as they were added, last one first.
    Each with ``snippet``, and with ``marks`` and ``title_marks``: where the words stand in the snippet and the title.
    Then come posts with a file whose text holds every word. ``files`` of every post are those files of it: ``key``,
    ``name``, ``snippet`` and ``marks``.
    """
    query, loose = match_query(words), loose_query(words)
    hits = _some(db, "SELECT rowid FROM posts_fts WHERE posts_fts MATCH :query", {"query": query}) if query else []
    found: list[Record] = []
    if hits:
        found = _posts(db, *_matching(db, query, sought, common=len(hits) > RANKED), limit)
    elif loose:
        found = _posts(db, *_holding(*loose, sought), limit)
    found = _with_files(db, found, words, limit, sought)
    for post in found:
        body = post.pop("body_text")
        post["snippet"], post["marks"] = snippet(body or post["title"], words)
        post["title_marks"] = marks(post["title"], words)
    return found


def _posts(db: Database, sql: str, arguments: dict[str, Any], limit: int) -> list[Record]:
    """The first posts among the ids that a query gives; it is not read further than that."""
    found: list[Record] = []
    ids = db.execute(sql, arguments)
    try:
        while len(found) < limit and (row := ids.fetchone()):
            found += select(db, _FOUND, [row[0]])
    finally:
        ids.close()
    return found


def _with_files(db: Database, found: list[Record], words: str, limit: int, sought: Sought) -> list[Record]:
    """The posts with the files that hold every word; then others that have such a file, up to ``limit``."""
    by_id = {post["id"]: {**post, "files": []} for post in found}
    query = match_query(words, "text")
    hits = texts.find_hits(db, query, *_conditions(sought), RANKED, _FILES_A_POST * limit) if query else []
    for hit in hits:
        post_id = hit["post_id"]
        if post_id not in by_id:
            if len(by_id) == limit:
                continue
            by_id[post_id] = {**select(db, _FOUND, [post_id])[0], "files": []}
        file = texts.find_text(db, hit["attachment_id"])
        line, places = snippet(file.pop("text"), words)
        by_id[post_id]["files"].append({**file, "snippet": line, "marks": places})
    return list(by_id.values())


def _some(db: Database, sql: str, arguments: dict[str, Any]) -> list[int]:
    """The ids of a query; of more than ``RANKED`` one more than that."""
    return [row[0] for row in db.execute(f"{sql} LIMIT {RANKED + 1}", arguments).fetchall()]


def _matching(db: Database, query: str | None, sought: Sought, *, common: bool) -> tuple[str, dict[str, Any]]:
    """The query for ids by the index. Filters look at each hit; of common words only at those between the first
    and the last post that the filters leave, and at these alone when they are few.
    """
    condition, arguments = _conditions(sought)
    order = "f.rowid DESC" if common else "f.rank"
    among = f" AND EXISTS (SELECT 1 FROM posts p WHERE p.id = f.rowid{condition})" if condition else ""
    if condition and common:
        source = f"FROM posts p WHERE true{condition}"
        if not sought.boards and sought.author is None:
            source += " AND p.board_id IN (SELECT id FROM boards)"  # the index on days begins with the board
        few = _some(db, f"SELECT p.id {source}", arguments)
        least, most = min(few, default=0), max(few, default=-1)
        if len(few) > RANKED:
            least, most = db.execute(f"SELECT min(p.id), max(p.id) {source}", arguments).fetchone()
        else:
            among, arguments = " AND +f.rowid IN (SELECT value FROM json_each(:few))", {"few": json.dumps(few)}
        among += " AND f.rowid BETWEEN :least AND :most"
        arguments = {**arguments, "least": least, "most": most}
    sql = f"SELECT f.rowid FROM posts_fts f WHERE posts_fts MATCH :query{among} ORDER BY {order}"
    return sql, {**arguments, "query": query}


def _holding(query: str, needle: str, sought: Sought) -> tuple[str, dict[str, Any]]:
    """The query for ids of the posts of ``query`` that hold ``needle``, blanks or not; the newest first."""
    condition, arguments = _conditions(sought)
    sql = f"""SELECT p.id FROM posts p WHERE p.id IN (SELECT rowid FROM posts_fts WHERE posts_fts MATCH :query)
        AND replace(replace(p.title || ' ' || coalesce(p.body_text, ''), ' ', ''), char(10), '') LIKE :like{condition}
        ORDER BY p.posted_at DESC, p.id DESC"""
    return sql, {"query": query, "like": f"%{needle}%", **arguments}


def _conditions(sought: Sought) -> tuple[str, dict[str, Any]]:
    """What comes after a WHERE with an alias ``p`` for posts, with its values."""
    tests = {
        "since": "p.posted_date >= :since",
        "until": "p.posted_date <= :until",
        "author": "p.author = :author",
    }
    given = {name: str(value) for name in tests if (value := getattr(sought, name)) is not None}
    names = {f"board{number}": slug for number, slug in enumerate(sought.boards)}
    slugs = ", ".join(f":{name}" for name in names)
    parts = [tests[name] for name in given]
    if names:
        parts.append(f"p.board_id IN (SELECT id FROM boards WHERE slug IN ({slugs}))")
    return "".join(f" AND {part}" for part in parts), {**given, **names}


def _entry(post: Mapping[str, Any]) -> list[Any]:
    return [post["id"], post["title"], post["body_text"], search_terms(post["title"], post["body_text"])]
