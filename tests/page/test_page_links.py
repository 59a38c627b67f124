"""From links to identities and canonical addresses."""

from __future__ import annotations

import pytest
from page_documents import document, layout

from scraper.models import Ask
from scraper.page.calls import Call
from scraper.page.layout import find_engines
from scraper.page.links import article_url, board_url, open_link, opens_post, read_key, read_row_link

B = "http://board.example"
GNU, RHYMIX, LEGACY = (find_engines()[name] for name in ("gnuboard5", "rhymix", "legacy"))


@pytest.mark.parametrize(
    ("sources", "url", "call", "key"),
    [
        (["query:wr_id"], f"{B}/b?wr_id=12&x=1", None, "12"),
        (["query:wr_id", "query:no"], f"{B}/b?no=3", None, "3"),
        (["query:wr_id"], f"{B}/b?wr_id=", None, None),
        (["query:id"], f"{B}/b?wr_id=12", None, None),
        ([r"path:/(\d+)$"], f"{B}/column/31?page=2", None, "31"),
        ([r"path:/(\d+)$"], f"{B}/column/31a", None, None),
        (["call:1"], None, Call("view", ("BBS", "77")), "77"),
        (["call:2"], None, Call("view", ("BBS", "77")), None),
        (["query:no", "call:0"], None, Call("view", ("5",)), "5"),
        (["query:name"], f"{B}/b?name=%EA%B0%80", None, "가"),
    ],
)
def test_a_key_is_the_first_that_a_source_gives(
    sources: list[str], url: str | None, call: Call | None, key: str | None
) -> None:
    assert read_key(sources, url, call, None) == key


def test_a_key_may_stand_in_an_attribute() -> None:
    node = document("<a data-id=44>x</a>").root.css_first("a")
    assert read_key(["attr:data-id"], None, None, node) == "44"


@pytest.mark.parametrize(
    ("href", "opens"),
    [
        ("/b/view.asp?tb=c&idx=28", True),
        ("/b/view.asp?tb=c&idx=28&menu=30", True),
        ("/b/view.asp?tb=c&idx=9&mode=down", False),
        ("/b/view.asp?tb=c&idx=9&file_no=1", False),
        ("/b/download.asp?tb=c&idx=9", False),
        ("/b/view.asp?tb=c", False),
        ("http://files.example/b/view.asp?tb=c&idx=28", False),
    ],
)
def test_a_link_below_a_post_opens_another_one_or_is_its_file(href: str, opens: bool) -> None:
    page = document(f'<a href="{href}">x</a>', url=f"{B}/b/view.asp?tb=c&idx=9")
    assert opens_post(page, LEGACY, page.root.css_first("a")) is opens


@pytest.mark.parametrize(
    ("engine", "url", "article"),
    [
        (GNU, f"{B}/bbs/board.php?bo_table=x&wr_id=5&page=3&sca=%EA%B8%B0", f"{B}/bbs/board.php?bo_table=x&wr_id=5"),
        (GNU, f"{B}/bbs/board.php?wr_id=5&bo_table=x#c_9", f"{B}/bbs/board.php?bo_table=x&wr_id=5"),
        (GNU, f"{B}/x/5?page=3", f"{B}/x/5"),
        (RHYMIX, f"{B}/m/7?page=2", f"{B}/m/7"),
        (RHYMIX, f"{B}/index.php?mid=m&page=2&document_srl=7", f"{B}/index.php?mid=m&document_srl=7"),
        (LEGACY, f"{B}/b/view.asp?tb=c&idx=9&page=4", f"{B}/b/view.asp?tb=c&idx=9"),
        (LEGACY, f"{B}/v.php?idx=9&PHPSESSID=ab12", f"{B}/v.php?idx=9"),
    ],
)
def test_an_article_has_one_address(engine: object, url: str, article: str) -> None:
    assert article_url(engine.identity, url) == article  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("engine", "board", "urls"),
    [
        (GNU, "/bbs/board.php?bo_table=x", ["&page=3", "&wr_id=5&page=3", "&wr_id=5#c_9", "", "&sst=wr_hit&sod=desc"]),
        (GNU, "/x", ["?page=2", "/5", "/5?page=2", ""]),
        (GNU, "/news/x", ["/5"]),
        (RHYMIX, "/m", ["", "/", "/123", "/123?page=2", "?page=2", "/page/3"]),
        (RHYMIX, "/m/category/44", ["", "/", "/page/3", "?page=2"]),
        (RHYMIX, "/m", ["/12#12_comment", "?page=2#top", "/12?category=44"]),
        (RHYMIX, "/m?category=44", ["", "&page=2"]),
        (RHYMIX, "/m?listStyle=gallery", ["", "&page=2"]),
        (RHYMIX, "/m?listStyle=gallery", [""]),
        (RHYMIX, "/xe/my-board", ["", "/123", "/page/3", "/123?category=44"]),
        (RHYMIX, "/index.php?mid=m&category=44", ["", "&page=2", "&page=2&document_srl=123"]),
        (RHYMIX, "/index.php?mid=m", ["", "&page=2", "&page=2&document_srl=123"]),
        (LEGACY, "/bbs/list.php?code=c", ["", "&page=2", "&mode=view&idx=9&page=1", "&idx=9"]),
    ],
)
def test_a_board_has_one_address(engine: object, board: str, urls: list[str]) -> None:
    found = {board_url(engine, B + board + rest) for rest in urls}  # type: ignore[arg-type]
    assert found == {B + board}


