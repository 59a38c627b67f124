"""The rows of the released views, filtered and as of a day, one at a time: what exports read.

Contract: one snapshot for the count and the rows; memory stays flat. Names come from our code only, values are bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlite_utils import Database

from scraper.archive.rows import scalar, select
from scraper.archive.schema import migrate
from scraper.archive.values import utc_text
from scraper.archive.views import VIEWS
from scraper.errors import BadConfig
from scraper.models import KST

_TEXT_EXPRESSIONS = frozenset({"month", "gone_at", "verdict"})
"""SQLite tells no type for a column that is computed: these are text, all others whole numbers."""

_ORDERS = {
    **dict.fromkeys(("articles", "edits", "disappeared"), " ORDER BY post_id"),
    "attachment_files": " ORDER BY post_id, attachment_id",
}
"""The orders that cost nothing; files of one post stand together."""

_ARTICLES_AS_OF = """SELECT p.id AS post_id, b.slug AS board, b.name AS board_name, p.key, v.number, v.category,
    v.title, v.author, v.posted_date, v.posted_at, v.posted_precision,
    (SELECT h.hits FROM post_hits h WHERE h.post_id = p.id AND h.seen_at <= :as_of
        ORDER BY h.seen_at DESC LIMIT 1) AS hits,
    v.url, v.is_notice, v.is_secret, v.body_text, length(v.body_text) AS characters,
    (SELECT count(*) FROM json_each(v.files) f WHERE EXISTS (SELECT 1 FROM attachment_versions a
        WHERE a.post_id = p.id AND a.key = json_extract(f.value, '$[0]') AND a.kind = 'file')) AS files,
    v.version,
    coalesce((SELECT iif(e.kind = 'returned', 'live', e.kind) FROM events e WHERE e.post_id = p.id
        AND e.kind IN ('missing', 'gone', 'returned') AND e.at <= :as_of ORDER BY e.id DESC LIMIT 1), 'live') AS state,
    p.first_seen_at, iif(p.last_seen_at <= :as_of, p.last_seen_at, NULL) AS last_seen_at,
    iif(p.checked_at <= :as_of, p.checked_at, v.seen_at) AS checked_at
FROM posts p JOIN boards b ON b.id = p.board_id
JOIN post_versions v ON v.post_id = p.id AND v.version =
    (SELECT max(w.version) FROM post_versions w WHERE w.post_id = p.id AND w.seen_at <= :as_of)
WHERE p.state <> 'redacted'"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of a view. Days are Korean; ``author`` is the name as the board writes it."""

    board: str | None = None
    since: date | None = None
    until: date | None = None
    author: str | None = None
    as_of: date | None = None
    """Only for articles: as the archive held them at the end of this day."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view; ``kind`` is TEXT or INTEGER."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Released:
    """The rows of a view. ``rows`` can be gone through once."""

    columns: tuple[Column, ...]
    total: int
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def reading(db: Database, view: str, wanted: Wanted) -> Iterator[Released]:
    """The wanted rows of ``view``. Raises BadConfig for a view that is none, or has not what is filtered by."""
    columns = _columns(db, view)
    where, arguments = _conditions(view, {column.name for column in columns}, wanted)
    source = f"({_ARTICLES_AS_OF})" if wanted.as_of else view
    order = _ORDERS.get(view, "")
    db.execute("BEGIN")
    try:
        total = scalar(db, f"SELECT count(*) FROM {source}{where}", arguments)
        rows = db.execute(f"SELECT * FROM {source}{where}{order}", arguments)
        yield Released(columns, total, (row for row in rows))  # a cursor would be closed with whoever iterates it
        rows.close()
    finally:
        db.rollback()


def released_columns() -> dict[str, tuple[Column, ...]]:
    """Every released view with its columns, as the schema of this program makes them."""
    db = Database(memory=True, execute_plugins=False)
    try:
        migrate(db, 0)
        return {view: _columns(db, view) for view in VIEWS}
    finally:
        db.close()


def _columns(db: Database, view: str) -> tuple[Column, ...]:
    if view not in VIEWS:
        raise BadConfig(f"no view {view}: there are {', '.join(VIEWS)}")
    told = select(db, "SELECT name, type FROM pragma_table_info(?)", [view])
    return tuple(Column(row["name"], row["type"] or _computed(row["name"])) for row in told)


def _computed(name: str) -> str:
    return "TEXT" if name in _TEXT_EXPRESSIONS else "INTEGER"


def _conditions(view: str, columns: set[str], wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The WHERE clause with its values."""
    tests = {
        "board": ("board", "board = :board"),
        "since": ("posted_date", "posted_date >= :since"),
        "until": ("posted_date", "posted_date <= :until"),
        "author": ("author", "author = :author"),
    }
    given = {name: value for name in tests if (value := getattr(wanted, name)) is not None}
    for name in given:
        if tests[name][0] not in columns:
            raise BadConfig(f"--{name} has no meaning for {view}: it has no column {tests[name][0]}")
    arguments: dict[str, Any] = {name: str(value) for name, value in given.items()}
    where = " AND ".join(tests[name][1] for name in given)
    if wanted.as_of is not None:
        if view != "articles":
            raise BadConfig(f"--as-of has no meaning for {view}: only articles are kept by versions")
        arguments["as_of"] = utc_text(datetime.combine(wanted.as_of, time.max, KST))
    return f" WHERE {where}" if where else "", arguments
