"""Reading and writing single rows, with their hashes.

Contract: called inside a transaction of the caller; opens and ends none. A row of a sealed table carries ``row_sha256``
over all its columns; an update that would change nothing writes nothing. Column names come from our code only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from scraper.archive.values import Record, row_sha256
from scraper.errors import FieldError

SEALED = frozenset(
    {
        "attachment_texts",
        "attachment_versions",
        "attachments",
        "boards",
        "coverage",
        "events",
        "failures",
        "post_versions",
        "posts",
        "runs",
        "sites",
    }
)

Arguments = Sequence[Any] | dict[str, Any]
Find = Callable[[str, Record], list[Record]]
"""A SELECT and its bound values, answered by the rows."""


def each(db: Database, sql: str, arguments: Arguments = ()) -> Iterator[Record]:
    """The rows of a query as dictionaries, one at a time."""
    cursor = db.execute(sql, arguments)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def select(db: Database, sql: str, arguments: Arguments = ()) -> list[Record]:
    return list(each(db, sql, arguments))


def first(db: Database, sql: str, arguments: Arguments = ()) -> Record | None:
    """The first row, or None. Reads to the end: no statement stays open."""
    found = select(db, sql, arguments)
    return found[0] if found else None


def scalar(db: Database, sql: str, arguments: Arguments = ()) -> Any:
    """The first column of the only row."""
    return db.execute(sql, arguments).fetchone()[0]


def insert(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Add a row and give it the next id. Sealed rows get their hash; FieldError for a value SQLite cannot hold."""
    full = {"id": scalar(db, f"SELECT coalesce(max(id), 0) + 1 FROM {table}"), **_plain(row)}
    if table in SEALED:
        full["row_sha256"] = _sealed(table, full)
    else:
        _check(table, full)
    names = ", ".join(full)
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in full)})", full)
    return int(full["id"])


def update(db: Database, table: str, row: Mapping[str, Any], changes: Mapping[str, Any]) -> Record:
    """Change a whole row as it was read; returns it as it stands now. Writes only when something differs.

    A row that does not match its hash keeps the hash it has: damage is not sealed over.
    """
    changed = {name: value for name, value in _plain(changes).items() if row[name] != value}
    after = {**row, **changed}
    if not changed:
        return after
    resealed = _sealed(table, after)
    if row_sha256(row) == row["row_sha256"]:
        after["row_sha256"] = changed["row_sha256"] = resealed
    settings = ", ".join(f"{name} = :{name}" for name in changed)
    db.execute(f"UPDATE {table} SET {settings} WHERE id = :id", {**changed, "id": row["id"]})
    return after


def _plain(row: Mapping[str, Any]) -> Record:
    """SQLite has no booleans: what is hashed must be what is read back."""
    return {name: int(value) if isinstance(value, bool) else value for name, value in row.items()}


def _sealed(table: str, row: Record) -> str:
    _check(table, row)
    return row_sha256(row)


def _check(table: str, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        if isinstance(value, str):
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise FieldError(f"{table}.{name}", value[:80]) from error
        elif isinstance(value, int) and not -(1 << 63) <= value < 1 << 63:
            raise FieldError(f"{table}.{name}", str(value)[:80])
