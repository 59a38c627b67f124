"""Lines of a view page that are no title: where the page stands, whose it is, what heads a list. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from scraper.korean.dates import find_date
from scraper.korean.lines import is_awaited, is_section
from scraper.korean.words import leading_label, role_of
from scraper.page.induce.articles.company import REPORTER, names_board
from scraper.page.induce.articles.outline import Outline, squash
from scraper.page.totals import read_totals

_IMPRINT = re.compile(r"(?i)저작권자|무단\s*전재|copyright|ⓒ|©|등록번호|발행인|편집인|사업자")
PATH = re.compile(
    r"(?i)(?:현재\s*위치\s*[:：]?\s*)?(?:홈|home|메인|처음(?:으로)?)\s*[>›»/]\s*\S{1,20}(?:\s*[>›»/].{1,40})?$"
)
"""Where the page stands in the site: 홈 > 오피니언."""
_PAGED = re.compile(r"[0-9]+\s*(?:페이지|쪽|page)$|^page\s*[0-9]", re.IGNORECASE)
_VISITS = re.compile(r"(?:방문|접속)(?:자|객)?\s*[:：]?\s*[0-9]")
_LOGO = re.compile(r"(?i)logo[^/]*$")
_TOLD_IN_TEXT = re.compile(
    r"(?:일\s?시|장\s?소|대\s?상|내\s?용|구\s?분|기\s?간|주\s?최|주\s?관|후\s?원|문\s?의(?:\s?처)?|비\s?고|순\s?번|연\s?번"
    r"|인\s?원|금\s?액|합\s?계|참\s?가\s?비|접\s?수\s?처|사\s?업\s?명)\s*[:：]?"
)
"""What heads the cells of a table inside a text."""
_NOTICE_NUMBER = re.compile(
    r"(?:(?:고시|공고|고시\s*공고)\s*번호\s*[:：]?\s*)?(?:\S+\s){0,4}(?:공고|고시)?\s*제?\s*[0-9]{4}\s*[-–]\s*[0-9]+\s*호"
)
"""By what an office counts its notices: 새들시 공고 제2026-1190호."""
_VIEW = re.compile(r"(?:상세(?:\s?(?:보기|내용|조회|페이지))?|글?\s?보기|목록)$")
"""What stands behind a board's name where the page is told what it shows: 공지사항 상세보기."""
_FIGURE = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z ]{1,7}\s*[:：]\s*[0-9][0-9,]*\s*[가-힣]{0,2}(?:\s*[|│｜].*)?")
"""A figure behind its name: 출석일수 : 1,201일."""
_COLUMNS = 3
_BARS = " :：|│｜ㅣ∣"
"""What may part a label from its value."""


def is_no_title(text: str) -> bool:
    """Lines that head a list or a part of the page, or tell who wrote."""
    lead = leading_label(text)
    if lead is not None and lead.role == "author" and lead.rest and " " not in lead.rest:
        return True
    if lead is not None and lead.role == "date" and lead.rest.strip(_BARS)[:1].isdecimal():
        return True
    return (
        not any(map(str.isalpha, text))
        or PATH.match(text) is not None
        or _VISITS.search(text) is not None
        or _PAGED.search(text) is not None
        or read_totals(text) is not None
        or REPORTER.fullmatch(text) is not None
        or _heads_columns(text)
        or (names_board(text) and _VIEW.search(text) is not None)
        or is_section(text)
        or is_awaited(text)
        or _TOLD_IN_TEXT.fullmatch(text) is not None
        or _NOTICE_NUMBER.fullmatch(text) is not None
        or _FIGURE.fullmatch(text) is not None
        or text.endswith((":", "："))  # a label without its value
    )


def _heads_columns(text: str) -> bool:
    """Whether a line is the header of a list: 번호 제목 작성자 등록일 조회."""
    words = text.split()
    return len(words) >= _COLUMNS and all(role_of(word) is not None for word in words)


def publishers_of(page: Outline, site: str) -> set[str]:
    """The names of the site, squashed: what it calls itself (``site``), what its logo says, and short lines that its
    imprint repeats."""
    imprint = [squash(piece.text) for piece in page.pieces if _IMPRINT.search(piece.text)]
    images = [page.spots[at].node.attributes for at in page.images]
    logos = [told.get("alt") or "" for told in images if _LOGO.search(told.get("src") or "")]
    found = {squash(site), *map(squash, logos)}
    for piece in page.pieces:
        own = squash(piece.text)
        if 2 <= len(own) <= 20 and any(own in text and own != text for text in imprint):
            found.add(own)
    return found


def ends_with_clock(text: str, seen_at: datetime) -> bool:
    """Whether a line ends with a day and a time: who wrote and when."""
    stamp = find_date(text, seen_at)
    return stamp is not None and stamp.precision in ("minute", "second") and text.rstrip(")] ").endswith(stamp.raw)
