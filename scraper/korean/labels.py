"""Labels of Korean boards: what a header cell means, and text in which label and value are glued together.

Reading is strict, for a title may begin like a label ("조회 시스템 개선"): a date label needs a date after it, a
counting label a number, and an author or title label a colon. The words themselves are in words.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from scraper.korean.dates import is_date_text
from scraper.korean.numbers import read_number
from scraper.korean.words import (
    OFFICES,
    Lead,
    Role,
    leading_label,
    may_begin,
    may_speak,
    role_of,
    squash_label,
    word_set,
)

__all__ = [
    "Role",
    "is_period",
    "may_speak",
    "name_in",
    "role_of",
    "split_label",
    "split_labels",
    "squash_label",
    "unlabelled",
]

_SEPARATOR = re.compile(
    r"\s*([│|｜ㅣ·ㆍ])\s*|\s+[/»](?:\s+|$)|\s{2,}|\s*[\r\n\t]\s*|(?<=\d),\s+(?=(?:19|20)\d\d\s?[-./년]\s?\d{1,2}\s?[-./월])"
)
_COUNTED = re.compile(r"([0-9][0-9,]*)\s*(?:회\s*|번\s*)?(?:조회|읽음|views?|hits?|reads)", re.IGNORECASE)
"""A count before its label."""
_AROUND = ",.) "
_BRACKETS = ("()", "[]")
_SOFT = ("·", "ㆍ", "/")
_FREE_TEXT = ("title", "files")
_COUNTS = ("hits", "votes", "comments")
"""Fields that may stand in brackets behind a title: "… (읽음 473, 댓글 1)"."""
_ENDING = ("date", "number", "hits", "comments", "votes")
"""Fields whose value shows where it ends."""
_RANGE = re.compile(r"\s*[~∼–]\s*")
_BARRED = ("author", "date", "hits")
_BYLINE = word_set("작성자 작성자명 글쓴이 등록자 게시자 필자 기고자 투고자 기자명 닉네임")
_BYLINE_OF_ONE_WORD = word_set("기자 이름 성명")
"""Words that begin many a title ("기자 회견 안내")."""
_OFFICES = tuple(OFFICES)
_NAMES = _BYLINE | _BYLINE_OF_ONE_WORD
_LONGEST_NAME = 40
_BEHIND_NAME = re.compile(
    r"(?<=\S)(?:\s*[\[(]\s*(?:19|20)?\d\d|(?:\s+|(?<=[\])]))(?:19|20)\d\d)\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(?!\d).*$"
)
"""A stamp, perhaps in brackets: "최누리 (2026-11-02 10:11:12, Hit : 133)"."""
_SHOWN_BY_NAME = (
    r"(?:쪽지|메일|메모)\s*보내기|자기\s?소개|(?:아이디|이름|닉네임|필명)(?:으로|로)\s*검색|(?:전체|작성)\s?(?:게시물|글)(?:\s*보기)?"
    r"|(?:회원|작성자)\s?정보(?:\s*보기)?"
)
_MENU = re.compile(rf"(?<=\S)\s+(?:{_SHOWN_BY_NAME})(?=\s|$).*$")
"""What a click on a name shows, where it stands in the page: 쪽지보내기 자기소개 아이디로 검색 전체게시물."""
_ADDRESS = re.compile(
    r"\s*[\[(]\s*(?:(?:ip|아이피)\s*[:：]?[^)\]]{0,40}|[가-힣a-z ]{1,12}[:：][^)\]]{0,60}"
    r"|homepage|홈페이지|e-?mail|이?메일|쪽지|[\w.+*-]+@[\w*-]+(?:\.[\w*-]+)+|[0-9]{1,3}(?:\.[0-9x*♡]{1,3}){1,3}"
    r"|☎?\s*0[0-9]{1,2}[-.) ]\s?[0-9]{3,4}[-.][0-9]{4}(?:\s*[,~][0-9 -]{1,12})?)\s*[)\]]$",
    re.IGNORECASE,
)
"""What boards print behind a visitor's name: an address, since when he is a member."""
_NO_NAME = re.compile(r"\(?0[0-9]{1,2}\)?[-.) ][0-9]{3,4}[-.][0-9]{4}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|" + _SHOWN_BY_NAME)
"""A telephone number, an address for mail, a way from a name."""
_SIGNED = re.compile(r"(?<=[\d\])])\s+[가-힣]{2,4}\s?(?:기자|특파원|논설위원)$")
"""A reporter behind a stamp: "기사입력 2026-11-02 10:33 최누리 기자"."""
_BLANK = re.compile(r"\s+")
_LONGEST = 300


