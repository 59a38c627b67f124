"""Rows into CSV, JSON lines, Excel and Parquet, one at a time.

Contract: values stay as they are; where a format cannot hold one, the writer says so in a remark. The libraries of the
extras are imported only when they are used; BadConfig names the extra that is missing.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from scraper.archive.released import Column
from scraper.errors import BadConfig

Row = tuple[Any, ...]
Writer = Callable[[Path, Sequence[Column], Iterable[Row]], list[str]]
"""Writes a file and returns remarks about what it could not hold."""

EXCEL_CELL, EXCEL_ROWS = 32_767, 1_048_576
"""Excel's own limits: characters in a cell (UTF-16 units), rows in a sheet with the header."""
_FORMULA = re.compile(r"[\t\r]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
"""How a text begins that some program may take for a formula; blanks and what cannot be seen may stand before it."""
_BATCH = 2_000


def csv_writer(*, bom: bool = True, excel_safe: bool = False) -> Writer:
    """RFC 4180 in UTF-8; ``excel_safe`` puts an apostrophe before texts that Excel would take for formulas."""

    def write(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> list[str]:
        with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.name for column in columns])
            writer.writerows(map(_guarded, rows) if excel_safe else rows)
        return []

    return write


def write_jsonl(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> list[str]:
    """One object a line, in UTF-8."""
    names = [column.name for column in columns]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
    return []


def write_xlsx(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> list[str]:
    """An Excel workbook; longer tables go on in further sheets, longer texts are cut."""
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise BadConfig("xlsx needs XlsxWriter: pip install '.[xlsx]'") from error
    cut = 0
    with tempfile.TemporaryDirectory() as folder, path.open("wb") as file:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        workbook = Workbook(file, options)
        header = workbook.add_format({"bold": True})
        for number, some in enumerate(_sheets(iter(rows)), start=1):
            sheet = workbook.add_worksheet(f"{number}")
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column.name, header)
            for line, row in enumerate(some, start=1):
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        short = _cut(value)
                        cut += short != value
                        sheet.write_string(line, at, short)
                    elif value is not None:
                        sheet.write_number(line, at, value)
        workbook.close()
    return [f"{cut} cells were longer than Excel's {EXCEL_CELL:,} characters and are cut"] if cut else []


def write_parquet(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> list[str]:
    """A Parquet file with zstd: text and 64-bit whole numbers."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise BadConfig("parquet needs pyarrow: pip install '.[parquet]'") from error
    kinds = {"TEXT": pyarrow.string(), "INTEGER": pyarrow.int64()}
    schema = pyarrow.schema([(column.name, kinds[column.kind]) for column in columns])
    with pyarrow.parquet.ParquetWriter(str(path), schema, compression="zstd") as writer:
        for batch in _batches(rows):
            arrays = [
                pyarrow.array(values, type=kinds[column.kind])
                for column, values in zip(columns, zip(*batch, strict=True), strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
    return []


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _sheets(rows: Iterator[Row]) -> Iterator[Iterator[Row]]:
    """The rows in parts that fit a sheet; one part at least."""
    yield _some(rows, EXCEL_ROWS - 1)
    for row in rows:
        yield chain([row], _some(rows, EXCEL_ROWS - 2))


def _some(rows: Iterator[Row], count: int) -> Iterator[Row]:
    for _, row in zip(range(count), rows, strict=False):
        yield row


def _cut(text: str) -> str:
    """At most what a cell holds, counted as Excel does; no half of a character is left."""
    if len(text) <= EXCEL_CELL // 2:
        return text
    return text.encode("utf-16-le")[: 2 * EXCEL_CELL].decode("utf-16-le", "ignore")


def _guarded(row: Row) -> Row:
    return tuple(f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in row)
