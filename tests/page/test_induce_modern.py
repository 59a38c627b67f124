"""Posts of pages as frameworks render them: facts by icons and by place, files behind buttons and inside bodies."""

# ruff: noqa: E501
from __future__ import annotations

import pytest
from induced_views import SEEN_AT, document

from scraper.models import Article
from scraper.page.article import read_article
from scraper.page.induce.articles.article import Sample, induce_article
from scraper.page.parts import Identity, Layout

IDENTITY = Identity(key=("query:no",))
TITLE = "물레방아 소리가 그친 마을"
TEXT = (
    "물레방아가 멈춘 지 열두 해가 지났다. 마을 사람들은 그 소리를 아직 기억한다.",
    "이장은 “소리가 그치니 이야기도 그쳤다”고 말했다. 군은 올해 안에 방앗간을 고칠 계획이다.",
)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
FOOT = "<div><a href='/list'>목록</a></div><footer><p>들녘재단 Copyright All rights reserved.</p></footer>"


def read(inner: str) -> Article:
    page = document(f"<html><head><title>{TITLE} - 들녘재단</title></head><body>{inner}{FOOT}</body></html>")
    found = induce_article([Sample(page, None)], IDENTITY, SEEN_AT)
    assert found is not None
    return read_article(page, Layout(name="induced", identity=IDENTITY, article=found.part), SEEN_AT)


def files(article: Article) -> list[str]:
    return [each.name for each in article.attachments if each.kind == "file"]


@pytest.mark.parametrize(
    "facts",
    [
        "<p><svg class='lucide-user'></svg>최누리 <svg class='lucide-eye'></svg>391</p><p>2026-02-03</p>",
        "<p><i class='bi bi-person'></i> <b>최누리</b> <i class='bi bi-eye'></i> <b>391</b></p><p>2026-02-03</p>",
        "<p>최누리 | 2026-02-03 | 391</p>",
        "<p><span>최누리</span><span>2026-02-03</span><span>391</span></p>",
        "<p><b>글</b> 최누리</p><p>2026-02-03 391</p>".replace("2026-02-03 391", "2026-02-03|391"),
    ],
)
def test_facts_without_words_for_them(facts: str) -> None:
    found = read(f"<h2>{TITLE}</h2>{facts}<div class=text>{BODY}</div>")
    assert (found.title, found.author, found.hits) == (TITLE, "최누리", 391)
    assert found.posted is not None and found.posted.raw == "2026-02-03"
    assert found.body_text == "\n\n".join(TEXT)


def test_two_bare_numbers_beside_a_date_are_no_hits() -> None:
    assert read(f"<h2>{TITLE}</h2><p>2026-02-03 | 391 | 4</p><div class=text>{BODY}</div>").hits is None


def test_a_number_that_an_icon_says_to_be_comments_is_no_hits() -> None:
    facts = "<p><span>2026-02-03</span><span><i class='fa fa-comment'></i>4</span></p>"
    assert read(f"<h2>{TITLE}</h2>{facts}<div class=text>{BODY}</div>").hits is None


def test_an_author_behind_a_word_of_its_own_is_read_whole() -> None:
    office = "들녘소방서 예방안전과장 소방령 도새론"
    found = read(f"<h2>{TITLE}</h2><div><b>글</b> {office}</div><p>2026-02-03</p><div class=text>{BODY}</div>")
    assert found.author == office


def test_a_table_that_shows_a_post_as_a_list_would() -> None:
    heads = "".join(f"<th>{word}</th>" for word in ("번호", "제목", "작성자", "작성일", "조회수"))
    cells = "".join(f"<td>{text}</td>" for text in ("41", TITLE, "최누리", "2026-02-03", "391"))
    found = read(f"<table><tr>{heads}</tr><tr>{cells}</tr><tr><td colspan=5>{BODY}</td></tr></table>")
    assert (found.title, found.author, found.hits) == (TITLE, "최누리", 391)
    assert found.body_text == "\n\n".join(TEXT)


def test_a_day_over_its_month() -> None:
    found = read(
        f"<div class=d><strong>09</strong><span>2026.02</span></div><h2>{TITLE}</h2><div class=text>{BODY}</div>"
    )
    assert found.posted is not None and found.posted.date == "2026-02-09"


