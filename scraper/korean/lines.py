"""Lines of a page that are none of a post's text: what ends it, what leads to its neighbours, its buttons. Pure."""

from __future__ import annotations

import re

_END = re.compile(
    r"(?:이전|다음|윗|아랫)\s*(?:글|게시물|게시글|기사|자료)(?!을|이|은|를|에|의).{0,90}|(?:이전|다음)(?:으로)?|prev(?:ious)?|next"
    r"|(?:전체|게시물|게시글)?\s*(?:글\s*)?목록(?:\s*(?:보기|으로|가기))?|list|(?:한\s*줄\s*)?(?:댓글|덧글|의견|코멘트|comments?)\s*(?:쓰기|달기|등록|목록|보기|남기기)?"
    r"\s*[\[(:]?\s*[0-9]*\s*(?:개|건)?\s*[\])]?"
    r"|.{0,40}(?:저작권자|무단\s*전재|무단\s*복제|copyright|all\s*rights\s*reserved).{0,120}|.{0,20}공공누리.{0,60}"
    r"|.{0,12}(?:관련(?:된|한)?\s*(?:기사|글|뉴스|소식)|다른\s*기사|많이\s*본|인기\s*기사|최신\s*기사|주요\s*기사|이\s*시각|추천\s*(?:기사|뉴스)|관심\s*있을).{0,12}"
    r"|관련|(?:태그|tags?)\s*[:：].{0,60}"
    r"|.{0,40}(?:카테고리|블로그|님|작가|필자)의\s*다른\s*글.{0,6}"
    r"|.{0,14}(?:댓글|덧글|코멘트).{0,8}(?:있|없)습니다.?|(?:독자|네티즌|회원)\s*의견.{0,12}"
    r"|.{0,40}만족(?:스러우|하)(?:시|십|셨|신)[가-힣]*(?:까|요|지)(?![가-힣]).{0,30}|매우\s*만족(?![가-힣]).{0,40}"
    r"|(?:(?:이|본|현재|해당|페이지|콘텐츠|컨텐츠|정보|메뉴|홈페이지|누리집|이용자|사용자|방문자|열람)의?\s*){0,4}만족도\s*(?:조사|평가|투표)?"
    r"\s*(?:참여|결과|보기|하기|등록|입력)*"
    r"|.{0,12}(?:기사제보|구독\s*신청|후원하기).{0,30}|[■▷☞●◆]?\s*(?:뉴스|영상)?\s*제보\s*(?:하기|안내|전화)",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(r"(?:이전|다음|윗|아랫)\s*(?:글|게시물|게시글|기사)(?![가-힣])")
_BACK = re.compile(
    r"(?:전체\s*)?목록(?:\s*(?:보기|으로|가기))?(?:\s*(?:가기|돌아가기))?|(?:back\s*to\s*)?list", re.IGNORECASE
)
_TOOL = re.compile(
    r"(?:(?:글\s*)?(?:쓰기|수정|삭제|답변|답글|답장(?:\s*쓰기)?|인쇄|프린트|스크랩|추천|비추천|신고|공유|번역|복사)(?:하기)?|글쓰기|위로|맨\s*위로|아래로|top"
    r"|(?:(?:기사|본문|글)?\s*(?:url|링크|주소)|링크주소|단축\s*url|본문)(?:[이가]\s)?\s*(?:복사|공유)?(?:하기|\s?(?:되었|됐|했)습니다\.?)?|(?:기사\s*)?원문(?:\s*보기)?|print|share|광고|advertisement|sponsored|(?:e-?)?메일(?:로)?(?:\s*(?:보내기|발송|전송))?|보내기|좋아요|싫어요|비?공감|닫기|확인|취소|(?:기사|본문|글)?\s*저장(?:하기)?|듣기|음성듣기"
    r"|글자\s*(?:크기|크게|작게)?.{0,12}|(?:글씨|폰트|화면)\s*(?:크기.{0,8}|크게|작게|확대|축소)?|본문\s*글씨\s*(?:키우기|줄이기)|가"
    r"|(?:페이스북|트위터|카카오\s*(?:톡|스토리)|네이버\s*(?:밴드|블로그)?|밴드|엑스|인스타그램|텔레그램|카카오|라인|이?메일|facebook|twitter|kakao\w*|band|x|sns)(?:으로|로|에)?\s*(?:공유|내보내기|보내기|퍼가기)?(?:하기)?)",
    re.IGNORECASE,
)
MARK = r"new|n|up|h|hot|새\s*글|신규|첨부(?:\s*파일)?(?:\s*있음)?|파일(?:\s*(?:첨부|있음))?"
"""What a skin puts beside a title, as an expression: of a new post, of one with files."""
_BRACKETS = re.compile(r"(?<=\])\s*(?=\[)")
_SECTION = re.compile(
    r"(?:페이지|게시물|게시글|글|컨텐츠|콘텐츠|문서|기사)\s*(?:정보|내용)|본문(?:\s*(?:내용|영역|시작))?|관련\s*자료"
    r"|list of articles|board (?:pagination|search)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"[0-9,]{1,7}")
_SHORT = 60
_EDGES = " []<>«»‹›|·▲▼◀▶:"


def is_end(text: str) -> bool:
    """Whether a line stands behind a body: 이전글, 목록, 댓글, 저작권자 …, also beside buttons (목록 수정 삭제)."""
    if len(text) >= 4 * _SHORT:
        return False
    if _END.fullmatch(text.strip(_EDGES)) is not None:
        return True
    parts = _BRACKETS.split(text) if text[:1] == "[" else text.split()
    words = [word.strip(_EDGES) for word in parts] if len(text) < _SHORT else []
    words = [word for word in words if _COUNT.fullmatch(word) is None] if len(words) > 1 else []
    ends = [word for word in words if _END.fullmatch(word) is not None]
    return bool(ends) and all(word in ends or _TOOL.fullmatch(word) for word in words)


def is_tool(text: str) -> bool:
    """Whether a line is a button beside a body, or several: 인쇄, 공유, 글자크기 …"""
    if len(text) >= _SHORT:
        return False
    parts = [text, *re.split(r"[\s|·/]+", text)]
    whole, *words = (part.strip(" []<>«»|·+-▲▼:") for part in parts)
    said = [word for word in words if word and _COUNT.fullmatch(word) is None]
    return _TOOL.fullmatch(whole) is not None or (len(words) > 1 and bool(said) and all(map(_TOOL.fullmatch, said)))


def is_section(text: str) -> bool:
    """Whether a line names a part of the page, mostly for those who hear it: 페이지 정보, 본문, 관련자료."""
    return len(text) < _SHORT and _SECTION.fullmatch(text.strip(_EDGES)) is not None


def is_neighbour(text: str) -> bool:
    """Whether a line leads to the post before or behind (이전글, 다음글 …): no list has such."""
    return len(text) < 4 * _SHORT and _NEIGHBOUR.match(text.strip(_EDGES)) is not None


def leads_back(text: str) -> bool:
    """Whether a line is a button that leads from a post to its list: 목록, 목록으로 돌아가기."""
    return len(text) < _SHORT and _BACK.fullmatch(text.strip(_EDGES + "←")) is not None
