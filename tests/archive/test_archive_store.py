"""Saving list pages and posts: what changes, what stays, and what running twice leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from archive_samples import LIST_URL, T0, World, at, board, day, failed, post, row

from scraper.archive import verify
from scraper.errors import FieldError, UnknownBoard
from scraper.models import KST, Counts, Stamp

KEPT = ("posts", "post_versions", "attachments", "attachment_versions", "blobs", "blob_parts")


def whole(world: World) -> None:
    """Every hash, the chain, every blob and the index hold."""
    assert [str(damage) for damage in verify(world.path, full=True)] == []
    world.archive.db.execute("INSERT INTO posts_fts(posts_fts, rank) VALUES ('integrity-check', 0)")


def test_a_listing_makes_unread_posts_and_a_post_makes_a_version(world: World) -> None:
    assert world.list(row("2", 2), row("1", 1), total=2) == []
    known = world.archive.find_known(world.board.id)
    assert [(item.key, item.state, item.version, item.checked_at) for item in known.values()] == [
        ("2", "unread", 0, None),
        ("1", "unread", 0, None),
    ]
    assert world.read(post("1", hits=64)) == ("new", known["1"].id)
    found = world.archive.find_post(None, "1")
    assert found is not None
    expected = {
        "state": "live",
        "version": 1,
        "number": 1,
        "title": "[기고] 제목 1",
        "posted_date": "2021-10-24",
        "posted_at": "2021-10-24T00:00:00+09:00",
        "posted_precision": "day",
        "posted_raw": "2021.10.24",
        "hits": 64,
        "body_text": "지역사회보장협의체가 1번 글을 실었다.",
        "search_terms": None,
        "board": "opinion",
    }
    assert {name: found[name] for name in expected} == expected
    (version,) = world.archive.find_versions(found["id"])
    assert version["cause"] == "source"
    assert version["fields_from_listing"] == ["author"]
    assert version["content_sha256"] == found["content_sha256"]
    assert [item["hits"] for item in world.archive.find_hits(found["id"])] == [62, 64]
    assert world.archive.find_board("opinion").declared_total == 2
    assert world.archive.find_unread_captures(world.board.id) == []
    whole(world)


def test_running_twice_changes_only_the_clocks_and_hits(world: World) -> None:
    world.list(row("1", 1), total=1)
    file = world.file(b"abc")
    world.read(post("1", files=(file, failed("2", "b.hwp", nonce="&n=1"))))
    before = {name: world.table(name) for name in KEPT}
    skins = len([blob for blob in before["blobs"] if blob["size"] > 3])
    known = world.list(row("1", 1, hits=70), total=1)
    assert known[0].hits == 63
    again = post(
        "1",
        hits=71,
        body_html="<p>지역사회보장협의체가 글을 실었다.</p>",
        files=(file, failed("2", "b.hwp", nonce="&n=2")),
    )
    assert world.read(again)[0] == "unchanged"
    after = {name: world.table(name) for name in KEPT}
    clocks = {"hits", "last_seen_at", "checked_at", "row_sha256"}
    assert [{k: v for k, v in item.items() if k not in clocks} for item in before["posts"]] == [
        {k: v for k, v in item.items() if k not in clocks} for item in after["posts"]
    ]
    assert after["posts"][0]["hits"] == 71
    for name in ("post_versions", "attachments", "attachment_versions"):
        assert before[name] == after[name]
    assert len(after["blobs"]) == len(before["blobs"]) + 2 and skins == 2
    whole(world)


def test_nonces_in_markup_change_nothing_but_markup_is_kept_up_to_date(world: World) -> None:
    world.read(post("1", body_html='<p><a href="/d?n=1">글</a></p>'))
    first = world.table("posts")[0]["body_html"]
    world.read(post("1", body_html='<p><a href="/d?n=2">글</a></p>'))
    assert world.table("posts")[0]["body_html"] == first
    assert world.read(post("1", body_html='<p><b><a href="/d?n=3">글</a></b></p>'))[0] == "unchanged"
    assert world.table("posts")[0]["body_html"] == '<p><b><a href="/d?n=3">글</a></b></p>'
    whole(world)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "다른 제목"},
        {"author": None},
        {"posted": day("2021-10-25")},
        {"posted": None},
        {"category": "사설"},
        {"body_text": "다른 글"},
        {"body_text": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_change_of_content_is_a_new_version(world: World, change: dict[str, object]) -> None:
    world.read(post("1"))
    outcome, post_id = world.read(post("1", **change))
    assert outcome == "revised"
    versions = world.archive.find_versions(post_id)
    assert [item["version"] for item in versions] == [1, 2]
    assert versions[0]["title"] == "[기고] 제목 1"
    (edit,) = world.table("edits")
    name = {"title": "title", "author": "author", "posted": "date", "category": "category", "body_text": "body"}
    assert edit[name[next(iter(change))] + "_changed"] == 1
    assert sum(value for column, value in edit.items() if column.endswith("_changed")) == 1
    whole(world)


def test_hits_number_and_address_are_no_content(world: World) -> None:
    world.read(post("1"))
    assert world.read(post("1", hits=900, number=77, url="http://news.example/other"))[0] == "unchanged"


def test_a_replaced_file_is_a_new_version_and_the_old_one_stays(world: World) -> None:
    world.read(post("1", files=(world.file(b"one"),)))
    assert world.read(post("1", files=(world.file(b"two"),)))[0] == "revised"
    assert len(world.table("attachments")) == 1
    versions = world.table("attachment_versions")
    assert [b"".join(world.archive.read_blob(item["blob_sha256"])) for item in versions] == [b"one", b"two"]
    assert world.table("edits")[0]["files_changed"] == 1
    whole(world)


def test_a_file_that_only_a_script_finds_is_a_failure_of_its_post(world: World) -> None:
    file = failed("1", "a.txt")
    world.read(post("1", files=(replace(file, attachment=replace(file.attachment, ask=None)),)))
    (kept,) = world.table("attachments")
    assert (kept["state"], kept["name"], kept["url"]) == ("failed", "a.txt", "")
    (failure,) = world.archive.find_failures(world.board.id)
    assert failure["url"] == world.table("posts")[0]["url"]
    whole(world)


def test_a_failed_download_keeps_the_stored_file_and_is_a_failure_until_it_works(world: World) -> None:
    file = world.file(b"one")
    world.read(post("1", files=(file,)))
    assert world.read(post("1", files=(failed("1", "a.txt"),)))[0] == "unchanged"
    (kept,) = world.table("attachments")
    assert (kept["state"], kept["blob_sha256"]) == ("stored", file.blob_sha256)
    world.read(post("1", files=(failed("1", "a.txt"),)))
    (failure,) = world.archive.find_failures(world.board.id)
    assert (failure["kind"], failure["tries"], failure["attachment_key"], failure["reason"]) == (
        "attachment",
        2,
        "1",
        "HTTP 403",
    )
    world.read(post("1", files=(file,)))
    assert world.archive.find_failures() == []
    assert len(world.archive.find_failures(open_only=False)) == 1
    whole(world)


def test_a_file_no_longer_offered_leaves_its_versions_and_bytes(world: World) -> None:
    file = world.file(b"one")
    world.read(post("1", files=(file, failed("2", "b.hwp"))))
    assert world.read(post("1"))[0] == "revised"
    assert world.table("attachments") == []
    assert [item["blob_sha256"] for item in world.table("attachment_versions")] == [file.blob_sha256]
    assert world.archive.find_failures() == []
    assert world.read(post("1", files=(file,)))[0] == "revised"
    assert [item["state"] for item in world.table("attachments")] == ["stored"]
    assert [item["version"] for item in world.table("attachment_versions")] == [1, 2]
    whole(world)


def test_a_list_row_never_overwrites_what_the_article_said(world: World) -> None:
    world.list(row("1", 1, title="[기고] 제…", title_cut=True, author=None))
    world.list(row("1", 1, title="[기고] 제목…", title_cut=True, author=None))
    assert world.table("posts")[0]["title"] == "[기고] 제목…"
    world.read(post("1", title="[기고] 제목 전체"))
    known = world.list(row("1", 2, title="[기고] 제…", title_cut=True, is_notice=True, is_secret=True))
    assert (known[0].title, known[0].number, known[0].is_notice) == ("[기고] 제목 전체", 1, False)
    (kept,) = world.table("posts")
    assert (kept["title"], kept["author"], kept["number"]) == ("[기고] 제목 전체", "김가상", 2)
    assert (kept["is_notice"], kept["is_secret"], kept["state"]) == (1, 1, "live")
    whole(world)


def test_a_row_without_number_or_hits_keeps_what_is_known(world: World) -> None:
    world.list(row("1", 5))
    world.list(row("1", None, hits=None, is_notice=True))
    assert [(item["number"], item["hits"]) for item in world.table("posts")] == [(5, 62)]
    assert len(world.table("post_hits")) == 1


@pytest.mark.parametrize("pinned_first", [True, False])
def test_a_post_that_is_pinned_and_in_its_place_is_one_post(world: World, pinned_first: bool) -> None:
    twins = (row("1", None, hits=None, is_notice=True), row("1", 7, hits=8))
    world.list(*(twins if pinned_first else twins[::-1]))
    assert [(item["number"], item["hits"], item["is_notice"]) for item in world.table("posts")] == [(7, 8, 1)]
    world.list(row("1", 7))
    assert world.table("posts")[0]["is_notice"] == 0


def test_an_older_page_read_late_moves_nothing_back(world: World) -> None:
    world.list(row("1", 5, hits=90), total=5, seen_at=at(100))
    world.list(row("1", 4, hits=10), total=4, seen_at=at(50))
    (kept,) = world.table("posts")
    assert (kept["number"], kept["hits"], kept["last_seen_at"]) == (5, 90, "2026-11-03T03:50:00.000000Z")
    assert world.archive.find_board("opinion").declared_total == 5
    world.read(post("1", title="새 제목"), seen_at=at(120))
    assert world.read(post("1", title="옛 제목"), seen_at=at(110))[0] == "unchanged"
    assert world.table("posts")[0]["title"] == "새 제목"
    assert world.table("captures")[-1]["outcome"] == "superseded"


@pytest.mark.parametrize("title", ["[기고] 제목 1", "[기고] 고친 제목"])
def test_hits_of_an_article_seen_before_the_last_list_move_nothing_back(world: World, title: str) -> None:
    world.list(row("1", 1, hits=63), seen_at=at(100))
    world.read(post("1", title=title, hits=62), seen_at=at(90))
    assert [item["hits"] for item in world.table("posts")] == [63]
    assert {item["hits"] for item in world.table("post_hits")} == {62, 63}


def test_a_file_whose_host_is_left_alone_was_not_tried(world: World) -> None:
    """It stays due while those that failed wait longer: many dead files of one host stand in nobody's way."""

    def night(number: int, *, asked: bool) -> tuple[int, str]:
        world.read(post("1", files=[replace(failed("1", "a.hwp"), asked=asked)]), seen_at=at(number * 1440))
        (failure,) = world.table("failures")
        return failure["tries"], failure["last_at"]

    first = night(1, asked=False)
    assert first[0] == 1
    assert night(2, asked=False) == first
    tries, last = night(3, asked=True)
    assert tries == 2
    assert last > first[1]
    assert night(4, asked=False) == (tries, last)