def test_a_date_that_the_writer_put_under_a_text_is_none_of_the_post() -> None:
    found = read(f"<article><h2>{TITLE}</h2>{BODY}<p>2026년 1월 8일<br>들녘노동조합</p></article>")
    assert found.posted is None


@pytest.mark.parametrize(
    "links",
    [
        "<h4>첨부파일</h4><table><tr><th>이름</th><th>받기</th></tr><tr><td>지도.hwp</td><td><a href='/f/3'>다운로드</a></td></tr></table>",
        "<div class=files><button type=button>지도.hwp<span>(3KB)</span></button></div>",
        "<p><a href='/storage/%EC%A7%80%EB%8F%84.hwp'>파일 다운로드</a></p>",
        "<ul class=files><li><a href='/f/2.pdf'></a></li></ul><dl class=files><dd><a href='/down?f=3'>지도.hwp</a></dd></dl>",
        "<div><a href='/api/9'><i class='material-icons'>download</i>지도.hwp</a> <a href='/list'>목록</a></div>",
    ],
)
def test_a_file_is_called_by_its_name(links: str) -> None:
    found = read(f"<h2>{TITLE}</h2><p>2026-02-03</p><div class=text>{BODY}</div>{links}")
    assert files(found) == ["지도.hwp"]


def test_files_at_the_head_of_a_body_are_none_of_its_text() -> None:
    links = "<p><a href='/x?mode=down&f=1'>지도.hwp</a> (3K) <a href='/x?mode=down&f=2'>사진.jpg</a> (9K)</p>"
    found = read(f"<h2>{TITLE}</h2><p>2026-02-03</p><div class=panel-body>{links}{BODY}</div>")
    assert files(found) == ["지도.hwp", "사진.jpg"]
    assert found.body_text == "\n\n".join(TEXT)


def test_a_row_that_is_empty_on_one_page_holds_the_files_of_another() -> None:
    def page(files: str) -> str:
        rows = f"<tr><td>{files}</td></tr><tr><td height=1></td></tr><tr><td><div>{BODY}</div></td></tr>"
        return f"<html><body><h2>{TITLE}</h2><p>2026-02-03</p><table>{rows}</table>{FOOT}</body></html>"

    found = induce_article([Sample(document(page("")), None)], IDENTITY, SEEN_AT)
    assert found is not None
    further = document(page("첨부파일 : <a href='#' onclick=\"downFile('7','0')\">지도.hwp (3K)</a>"))
    read_again = read_article(further, Layout(name="induced", identity=IDENTITY, article=found.part), SEEN_AT)
    assert read_again.body_text == "\n\n".join(TEXT)


@pytest.mark.parametrize(
    ("shown", "category"),
    [(f"기고 | {TITLE}", "기고"), (f"[기고] {TITLE}", "기고"), (f"<a href=/list>오피니언</a> › 기고 › {TITLE}", None)],
)
def test_what_leads_a_title_is_none_of_it_where_the_window_goes_without(shown: str, category: str | None) -> None:
    found = read(f"<h2>{shown}</h2><p>최누리 | 2026-02-03</p><div class=text>{BODY}</div>")
    assert (found.title, found.category, found.body_text) == (TITLE, category, "\n\n".join(TEXT))


def test_a_title_that_the_view_cuts_goes_on_in_the_window() -> None:
    found = read(f"<h2>{TITLE[:12]}…</h2><p>최누리 | 2026-02-03</p><div class=text>{BODY}</div>")
    assert (found.title, found.title_cut) == (TITLE, False)


def test_a_text_follows_what_heads_it_below_the_neighbours() -> None:
    beside = "<ul><li>다음글 <a href='/v?no=2'>앞서 쓴 글</a></li></ul><section><h2>본문</h2><div class=text>{}</div></section>"
    found = read(f"<h2>{TITLE}</h2><p>최누리 | 2026-02-03</p>{beside.format('그림이 있다.<img src=/a.jpg>')}")
    assert (found.title, found.body_text) == (TITLE, "그림이 있다.")
