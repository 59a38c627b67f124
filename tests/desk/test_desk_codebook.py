"""docs/codebook.md says what the views are; Datasette shows the same words."""

from __future__ import annotations

from pathlib import Path

from scraper.archive.meanings import TABLES
from scraper.archive.released import released_columns
from scraper.desk.codebook import codebook, datasette_metadata

DOCUMENT = Path(__file__).parents[2] / "docs" / "codebook.md"


def test_the_document_is_what_the_views_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == codebook(), "run python -m scraper.desk.codebook > docs/codebook.md"


def test_datasette_describes_every_table_and_column() -> None:
    tables = datasette_metadata("archive")["databases"]["archive"]["tables"]
    for view, columns in released_columns().items():
        names = [column.name for column in columns]
        assert list(tables[view]["columns"]) == names
        assert set(tables[view]["sortable_columns"]) <= set(names)
        assert not tables[view].get("hidden")
    assert tables["articles"]["columns"]["author"] == "작성자, 게시판에 적힌 그대로 / author, as the board writes it"
    assert tables["articles"]["fts_pk"] in tables["articles"]["columns"]
    assert "body_text" not in tables["articles"]["sortable_columns"]
    assert TABLES.keys() <= tables.keys()
    assert tables["blob_parts"]["hidden"]
    assert not tables["posts"]["hidden"]
    assert all(tables[table]["columns"] for table in TABLES)


def test_the_name_of_the_database_is_the_callers() -> None:
    assert list(datasette_metadata("달빛")["databases"]) == ["달빛"]
