"""Addresses as raw strings."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.urls import (
    absolute,
    canonical,
    host_name,
    host_of,
    join,
    location,
    query_value,
    target_of,
    with_query,
)

BASE = "http://news.example.kr/bbs/list.html?table=op&page=1#top"


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("view.html?idx=3", "http://news.example.kr/bbs/view.html?idx=3"),
        ("?mode=view&idx=3", "http://news.example.kr/bbs/list.html?mode=view&idx=3"),
        ("?", "http://news.example.kr/bbs/list.html?"),
        ("", "http://news.example.kr/bbs/list.html?table=op&page=1"),
        ("#none", "http://news.example.kr/bbs/list.html?table=op&page=1"),
        ("/x/../y/./z", "http://news.example.kr/y/z"),
        ("../../..", "http://news.example.kr/"),
        ("./", "http://news.example.kr/bbs/"),
        ("//other.example.kr/a", "http://other.example.kr/a"),
        ("https://Other.Example.KR:443", "https://other.example.kr/"),
        ("HTTP://other.example.kr:8080/a#b", "http://other.example.kr:8080/a"),
        ("  \n view.html?a=\r\n1\t ", "http://news.example.kr/bbs/view.html?a=1"),
        ("view.html?s=%BB%E7%C8%B8&t=%c7", "http://news.example.kr/bbs/view.html?s=%BB%E7%C8%B8&t=%c7"),
        ("/down?nonce=ab|cd&amp=1", "http://news.example.kr/down?nonce=ab|cd&amp=1"),
        ("a b.html?q=x y", "http://news.example.kr/bbs/a%20b.html?q=x%20y"),
        ("100%.html", "http://news.example.kr/bbs/100%.html"),
        (r"\files\1.jpg?p=\n", r"http://news.example.kr/files/1.jpg?p=\n"),
        ("http:view.html", "http://news.example.kr/bbs/view.html"),
        ("a:b", None),
        ("javascript:fn(2)", None),
        ("JavaScript:fn(2)", None),
        ("java\nscript:fn(2)", None),
        ("mailto:desk@news.example.kr", None),
        ("ftp://news.example.kr/", None),
        ("http://", None),
        ("http://a:b:c/", None),
        ("http://news.example.kr:99999/", None),
        ("http://news.example.kr:0/", None),
        ("http://user:word@news.example.kr/", None),
        ("http://[::1", None),
        ("http://a b/", None),
    ],
)
def test_join(href: str, wanted: str | None) -> None:
    assert join(BASE, href) == wanted


@pytest.mark.parametrize("charset", ["euc-kr", "cp949", "ks_c_5601-1987", "windows-949", "EUC-KR "])
def test_join_writes_korean_in_the_charset_of_the_page(charset: str) -> None:
    assert join(BASE, "/한?q=한", charset) == "http://news.example.kr/%C7%D1?q=%C7%D1"


@pytest.mark.parametrize("charset", ["utf-8", None, "no-such-charset", "utf-16"])
def test_join_writes_korean_in_utf_8(charset: str | None) -> None:
    assert join(BASE, "/한?q=한", charset) == "http://news.example.kr/%ED%95%9C?q=%ED%95%9C"


def test_join_with_a_character_that_the_charset_lacks() -> None:
    assert join(BASE, "?q=😀", "euc-kr") == "http://news.example.kr/bbs/list.html?q=%26%23128512%3B"
    assert join(BASE, "/😀", "euc-kr") == "http://news.example.kr/%F0%9F%98%80"


def test_join_on_a_base_that_is_none() -> None:
    assert join("about:blank", "/a") is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000"),
        ("http://A.kr:80/", "a.kr"),
        ("https://a.kr:80/", "a.kr:80"),
        ("https://a.kr:443/", "a.kr"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://0177.0.0.01/", "127.0.0.1"),
        ("http://127.1:81/", "127.0.0.1:81"),
        ("http://１２７.0.0.1/", "127.0.0.1"),
        ("http://127。0。0。1/", "127.0.0.1"),
        ("http://%31%32%37.0.0.1/", "127.0.0.1"),
        ("http://256.0.0.1/", ""),
        ("http://1.2.3.4.5/", ""),
        ("http://09.0.0.1/", ""),
        ("http://[0:0:0:0:0:0:0:1]:81/", "[::1]:81"),
        ("http://[::ffff:127.0.0.1]/", "[::ffff:127.0.0.1]"),
        ("http://[1.2.3.4]/", ""),
        ("http://한글.kr/", "xn--bj0bj06e.kr"),
        ("http://a_b.kr/", "a_b.kr"),
        ("/only/path", ""),
    ],
)
def test_host_of(url: str, host: str) -> None:
    assert host_of(url) == host


def test_host_name_leaves_the_port() -> None:
    assert host_name("http://a.kr:8080/") == "a.kr"
    assert host_name("http://[::1]:8080/") == "[::1]"


def test_target_of() -> None:
    assert target_of("http://a.kr") == "/"
    assert target_of("http://a.kr/x?%c7=|") == "/x?%c7=|"


def test_location_escapes_raw_bytes_one_by_one() -> None:
    raw = "/자료/한글.hwp".encode("cp949")
    assert location(raw, BASE) == "http://news.example.kr/%C0%DA%B7%E1/%C7%D1%B1%DB.hwp"
    assert location(b" /a b?%c7 ", BASE) == "http://news.example.kr/a%20b?%c7"
    assert location("http://한글.kr/".encode(), BASE) == "http://xn--bj0bj06e.kr/"


@pytest.mark.parametrize(
    "raw", [b"", b"  ", b"javascript:history.back()", b"mailto:a@b.kr", b"http://", b"http://\xff/"]
)
def test_location_to_nowhere(raw: bytes) -> None:
    assert location(raw, BASE) is None


def test_canonical() -> None:
    url = "HTTP://A.kr:80?page=3&bo_table=free&sid=ab%c7#x"
    assert canonical(url) == "http://a.kr/?page=3&bo_table=free&sid=ab%c7"
    assert canonical(url, keep=["bo_table"]) == "http://a.kr/?bo_table=free"
    assert canonical(url, keep=["bo_table", "sid"]) == canonical(url, keep=["bo_table", "sid"], drop=["page"])
    assert canonical(url, drop=["page", "sid"]) == "http://a.kr/?bo_table=free"
    assert canonical("http://a.kr/?b=1&a=2", keep=["a", "b"]) == canonical("http://a.kr/?a=2&b=1", keep=["a", "b"])
    assert canonical("http://a.kr/x?") == "http://a.kr/x"
    with pytest.raises(ValueError, match="not an http"):
        canonical("javascript:x")


def test_query_value_is_raw() -> None:
    assert query_value("/v?a=%C7%D1&b=&c", "a") == "%C7%D1"
    assert query_value("/v?a=%C7%D1&b=&c", "b") == ""
    assert query_value("/v?a=%C7%D1&b=&c", "c") == ""
    assert query_value("/v?a=1", "d") is None
    assert query_value("/v", "d") is None
    assert query_value("/v?bo%5Ftable=1#a=2", "bo_table") == "1"
    assert query_value("/v?%B0%A1=1", "가") == "1"


def test_with_query_rewrites_nothing_else() -> None:
    url = "http://a.kr/l?section=%C6%F2%C5%C3&page=1&&x=a|b+c#f"
    assert with_query(url, "page", 2) == "http://a.kr/l?section=%C6%F2%C5%C3&page=2&&x=a|b+c"
    assert with_query(url, "sort", "%C7") == "http://a.kr/l?section=%C6%F2%C5%C3&page=1&&x=a|b+c&sort=%C7"
    assert with_query(url, "page", None) == "http://a.kr/l?section=%C6%F2%C5%C3&&x=a|b+c"
    assert with_query("http://a.kr/l?a=1&a=2", "a", "x&y z") == "http://a.kr/l?a=x%26y%20z"
    assert with_query("http://a.kr/l", "a", 1) == "http://a.kr/l?a=1"
    assert with_query("http://a.kr/l?", "a", 1) == "http://a.kr/l?a=1"
    assert with_query("http://a.kr/l?a=1", "a", None) == "http://a.kr/l"


SAFE = st.text("abcXYZ019-_.~%/:@!$()*+,;=|", max_size=30)


@given(path=SAFE, query=SAFE)
def test_what_can_be_requested_stays_as_it_is(path: str, query: str) -> None:
    url = f"http://news.example.kr/x{path.replace('.', '')}?{query}"
    assert absolute(url) == url
    assert join(BASE, url) == url


@given(st.text(max_size=60), st.sampled_from(["utf-8", "euc-kr", None]))
def test_join_is_requestable_or_none(href: str, charset: str | None) -> None:
    url = join(BASE, href, charset)
    if url is not None:
        assert all("!" <= sign <= "~" for sign in url)
        assert "#" not in url
        assert absolute(url) == url
        assert urlsplit(url).scheme in ("http", "https")


@given(st.binary(max_size=40))
def test_location_never_raises(raw: bytes) -> None:
    url = location(raw, BASE)
    assert url is None or absolute(url) == url


@given(st.lists(st.sampled_from([".", "..", "a", "b.html", ""]), min_size=1, max_size=6).map("/".join))
def test_join_agrees_with_the_standard_library(path: str) -> None:
    if path.startswith("//") or "//" in path:
        return
    wanted = urljoin(BASE, path).partition("#")[0]
    assert join(BASE, path) == wanted


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "1", "%C7%D1", "x+y", "|"])), max_size=5),
    st.sampled_from("abc"),
    st.sampled_from(["2", "%B1%DB", ""]),
)
def test_with_query_sets_one_and_keeps_the_others(fields: list[tuple[str, str]], name: str, value: str) -> None:
    url = "http://a.kr/l" + ("?" + "&".join(f"{key}={text}" for key, text in fields) if fields else "")
    changed = with_query(url, name, value)
    assert query_value(changed, name) == value
    others = [f"{key}={text}" for key, text in fields if key != name]
    assert [field for field in changed.partition("?")[2].split("&") if not field.startswith(f"{name}=")] == others
    assert with_query(changed, name, value) == changed


_PIECES = st.sampled_from(
    [
        *r"http:// https:// // / a news.example.kr Example.kr 10.0.0.1 x.1 :80 . .. %2e ? & = % ~ - _ a:b 가".split(),
        *r"\ |".split(),
        " ",
        "javascript:",
    ]
)


@given(
    st.sampled_from([BASE, "http://news.example.kr", "https://a.kr/x/?q", "https://a.kr/b/c;d/"]),
    st.lists(_PIECES, max_size=8).map("".join),
)
def test_a_link_is_the_same_with_and_without_a_fragment(base: str, href: str) -> None:
    """Plain links are joined by a quick way, those with a fragment never."""
    assert join(base, href) == join(base, href.strip() + "#here")


@given(st.lists(st.text("ab=%+;&가#", max_size=6), max_size=4))
def test_the_first_parameter_of_a_name_is_found_however_it_is_written(fields: list[str]) -> None:
    query = "&".join(fields).partition("#")[0]
    told = [(parse_name(field), field.partition("=")[2]) for field in query.split("&")]
    for name, value in told:
        assert query_value(f"http://x.example/?{query}", name) == next(held for own, held in told if own == name), value


def parse_name(field: str) -> str:
    raw = unquote_to_bytes(field.partition("=")[0].replace("+", " "))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp949", "replace")
