"""A post that was kept under its address gets its own key, and the address under which the list links it now."""

from __future__ import annotations

from archive_samples import World, at, post, row

from scraper.archive import verify
from scraper.models import Ask


def refuse(world: World, key: str) -> None:
    world.archive.save_refusal(
        world.board.id, key, state=None, outcome="failed", reason="answered 500", url="http://news.example/x",
        capture_id=None, at=at(world.minute),
    )  # fmt: skip


def test_a_post_is_renamed_with_its_failures(world: World) -> None:
    world.list(row("/opinion/물길/"))
    refuse(world, "/opinion/물길/")
    assert world.archive.save_key(world.board.id, "/opinion/물길/", "12")
    assert [post["key"] for post in world.table("posts")] == ["12"]
    assert [failure["post_key"] for failure in world.table("failures")] == ["12"]
    assert list(verify(world.path, full=True)) == []


def test_a_key_that_is_taken_stays_with_its_post(world: World) -> None:
    world.list(row("/opinion/물길/"), row("12"))
    assert not world.archive.save_key(world.board.id, "/opinion/물길/", "12")
    assert not world.archive.save_key(world.board.id, "/opinion/없는-글/", "13")
    assert [post["key"] for post in world.table("posts")] == ["/opinion/물길/", "12"]


def test_a_read_post_is_known_by_the_address_of_its_last_row(world: World) -> None:
    world.list(row("12"))
    world.read(post("12"))
    world.list(row("12", ask=Ask("http://news.example/opinion/a/", "article")))
    world.list(row("12", ask=None))
    known = world.archive.find_known(world.board.id)["12"]
    assert (known.url, known.version) == ("http://news.example/opinion/a/", 1)
