"""Bytes to tree, tree to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_documents import document
from selectolax.lexbor import LexborHTMLParser

from scraper.errors import Undecodable
from scraper.page.document import block, head, ids, line, on_one_line


def first(html: str, selector: str = "#x") -> object:
    node = document(f"<html><body>{html}</body></html>").root.css_first(selector)
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("군청 <b>예산</b>안", "군청 예산안"),
        ("군<b>청</b>", "군청"),
        ("첫 줄<br>둘째 줄", "첫 줄 둘째 줄"),
        ("<p>하나</p><p>둘</p>", "하나 둘"),
        ("<table><tr><td>2018</td><td>1,163</td></tr></table>", "2018 1,163"),
        ("앞<script>var a=1</script><style>b{}</style><noscript>숨은 말</noscript>뒤", "앞뒤"),
        ("앞<!-- 주석 -->뒤", "앞뒤"),
        ("가 \n\t &nbsp; 나\u200b\ufeff", "가 나"),
        ("<select><option>고르기</option></select>말<textarea>숨김</textarea><button>단추</button>", "말"),
        ("", ""),
    ],
)
def test_a_line_parts_words_where_the_page_does(html: str, text: str) -> None:
    assert line(first(f"<div id=x>{html}</div>")) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("한 줄<br>다음 줄", "한 줄\n다음 줄"),
        ("한 문단<br><br>다음 문단", "한 문단\n\n다음 문단"),
        ("<p>하나</p><p>둘</p>", "하나\n\n둘"),
        ("<p>하나</p><p>&nbsp;</p><p>&nbsp;</p><p>둘</p>", "하나\n\n둘"),
        ("<div>하나</div><div>둘</div>", "하나\n둘"),
        ("<div><div><p>깊이</p></div></div>말", "깊이\n\n말"),
        ("한 <b>굵은</b> <i>말</i>", "한 굵은 말"),
        ("<table><tr><td>가</td><td>나</td></tr><tr><td>다</td><td>라</td></tr></table>", "가 나\n다 라"),
        ("<pre>하나\n  둘</pre>", "하나\n둘"),
        ("<p>하나</p><textarea readonly>둘\n셋</textarea><textarea>쓰기</textarea>", "하나\n\n둘\n셋"),
        ("줄\n바꿈은 빈칸", "줄 바꿈은 빈칸"),
        ("<ul><li>하나</li><li>둘</li></ul>", "하나\n둘"),
        ("<img src=a.jpg><br>", None),
        ("&nbsp;\u200b", None),
    ],
)
def test_a_block_keeps_paragraphs(html: str, text: str | None) -> None:
    assert block(first(f"<div id=x>{html}</div>")) == text  # type: ignore[arg-type]


def test_what_is_dropped_is_not_read() -> None:
    page = document("<div id=x>제목<span class=n>새글</span></div>")
    node = page.root.css_first("#x")
    assert node is not None
    assert line(node, ids(node.css(".n"))) == "제목"
    assert block(node, ids(node.css(".n"))) == "제목"


@given(st.lists(st.text("가나다 라\n<&>", max_size=12), max_size=6))
def test_block_and_line_hold_the_same_words(parts: list[str]) -> None:
    escaped = [part.replace("&", "&amp;").replace("<", "&lt;") for part in parts]
    node = first("<div id=x>" + "<br>".join(f"<p>{part}</p>" for part in escaped) + "</div>")
    assert (block(node) or "").split() == line(node).split()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", b"text/html"),
        (b" \r\n", b"text/html"),
        (b"%PDF-1.4 <x>", b"text/html"),
        (b"<html></html>", b"application/pdf"),
        (b"GIF89a<", b"image/gif"),
        (b"plain words", b"text/plain"),
        (b"words " * 500, b"text/html"),
        (b"SQLite format 3\0\x10\0\x01" + bytes(40) + b"<html><p>words</p></html>", b"text/html"),
    ],
)
def test_what_is_no_page_is_refused(body: bytes, content_type: bytes) -> None:
    with pytest.raises(Undecodable) as caught:
        document(body, content_type=content_type)
    assert caught.value.url.startswith("http://board.example/")


def test_a_stray_zero_byte_makes_no_other_file_of_a_page() -> None:
    assert "words" in line(document(b"<html>\0<p>words</p>\0</html>").root)
    assert "words" in line(
        document("\ufeff<html><p>words</p></html>".encode("utf-16-le"), content_type=b"text/html").root
    )


def test_a_remark_without_tags_is_a_page_when_the_server_calls_it_html() -> None:
    assert line(document("접근 불가합니다.", content_type=b"text/html").root) == "접근 불가합니다."


def test_nesting_is_capped_but_many_flat_elements_are_not() -> None:
    with pytest.raises(Undecodable, match="nested over"):
        document("<div>" * 30_000)
    flat = document("<p>가" * 21_000 + "<ul>" + "<li>나" * 5_000)
    assert len(flat.root.css("li")) == 5_000


@pytest.mark.parametrize("tag", ["div", "font", "p><b", "table><tr><td"])
def test_text_is_read_at_any_depth_that_a_page_may_have(tag: str) -> None:
    page = document(f"<{tag}>" * 190 + "가<br>나")
    assert line(page.root) == "가 나"
    assert block(page.root) == "가\n나"


def test_a_tree_too_deep_to_read_is_refused_but_unclosed_tags_are_not() -> None:
    with pytest.raises(Undecodable, match="nested over"):
        document("<table><tr><td>" * 300)
    rows = "<tr><td><font color=red><b>글<td><font>1</tr>" * 900
    assert len(document(f"<table>{rows}</table>").root.css("tr")) == 900


def test_nul_and_lone_surrogates_do_not_get_through() -> None:
    text = line(document(b"<p>\xea\xb0\x80\x00\xeb\x82\x98&#xD800;</p>").root)
    assert "\x00" not in text
    text.encode("utf-8")


def test_cp949_behind_a_euc_kr_label_is_read_whole() -> None:
    page = document("<meta charset=euc-kr><p>똠방각하 뷁</p>".encode("cp949"), content_type=b"text/html")
    assert (page.charset, line(page.root)) == ("cp949", "똠방각하 뷁")


@pytest.mark.parametrize(
    ("html", "ended"),
    [("<html><p>가</p></html>", True), ("<html><p>가", False), ("<p>가", True), ("<html><body>가</body>", True)],
)
def test_a_page_that_lost_its_end_shows_it(html: str, ended: bool) -> None:
    assert document(html).ended is ended


def test_a_base_element_moves_relative_links() -> None:
    assert document("<base href='http://other.example/a/'><p>").base == "http://other.example/a/"
    assert document("<base href='/a/'><p>", url="http://board.example/x").base == "http://board.example/x"


def test_the_head_is_how_the_line_begins() -> None:
    long = "".join(f"<p> 첫째 <b>마당</b>{n} </p><script>x</script>" for n in range(60))
    for markup in (long, "<p>짧은 글</p>", "", "<td>" + "가" * 300 + "</td>"):
        node = LexborHTMLParser(f"<div>{markup}</div>").css_first("div")
        assert node is not None
        assert head(node).rstrip() == line(node)[:200].rstrip()


SPACED = st.text("가 나a1\t\n\xa0\u3000\u200b\ufeff\u2028\x1c\x85😀\ue000", max_size=12)


@given(SPACED | st.text(max_size=12))
def test_white_space_is_collapsed_the_same_way_in_plain_texts(text: str) -> None:
    assert on_one_line(text) == " ".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


@given(st.lists(SPACED, min_size=1, max_size=4), st.sampled_from(("p", "div", "td", "b", "pre", "li")))
def test_a_block_of_one_text_is_read_like_one_of_several(texts: list[str], tag: str) -> None:
    """An element with one text in it, and the same with a comment before it."""
    texts = [text.strip("\n") for text in texts]  # after <pre> a parser swallows one
    plain = "".join(f"<{tag}>{text}</{tag}>" for text in texts)
    parted = "".join(f"<{tag}><!-- -->{text}</{tag}>" for text in texts)
    assert block(document(f"<main>{plain}</main>").root) == block(document(f"<main>{parted}</main>").root)


@pytest.mark.parametrize(
    "body", ["<p>가", "<p>\x00가\x07", "<p>\u1112\u1161\u11ab", "\ufeff<p>가", "plain <b>ascii", "<p>\ud55c\u0301"]
)
@pytest.mark.parametrize("charset", ["utf-8", "cp949", "utf-16"])
def test_the_tree_is_that_of_the_cleaned_text(body: str, charset: str) -> None:
    raw = body.encode(charset, "ignore")
    page = document(raw, content_type=f"text/html; charset={charset}".encode())
    assert page.tree.html == LexborHTMLParser(page.text).html