def split_label(text: str) -> tuple[Role, str] | None:
    """The role and the value of a text that begins with its label: "작성자 : 최누리", "조회1,994회".

    Of a line with several labels the first, if the line begins with it. The value is "" when the label stands alone.
    """
    return next((pair for _, pair in _pairs(text)), None) if may_begin(text) else None


def split_labels(text: str) -> list[tuple[Role, str]]:
    """Every label with its value in a line such as "작성자 X │ 기사작성 2017-1-13 │ 조회1,994회".

    Labels without a value and parts without a label are left out. An author without a colon counts beside another
    label only; a department (담당부서) is none beside a person.
    """
    told = [(part, pair) for part, pair in _pairs(text) if pair is not None and pair[1]]
    authors = [part for part, (role, _) in told if role == "author"]
    offices = [part for part in authors if squash_label(part).startswith(_OFFICES)]
    left_out = offices if len(offices) < len(authors) else []
    return [pair for part, pair in told if part not in left_out]


def name_in(text: str, longest: int = _LONGEST_NAME) -> str | None:
    """The name in the text behind an author's label, or in an author's column; None when there is none.

    A further label with its value ends it ("최누리 조회수: 35 …"), and so does what a click on it shows (쪽지보내기 …);
    an author's label before it goes ("등록자 최누리"); and what is longer than ``longest`` characters, a labelled fact
    itself ("조회 72"), a date, a telephone number, an address for mail or what has a colon is none.
    """
    text = text.strip()
    lead = leading_label(text)
    while lead is not None and lead.rest and not text[: -len(lead.rest)][-1:].isalnum():
        if squash_label(text[: -len(lead.rest)]) not in _NAMES:
            break
        text = lead.rest
        lead = leading_label(text)
    if lead is not None and lead.role != "author" and lead.rest and (lead.colon or _fits(lead)):
        return None
    for found in _BLANK.finditer(text[: _LONGEST_NAME * 2]):
        further = leading_label(text[found.end() :])
        if further is not None and further.role != "author" and (further.colon or further.rest[:1].isdecimal()):
            text = text[: found.start()]
            break
    if (behind := _BEHIND_NAME.search(text)) is not None:
        text = text[: behind.start()]
    text = _ADDRESS.sub("", _MENU.sub("", text).strip("|│｜·ㆍ/ "))
    if not 0 < len(text) <= longest or ":" in text or is_date_text(text) or _NO_NAME.fullmatch(text):
        return None
    return text


def unlabelled(text: str, role: Role | None) -> str:
    """A count without the label that it repeats: 조회수 | 조회 49."""
    told = split_label(text) if role == "hits" else None
    return told[1] if told is not None and told[0] == role and told[1] else text


def is_period(text: str) -> bool:
    """Whether a text is a stretch of days: 2026-09-29 ~ 2026-10-30."""
    days = _RANGE.split(text)
    return len(days) == 2 and all(map(is_date_text, days))


def _split_one(part: str) -> tuple[Role, str] | None:
    """One part of a line; None when its rest is nothing that the label could stand for."""
    lead = leading_label(part)
    if lead is None:
        counted = _COUNTED.fullmatch(part)
        return ("hits", counted[1]) if counted is not None else _stamped(part)
    if lead.role in _COUNTS and lead.rest[-1:] in _AROUND:
        lead = lead._replace(rest=lead.rest.rstrip(_AROUND))
    if not lead.rest:
        return lead.role, ""
    if lead.role == "date":
        lead = lead._replace(rest=_SIGNED.sub("", lead.rest))
    return (lead.role, lead.rest) if _fits(lead) else None


def _stamped(part: str) -> tuple[Role, str] | None:
    """A stamp before its label: "2026-11-02 10:33 입력"."""
    stamp, _, label = part.rpartition(" ")
    role = role_of(label) if part[:1].isdecimal() and stamp else None
    return (role, stamp.strip()) if role in ("date", "other") and is_date_text(stamp) else None


def _fits(lead: Lead) -> bool:
    """Whether the text after a label is a value of its kind."""
    match lead.role:
        case "date":
            return is_date_text(lead.rest)
        case "number" | "hits" | "comments" | "votes":
            return read_number(lead.rest) is not None
        case "files":
            return lead.colon or read_number(lead.rest) is not None
        case "other":
            return lead.colon or is_date_text(lead.rest) or is_period(lead.rest) or read_number(lead.rest) is not None
        case _:
            return lead.colon


