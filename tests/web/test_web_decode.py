"""Decoding, bodies and heads: the pure parts."""

from __future__ import annotations

import gzip
import hashlib
import random
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import FetchError, ProtocolBroken, StorageFull, TooLarge, Truncated
from scraper.web.body import SpooledBody
from scraper.web.border import Fault
from scraper.web.decode import Decoder
from scraper.web.head import blanked_head, blanked_headers, retry_after

URL = "http://paper.example/"
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def decode(coding: bytes, raw: bytes, step: int = 1 << 16, may_be_empty: bool = False, cap: int = 1 << 30) -> bytes:
    decoder = Decoder(coding, URL, cap, 200)
    found = [plain for at in range(0, len(raw), step) for plain in decoder.feed(raw[at : at + step])]
    decoder.finish(may_be_empty)
    assert all(len(plain) <= 1 << 16 for plain in found)
    return b"".join(found)


def error_of(fault: pytest.ExceptionInfo[Fault]) -> type[FetchError]:
    return type(fault.value.error)


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@given(st.lists(st.binary(max_size=400), min_size=1, max_size=4), st.integers(1, 50))
def test_all_members_in_any_pieces(members: list[bytes], step: int) -> None:
    raw = b"".join(map(gzip.compress, members))
    assert decode(b"gzip", raw, step) == b"".join(members)


@given(st.binary(min_size=1, max_size=400), st.data())
def test_any_cut_is_noticed(body: bytes, data: st.DataObject) -> None:
    for coding, raw in (
        (b"gzip", gzip.compress(body)),
        (b"deflate", zlib.compress(body)),
        (b"deflate", raw_deflate(body)),
    ):
        cut = raw[: data.draw(st.integers(0, len(raw) - 1))]
        with pytest.raises(Fault) as raised:
            decode(coding, cut, data.draw(st.integers(1, 50)))
        assert error_of(raised) is Truncated
        assert raised.value.again


@given(st.binary(max_size=100), st.sampled_from([b"gzip", b"deflate", b"X-GZIP", b"identity", b"", b"gzip, identity"]))
def test_any_bytes_are_decoded_or_refused(raw: bytes, coding: bytes) -> None:
    try:
        decode(coding, raw)
    except Fault as fault:
        assert isinstance(fault.error, (Truncated, ProtocolBroken))


@pytest.mark.parametrize("pack", [zlib.compress, raw_deflate])
def test_both_kinds_of_deflate(pack: object) -> None:
    assert callable(pack)
    assert decode(b"deflate", pack(b"body" * 50), 1) == b"body" * 50


@pytest.mark.parametrize("rest", [b"\0" * 512, b"\r\n", b"<!-- 0.01s -->"])
def test_padding_after_the_last_member_is_left_out(rest: bytes) -> None:
    assert decode(b"gzip", gzip.compress(b"body") + rest) == b"body"


def test_a_third_member_that_only_begins() -> None:
    with pytest.raises(Fault) as raised:
        decode(b"gzip", gzip.compress(b"a") * 2 + b"\x1f")
    assert error_of(raised) is Truncated


@pytest.mark.parametrize("coding", [b"br", b"zstd", b"gzip, gzip", b"\xb0\xa1"])
def test_a_coding_that_was_not_asked_for(coding: bytes) -> None:
    with pytest.raises(Fault) as raised:
        Decoder(coding, URL, 100, 200)
    assert error_of(raised) is ProtocolBroken


def test_a_damaged_stream() -> None:
    raw = bytearray(gzip.compress(random.Random(3).randbytes(500)))
    raw[-6] ^= 1
    with pytest.raises(Fault, match="damaged") as raised:
        decode(b"gzip", bytes(raw))
    assert error_of(raised) is ProtocolBroken


def test_no_bytes_are_whole_only_when_framed() -> None:
    assert decode(b"gzip", b"", may_be_empty=True) == b""
    with pytest.raises(Fault):
        decode(b"gzip", b"")


def test_a_bomb_is_stopped_early() -> None:
    bomb = gzip.compress(bytes(64 << 20))
    tracemalloc.start()
    decoder = Decoder(b"gzip", URL, 1 << 30, 200)
    size = 0
    with pytest.raises(Fault, match="200 times") as raised:
        for plain in decoder.feed(bomb):
            size += len(plain)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error_of(raised) is TooLarge
    assert size < 16 << 20
    assert peak < 4 << 20


