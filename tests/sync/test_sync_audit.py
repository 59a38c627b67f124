"""The balance sheet: what the board's total says of what is held, and what a difference is called."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sync_world import World, world

from scraper.archive import open_archive
from scraper.fakeboard import Fault, play_night
from scraper.fakeboard.exchange import Answer
from scraper.models import Balance, Tally
from scraper.sync.audit import LISTED, Reach, audit_board, complaint, draw_up, still_counted, years_of
from scraper.sync.options import Options

DAY = timedelta(days=1)
WALKED = Reach(walked=True)
WHOLE = Reach(walked=True, settled=True)


def tally(total: int | None, live: int = 0, notices: int = 0, **posts: int) -> Tally:
    return Tally(total, {"live": live, **posts}, {"live": notices})  # type: ignore[dict-item]


def drawn(found: Tally, reach: Reach = WHOLE, *, counts: bool = True, before: Balance | None = None) -> Balance:
    return draw_up(found, reach, counts_notices=counts, before=before)


@pytest.mark.parametrize(
    ("found", "counts", "in_place", "verdict", "difference", "notices"),
    [
        (tally(10, 10), True, 0, "balanced", 0, 0),
        (tally(10, 5, blocked=3, unread=2, missing=4, gone=9), True, 0, "balanced", 0, 0),
        (tally(10, 9, redacted=1), True, 0, "balanced", 0, 0),
        (tally(10, 10, notices=2), True, 0, "balanced", 0, 0),
        (tally(10, 12, notices=2), True, 0, "unbalanced", -2, 0),
        (tally(10, 12, notices=2), False, 0, "balanced", 0, 2),
        (tally(12, 12, notices=2), False, 0, "balanced", 0, 0),  # it counts them after all
        (tally(10, 10, notices=2), False, 2, "balanced", 0, 0),  # they stand among the rows as well
        (tally(9, 10, notices=2), False, 1, "balanced", 0, 1),
        (tally(12, 10), True, 0, "unbalanced", 2, 0),
        (tally(10, 12), True, 0, "unbalanced", -2, 0),
        (tally(None, 12), True, 0, "unknown", None, 0),
        (tally(0), True, 0, "balanced", 0, 0),
    ],
)
def test_the_sheet(
    found: Tally, counts: bool, in_place: int, verdict: str, difference: int | None, notices: int
) -> None:
    sheet = drawn(found, Reach(walked=True, settled=True, in_place=in_place), counts=counts)
    assert (sheet.verdict, sheet.difference, sheet.notices) == (verdict, difference, notices)


@pytest.mark.parametrize(("counts", "begins"), [(False, True), (True, False), (True, True), (False, False)])
def test_a_new_face_may_count_notices_or_count_them_no_more(counts: bool, begins: bool) -> None:
    """Whatever the new layout says of it; on the night after the repair, and then for good."""
    total = 12 if begins else 10
    before = drawn(tally(10 if begins else 12, 12, notices=2), counts=not begins)
    assert before.verdict == "balanced"
    relaid = replace(WHOLE, relaid=True)
    sheet = drawn(tally(total, 12, notices=2), relaid, counts=counts, before=before)
    assert (sheet.verdict, sheet.notices) == ("balanced", 0 if begins else 2)
    later = drawn(tally(total + 1, 13, notices=2), counts=counts, before=sheet)
    assert (later.verdict, later.notices) == ("balanced", sheet.notices)
    lost = drawn(tally(total + 1, 12, notices=2), counts=counts, before=sheet)
    assert lost.verdict == "unbalanced"
    if begins is not counts:
        assert drawn(tally(total, 12, notices=2), counts=counts, before=before).verdict == "unbalanced", "no other face"


@pytest.mark.parametrize(
    ("reach", "total", "verdict", "tail"),
    [
        (Reach(walked=False), 30, "unfinished", 20),
        (Reach(walked=False), 9, "unfinished", 0),  # one was deleted meanwhile: nothing can be said yet
        (Reach(walked=True, cut=True), 30, "unfinished", 20),
        (Reach(walked=True, cut=True), 10, "balanced", 0),
        (Reach(walked=True, cut=True), 8, "unfinished", 0),
        (WALKED, 30, "unsettled", 0),
        (Reach(walked=True, settled=True, judged=False), 30, "unsettled", 0),
    ],
)
def test_only_a_whole_list_is_judged(reach: Reach, total: int, verdict: str, tail: int) -> None:
    sheet = drawn(tally(total, 10), reach)
    assert (sheet.verdict, sheet.tail) == (verdict, tail)


def test_lines_that_open_no_post_explain_what_they_can() -> None:
    reach = Reach(walked=True, settled=True, lines=("삭제된 글", "광고"))
    assert (drawn(tally(12, 10), reach).unparseable, drawn(tally(12, 10), reach).verdict) == (2, "balanced")
    assert (drawn(tally(10, 10), reach).unparseable, drawn(tally(10, 10), reach).verdict) == (0, "balanced")
    assert (drawn(tally(13, 10), reach).difference, drawn(tally(13, 10), reach).verdict) == (1, "unbalanced")


def test_what_was_found_unbalanced_stays_so_without_another_walk() -> None:
    before = drawn(tally(12, 10))
    assert drawn(tally(12, 10), WALKED, before=before).verdict == "unbalanced"
    assert drawn(tally(13, 10), WALKED, before=before).verdict == "unsettled"
    assert drawn(tally(10, 10), WALKED, before=before).verdict == "balanced"


def test_a_total_that_left_notices_out_does_not_take_them_in_to_hide_a_loss() -> None:
    before = drawn(tally(10, 12, notices=2), counts=False)
    assert drawn(tally(12, 12, notices=2), counts=False).verdict == "balanced"
    assert drawn(tally(12, 12, notices=2), counts=False, before=before).difference == 2


def test_a_total_that_is_printed_for_the_first_time_may_count_notices() -> None:
    before = drawn(tally(None, 12, notices=2), counts=False)
    assert drawn(tally(12, 12, notices=2), counts=False, before=before).verdict == "balanced"
    assert drawn(tally(10, 12, notices=2), counts=False, before=before).verdict == "balanced"


def test_a_difference_is_accepted_by_somebody_who_looked() -> None:
    accept = Reach(walked=True, settled=True, accept=True)
    before = drawn(tally(12, 10), accept)
    assert (before.verdict, before.accepted, before.difference) == ("balanced", 2, 0)
    assert drawn(tally(13, 11), before=before).verdict == "balanced"
    assert drawn(tally(14, 11), before=before).difference == 1
    assert drawn(tally(11, 11), before=before).accepted == 0, "nothing is left to accept"
    assert drawn(tally(12, 10), Reach(walked=True, accept=True)).accepted == 0, "not without seeing the whole list"


def test_a_total_that_did_not_fall_with_the_posts_counts_them_still() -> None:
    def missed(total: int, *keys: str, lines: int = 0, before: Balance | None = None) -> Balance:
        texts = tuple(f"{number}번째 줄" for number in range(lines))
        return drawn(tally(total, 20), Reach(walked=True, settled=True, unlisted=keys, lines=texts), before=before)

    assert still_counted(missed(17, *"abc"), None) == 0
    assert still_counted(missed(20, *"abc"), None) == 3
    assert still_counted(missed(19, *"abc"), None) == 2
    assert still_counted(missed(16, *"abc"), None) == 0, "others, seen on this walk, left since"
    assert still_counted(missed(20, *"abc", lines=3), None) == 3, "their rows are lines that open nothing now"
    usual = missed(22)
    assert still_counted(missed(21, "a", before=usual), usual) == 0, "it has always counted two more"
    assert still_counted(missed(22, "a", before=usual), usual) == 1
    for held in (missed(20, *"abc"), missed(20, *"abc", lines=3)):
        assert still_counted(missed(20, *"abc", before=held), held) == 3, "what is held stays so the next night"
    accepted = replace(usual, accepted=2, difference=0, verdict="balanced")
    assert still_counted(missed(21, "a", before=accepted), accepted) == 0
    unsettled = replace(usual, verdict="unsettled")
    assert still_counted(missed(22, "a", before=unsettled), unsettled) == 3, "no walk has judged that"


@given(
    total=st.none() | st.integers(0, 60),
    posts=st.dictionaries(st.sampled_from([*LISTED, "missing", "gone"]), st.integers(0, 20)),
    notices=st.integers(0, 5),
    reach=st.builds(
        Reach,
        walked=st.booleans(),
        cut=st.booleans(),
        settled=st.booleans(),
        judged=st.booleans(),
        unlisted=st.lists(st.text("123", min_size=1), unique=True, max_size=3).map(tuple),
        lines=st.lists(st.text("가나", min_size=1), unique=True, max_size=3).map(tuple),
        in_place=st.integers(0, 3),
        accept=st.booleans(),
    ),
    counts=st.booleans(),
)
def test_the_sheet_always_adds_up(
    total: int | None, posts: dict[Any, int], notices: int, reach: Reach, counts: bool
) -> None:
    found = Tally(total, {"live": 5, **posts}, {"live": min(notices, posts.get("live", 5))})
    sheet = drawn(found, reach, counts=counts)
    if total is None:
        assert sheet.difference is None
        return
    assert sheet.difference is not None
    told = sheet.held + sheet.unread + sheet.blocked - sheet.notices - len(sheet.unlisted)
    assert total == told + sheet.unparseable + sheet.tail + sheet.accepted + sheet.difference
    assert min(sheet.tail, sheet.unparseable, sheet.notices) >= 0
    assert (sheet.verdict == "balanced") <= (sheet.difference == 0)
    assert (sheet.verdict == "unbalanced") <= (reach.walked and not reach.cut and reach.judged)


def test_the_complaint_says_which_way() -> None:
    assert "counts 2 posts that its list does not show" in complaint("opinion", drawn(tally(12, 10)))
    assert "its list shows a post more than it counts" in complaint("opinion", drawn(tally(9, 10)))


def test_years_without_posts_are_told_from_years_that_were_not_reached() -> None:
    def year(number: int | None, listed: int, unread: int = 0) -> dict[str, Any]:
        counts = {"listed": listed, "held": listed - unread, "unread": unread, "blocked": 0, "disappeared": 0}
        return {"year": number, **counts}

    found = [year(2026, 9, unread=2), year(2025, 4), year(2022, 3), year(None, 1)]
    told = {row["year"]: row["coverage"] for row in years_of(found, walked=True)}
    assert told == {
        2026: "part", 2025: "whole", 2024: "nothing posted", 2023: "nothing posted", 2022: "whole", None: "whole",
    }  # fmt: skip
    assert [row["coverage"] for row in years_of(found, walked=False)][-2:] == ["part", "part"]
    assert years_of([], walked=True) == []


def audit(day: World) -> dict[str, Any]:
    with open_archive(day.db, write=False) as archive:
        found: dict[str, Any] = json.loads(json.dumps(audit_board(archive, archive.find_boards()[0])))
    return found


def lying(day: World, by: int) -> None:
    """From now on the board's total is higher by so many than what it shows."""
    answer = day.site.answer
    sign = re.compile("(전체 )([0-9]+)]".encode("cp949"))

    def changed(route: Any) -> Answer:
        page = answer(route)
        body = sign.sub(lambda found: found[1] + b"%d]" % (int(found[2]) + by), page.body)
        return Answer(page.status, body, page.content_type, page.headers)

    day.site.answer = changed  # type: ignore[method-assign]


