"""What an answer means: articles, list pages and files, and what stands in their place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sync_world import world

from scraper.errors import LayoutChanged, Truncated, Walled
from scraper.models import KST, Article, Ask, Attachment, Page, Row, Stamp
from scraper.page.layout import find_engines
from scraper.sync.judge import judge_article, judge_file, judge_listing
from scraper.sync.merge import merge

NOW = datetime(2026, 11, 20, 3, tzinfo=KST)
GNUBOARD = find_engines()["gnuboard5"]
LENGTH = ((b"Content-Length", b"1"),)
VIEW = """<!doctype html><html><body><article id="bo_v"><h2 id="bo_v_title"><span class="bo_v_tit">제목</span></h2>
<section id="bo_v_info"><span class="sv_member">글쓴이</span><strong class="if_date">26-11-19 10:00</strong>
<strong>조회 12회</strong></section><div id="bo_v_con">본문이다.</div>
<form name="fviewcomment"><input name="wr_id" value="7"></form></article></body></html>"""


def page(body: str | bytes, status: int = 200, headers: tuple[tuple[bytes, bytes], ...] = LENGTH) -> Page:
    content = body.encode() if isinstance(body, str) else body
    return Page("http://paper.example/bbs/board.php?bo_table=op&wr_id=7", status, headers, content, NOW)


def alert(message: str) -> str:
    return f'<!doctype html><html><body><script>alert("{message}");history.back();</script></body></html>'


def test_an_article() -> None:
    verdict = judge_article(page(VIEW), GNUBOARD, "7")
    assert verdict.refusal is None
    assert verdict.article is not None
    assert (verdict.article.title, verdict.article.body_text) == ("제목", "본문이다.")


@pytest.mark.parametrize(
    ("body", "status", "refusal"),
    [
        (alert("글이 존재하지 않습니다.\\n삭제되었거나 이동된 경우입니다."), 200, "gone"),
        (alert("글을 읽을 권한이 없습니다."), 200, "blocked"),
        (alert("로그인 후 이용하십시오."), 200, "blocked"),
        (alert("포인트가 부족합니다."), 200, "blocked"),
        (alert("비밀글입니다."), 200, "secret"),
        (alert("존재하지 않는 게시판입니다."), 200, "wall"),
        (alert("서버 점검 중입니다."), 200, "wall"),
        (alert("접근이 차단되었습니다."), 200, "wall"),
        (alert("잘못된 접근입니다."), 200, "failed"),
        (alert("잘못된 접근입니다."), 404, "gone"),
        ("<html><body><h1>Not Found</h1></body></html>", 404, "gone"),
        ("<html><body>없다</body></html>", 410, "gone"),
        ("<html><body>Bad Request</body></html>", 400, "failed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00", 404, "gone"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00", 200, "failed"),
        ("<html><body><div id=other>" + "아주 다른 지면이다. " * 200 + "</div></body></html>", 200, "layout"),
        ("<html><body><div id=other>" + "아주 다른 지면이다. " * 200 + "</div></body></html>", 404, "gone"),
    ],
)
def test_what_is_no_article(body: str | bytes, status: int, refusal: str) -> None:
    verdict = judge_article(page(body, status), GNUBOARD, "7")
    assert verdict.article is None
    assert (verdict.refusal, bool(verdict.reason)) == (refusal, True)


def test_a_view_without_its_body_that_has_no_comments_is_no_deleted_post() -> None:
    renamed = VIEW.replace("bo_v_con", "bo_v_text").replace("</article>", "<p>등록된 댓글이 없습니다.</p></article>")
    verdict = judge_article(page(renamed), GNUBOARD, "7")
    assert (verdict.article, verdict.refusal) == (None, "layout")


def test_an_article_of_another_post_is_none() -> None:
    verdict = judge_article(page(VIEW), GNUBOARD, "8")
    assert (verdict.article, verdict.refusal) == (None, "failed")
    assert "7" in verdict.reason


def test_a_page_without_its_end_and_without_a_length_is_cut() -> None:
    cut = VIEW[: VIEW.index("</article>")]
    with pytest.raises(Truncated):
        judge_article(page(cut, headers=()), GNUBOARD, "7")
    with pytest.raises(Truncated):
        judge_listing(page(cut, headers=()), GNUBOARD)
    assert judge_article(page(cut), GNUBOARD, "7").article is not None
    assert judge_article(page(VIEW, headers=()), GNUBOARD, "7").article is not None


@pytest.mark.parametrize(
    ("body", "status", "wall"),
    [
        (alert("존재하지 않는 게시판입니다."), 200, "wrong_board"),
        (alert("접근 권한이 없습니다."), 200, "permission"),
        (alert("로그인 후 이용하십시오."), 200, "login"),
        ("<html><body>" + "모르는 말이다. " * 200 + "</body></html>", 403, "refused"),
    ],
)
def test_a_wall_in_place_of_a_list(body: str, status: int, wall: str) -> None:
    with pytest.raises(Walled) as error:
        judge_listing(page(body, status), GNUBOARD)
    assert error.value.wall == wall


def test_a_list_that_is_none() -> None:
    with pytest.raises(LayoutChanged):
        judge_listing(page("<html><body>" + "모르는 말이다. " * 200 + "</body></html>"), GNUBOARD)


def test_a_post_that_stands_twice_is_one_row(tmp_path: Path) -> None:
    with world(tmp_path, "legacy", posts=12, notice_twice=True) as day:
        day.sync()
        notices = [str(post.id) for post in day.board.notices()]
        capture = day.rows("SELECT id FROM captures WHERE kind = 'listing'")[0]["id"]
        from scraper.archive import open_archive

        with open_archive(day.db, write=False) as archive:
            listing, _ = judge_listing(archive.find_page(capture), find_engines()["legacy"])
        twice = [row for row in listing.rows if row.key in notices]
        assert len(listing.rows) == len({row.key for row in listing.rows})
        assert twice
        assert all(row.is_notice for row in twice)


OFFERED = Attachment("0", "보고서.hwp", "보고서.hwp", Ask("http://paper.example/down?no=0", "attachment"))
FILE = (b"Content-Type", b"application/octet-stream")
HTML = (b"Content-Type", b"text/html; charset=utf-8")


def named(raw: bytes) -> tuple[bytes, bytes]:
    return (b"Content-Disposition", b'attachment; filename="' + raw + b'"')


def test_a_file() -> None:
    verdict = judge_file(OFFERED, page(b"\xd0\xcf\x11\xe0", headers=(FILE,)), "utf-8")
    assert (verdict.reason, verdict.name, verdict.mime) == (None, "보고서.hwp", "application/octet-stream")


def test_a_raw_name_is_read_in_the_charset_of_the_page() -> None:
    verdict = judge_file(OFFERED, page(b"x", headers=(FILE, named("새 이름.hwp".encode("cp949")))), "cp949")
    assert (verdict.reason, verdict.name) == (None, "새 이름.hwp")


@pytest.mark.parametrize(
    ("body", "status", "headers", "words"),
    [
        (alert("파일이 존재하지 않습니다."), 200, (HTML,), "존재하지 않습니다"),
        (alert("잘못된 접근입니다."), 200, (), "잘못된 접근"),
        ("<!doctype html><html><body>" + "긴 글 " * 400 + "</body></html>", 200, (HTML,), "a page came instead"),
        ("<html>not found</html>", 404, (HTML,), "404"),
        (b"", 403, (FILE,), "403"),
    ],
)
def test_what_is_no_file(body: str | bytes, status: int, headers: tuple[tuple[bytes, bytes], ...], words: str) -> None:
    verdict = judge_file(OFFERED, page(body, status, headers), "utf-8")
    assert verdict.reason is not None
    assert words in verdict.reason
    assert verdict.is_gone == (status == 404)


def test_an_html_file_that_is_offered_as_one() -> None:
    assert judge_file(OFFERED, page("<html></html>", headers=(HTML, named(b"a.hwp"))), "utf-8").reason is None
    offered = Attachment("0", "안내.html", "안내.html", OFFERED.ask)
    assert judge_file(offered, page("<html></html>", headers=(HTML,)), "utf-8").reason is None


def article(**fields: object) -> Article:
    values: dict[str, object] = {
        "key": "7",
        "title": "제목",
        "title_cut": False,
        "author": "글쓴이",
        "posted": Stamp(NOW, "minute", "26-11-20 03:00"),
        "hits": 12,
        "category": "기고",
        "body_text": "본문",
        "body_html": "<p>본문</p>",
    }
    return Article(**{**values, **fields})  # type: ignore[arg-type]


ROW = Row(
    "7", 3, "목록의 제목", False, "목록의 글쓴이", Stamp(NOW, "day", "2026.11.20"), 9, None, True, True, "목록의 분류"
)
URL = "http://paper.example/7"


def test_the_view_wins() -> None:
    post = merge(article(), ROW, URL, ())
    assert (post.title, post.author, post.hits, post.category) == ("제목", "글쓴이", 12, "기고")
    assert post.posted == Stamp(NOW, "minute", "26-11-20 03:00")
    assert (post.key, post.number, post.url, post.is_notice, post.is_secret) == ("7", 3, URL, True, True)
    assert post.fields_from_listing == ()


def test_what_the_view_lacks_comes_from_the_row() -> None:
    lacking = article(title=None, author=None, posted=None, hits=None, category=None)
    post = merge(lacking, ROW, URL, ())
    assert (post.title, post.author, post.posted, post.hits, post.category) == (
        ROW.title,
        ROW.author,
        ROW.posted,
        9,
        ROW.category,
    )
    assert set(post.fields_from_listing) == {"title", "author", "posted_at", "hits", "category"}


def test_a_date_without_a_year_gives_way_to_the_list() -> None:
    post = merge(article(posted=Stamp(None, "none", "11-20")), ROW, URL, ())
    assert (post.posted, post.fields_from_listing) == (ROW.posted, ("posted_at",))


@pytest.mark.parametrize(
    ("view", "view_cut", "row", "row_cut", "title", "cut"),
    [
        ("긴 제목이 잘…", True, "긴 제목이 잘렸다", False, "긴 제목이 잘렸다", False),
        ("긴 제목이 잘…", True, "긴 제목…", True, "긴 제목이 잘…", True),
        ("긴 제목이 잘…", True, "다른 제목", False, "긴 제목이 잘…", True),
        ("긴 제목이 다 있다", False, "긴 제목…", True, "긴 제목이 다 있다", False),
    ],
)
def test_the_whole_title_wins(view: str, view_cut: bool, row: str, row_cut: bool, title: str, cut: bool) -> None:
    listed = Row("7", 3, row, row_cut, None, None, None, None)
    post = merge(article(title=view, title_cut=view_cut), listed, URL, ())
    assert (post.title, post.title_cut) == (title, cut)
    assert ("title" in post.fields_from_listing) == (title == row)
