"""File names: from Content-Disposition bytes, link texts and addresses."""

from __future__ import annotations

import base64
import time
import unicodedata
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.korean.disposition import base_name, write_disposition
from scraper.korean.names import (
    NOT_FILES,
    is_file_link_text,
    is_kind_sign,
    looks_like_file_name,
    name_from_link,
    name_from_url,
    read_disposition,
    says_download,
)

NAME = "보도자료 (최종) 똠.hwp"
CP949 = NAME.encode("cp949")
UTF8 = NAME.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b'attachment; filename="' + CP949 + b'"',
        b'attachment; filename="' + UTF8 + b'"',
        b"attachment; filename=" + CP949,
        b"attachment;filename=" + UTF8 + b";",
        b"attachment; filename=" + CP949 + b"; size=12",
        b'attachment; FileName="' + CP949 + b'" ; size="12"',
        b'filename="' + CP949 + b'"',
        b'attachment; filename="' + CP949,
        b'attachment; filename="' + quote(NAME).encode() + b'"',
        b'attachment; filename="' + quote_from_bytes(CP949).encode() + b'"',
        b'attachment; filename="' + quote(NAME).replace("%20", "+").encode() + b'"',
        b"attachment; filename*=UTF-8''" + quote(NAME).encode(),
        b"attachment; filename*=utf-8'ko'" + quote(NAME).encode(),
        b"attachment; filename*=\"UTF-8''" + quote(NAME).encode() + b'"',
        b"attachment; filename*=euc-kr''" + quote_from_bytes(CP949).encode(),
        b"attachment; filename*=UTF-8''" + quote_from_bytes(CP949).encode(),
        b"attachment; filename*=" + quote(NAME).encode(),
        b"attachment; filename=\"x.hwp\"; filename*=UTF-8''" + quote(NAME).encode(),
        b"attachment; filename*=UTF-8''" + quote(NAME).encode() + b'; filename="x.hwp"',
        b"attachment; filename*=UTF-8''; filename=\"" + CP949 + b'"',
        b'attachment; filename="C:\\data\\' + CP949 + b'"',
        b'attachment; filename="/home/www/' + UTF8 + b'"',
        b'attachment; filename="=?UTF-8?B?' + base64.b64encode(UTF8) + b'?="',
        b'attachment; filename="=?euc-kr?B?' + base64.b64encode(CP949) + b'?="',
        b"attachment; filename==?utf-8?Q?" + quote(NAME, safe="").replace("%", "=").encode() + b"?=",
        b'attachment; filename="=?UTF-8?B?'
        + base64.b64encode(UTF8[:10])
        + b"?= =?UTF-8?B?"
        + base64.b64encode(UTF8[10:])
        + b'?="',
        b'attachment; filename="' + UTF8.decode("latin-1").encode() + b'"',
        b'attachment; filename="' + CP949.decode("latin-1").encode() + b'"',
        b'attachment; filename="' + unicodedata.normalize("NFD", NAME).encode() + b'"',
    ],
)
@pytest.mark.parametrize("page_charset", [None, "utf-8", "euc-kr"])
def test_one_name_in_every_form(raw: bytes, page_charset: str | None) -> None:
    found = read_disposition(raw, page_charset)
    assert found is not None
    name, name_raw = found
    assert name == NAME
    assert name_raw.encode("latin-1") in raw


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'attachment; filename="a; b=c.hwp"; size=3', "a; b=c.hwp"),
        (b'attachment; filename="a "b" c.hwp"', 'a "b" c.hwp'),
        (b'attachment; filename="a \\"b\\".hwp"', 'a "b".hwp'),
        (b"attachment; filename=a;b.hwp", "a;b.hwp"),
        (b"attachment; filename='a.hwp'", "a.hwp"),
        (b'attachment; filename="a%20b+c.pdf"', "a b+c.pdf"),
        (b'attachment; filename="a+b.pdf"', "a+b.pdf"),
        (b'attachment; filename="a b+%EA%B0%80.pdf"', "a b+가.pdf"),
        (b'attachment; filename="100%.pdf"', "100%.pdf"),
        (b'attachment; filename="50%20.pdf"', "50 .pdf"),
        (b'attachment; filename="caf\xc3\xa9.pdf"', "caf\u00e9.pdf"),
        (b'attachment; filename="=?broken.pdf"', "=?broken.pdf"),
        (b'attachment; filename="=?UTF-8?B?%%%?="', "=?UTF-8?B?%%%?="),
        (b'attachment; filename="a\x00b.pdf"', "ab.pdf"),
        (b'attachment; filename="' + "㈜가람.hwp".encode() + b'"', "㈜가람.hwp"),
        (b'attachment; filename="' + "회의록".encode("cp949") + b'\xc8.hwp"', "회의록\ufffd.hwp"),
    ],
)
def test_odd_names(raw: bytes, name: str) -> None:
    found = read_disposition(raw, None)
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"attachment",
        b"inline; size=3",
        b'attachment; filename=""',
        b"attachment; filename=",
        b'x; filename="/a/"',
        b'x; filename=".."',
    ],
)
def test_no_name(raw: bytes) -> None:
    assert read_disposition(raw, "utf-8") is None


