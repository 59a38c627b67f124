"""The documents of the fake board are documents: each can be read, and is the same every time."""

from __future__ import annotations

from random import Random

import pytest

from scraper.fakeboard.content import write_document
from scraper.fakeboard.documents import write_docx, write_hwpx, write_pdf
from scraper.fakeboard.files import write_file, write_file_name
from scraper.fakeboard.hwp import write_hwp
from scraper.filetext.read import read_file


@pytest.mark.parametrize(
    ("suffix", "reader"), [("hwp", "ole"), ("hwpx", "zip"), ("docx", "zip"), ("pdf", "pdf"), ("PDF", "pdf")]
)
def test_a_document_has_a_text(suffix: str, reader: str) -> None:
    for seed in range(20):
        content = write_file(Random(seed), f"자료.{suffix}")
        assert content == write_file(Random(seed), f"자료.{suffix}")
        found = read_file(content, f"자료.{suffix}")
        assert (found.status, found.reader) == ("read", reader)
        lines = (found.text or "").splitlines()
        assert "추진계획(안)" in lines[0]
        assert "설문 집계표" in lines[-1]
        assert len(lines) >= 8
        assert len(content) < 8_000
    assert content != write_file(Random(99), f"자료.{suffix}")


def test_a_text_with_signs_of_markup_comes_back_as_it_was() -> None:
    lines = ["A & B < C > D \"'", "똠방각하 ㈜ ∼ ☎", *write_document(Random(1))]
    for write in (write_docx, write_hwpx, write_pdf, write_hwp):
        assert (read_file(write(lines), "x").text or "").splitlines() == lines


def test_the_bytes_of_a_file_leave_the_rest_of_the_board_as_it_is() -> None:
    after = set()
    for suffix in ("hwp", "hwpx", "docx", "pdf", "zip", "jpg"):
        rng = Random(7)
        write_file(rng, f"자료.{suffix}")
        after.add(rng.random())
    assert len(after) == 1


def test_names_are_of_every_kind() -> None:
    rng = Random(1)
    endings = {write_file_name(rng).rpartition(".")[2].lower() for _ in range(200)}
    assert endings == {"hwp", "hwpx", "docx", "pdf", "jpg", "zip"}