def hiding(day: World, post_ids: list[int]) -> None:
    """From now on the list shows other rows than these; its total is as it was."""
    answer = day.site.answer
    keys = b"|".join(b"%d" % post_id for post_id in post_ids)
    row = re.compile(rb"<tr\b(?:(?!</tr>).)*?idx=(?:%s)\b.*?</tr>" % keys, re.DOTALL | re.IGNORECASE)

    def changed(route: Any) -> Answer:
        page = answer(route)
        return replace(page, body=row.sub(b"", page.body)) if route.kind == "listing" else page

    day.site.answer = changed  # type: ignore[method-assign]


@pytest.mark.parametrize("skin", ["legacy", "gnuboard5", "rhymix", "kboard", "ndsoft", "sub_read"])
def test_a_whole_board_balances_night_after_night(skin: str, tmp_path: Path) -> None:
    with world(tmp_path, skin, posts=24) as day:
        for night in range(3):
            run = day.sync()
            assert run.balance is not None
            assert run.balance.verdict == ("unknown" if run.total is None else "balanced"), run.balance
            kept = day.rows("SELECT * FROM board_balance")[0]
            assert (kept["verdict"], kept["tail"], kept["unparseable"]) == (run.balance.verdict, 0, 0)
            assert kept["difference"] == (None if kept["declared_total"] is None else 0)
            play_night(day.board, night + 1)
        found = audit(day)
        live = len(day.rows("SELECT 1 FROM posts WHERE state = 'live'"))
        assert sum(year["listed"] for year in found["years"]) == live + len(found["refused"])