def test_hits_that_only_the_view_tells_are_kept_whenever_it_was_seen(world: World) -> None:
    world.list(row("1", 1, hits=None), seen_at=at(100))
    world.read(post("1", hits=62), seen_at=at(90))
    assert [item["hits"] for item in world.table("posts")] == [62]


def test_absence_takes_two_korean_days_and_a_return_clears_it(world: World) -> None:
    archive, board_id = world.archive, world.board.id
    world.read(post("1"))
    evening = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)  # 23:00 in Korea
    assert archive.save_absence(board_id, "1", evidence="unlisted", at=evening, confirm=True) == "missing"
    assert (
        archive.save_absence(board_id, "1", evidence="refused", at=evening + timedelta(minutes=59), confirm=True)
        == "missing"
    )
    next_day = evening + timedelta(minutes=61)
    assert archive.save_absence(board_id, "1", evidence="refused", at=next_day) == "missing"
    assert archive.save_absence(board_id, "1", evidence="refused", at=next_day) == "missing"
    assert [evidence for _, evidence in archive.find_absences(board_id, "1")] == ["unlisted", "refused", "refused"]
    assert archive.save_absence(board_id, "1", evidence="refused", at=next_day, confirm=True) == "gone"
    assert archive.save_absence(board_id, "1", evidence="refused", at=next_day, confirm=True) == "gone"
    (vanished,) = world.table("disappeared")
    assert (vanished["state"], vanished["gone_at"]) == ("gone", "2026-11-03T15:01:00.000000Z")
    assert world.table("posts")[0]["body_text"] is not None
    world.list(row("1", 1), seen_at=next_day + timedelta(hours=1))
    known = archive.find_known(board_id)["1"]
    assert (known.state, known.missing_at) == ("live", None)
    assert archive.find_absences(board_id, "1") == []
    assert [item["kind"] for item in world.table("events")] == ["missing", "absent", "absent", "gone", "returned"]
    whole(world)


