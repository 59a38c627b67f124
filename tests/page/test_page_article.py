"""Views: titles, bodies, files and images."""

from __future__ import annotations

from typing import Any

import pytest
from page_documents import SEEN, document, layout

from scraper.errors import LayoutChanged
from scraper.models import Article
from scraper.page.article import read_article
from scraper.page.layout import find_engines

VIEW = "http://board.example/bbs/view.php?code=c&no=7"
LEGACY = find_engines()["legacy"]


def article(html: str, url: str = VIEW, **part: Any) -> Article:
    part = {"scope": "#v", "title": "h1", "body": {"select": ".body", "count": "some"}} | part
    return read_article(document(f"<html><body><div id=v>{html}</div></body></html>", url), layout(article=part), SEEN)


def files(found: Article, kind: str = "file") -> list[tuple[str, str, str]]:
    return [(each.key, each.name, each.ask.url if each.ask else "") for each in found.attachments if each.kind == kind]


PLAIN = "<h1>물길</h1><div class=body><p>하나</p><p>둘</p></div>"


def test_a_view_gives_what_it_has_and_nothing_else() -> None:
    found = article(PLAIN)
    assert (found.key, found.title, found.title_cut, found.body_text) == ("7", "물길", False, "하나\n\n둘")
    assert found.body_html == "<p>하나</p><p>둘</p>"
    assert (found.author, found.posted, found.hits, found.category, found.attachments) == (None, None, None, None, ())


@pytest.mark.parametrize(
    ("html", "selector"),
    [
        ("<h2>x</h2><div class=body>y</div>", "h1"),
        ("<h1>물길</h1>", ".body"),
        ("<h1></h1><div class=body>y</div>", "h1"),
    ],
)
def test_a_view_without_title_or_body_is_an_error(html: str, selector: str) -> None:
    with pytest.raises(LayoutChanged) as caught:
        article(html)
    assert caught.value.selector == selector


def test_a_page_without_the_scope_is_an_error() -> None:
    with pytest.raises(LayoutChanged) as caught:
        article(PLAIN, scope="#elsewhere")
    assert caught.value.selector == "#elsewhere"


def test_a_selector_that_must_match_once_is_counted() -> None:
    with pytest.raises(LayoutChanged) as caught:
        article("<h1>물길</h1><h1>둘째</h1><div class=body>y</div>", title={"select": "h1", "count": "one"})
    assert (caught.value.wanted, caught.value.found) == ("exactly one", "2")


@pytest.mark.parametrize(
    ("whole", "title", "cut"),
    [
        ("물길을 따라 걷는 늦가을 | 나루신문", "물길을 따라 걷는 늦가을", False),
        ("다른 글 | 나루신문", "물길을 따라…", True),
        ("물길을 따라… | 나루신문", "물길을 따라…", True),
        ("물길을 따라 걷는 …  | 나루신문", "물길을 따라 걷는 …", True),
    ],
)
def test_a_cut_title_is_completed_from_the_page_title(whole: str, title: str, cut: bool) -> None:
    html = f"<title>{whole}</title><div id=v><h1>물길을 따라…</h1><div class=body>y</div></div>"
    part = {"scope": "#v", "title": "h1", "body": ".body", "title_full": {"select": "title", "pattern": "^(.+?) *[|]"}}
    found = read_article(document(html, VIEW), layout(article=part), SEEN)
    assert (found.title, found.title_cut) == (title, cut)


@pytest.mark.parametrize(
    ("shown", "title", "category"),
    [
        ("오피니언 › 기고 › 물길을 따라", "물길을 따라", None),
        ("기고 | 물길을 따라", "물길을 따라", "기고"),
        ("[사설] [기고] 물길을 따라", "[기고] 물길을 따라", "사설"),
        ("오피니언 › 물길을 건너", "오피니언 › 물길을 건너", None),
    ],
)
def test_what_leads_a_title_is_told_by_where_it_stands_whole(shown: str, title: str, category: str | None) -> None:
    whole = "[기고] 물길을 따라" if "[기고]" in shown else "물길을 따라"
    html = f"<title>나루신문 : {whole}</title><div id=v><h1>{shown}</h1><div class=body>y</div></div>"
    part = {"scope": "#v", "title": "h1", "body": ".body", "title_full": {"select": "title", "pattern": " : (.+)$"}}
    found = read_article(document(html, VIEW), layout(article=part), SEEN)
    assert (found.title, found.category) == (title, category)