def test_a_total_that_counts_what_nobody_sees(tmp_path: Path) -> None:
    """It is said every night at the cost of no walk, until somebody accepts it; then the next difference is said."""
    with world(tmp_path, "legacy", posts=24) as day:
        lying(day, 3)
        run = day.sync()
        assert (run.outcome, run.exit_code) == ("unbalanced", 9)
        assert run.message is not None
        assert "it counts 3 posts that its list does not show" in run.message
        day.board.clock.advance(DAY)
        run = day.sync()
        assert run.outcome == "unbalanced"
        assert audit(day)["difference"] == 3
        day.board.clock.advance(DAY)
        assert day.sync(Options(confirm=True)).exit_code == 0
        assert (audit(day)["accepted"], audit(day)["verdict"]) == (3, "balanced")
        day.board.clock.advance(DAY)
        day.board.post(title="새 글")
        assert day.sync().exit_code == 0


def test_a_difference_that_stays_is_settled_by_a_walk(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=24) as day:
        assert day.sync().exit_code == 0
        lying(day, 2)
        told = []
        for _ in range(4):
            day.board.clock.advance(DAY)
            run = day.sync()
            assert run.balance is not None
            told.append((run.balance.verdict, run.balance.difference, run.exit_code))
        assert told == [("unsettled", 2, 0), ("unsettled", 2, 0), ("unbalanced", 2, 9), ("unbalanced", 2, 9)]
        assert day.asked()["listing"] == 1, "what a walk has judged is said again at no cost"


