"""Furniture of a body: what may differ between two looks without a word of the author's having changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from scraper.fakeboard import FakeBoard, FakeClock
from scraper.fakeboard.furniture import furniture
from scraper.models import KST, Page
from scraper.page.document import block, inner_html, parse
from scraper.page.furniture import Look, same_words
from scraper.page.layout import find_engines

IDENTITY = find_engines()["gnuboard5"].identity
URL = "http://paper.example/bbs/board.php?bo_table=opinion&wr_id=7"
PROSE = "군청은 올해 예산을 늘렸다."
TONIGHT = date(2026, 11, 27)


def looks(before: str, after: str, html: tuple[str, str] = ("", ""), posted: str = "2026-11-02") -> bool:
    def look(text: str, markup: str, day: date) -> Look:
        return Look(f"{PROSE}\n\n{text}", markup, URL, "7", day, date.fromisoformat(posted), IDENTITY)

    return same_words(look(before, html[0], TONIGHT - timedelta(days=1)), look(after, html[1], TONIGHT))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("조회 12", "조회 15"),
        ("조회수 : 1,012회", "조회수 : 1,115회"),
        ("조회 12 | 댓글 3 | 추천 0", "조회 13 | 댓글 4 | 추천 1"),
        ("댓글(0)", "댓글(12)"),
        ("", "댓글 1개"),
        ("Hit : 186 Comment [0]", "Hit : 190 Comment [2]"),
        ("좋아요 12개 공유 3 스크랩 인쇄", "좋아요 14개 공유 3 스크랩 인쇄"),
        ("오늘날짜 : 2026년 11월 26일", "오늘날짜 : 2026년 11월 27일"),
        ("오늘은 2026년 11월 26일 목요일입니다.", "오늘은 2026년 11월 27일 금요일입니다."),
        ("2026.11.26(목) 현재", "2026.11.27(금) 현재"),
        ("현재시각 2026-11-26 03:00:12", "현재시각 2026-11-27 03:11:40"),
        ("현재시각 03:00:12", "현재시각 03:11:40"),
        ("최종편집 : 2026-11-25 18:22", "최종편집 : 2026-11-26 19:02"),
        ("2026년 11월 26일 목요일", "2026년 11월 27일 금요일"),
        ("926503b81829530b40d6dd3bb240ef88", "acdf087de7d7949296b478fb691191c2"),
        ("token: 926503b81829530b40", "token: acdf087de7d7949296"),
    ],
)
def test_what_is_no_edit(before: str, after: str) -> None:
    assert looks(before, after)
    assert not looks(before + " 것이다", after + " 거다"), "prose beside it is the author's"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("회원 12명", "회원 13명"),
        ("조회 시스템 3대", "조회 시스템 4대"),
        ("조회 12회를 넘겼다", "조회 13회를 넘겼다"),
        ("찬성 120 반대 30", "찬성 121 반대 30"),
        ("1\t마을버스\t2021.03.02\t120", "1\t마을버스\t2021.03.02\t121"),
        ("마감: 2026년 11월 26일", "마감: 2026년 11월 27일"),
        ("날짜: 2026.12.01", "날짜: 2026.12.08"),
        ("2026년 11월 20일", "2026년 11월 21일"),
        ("오늘은 2026년 11월 26일, 군청 앞", "오늘은 2026년 11월 27일, 군청 앞"),
        ("장소 02-123-4567", "장소 02-123-4568"),
        ("02-123-4567", "02-123-4568"),
        ("1163", "1164"),
        ("3시 20분", "3시 40분"),
        ("", "덧붙임"),
        ("끝", ""),
    ],
)
def test_what_is_an_edit(before: str, after: str) -> None:
    assert not looks(before, after)


def test_a_notice_ends_with_its_own_date() -> None:
    """Its date may be mended the day after; a bare date on an older post that follows the calendar is the site's."""
    days = ("2026년 11월 26일", "2026년 11월 27일")
    assert not looks(*days, posted="2026-11-26")
    assert looks(*days, posted="2026-11-25")
    assert looks(f"{days[0]}\n조회 1", f"{days[0]}\n조회 2", posted="2026-11-20"), "a date that stays is no matter"


def links(*posts: tuple[int, str]) -> str:
    return "".join(f'<li><a href="?bo_table=opinion&amp;wr_id={key}">{title}</a> (11.20)</li>' for key, title in posts)


def test_a_list_of_other_posts() -> None:
    old, new = ((5, "마을버스 노선"), (6, "작은 도서관")), ((5, "마을버스 노선"), (9, "새 시장 [12]"))
    texts = ["\n".join(f"{title} (11.20)" for _, title in each) for each in (old, new)]
    assert looks(texts[0], texts[1], (links(*old), links(*new)))
    assert looks("", f"관련 글\n{texts[1]}", ("", links(*new)))
    assert not looks(texts[0], texts[1]), "without links these are words"
    assert not looks(texts[0], texts[1], (links((7, "마을버스 노선")), links((7, "새 시장 [12]")))), "its own address"
    assert not looks("신청서.hwp", "새 신청서.hwp", *[('<a href="/down?f=1">신청서.hwp</a>',) * 2])
    link = '<p>자세한 것은 <a href="?wr_id=5">지난 글</a>에 있다</p>'
    assert not looks("자세한 것은 지난 글에 있다", "자세한 것은 지난 글에 없다", (link, link))


@pytest.mark.parametrize("slug", [f"board{number}" for number in range(40)])
def test_every_form_that_the_fake_boards_draw(slug: str) -> None:
    """Comments come, readers come, days pass; then a syllable of the author's changes."""
    clock = FakeClock(datetime(2026, 11, 20, 3, tzinfo=KST))
    board = FakeBoard(slug, "gnuboard5", posts=12, seed=3, clock=clock, inside=furniture)
    post = board.find(board.ids()[5])

    def look(prose: str) -> Look:
        board.looks += 1
        target = f"/bbs/board.php?bo_table={slug}&wr_id={post.id}"
        markup = f"<html><body><div id=b><p>{prose}</p>\n{furniture(board, post, target)}</div></body></html>"
        node = parse(Page(URL, 200, (), markup.encode(), clock.now())).root.css_first("#b")
        assert node is not None
        text, html = block(node) or "", inner_html(node)
        return Look(text, html, f"http://paper.example{target}", str(post.id), clock.korea().date(), None, IDENTITY)

    before = look(PROSE)
    clock.advance(timedelta(days=3, hours=5))
    board.comment(post.id)
    board.raise_hits(by=900)
    after = look(PROSE)
    assert before.text != after.text
    assert same_words(before, after)
    assert not same_words(before, look(PROSE.replace("늘렸다", "줄였다")))