@pytest.mark.parametrize("body", ["<img src=/a.jpg>", "<p>&nbsp;</p><p><br></p>", "<iframe src=/v></iframe>"])
def test_a_body_without_words_has_no_text(body: str) -> None:
    found = article(f"<h1>물길</h1><div class=body>{body}</div>")
    assert (found.body_text, bool(found.body_html)) == (None, True)


def test_what_a_layout_drops_is_not_in_the_text_of_the_body() -> None:
    found = article("<h1>물길</h1><div class=body>하나<p class=ad>광고</p></div>", body_drop=[".ad"])
    assert found.body_text == "하나"


def test_a_body_is_no_part_of_itself_that_is_left_out() -> None:
    page = "<h1>물길</h1><div class=body>하나<div>등록일 2026.11.02</div> 둘 <b>등록일 2019.01.02</b></div>"
    found = article(page, body_drop=["div"], date=[{"select": "b", "label": "date"}])
    assert found.body_text == "하나 둘 등록일 2019.01.02"
    assert found.posted is None


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("작성일 : 2021-11-20 09:31", "2021-11-20T09:31:00+09:00"),
        ("2021.11.20", "2021-11-20"),
        ("입력 2021-11-20 09:31:07", "2021-11-20T09:31:07+09:00"),
    ],
)
def test_the_date_of_a_view(text: str, stamp: str) -> None:
    assert str(article(f"{PLAIN}<p class=d>{text}</p>", date=".d").posted) == stamp


def test_labels_name_fields_in_one_cell_or_two() -> None:
    cells = (
        "<table><tr><th>작성자</th><td>한누리</td><th>조회수</th><td>1,204</td></tr>"
        "<tr><td>작성일 : 2021-11-20</td></tr></table>"
    )
    labels = {name: {"label": name} for name in ("author", "date", "hits")}
    found = article(cells + PLAIN, **labels)
    assert (found.author, str(found.posted), found.hits) == ("한누리", "2021-11-20", 1204)


FILES = {"files": {"select": ".f a", "key": ["query:n"]}}


def test_files_are_known_by_their_key_and_one_linked_twice_counts_once() -> None:
    html = (
        "<p class=f><a href='/d?n=1&t=a'><img src=i.gif></a><a href='/d?n=1&t=a'>가.hwp (71KB)</a>"
        "<a href='/d?n=2'>가.hwp</a></p>"
    )
    found = files(article(PLAIN + html, **FILES))
    assert [(key, url.rpartition("/")[2]) for key, _, url in found] == [("1", "d?n=1&t=a"), ("2", "d?n=2")]
    assert found[1][1] == "가.hwp"


def test_the_name_of_a_file_linked_twice_is_the_one_in_words() -> None:
    html = "<p class=f><a href='/d?n=1'><img src=i.gif></a><a href='/d?n=1'>가.hwp (71KB)</a></p>"
    assert files(article(PLAIN + html, **FILES)) == [("1", "가.hwp", "http://board.example/d?n=1")]


def test_files_of_one_name_without_keys_stay_two() -> None:
    html = "<p class=f><a href='/d?x=1'>가.hwp</a><a href='/d?x=2'>가.hwp</a></p>"
    found = files(article(PLAIN + html, files={"select": ".f a"}))
    assert [(key, name) for key, name, _ in found] == [("가.hwp", "가.hwp"), ("가.hwp#2", "가.hwp")]


def test_links_of_a_labelled_cell_are_files_but_for_zip_and_preview() -> None:
    html = (
        "<table><tr><th>첨부파일</th><td><a href='/d/1'>보고서.pdf</a> <a href='/p/1'>미리보기</a> "
        "<a href='/d/2'>사진.jpg (734KB)</a> <a href='/p/2'>바로보기</a> <a href='/zip'>전체(Zip)</a></td></tr></table>"
    )
    found = files(article(html + PLAIN, files={"label": True}))
    assert [name for _, name, _ in found] == ["보고서.pdf", "사진.jpg"]


