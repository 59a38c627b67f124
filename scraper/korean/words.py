"""The words that Korean boards put over a column or before a value, and what each of them means.

A table and three ways to look into it. Words known not to name a field of a post (수정일, 접수기간, 오늘날짜 …) mean
"other"; a word that is not in the table means nothing (None).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

Role = Literal["number", "title", "author", "date", "hits", "files", "category", "comments", "votes", "other"]


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, parted by white space."""
    return frozenset(text.split())


_WORDS: dict[Role, str] = {
    "number": """
        번호 글번호 공고번호 고시공고번호 고시번호 게시번호 게시물번호 게시글번호 연번 순번 no no. num number id
    """,
    "title": """
        제목 글제목 기사제목 게시물제목 게시글제목 공고제목 공고명 사업명 사업공고명 자료명 민원제목 상담제목 설교제목
        subject title
    """,
    "author": """
        작성자 작성자명 글쓴이 글쓴이명 글쓴사람 등록자 등록자명 등록인 작성인 게시자 게시자명 올린이 신청인 신청자
        민원인 청원인 질문자 제안자 이름 성명 아이디 닉네임 담당자 기자 기자명 취재기자 필자 기고자 투고자 설교자 설교
        부서명 작성부서 작성부서명 등록부서 등록부서명 담당부서 담당부서명 담당 부서 기관명 소관부서 소관부처
        name writer author nickname nick
    """,
    "date": """
        작성일 작성일자 작성일시 작성시간 작성날짜 등록일 등록일자 등록일시 등록시간 등록날짜 게시일 게시일자 게시일시
        날짜 일자 입력 입력일 입력일자 입력일시 최초입력 기사입력 기사작성 기사등록 기사승인 승인 승인일 기사입력시간
        송고 송고시간 등록 올린날 올린날짜 게재일 게재일자 설교일 설교일자 발행일 배포일 배포일자 배포일시 보도일
        보도일시 공고일 공고일자 공고시작일 작성시각 등록시각 글쓴시간 최초등록일 date datetime time regdate wdate
        posted published 방송일 방송일자 방송일시
    """,
    "hits": """
        조회 조회수 조회횟수 조회건수 읽음 읽은수 클릭 클릭수 열람 열람수 조회회수 읽은횟수
        read reads hit hits view views readcount inquiry
    """,
    "files": """
        첨부 첨부파일 첨부화일 첨부문서 첨부자료 파일 파일첨부 붙임 붙임파일 업로드 업로드파일 다운로드 file files
        attach attachment attachments download
    """,
    "category": "분류 구분 카테고리 말머리 섹션 분야 category cate section",
    "comments": "댓글 댓글수 답글 덧글 덧글수 코멘트 의견수 답글수 리플 리플수 reply replies comment comments",
    "votes": """
        추천 추천수 비추천 비추천수 비추 비추력 좋아요 싫어요 공감 vote votes recommend good nogood like likes
    """,
    "other": """
        수정 최종업데이트 접수상태 파일명 파일형식 파일크기 수정일 수정일자 수정일시 최근수정일 최근수정 최종수정
        최종수정일 최종수정일시 기사수정 업데이트 update updated 최종편집 최종글 마지막글 오늘 오늘날짜 어제 접수일
        접수일자 접수기간 접수번호 게재기간 열람기간 공람기간 신청기간 신청일 모집기간 공고기간 공고마감일 공고종료일
        마감일 마감일자 게시기간
        게시종료일 기간 행사기간 행사일 행사일시 시행일 발령일 상태 처리상태 답변상태 진행상태 처리결과 신청/조회
        down downloads 다운 다운수 다운로드수 내용 글내용 본문 선택 비고 미리보기 인쇄 출력 목록 링크 관련링크
        link url 호수
        전화 전화번호 연락처 홈페이지 우편번호 비밀번호 주민번호 팩스 이메일 e-mail email 주소 ip 아이피 출처 태그
        키워드 사진 이미지 썸네일 포인트 레벨 저작권자 장소 행사장소 주최 주관 답변부서 답변일 답변일자 답변일시 답변자
        청원기간 청원마감 청원마감일 참여인원
    """,
}
_ROLE_OF: dict[str, Role] = {word: role for role, words in _WORDS.items() for word in words.split()}
OFFICES = word_set(
    "부서명 작성부서 등록부서 담당부서 담당부서명 등록부서명 작성부서명 부서 기관명 소관부서 소관부처 담당자 담당"
)
"""Words for who answers for a post: where somebody who wrote it is named as well, that is the author."""
_STARTS = frozenset(word[:2] for word in _ROLE_OF)
"""How labels begin: what begins otherwise needs no closer look."""
_BEFORE = " \t\r\n\xa0\u200b\ufeff:：|│｜·ㆍ(["
_HASH = "#"
"""What stands over numbers, alone; before other words it is a mark."""
_NUMBERED = re.compile(r"(?:첨부파일|첨부|파일|붙임|업로드|file|download)#?[0-9]{1,2}")

