"""New posts that look unlike those the board is known by: they wait until a known post vouches for what is odd."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, World, damages, world

from scraper.archive import open_archive
from scraper.fakeboard.exchange import Answer, Route
from scraper.models import KST, Post, Row, Stamp
from scraper.page.layout import layout_from, layout_values
from scraper.sync.looks import LEAST, strange
from scraper.sync.options import Options

DAY = timedelta(days=1)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=KST)
ROW = Row("7", 7, "마을버스가 늘었다", False, "최누리", Stamp(AT, "day", "2026-11-20"), 3, None, category="기고")
POST = Post(
    "7", 7, "기고", "마을버스가 늘었다", False, "최누리", Stamp(AT, "minute", "26-11-20 09:30"), 3, "", False, False,
    "글", "글",
)  # fmt: skip


def held(**values: Any) -> dict[str, Any]:
    """A post of the board, as ``find_looks`` tells of it."""
    told = values.pop("told", ["제목", "한가온", "기고", False, values.get("files") or None])
    return {
        "title": "제목", "author": "한가온", "category": "기고", "posted_at": AT.isoformat(), "posted_capture_id": None,
        "told": json.dumps(told), "fields_from_listing": "[]", "has_text": 1, "files": 0, **values,
    }  # fmt: skip


def odd(post: Post = POST, row: Row = ROW, *others: dict[str, Any], kept: tuple[str, ...] = (), has_file: bool = False) -> set[str]:  # fmt: skip # noqa: E501
    return set(strange(post, row, [*[held()] * LEAST, *others], kept, has_file=has_file))


def test_a_post_like_the_others_is_not_odd() -> None:
    assert odd() == set()
    assert (
        odd(replace(POST, title="마을버스가 늘었다고 한다"), replace(ROW, title="마을버스가 늘…", title_cut=True))
        == set()
    )
    bare = replace(POST, author=None, body_text=None)
    assert strange(bare, ROW, [held()] * (LEAST - 1), has_file=False) == set(), "so few tell nothing"


@pytest.mark.parametrize(
    ("post", "field"),
    [
        (replace(POST, title="전체 목록"), "title"),
        (replace(POST, author=None), "author"),
        (replace(POST, author="조회 3"), "author"),
        (replace(POST, fields_from_listing=("author",)), "author"),
        (replace(POST, category=None), "category"),
        (replace(POST, posted=None), "posted_at"),
        (replace(POST, posted=Stamp(AT - 40 * DAY, "day", "")), "posted_at"),
        (replace(POST, fields_from_listing=("posted_at",)), "posted_at"),
        (replace(POST, body_text=None), "body_text"),
    ],
)
def test_what_no_post_had_so_far_is_odd_until_one_did(post: Post, field: str) -> None:
    assert odd(post) == {field}
    if field in ("author", "category"):
        assert odd(post, kept=(field,)) == set()
    one = {
        "author": held(author=None), "category": held(category=None), "body_text": held(has_text=0),
        "posted_at": held(posted_at=None), "title": held(told=["다른 말", None, None, False, None]),
    }[field]  # fmt: skip
    is_none = not getattr(post, {"posted_at": "posted"}.get(field, field))
    assert odd(post, ROW, one) == (set() if is_none or field == "title" else {field})


def test_what_no_post_told_so_far_is_vouched_for_by_one_that_does_not() -> None:
    silent = [held(author=None, category=None, told=["제목", None, None, False, None])] * LEAST
    row = replace(ROW, author=None, category=None)
    assert strange(POST, row, silent, has_file=False) == {"no author", "no category"}


def test_a_sign_of_files_without_files_is_odd_where_posts_with_files_are_known() -> None:
    signed = replace(ROW, has_file=True)
    assert odd(POST, signed) == set(), "nobody could vouch"
    assert odd(POST, signed, held(files=1)) == {"file"}
    assert odd(POST, signed, held(files=1), has_file=True) == set()
    assert odd(POST, signed, held(files=1), held(told=["제목", None, None, False, True])) == set()


def test_dates_that_a_feed_told_may_be_missing() -> None:
    assert odd(replace(POST, posted=None), replace(ROW, posted=None), held(posted_capture_id=3)) == set()


@contextmanager
def known(path: Path, **options: Any) -> Iterator[World]:
    """A board whose posts are all older than a week: tonight none of them is due."""
    with world(path, "gnuboard5", posts=14, seed=2, **options) as day:
        day.board.clock.advance(12 * DAY)
        file = day.board.post(files=["지난달 보고서.hwp"], at=day.board.clock.now() - 20 * DAY)
        assert file
        assert day.sync().exit_code == 0
        day.board.clock.advance(DAY)
        yield day


def redrawn(day: World, kind: str, *changes: tuple[bytes, bytes]) -> Any:
    """From now on the pages of a kind are drawn differently; returns what undoes it."""
    answer = day.site.answer

    def changed(route: Route) -> Answer:
        given = answer(route)
        if route.kind != kind:
            return given
        body = given.body
        for old, new in changes:
            body = body.replace(old, new)
        return replace(given, body=body)

    day.site.answer = changed  # type: ignore[method-assign]
    return lambda: setattr(day.site, "answer", answer)


FILES_GONE = (b"view_file_download", b"download_new")


def state_of(day: World, post_id: int) -> tuple[Any, ...]:
    row = day.rows("SELECT state, version, body_text FROM posts WHERE key = ?", str(post_id))[0]
    return (row["state"], row["version"], row["body_text"])


def test_a_new_post_without_the_files_that_its_row_shows_waits_for_a_repair(tmp_path: Path) -> None:
    with known(tmp_path) as day:
        before = day.rows("SELECT * FROM post_versions")
        undo = redrawn(day, "article", FILES_GONE)
        young = day.board.post(files=["보고서.hwp"])
        run = day.sync()
        assert (run.outcome, run.exit_code) == ("layout", 4), run.message
        assert "files of" in str(run.message)
        assert "--confirm" in str(run.message)
        assert state_of(day, young) == ("unread", 0, None)
        assert day.rows("SELECT * FROM post_versions") == before
        assert day.rows("SELECT 1 FROM captures WHERE outcome IS NULL AND kind = 'article'") == []
        day.board.clock.advance(DAY)
        assert day.sync().outcome == "layout", "as long as nothing is done about it"
        undo()
        day.board.clock.advance(DAY)
        assert day.sync().exit_code == 0
        day.check()
        assert damages(day.db) == []


def test_a_new_post_that_only_is_unlike_the_others_costs_one_article(tmp_path: Path) -> None:
    with known(tmp_path) as day:
        young = day.board.post(author="")
        assert day.sync().exit_code == 0
        assert day.asked()["article"] == 2
        assert state_of(day, young)[:2] == ("live", 1)
        day.board.clock.advance(DAY)
        day.board.post(author="")
        run = day.sync()
        assert run.exit_code == 0
        assert day.asked()["article"] == 1 + run.counts.due, "one like it is known by now"


def test_many_new_posts_that_are_odd_have_one_witness(tmp_path: Path) -> None:
    with known(tmp_path) as day:
        for _ in range(12):
            day.board.post(author="")
        run = day.sync()
        assert (run.exit_code, run.counts.new) == (0, 12), run.message
        assert day.asked()["article"] == 13


def test_an_ordinary_night_reads_the_new_posts_and_what_is_due(tmp_path: Path) -> None:
    with known(tmp_path) as day:
        for _ in range(7):
            day.board.post()
        run = day.sync()
        assert (run.exit_code, run.counts.new, run.counts.due) == (0, 7, 0)
        assert day.asked()["article"] == 7
        day.board.clock.advance(DAY)
        day.board.post()
        run = day.sync()
        assert day.asked()["article"] == 1 + run.counts.due == 8


def test_a_known_post_that_is_due_shows_that_the_body_stands_elsewhere(tmp_path: Path) -> None:
    """The new posts look like all others; what speaks against them is a post that was to be read in any case."""
    with known(tmp_path) as day:
        day.board.post()
        assert day.sync().exit_code == 0
        day.board.clock.advance(DAY)
        redrawn(day, "article", (b'id="bo_v_con">', 'id="bo_v_con"><p>이 글을 널리 알려 주십시오.</p>'.encode()))
        young = day.board.post()
        run = day.sync()
        assert (run.outcome, run.counts.new, run.counts.revised) == ("layout", 0, 0), run.message
        assert state_of(day, young) == ("unread", 0, None)


NO_AUTHORS = ((b"sv_", b"who_"), ("작성자".encode(), b""), ("글쓴이".encode(), b""))


@pytest.mark.parametrize("options", [Options(), ALL], ids=["ordinary", "all"])
@pytest.mark.parametrize(
    ("kind", "changes"),
    [("article", NO_AUTHORS), ("listing", NO_AUTHORS), ("article", (("조회".encode(), b""),)),
     ("listing", (("조회".encode(), b""), (b"td_num", b"td_what")))],
    ids=["authors only in the list", "authors only in the views", "hits only in the list", "hits only in the views"],
)  # fmt: skip
def test_a_field_that_moves_between_list_and_view_stays(
    kind: str, changes: tuple[tuple[bytes, bytes], ...], options: Options, tmp_path: Path
) -> None:
    """Nothing is emptied, no version is made, and the next night is an ordinary one."""
    with known(tmp_path, page_size=5) as day:
        before = day.rows("SELECT p.key, v.version, v.author FROM post_versions v JOIN posts p ON p.id = v.post_id")
        redrawn(day, kind, *changes)
        young = day.board.post()
        run = day.sync(options)
        assert (run.exit_code, run.counts.new, run.counts.revised) == (0, 1, 0), run.message
        sql = "SELECT p.key, v.version, v.author FROM post_versions v JOIN posts p ON p.id = v.post_id WHERE p.key <> ?"
        assert sorted(map(tuple, day.rows(sql, str(young)))) == sorted(map(tuple, before))
        day.check()
        day.board.clock.advance(DAY)
        day.board.post()
        run = day.sync()
        assert (run.exit_code, run.counts.new, run.counts.revised) == (0, 1, 0), run.message
        day.check()


def test_somebody_may_confirm_that_posts_look_so_now(tmp_path: Path) -> None:
    with known(tmp_path) as day:
        redrawn(day, "article", FILES_GONE)
        young = day.board.post(files=["보고서.hwp"])
        assert day.sync().exit_code == 4
        day.board.clock.advance(DAY)
        assert day.sync(Options(confirm=True)).exit_code == 0
        assert state_of(day, young)[:2] == ("live", 1)


@pytest.mark.parametrize("leaves", [False, True])
def test_what_no_layout_could_read_is_read_from_its_capture_after_a_repair(leaves: bool, tmp_path: Path) -> None:
    """Also when the post has left the board by then: then it stays missing, and its text is held."""
    with known(tmp_path) as day:
        redrawn(day, "article", (b"bo_v_con", b"bo_v_text"))
        young = day.board.post(body="사라질 글이다.")
        assert day.sync().exit_code in (3, 4)
        assert state_of(day, young) == ("unread", 0, None)
        if leaves:
            day.board.delete(young)
        with_layout(day, body=["#bo_v_text"])
        day.board.clock.advance(DAY)
        day.sync()
        assert not any(f"wr_id={young}" in request.path for request in day.server.log)
        assert state_of(day, young)[1:] == (1, "사라질 글이다.")
        assert state_of(day, young)[0] == ("missing" if leaves else "live")


def test_what_we_misread_is_no_edit_of_the_paper(tmp_path: Path) -> None:
    """A layout that leaves out part of the body reads one post; the mended one reads it again the next day."""
    with known(tmp_path) as day:
        short = with_layout(day, body_drop=["table"])
        young = day.board.post(body="첫째 문단이다.\n\n마을\t둘째\n세대\t12\n\n셋째 문단이다.", files=["보고서.hwp"])
        edited = day.board.post(body="처음에는 이렇게 썼다.")
        assert day.sync().exit_code == 0
        assert "둘째" not in state_of(day, young)[2]
        with_layout(day, **short)
        day.board.edit(edited, body="나중에는 이렇게 썼다.")
        day.board.clock.advance(DAY)
        run = day.sync()
        assert (run.exit_code, run.counts.revised) == (0, 1), run.message
        day.check()
        sql = "SELECT v.cause FROM post_versions v JOIN posts p ON p.id = post_id WHERE p.key = ? ORDER BY v.version"
        assert [row["cause"] for row in day.rows(sql, str(young))] == ["source", "reparse"]
        assert [row["cause"] for row in day.rows(sql, str(edited))] == ["source", "source"]
        assert [row["key"] for row in day.rows("SELECT key FROM edits")] == [str(edited)]
        assert damages(day.db) == []


def with_layout(day: World, **article: Any) -> dict[str, Any]:
    """Give the board's layout other values for the article; returns those it had."""
    with open_archive(day.db, write=True) as archive:
        board = archive.find_boards()[0]
        part = {**board.layout["article"], **article}
        mended = layout_values(layout_from({**board.layout, "article": part}, "mended"))
        archive.save_board_facts(board.id, layout=mended)
        return {name: board.layout["article"].get(name, []) for name in article}