def test_a_page_older_than_the_absence_is_no_return(world: World) -> None:
    world.list(row("1", 1))
    world.archive.save_absence(world.board.id, "1", evidence="refused", at=at(500))
    world.list(row("1", 1), seen_at=at(400))
    assert world.archive.find_known(world.board.id)["1"].state == "missing"
    world.list(row("1", 1), seen_at=at(600))
    assert world.archive.find_known(world.board.id)["1"].state == "unread"


def test_refusals_block_only_what_was_never_read(world: World) -> None:
    archive, board_id = world.archive, world.board.id
    world.list(row("1", 1), row("2", 2))
    world.read(post("1"))
    for key in ("1", "2"):
        capture = world.capture(post_key=key)
        said = {
            "outcome": "secret",
            "reason": "비밀글입니다",
            "url": "http://news.example/",
            "capture_id": capture,
            "at": at(9),
        }
        archive.save_refusal(board_id, key, state="blocked", **said)
        archive.save_refusal(board_id, key, state="blocked", **said)
    known = archive.find_known(board_id)
    assert (known["1"].state, known["1"].is_secret, known["1"].version) == ("live", True, 1)
    assert (known["2"].state, known["2"].is_secret, known["2"].version) == ("blocked", True, 0)
    assert [(item["post_key"], item["tries"]) for item in world.table("failures")] == [("1", 1), ("2", 1)]
    assert archive.find_failures() == []
    assert archive.find_unread_captures(board_id) == []
    world.read(post("2"))
    assert archive.find_known(board_id, ["2"])["2"].state == "live"
    assert [item["post_key"] for item in world.table("failures") if item["resolved_at"] is None] == ["1"]
    said = {"outcome": "gone", "reason": "404", "url": "http://news.example/", "capture_id": None, "at": at(30)}
    archive.save_refusal(board_id, "1", state="missing", **said)
    assert archive.find_known(board_id, ["1"])["1"].state == "missing"
    archive.save_refusal(board_id, "77", state=None, **said)
    assert archive.find_failures()[0]["post_key"] == "77"
    with pytest.raises(FieldError, match="77"):
        archive.save_absence(board_id, "77", evidence="refused", at=at(31))
    whole(world)


