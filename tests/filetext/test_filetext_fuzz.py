"""Spoilt files: whatever the bytes, an answer and never an exception."""

from __future__ import annotations

import logging
import random
import signal
from types import FrameType
from typing import get_args

import pytest
from file_samples import docx, hwp, hwpx, pdf
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.fakeboard.documents import zipped
from scraper.fakeboard.hwp import deflated, section
from scraper.filetext.read import read_file
from scraper.filetext.values import FileText, Status

PLAIN_SECTION = section(["첫 문단이다.", "둘째 문단이다."])
WHOLE = {
    "a.hwp": hwp(preview="미리"),
    "b.hwp": hwp(flags=0),
    "a.hwpx": hwpx(),
    "a.docx": docx(),
    "a.pdf": pdf(),
    "b.pdf": pdf(packed=False),
}
SECONDS = 20


def read_in_time(content: bytes, name: str) -> FileText:
    """An answer of a known status, within ``SECONDS``."""

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"{name} of {len(content)} bytes takes over {SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        found = read_file(content, name)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert found.status in get_args(Status)
    assert found.status != "read" or found.text
    (found.text or "").encode()
    return found


def spoilt(whole: bytes, choice: random.Random) -> bytes:
    """``whole`` with a few bytes changed, cut out, doubled or put in."""
    content = bytearray(whole)
    for _ in range(choice.randrange(1, 9)):
        at = choice.randrange(len(content) + 1)
        size = choice.choice((1, 1, 2, 4, 64, 512))
        match choice.randrange(5):
            case 0 | 1:
                content[at : at + size] = choice.randbytes(len(content[at : at + size]))
            case 2:
                del content[at : at + size]
            case 3:
                content[at:at] = content[at : at + size]
            case _:
                content[at : at + 4] = choice.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xfe\xff\xff\xff"))
    return bytes(content)


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@pytest.mark.parametrize("name", WHOLE)
def test_spoilt_bytes(name: str, full: bool) -> None:
    choice = random.Random(name)
    for _ in range(10_000 if full else 150):
        read_in_time(spoilt(WHOLE[name], choice), name)


def test_every_prefix(full: bool) -> None:
    for name, whole in WHOLE.items():
        for size in range(0, len(whole), 1 if full else 97):
            read_in_time(whole[:size], name)


def test_spoilt_insides(full: bool) -> None:
    """The container is whole, what is in it is not."""
    choice = random.Random(11)
    document = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:r><w:t>가"
    for _ in range(10_000 if full else 100):
        records = spoilt(PLAIN_SECTION, choice)
        read_in_time(hwp(raw={"BodyText/Section0": deflated(records)}), "a.hwp")
        read_in_time(hwp(raw={"BodyText/Section0": spoilt(deflated(records), choice)}), "a.hwp")
        read_in_time(zipped({"word/document.xml": spoilt(document.encode(), choice)}), "a.docx")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from([*WHOLE, "a.txt", "a"]), st.booleans())
def test_any_bytes_behind_any_mark(content: bytes, name: str, marked: bool) -> None:
    mark = WHOLE[name][:600] if marked and name in WHOLE else b""
    read_in_time(mark + content, name)
