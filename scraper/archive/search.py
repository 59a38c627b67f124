"""Korean full-text search that a plain sqlite3 or Datasette can use: FTS5 over title, body and pieces of every word.

Contract: every post has its entry in posts_fts, put there in the transaction that changed its text; ``MATCH '협의체'``
finds it inside a longer word. To take an entry out, FTS5 needs the exact text that was put in: it is computed again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from scraper.archive.rows import select
from scraper.archive.values import Record

TERMS_VERSION = 1
"""Changes with ``search_terms``; meta keeps the one that the index was filled with."""

_WORD = re.compile(r"[^\W_]+")
_KOREAN = "\uac00-\ud7a3\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(f"(?P<korean>[{_KOREAN}]+)|[^{_KOREAN}]+")
_SHORTEST, _LONGEST = 2, 4
_COMMON = 12
"""A word up to so many characters may come again."""

_PARTICLES = (
    *("이라고", "에서는", "으로는"),
    *(
        "에서",
        "에게",
        "으로",
        "까지",
        "부터",
        "처럼",
        "보다",
        "마다",
        "조차",
        "이나",
        "이라",
        "라고",
        "에는",
        "에도",
        "와의",
        "과의",
    ),
    *("이", "가", "은", "는", "을", "를", "에", "의", "로", "와", "과", "도", "만", "께"),
)
"""Longest first."""


def search_terms(title: str, body: str | None) -> str:
    """The pieces of 2 to 4 syllables of every Hangul or Hanja run, and the other runs of mixed words; each once."""
    pieces: dict[str, None] = {}
    for word in dict.fromkeys(_WORD.findall(unicodedata.normalize("NFC", f"{title}\n{body or ''}"))):
        pieces.update(_terms_of_common(word) if len(word) <= _COMMON else _terms_of(word))
    return " ".join(pieces)


def _terms_of(word: str) -> Mapping[str, None]:
    """Those of one word, in order."""
    pieces: dict[str, None] = {}
    runs = list(_RUN.finditer(word))
    for run in runs:
        if run["korean"]:
            pieces.update(dict.fromkeys(_pieces(run[0])))
        elif len(runs) > 1:
            pieces[run[0]] = None
    return pieces


_terms_of_common = lru_cache(maxsize=4096)(_terms_of)
"""The posts of a board use the same words again and again."""


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


def fill_all(db: Database) -> int:
    """Empty the index and fill it again from posts, inside the caller's transaction; returns the number of posts."""
    db.execute("INSERT INTO posts_fts (posts_fts) VALUES ('delete-all')")
    ids = [row["id"] for row in select(db, "SELECT id FROM posts ORDER BY id")]
    for post_id in ids:
        fill(db, select(db, "SELECT id, title, body_text FROM posts WHERE id = ?", [post_id])[0])
    sql = "INSERT INTO meta VALUES ('search_terms_version', ?1) ON CONFLICT DO UPDATE SET value = ?1"
    db.execute(sql, [str(TERMS_VERSION)])
    return len(ids)


def match_query(words: str) -> str | None:
    """The FTS5 query for what a person typed: all words, each with or without its particle. None for no word."""
    groups = [_group(word) for word in _WORD.findall(unicodedata.normalize("NFC", words))]
    return " AND ".join(groups) or None


def find_matching(db: Database, words: str, limit: int) -> list[Record]:
    """Posts with every word, best first; when there is none, those that hold the words with all spaces taken out."""
    columns = """p.id, b.slug AS board, p.key, p.title, p.author, p.posted_date, p.state, p.url, p.body_text
        FROM {source} JOIN boards b ON b.id = p.board_id WHERE p.state <> 'redacted' AND {condition} LIMIT :limit"""
    query = match_query(words)
    found: list[Record] = []
    if query is not None:
        source = "posts_fts f JOIN posts p ON p.id = f.rowid"
        sql = columns.format(
            source=source, condition="posts_fts MATCH :query ORDER BY rank, p.posted_at DESC, p.id DESC"
        )
        found = select(db, f"SELECT {sql}", {"query": query, "limit": limit})
    needle = "".join(unicodedata.normalize("NFC", words).split())
    if not found and needle:
        text = "replace(replace(p.title || ' ' || coalesce(p.body_text, ''), ' ', ''), char(10), '')"
        condition = f"{text} LIKE :like ESCAPE '!' ORDER BY p.posted_at DESC, p.id DESC"
        like = "%" + re.sub(r"([!%_])", r"!\1", needle) + "%"
        sql = columns.format(source="posts p", condition=condition)
        found = select(db, f"SELECT {sql}", {"like": like, "limit": limit})
    needles = [stem for word in _WORD.findall(unicodedata.normalize("NFC", words)) for stem in (word, _stem(word))]
    for row in found:
        row["snippet"] = _snippet(row.pop("body_text") or row["title"], needles)
    return found


def _entry(post: Mapping[str, Any]) -> list[Any]:
    return [post["id"], post["title"], post["body_text"], search_terms(post["title"], post["body_text"])]


def _pieces(run: str) -> Iterator[str]:
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(run) - length + 1):
            yield run[start : start + length]


def _stem(word: str) -> str:
    """The word without its particle, when at least two syllables are left."""
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= _SHORTEST:
            return word.removesuffix(particle)
    return word


def _group(word: str) -> str:
    """The ways in which a word may stand in the index: whole, without its particle, or in overlapping pieces."""
    ways = [f'"{word}"' if len(word) > 1 else f'"{word}"*']
    for stem in dict.fromkeys((word, _stem(word))):
        parts = [part for run in _RUN.finditer(stem) for part in _indexed(run, alone=run[0] == stem)]
        if parts:
            ways.append(" AND ".join(f'"{part}"' for part in parts))
    return "(" + " OR ".join(f"({way})" for way in dict.fromkeys(ways)) + ")"


def _indexed(run: re.Match[str], *, alone: bool) -> list[str]:
    """The parts of one run of a word that are indexed with the word; a lone syllable of a mixed word is not."""
    if run["korean"] is None or _SHORTEST <= len(run[0]) <= _LONGEST:
        return [run[0]]
    return [piece for piece in _pieces(run[0]) if len(piece) == _LONGEST] or ([run[0]] if alone else [])


def _snippet(text: str, needles: list[str], around: int = 40) -> str:
    """About a line of ``text`` round the first needle that stands in it."""
    flat = " ".join(text.split())
    places = [place for needle in needles if (place := flat.lower().find(needle.lower())) >= 0]
    start = max(0, min(places, default=0) - around)
    end = start + 3 * around
    return ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