def test_a_stretch_of_time_is_never_judged(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=24) as day:
        lying(day, 3)
        run = day.sync(Options(since=date(2000, 1, 1)))
        assert run.exit_code == 0
        assert run.balance is not None
        assert run.balance.verdict == "unsettled"


def test_a_board_that_is_cut_short_has_a_tail_and_no_fault(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=45) as day:
        day.site.faults = lambda method, path: Fault("reset") if "page=3" in path else None
        run = day.sync()
        assert run.outcome == "unreachable"
        assert run.balance is not None
        assert (run.balance.verdict, run.balance.difference) == ("unfinished", 0)
        assert run.balance.tail == len(day.board.ids()) - len(day.rows("SELECT 1 FROM posts"))
        found = audit(day)
        assert (found["tail"], found["verdict"]) == (run.balance.tail, "unfinished")
        assert len(found["never_read"]) == len(day.rows("SELECT 1 FROM posts"))
        assert {year["coverage"] for year in found["years"]} <= {"part", "nothing posted"}
        day.site.faults = None
        run = day.sync()
        assert run.balance is not None
        assert (run.exit_code, run.balance.verdict, run.balance.tail) == (0, "balanced", 0)
        assert audit(day)["never_read"] == []


def test_held_posts_that_are_no_longer_listed_are_named(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=24) as day:
        day.sync()
        victims = [post.id for post in day.board.posts() if not post.notice][3:12]
        for post_id in victims:
            day.board.delete(post_id)
        run = day.sync(Options(whole=True))
        assert run.outcome == "held"
        assert sorted(int(post["key"]) for post in audit(day)["unlisted"]) == sorted(victims)
        day.sync(Options(confirm=True))
        assert (audit(day)["unlisted"], audit(day)["verdict"]) == ([], "balanced")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("skin", ["legacy", "gnuboard5"])
