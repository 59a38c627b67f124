"""Feeds: every fixture reads as its expected file says; what is no feed, or a trap, gives nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_documents import document

from scraper.models import Page, Stamp
from scraper.page.feed import DEEPEST, MOST_ITEMS, address_in_feed, agrees, feed_ask, read_feed
from scraper.page.layout import find_engines

FEEDS = Path(__file__).parents[2] / "fixtures" / "feeds"
CASES = sorted(FEEDS.iterdir())
GNUBOARD = find_engines()["gnuboard5"]
SEEN = datetime(2026, 11, 19, 18, tzinfo=UTC)


def found_in(case: Path) -> dict[str, Any] | None:
    told = json.loads((case / "page.json").read_text(encoding="utf-8"))
    headers = tuple((name.encode(), value.encode()) for name, value in told["headers"])
    seen_at = datetime.fromisoformat(told["seen_at"])
    page = Page(told["url"], told["status"], headers, (case / "feed.xml").read_bytes(), seen_at)
    dates = read_feed(page, find_engines()[told["engine"]])
    return None if dates is None else {key: [str(each), each.precision, each.raw] for key, each in dates.items()}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_feed_reads_as_expected(case: Path, request: pytest.FixtureRequest) -> None:
    expected = case / "expected.json"
    if request.config.getoption("--update-fixtures"):
        expected.write_text(json.dumps(found_in(case), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail("expected file written: check it against the feed, then run without --update-fixtures")
    assert found_in(case) == json.loads(expected.read_text(encoding="utf-8"))


def feed(items: str) -> Page:
    return Page("https://paper.example/rss", 200, (), f"<rss><channel>{items}</channel></rss>".encode(), SEEN)


def test_a_feed_is_bounded() -> None:
    link = "<link>https://paper.example/bbs/board.php?bo_table=a&amp;wr_id={}</link>"
    item = f"<item>{link}<pubDate>2026-01-02</pubDate></item>"
    few = feed("".join(item.format(number) for number in range(MOST_ITEMS)))
    assert len(read_feed(few, GNUBOARD) or ()) == MOST_ITEMS
    assert read_feed(feed("".join(item.format(number) for number in range(MOST_ITEMS + 1))), GNUBOARD) is None
    assert read_feed(feed(item + "<a>" * DEEPEST + "</a>" * DEEPEST), GNUBOARD) is None
    assert read_feed(feed(item + "<a>" * 200_000), GNUBOARD) is None
    long = item.format("1" * 5_000)
    assert all(len(address) < 3_000 for address in read_feed(feed(long), GNUBOARD) or ())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_bytes_break_the_reader(noise: bytes, place: int) -> None:
    whole = (FEEDS / "gnuboard5" / "feed.xml").read_bytes()
    for body in (noise, whole[:place] + noise + whole[place:], whole[:place]):
        dates = read_feed(Page("https://paper.example/rss", 200, (), body, SEEN), GNUBOARD)
        assert dates is None or all(stamp.at is not None for stamp in dates.values())


@pytest.mark.parametrize(
    ("printed", "is_one"),
    [("11-18", True), ("11.18", True), ("11월 18일", True), ("11-18 09:10", True), ("11-19", False), ("1-18", False)],
)
def test_a_date_must_fit_what_the_list_prints(printed: str, is_one: bool) -> None:
    stamp = Stamp(datetime.fromisoformat("2026-11-18T23:50:07+09:00"), "second", "…")
    assert agrees(stamp, Stamp(None, "none", printed)) is is_one
    assert agrees(stamp, None)
    assert agrees(stamp, Stamp(None, "none", "3개월 전"))
    assert not agrees(Stamp(None, "none", "…"), None)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.paper.example/bbs/board.php?bo_table=a&wr_id=3&page=2",
        "http://paper.example/bbs/board.php?wr_id=3&bo_table=a&sca=%EC%82%AC%EC%84%A4",
    ],
)
def test_one_post_has_one_address_whatever_the_host_is_called(url: str) -> None:
    assert address_in_feed(url, GNUBOARD) == "/bbs/board.php?bo_table=a&wr_id=3"


LINK = '<a href="{}" class="btn_b01" title="RSS">RSS</a>'


@pytest.mark.parametrize(
    ("href", "asked"),
    [
        ("./rss.php?bo_table=a", "https://paper.example/bbs/rss.php?bo_table=a"),
        ("https://paper.example/rss/a", "https://paper.example/rss/a"),
        ("https://feeds.example/rss/a", None),
        ("javascript:rss()", None),
    ],
)
def test_only_a_feed_that_the_board_offers_itself_is_asked_for(href: str, asked: str | None) -> None:
    page = document(LINK.format(href), "https://paper.example/bbs/board.php?bo_table=a")
    ask = feed_ask(page, GNUBOARD)
    assert (ask and (ask.kind, ask.url)) == (("feed", asked) if asked else None)
    assert feed_ask(page, find_engines()["legacy"]) is None
