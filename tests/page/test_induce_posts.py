"""Posts of unknown boards with a list below them: what the list tells is none of the post."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page_documents import SEEN, document
from page_documents import layout as layout_of

from scraper.models import SURE, Row, Stamp
from scraper.page.article import read_article
from scraper.page.document import Document
from scraper.page.induce.articles.article import Sample, induce_article
from scraper.page.induce.articles.below import posts_below, rows_on
from scraper.page.induce.articles.outline import outline
from scraper.page.induce.articles.values import find_values
from scraper.page.parts import Identity, Layout


def row_of(at: int) -> Row:
    return Row(str(at), None, f"{at}번째 이야기", False, None, Stamp(None, "none", f"2021-10-{at}"), at * 7, None)


def view(at: int, below: str) -> str:
    return (
        f"<html><body><h2>들녘신문</h2><table><tr><td>작성일 : 2021-10-{at}</td></tr>"
        f"<tr><td><b>{at}번째 이야기</b></td></tr><tr><td class=t9>{at}번 마을의 짧은 말.</td></tr></table>{below}"
        + "".join(
            f'<div class=r1><div><a href="view?n={n}">{n}번째 이야기</a></div><div><i>작성일</i> 2021-10-{n}</div>'
            f"<div><i>조회</i> {n * 7}</div></div>"
            for n in range(29, 21, -1)
        )
        + '<div class=pg><a href="?p=1"><img src="/img/p1.gif"></a><a href="?p=2"><img src="/img/p2.gif"></a></div>'
        "</body></html>"
    )


def test_the_rows_below_a_short_post_are_no_part_of_its_head() -> None:
    for below in ("<p>저작권자 ⓒ 들녘신문 무단전재 및 재배포 금지</p>", "<ul><li>이전글 28번째 이야기</li></ul>", ""):
        pages = [(at, document(view(at, below))) for at in (28, 26, 25, 24)]
        listed = layout_of(identity={"key": ["query:n"]}, list={"rows": "div.r1", "cells": ["div"]})
        samples = [Sample(page, row_of(at), () if below else rows_on(page, listed, SEEN)) for at, page in pages]
        found = induce_article(samples, Identity(), SEEN)
        assert found is not None
        layout = Layout(name="induced", article=found.part)
        assert read_article(document(view(23, below)), layout, SEEN).body_text == "23번 마을의 짧은 말."


def test_files_linked_as_posts_are_do_not_look_like_a_list() -> None:
    listed = layout_of(identity={"key": ["query:n"]})
    page = document(
        "<html><body><table><tr><td><b>들녘에서</b></td></tr>"
        "<tr><td>첨부 : <a href='down?n=7&f=1'>지도.hwp</a></td></tr><tr><td>마을 사람들의 말을 적었다.</td></tr>"
        "<tr><td>이전글 <a href='view?n=6'>앞서 쓴 글</a></td></tr></table></body></html>"
    )
    assert rows_on(page, listed, SEEN) == []


def windowed(at: int, under: str = "") -> str:
    menu = "<ul><li><a href=/s/1>읍면소식</a></li><li><a href=/s/2>독자마당</a></li></ul>"
    body = f"<div class=k7>{at}번 마을의 말이다. 들에 물이 들고 사람들은 논둑에 모인다. 모내기가 늦었다고들 한다.</div>"
    return (
        f"<html><head><title>들녘에서 온 {at}번째 편지 - 들녘신문</title></head><body><h2>들녘신문</h2>{menu}"
        f"<ul><li>글쓴이 : 한누리</li><li>작성일 : 2021-10-{at}</li></ul>{body}"
        f"<p>저작권자 ⓒ 들녘신문 무단전재 금지</p>{under}</body></html>"
    )


def row_named(at: int) -> Row:
    return replace(row_of(at), title=f"들녘에서 온 {at}번째 편지", posted=Stamp(None, "none", ""))


def test_a_title_that_only_the_window_shows_is_taken_without_the_name_of_the_site() -> None:
    under = "".join(f'<p><a href="view?n={n}">들녘에서 온 {n}번째 편지</a></p>' for n in range(29, 21, -1))
    for below in ("", under):
        pages = [(at, document(windowed(at, below))) for at in (28, 26, 25, 24)]
        found = induce_article([Sample(page, row_named(at)) for at, page in pages], Identity(), SEEN)
        assert found is not None and found.confidence >= 0.8
        read = read_article(document(windowed(23, below)), Layout(name="induced", article=found.part), SEEN)
        assert (read.title, read.author) == ("들녘에서 온 23번째 편지", "한누리")
        assert read.body_text is not None and read.body_text.startswith("23번 마을의 말이다.")


def test_a_page_alone_whose_window_names_the_post_is_one() -> None:
    found = induce_article([Sample(document(windowed(23)), None)], Identity(), SEEN)
    assert found is not None and 0.3 < found.confidence < 0.8
    read = read_article(document(windowed(23)), Layout(name="induced", article=found.part), SEEN)
    assert read.title == "들녘에서 온 23번째 편지"


def test_windows_that_say_the_same_of_every_post_name_none() -> None:
    pages = [document(windowed(at).replace(f"들녘에서 온 {at}번째 편지", "독자마당")) for at in (28, 26, 25, 24)]
    samples = [Sample(page, row_named(at)) for page, at in zip(pages, (28, 26, 25, 24), strict=True)]
    assert induce_article(samples, Identity(), SEEN) is None


def test_a_row_below_that_is_clicked_shows_no_title_of_the_post() -> None:
    under = "".join(
        f"<table><tr><td onclick=\"go('{n}')\">들녘에서 온 {n}번째 편지</td></tr></table>" for n in range(29, 21, -1)
    )
    samples = [Sample(document(windowed(at, under)), row_named(at)) for at in (28, 26, 25, 24)]
    found = induce_article(samples, Identity(), SEEN)
    assert found is not None and [each.select for each in found.part.title] == ["title"]


def test_a_bare_author_before_the_text_is_no_part_of_it() -> None:
    def view(at: int) -> Document:
        told = "<ul><li>글쓴이 : 한누리</li><li>작성일 : 2021-10-" + f"{at}</li></ul>"
        html = (
            windowed(at).replace(told, f"<div class=w1><p>한누리{at}</p>").replace("<p>저작권자", "</div><p>저작권자")
        )
        return document(html)

    samples = [Sample(view(at), replace(row_named(at), author=f"한누리{at}")) for at in (28, 26, 25, 24)]
    found = induce_article(samples, Identity(), SEEN)
    assert found is not None
    read = read_article(view(23), Layout(name="induced", article=found.part), SEEN)
    assert read.body_text is not None and read.body_text.startswith("23번 마을의 말이다.")


def test_windows_of_posts_whose_titles_the_list_cuts_end_alike() -> None:
    cut = [replace(row_named(at), title=f"들녘에서 온 {at}번…", title_cut=True) for at in (28, 26, 25, 24)]
    samples = [Sample(document(windowed(at)), row) for at, row in zip((28, 26, 25, 24), cut, strict=True)]
    found = induce_article(samples, Identity(), SEEN)
    assert found is not None and found.confidence >= 0.8
    read = read_article(document(windowed(23)), Layout(name="induced", article=found.part), SEEN)
    assert read.title == "들녘에서 온 23번째 편지"
    bare = [
        Sample(document(windowed(at).replace(" - 들녘신문", "")), row) for at, row in zip((28, 26), cut, strict=False)
    ]
    assert induce_article(bare, Identity(), SEEN) is None  # "번째 편지" is no site


def test_a_list_below_that_links_the_post_itself_shows_no_title_of_it() -> None:
    def under(own: int) -> str:
        links = "".join(f"<li><a href='?n={n}'>들녘에서 온 {n}번째 편지</a></li>" for n in range(29, 21, -1))
        return f"<ul>{links}</ul><p>이전글 <a href='?n={own - 1}'>들녘에서 온 {own - 1}번째 편지</a></p>"

    identity = Identity(key=("query:n",))
    popular = "<ol>" + "".join(f"<li><a href='?n={n}'>{n}번째 편지</a></li>" for n in (3, 2, 1)) + "</ol>"
    samples = []
    for at in (28, 26, 25, 24):
        html = windowed(at, under(at)).replace("<ul><li>글쓴이", f"{popular}<ul><li>글쓴이")
        page = document(html, url=f"http://board.example/view?n={at}")
        samples.append(Sample(page, row_named(at), posts_below(page, identity)))
        assert [words for _, words in samples[-1].listed if "들녘" in words] == [
            f"들녘에서 온 {n}번째 편지" for n in range(29, 21, -1)
        ]
    found = induce_article(samples, identity, SEEN)
    assert found is not None and [each.select for each in found.part.title] == ["title"]
    read = read_article(samples[2].document, Layout(name="induced", article=found.part), SEEN)
    assert read.body_text is not None and read.body_text.startswith("25번 마을의 말이다.")


def test_a_heading_that_links_the_post_itself_and_two_neighbours_are_no_list() -> None:
    page = document(
        "<html><body><div><h3><a href='?n=7'>들녘에서 온 편지</a></h3><p>들에 물이 든다.</p></div>"
        "<ul><li><a href='?n=6'>앞서 쓴 글</a></li><li><a href='?n=8'>뒤에 쓴 글</a></li></ul></body></html>",
        url="http://board.example/view?n=7",
    )
    assert posts_below(page, Identity(key=("query:n",))) == []


def test_the_text_is_no_element_around_it_that_holds_files_on_other_pages() -> None:
    def view(at: int, files: str = "") -> Document:
        html = windowed(at).replace("<ul><li>글쓴이 : 한누리</li>", "<div class=t1><ul></ul><div class=t1><div>")
        html = html.replace(f"<li>작성일 : 2021-10-{at}</li></ul>", "")
        return document(html.replace("<p>저작권자", f"</div></div>{files}</div><p>저작권자"))

    samples = [Sample(view(at), row_named(at)) for at in (28, 26, 25, 24)]
    found = induce_article(samples, Identity(), SEEN)
    assert found is not None
    page = view(23, "<ul><li><a href='/down.php?f=1'>물길.hwp</a> (12K)</li></ul>")
    read = read_article(page, Layout(name="induced", article=found.part), SEEN)
    assert read.body_text is not None and read.body_text.startswith("23번") and "물길" not in read.body_text


def test_a_kind_of_posts_beside_the_date_is_no_author() -> None:
    def told(word: str) -> str | None:
        page = document(
            "<html><body><div class=v><ul><li class=tit>주문 내역을 확인하고 싶습니다</li>"
            f"<li><span>{word}</span> <span class=date>2021.07.29</span></li></ul>"
            "<div class=t>지난주에 두 번 결제한 것 같습니다. 내역을 어디에서 보는지 알려 주세요.</div></div>"
            "<a href=list>목록</a></body></html>"
        )
        found = induce_article([Sample(page, None)], Identity(), SEEN)
        assert found is not None
        return read_article(page, Layout(name="induced", article=found.part), SEEN).author

    assert told("윤가람") == "윤가람"
    assert [told(word) for word in ("일반문의", "장학", "채용")] == [None, None, None]


def torn(at: int, *, torn: bool = False, files: int = 0, lead: str = "") -> str:
    """A view of tables: a path before the title, files with days, a text whose element an open <p> empties."""
    rows = "".join(
        f"<tr><td><a href='down?no={at}&f={n}'>지도 {n}.hwp (3K) DATE : 2026-02-0{n} 10:11:12</a></td></tr>"
        for n in range(1, files + 1)
    )
    said = f"<p>{at}번 마을의 말이다. 들에 물이 들고 사람들은 논둑에 모인다. 모내기가 늦었다고들 한다.</p>"
    return (
        f"<html><head><title>들녘신문 > 독자마당 > {at}번째 이야기, 둑길에서</title></head><body>"
        f"<table><tr><td><b><a href=/list>독자마당</a> › {lead}{at}번째 이야기, 둑길에서</b></td></tr>"
        f"<tr><td>글쓴이 : 한누리</td></tr><tr><td>작성일 : 2021-10-{at}</td></tr>{rows}"
        f"<tr><td>{'<img src=/p.jpg><p>' if torn else ''}<span id=said>{said}</span></td></tr></table>"
        f"<p>이전글 <a href='view?n={at - 1}'>앞서 쓴 글</a></p></body></html>"
    )


def test_a_title_behind_a_path_and_a_text_whose_element_is_torn_open() -> None:
    named = {at: replace(row_of(at), title=f"{at}번째 이야기, 둑길에서") for at in (28, 26, 25, 24)}
    pages = {28: torn(28, files=3), 26: torn(26, torn=True), 25: torn(25, files=1), 24: torn(24, lead="기고 › ")}
    found = induce_article([Sample(document(html), named[at]) for at, html in pages.items()], Identity(), SEEN)
    assert found is not None
    assert found.confidence >= SURE
    for further in (torn(23, files=2), torn(23, torn=True, lead="사설 › ")):
        read = read_article(document(further), Layout(name="induced", article=found.part), SEEN)
        assert (read.title, read.author) == ("23번째 이야기, 둑길에서", "한누리")
        assert read.body_text == "23번 마을의 말이다. 들에 물이 들고 사람들은 논둑에 모인다. 모내기가 늦었다고들 한다."
        assert sum(each.kind == "file" for each in read.attachments) == further.count("hwp")


def test_a_span_dressed_as_a_heading_is_a_title_and_a_count_of_times_is_hits() -> None:
    page = document(
        "<html><head><title>자유게시판</title></head><body><h1>자유게시판</h1><div><div class=p-3>"
        "<span class='h3 fw-bolder'>봄 연습실 시간표</span></div><div class=d-flex><span>정가온</span><span>31회</span>"
        "<span>2021-09-12 21:40:05</span></div><div class=p-3><p>연습실은 요일마다 두 모임씩 나누어 씁니다.</p>"
        "<p>시간을 바꾸고 싶은 모임은 말해 주세요.</p></div><div><button>목록</button></div></div></body></html>"
    )
    found = induce_article([Sample(page, None, ())], Identity(), SEEN)
    assert found is not None
    read = read_article(page, Layout(name="induced", article=found.part), SEEN)
    assert (read.title, read.author, read.hits) == ("봄 연습실 시간표", "정가온", 31)


def test_a_page_whose_post_a_script_has_yet_to_write_holds_none() -> None:
    page = document(
        "<html><body><main><section id=view><h2 id=post-title-view>제목을 불러오는 중...</h2><div class=post-meta>"
        "<span>작성자: <span id=author>로드 중...</span></span></div>"
        "<div class=post-content id=post-content-view>내용을 불러오는 중입니다.</div></section></main></body></html>"
    )
    assert induce_article([Sample(page, None, ())], Identity(), SEEN) is None


@pytest.mark.parametrize("below", ["", "<div class=w2><b>{}</b></div>"])
def test_words_that_end_all_headings_and_no_title_of_the_list_are_none_of_the_titles(below: str) -> None:
    def page(at: int) -> str:
        title = f"{at}번째 이야기, 둑길에서 만난 사람들"
        return (
            f"<html><head><title>{title} > 독자마당 | 들녘신문</title></head><body><h1>{title} > 독자마당</h1>"
            f"{below.format(title[:14] + '…')}<p>글쓴이 : 한누리</p><p>작성일 : 2021-10-{at}</p>"
            f"<div class=t9>{at}번 마을의 말이다. 들에 물이 들고 사람들은 논둑에 모인다.</div></body></html>"
        )

    rows = {at: replace(row_of(at), title=f"{at}번째 이야기, 둑길에서 만난 사람들") for at in (28, 26, 25, 24)}
    found = induce_article([Sample(document(page(at)), row) for at, row in rows.items()], Identity(), SEEN)
    assert found is not None
    read = read_article(document(page(23)), Layout(name="induced", article=found.part), SEEN)
    assert (read.title, read.title_cut) == ("23번째 이야기, 둑길에서 만난 사람들", False)


def test_a_board_and_that_it_shows_a_post_are_no_title() -> None:
    page = document(
        "<html><body><h1>가정통신문 상세</h1><div><p>2021.04.01 목요일</p><h4 class=tit_h4>4월 가정통신문</h4>"
        "</div><div class=box><p class=said>새 학기가 시작된 지 한 달이 지났습니다. 아이들은 새 친구와 잘 어울리며 "
        "책 읽는 시간을 기다립니다. 이달에는 한글 놀이와 숫자 세기를 함께 합니다.</p></div></body></html>"
    )
    found = induce_article([Sample(page, None, ())], Identity(), SEEN)
    assert found is not None
    assert read_article(page, Layout(name="induced", article=found.part), SEEN).title == "4월 가정통신문"


def test_a_label_without_a_field_is_that_of_a_value() -> None:
    facts = (("구분", "공지사항"), ("제목", "우산을 모읍니다"), ("작성자", "한솔비"), ("작성일", "2021-06-11"))
    said = "집에서 쓰지 않는 우산을 모아 고친 다음 학교와 정류장에 둡니다. 지난해에는 삼백 자루가 새 주인을 만났습니다."
    rows = "".join(f"<li><label>{label}</label><div>{value}</div></li>" for label, value in (*facts, ("내용", said)))
    page = document(
        f"<html><body><h2>공지사항</h2><form action=write><ul>{rows}</ul><a href=list>목록</a></form>"
        "<form><p><label>작성자</label> <input name=who></p></form>"
        "<table><tr><th><label>이름<b>필수</b></label></th><td><input name=by></td></tr></table></body></html>"
    )
    found = induce_article([Sample(page, None, ())], Identity(), SEEN)
    assert found is not None
    read = read_article(page, Layout(name="induced", article=found.part), SEEN)
    assert (read.title, read.author, read.body_text) == ("우산을 모읍니다", "한솔비", said)
    assert [each.text for each in find_values(outline(page, SEEN)) if each.role == "author"] == ["한솔비"]


def test_a_title_with_facts_behind_it_in_its_own_line_is_one_before_the_name_of_the_board() -> None:
    page = document(
        "<html><body><h2>강좌 열기</h2><div class=v><div class=v-t>다음 학기에 새로 여는 배움터의 강좌를 함께 고릅니다"
        "<span>학기 : 2021-2학기</span> <span>과정 : 저녁 과정</span> <span>조회수 : 421</span></div>"
        "<div class=v-c>네 과정에 한 사람이 하나씩 낼 수 있습니다. 종이는 안내대에 있습니다.</div></div>"
        "<div><a href=list>목록</a></div></body></html>"
    )
    found = induce_article([Sample(page, None, ())], Identity(), SEEN)
    assert found is not None
    read = read_article(page, Layout(name="induced", article=found.part), SEEN)
    assert (read.title, read.hits) == ("다음 학기에 새로 여는 배움터의 강좌를 함께 고릅니다", 421)


@pytest.mark.parametrize("label", ["[첨부파일 다운로드] : ", "[첨부파일]", "첨부 내려받기 :", "[다운로드할 자료] "])
def test_a_label_inside_the_link_of_a_file_is_none_of_its_name(label: str) -> None:
    page = document(
        "<html><body><h2>도서관 소식</h2><h4>반납함을 옮깁니다</h4><p><span>작성일 : </span>2021-03-06</p>"
        "<div class=said>정류장 앞에 있던 반납함을 다음 주부터 우체국 앞으로 옮깁니다.</div>"
        f"<div class=f><a href='/f/map.zip' download='map.zip'><span>{label}</span>map.zip</a></div></body></html>"
    )
    found = induce_article([Sample(page, None, ())], Identity(), SEEN)
    assert found is not None
    read = read_article(page, Layout(name="induced", article=found.part), SEEN)
    assert [each.name for each in read.attachments] == (["map.zip"] if "자료" not in label else [f"{label}map.zip"])


def test_what_follows_a_subtitle_speaks_for_the_title_above_it() -> None:
    def view(upper: str) -> Document:
        return document(
            f"<html><body><h2>마을 소식</h2><div class=s><h3>{upper}</h3><h4>서른여섯 사람이 모여 달마다 한 번씩</h4>"
            "<p>2021-07-23 | 소식실<span>조회수 : 48</span></p><div class=c>"
            "<p>호숫가 배움터에서 노 젓기를 함께 배웁니다.</p>"
            "<p>다음 달까지 아침마다 모이고 비가 오면 쉽니다.</p></div><a href=list>목록</a></div></body></html>"
        )

    for upper, title in (
        ("호숫가에서 노 젓기를 배우는 사람들", None),
        ("마을 소식", "서른여섯 사람이 모여 달마다 한 번씩"),
    ):
        found = induce_article([Sample(view(upper), None, ())], Identity(), SEEN)
        assert found is not None
        read = read_article(view(upper), Layout(name="induced", article=found.part), SEEN)
        assert read.title == (title or upper)
