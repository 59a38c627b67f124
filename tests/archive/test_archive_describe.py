"""docs/schema.md says what the schema is."""

from __future__ import annotations

from pathlib import Path

from archive_samples import World

from scraper.archive.describe import describe
from scraper.archive.meanings import TABLES
from scraper.archive.rows import SEALED

DOCUMENT = Path(__file__).parents[2] / "docs" / "schema.md"


def test_the_document_is_what_the_schema_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == describe()


def test_no_meaning_is_left_over(world: World) -> None:
    for name, (_, columns) in TABLES.items():
        held = {item["name"] for item in world.archive.db.query(f"SELECT name FROM pragma_table_info('{name}')")}
        assert held, name
        assert columns.keys() <= held, name


def test_every_view_can_be_read_and_every_sealed_table_has_its_hash(world: World) -> None:
    sealed = {
        item["name"]
        for item in world.archive.db.query(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        )
        if any(column.name == "row_sha256" for column in world.archive.db.table(item["name"]).columns)
    }
    assert sealed == SEALED
    for name in world.archive.db.view_names():
        world.table(name)
