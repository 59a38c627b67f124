"""Bodies in and out: every size, with and without dictionaries, streamed, and never believed without their digest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from archive_samples import SKIN, World, at, body, exchange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.errors import ArchiveDamaged
from scraper.models import Page

MIB = 1 << 20


def bytes_of(world: World, sha256: str) -> bytes:
    return b"".join(world.archive.read_blob(sha256))


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


@pytest.mark.parametrize(
    ("content", "codec", "parts"),
    [
        (b"", "raw", 0),
        (b"x", "raw", 1),
        (noise(3 * MIB), "raw", 3),
        (noise(3 * MIB + 1), "raw", 4),
        (b"sinmungo " * 400_000, "zstd", 4),
        (b"s" * MIB, "zstd", 1),
    ],
    ids=["empty", "one byte", "3 MiB of noise", "3 MiB and 1", "text", "exactly one part"],
)
@pytest.mark.parametrize("kind", ["attachment", "article", "robots"])
def test_round_trip(world: World, content: bytes, codec: str, parts: int, kind: str) -> None:
    capture = world.archive.find_capture(world.capture(content, kind))
    assert bytes_of(world, capture.body_sha256) == content
    assert capture.body_size == len(content)
    (blob,) = world.table("blobs")
    assert (blob["codec"] if kind != "article" else codec, blob["parts"], blob["size"]) == (codec, parts, len(content))
    assert all(len(piece) <= MIB for piece in world.archive.read_blob(capture.body_sha256))


def test_an_equal_body_is_stored_once(world: World) -> None:
    first, second = world.capture(b"the same", "attachment"), world.capture(b"the same", "attachment")
    assert first != second
    assert len(world.table("blobs")) == len(world.table("blob_parts")) == 1


def test_pages_after_the_first_shrink_by_the_boards_dictionary(world: World) -> None:
    for kind in ("listing", "article"):
        for number in range(3):
            world.capture(f"{SKIN}<p>{number}번째</p>".encode(), kind)
    assert [item["kind"] for item in world.table("dictionaries")] == ["listing", "article"]
    sizes = {item["sha256"]: len(item["data"]) for item in world.table("blob_parts")}
    blobs = world.table("blobs")
    assert len(blobs) == 3  # a listing of the same bytes as an article is the same blob
    assert all(sizes[blob["sha256"]] < 100 < blob["size"] // 50 for blob in blobs)
    assert all(blob["dictionary_id"] == 1 for blob in blobs)


def test_what_has_no_skin_is_no_dictionary(world: World) -> None:
    world.capture(b"<script>alert('x')</script>")
    world.archive.save_capture(world.run, exchange(SKIN.encode(), status=404))
    world.capture(SKIN.encode(), "attachment")
    assert world.table("dictionaries") == []
    world.capture(SKIN.encode() * 200)
    (dictionary,) = world.table("dictionaries")
    assert len(dictionary["data"]) == 1 << 18


def test_a_dictionary_can_be_named(world: World) -> None:
    world.capture(f"{SKIN}목록".encode(), "listing")
    capture = world.archive.save_capture(world.run, exchange(f"{SKIN}글".encode()), encode_with=1)
    assert world.table("blobs")[1]["dictionary_id"] == 1
    assert world.archive.find_page(capture).body == f"{SKIN}글".encode()


def test_a_dictionary_of_a_transaction_that_failed_is_forgotten(world: World) -> None:
    lying = replace(body(f"{SKIN}가".encode()), sha256="0" * 64)
    with pytest.raises(ArchiveDamaged, match="changed before it was stored"):
        world.archive.save_capture(world.run, exchange(b"", body=lying))
    assert world.table("dictionaries") == world.table("captures") == world.table("blobs") == []
    other = f"<ul>{'전혀 다른 껍데기 ' * 200}</ul>".encode()
    assert bytes_of(world, world.archive.find_capture(world.capture(other)).body_sha256) == other


def test_a_page_comes_back_as_it_was(world: World) -> None:
    sent = exchange(SKIN.encode(), finished_at=at(3))
    page = world.archive.find_page(world.archive.save_capture(world.run, sent))
    assert page == Page(sent.url, 200, page.headers, SKIN.encode(), at(3))
    assert page.header("Content-Type") == b"text/html; charset=euc-kr"
    assert page.header("x-name") == b"\xc7\xd1"
    assert world.table("captures")[0]["headers"] is None
    other = replace(sent, headers=((b"Content-Type", b"text/plain"), (b"X", b"\xff")))
    assert world.archive.find_page(world.archive.save_capture(world.run, other)).headers == other.headers


@dataclass(frozen=True)
class Drip:
    """A body of zeros that was never in memory as a whole."""

    size: int
    sha256: str

    def chunks(self) -> Iterator[bytes]:
        yield from (bytes(10_000) for _ in range(self.size // 10_000))

    def read(self) -> bytes:
        raise AssertionError("a body is never read whole while it is stored")


def test_a_body_is_streamed_in_and_out(world: World) -> None:
    whole = body(bytes(5_000_000))
    world.archive.save_capture(world.run, exchange(b"", "attachment", body=Drip(5_000_000, whole.sha256)))
    reading = world.archive.read_blob(whole.sha256)
    assert len(next(reading)) == MIB
    world.capture()  # the connection is free between two parts
    assert sum(map(len, reading)) == 5_000_000 - MIB


def test_damage_is_named_while_reading(world: World) -> None:
    zstd = world.archive.find_capture(world.capture(b"sinmungo " * 200_000, "attachment")).body_sha256
    raw = world.archive.find_capture(world.capture(noise(2000), "attachment")).body_sha256
    gone = world.archive.find_capture(world.capture(noise(3000), "attachment")).body_sha256
    db = world.archive.db
    part = bytearray(db.execute("SELECT data FROM blob_parts WHERE sha256 = ? AND part = 2", [zstd]).fetchone()[0])
    part[-1] ^= 1
    db.execute("UPDATE blob_parts SET data = ? WHERE sha256 = ? AND part = 2", [bytes(part), zstd])
    db.execute("UPDATE blob_parts SET data = zeroblob(2000) WHERE sha256 = ?", [raw])
    db.execute("DELETE FROM blob_parts WHERE sha256 = ?", [gone])
    for sha256, problem in (
        (zstd, f"blobs {zstd} part 2"),
        (raw, "do not match"),
        (gone, "part 1: missing"),
        ("ff", "none"),
    ):
        with pytest.raises(ArchiveDamaged, match=problem):
            bytes_of(world, sha256)


def test_a_capture_that_does_not_exist(world: World) -> None:
    with pytest.raises(ArchiveDamaged, match="captures 99"):
        world.archive.find_page(99)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=3000) | st.text(max_size=300).map(lambda text: (SKIN + text).encode()),
    article=st.booleans(),
)
def test_any_bytes_come_back(world: World, content: bytes, article: bool) -> None:
    capture = world.archive.find_capture(world.capture(content, "article" if article else "listing"))
    assert bytes_of(world, capture.body_sha256) == content


def test_unread_captures_are_found_oldest_first_until_they_have_an_outcome(world: World) -> None:
    first = world.capture(kind="listing")
    second = world.capture(b"file", "attachment", post_key="7", attachment_key="1")
    other = world.archive.save_board(replace(world.board, id=0, url="http://news.example/b", slug="b"))
    assert [item.id for item in world.archive.find_unread_captures(world.board.id)] == [first, second]
    assert world.archive.find_unread_captures(other.id) == []
    found = world.archive.find_capture(second)
    assert (found.kind, found.post_key, found.attachment_key, found.finished_at) == ("attachment", "7", "1", at(2))
    world.archive.save_outcome(first, "wall:login")
    assert [item.id for item in world.archive.find_unread_captures(world.board.id)] == [second]


def test_paths_of_this_file_need_no_more_than_memory(tmp_path: Path) -> None:
    world = World(tmp_path / "한글 폴더 %20 archive.db")
    world.capture(b"x")
    world.close()
    assert (tmp_path / "한글 폴더 %20 archive.db").stat().st_size > 0