@lru_cache(maxsize=1024)
def _pairs(text: str) -> Sequence[tuple[str, tuple[Role, str] | None]]:
    """The parts of a line in order, each with its label's role and value; None for a part without a label. The lines of
    a board say the same on all its pages."""
    if len(text) > _LONGEST:
        return ()
    text = text.strip()
    parts = _with_bars(_parts(text[1:-1] if text[:1] + text[-1:] in _BRACKETS else text))
    pairs = [_split_one(part) for part in parts]
    if any(pair is not None and pair[0] != "title" for pair in pairs):
        pairs = [pair or _byline(part) for pair, part in zip(pairs, parts, strict=True)]
    return list(zip(parts, pairs, strict=True))


def _with_bars(parts: Sequence[str]) -> Sequence[str]:
    """Labels that a bar parts from their values put together: "등록일 ㅣ 2026-11-02 조회 ㅣ 12"; a writer's beside
    another only."""
    if not any(role_of(part) in _BARRED for part in parts[:-1]):
        return parts
    parts = [each for at, part in enumerate(parts) for each in (_before_label(part) if at else (part,))]
    told: dict[int, Lead] = {}
    for at, (label, value) in enumerate(pairwise(parts)):
        role = role_of(label)
        lead = Lead(role, value, True) if role in _BARRED and leading_label(value) is None else None
        if lead is not None and _fits(lead):
            told[at] = lead
    if all(lead.role == "author" for lead in told.values()):
        return parts
    glued = {at: f"{parts[at].rstrip(' :：')}: {lead.rest}" for at, lead in told.items()}
    return [glued.get(at, part) for at, part in enumerate(parts) if at - 1 not in told]


def _before_label(part: str) -> Sequence[str]:
    """A value and the label behind it: "2026-11-02 조회"."""
    value, _, label = part.rpartition(" ")
    return (value, label) if value and role_of(label) in _BARRED else (part,)


def _byline(part: str) -> tuple[Role, str] | None:
    lead = leading_label(part)
    if lead is None or lead.role != "author" or not 0 < len(lead.rest) <= _LONGEST_NAME:
        return None
    label = squash_label(part[: -len(lead.rest)])
    is_name = label in _BYLINE or (label in _BYLINE_OF_ONE_WORD and " " not in lead.rest)
    return ("author", lead.rest) if is_name else None


def _parts(line: str) -> list[str]:
    """The line cut at bars and wide blanks, and those pieces before each further label.

    A middle dot, a slash between blanks, and anything inside a title or a file name, cuts only where a label follows,
    or behind a labelled date or count before something else than a number ("조회 3 / 2021.10.24").
    """
    pieces: list[str] = []
    start, mark = 0, ""
    for found in [*_SEPARATOR.finditer(line), None]:
        piece = line[start : found.start()] if found else line[start:]
        lead = leading_label(pieces[-1]) if pieces else None
        is_soft = mark.strip() in _SOFT or (lead is not None and lead.role in _FREE_TEXT)
        if is_soft and lead is not None and lead.role in _ENDING and _fits(lead) and not piece.isdecimal():
            is_soft = False
        if pieces and piece and is_soft and all(_split_one(part) is None for part in _cut_before_labels(piece)[:1]):
            pieces[-1] += mark + piece
        elif piece:
            pieces.append(piece)
        if found:
            start, mark = found.end(), found[0]
    return [part for piece in pieces for part in _cut_before_labels(piece)]


def _ends(part: str) -> bool:
    """Whether a text is a labelled value that shows where it ends."""
    told = _split_one(part.strip())
    return told is not None and told[0] in _ENDING and bool(told[1])


def _cut_before_labels(piece: str) -> list[str]:
    """ "글쓴이 : X 작성일 : 08-06-23 11:07 조회 : 1,234" in three: before each label that has a fitting value. A word
    for who wrote needs no colon behind a labelled date or count ("작성일 2026-10-02 작성자 최누리")."""
    starts: list[int] = []
    position = 0
    while position < len(piece):
        begins = position == 0 or piece[position - 1].isspace() or piece[position - 1] in "(["
        lead = leading_label(piece[position:]) if begins else None
        if lead is not None and position and piece[position - 1] in "([" and lead.role not in _COUNTS:
            lead = None
        is_name = lead is not None and lead.role == "author" and starts and _ends(piece[starts[-1] : position])
        if lead is not None and (position == 0 or lead.colon or lead.rest[:1].isdecimal() or is_name):
            starts.append(position)
            position = max(position + 1, len(piece) - len(lead.rest))
        else:
            position += 1
    parts: list[str] = []
    end = len(piece)
    for start in reversed(starts):
        part = piece[start:end].strip()
        if start and (_split_one(part) or _byline(part)) is not None:
            parts.append(part)
            end = start
    return [*parts, piece[:end].strip()][::-1]