def test_a_link_that_shows_nothing_leads_to_no_file() -> None:
    html = (
        "<ul class=f><li><a href='/d?n=1&sid=0'></a></li><li><a href='/d?n=2'>가.hwp</a></li>"
        "<li><a class=btn_down href='/d?n=3'></a></li><li><a href='/d?n=4'><i></i></a></li></ul>"
    )
    assert [key for key, _, _ in files(article(PLAIN + html, **FILES))] == ["2", "3", "4"]


@pytest.mark.parametrize(
    "listed",
    ["<h3>첨부 <em>[2]</em></h3><ul><li>{}</li><li>{}</li></ul>", "<dl><dt>첨부파일</dt><dd>{}</dd><dd>{}</dd></dl>"],
)
def test_a_label_before_a_list_is_of_all_its_items(listed: str) -> None:
    html = (
        listed.format("<a href='/d/1'>보고서.pdf</a>", "<a href='/d/2'>사진.jpg</a>")
        + "<ul><li><a href='/l'>목록</a></ul>"
    )
    found = files(article(html + PLAIN, cells=["h3", "li", "dt", "dd"], files={"label": True}))
    assert [name for _, name, _ in found] == ["보고서.pdf", "사진.jpg"]


def test_links_called_as_files_are_found_without_a_label_but_not_in_the_text_or_a_margin() -> None:
    html = (
        "<h1>물길</h1><div class=body><a href='/w/1'>남의 글.pdf</a></div><aside><a href='/s/1'>안내.hwp</a></aside>"
        "<ul><li><a href='/d/1'>가.hwp (71KB)</a></li><li><a href='/d/2'>고치기</a></li>"
        "<li><a href='view.php?code=c&no=9'>지난 글.hwp</a></li></ul>"
    )
    part = {"scope": "#v", "title": "h1", "body": ".body", "files": {"anywhere": True}}
    plain = layout(identity={"key": ["query:no"]}, article=part)
    assert files(read_article(document(f"<div id=v>{html}</div>", VIEW), plain, SEEN)) == [
        ("가.hwp", "가.hwp", "http://board.example/d/1")
    ]


def test_a_file_behind_a_call_is_resolved_by_the_layout() -> None:
    html = f"<div id=v>{PLAIN}<p class=f><a href=\"javascript:down('F1','0')\">가.hwp</a></p></div>"
    plain = layout(
        article={"scope": "#v", "title": "h1", "body": ".body", "files": {"select": ".f a"}},
        calls={"down": "/fms/down.do?f={0}&n={1}"},
    )
    found = read_article(document(html, VIEW), plain, SEEN)
    assert files(found) == [("가.hwp", "가.hwp", "http://board.example/fms/down.do?f=F1&n=0")]


def test_a_file_behind_a_script_that_is_elsewhere_keeps_its_name() -> None:
    html = (
        "<div class=f><a href='###' onclick=\"return submitForm(this,'down',64274,'')\">계획.hwp (1)</a>"
        "<a href='###' onclick=\"return submitForm(this,'edit',64274,'')\">고치기</a>"
        "<a href='#none' onclick=\"BOARD.file_download('/exec/download?no=3&f=a.pdf');\">그림.pdf</a></div>"
    )
    found = article(html + PLAIN, files={"select": ".f a"})
    assert files(found) == [
        ("계획.hwp", "계획.hwp", ""),
        ("그림.pdf", "그림.pdf", "http://board.example/exec/download?no=3&f=a.pdf"),
    ]


def test_images_of_the_body_are_kept_at_their_original_address() -> None:
    html = (
        "<h1>물길</h1><div class=body><img src='/data/thumb-a_835x400.jpg'><img src='/data/a.jpg'>"
        "<img src='data:image/gif;base64,R0' data-src='/lazy.png'><img src='./files/b.png'>"
        "<img src='http://other.example/c.png?x=1'><img></div><img src='/outside.png'>"
    )
    images = {"base": "/", "original": [r"/thumb-([^/]+)_\d+x\d+(\.\w+)$", r"/\1\2"]}
    found = files(article(html, url="http://board.example/m/7", images=images), "inline")
    assert [url for _, _, url in found] == [
        "http://board.example/data/a.jpg",
        "http://board.example/lazy.png",
        "http://board.example/files/b.png",
        "http://other.example/c.png?x=1",
    ]
    assert [key for key, _, _ in found][:2] == ["img:/data/a.jpg", "img:/lazy.png"]