def test_posts_vanish_together_with_their_share_of_the_total(skin: str, count: int, tmp_path: Path) -> None:
    """However many notices are pinned, and whether the total counts them."""
    with world(tmp_path, skin, posts=80) as day:
        for post in [post for post in day.board.posts() if not post.notice][:4]:
            day.board.pin(post.id)
        assert day.sync().exit_code == 0
        victims = [post.id for post in day.board.posts() if not post.notice][20 : 20 + count]
        for post_id in victims:
            day.board.delete(post_id)
        day.board.clock.advance(DAY)
        assert day.sync(Options(whole=True)).exit_code == 0
        assert {day.state(post_id) for post_id in victims} == {"missing"}


@pytest.mark.parametrize("count", [1, 3])
def test_posts_that_the_board_still_counts_have_not_vanished(count: int, tmp_path: Path) -> None:
    """They slid past the walk, or their rows look otherwise now: the next walk finds them, or somebody confirms it."""
    with world(tmp_path, "legacy", posts=80) as day:
        day.sync()
        victims = [post.id for post in day.board.posts() if not post.notice][20 : 20 + count]
        honest = day.site.answer
        hiding(day, victims)
        for _ in range(2):
            day.board.clock.advance(DAY)
            run = day.sync(Options(whole=True))
            assert (run.outcome, run.exit_code) == ("held", 9)
            assert f"the board still counts {count} more than it lists" in (run.message or "")
        day.site.answer = honest  # type: ignore[method-assign]
        day.board.clock.advance(DAY)
        assert day.sync().exit_code == 0, "no command is needed"
        assert not day.rows("SELECT 1 FROM posts WHERE state IN ('missing', 'gone')")


def test_a_total_that_left_together_with_posts_is_held_until_it_is_accepted(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=80) as day:
        day.sync()
        answer = day.site.answer
        sign = re.compile(r"\[[^\]]*전체 [0-9]+\]".encode("cp949"))
        day.site.answer = lambda route: replace(answer(route), body=sign.sub(b"", answer(route).body))  # type: ignore[method-assign]
        victims = [post.id for post in day.board.posts() if not post.notice][20:22]
        day.board.delete(victims[0])
        day.board.clock.advance(DAY)
        run = day.sync(Options(whole=True))
        assert (run.outcome, run.exit_code) == ("held", 9)
        assert "and neither is the board's total" in (run.message or "")
        day.board.clock.advance(DAY)
        assert day.sync(Options(confirm=True)).exit_code == 0
        assert day.state(victims[0]) == "missing"
        day.board.delete(victims[1])
        day.board.clock.advance(DAY)
        assert day.sync(Options(whole=True)).exit_code == 0, "the board is known to print no total"
        assert day.state(victims[1]) == "missing"


def test_a_listed_post_that_cannot_be_read_is_named_with_its_reason(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=12) as day:
        bad = [post.id for post in day.board.posts() if not (post.notice or post.secret)][-2]
        day.site.faults = lambda method, path: Fault("status:500") if path.endswith(f"wr_id={bad}") else None
        run = day.sync()
        assert (run.exit_code, run.balance and run.balance.verdict) == (3, "balanced")
        (post,) = audit(day)["never_read"]
        assert post["key"] == str(bad)
        assert "500" in post["reason"]


def test_a_post_that_leaves_while_the_list_is_walked_is_no_fault_of_the_board(tmp_path: Path) -> None:
    with world(tmp_path, "gnuboard5", posts=24, page_size=5) as day:
        leaving = next(post.id for post in day.board.ordinary() if not post.secret and post.parent is None)
        asked: list[str] = []

        def leave(method: str, path: str) -> None:
            asked.append(path)
            if sum("&page=" in each and "wr_id" not in each for each in asked) == 2 and leaving in day.board.ids():
                day.board.delete(leaving)

        day.site.faults = leave
        run = day.sync()
        assert leaving not in day.board.ids()
        assert run.balance is not None
        assert (run.outcome, run.balance.verdict) in (("ok", "unsettled"), ("partial", "unsettled")), run.message
        day.site.faults = None
        day.board.clock.advance(DAY)
        day.board.post()
        run = day.sync()
        assert (run.outcome, run.balance and run.balance.verdict) == ("ok", "balanced"), run.message
        assert day.rows("SELECT 1 FROM posts WHERE key = ? AND state IN ('missing', 'gone')", str(leaving))
        day.check()
