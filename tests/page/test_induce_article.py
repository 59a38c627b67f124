"""Induction of view pages: what several posts of a board teach reads all of its posts, and nothing is made up."""

# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import replace

import pytest
from induced_views import PICTURED, POSTS, SEEN_AT, SKINS, Post, document, framed, labelled_table

from scraper.models import Article
from scraper.page.article import read_article
from scraper.page.induce.articles.article import InducedArticle, Sample, induce_article
from scraper.page.layout import layout_from, layout_values
from scraper.page.parts import Identity, Layout

WITHOUT = {
    "press": {"hits"},
    "text_beside_title": {"hits"},
}
"""What a skin does not show."""
WITH_FILES = {"boxes_without_names", "labelled_table", "definition_list", "items_with_colons"}


def induced(name: str, posts: tuple[Post, ...], **row: bool) -> InducedArticle:
    found = induce_article(
        [Sample(document(SKINS[name](post)), post.row(**row)) for post in posts], Identity(), SEEN_AT
    )
    assert found is not None
    return found


def read(found: InducedArticle, html: str) -> Article:
    return read_article(document(html), Layout(name="induced", article=found.part), SEEN_AT)


def squash(text: str | None) -> str:
    return re.sub(r"\s+", "", text or "")


def check(name: str, article: Article, post: Post) -> None:
    missing = WITHOUT.get(name, set())
    assert article.title == post.title
    assert article.author == post.author
    assert article.posted is not None and article.posted.date == post.day
    assert article.hits == (None if "hits" in missing else post.hits)
    caption = "둑길의 겨울 풍경. 들녘신문 자료사진" if name == "press" and post.body else ""
    assert squash(article.body_text) == squash(caption + "".join(post.body))
    names = [each.name for each in article.attachments if each.kind == "file"]
    assert names == (list(post.files) if name in WITH_FILES else [])


@pytest.mark.parametrize("name", SKINS)
@pytest.mark.parametrize("cut", [False, True])
def test_four_posts_teach_how_to_read_all(name, cut):
    found = induced(name, POSTS[:4], cut=cut)
    for post in POSTS:
        check(name, read(found, SKINS[name](post)), post)
    assert found.confidence >= 0.8


@pytest.mark.parametrize("name", sorted(set(SKINS) - {"text_beside_title"}))
def test_bodies_of_pictures_have_no_text(name):
    found = induced(name, (*POSTS[:2], *PICTURED[2:4]))
    for post in (*POSTS, *PICTURED):
        article = read(found, SKINS[name](post))
        assert squash(article.body_text).endswith(squash("".join(post.body)))
        if post.picture:
            assert article.body_text is None
            assert [each.ask.url for each in article.attachments if each.kind == "inline"] == [
                f"http://board.example{post.picture}"
            ]


@pytest.mark.parametrize("name", sorted(WITH_FILES))
def test_files_are_found_where_no_sample_had_any(name):
    without = tuple(post for post in POSTS if not post.files)
    found = induced(name, without)
    for post in POSTS:
        check(name, read(found, SKINS[name](post)), post)


@pytest.mark.parametrize("name", sorted(WITH_FILES))
def test_files_are_found_where_one_sample_had_some(name):
    found = induced(name, (*(post for post in POSTS if not post.files), POSTS[2]))
    for post in POSTS:
        check(name, read(found, SKINS[name](post)), post)


@pytest.mark.parametrize("name", SKINS)
def test_a_part_survives_as_data(name):
    part = induced(name, POSTS[:4]).part
    layout = Layout(name="induced", article=part)
    assert layout_from(layout_values(layout), "test").article == part


def test_a_bare_number_is_no_hits_unless_the_list_says_so():
    posts = POSTS[:4]
    known = induced("bare_old_table", posts)
    assert read(known, SKINS["bare_old_table"](POSTS[5])).hits == POSTS[5].hits
    unknown = induced("bare_old_table", posts, hits=False)
    assert read(unknown, SKINS["bare_old_table"](POSTS[5])).hits is None


@pytest.mark.parametrize("name", ["labelled_table", "definition_list", "items_with_colons", "labels_leading_items"])
def test_one_page_alone_is_read_by_its_labels(name):
    for post in POSTS:
        found = induce_article([Sample(document(SKINS[name](post)), None)], Identity(), SEEN_AT)
        assert found is not None
        check(name, read(found, SKINS[name](post)), post)


def test_a_table_of_days_and_numbers_stays_in_the_body():
    table = "<table><tr><th>번호</th><th>날짜</th><th>조회</th></tr><tr><td>1</td><td>2025-01-01</td><td>77</td></tr></table>"

    def drawn(post: Post) -> str:
        return labelled_table(post).replace("</p></td>", f"</p>{table}<p>끝.</p></td>")

    samples = [Sample(document(drawn(post)), post.row()) for post in POSTS[:4]]
    found = induce_article(samples, Identity(), SEEN_AT)
    assert found is not None
    article = read(found, drawn(POSTS[4]))
    assert squash(article.body_text) == squash("".join(POSTS[4].body) + "번호날짜조회12025-01-0177끝.")
    assert article.posted is not None and (article.posted.date, article.hits) == (POSTS[4].day, POSTS[4].hits)