def test_a_shrunk_image_has_the_ending_that_the_link_around_it_tells() -> None:
    html = (
        "<h1>물길</h1><div class=body><a href='/view.php?fn=%2Fdata%2Fa.JPG'><img src='/data/thumb-a_835x400.jpg'></a>"
        "<a href='/view.php?b=x&amp;fn=b.jpeg'><p><img src='/data/thumb-b_835x400.jpg'></p></a>"
        "<a href='/view.php?fn=other.JPG'><img src='/data/thumb-c_835x400.jpg'></a>"
        "<a href='http://[bad'><img src='/data/thumb-d_835x400.jpg'></a><a href='/view.php?fn='><img src='/'></a></div>"
    )
    images = {"original": [r"/thumb-([^/]+)_\d+x\d+(\.\w+)$", r"/\1\2"], "told": ["query:fn"]}
    found = files(article(html, url="http://board.example/m/7", images=images), "inline")
    assert [url.rpartition("/")[2] for _, _, url in found] == ["a.JPG", "b.jpeg", "c.jpg", "d.jpg", ""]


def test_a_picked_name_loses_the_slashes_before_its_quotes() -> None:
    shown = r"""기자\'s \"봄\".pdf"""
    html = f"<h1>물길</h1><div class=body>x</div><a class=f href=/d?no=1><b>{shown}</b> (3K)</a>"
    (found,) = article(html, files={"select": "a.f", "name": "b"}).attachments
    assert (found.name, found.name_raw) == ("""기자's "봄".pdf""", shown)


def legacy(*rows: str) -> Article:
    side = "<table><tr><td>새 글</td><td><a href=?idx=1>x</a></td></tr></table>"
    cells = "".join(f"<tr><td>{row}</td></tr><tr><td height=1></td></tr>" for row in rows)
    return read_article(document(f"<html><body>{side}<table>{cells}</table></body></html>", VIEW), LEGACY, SEEN)


def test_the_seed_prints_author_before_title_and_neither_date_nor_hits() -> None:
    found = legacy(
        "작성자 : 교통안전계 한누리",
        "<b>[기고] 2016년 7월 22일의 물길</b>",
        "첫 줄<br><br>2016년 7월 22일에 시작했다.",
        "첨부파일 : <a href=/d?f=1>1_24.JPG</a>",
        "..",
        "..",
    )
    assert (found.author, found.title) == ("교통안전계 한누리", "[기고] 2016년 7월 22일의 물길")
    assert (found.posted, found.hits) == (None, None)
    assert found.body_text == "첫 줄\n\n2016년 7월 22일에 시작했다."
    assert files(found) == [("1_24.JPG", "1_24.JPG", "http://board.example/d?f=1")]


def test_a_post_of_the_seed_without_a_body_has_none() -> None:
    found = legacy("작성자 : 한누리", "<b>제목뿐인 글</b>", "", "첨부파일 : <a href=/d?f=1>1.JPG</a>", "..")
    assert (found.title, found.body_text, found.body_html, len(found.attachments)) == ("제목뿐인 글", None, None, 1)
    assert legacy("작성자 : 한누리", "<b>제목뿐인 글</b>", "", "..", "..").body_html is None


def test_a_body_of_the_seed_may_hold_a_table_and_words_like_labels() -> None:
    body = "작성자 : 아무개라는 이름으로<br><table><tr><td>작성자</td><td>조회</td></tr></table>2018 1,163"
    found = legacy("작성자 : 한누리", "<b>물길</b>", body, "..", "..")
    assert (found.author, found.title) == ("한누리", "물길")
    assert (found.body_text or "").startswith("작성자 : 아무개라는 이름으로")
    assert (found.body_text or "").endswith("2018 1,163")


SHARES = "<a href=#s>페이스북</a> <a href=#s>트위터</a> <a href=#s>인쇄</a>"


@pytest.mark.parametrize(
    ("beside", "text"), [(SHARES, None), ("<h5>댓글 0</h5>", None), ("<p>둑길에서 찍었다.</p>", "둑길에서 찍었다.")]
)
def test_what_stands_beside_a_body_of_pictures_is_no_text_but_a_text_is(beside: str, text: str | None) -> None:
    html = f"<h1>물길</h1><div><img src=/p/1.jpg></div><div>{beside}</div>"
    found = article(html, body={"select": "#v > div", "count": "some"})
    assert found.body_text == text
