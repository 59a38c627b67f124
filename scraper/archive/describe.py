"""docs/schema.md, written from the schema itself: `python -m scraper.archive.describe > docs/schema.md`.

Contract: the text follows from the migrations and the meanings alone. KeyError for anything undescribed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sqlite_utils import Database

from scraper.archive.meanings import TABLES, about, meaning
from scraper.archive.rows import select
from scraper.archive.schema import APPLICATION_ID, migrate, schema_version
from scraper.archive.views import VIEWS

_HEAD = f"""# The schema of archive.db

Generated from the migrations by `python -m scraper.archive.describe > docs/schema.md`; a test keeps it true.

One SQLite file in WAL mode, `application_id` {APPLICATION_ID:#x}, `user_version` {schema_version()}.
The views are the promise to analysts; the tables may grow. What a board says is Korean time (`posted_date`, `posted_at`
with +09:00: use `posted_date` for days, SQLite's `date()` would turn midnight into the day before); what sinmungo did
is UTC, in one form, so that text order is time order.
"""


def describe() -> str:
    """The whole document."""
    db = Database(memory=True, execute_plugins=False)
    try:
        migrate(db, 0)
        return "\n".join([_HEAD, "## Views\n", *_views(db), "## Tables\n", *_tables(db)])
    finally:
        db.close()


def table_columns() -> dict[str, dict[str, str]]:
    """Every table with its columns and what they mean."""
    db = Database(memory=True, execute_plugins=False)
    try:
        migrate(db, 0)
        return {table: {name: meaning(table, name) for name in _names(db, table)} for table in TABLES}
    finally:
        db.close()


def _names(db: Database, table: str) -> list[str]:
    return [row["name"] for row in select(db, "SELECT name FROM pragma_table_info(?)", [table])]


def _views(db: Database) -> Iterator[str]:
    for name, sql in VIEWS.items():
        yield from _section(db, name)
        yield f"```sql\n{sql}\n```\n"


def _tables(db: Database) -> Iterator[str]:
    sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') ORDER BY name"
    names = {row["name"] for row in select(db, sql) if not row["name"].startswith("sqlite_")}
    if missing := names - TABLES.keys():
        raise KeyError(f"no meaning for {', '.join(sorted(missing))}")
    for name in TABLES:
        if name in names:
            yield from _section(db, name)


def _section(db: Database, name: str) -> Iterator[str]:
    yield f"### {name}\n\n{about(name)}.\n"
    yield "| column | type | meaning |\n|---|---|---|"
    for column in select(db, f"SELECT name, type, pk, \"notnull\" FROM pragma_table_info('{name}')"):
        kind = " ".join([column["type"], "key" if column["pk"] else "", "not null" if column["notnull"] else ""])
        yield f"| {column['name']} | {' '.join(kind.split())} | {meaning(name, column['name'])} |"
    yield from (f"\n{column} refers to {target}" for column, target in _references(db, name))
    yield ""


def _references(db: Database, name: str) -> list[tuple[str, str]]:
    rows = select(db, f"SELECT * FROM pragma_foreign_key_list('{name}') ORDER BY id DESC")
    return [(row["from"], f"{row['table']}.{row['to']}") for row in rows]


if __name__ == "__main__":
    sys.stdout.write(describe())
