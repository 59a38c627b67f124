"""Whether two looks at a body differ only in what the site puts there beside the author's words. Pure.

Counters, the day of the look, tokens, links to other posts. Only whole lines are taken for such, and only where the two
differ: a line with one word of prose is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from scraper.page.calls import call_of
from scraper.page.document import line as text_of
from scraper.page.links import address_key, read_key
from scraper.page.parts import Identity
from scraper.urls import join

_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d[\d,.]*")
_LONGEST = 80
"""Characters of a line of counters or dates; a list of links may be longer."""

_COUNTS = frozenset(
    "조회 조회수 읽음 읽은수 hit hits view views read 댓글 댓글수 덧글 덧글수 답글 의견 comment comments reply replies "
    "추천 추천수 비추천 공감 공감수 좋아요 싫어요 like likes 공유 스크랩".split()
)
_UNITS = frozenset("회 개 건 명 번".split())
_BUTTONS = frozenset(
    "인쇄 프린트 목록 공유하기 신고 글자 글자크기 크기 크게 작게 기본 url 주소 복사 print share".split()
)

_DAY = re.compile(r"(?<!\d)(\d{4})\s*(?:년|[-./])\s*(\d{1,2})\s*(?:월|[-./])\s*(\d{1,2})(?!\d)\s*(?:일|\.)?")
_TIME = re.compile(r"(?<!\d)\d{1,2}\s*(?::\s*\d{2}(?:\s*:\s*\d{2})?|시\s*\d{1,2}\s*분(?:\s*\d{1,2}\s*초)?)(?!\d)")
_TODAY = frozenset("오늘 오늘은 오늘날짜 날짜 현재 현재시각 현재시간 시각 시간 지금 기준 입니다 today now".split())
_EDITION = frozenset("최종 편집 최종편집 최종업데이트 업데이트 update updated".split())
"""Of the whole site: it may be any day before the look."""
_WEEKDAY = frozenset([*"월화수목금토일", *(f"{day}요일" for day in "월화수목금토일"), "오전", "오후", "am", "pm"])
_WEEKDAY_SPOKEN = frozenset(f"{day}요일입니다" for day in "월화수목금토일")

_TOKEN = re.compile(r"(?:[A-Za-z_]{1,16}\s*[:=]\s*)?(?=[^\s]*\d)(?=[^\s]*[A-Fa-f])[0-9A-Fa-f-]{16,64}")
_OTHERS = re.compile(
    r"(?:관련|최신|최근|인기|주요|많이|함께|이전|다음|다른)[\s가-힣]{0,8}(?:글|기사|뉴스|소식|게시물|목록)"
)


@dataclass(frozen=True)
class Look:
    """One reading of a body."""

    text: str
    html: str | None
    url: str
    key: str
    day: date
    """On which it was read, in Korea."""
    posted: date | None
    identity: Identity

    @property
    def lines(self) -> list[str]:
        """Those with text."""
        return [line for line in self.text.split("\n") if line]

    @cached_property
    def others(self) -> list[str]:
        """The texts of links to other posts, the longest first."""
        found = set()
        for node in LexborHTMLParser(self.html or "").css("a"):
            url = join(self.url, node.attributes.get("href") or "", "utf-8")
            key = read_key(self.identity.key, url, call_of(node), node)
            if key is None and url is not None:
                key = address_key(self.identity, url)
            if key not in (None, self.key) and (text := text_of(node)):
                found.add(text)
        return sorted(found, key=len, reverse=True)


def same_words(before: Look, after: Look) -> bool:
    """Whether the author's words are the same, line by line."""
    old, new = before.lines, after.lines
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return all(
        tag == "equal" or _words(old[a:b], before) == _words(new[c:d], after)
        for tag, a, b, c, d in matcher.get_opcodes()
    )


def _words(lines: Sequence[str], look: Look) -> list[str]:
    """The lines that are the author's."""
    links = {line for line in lines if _is_links(line, look.others)}
    return [
        line
        for line in lines
        if line not in links
        and not (links and _OTHERS.fullmatch(line))
        and not _TOKEN.fullmatch(line)
        and not (len(line) <= _LONGEST and (_is_counters(line) or _is_day_of(line, look)))
    ]


def _is_links(line: str, others: Sequence[str]) -> bool:
    """Whether a line is links to other posts, and beside them only signs and numbers."""
    left = line
    for text in others:
        left = left.replace(text, "")
    return left != line and _WORD.search(left) is None


def _is_counters(line: str) -> bool:
    words = [word.lower() for word in _WORD_OR_NUMBER.findall(line)]
    counts = sum(word in _COUNTS for word in words)
    numbers = sum(word[0].isdecimal() for word in words)
    return counts > 0 < numbers and all(
        word[0].isdecimal() or word in _COUNTS or word in _UNITS or word in _BUTTONS for word in words
    )


def _is_day_of(line: str, look: Look) -> bool:
    """Whether a line says nothing but the day, or the time, at which it was looked at."""
    day = _DAY.search(line)
    rest, times = _TIME.subn(" ", _DAY.sub(" ", line, count=1))
    words = {word.lower() for word in _WORD.findall(rest)}
    if re.search(r"\d", rest) or not words <= _TODAY | _EDITION | _WEEKDAY | _WEEKDAY_SPOKEN:
        return False
    if day is None:
        return times > 0 and _has(words, _TODAY | _EDITION)
    try:
        said = date(int(day[1]), int(day[2]), int(day[3]))
    except ValueError:
        return False
    if _has(words, _EDITION):
        return said <= look.day
    bare = not _has(words, _TODAY)  # a notice ends with its own date
    return said == look.day and (not bare or (look.posted is not None and look.posted < look.day))


def _has(words: Collection[str], wanted: Collection[str]) -> bool:
    return any(word in wanted for word in words)