def test_a_category_of_gnuboard_is_a_list_of_its_own() -> None:
    url = f"{B}/bbs/board.php?bo_table=x&sca=%EC%B9%BC&page=2"
    assert board_url(GNU, url) == f"{B}/bbs/board.php?bo_table=x&sca=%EC%B9%BC"


def row_link(html: str, plain: object, url: str = f"{B}/list?tb=c") -> tuple[str, Ask | None] | None:
    page = document(html, url=url)
    return read_row_link(page, plain, page.root.css("a, [onclick]"))  # type: ignore[arg-type]


def test_a_link_to_another_board_is_no_row() -> None:
    url = f"{B}/bbs/board.php?bo_table=x"
    other = '<a href="/bbs/board.php?bo_table=free&amp;wr_id=1">x</a>'
    assert row_link(other, GNU, url) is None
    found = row_link(other + '<a href="/bbs/board.php?bo_table=x&amp;wr_id=2&amp;page=1">x</a>', GNU, url)
    assert found is not None
    assert (found[0], found[1] and found[1].url) == ("2", f"{B}/bbs/board.php?bo_table=x&wr_id=2")


def test_a_call_without_a_known_function_is_still_an_identity() -> None:
    assert row_link("<td onclick=\"view('77')\">제목</td>", layout()) is None  # a td outside a table is dropped
    assert row_link("<table><tr><td onclick=\"view('77')\">제목</td></tr></table>", layout()) == ("77", None)


def test_a_layout_may_make_the_address_from_the_key() -> None:
    plain = layout(identity={"key": ["call:0"], "url": "view.php?no={key}"})
    found = row_link("<a href='#' onclick=\"view('77'); return false\">제목</a>", plain)
    assert found == ("77", Ask(f"{B}/view.php?no=77", "article", referer=f"{B}/list?tb=c"))


def test_a_key_may_come_from_the_form_that_a_call_sends() -> None:
    html = (
        "<form name=f action=/view method=post><input name=no></form><a href=\"javascript:v('5')\">제목</a>"
        "<script>function v(n){document.f.no.value=n;document.f.submit();}</script>"
    )
    found = row_link(html, layout(identity={"key": ["query:no"]}))
    assert found is not None
    assert found[0] == "5"
    assert found[1] is not None
    assert found[1].form == b"no=5"


def test_an_address_that_the_board_escaped_twice() -> None:
    found = row_link('<a href="/view?no=7&amp;amp;part=ab">제목</a>', layout())
    assert found is not None
    assert found[1] is not None
    assert found[1].url == f"{B}/view?no=7&part=ab"


def test_a_link_may_carry_its_address_for_a_script() -> None:
    def asked(html: str) -> str | None:
        page = document(html, url=f"{B}/free/7")
        ask = open_link(page, layout(), page.root.css("a, button")[0], "attachment")
        return ask.url if ask else None

    assert asked('<a href="javascript:;" data-href="/?act=down&amp;file=3">지도.hwp</a>') == f"{B}/?act=down&file=3"
    assert asked('<a href="#" data-url="https://files.example/3">지도.hwp</a>') == "https://files.example/3"
    assert asked('<a href="/down/4" data-href="/down/3">지도.hwp</a>') == f"{B}/down/4"
    assert asked('<a href="#" data-href="3">지도.hwp</a>') is None
    assert asked('<button data-url="/share">공유하기</button>') is None
