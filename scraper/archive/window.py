"""A read-only connection for people who look at the archive through a browser and write SQL of their own.

Contract: it sees the released views, a few tables that hold nothing of a post, and can search; what stands in the other
tables (redacted posts among them) is refused. That keeps things from being shown by mistake: it is no wall, for who has
the file has its bytes. SQL gets functions: ``korean_query(words)`` (``korean_query(words, 'text')`` for texts of
files) and ``excerpt(text, words)``; and for words that stand nowhere as they were typed, ``loose_query(words)``, the
query for posts that may hold them with blanks elsewhere, and ``holds(text, words)``, whether one does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from scraper.archive.asking import asked
from scraper.archive.matching import loose_query, match_query
from scraper.archive.open import connect_reader
from scraper.archive.snippets import snippet
from scraper.archive.views import VIEWS

OPEN_TABLES = frozenset({"boards", "runs", "meta"})
_PARTS_OF_AN_INDEX = ("", "_data", "_idx", "_docsize", "_config")
"""What FTS5 itself reads of its tables for a MATCH; the texts behind them are not among these."""
_OF_POSTS = "title body_text"
_NOTHING = '""'
"""An FTS5 query that finds nothing: an empty phrase."""


def connect_window(path: Path) -> sqlite3.Connection:
    """A new connection, for any one thread at a time. sqlite3 errors pass: the web page shows them."""
    connection = connect_reader(path.expanduser().resolve()).conn
    connection.create_function("korean_query", 1, _korean_query, deterministic=True)
    connection.create_function("korean_query", 2, _korean_query, deterministic=True)
    connection.create_function("loose_query", 1, _loose_query, deterministic=True)
    connection.create_function("holds", 2, _holds, deterministic=True)
    connection.create_function("excerpt", 2, _excerpt, deterministic=True)
    connection.set_authorizer(_guard(_closed_tables(connection)))
    return connection


def _korean_query(words: object, texts: object = _OF_POSTS) -> str:
    return match_query(str(words or ""), str(texts)) or _NOTHING


def _loose_query(words: object) -> str:
    return (loose_query(str(words or "")) or (_NOTHING,))[0]


def _holds(text: object, words: object) -> bool:
    needle = "".join(asked(str(words or "")).words).casefold()
    return needle in "".join(str(text or "").split()).casefold()


def _excerpt(text: object, words: object) -> str:
    return snippet(str(text or ""), str(words or ""), around=40)[0]


def _closed_tables(connection: sqlite3.Connection) -> frozenset[str]:
    tables = dict(connection.execute("SELECT name, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master WHERE type = 'table'"))
    indexes = {name + part for name, is_index in tables.items() if is_index for part in _PARTS_OF_AN_INDEX}
    return frozenset(tables) - indexes - OPEN_TABLES


def _guard(closed: frozenset[str]) -> Callable[[int, str | None, str | None, str | None, str | None], int]:
    def allow(action: int, table: str | None, _: str | None, __: str | None, view: str | None) -> int:
        is_hidden = action == sqlite3.SQLITE_READ and table in closed and view not in VIEWS
        return sqlite3.SQLITE_DENY if is_hidden else sqlite3.SQLITE_OK

    return allow
