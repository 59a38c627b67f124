"""A board whose face changes: the night stops, a repair finds another layout, and the same posts go on."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import ALL, START, World, world

from scraper.archive import open_archive
from scraper.errors import BadLayout, UnknownLayout
from scraper.fakeboard import FakeClock, FakeSite, serve
from scraper.fakeboard.exchange import Answer, Route, Visit
from scraper.fakeboard.skins.strange import StrangeBoard, make_skin
from scraper.models import Silent
from scraper.page.layout import layout_from
from scraper.sync.hosts import Manner
from scraper.sync.relayout import save_layout
from scraper.sync.repair import Repair, repair_values
from scraper.sync.session import Session
from scraper.sync.shadow import Difference, Trial, objection, shadow_of, told_unevenly, wrong_identity

DAY = timedelta(days=1)
PLAIN = replace(
    make_skin(3).face, charset="utf-8", declared="meta", markup="tidy", classes="meaningful", frame="divs", menu="yes",
    record="table", header="words", blanks="no", colspan="no", order="usual", number="rank", list_author="yes",
    list_date="yes", list_hits="yes", extra="none", lead="no", notice="text", notice_twice="no", secrets="no",
    replies="no", comments="none", cut="none", date="dots", link="root", call="location", arguments="one",
    scheme="scripts", parameter="idx", query="none", amount="few", pager="links", page_parameter="page",
    total="sentence", view="table", view_labels="plain", view_order="title", view_author="yes", view_date="minute",
    view_hits="yes", body_in="div", body="p", pictures="none", files="direct", sized="no", neighbours="none",
    related="no", list_under="no", paired="no", headline="shown",
)  # fmt: skip
NEW = replace(PLAIN, record="divs", view="dl", view_labels="colon", frame="tables")
"""Other elements for everything; the same addresses."""


@contextmanager
def changed_face(path: Path, *names: tuple[str, str]) -> Iterator[World]:
    """A board that was archived with one face, and that a night then found with another."""
    clock = FakeClock(START)
    board = StrangeBoard(PLAIN, clock, 24)
    site = FakeSite([board], clock=clock)
    with serve(site) as server:
        day = World(site, board, server, path / "archive.db")
        assert day.sync().exit_code == 0
        board.face = NEW
        renamed(day, *names)
        clock.advance(DAY)
        before = held(day)
        run = day.sync(ALL)
        assert (run.exit_code, run.outcome) == (4, "layout"), run.message
        assert held(day) == before
        yield day


def renamed(day: World, *names: tuple[str, str]) -> None:
    """From now on the site's pages carry other words."""
    answer: Callable[[Any], Answer] = day.site.answer

    def changed(route: Any) -> Answer:
        page = answer(route)
        body = page.body
        for old, new in names if page.content_type.startswith(b"text/html") else ():
            body = body.replace(old.encode(), new.encode())
        return Answer(page.status, body, page.content_type, page.headers)

    day.site.answer = changed  # type: ignore[method-assign]


def repair(day: World, *, force: bool = False, agree: bool = True) -> Repair:
    manner = Manner(delay=0, allow_private=True)
    session = Session(day.db, manner, Silent(), threading.Event(), day.clock.now)
    return session.repair(day.url, force=force, agree=lambda _: agree, asking=False)


def held(day: World) -> list[tuple[Any, ...]]:
    """All that a repair must leave alone."""
    tables = ("posts", "post_versions", "attachments", "attachment_versions", "coverage", "post_hits", "failures")
    found = [tuple(row) for table in tables for row in day.rows(f"SELECT * FROM {table} ORDER BY 1")]
    return found + [tuple(row) for row in day.rows("SELECT slug, url, name, charset, declared_total FROM boards")]


def layout_of(day: World) -> str:
    return str(day.rows("SELECT layout FROM boards")[0]["layout"])


def test_a_new_face_is_learnt_and_all_posts_are_held_once(tmp_path: Path) -> None:
    with changed_face(tmp_path) as day:
        before, layout = held(day), layout_of(day)
        found = repair(day)
        assert found.outcome == "repaired", found.refusal
        assert found.proposal is not None
        assert found.proposal.shadow.proofs >= 2
        assert found.proposal.shadow.older > 0
        assert layout_of(day) != layout
        assert held(day) == before
        run = day.rows("SELECT outcome, exit_code, message, requests FROM runs ORDER BY id DESC")[0]
        assert tuple(run)[:3] == ("layout repaired", 0, "induced -> induced")
        kept = day.rows("SELECT outcome FROM captures WHERE run_id = (SELECT max(id) FROM runs)")
        assert run["requests"] == len(kept) > 0
        assert {row["outcome"] for row in kept} <= {"shadow", "robots"}
        day.board.clock.advance(DAY)
        day.board.post()
        run_after = day.sync(ALL)
        assert run_after.exit_code == 0, run_after.message
        assert (run_after.counts.new, run_after.counts.revised) == (1, 0)
        day.check()
        assert repair(day).outcome == "fits"


