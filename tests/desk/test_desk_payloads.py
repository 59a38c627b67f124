"""What sites put into texts stays text in every format (P19): no formula where that was asked for, else no change."""

from __future__ import annotations

import csv
import html
import json
import re
import zipfile
from pathlib import Path

import pyarrow.parquet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.archive.released import Column
from scraper.desk import tables

COLUMNS = (Column("title", "TEXT"), Column("hits", "INTEGER"), Column("body_text", "TEXT"))
FORMULAS = "=+-@\t\r＝＋－＠"
PAYLOADS = (
    *("=1+1", "=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1", "\ufeff=1"),
    *("＝1+1", '=HYPERLINK("http://news.example","보기")', "'=1", '"=1"', ",=1", ";=1", "\u3000=1", "\xa0@x"),
    *("-10도의 아침", "@독자", "[기고] =", "", "-", "=", "1,2\n3", "\r\n", '"', "'", "\\", "\u2028", "😀", "_x0041_"),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(PAYLOADS) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
        st.none() | st.integers(-(1 << 62), 1 << 62),
        st.none() | st.sampled_from(PAYLOADS),
    ),
    min_size=1,
    max_size=12,
)


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def runs_as_formula(cell: str) -> bool:
    """By the most suspicious program: anything before the sign that is blank or cannot be seen is passed over."""
    seen = re.sub(r"^[\s\u200b-\u200f\u2060\ufeff]+", "", cell)
    return cell[:1] in tuple(FORMULAS) or seen[:1] in tuple(FORMULAS)


def test_every_payload_is_a_text_in_csv_for_excel(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    tables.csv_writer(excel_safe=True)(out, COLUMNS, [(payload, -7, payload) for payload in PAYLOADS])
    for payload, (title, hits, body) in zip(PAYLOADS, read_csv(out), strict=True):
        assert title == body and title in (payload, f"'{payload}")
        assert not runs_as_formula(title), payload
        assert hits == "-7"
    assert sum(runs_as_formula(payload) for payload in PAYLOADS) > 15


def test_raw_formats_give_back_what_went_in(tmp_path: Path, full: bool) -> None:
    out = tmp_path / "a"

    @settings(max_examples=5_000 if full else 150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ROWS)
    def check(rows: list[tuple[str, int | None, str | None]]) -> None:
        tables.csv_writer()(out, COLUMNS, rows)
        assert read_csv(out) == [["" if cell is None else str(cell) for cell in row] for row in rows]
        tables.write_jsonl(out, COLUMNS, rows)
        lines = out.read_bytes().decode().split("\n")[:-1]
        assert [tuple(json.loads(line).values()) for line in lines] == rows
        tables.write_parquet(out, COLUMNS, rows)
        assert [tuple(row.values()) for row in pyarrow.parquet.read_table(out).to_pylist()] == rows
        tables.csv_writer(excel_safe=True)(out, COLUMNS, rows)
        assert not any(runs_as_formula(cell) for row in read_csv(out) for cell in (row[0], row[2]))

    check()


def test_excel_takes_every_payload_for_a_text(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    tables.write_xlsx(out, COLUMNS, [(payload, None, payload) for payload in PAYLOADS])
    with zipfile.ZipFile(out) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet.lower().replace("=hyperlink", "")
    texts = [html.unescape(text) for text in re.findall(r"<t[^>]*>([^<]*)</t>", sheet)][3:]
    assert len(texts) == 2 * len(PAYLOADS)
    assert set(texts) >= {payload for payload in PAYLOADS if payload and payload.isprintable() and payload[0] != "_"}
