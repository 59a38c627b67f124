"""The words of the desk's own pages in Korean and English, by what the browser asks for first."""

from __future__ import annotations

from typing import Literal

Language = Literal["ko", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "search": ("찾기", "Search"),
    "search_hint": ("낱말을 넣으세요: 평택 도서관", "Korean words, for example 평택 도서관"),
    "found": ("찾은 글", "Found"),
    "nothing": ("찾은 글이 없습니다. 낱말을 줄이거나 바꾸어 보세요.", "Nothing found: try fewer or other words."),
    "in_files": ("첨부파일에서 찾기", "Search in files"),
    "in_files_note": ("sinmungo texts가 읽어 둔 파일만 찾습니다.", "Only in files that sinmungo texts has read."),
    "found_files": ("찾은 파일", "Files found"),
    "nothing_in_files": ("그런 글이 든 파일이 없습니다.", "No file holds these words."),
    "as_table": ("표로 내려받기", "Take it as a table"),
    "boards": ("게시판", "Boards"),
    "board": ("게시판", "Board"),
    "articles": ("글", "Articles"),
    "says": ("게시판이 말하는 수", "Board says"),
    "lost": ("사라진 글", "Disappeared"),
    "balanced": ("마지막 대조", "Last balance"),
    "newest": ("최신 글", "Newest articles"),
    "questions": ("자주 묻는 것", "Ready queries"),
    "all_views": ("모든 뷰와 SQL", "All views and SQL"),
    "empty": ("보관한 글이 아직 없습니다.", "No article is archived yet."),
    "title": ("제목", "Title"),
    "author": ("작성자", "Author"),
    "posted": ("게시일", "Posted"),
    "category": ("분류", "Category"),
    "number": ("번호", "Number"),
    "key": ("글의 키", "Key"),
    "hits": ("조회", "Hits"),
    "state": ("상태", "State"),
    "first_seen": ("처음 본 때", "First seen"),
    "last_seen": ("목록에서 마지막으로 본 때", "Last seen in the list"),
    "checked": ("본문을 마지막으로 읽은 때", "Last read"),
    "address": ("게시판의 주소", "Address at the board"),
    "text": ("본문", "Text"),
    "no_text": ("본문이 없거나 읽지 못했습니다.", "It has no text, or it could not be read."),
    "files": ("첨부파일", "Attachments"),
    "not_stored": ("보관하지 못함", "not stored"),
    "pictures": ("본문 그림", "Pictures in the text"),
    "versions": ("판", "Versions"),
    "version": ("판", "Version"),
    "first_version": ("처음 보관한 판", "the first one kept"),
    "source": ("게시판에서 고침", "changed at the source"),
    "reparse": ("다시 읽음(원문은 그대로)", "read anew; the page is the same"),
    "too_long": ("너무 길어 견주지 않았습니다.", "Too long to be compared here."),
    "hits_over_time": ("조회수의 흐름", "Hits over time"),
    "hits_note": (
        "게시판이 센 수이며, 보관할 때 읽은 것도 들어 있습니다.",
        "As the board counts; our own visits are among them.",
    ),
    "original": ("보관된 원본 화면", "The page as archived"),
    "original_note": (
        "스크립트와 바깥 자료는 막혀 있어 실제 화면과 다를 수 있습니다.",
        "Scripts and everything from outside are shut off, so it may look different from the site.",
    ),
    "open_original": ("이 화면만 열기", "Open it alone"),
    "live": ("게시 중", "live"),
    "unread": ("아직 읽지 않음", "not read yet"),
    "blocked": ("비밀글이거나 열람이 거부됨", "secret or refused"),
    "missing": ("목록에서 사라짐(확인 중)", "missing from the list (not yet confirmed)"),
    "gone": ("게시판에서 삭제됨", "gone from the board"),
}


def language_of(accepted: str) -> Language:
    """Korean or English, whichever an Accept-Language header names first; English when it names neither."""
    for part in accepted.lower().split(","):
        tag = part.partition(";")[0].strip().partition("-")[0]
        if tag == "ko":
            return "ko"
        if tag == "en":
            return "en"
    return "en"


def words_in(language: Language) -> dict[str, str]:
    """Every label by its name."""
    at = 0 if language == "ko" else 1
    return {name: pair[at] for name, pair in _WORDS.items()}