def test_the_page_decides_where_a_short_name_fits_both() -> None:
    short = "혁.hwp".encode("cp949")
    both = next(
        chr(code).encode("cp949")
        for code in range(0xAC00, 0xD7A4)
        if _is_utf8(chr(code).encode("cp949")) and chr(code).encode("cp949")[0] >= 0xB0
    )
    assert _is_utf8(both)
    assert not _is_utf8(short)
    raw = b'attachment; filename="' + both + b'.hwp"'
    assert read_disposition(raw, "euc-kr") == (both.decode("cp949") + ".hwp", both.decode("latin-1") + ".hwp")
    assert read_disposition(raw, "utf-8") == (both.decode() + ".hwp", both.decode("latin-1") + ".hwp")
    utf8 = b'attachment; filename="' + "가나.hwp".encode() + b'"'
    assert read_disposition(utf8, "euc-kr") == ("가나.hwp", "가나.hwp".encode().decode("latin-1"))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


HANGUL_NAME = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=3, max_size=12).map(
    lambda t: t + ".hwp"
)


@given(HANGUL_NAME)
def test_round_trip_of_names(name: str) -> None:
    utf8, cp949 = name.encode(), name.encode("cp949")
    forms = [
        (b'a; filename="' + utf8 + b'"', "utf-8"),
        (b'a; filename="' + cp949 + b'"', "euc-kr"),
        (b'a; filename="' + quote(name).encode() + b'"', "utf-8"),
        (b"a; filename*=UTF-8''" + quote(name).encode(), None),
        (b"a; filename*=EUC-KR''" + quote_from_bytes(cp949).encode(), None),
        (b'a; filename="=?utf-8?B?' + base64.b64encode(utf8) + b'?="', "euc-kr"),
    ]
    for raw, page_charset in forms:
        found = read_disposition(raw, page_charset)
        assert found is not None
        assert found[0] == name


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "euc-kr", "x"]))
def test_read_disposition_never_raises(noise: bytes, page_charset: str | None) -> None:
    for raw in (
        noise,
        b"a; filename=" + noise,
        b'a; filename="' + noise + b'"',
        b"a; filename*=" + noise,
        b"a; filename==?utf-8?B?" + noise,
    ):
        found = read_disposition(raw, page_charset)
        if found is not None:
            assert found[0]
            assert not set(found[0]) & set("/\\\x00\r\n")
            found[0].encode("utf-8")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1_24.JPG", "1_24.JPG"),
        ("보도자료(최종).hwp", "보도자료(최종).hwp"),
        ("명단 (2).xlsx", "명단 (2).xlsx"),
        ("명단 (2)", "명단 (2)"),
        ("이름(3M)", "이름(3M)"),
        ("붙임 1. 계획서.hwp", "붙임 1. 계획서.hwp"),
        ("첨부파일1.hwp", "첨부파일1.hwp"),
        ("첨부파일 : x.pdf", "x.pdf"),
        ("첨부파일 1 : x.pdf", "x.pdf"),
        ("\n  공고문.hwp\n  (734KB) ", "공고문.hwp"),
        ("공고문.hwp(71KB)", "공고문.hwp"),
        ("공고문 (71KB)", "공고문"),
        ("공고문.hwp (1)", "공고문.hwp"),
        ("명단 (2).xlsx (1)", "명단 (2).xlsx"),
        ("공고문.hwp[12]", "공고문.hwp"),
        ("공고문.hwp (12회)", "공고문.hwp"),
        ("공고문.hwp (607byte)", "공고문.hwp"),
        ("포스터 안내.jpg (914KByte)", "포스터 안내.jpg"),
        ("공고문.hwp (607 바이트)", "공고문.hwp"),
        ("공고문.hwp (6.8K)", "공고문.hwp"),
        ("공고문.hwp (파일크기: 431 KB)", "공고문.hwp"),
        ("사진.jpg [jpg,474.7 KB]", "사진.jpg"),
        ("사진.jpg [File Size:474.7KB/Download:12]", "사진.jpg"),
        ("공고문.hwp (32 KB, 다운로드 3회)", "공고문.hwp"),
        ("공고문.hwp Down : 1", "공고문.hwp"),
        ("공고문.hwp / 734KB", "공고문.hwp"),
        ("공고문.hwp142 KB", "공고문.hwp"),
        ("현장사진.zip8.4 MB", "현장사진.zip"),
        ("소리.mp34.1MB", "소리.mp3"),
        ("공고문.hwp다운로드", "공고문.hwp"),
        ("공고문.hwp 다운로드", "공고문.hwp"),
        ("공고문.hwp 바로보기 미리보기", "공고문.hwp"),
        ("보고서.pdf (2.9M) 3회 다운로드 | DATE : 2025-01-02 10:00:00", "보고서.pdf"),
        ("Download #1 : 한글 이름.zip (12.3 KB), Download : 5", "한글 이름.zip"),
        ("기자\\'s 메모.pdf", "기자's 메모.pdf"),
        (unicodedata.normalize("NFD", "각하.hwp"), "각하.hwp"),
        ("", ""),
    ],
)
def test_name_from_link(text: str, name: str) -> None:
    assert name_from_link(text) == name


