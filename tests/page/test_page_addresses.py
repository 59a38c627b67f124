"""Addresses that tell no key, ways out of alerts, and picks by place and by comment."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_documents import SEEN, document, layout

from scraper.page.article import read_article
from scraper.page.calls import read_call
from scraper.page.layout import find_engines
from scraper.page.links import address_key, board_url, is_address, lasting_url, read_key, read_row_link
from scraper.page.wall import read_wall_sign, read_way_out

GNU = find_engines()["gnuboard5"]
B = "http://board.example"
WORDS = st.text(st.characters(categories=("L", "N"), include_characters="-_"), min_size=1, max_size=30)


@given(WORDS, st.integers(1, 10**7))
def test_a_slug_is_an_address_and_lasts_by_its_number(words: str, number: int) -> None:
    url = f"{B}/opinion/{quote(words)}/"
    assert address_key(GNU.identity, url) == f"/opinion/{words}/"
    assert read_key(GNU.identity.key, url, None, None) is None
    assert lasting_url(GNU.identity, url, str(number)) == f"{B}/opinion/{number}"
    assert lasting_url(GNU.identity, url, f"/opinion/{words}/") == url
    assert board_url(GNU, url) == board_url(GNU, f"{B}/opinion/{number}") == f"{B}/opinion"


@pytest.mark.parametrize(
    "path",
    ["/opinion", "/opinion/12", "/opinion?page=2", "/bbs/board.php?bo_table=x", "/bbs/board.php?bo_table=x&wr_id=3"],
)
def test_other_addresses_are_no_slugs(path: str) -> None:
    assert address_key(GNU.identity, B + path) is None
    assert lasting_url(GNU.identity, B + path, "7") == B + path


def test_a_slug_of_digits_is_no_number() -> None:
    assert address_key(GNU.identity, f"{B}/opinion/2021/") == "/opinion/2021/"
    assert read_key(GNU.identity.key, f"{B}/opinion/2021", None, None) == "2021"


def test_a_link_to_another_site_is_no_post() -> None:
    page = document('<a href="https://blog.example/user/name/">집</a>', url=f"{B}/opinion")
    assert read_row_link(page, GNU, page.root.css("a")) is None
    page = document('<a href="/opinion/%EC%A7%91/?page=2">집</a>', url=f"{B}/opinion")
    found = read_row_link(page, GNU, page.root.css("a"))
    assert found is not None
    assert found[0] == "/opinion/집/" and is_address(found[0])
    assert found[1] is not None and found[1].url == f"{B}/opinion/%EC%A7%91/"


@pytest.mark.parametrize(
    ("script", "way"),
    [
        (r'alert("x");document.location.replace("http:\/\/board.example\/bbs\/login.php?wr_id=12\u0026url=a");', "12"),
        ("alert('x'); location.href = './login.php?wr_id=5';", "5"),
        ("alert('x');history.back();", None),
        ("location.href='/bbs/login.php?wr_id=9';", None),
    ],
)
def test_an_alert_may_tell_whose_it_is(script: str, way: str | None) -> None:
    found = read_way_out(document(f"<html><script>{script}</script></html>", url=f"{B}/bbs/board.php"))
    assert (found and read_key(GNU.identity.key, found, None, None)) == way


@pytest.mark.parametrize("words", ["wr_id", "w=u&wr_id"])
def test_a_view_without_a_comment_form_tells_its_key_by_its_own_links(words: str) -> None:
    links = (
        f'<a href="/bbs/password.php?{words}=41&w=u">수정</a><a href="/bbs/board.php?bo_table=x&wr_id=40">다음글</a>'
    )
    view = f'<div id="bo_v"><h2 id="bo_v_title">글</h2><div id="bo_v_con">말</div>{links}</div>'
    page = document(view, url=f"{B}/x/%EA%B8%80/")
    assert read_article(page, GNU, SEEN).key == "41"


def test_a_label_inside_a_body_is_the_author_s() -> None:
    plain = layout(
        article={
            "scope": "table",
            "title": [{"label": "title"}, {"before": "author"}],
            "author": [{"label": "author"}],
            "body": [{"remark": '^"<$', "count": "some"}],
        }
    )
    body = "본문<table><tr><td>제목</td><td>남의 것</td></tr></table>"
    view = f'<table><tr><td>물길</td></tr><tr><td>이름 : 한누리</td></tr><tr><td>{body}<!--"<--></td></tr></table>'
    article = read_article(document(view), plain, SEEN)
    assert (article.title, article.author, article.body_text) == ("물길", "한누리", "본문\n\n제목 남의 것")


def test_a_category_before_a_title_is_told_by_the_page_s_title() -> None:
    parts = {"scope": "body", "title": "h1", "title_full": {"select": "title", "pattern": "^(.+) > "}, "body": "p"}
    for shown, whole, told in [
        ("사설 | 물길을 따라", "물길을 따라", ("물길을 따라", "사설")),
        ("[사설] 물길을…", "물길을 따라", ("물길을 따라", "사설")),
        ("[사설] 물길을 따라", "[사설] 물길을 따라", ("[사설] 물길을 따라", None)),
        ("하나 | 둘", "다른 말", ("하나 | 둘", None)),
    ]:
        page = document(f"<html><head><title>{whole} > 칸</title></head><body><h1>{shown}</h1><p>말</p></body></html>")
        article = read_article(page, layout(article=parts), SEEN)
        assert (article.title, article.category) == told


def test_a_script_may_lead_to_the_password() -> None:
    page = document("<script>location.replace('./password.php?w=s&bo_table=x&wr_id=4');</script>")
    wall = read_wall_sign(page, find_engines()["gnuboard4"], 200)
    assert wall is not None and wall.kind == "secret"
    assert (
        read_wall_sign(document("<p>location.replace('password.php?w=s')</p>"), find_engines()["gnuboard4"], 200)
        is None
    )


def test_an_escaped_apostrophe_ends_no_argument() -> None:
    call = read_call("javascript:file_download('./d.php?no=1', '%EA%B8%B0%EC%9E%90%27s.pdf');")
    assert call is not None and call.arguments == ("./d.php?no=1", "기자's.pdf")
    call = read_call("javascript:go(%27a%27)")
    assert call is not None and call.arguments == ("a",)
