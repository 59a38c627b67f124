"""Rhymix's other skins, XpressEngine and KBoard over HTTP: the quirks one by one."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

from scraper.fakeboard import FakeBoard
from scraper.fakeboard.skins.rhymix_urls import list_url, view_url


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("variant", ["xedition", "default", "sketchbook5", "webzine", "gallery"])
def test_every_level_links_its_own_addresses_and_answers_the_old_ones(start, client, level, variant):
    world = start("rhymix", posts=24, rewrite=level, variant=variant)
    page = unescape(client.get(list_url(world.board, 2), base=world.url).text)
    post = world.board.ordinary()[12]
    assert f'href="{view_url(world.board, post.id, 2)}"' in page and f'href="{list_url(world.board, 3)}"' in page
    for address in (
        view_url(world.board, post.id),
        f"/opinion/{post.id}",
        f"/index.php?mid=opinion&page=2&document_srl={post.id}",
    ):
        assert f"BeforeDocument({post.id}," in client.get(address, base=world.url).text


@pytest.mark.parametrize("variant", ["sketchbook5", "webzine", "gallery"])
def test_sketchbook5_hides_the_title_of_a_secret_post_in_lists_only(start, client, variant):
    world = start("rhymix", posts=12, variant=variant, page_size=20)
    secret = next(post for post in world.board.posts() if post.secret)
    page = unescape(client.get(world.url).text)
    assert secret.title not in page and page.count("비밀글 입니다.") == 2
    view = client.get(view_url(world.board, secret.id), base=world.url)
    assert view.status == 403 and secret.title in unescape(view.text) and 'class="secretMessage"' in view.text


def test_a_short_download_names_the_file_in_its_address_only(start, client):
    world = start("rhymix", posts=0, short_files=True)
    post_id = world.board.post(files=[("자료 (1).pdf", b"bytes")])
    page = client.get(view_url(world.board, post_id), base=world.url).text
    href = re.search(r'href="(/files/download/link/[^"]+)"', page)[1]
    once = client.get(href, base=world.url).header("Location")
    assert once.endswith("/" + quote("자료 (1).pdf", safe=""))
    got = client.get(once)
    assert (got.body, got.header("Content-Disposition")) == (b"bytes", "attachment")
    assert client.get(once).status == 403
    assert client.get(href.replace("/link/", "/"), base=world.url).status == 403


def test_xpressengine_shows_the_list_with_an_alert_in_place_of_a_deleted_post(start, client):
    world = start("xe", posts=12)
    got = client.get("/index.php?mid=opinion&document_srl=9999", base=world.url)
    assert got.status == 200 and 'alert("대상을 찾을 수 없습니다.")' in got.text and 'class="boardList"' in got.text


def test_the_mobile_skin_has_neither_numbers_nor_hits(start, client):
    world = start("rhymix_mobile", posts=12, page_size=5)
    page = client.get(world.url).text
    assert "<strong>1 / 2</strong>" in page and 'class="next">다음</a>' in page and 'class="prev"' not in page
    assert all(post["hits"] is None for post in world.board.truth())


def test_kboard_gives_a_file_to_the_visitor_who_opened_its_post(start, client, stranger):
    world = start("kboard", posts=0)
    post_id = world.board.post(files=[("자료.pdf", b"bytes")])
    page = unescape(client.get(f"{world.url}?mod=document&uid={post_id}").text)
    way = re.search(r"window\.location\.href='([^']+)'\" title", page)[1]
    assert client.get(way, base=world.url).body == b"bytes"
    refused = stranger.get(way, base=world.url)
    assert refused.status == 200 and refused.text.startswith("<script>alert(")


def test_kboard_says_in_a_script_that_a_post_is_gone_and_asks_for_a_password(start, client):
    world = start("kboard", posts=12)
    secret = next(post for post in world.board.posts() if post.secret)
    assert 'type="password"' in client.get(f"{world.url}?mod=document&uid={secret.id}").text
    gone = client.get(f"{world.url}?mod=document&uid=9999")
    assert gone.status == 200 and gone.text.startswith('<script>alert("삭제되었거나')


def test_kboard_numbers_threads_and_says_the_time_of_todays_posts(start, client):
    world = start("kboard", posts=30)
    page = client.get(world.url).text
    replies = sum(post.parent is not None for post in world.board.posts())
    first = re.search(r'<td class="kboard-list-uid">(\d+)</td>', page)
    assert int(first[1]) == 28 - replies and "전체 30" in page
    assert re.search(r'<td class="kboard-list-date">\d\d:\d\d</td>', page)
    assert page.count('<tr class="kboard-list-notice">') == 2 and "<th>" not in page


def test_two_kboards_share_a_page_and_its_number(start, client):
    world = start("kboard", posts=0)
    beside = FakeBoard("news", "kboard", 14, clock=world.clock, first_id=500)
    world.board.beside = beside
    second = client.get(f"{world.url}?pageid=2").text
    assert second.count('class="kboard-list"') == 2
    assert f"uid={beside.ordinary()[-1].id}" in second
