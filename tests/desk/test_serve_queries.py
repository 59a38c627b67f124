"""The searches of the desk find what the command finds, in its order, and compare no more posts than it does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from archive_samples import T0, World, post, row, stored

from scraper.archive import search
from scraper.archive.window import connect_window
from scraper.desk.serve import queries
from scraper.desk.serve.queries import QUERIES


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Eight posts, each with a file; two more that the views do not show."""
    made = World(tmp_path / "archive.db")
    made.list(row("unread", title="협의체 알림"))
    for number in range(8):
        title = f"{'협의체 ' * (number % 3 + 1)} 소식 {number}"
        made.read(post(str(number), title=title, body_text=f"작은 도서관 {number}호" + " 뒷글" * (number % 4 * 30)))
    made.read(post("redacted", title="협의체 명단"))
    made.archive.db.execute("UPDATE posts SET state = 'redacted' WHERE key = 'redacted'")
    yield made
    made.close()


def desk(world: World, name: str, words: str) -> list[str]:
    """Titles or names of files, as the ready query gives them."""
    with closing(connect_window(world.path)) as window:
        found = window.execute(QUERIES[name]["sql"], {"words": words})
        at = [column[0] for column in found.description].index("title" if name == "search" else "name")
        return [hit[at] for hit in found]


@pytest.mark.parametrize("ranked", [search.RANKED, 2])
@pytest.mark.parametrize("words", ["협의체", "협의체가 소식", "소식", "작은도 서관", '"도서관 3호"', "뒷글", "없는말"])
def test_the_desk_and_the_command_find_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, words: str, ranked: int
) -> None:
    monkeypatch.setattr(search, "RANKED", ranked)
    sql = QUERIES["search"]["sql"].replace(str(queries.RANKED), str(ranked))
    monkeypatch.setitem(QUERIES, "search", {"sql": sql.replace(str(queries.RANKED + 1), str(ranked + 1))})
    command = world.archive.find_matching(words, 100)
    assert desk(world, "search", words) == [found["title"] for found in command if found["key"] != "unread"]
    assert bool(command) == (words != "없는말")


def test_common_words_fill_the_page_though_many_of_their_posts_were_never_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.list(*(row(f"n{number}", title="협의체 예고") for number in range(30)))
    sql = QUERIES["search"]["sql"].replace(str(queries.RANKED), "2").replace(f"LIMIT {queries.LIMIT}", "LIMIT 5")
    monkeypatch.setitem(QUERIES, "search", {"sql": sql})
    assert [title[-1] for title in desk(world, "search", "협의체")] == list("76543")


@pytest.mark.parametrize("ranked", [search.RANKED, 1])
def test_files_are_found_in_the_order_of_the_command(
    world: World, monkeypatch: pytest.MonkeyPatch, ranked: int
) -> None:
    for key, text in (("a", "물동량"), ("b", "물동량 " + "딴말 " * 50), ("c", "물동량 물동량 물동량")):
        content = text.encode()
        sha256 = hashlib.sha256(content).hexdigest()
        capture = world.capture(content, kind="attachment", post_key=key, attachment_key=key)
        world.read(post(key, body_text=None, files=(stored(key, f"{key}.txt", sha256, len(content), capture),)))
        world.archive.save_text(
            sha256, status="read", text=text, reason=None, reader="plain", reader_version=1, at=T0
        )  # fmt: skip
    monkeypatch.setattr(search, "RANKED", ranked)
    sql = QUERIES["search_files"]["sql"].replace(str(queries.RANKED + 1), "2").replace(str(queries.RANKED), "1")
    if ranked == 1:
        monkeypatch.setitem(QUERIES, "search_files", {"sql": sql})
    command = world.archive.find_matching("물동량")
    names = [file["name"] for found in command for file in found["files"]]
    assert sorted(names) == ["a.txt", "b.txt", "c.txt"]
    assert desk(world, "search_files", "물동량") == names