def test_a_refusal_brings_no_missing_post_back(world: World) -> None:
    """A view that refuses proves a post, not that the list shows it: the sheet would count one too many."""
    archive, board_id = world.archive, world.board.id
    world.list(row("1", 1), row("2", 2))
    archive.save_absence(board_id, "1", evidence="unlisted", at=at(5))
    said = {"outcome": "secret", "reason": "비밀글입니다", "url": "http://n.example/", "capture_id": None, "at": at(9)}
    archive.save_refusal(board_id, "1", state="blocked", **said)
    known = archive.find_known(board_id)["1"]
    assert (known.state, known.is_secret, known.version) == ("missing", True, 0)
    assert [event["kind"] for event in world.table("events")][-2:] == ["missing", "secret"]
    world.list(row("1", 1), row("2", 2), seen_at=at(600))
    assert archive.find_known(board_id)["1"].state == "unread"
    archive.save_refusal(board_id, "1", state="blocked", **{**said, "at": at(601)})
    assert archive.find_known(board_id)["1"].state == "blocked"
    whole(world)


def test_a_reparse_is_a_version_of_its_own_cause_and_no_look_at_the_source(world: World) -> None:
    world.read(post("1"), seen_at=at(5))
    world.archive.save_absence(world.board.id, "1", evidence="refused", at=at(6))
    before = world.table("posts")[0]
    assert world.read(post("1", files=()), seen_at=at(5), cause="reparse")[0] == "unchanged"
    assert world.table("posts")[0] == before
    assert world.read(post("1", body_text="더 잘 읽은 글"), seen_at=at(5), cause="reparse")[0] == "revised"
    after = world.table("posts")[0]
    assert (after["state"], after["checked_at"], after["version"]) == ("missing", before["checked_at"], 2)
    assert world.table("edits") == []
    whole(world)