GLUED = ("", " (734KB)", "(1)", " [jpg,474.7 KB]", " [File Size:4KB/Download:12]", " (607byte)", " Down : 1")


@given(HANGUL_NAME, st.sampled_from(GLUED), st.sampled_from(["", "첨부파일 : ", "파일1 : "]))
def test_what_was_glued_comes_off(name: str, glued: str, label: str) -> None:
    assert name_from_link(label + name + glued) == name


@given(st.text(max_size=500))
def test_name_from_link_never_raises_and_is_settled(text: str) -> None:
    name = name_from_link(text)
    assert name == name.strip()


def test_a_long_run_of_separators_is_read_at_once() -> None:
    start = time.perf_counter()
    assert name_from_link("-" * 100_000) == "-" * 100_000
    assert name_from_link("(1" * 199) == "(1" * 199
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/bbs/download.php?file=1_24.JPG", "1_24.JPG"),
        ("https://news.example/x?filename=%BA%B8%B5%B5.hwp&b=1", "보도.hwp"),
        ("/x?a=1&amp;fileName=%EB%B3%B4%EB%8F%84.hwp", "보도.hwp"),
        ("/d?path=/x&fileName=a+b.pdf", "a b.pdf"),
        ("/down.do?file=/data/2021/%EB%B3%B4%EB%8F%84.hwp", "보도.hwp"),
        ("/files/%EB%B3%B4%EB%8F%84+1.hwp?sid=3", "보도+1.hwp"),
        ("/files/보도.hwp", "보도.hwp"),
        ("a/b.7z#top", "b.7z"),
        ("/bbs/board.php?no=1", None),
        ("/f/FileDown.do?fileSn=0", None),
        ("https://news.example", None),
        ("http://[x/a.hwp", None),
        ("javascript:void(0)", None),
        ("", None),
    ],
)
def test_name_from_url(url: str, name: str | None) -> None:
    assert name_from_url(url) == name