def test_pages_that_are_no_articles_are_none():
    rows = "".join(
        f"<tr><td>{each.number}</td><td><a href='/v?no={each.number}'>{each.title}</a></td><td>{each.author}</td>"
        f"<td>{each.day}</td><td>{each.hits}</td></tr>"
        for each in POSTS
    )
    listing = framed(
        f"<h2>오피니언</h2><table><tr><th>번호</th><th>제목</th><th>작성자</th><th>등록일</th><th>조회</th></tr>{rows}</table>"
    )
    wall = framed("<p>삭제되었거나 없는 게시물입니다.</p><a href='/list'>목록</a>")
    for html in (listing, wall, framed("")):
        found = induce_article([Sample(document(html), None)], Identity(), SEEN_AT)
        assert found is None or found.confidence < 0.5
        assert (
            induce_article([Sample(document(html), post.row()) for post in POSTS[:3]], Identity(), SEEN_AT) is None
            or html is listing
        )


def test_a_wall_among_the_samples_lowers_trust_and_spoils_nothing():
    wall = framed("<p>삭제되었거나 없는 게시물입니다.</p>")
    samples = [Sample(document(SKINS["definition_list"](post)), post.row()) for post in POSTS[:3]]
    clean = induce_article(samples, Identity(), SEEN_AT)
    found = induce_article([*samples, Sample(document(wall), POSTS[3].row())], Identity(), SEEN_AT)
    assert clean is not None and found is not None and found.confidence < clean.confidence
    check("definition_list", read(found, SKINS["definition_list"](POSTS[5])), POSTS[5])


@pytest.mark.parametrize(
    "facts",
    [
        "{author} &nbsp; {day} 02:20 &nbsp; 읽음 {hits}",
        "<b>게시자</b> {author} | <b>작성일</b> {day} | <b>읽음</b> {hits}",
        "<i>{author}</i><i>{day}</i> <i>조회 {hits}</i>",
    ],
)
@pytest.mark.parametrize("around", ["{}", "<div><div>{}</div></div>"])
def test_a_date_that_only_the_posts_show_is_found(facts, around):
    def drawn(post):
        told = facts.format(author=post.author, day=post.day, hits=post.hits)
        body = "".join(f"<p>{text}</p>" for text in post.body)
        return framed(f"<h3>{post.title}</h3>{around.format(f'<p class=facts>{told}</p>')}<div class=text>{body}</div>")

    found = induce_article(
        [Sample(document(drawn(post)), post.row(date=False)) for post in POSTS[:4]], Identity(), SEEN_AT
    )
    assert found is not None
    for post in POSTS:
        article = read(found, drawn(post))
        assert article.posted is not None and article.posted.date == post.day
        assert (article.author, article.hits) == (post.author, post.hits)


def test_a_line_with_two_dates_tells_none():
    def drawn(post):
        body = "".join(f"<p>{text}</p>" for text in post.body)
        return framed(
            f"<h3>{post.title}</h3><p>{post.author} {post.day} 모집 2026-02-01 까지</p><div class=text>{body}</div>"
        )

    samples = [Sample(document(drawn(post)), post.row(date=False, hits=False)) for post in POSTS[:4]]
    found = induce_article(samples, Identity(), SEEN_AT)
    assert found is not None and found.part.date == ()


def test_a_row_of_files_that_no_sample_had_is_not_taken_for_the_body():
    def drawn(post):
        links = "<br>".join(f"<a href='/down?n={post.number}'>{name}</a>" for name in post.files)
        files = f"<tr><td>첨부파일</td><td colspan=3>{links}</td></tr>" if links else ""
        return framed(
            f"<table><tr><td>제 목</td><td colspan=3>{post.title}</td></tr><tr><td>작성자</td><td>{post.author}</td>"
            f"<td>등록일</td><td>{post.day}</td></tr>{files}"
            f"<tr><td>내 용</td><td colspan=3>{''.join(f'<p>{text}</p>' for text in post.body)}</td></tr></table>"
        )

    samples = [Sample(document(drawn(post)), post.row()) for post in POSTS if not post.files]
    found = induce_article(samples, Identity(), SEEN_AT)
    assert found is not None
    for post in POSTS:
        article = read(found, drawn(post))
        assert squash(article.body_text) == squash("".join(post.body))
        assert [each.name for each in article.attachments] == list(post.files)


def test_files_above_the_body_do_not_end_it():
    def drawn(post):
        items = "".join(f"<li><a href='/down?n={post.number}'>{name}</a></li>" for name in post.files)
        files = f"<div class=attach>붙임 <ul>{items}</ul></div>" if items else ""
        body = "<br>".join(post.body)
        return framed(
            f"<div class=view><h3>{post.title}</h3><div class=meta><span>{post.author}</span></div>{files}"
            f"<div class=text>{body}</div></div>"
        )

    found = induce_article([Sample(document(drawn(post)), post.row()) for post in POSTS[:4]], Identity(), SEEN_AT)
    assert found is not None and found.confidence >= 0.8
    for post in POSTS:
        assert squash(read(found, drawn(post)).body_text) == squash("".join(post.body))


def test_names_of_files_beside_a_body_of_pictures_are_no_text_outside_it():
    def drawn(post):
        files = "".join(f"<li><a href='/down?n={post.number}'>{name}</a> (20.6K)</li>" for name in post.files)
        inner = f"<img src='{post.picture}'>" if post.picture else "".join(f"<p>{text}</p>" for text in post.body)
        return framed(
            f"<div class=view><h4>{post.title}</h4><div class=memo>{inner}</div><div class=att>첨부 <ul>{files}</ul></div>"
            "</div>"
        )

    posts = [POSTS[0], POSTS[1], replace(PICTURED[2], files=POSTS[2].files), POSTS[3]]
    found = induce_article([Sample(document(drawn(post)), post.row()) for post in posts], Identity(), SEEN_AT)
    assert found is not None and found.confidence >= 0.8
