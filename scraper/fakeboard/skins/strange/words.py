"""The words of a face: labels, class names, and the names of its folders and scripts. All from its seed."""

from __future__ import annotations

from functools import lru_cache

from scraper.fakeboard.skins.strange.face import Face

LABELS = {
    "number": ("번호", "No.", "NO", "순번", "연번", "글번호"),
    "title": ("제목", "글제목", "제목"),
    "author": ("작성자", "글쓴이", "등록자", "이름", "필자", "기자", "게시자"),
    "date": ("작성일", "등록일", "날짜", "게시일", "등록일자", "작성일자"),
    "hits": ("조회", "조회수", "조회", "읽음"),
    "file": ("첨부", "파일"),
    "count": ("첨부", "파일"),
    "good": ("추천", "공감"),
    "comments": ("댓글", "댓글수"),
    "status": ("상태", "처리상태"),
    "department": ("부서", "담당부서"),
    "category": ("분류", "구분"),
    "modified": ("수정일",),
    "check": ("선택",),
    "body": ("내용",),
    "files": ("첨부파일", "첨부", "파일첨부", "붙임"),
}
ENGLISH = {
    "number": "No",
    "title": "Subject",
    "author": "Name",
    "date": "Date",
    "hits": "Hit",
    "file": "File",
    "count": "File",
    "good": "Vote",
    "comments": "Comment",
    "status": "Status",
    "department": "Dept",
    "category": "Category",
    "modified": "수정일",
    "check": "",
}
PICTURES = {
    "number": ("no", "num", "number"),
    "title": ("subject", "title"),
    "author": ("name", "writer"),
    "date": ("date", "regdate"),
    "hits": ("hit", "read", "count"),
    "file": ("file", "attach"),
    "check": ("check", "chk"),
}
_ROLES = {
    "title": ("subject", "title", "tit", "subj"),
    "author": ("name", "writer", "author"),
    "date": ("date", "time", "day", "regdate"),
    "hits": ("hit", "read", "view", "count"),
    "number": ("num", "no", "number"),
    "body": ("content", "con", "text", "memo"),
    "list": ("list", "tbl", "wrap"),
    "row": ("item", "row", "line"),
    "meta": ("info", "meta", "etc"),
    "pager": ("paging", "page", "navi"),
    "files": ("file", "attach"),
    "total": ("total", "cnt"),
    "view": ("view", "read"),
    "remarks": ("comment", "reply"),
}
PREFIXES = ("board", "bbs", "bl", "ntc", "art", "b", "news")


@lru_cache(maxsize=256)
def labels(face: Face) -> dict[str, str]:
    """The board's word for each field."""
    rng = face.rng("labels")
    chosen = {name: rng.choice(words) for name, words in LABELS.items()}
    chosen["department"] = rng.choice(LABELS["department"])
    if face.blanks == "yes":
        chosen = {name: " ".join(word) if len(word) == 2 and word > "가" else word for name, word in chosen.items()}
    return chosen


def blind(face: Face, word: str) -> str:
    """A word that only screen readers are told."""
    hidden = ' style="display:none"' if face.classes == "none" else ' class="blind"'
    return f"<span{hidden}>{word}</span>" + face.rng("blind").choice(("", "\n"))


def css(face: Face, role: str, more: str = "") -> str:
    """The class attribute of an element with that role, with a blank before it; nothing where classes are none."""
    names = [name for name in (_class_name(face, role), more) if name]
    return f' class="{" ".join(names)}"' if names else ""


@lru_cache(maxsize=8192)
def _class_name(face: Face, role: str) -> str:
    if face.classes == "none":
        return ""
    rng = face.rng("classes")
    prefix, sep = rng.choice(PREFIXES), rng.choice("-_")
    if face.classes == "shared":
        return rng.choice(("txt", "cell", "box", "td01"))
    if face.classes == "meaningless":
        own = face.rng(f"class/{role}")
        return f"{own.choice('abcdfgmstx')}{own.randint(1, 99)}"
    word = face.rng(f"class/{role}").choice(_ROLES.get(role, (role,)))
    return f"{prefix}{sep}{word}"