def test_an_engine_that_reads_the_new_face_is_taken(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=24) as day:
        assert day.sync().exit_code == 0
        day.board.variant = "gallery"
        day.board.clock.advance(DAY)
        assert day.sync(ALL).exit_code == 4
        found = repair(day)
        assert found.outcome == "repaired", found.refusal
        assert day.rows("SELECT engine FROM boards")[0]["engine"] == "gnuboard5-gallery"
        assert day.sync(ALL).exit_code == 0
        assert {row["state"] for row in day.rows("SELECT state FROM posts")} <= {"live", "blocked"}


def test_a_layout_that_fits_is_left_alone(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        layout = layout_of(day)
        found = repair(day)
        assert (found.outcome, found.exit_code) == ("fits", 0)
        assert layout_of(day) == layout


def test_somebody_may_say_no(tmp_path: Path) -> None:
    with changed_face(tmp_path) as day:
        before = (held(day), layout_of(day))
        found = repair(day, agree=False)
        assert (found.outcome, found.exit_code) == ("declined", 4)
        assert (held(day), layout_of(day)) == before


@pytest.mark.parametrize("force", [False, True])
def test_posts_that_read_differently_need_force(force: bool, tmp_path: Path) -> None:
    """The new face calls somebody else the author, so that the archive's posts would change."""
    clock = FakeClock(START)
    authors = {post.author for post in StrangeBoard(PLAIN, clock, 24).posts()}
    with changed_face(tmp_path, *((f">{name}<", ">편집국<") for name in authors)) as day:
        before, layout = held(day), layout_of(day)
        found = repair(day, force=force)
        assert found.proposal is not None
        assert "author" in found.proposal.shadow.misread
        assert any(each.field == "author" and each.found == "편집국" for each in found.proposal.shadow.departed)
        assert found.outcome == ("repaired" if force else "refused"), found.refusal
        assert "(author" in str(found.refusal)
        assert "--force" in str(found.refusal)
        assert held(day) == before
        assert (layout_of(day) == layout) is not force
        values = repair_values(found)
        assert json.loads(json.dumps(values))["differences"][0]["field"] in found.proposal.shadow.misread


def test_other_keys_are_refused_even_by_force(tmp_path: Path) -> None:
    with changed_face(tmp_path, ("idx=", "idx=9")) as day:
        route = day.site.route
        day.site.route = lambda visit: route(  # type: ignore[method-assign]
            replace(visit, target=visit.target.replace("idx=9", "idx="))
        )
        before = (held(day), layout_of(day))
        found = repair(day, force=True)
        assert (found.outcome, found.exit_code) == ("refused", 4)
        assert "keys" in str(found.refusal)
        assert (held(day), layout_of(day)) == before


def test_where_nothing_reads_the_board_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    with changed_face(tmp_path, ("<a ", "<b ")) as day:
        before = (held(day), layout_of(day))
        with pytest.raises(UnknownLayout, match="layout opinion --edit FILE"):
            repair(day)
        run = day.rows("SELECT outcome, exit_code, requests FROM runs ORDER BY id DESC")[0]
        assert tuple(run)[:2] == ("layout refused", 4)
        assert run["requests"] > 0
        assert (held(day), layout_of(day)) == before


def test_of_a_board_behind_a_frame_the_sentence_says_where_it_is(tmp_path: Path) -> None:
    with changed_face(tmp_path) as day:
        inner = f"{day.url}&in=frame" if "?" in day.url else f"{day.url}?in=frame"
        route: Callable[[Visit], Route] = day.site.route
        frames = f"<html><frameset cols='*'><frame src='{inner}'></frameset></html>".encode()

        def framed(visit: Visit) -> Route:
            is_outer = day.url.endswith(visit.target)
            return Route("other", lambda: Answer(200, frames)) if is_outer else route(visit)

        day.site.route = framed  # type: ignore[method-assign]
        before = (held(day), layout_of(day))
        with pytest.raises(UnknownLayout, match=f"it leads to {re.escape(inner)}"):
            repair(day)
        assert (held(day), layout_of(day)) == before


@pytest.mark.parametrize(
    ("part", "values", "reason"),
    [
        ("article", {"title": ["#bo_v_con"]}, "its title is"),
        ("article", {"body": ["#nothing"]}, "does not read the newest articles"),
        ("list", {"rows": "li.nothing"}, "does not read the newest list page"),
        ("identity", {"key": ["query:bo_table"]}, "the same posts on two list pages"),
    ],
)
def test_a_mended_layout_must_read_what_is_kept(part: str, values: dict[str, Any], reason: str, tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=24) as day:
        assert day.sync().exit_code == 0
        with open_archive(day.db, write=True) as archive:
            board = archive.find_boards()[0]
            mended = {**board.layout, part: {**board.layout[part], **values}}
            with pytest.raises(BadLayout, match=reason):
                save_layout(archive, board, layout_from(mended, "mended"))
            save_layout(archive, board, layout_from({**board.layout, "name": "mended"}, "mended"))
            assert archive.find_boards()[0].engine == "mended"


def test_a_mended_layout_need_not_read_the_old_face(tmp_path: Path) -> None:
    with changed_face(tmp_path) as day:
        proposal = repair(day, agree=False).proposal
        assert proposal is not None
        with open_archive(day.db, write=True) as archive:
            save_layout(archive, archive.find_boards()[0], proposal.layout)
        assert day.sync(ALL).exit_code == 0
        day.check()


def row(title: str, **values: Any) -> dict[str, Any]:
    return {"title": title, "author": None, "date": "2026-11-01", "hits": None, **values}


def test_a_kept_page_must_read_exactly_alike() -> None:
    old = {"1": row("솔내천 산책길"), "2": row("다솜읍 소식")}
    same = shadow_of([Trial("list", 7, old, dict(old))], {})
    assert (same.alike, objection(same)) == (1, None)
    other = shadow_of([Trial("list", 7, old, {"1": row("솔내천 산책길", author="노가온")})], {})
    assert other.changed == (
        Difference("list", 7, "1", "author", None, "노가온"),
        Difference("list", 7, "2", "post", True, False),
    )
    assert "read differently (author, post)" in str(objection(other))


def test_pages_of_the_old_face_want_proofs_of_today() -> None:
    held = {
        key: {**row(f"글 {key}", author="노가온", hits=3), "notice": False, "secret": False, "body": "문단",
              "files": None, "is_read": True}
        for key in "12"
    }  # fmt: skip
    kept = Trial("article", 7, {"1": held["1"]}, None)
    today = [Trial("article", None, None, {key: dict(held[key], hits=9)}) for key in "12"]
    assert "to compare" in str(objection(shadow_of([kept, today[0]], held)))
    assert objection(shadow_of([kept, *today], held)) is None
    wrong = [Trial("article", None, None, {key: dict(held[key], body="차림표")}) for key in "12"]
    assert "(body)" in str(objection(shadow_of([kept, *wrong], held)))
    fewer = [Trial("article", None, None, {key: dict(held[key], hits=1)}) for key in "12"]
    assert "(hits)" in str(objection(shadow_of([kept, *fewer], held)))


def test_what_the_stored_layout_misread_speaks_against_no_other() -> None:
    """Post 1 came under the new face and was stored without its files; posts 2 and 3 prove that these are read well."""
    full = {**row("글"), "notice": False, "secret": False, "body": "문단", "is_read": True}
    held = {"1": {**full, "files": None}, "2": {**full, "files": "ㄱ.hwp"}, "3": {**full, "files": "ㄴ.hwp"}}
    kept = Trial("article", 7, {"1": held["1"]}, {"1": {**full, "files": "ㄷ.hwp"}})
    opened = [Trial("article", None, None, {key: dict(held[key])}) for key in "23"]
    right = Trial("article", None, None, {"1": {**full, "files": "ㄷ.hwp"}})
    assert "(files)" in str(objection(shadow_of([kept, *opened], held))), "nobody has looked at it today"
    assert objection(shadow_of([kept, right, *opened], held)) is None
    assert "(files)" in str(objection(shadow_of([kept, right], held))), "no other post proves anything"
    bare = [Trial("article", None, None, {key: {**held[key], "files": None}}) for key in "23"]
    assert "(files)" in str(objection(shadow_of([kept, right, *bare], held)))
    other = Trial("article", None, None, {"1": {**full, "files": None}})
    assert "(files)" in str(objection(shadow_of([kept, other, *opened], held)))


def test_an_archive_without_posts_has_no_keys_to_contradict() -> None:
    assert wrong_identity({"1": row("글")}, {}) is None


@pytest.mark.parametrize(
    ("capture_id", "hits", "departs"), [(None, 5, True), (None, 9, False), (7, 5, False), (7, 9, False)]
)
def test_readers_grow_from_a_kept_page_to_today(capture_id: int | None, hits: int, departs: bool) -> None:
    held = {"1": {**row("글", hits=7), "notice": False, "secret": False, "is_read": True}}
    shadow = shadow_of([Trial("list", capture_id, None, {"1": dict(held["1"], hits=hits)})], held)
    assert ([each.field for each in shadow.departed] == ["hits"]) is departs


def test_fields_that_one_face_only_tells_are_found() -> None:
    """Of the opened posts none has them on both sides, and some has them on one."""
    base = {"date": "2026-11-01", "category": None, "is_read": True}
    held = {"1": {**base, "author": "노가온"}, "2": {**base, "author": None}, "3": {**base, "author": "다솜"}}
    lists = Trial("list", None, None, {key: row("글") for key in held})
    bare = [Trial("article", None, None, {key: {**row("글"), "body": "문단"}}) for key in "12"]
    assert told_unevenly([lists, *bare], held) == ("author",)
    told = Trial("article", None, None, {"3": {**row("글", author="누리"), "body": "문단"}})
    assert told_unevenly([lists, *bare, told], held) == ()
    gained = [Trial("article", None, None, {"2": {**row("글", author="누리", category="기고"), "body": "문단"}})]
    assert told_unevenly(gained, held) == ("author", "category")
    assert told_unevenly([lists], held) == (), "a list alone does not tell what articles do"
