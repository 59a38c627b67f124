"""What each format holds of a row, and that a file is written whole or not at all."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
import pytest

from scraper.archive.released import Column
from scraper.desk import tables
from scraper.desk.output import replacing
from scraper.errors import BadOutput

COLUMNS = (Column("title", "TEXT"), Column("hits", "INTEGER"), Column("body_text", "TEXT"))
ROWS = [("=합계(1)", 7, '첫 줄\n둘째 줄, "인용"'), ("-10도의 아침", None, None), ("[기고] 달", 1 << 40, "")]


def sheet(path: Path, number: int = 1) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_csv_gives_back_what_went_in(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    assert tables.csv_writer()(out, COLUMNS, ROWS) == []
    assert out.read_bytes().startswith(b"\xef\xbb\xbftitle,hits,body_text\r\n")
    with out.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert read[1:] == [["" if cell is None else str(cell) for cell in row] for row in ROWS]


def test_csv_without_the_mark_and_guarded_for_excel(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    tables.csv_writer(bom=False, excel_safe=True)(out, COLUMNS, ROWS)
    lines = out.read_bytes().decode("utf-8")
    assert lines.startswith("title,")
    assert "'=합계(1),7," in lines
    assert "'-10도의 아침,," in lines
    assert "\n[기고] 달," in lines


def test_json_lines_keep_types(tmp_path: Path) -> None:
    out = tmp_path / "a.jsonl"
    tables.write_jsonl(out, COLUMNS, ROWS)
    read = [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n")[:-1]]
    assert [tuple(row.values()) for row in read] == ROWS
    assert "기고" in out.read_text(encoding="utf-8")


def test_parquet_keeps_types_even_of_nothing(tmp_path: Path) -> None:
    out = tmp_path / "a.parquet"
    tables.write_parquet(out, COLUMNS, ROWS * 1000)
    read = pyarrow.parquet.read_table(out)
    assert [str(kind) for kind in read.schema.types] == ["string", "int64", "string"]
    assert [tuple(row.values()) for row in read.to_pylist()] == ROWS * 1000
    tables.write_parquet(out, COLUMNS, [])
    assert pyarrow.parquet.read_table(out).num_rows == 0


def test_excel_holds_texts_as_texts_and_says_what_it_cut(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    assert tables.write_xlsx(out, COLUMNS, ROWS) == []
    assert "=합계(1)" in sheet(out)
    assert "<f>" not in sheet(out)
    assert "<v>1099511627776</v>" in sheet(out)
    fits, long, wide = "가" * 32_767, "가" * 32_768, "😀" * 20_000
    remarks = tables.write_xlsx(out, COLUMNS, [(fits, 1, long), (wide, 2, None)])
    assert remarks == ["2 cells were longer than Excel's 32,767 characters and are cut"]
    assert sorted(map(len, re.findall("가+", sheet(out)))) == [32_767, 32_767]
    assert len(re.findall("😀", sheet(out))) == 16_383


def test_excel_goes_on_in_a_further_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "EXCEL_ROWS", 4)
    out = tmp_path / "a.xlsx"
    tables.write_xlsx(out, COLUMNS, [(f"제목{number}", number, "") for number in range(7)])
    assert [re.findall(r"제목\d", sheet(out, number)) for number in (1, 2, 3)] == [
        ["제목0", "제목1", "제목2"],
        ["제목3", "제목4", "제목5"],
        ["제목6"],
    ]
    assert all("body_text" in sheet(out, number) for number in (1, 2, 3))


class Counted(str):
    """A text that knows how many of its kind are in memory."""

    held = 0

    def __new__(cls, text: str) -> Counted:
        cls.held += 1
        return super().__new__(cls, text)

    def __del__(self) -> None:
        Counted.held -= 1


@pytest.mark.parametrize("write", [tables.csv_writer(), tables.write_jsonl, tables.write_xlsx, tables.write_parquet])
def test_no_format_gathers_the_rows(tmp_path: Path, write: tables.Writer) -> None:
    most = 0

    def rows() -> Iterator[tables.Row]:
        nonlocal most
        for number in range(7_000):
            row = (Counted(f"제목 {number}"), number, None)
            most = max(most, Counted.held)
            yield row

    write(tmp_path / "out", COLUMNS, rows())
    assert 0 < most < 4_100, "no more than two batches of Parquet"


@pytest.mark.parametrize("error", [KeyboardInterrupt, BadOutput("x"), OSError(5, "no")])
def test_what_fails_half_way_changes_nothing(tmp_path: Path, error: BaseException) -> None:
    out = tmp_path / "a.csv"
    out.write_text("was here")
    with pytest.raises(BaseException), replacing(out, tmp_path / "archive.db") as part:  # noqa: B017
        part.write_text("half")
        raise error
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert out.read_text() == "was here"


def test_an_output_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.csv"
    out.write_text("open in Excel")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "replace", held)
    told = "cannot be written: used by another process"
    with pytest.raises(BadOutput, match=told), replacing(out, tmp_path / "archive.db") as part:
        part.write_text("new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "open in Excel")]


def test_the_name_is_taken_at_the_end(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    with replacing(out, tmp_path / "archive.db") as part:
        part.write_text("whole")
        assert not out.exists()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "whole")]