def test_an_honest_page_of_repeated_rows_is_no_bomb() -> None:
    page = b"<tr><td>0</td></tr>" * 100_000
    assert len(page) / len(gzip.compress(page)) > 200
    assert decode(b"gzip", gzip.compress(page)) == page


@pytest.mark.parametrize("coding", [b"", b"gzip"])
def test_caps(coding: bytes) -> None:
    body = random.Random(1).randbytes(1000)
    raw = gzip.compress(body) if coding else body
    with pytest.raises(Fault) as raised:
        decode(coding, raw, cap=999)
    assert error_of(raised) is TooLarge
    with pytest.raises(Fault, match="were sent"):
        decode(b"gzip", gzip.compress(b"") * 100, cap=999)


@given(st.lists(st.binary(max_size=300), max_size=10))
def test_a_body_is_what_was_written(pieces: list[bytes]) -> None:
    body = SpooledBody(limit=500)
    for piece in pieces:
        body.write(piece)
    body.close_writing()
    whole = b"".join(pieces)
    assert (body.read(), body.size, body.sha256) == (whole, len(whole), hashlib.sha256(whole).hexdigest())
    assert b"".join(body.chunks()) == whole
    body.close()


def test_two_readers_take_turns() -> None:
    body = SpooledBody(limit=10)
    body.write(bytes(1 << 20) + b"x" * 10)
    one, two = body.chunks(), body.chunks()
    assert next(one) == next(two) == bytes(1 << 20)
    assert next(one) == next(two) == b"x" * 10


def test_a_full_disk_is_storage_full() -> None:
    body = SpooledBody(limit=1)
    with Path("/dev/full").open("wb", buffering=0) as full:
        body._file._file = full  # type: ignore[assignment]
        with pytest.raises(StorageFull, match="TMPDIR"):
            body.write(b"x" * 10)


def test_heads_lose_their_secrets() -> None:
    sent = (
        b"GET / HTTP/1.1\r\ncookie: a=s3cret; b=s3cret\r\nAuthorization: Basic s3cret\r\n more s3cret\r\nX: y\r\n\r\n"
    )
    assert blanked_head(sent) == b"GET / HTTP/1.1\r\ncookie: [removed]\r\nAuthorization: [removed]\r\nX: y\r\n\r\n"
    got = b"HTTP/1.1 200 OK\nset-cookie : a=s3cret\n  s3cret; path=/\nSet-Cookie2: s3cret\nX-Set-Cookie: kept=1\n\n"
    assert blanked_head(got) == (
        b"HTTP/1.1 200 OK\nset-cookie : a=[removed]; path=/\nSet-Cookie2: [removed]\nX-Set-Cookie: kept=1\n\n"
    )
    assert blanked_headers([(b"SET-COOKIE", b"a="), (b"Location", b"/?a=b")]) == (
        (b"SET-COOKIE", b"a=[removed]"),
        (b"Location", b"/?a=b"),
    )


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        (b"120", None, 120.0),
        (b" 0 ", None, 0.0),
        (b"1.5", None, 1.5),
        (b"Mon, 02 Nov 2026 03:00:30 GMT", None, 30.0),
        (b"Mon, 02 Nov 2026 03:00:30 GMT", b"Mon, 02 Nov 2026 03:00:20 GMT", 10.0),
        (b"Mon, 02 Nov 2026 12:00:30 +0900", None, 30.0),
        (b"Mon, 02 Nov 2020 03:00:30 GMT", None, 0.0),
        (b"-5", None, None),
        (b"soon", None, None),
        (b"\xb0\xa1", None, None),
        (b"", None, None),
    ],
)
def test_retry_after(value: bytes, date: bytes | None, seconds: float | None) -> None:
    headers = ((b"Retry-After", value), *(((b"Date", date),) if date else ()))
    assert retry_after(headers, NOW) == seconds


@given(st.binary(max_size=40))
def test_retry_after_never_raises(value: bytes) -> None:
    seconds = retry_after(((b"retry-after", value),), NOW)
    assert seconds is None or seconds >= 0