@given(st.text())
def test_name_from_url_never_raises(text: str) -> None:
    for url in (text, f"/d?file={text}.hwp", f"http://{text}/a.hwp"):
        name = name_from_url(url)
        assert name is None or looks_like_file_name(name)


@pytest.mark.parametrize(
    "text", ["a.hwp", "가 나.HWP", "1_24.JPG", "x.tar.gz", "음성.mp3", "x.7z", "도면.dwg", " a.pdf "]
)
def test_looks_like_file_name(text: str) -> None:
    assert looks_like_file_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "공고문",
        ".hwp",
        "board.php",
        "news.example.co.kr",
        "http://a.kr/b.hwp",
        "No.1",
        "4.15",
        "Mr.Kim",
        "보기.",
        "a.hwp 뒤",
        "x.abcdef",
    ],
)
def test_does_not_look_like_file_name(text: str) -> None:
    assert not looks_like_file_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "전체(Zip)",
        "전체 (ZIP)",
        "일괄 다운로드",
        "일괄다운로드",
        "첨부파일 한번에 내려받기",
        "미리보기",
        "[바로보기]",
        "바로듣기",
        "뷰어",
        *sorted(NOT_FILES),
    ],
)
def test_is_no_file_link(text: str) -> None:
    assert not is_file_link_text(text)


@pytest.mark.parametrize("text", ["HWP", "pdf 파일", "한글파일", "첨부 hwp", "pdf 첨부파일"])
def test_is_kind_sign(text: str) -> None:
    assert is_kind_sign(text)


@pytest.mark.parametrize("text", ["", "공고문", "신청서 파일", "go", "안내.hwp"])
def test_is_no_kind_sign(text: str) -> None:
    assert not is_kind_sign(text)


@pytest.mark.parametrize("text", ["a.hwp", "공고문", "다운로드", "전체 명단.zip", "미리보기.hwp"])
def test_is_file_link(text: str) -> None:
    assert is_file_link_text(text)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("C:\\a\\b.hwp", "b.hwp"),
        ("a/b.hwp", "b.hwp"),
        ("b.hwp ", "b.hwp"),
        ("a/", None),
        ("..", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_base_name(path: str, name: str | None) -> None:
    assert base_name(path) == name


def test_a_header_of_our_own() -> None:
    assert write_disposition("평택 보고서.hwp") == (
        "attachment; filename=\"__ ___.hwp\"; filename*=UTF-8''%ED%8F%89%ED%83%9D%20%EB%B3%B4%EA%B3%A0%EC%84%9C.hwp"
    )
    assert write_disposition("../..") == "attachment; filename=\"file\"; filename*=UTF-8''file"


@given(st.text(max_size=40))
def test_a_header_of_our_own_is_ascii_and_gives_the_name_back(name: str) -> None:
    header = write_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    found = read_disposition(header.encode("ascii"), None)
    assert found is not None
    assert found[0] == (base_name(name) or "file")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("보고서 내려받기 (PDF, 4.1MB)", True),
        ("파일 다운로드", True),
        ("공고문.hwp 다운로드", False),
        ("공고문", False),
    ],
)
def test_a_link_that_downloads_and_names_no_file(text: str, says: bool) -> None:
    assert says_download(text) is says
