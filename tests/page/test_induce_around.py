"""One post alone: words around its title and its text that are neither, and who signs it."""

from __future__ import annotations

import pytest
from page_documents import SEEN, document

from scraper.models import Article
from scraper.page.article import read_article
from scraper.page.induce.articles.article import Sample, induce_article
from scraper.page.induce.articles.no_title import is_no_title
from scraper.page.parts import Identity, Layout

SAID = (
    "<p>들에 물이 들고 사람들은 논둑에 모인다. 올해는 모내기가 열흘이나 늦었다고들 한다.</p>"
    "<p>저수지의 물은 아직 절반이 남았다. 이장은 비가 더 와야 한다고 말했다.</p>"
)


def alone(body: str) -> Article:
    page = document(f"<html><body>{body}</body></html>")
    found = induce_article([Sample(page, None)], Identity(), SEEN)
    assert found is not None
    return read_article(page, Layout(name="induced", article=found.part), SEEN)


@pytest.mark.parametrize("name", ["ir_so", "blind", "sr-only"])
def test_a_heading_that_only_screen_readers_are_told_is_no_title(name: str) -> None:
    told = "<div class=ct><span><em>조회수</em><span>5,050</span></span></div>"
    read = alone(
        f"<h2 class={name}>들녘 나들이</h2>{told}<h2>둑길을 걸어 섬으로 가는 길</h2><div class=k7>{SAID}</div>"
    )
    assert (read.title, read.hits) == ("둑길을 걸어 섬으로 가는 길", 5050)


def test_a_value_by_the_way_among_the_facts_is_a_fact() -> None:
    facts = ("강사 : 한누리", "강의 수 : 23강", "등록일 : 2019.12.20", "조회수 : 34회")
    line = "&nbsp;|&nbsp;".join(f"<p>{each}</p>" for each in facts)
    read = alone(f"<h1>영상 강의</h1><hr><ul><li><a href=./v.do><h2>들녘에서 배우는 매듭</h2></a></li><li>{line}</li>"
                 f"<li>{SAID}</li></ul>")  # fmt: skip
    assert (read.title, read.hits) == ("들녘에서 배우는 매듭", 34)
    assert read.posted is not None and str(read.posted) == "2019-12-20"


def test_what_a_board_asks_of_its_readers_is_no_title() -> None:
    facts = "".join(
        f"<div><em>{label}</em><span>{value}</span></div>"
        for label, value in (("게시자", "한누리"), ("등록일", "2021-06-23"), ("조회수", "318"))
    )
    read = alone(
        "<h2>공지사항</h2><div class=deco>담당자는 해당 게시물 작성자 및 전화번호 참고 부탁드립니다.</div>"
        f"<table><thead><tr><th>{facts}</th></tr></thead><tbody><tr><td>"
        "<div>들녘재단 공고 제2021-122호</div><div class=tp_title>"
        "2021년 매듭 교실 수강생 선정 결과 알림</div><div>2021년 매듭 교실 수강생 선정 결과를 다음과 같이 알려드립니다."
        f"</div><div>2021년 6월 22일<br>들녘재단 이사장</div><div>{SAID}</div></td></tr></tbody></table>"
    )
    assert (read.title, read.author, read.hits) == ("2021년 매듭 교실 수강생 선정 결과 알림", "한누리", 318)


@pytest.mark.parametrize("board", ["REVIEW", "COMMUNITY"])
def test_what_boards_are_called_in_english_is_no_title(board: str) -> None:
    facts = "<p>작성자 : 한누리</p><p>작성일 : 2021-02-09</p><p>조회수 : 13</p>"
    read = alone(f"<h2>{board}</h2><div><div>찻잔이 예뻐요</div>{facts}</div><div>{SAID}</div>")
    assert read.title == "찻잔이 예뻐요"


def test_a_label_without_its_value_is_no_title() -> None:
    assert is_no_title("상 품 명:") and not is_no_title("상품 안내: 찻잔")


def test_a_reporter_who_stands_in_the_element_of_the_text_signs_it() -> None:
    read = alone(
        "<h4 class=newstitle>둑길 걷기 대회, 주말에 열린다</h4><div class=info>"
        f"<span>기사입력 2021.08.24. 오후 02:10</span></div><div id=said>{SAID}<p class=source>"
        "<b>기사제공</b> 들녘통신</p><p class=byline>한누리 기자 nuri@paper.example</p></div>"
    )
    assert read.author is not None and read.author.startswith("한누리")


def test_a_name_with_an_address_for_mail_behind_it_is_one() -> None:
    read = alone(
        "<h2>농사 이야기</h2><dl class=title_area><dd>고구마 순은 언제 심을까요</dd></dl>"
        "<div class=info>"
        "<div class=who>태한이 (tae_******@mail.example)</div><div><span>2018-07-31</span> "
        f"<span>조회수 : 55</span></div></div><div class=view_contents>{SAID}</div>"
    )
    assert (read.title, read.author, read.hits) == ("고구마 순은 언제 심을까요", "태한이", 55)
