"""What the verbs do to a board's memory, and the two nights."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.fakeboard import FakeBoard, FakeClock, play_night
from scraper.fakeboard.content import write_author, write_body, write_title
from scraper.fakeboard.skins.cp949 import cut_bytes, encode
from scraper.models import KST

SKINS = ("legacy", "gnuboard5", "rhymix")
KEYS = ["idx", "title", "author", "date", "hits", "body", "files", "files_refused", "notice", "secret"]


def make(skin="legacy", posts=90, **options):
    return FakeBoard("opinion", skin, posts, clock=FakeClock(datetime(2021, 11, 29, 5, 0, tzinfo=UTC)), **options)


@pytest.mark.parametrize("skin", SKINS)
def test_seeded_board_has_what_boards_have(skin):
    board = make(skin)
    truth = board.truth()
    assert json.loads(json.dumps(truth)) == truth and all(list(post) == KEYS for post in truth)
    assert len(truth) == len({post["idx"] for post in truth}) == 90
    assert sum(post["notice"] for post in truth) == 2
    assert sum(post["secret"] for post in truth) == (0 if skin == "legacy" else 2)
    files = [item for post in truth for item in post["files"]]
    assert len(files) >= 10 and any(item["sha256"].startswith("e3b0c44298fc1c14") for item in files)
    twice = [post for post in truth if len({item["name"] for item in post["files"]}) < len(post["files"])]
    assert any(len({item["sha256"] for item in post["files"]}) == len(post["files"]) for post in twice)
    assert any(item.look == "inline" for post in board.posts() for item in post.files)
    years = {post["date"][:4] for post in truth}
    assert len(years) >= 4 and max(post["date"] for post in truth) == "2021-11-29"
    assert any(" " in post["author"] for post in truth) and all(len(post["author"]) <= 15 for post in truth)


def test_ids_have_gaps():
    ids = sorted(make("gnuboard5").ids())
    assert ids[-1] > len(ids)


@pytest.mark.parametrize(("skin", "on_top"), [("legacy", False), ("rhymix", False), ("gnuboard5", True)])
def test_back_dated_post_stands_where_the_engine_puts_it(skin, on_top):
    board = make(skin)
    post_id = board.back_date(400)
    place = board.ids().index(post_id)
    assert post_id == max(board.ids()) and board.find(post_id).at.strftime("%Y-%m-%d") == "2020-10-25"
    assert (place == 0) == on_top
    if not on_top:
        assert board.posts()[place - 1].at >= board.find(post_id).at >= board.posts()[place + 1].at
    low = board.back_date(400, in_place=True)
    assert board.ids().index(low) > 5


def test_legacy_knows_no_secrets():
    with pytest.raises(ValueError, match="no secret"):
        make(posts=0).post(secret=True)


def test_edit_changes_only_what_is_given():
    board = make()
    post_id = board.ids()[7]
    before = dict(board.truth()[7])
    board.edit(post_id, title="새 제목")
    assert board.truth()[7] == before | {"title": "새 제목"}
    board.edit(post_id, body="새 본문", author="노다온")
    assert board.truth()[7] == before | {"title": "새 제목", "body": "새 본문", "author": "노다온"}


def test_deleted_ids_never_come_back():
    board = make(posts=5)
    top = board.ids()[0]
    assert board.delete(top) == top
    with pytest.raises(KeyError):
        board.find(top)
    assert board.get(top) is None and board.post() > top and len(board.ids()) == 5


def test_pin_renumber_and_hits():
    board = make(posts=12)
    post_id = board.ordinary()[3].id
    board.pin(post_id)
    assert board.find(post_id).notice and post_id in [post.id for post in board.notices()]
    board.unpin(post_id)
    assert not board.find(post_id).notice
    before = {post["idx"]: post["hits"] for post in board.truth()}
    board.raise_hits(by=2)
    board.raise_hits(post_id, 5)
    assert {post["idx"]: post["hits"] - before[post["idx"]] for post in board.truth()} == {
        key: 7 if key == post_id else 2 for key in before
    }


@pytest.mark.parametrize("skin", SKINS)
def test_renumbered_rows_keep_their_ids(start, client, skin):
    world = start(skin)
    ids = world.board.ids()
    world.board.renumber(7)
    page = client.get(world.url).body.decode("cp949" if skin == "legacy" else "utf-8", "replace")
    shown = {"legacy": "<td>95</td>", "gnuboard5": "\n95 </td>", "rhymix": '<td class="no">95</td>'}[skin]
    assert shown in page and world.board.ids() == ids


@pytest.mark.parametrize("skin", SKINS)
def test_files_are_swapped_lost_and_removed(skin):
    board = make(skin, 0)
    post_id = board.post(files=[("자료.pdf", b"one"), ("표.hwp", b"two")])
    names = [(item.id, item.name) for item in board.find(post_id).files]
    board.swap_file(post_id, 0, b"three")
    swapped = board.find(post_id).files[0]
    assert (swapped.name, swapped.content) == ("자료.pdf", b"three")
    assert (swapped.id == names[0][0]) == (skin != "rhymix")
    board.lose_file(post_id, 1)
    truth = board.truth()[0]
    assert [item["name"] for item in truth["files"]] == ["자료.pdf"] and truth["files_refused"] == ["표.hwp"]
    board.remove_file(post_id, 0)
    assert board.truth()[0]["files"] == []


def test_reply_stands_below_its_thread():
    board = make(posts=0)
    first, second = board.post(), board.post()
    one, two = board.post(reply_to=first), board.post(reply_to=first)
    assert board.ids() == [second, first, one, two]


@pytest.mark.parametrize("skin", SKINS)
def test_two_nights(skin):
    board = make(skin)
    before = {post["idx"]: post for post in board.truth()}
    first = play_night(board, 1)
    verbs = [change.verb for change in first]
    once = ["back_date", "edit", "delete", "swap_file"] + (["comment"] if skin != "legacy" else [])
    assert verbs.count("post") == 4 and verbs.count("raise_hits") >= 5 and all(verbs.count(verb) == 1 for verb in once)
    after = {post["idx"]: post for post in board.truth()}
    changed = {verb: {change.id for change in first if change.verb == verb} for verb in set(verbs)}
    assert after.keys() - before.keys() == changed["post"] | changed["back_date"]
    assert before.keys() - after.keys() == changed["delete"]
    both = before.keys() & after.keys()
    assert {key for key in both if before[key]["body"] != after[key]["body"]} == changed["edit"]
    assert {key for key in both if before[key]["files"] != after[key]["files"]} == changed["swap_file"]
    assert {key for key in both if before[key]["hits"] != after[key]["hits"]} == changed["raise_hits"] & both
    assert sum(bool(after[key]["files"]) for key in changed["post"]) == 1
    assert board.clock.now().astimezone(KST) == datetime(2021, 11, 30, 3, 0, tzinfo=KST)
    second = play_night(board, 2)
    verbs = [change.verb for change in second]
    assert verbs.count("post") == 3 and all(verbs.count(verb) == 1 for verb in ("edit", "delete", "pin"))
    final = {post["idx"]: post for post in board.truth()}
    edited = next(change.id for change in second if change.verb == "edit")
    assert final[edited]["title"] != after[edited]["title"] and sum(post["notice"] for post in final.values()) == 3
    assert board.clock.now().astimezone(KST) == datetime(2021, 12, 1, 3, 0, tzinfo=KST)


def test_nights_are_the_same_for_the_same_seed():
    boards = [make("rhymix"), make("rhymix")]
    assert play_night(boards[0], 1) == play_night(boards[1], 1)
    assert boards[0].truth() == boards[1].truth()


def test_a_tiny_board_survives_its_nights():
    board = make(posts=1)
    for n in (1, 2, 3):
        play_night(board, n)
    assert len(board.ids()) >= 5


def test_clock_moves_forward_only():
    clock = FakeClock(datetime(2021, 11, 29, 14, 0, tzinfo=KST))
    assert clock.now() == datetime(2021, 11, 29, 5, 0, tzinfo=UTC) and clock.now().tzinfo is UTC
    assert clock.advance(timedelta(hours=1)) == clock.now() == datetime(2021, 11, 29, 6, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="aware"):
        FakeClock(datetime(2021, 11, 29))


@given(st.text("가나 abc…똠뷁펲", max_size=60), st.integers(min_value=1, max_value=80))
def test_cutting_by_bytes_keeps_a_prefix(title, limit):
    whole = title.encode("cp949", "replace")
    cut = cut_bytes(title, limit)
    if len(whole) <= limit:
        assert cut == title
    else:
        assert cut.endswith("...")
        assert cut[:-3].encode("cp949", "surrogateescape") == whole[:limit]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=60))
def test_every_text_has_cp949_bytes(value):
    read = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), encode(value).decode("cp949"))
    assert read == re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), value)


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_grammar_fits_cp949_titles_and_short_authors(rng):
    assert write_title(rng).encode("cp949")
    assert 0 < len(write_author(rng)) <= 15
    body = write_body(rng)
    assert body.strip() == body and "〔" not in body
