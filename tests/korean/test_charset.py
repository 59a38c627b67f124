"""decode: which charset a page really has; clean and quote_in."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.korean.charset import charset_of, clean, decode, encode_like, quote_in

KOREAN = "똠방각하와 뷁, 평화로운 펲시 마을 소식 "
PAGE = "<html><head>{meta}<title>가람신문</title></head><body>{text}</body></html>"
HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=20, max_size=80)


def page(meta: str = "", text: str = KOREAN * 20) -> str:
    return PAGE.format(meta=meta, text=text)


@pytest.mark.parametrize(
    "label",
    [
        "euc-kr",
        "EUC-KR",
        "euckr",
        "ks_c_5601-1987",
        "KS_C_5601-1987",
        "windows-949",
        "korean",
        "ms949",
        "cp949",
        "x-windows-949",
    ],
)
def test_every_korean_label_is_cp949(label: str) -> None:
    assert charset_of(label) == "cp949"
    body = page().encode("cp949")
    decoded = decode(body, f"text/html; charset={label}".encode())
    assert (decoded.text, decoded.charset, decoded.source, decoded.replacements) == (page(), "cp949", "header", 0)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="euc-kr">',
        "<meta charset=euc-kr>",
        '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">',
        "<meta http-equiv=Content-Type content=text/html; charset=EUC-KR>",
        "<META HTTP-EQUIV='content-type' CONTENT='text/html;charset=KS_C_5601-1987' />",
        '<!-- <meta charset="utf-8"> --><meta charset="euc-kr">',
        '<meta charset="no-such-thing"><meta charset="euc-kr">',
    ],
)
@pytest.mark.parametrize("content_type", [None, b"text/html", b"text/html; charset=iso-8859-1"])
def test_the_label_of_the_page(meta: str, content_type: bytes | None) -> None:
    decoded = decode(page(meta).encode("cp949"), content_type)
    assert (decoded.text, decoded.charset, decoded.source) == (page(meta), "cp949", "meta")


def test_xml_prolog() -> None:
    text = '<?xml version="1.0" encoding="euc-kr"?><rss>' + KOREAN + "</rss>"
    decoded = decode(text.encode("cp949"), None)
    assert (decoded.text, decoded.source) == (text, "meta")


def test_a_lying_label_loses() -> None:
    meta = '<meta charset="euc-kr">'
    utf8 = decode(page(meta).encode(), b"text/html; charset=euc-kr")
    assert (utf8.text, utf8.charset, utf8.source) == (page(meta), "utf-8", "utf-8")
    cp949 = decode(page().encode("cp949"), b"text/html; charset=utf-8")
    assert (cp949.text, cp949.charset, cp949.source) == (page(), "cp949", "guess")


def test_ascii_keeps_the_declared_charset_for_forms() -> None:
    assert decode(b"<p>ok</p>", b"text/html; charset=euc-kr").charset == "cp949"
    assert decode(b'<meta charset="euc-kr">', None).source == "meta"
    plain = decode(b"", None)
    assert (plain.text, plain.charset, plain.source) == ("", "utf-8", "utf-8")


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_wins(charset: str) -> None:
    decoded = decode(page().encode(charset), b"text/html; charset=euc-kr")
    assert (decoded.text, decoded.source, decoded.replacements) == (page(), "bom", 0)


@pytest.mark.parametrize("charset", ["utf-8", "cp949"])
@pytest.mark.parametrize("label", [None, b"text/html; charset=utf-8", b"text/html; charset=euc-kr"])
def test_a_character_cut_in_two_does_not_decide(charset: str, label: bytes | None) -> None:
    whole = page(text=KOREAN * 20 + "<a href=1>@</a><td>2021.10.24</td>" + KOREAN)
    body = whole.encode(charset).replace(b"@", "평택".encode(charset)[:-1])
    decoded = decode(body, label)
    assert decoded.text == whole.replace("@", "평\ufffd")
    assert (decoded.charset, decoded.replacements) == (charset, 1)


@pytest.mark.parametrize("after", ["<b>", "...</a>", '">', " 12", "\r\n", "&nbsp;", "0", "한글<", ""])
@pytest.mark.parametrize("lead", [b"\xc8", b"\xfe", b"\xb0", b"\xff", b"\x80"])
def test_ascii_after_a_lone_lead_byte_survives(after: str, lead: bytes) -> None:
    body = KOREAN.encode("cp949") + lead + after.encode("cp949")
    text = decode(body, b"text/html; charset=euc-kr").text
    if after.isascii():
        assert text == KOREAN + "\ufffd" + after
    else:
        assert text.startswith(KOREAN)
        assert text.endswith("<")


def test_an_unassigned_pair_is_one_replacement_and_what_follows_stays() -> None:
    body = b"<p>\xc9\xa1\xb0\xa1\xb3\xaa</p>" + KOREAN.encode("cp949")
    decoded = decode(body, b"charset=euc-kr")
    assert decoded.text == f"<p>\ufffd가나</p>{KOREAN}"
    assert decoded.replacements == 1


def test_a_replacement_character_of_the_site_is_not_ours() -> None:
    assert decode(page(text="적\ufffd인성").encode(), None).replacements == 0
    body = page(text=KOREAN * 20 + "적\ufffd인성").encode() + b"\xea\xb0"
    assert decode(body, None).replacements == 1


def test_mojibake_is_left_alone() -> None:
    spoilt = page(text=KOREAN.encode("cp949").decode("latin-1"))
    assert decode(spoilt.encode(), None).text == spoilt


@given(HANGUL, st.sampled_from(["utf-8", "cp949"]), st.booleans())
def test_round_trip(text: str, charset: str, labelled: bool) -> None:
    body = page(text=text + KOREAN * 3).encode(charset)
    decoded = decode(body, f"text/html; charset={charset}".encode() if labelled else None)
    assert (decoded.text, decoded.charset, decoded.replacements) == (page(text=text + KOREAN * 3), charset, 0)


@given(st.binary(), st.none() | st.binary() | st.sampled_from([b"charset=euc-kr", b"charset=utf-8", b"charset=big5"]))
def test_never_raises(body: bytes, content_type: bytes | None) -> None:
    decoded = decode(body, content_type)
    assert 0 <= decoded.replacements <= len(decoded.text)
    assert isinstance(clean(decoded.text), str)


def test_whole_utf8_costs_little() -> None:
    body = page(text=KOREAN * 850).encode()
    assert len(body) > 45_000
    best = min(_seconds(body) for _ in range(20))
    assert best < 0.001


def _seconds(body: bytes) -> float:
    start = time.perf_counter()
    decode(body, b"text/html; charset=utf-8")
    return time.perf_counter() - start


def test_clean() -> None:
    assert clean(unicodedata.normalize("NFD", "각하")) == "각하"
    assert clean("㈜ ㎡ ․∼") == "㈜ ㎡ ․∼"
    assert clean("a\x00b\x1b[1m\ud800c\x7f\td\r\n") == "ab[1mc\td\r\n"


@given(st.text())
def test_clean_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


def test_quote_in() -> None:
    assert quote_in("평택", "euc-kr") == "%C6%F2%C5%C3"
    assert quote_in("평택", "utf-8") == "%ED%8F%89%ED%83%9D"
    assert quote_in("a b&c=/", "utf-8") == "a%20b%26c%3D%2F"
    assert quote_in("😀", "cp949") == "%26%23128512%3B"
    assert encode_like("똠", "ks_c_5601-1987") == b"\x8c\x63"
    assert encode_like("평택", "no-such-thing") == "평택".encode()
