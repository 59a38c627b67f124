"""Edits that wait: one is believed when others vouch for it; a template that has changed reads as an edit of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sync_world import content, world

from scraper.fakeboard.exchange import Answer, Route
from scraper.sync.drafts import CONTROLS, HOPELESS, Drafts
from scraper.sync.options import Options

HELD: dict[str, Any] = {
    "title": "제목", "author": "최누리", "category": None, "posted_at": "2026-11-20T00:00:00+09:00",
    "body_text": "본문", "attachments": [{"key": "0", "kind": "file", "state": "stored"}],
}  # fmt: skip
BARE = {**HELD, "author": None, "attachments": []}
NOTHING = frozenset[str]()


def drafts(*seen: tuple[dict[str, Any], frozenset[str]]) -> Drafts[str]:
    made: Drafts[str] = Drafts()
    for number, (held, changed) in enumerate(seen):
        made.see(held, changed)
        if changed:
            made.waiting.append((str(number), changed))
    return made


def test_another_post_vouches_for_the_field() -> None:
    edit = (HELD, frozenset({"author"}))
    assert drafts(edit, (HELD, NOTHING)).believed() == ["0"]
    assert drafts(edit, (BARE, NOTHING)).believed() == [], "who has no author cannot vouch for authors"
    assert drafts(edit, (BARE, NOTHING)).doubtful == {"author"}
    assert drafts(edit, (BARE, NOTHING)).alone() == ["0"]
    assert drafts((BARE, frozenset({"no author"})), (BARE, NOTHING)).believed() == ["0"]


def test_what_changed_in_most_posts_is_believed_in_none() -> None:
    lost = (HELD, frozenset({"file"}))
    made = drafts(lost, lost, lost, (HELD, NOTHING))
    assert made.believed() == made.alone() == []
    assert made.complaint() == ("files", "3 of 4 posts")
    assert not made.is_hopeless
    assert drafts(*[lost] * HOPELESS).is_hopeless
    assert drafts(lost, lost, (HELD, NOTHING)).believed() == ["0", "1"]
    assert drafts(lost, lost, (HELD, frozenset({"title"})), (HELD, frozenset({"title"}))).believed() != []


def test_who_was_told_nothing_of_a_field_cannot_vouch_for_it() -> None:
    made = drafts((HELD, frozenset({"author"})))
    made.see(HELD, NOTHING, untold=frozenset({"author"}))
    assert made.believed() == []


def test_a_post_whose_row_was_not_read_does_not_vouch_with_what_is_held(tmp_path: Path) -> None:
    """Neither list nor view shows authors any more; tonight only page 1 of the list is read, and every article."""
    with world(tmp_path, "gnuboard5", posts=16, page_size=4) as day:
        assert day.sync().outcome == "ok"
        before, answer = content(day.db), day.site.answer

        def without_authors(route: Route) -> Answer:
            whole = answer(route)
            if route.kind == "attachment":
                return whole
            bare = whole.body.replace("작성자".encode(), b"").replace("글쓴이".encode(), b"")
            return replace(whole, body=bare.replace(b"sv_", b"who_"))

        day.site.answer = without_authors  # type: ignore[method-assign]
        day.board.clock.advance(timedelta(days=1))
        run = day.sync(Options(recheck=timedelta(hours=1)))
        assert (run.outcome, run.counts.revised) == ("layout", 0), run.message
        assert content(day.db) == before


def test_an_edit_on_a_quiet_night_is_believed_and_costs_little(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        young = day.board.post(body="처음 글")
        day.board.clock.advance(timedelta(hours=1))
        day.sync()
        day.board.edit(young, body="고친 글")
        day.board.clock.advance(timedelta(days=1))
        run = day.sync()
        assert (run.outcome, run.counts.revised) == ("ok", 1)
        assert day.asked()["article"] <= run.counts.due + CONTROLS


@pytest.mark.parametrize("confirm", [False, True])
def test_a_change_of_all_is_an_alarm_until_somebody_confirms(confirm: bool, tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        day.sync()
        before = content(day.db)
        for post in day.board.posts():
            day.board.edit(post.id, body="모두 같은 글로 바뀌었다.")
        day.board.clock.advance(timedelta(days=1))
        run = day.sync(Options(recheck=timedelta(0), confirm=confirm))
        if confirm:
            assert (run.outcome, run.counts.revised) == ("ok", sum(post["version"] for post in day.rows(
                "SELECT 1 AS version FROM posts WHERE version")))  # fmt: skip
            return
        assert (run.outcome, run.exit_code) == ("layout", 4)
        assert "--confirm" in (run.message or "")
        assert content(day.db) == before
        assert len(day.rows("SELECT 1 FROM captures WHERE outcome = 'layout'")) == HOPELESS
        assert day.rows("SELECT 1 FROM captures WHERE outcome IS NULL") == []