def test_coverage_comes_back_as_it_was_saved(world: World) -> None:
    world.list(row("3", 3), row("2", 2), row("9", None, is_notice=True), total=3)
    world.list(row("1", 1), page=2, total=3)
    stretches = world.archive.find_coverage(world.board.id, world.run)
    assert [(item.page, item.keys, item.first_number, item.last_number) for item in stretches] == [
        (1, ("3", "2"), 3, 2),
        (2, ("1",), 1, 1),
    ]
    assert world.archive.find_coverage(world.board.id, world.run + 1) == []


def test_boards_are_found_by_slug_address_and_name(world: World) -> None:
    archive = world.archive
    twin = archive.save_board(board("http://news.example/other.php", delay=3))
    assert (twin.slug, twin.delay) == ("opinion-2", 3.0)
    again = archive.save_board(replace(board(), name="새 이름", layout={"v": 2}))
    assert (again.id, again.slug, again.name, again.layout) == (world.board.id, "opinion", "새 이름", {"v": 2})
    assert archive.find_board(LIST_URL).id == archive.find_board("새 이름").id == world.board.id
    with pytest.raises(UnknownBoard, match="opinion, opinion-2"):
        archive.find_board("없는 게시판")
    assert archive.find_first_walk_done_at(twin.id) is None
    archive.save_board_facts(twin.id, charset="cp949", first_walk_done_at=T0, declared_total=5, number_meaning="rank")
    archive.save_board_facts(twin.id, declared_total=None)
    found = archive.find_board("opinion-2")
    assert (found.charset, found.declared_total, found.number_meaning) == ("cp949", None, "rank")
    assert archive.find_first_walk_done_at(twin.id) == T0
    whole(world)


def test_robots_are_kept_by_host(world: World) -> None:
    assert world.archive.find_robots("news.example") is None
    world.archive.save_robots("news.example", 200, "User-agent: *", T0)
    world.archive.save_robots("new.example", None, "", at(1))
    assert world.archive.find_robots("news.example") == (200, "User-agent: *", T0)
    assert world.archive.find_robots("new.example") == (None, "", at(1))


def test_a_run_that_nobody_closed_is_interrupted_when_the_next_begins(world: World) -> None:
    world.capture()
    second = world.archive.start_run(world.board.id, at(60))
    counts = Counts(requests=3, new=2)
    world.archive.finish_run(second, outcome="ok", exit_code=0, counts=counts, total=2, message=None, at=at(61))
    newest, oldest = world.archive.find_runs(world.board.id)
    assert (newest.outcome, newest.counts, newest.total, newest.finished_at) == ("ok", counts, 2, at(61))
    assert (oldest.outcome, oldest.exit_code, oldest.finished_at) == ("interrupted", 130, at(1))
    whole(world)


