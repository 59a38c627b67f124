"""One look for add, layout --edit and repair: what a layout reads of a board, in findings with a sentence each."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from sync_world import START

from scraper.errors import Gone, ServerFailed
from scraper.fakeboard import FakeBoard, FakeClock, FakeSite
from scraper.fakeboard.exchange import Session as Visitor
from scraper.fakeboard.exchange import Visit
from scraper.models import Ask, Page
from scraper.page.layout import Layout, find_engines
from scraper.page.parts import Pick
from scraper.sync.check import Checked, Fetch, check_pages

ORIGIN = "http://127.0.0.1"
ENGINE = find_engines()["gnuboard5"]


def site(posts: int = 24) -> tuple[Fetch, Page]:
    """How the pages of a board are fetched, without a server, and its first page."""
    clock = FakeClock(START)
    board = FakeBoard("opinion", "gnuboard5", posts=posts, seed=3, clock=clock)
    world = FakeSite([board], clock=clock)

    def fetch(ask: Ask) -> Page:
        visit = Visit(ask.method, ask.url.removeprefix(ORIGIN), {}, "", ORIGIN, Visitor("check"))
        answer = world.answer(world.route(visit))
        headers = ((b"Content-Type", answer.content_type), (b"Content-Length", str(len(answer.body)).encode()))
        return Page(ask.url, answer.status, headers, answer.body, START)

    return fetch, fetch(Ask(ORIGIN + world.path(board), "listing"))


def checked(layout: Layout, **options: Any) -> Checked:
    return check_pages(*site(**options), layout)


def changed(part: str, **values: Any) -> Layout:
    return replace(ENGINE, **{part: replace(getattr(ENGINE, part), **values)})


def failing(kind: str, error: Exception) -> tuple[Fetch, Page]:
    """The same site, which fails to answer for one kind of page."""
    fetch, page = site()

    def fetch_some(ask: Ask) -> Page:
        if ask.kind == kind:
            raise error
        return fetch(ask)

    return fetch_some, page


def test_a_layout_that_reads_the_board_has_nothing_said_against_it() -> None:
    found = checked(ENGINE)
    assert found.complaint is None
    assert {each.part for each in found.told("reads")} == {"list", "pages", "posts"}
    assert (len(found.posts), found.told("odd", "misread", "failed", "closed")) == (2, [])
    assert found.second is not None and found.second.page == 2


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        (changed("list", rows="li.nothing"), "does not read the list"),
        (changed("identity", key=("query:bo_table",)), "reads the same posts on two list pages"),
        (changed("article", title=(Pick(select="#bo_v_con"),)), "its title is"),
        (changed("article", title=(Pick(select="#nothing", count="one"),)), "does not read http"),
        (changed("article", body=(Pick(select="#nothing"),), images=ENGINE.article.images), "does not read"),
    ],
    ids=["rows", "keys", "title", "no title", "body"],
)
def test_what_is_misread_is_named(layout: Layout, said: str) -> None:
    found = checked(layout)
    assert said in str(found.complaint)
    assert said in "; ".join(each.said for each in found.told("misread"))


def test_a_field_that_list_and_posts_tell_differently_is_odd_and_no_complaint() -> None:
    found = checked(changed("article", author=(Pick(select="#bo_v_title"),)))
    assert ["author" in each.said for each in found.told("odd")] == [True]
    assert found.complaint is None


def test_posts_that_do_not_come_say_nothing_of_the_layout() -> None:
    found = check_pages(*failing("article", Gone("gone", ORIGIN, 404)), ENGINE)
    assert (found.told("misread"), found.posts) == ([], ())
    assert "could not open a post" in str(found.complaint), "but none was read either"


def test_a_site_that_is_down_is_no_misread_layout() -> None:
    with pytest.raises(ServerFailed):
        check_pages(*failing("article", ServerFailed("down", ORIGIN, 503)), ENGINE)


def test_one_broken_post_is_passed_over() -> None:
    fetch, page = site()
    asked: list[Ask] = []

    def once_broken(ask: Ask) -> Page:
        if ask.kind == "article":
            asked.append(ask)
            if len(asked) == 1:
                raise ServerFailed("down", ORIGIN, 500)
        return fetch(ask)

    found = check_pages(once_broken, page, ENGINE)
    assert (found.complaint, len(found.posts), len(asked)) == (None, 2, 3)


def test_a_board_that_states_more_than_it_shows_is_odd() -> None:
    fetch, page = site()
    bare = replace(page, body=re.sub(rb'(?s)<nav class="pg_wrap">.*?</nav>', b"", page.body))
    found = check_pages(fetch, bare, changed("pages", param=None))
    assert ["not how more are asked for" in each.said for each in found.told("odd")] == [True]


def test_a_list_without_posts_cannot_be_tried() -> None:
    fetch, page = site(posts=0)
    found = check_pages(fetch, page, ENGINE)
    assert "shows no posts" in str(found.complaint)
    assert found.told("misread") == []


@pytest.mark.parametrize(
    ("second", "said"),
    [(b"", "finds no posts on the next page"), (None, "is offered a next page though all posts are on the first")],
)
def test_a_next_page_that_is_offered_for_nothing_is_odd_only(second: bytes | None, said: str) -> None:
    """Boards of one page offer page 2 all the same, and answer with nothing or with page 1 again."""
    fetch, page = site(posts=9)
    link = b'<nav class="pg_wrap"><span class="pg"><strong class="pg_current">1</strong><a href="?bo_table=opinion&amp;page=2" class="pg_page">2</a></span></nav></form>'  # noqa: E501
    page = replace(page, body=page.body.replace(b"</form>", link, 1))
    empty = site(posts=0)[1]

    def fetch_some(ask: Ask) -> Page:
        if ask.kind == "listing":
            return replace(page if second is None else empty, url=ask.url)
        return fetch(ask)

    found = check_pages(fetch_some, page, ENGINE)
    assert found.listing is not None and found.listing.next is not None
    assert [said] == [each.said for each in found.told("odd")], found.findings
    assert found.complaint is None