_NO_PART = r"[\s:：|｜│\u200b-\u200f\u2060\ufeff\u00ad]"
_DROPPED = re.compile(f"{_NO_PART}+")
_MARKS = "▲▼△▽▴▾↑↓⬆⬇↕⇅⌃⌄*·ㆍ•■□▪▫▶▷►◆◇●○☞※"
_SORTING = re.compile(r"(?:별로보기|으로보기|(?:으)?로?정렬(?:하기)?|별보기|별|순|(?:오름|내림)차순)+$")
_SORTING_ENDS = ("기", "별", "순", "렬")
_IMAGE = re.compile(r"([^/\\?]+)\.(?:gif|png|jpe?g|svg|webp)(?:\?.*)?$")
_IMAGE_ENDINGS = (".gif", ".png", ".jp", ".svg", ".webp")
_IMAGE_NOISE = word_set(
    "www board bbs list b v view th td head header hd txt text t img on off over tbl table col reg bd"
)
_ENDED = re.compile(r"[:：|｜│]")
"""A label is over where one of these stands: in "첨부파일 : 36_사진.jpg" the number is no part of it."""
_COLON = re.compile(r"\s*[:：]")
_DOT = re.compile(r"(?<=[A-Za-z])\.(?=\s|\d|$)")
"""What may stand behind a label in Latin letters: Hit.1284."""
_LONGEST = 24
_LONGEST_IMAGE = 300


def _stem(word: str) -> str:
    """A word in small or capital letters, with what ``squash_label`` drops between them; first a plain letter, for
    which an expression looks through a long text at once."""
    letters = [f"[{letter}{letter.upper()}]" if "a" <= letter <= "z" else re.escape(letter) for letter in word]
    rest = f"{_NO_PART}*".join(["", *letters[1:]])
    return "|".join(re.escape(first) + rest for first in dict.fromkeys((word[0], word[0].upper())))


@cache
def _stems(role: Role) -> re.Pattern[str]:
    """How labels of a role are written; made when it is first asked for, for it takes some ten milliseconds."""
    words = set(_WORDS[role].split())
    shortest = [word for word in words if not any(other in word for other in words - {word})]
    return re.compile("|".join(map(_stem, sorted(shortest))))


class Lead(NamedTuple):
    """A label at the start of a text: its role, the text after it (stripped), and whether a colon stands between."""

    role: Role
    rest: str
    colon: bool


def squash_label(text: str) -> str:
    """The label without white space (nbsp and zero-width too), colons and bars; Latin letters in lower case."""
    return _DROPPED.sub("", text).lower()


def may_begin(text: str) -> bool:
    """Whether a text, bars and dots before it aside, may begin with a label: a quick look that is never wrongly no."""
    return squash_label(text.lstrip(_BEFORE)[:_LONGEST])[:2] in _STARTS


def may_speak(text: str, role: Role) -> bool:
    """Whether a text may hold a label of that role anywhere: a quick look that is never wrongly no."""
    return _stems(role).search(text) is not None


def role_of(label: str) -> Role | None:
    """What a header cell, a label, the alt text of a header image or the image's file name stands for.

    Sort arrows, bullets, brackets round the whole and "별로 보기" or "정렬" after the word are overlooked. "other" is
    a word known not to name a field of a post; None is a word not known, or no word at all.
    """
    return _role_of_short(label) if len(label) <= _LONGEST else _role_of(label)


def _role_of(label: str) -> Role | None:
    squashed = _DOT.sub("", squash_label(label).strip(_MARKS))
    if len(squashed) > _LONGEST_IMAGE:
        return None
    if len(squashed) > 2 and squashed[0] + squashed[-1] in ("[]", "()", "【】", "<>"):
        squashed = squashed[1:-1]
    if role := "number" if squashed == _HASH else _role(squashed):
        return role
    if squashed[-1:] in _SORTING_ENDS and (role := _role(_SORTING.sub("", squashed))):
        return role
    return _role_of_image(squashed) if any(ending in squashed for ending in _IMAGE_ENDINGS) else None


_role_of_short = lru_cache(maxsize=1024)(_role_of)
"""The labels of a board are the same on all its pages."""


def leading_label(text: str) -> Lead | None:
    """The longest known label that ``text`` begins with, blanks inside it allowed ("조회 수 : 39").

    After it must come a colon, a blank, a digit, an opening bracket or the end; after Latin letters also a dot.
    """
    text = text.strip()
    if "0" <= text[:1] <= "9" or squash_label(text[:_LONGEST])[:2] not in _STARTS:  # no label begins with a digit
        return None
    for end in range(min(len(text), _LONGEST), 0, -1):
        if text[end - 1].isspace():
            continue
        role = _role(squash_label(text[:end]))
        if role is None or _ENDED.search(text[:end]):
            continue
        after = text[dot.end() if (dot := _DOT.match(text, end)) else end :]
        colon = _COLON.match(after)
        if colon or not after or after[0].isspace() or after[0].isdecimal() or after[0] in "([":
            return Lead(role, after[colon.end() if colon else 0 :].strip(), colon is not None)
    return None


def _role(squashed: str) -> Role | None:
    return _ROLE_OF.get(squashed) or ("files" if squashed[-1:].isdecimal() and _NUMBERED.fullmatch(squashed) else None)


def _role_of_image(squashed: str) -> Role | None:
    """``board_no.gif``: one English word of the table, beside words that mean nothing; buttons and icons say more."""
    image = _IMAGE.search(squashed)
    if image is None:
        return None
    words = [word for word in re.split(r"[\W_\d]+", image[1]) if word and word not in _IMAGE_NOISE]
    return _ROLE_OF.get(words[0]) if len(words) == 1 else None
