"""A file whose name opens a viewer, with a button beside it that loads it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from scraper.page.files import follows_name


def links(text: str) -> list[bool]:
    return [follows_name(link) for link in LexborHTMLParser(f"<p>{text}</p>").css("a")]


def test_a_button_right_behind_a_name_leads_to_its_file() -> None:
    assert links("<a href='/viewFile.do?n=1'>공고문.hwp [100.0KB]</a> <a href='/downFile.do?n=1'>다운로드</a>") == [
        False,
        True,
    ]


def test_a_button_behind_other_words_or_with_a_name_of_its_own_does_not() -> None:
    assert links("<a href='/list.do'>목록</a> <a href='/downFile.do?n=1'>다운로드</a>") == [False, False]
    assert links("<a href='/f?n=1'>가.hwp</a> 나.pdf <a href='/f?n=2'>다운로드</a>") == [False, False]
    assert links("<a href='/f?n=1'>가.hwp</a><a href='/f?n=2' title='나.pdf'>다운로드</a>") == [False, False]