def test_status_and_balance_add_up(world: World) -> None:
    world.list(row("3", 3), row("2", 2), row("1", 1), row("9", None, is_notice=True), total=4)
    world.read(post("1"))
    world.archive.save_absence(world.board.id, "2", evidence="refused", at=at(9))
    balance = world.archive.find_balance(world.board.id)
    assert {
        name: balance[name]
        for name in ("live", "unread", "missing", "listed", "listed_notices", "counted", "difference", "verdict")
    } == {
        "live": 1,
        "unread": 2,
        "missing": 1,
        "listed": 3,
        "listed_notices": 1,
        "counted": 2,
        "difference": 2,
        "verdict": None,
    }
    (status,) = world.archive.find_status()
    assert (status["slug"], status["posts"], status["last_run"], status["failures"]) == ("opinion", 4, "running", 0)
    assert status["bytes"] == sum(item["body_size"] for item in world.table("captures"))
    assert [item["key"] for item in world.archive.find_posts(limit=2)] == ["3", "2"]
    assert world.table("monthly")[0]["posts"] == 4
    assert [item["gained"] for item in world.table("readership") if item["key"] == "1"] == [None, 1]


@pytest.mark.parametrize(("field", "value"), [("hits", 1 << 63), ("title", "잘린 \ud800"), ("number", -(1 << 70))])
def test_a_value_that_sqlite_cannot_hold_is_a_field_error_and_nothing_is_stored(
    world: World, field: str, value: object
) -> None:
    capture = world.capture()
    with pytest.raises(FieldError, match=field):
        world.archive.save_post(
            world.board.id,
            post("1", **{field: value}),
            capture_id=capture,
            listing_capture_id=None,
            seen_at=T0,
            parser_version="1",
        )
    assert world.table("posts") == []
    assert not world.archive.db.conn.in_transaction
    world.read(post("1"))
    whole(world)


def test_a_date_that_loses_its_year_with_the_days_is_kept(world: World) -> None:
    clock = Stamp(T0.astimezone(KST).replace(second=0), "minute", "11:10")
    world.list(row("1", posted=clock))
    world.list(row("1", posted=Stamp(None, "none", "11-03")), seen_at=at(1500))
    assert (world.table("posts")[0]["posted_at"], world.table("posts")[0]["posted_raw"]) == (
        clock.at.isoformat() if clock.at else "",
        "11:10",
    )
    world.list(row("1", posted=day("2026-11-04")), seen_at=at(1600))
    assert world.table("posts")[0]["posted_date"] == "2026-11-04"
    whole(world)


def test_a_date_that_a_feed_told_says_so_and_is_kept_until_a_page_tells_one(world: World) -> None:
    feed = world.capture(kind="feed")
    assert world.archive.find_capture(feed).kind == "feed"
    told = replace(day("2026-10-24"), capture_id=feed)
    short = row("1", posted=Stamp(None, "none", "10-24"))
    world.list(short)
    world.archive.save_refusal(
        world.board.id, "1", state="blocked", outcome="blocked", reason="포인트", url="", capture_id=None, at=at(3),
        shown=replace(short, posted=told),
    )  # fmt: skip
    for again in (short, replace(short, title="고친 제목"), replace(short, title="또 고친 제목", posted=None)):
        world.list(again)
        held = world.table("posts")[0]
        assert (held["posted_date"], held["posted_capture_id"]) == ("2026-10-24", feed)
    world.list(replace(short, posted=day("2026-10-25")))
    held = world.table("posts")[0]
    assert (held["posted_date"], held["posted_capture_id"]) == ("2026-10-25", None)
    world.read(post("1", posted=told))
    assert [version["posted_capture_id"] for version in world.table("post_versions")] == [feed]
    world.read(post("1", posted=day("2026-10-24")))
    assert len(world.table("post_versions")) == 1, "the date is the same, whoever told it"
    whole(world)


def test_what_is_asked_for_every_article_looks_through_no_table(world: World) -> None:
    world.list(row("2", 2), row("1", 1), total=2)
    asked: list[tuple[str, object]] = []
    with world.archive.db.tracer(lambda sql, values: asked.append((sql, values))):
        assert world.archive.find_post(world.board.id, "1") is not None
        world.archive.find_known(world.board.id, ["1"])
        world.read(post("1"))
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE")
    plans = [
        (sql, step[3])
        for sql, values in asked
        if sql.startswith(verbs)
        for step in world.archive.db.execute(f"EXPLAIN QUERY PLAN {sql}", values or ())
    ]
    assert len(plans) > 10
    scans = [(sql, step) for sql, step in plans if step.startswith("SCAN") and "json_each" not in step]
    assert [step for sql, step in scans if "ORDER BY id DESC LIMIT 1" not in sql] == []
