"""Names of attached files, from a link's text and from its address; disposition.py reads the header.

A name keeps what its author wrote, brackets too ("보도자료(최종).hwp", "명단 (2).xlsx"); what the board glued to it
(size, count, "첨부파일 :") goes.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes, urlsplit

from scraper.korean.charset import clean
from scraper.korean.disposition import base_name, read_disposition
from scraper.korean.words import leading_label, squash_label, word_set

__all__ = [
    "NOT_FILES",
    "base_name",
    "is_download_word",
    "is_file_link_text",
    "is_kind_sign",
    "is_size",
    "looks_like_file_name",
    "name_from_link",
    "name_from_url",
    "read_disposition",
    "says_download",
]

NOT_FILES = word_set("""
        미리보기 바로보기 바로듣기 문서보기 문서뷰어 파일보기 뷰어 뷰어다운로드 뷰어보기 크게보기 원본보기 새창보기
        음성듣기 듣기 변환뷰어 html보기 삭제 수정 닫기 목록 인쇄 도움말 preview viewer view downloadall zip
    """)
"""Squashed link texts that stand beside files but are none themselves."""

_ALL_AT_ONCE = re.compile(
    r"(?:첨부|첨부파일|파일)?(?:전체|일괄|모두|압축|한꺼번에|한번에)(?:파일)?(?:\(?(?:압축|zip)\)?)?(?:파일)?(?:다운로드|다운|내려받기|받기|저장)?"
)
_KNOWN = word_set("""
        hwp hwpx hwt hml odt pdf doc docx xls xlsx xlsm ppt pptx pps ppsx rtf txt csv xml json zip 7z rar alz egg gz
        tar jpg jpeg jpe png gif bmp tif tiff webp svg heic ai psd eps mp3 wav wma m4a mp4 avi mov wmv flv mkv mpg
        mpeg epub show cell nxl hpt hst exe ico jfif
    """)
_PROGRAMS = word_set("php php3 jsp jspx do asp aspx htm html xhtml action cgi es nhn naver ic web")
_KIND_SIGN = re.compile(
    r"(?:첨부\s*)?([a-z0-9]{2,5}|한글|엑셀|워드|이미지|사진|압축)(?:\s*(?:첨부\s*)?(?:파일|문서|file|아이콘))?"
    r"(?:\s*첨부)?|(?:첨부\s*)?파일|첨부",
    re.IGNORECASE,
)
_DOMAINS = word_set("com net org kr co go or ac re pe io me tv biz edu gov jp cn us eu")
_EXTENSION = re.compile(r"[^\\/:*?\"<>|\s]\s?\.([A-Za-z0-9]{1,5})$")
_LONGEST = 400
_SIZE = r"[0-9][0-9.,]*\s*(?:[kmg]?bytes?|바이트|[kmg]i?b|[kmgb])"
_WORD = r"(?:file\s*size|size|(?:파일\s*)?(?:용량|크기)|downloads?|다운로드(?:\s*횟?수)?|다운|down|조회수?|hits?)"
_PIECE = rf"(?:(?:{_WORD}\s*[:：]?\s*)?(?:{_SIZE}|[0-9][0-9,]*\s*(?:회|건|번|hits?|downloads?)?)|[a-z][a-z0-9]{{1,4}})"
_BRACKETED = re.compile(rf"\s*[\[(]\s*(?:{_PIECE}(?:\s*[,/|·]?\s+{_PIECE}|\s*[,/|·]\s*{_PIECE}){{0,4}})\s*[\])]$", re.I)
_SURE_SIZE = re.compile(r"[0-9]\s*(?:[kmg]?bytes?|바이트|[kmg]i?b)\b", re.I)
_TAIL = re.compile(
    rf"[\s,/|·-]+(?:{_WORD}\s*[:：]?\s*[0-9][0-9,]*\s*(?:회|건|번)?|{_SIZE}|[0-9]+\s*(?:회|건|번)(?:\s*다운로드)?|date\s*:.*)$",
    re.I,
)
_SIZED = re.compile(
    rf"\.(?:{'|'.join(sorted(_KNOWN, key=lambda each: (-len(each), each)))})"
    rf"(?=(?:{_SIZE}|(?:파일\s*)?다운로드|내려받기|미리보기|바로보기)$)",
    re.IGNORECASE,
)
"""An extension that a size or the words of a button follow at once: the two have elements of their own, without a blank
between."""
_ACTIONS = re.compile(r"[\s,/|·]+([^\s.]+(?: 보기| 듣기| 받기| 다운로드)?)$")
_DOWNLOAD = re.compile(r"(?:파일\s*)?(?:다운로드|다운|내려받기|받기|저장|download|down|save)", re.IGNORECASE)
_SAYS_DOWNLOAD = re.compile(r"다운로드|내려\s?받기|download", re.IGNORECASE)
_QUERY_KEYS = word_set("""
        filename file file_name filenm file_nm fname orgfilename org_filename orgname originalfilename origin_name
        realname real_name realfilename downfile userfilename
    """)


def looks_like_file_name(text: str) -> bool:
    """Whether ``text`` ends in an extension of a file: a known one, or short, in one case and no domain or program."""
    match = _EXTENSION.search(text.strip())
    if match is None or len(text) > _LONGEST or "://" in text:
        return False
    extension = match[1]
    if extension.lower() in _KNOWN:
        return True
    one_case = extension.islower() or extension.isupper()
    return one_case and extension[0].isalpha() and len(extension) > 1 and extension.lower() not in _DOMAINS | _PROGRAMS


def is_download_word(text: str) -> bool:
    """Whether a text is no more than the words on a button that downloads: 다운로드, 내려받기 …"""
    return _DOWNLOAD.fullmatch(text.strip("[]()<> ")) is not None


def says_download(text: str) -> bool:
    """Whether a link's text says that it downloads and names no file: 보고서 내려받기 (PDF)."""
    return _SAYS_DOWNLOAD.search(text) is not None and not looks_like_file_name(name_from_link(text))


def is_kind_sign(text: str) -> bool:
    """Whether a text is no more than the sign of a kind of files: HWP, pdf 파일, 한글파일."""
    found = _KIND_SIGN.fullmatch(text)
    kind = (found[1] or "") if found is not None else ""
    return found is not None and (not kind.isascii() or not kind or kind.lower() in _KNOWN)


def is_size(text: str) -> bool:
    """Whether a text is no more than the size of a file: 71KB, (1.2 MB / 다운로드 3회)."""
    return _SURE_SIZE.search(text) is not None and _BRACKETED.fullmatch(f"({text.strip('[]()')})") is not None


def is_file_link_text(text: str) -> bool:
    """Whether a link's text may stand for one file: not empty, and no 전체(Zip), 미리보기, 바로보기 … beside it."""
    squashed = squash_label(text).strip("[]<>【】·*")
    return bool(squashed) and squashed.strip("()") not in NOT_FILES and not _ALL_AT_ONCE.fullmatch(squashed)


def name_from_link(text: str) -> str:
    """The file name in a link's text, without label, size, counts and actions that the board put round it."""
    name = " ".join(clean(text).split()).replace("\\'", "'").replace('\\"', '"')
    lead = leading_label(name)
    if lead is not None and lead.role == "files" and lead.colon and lead.rest:
        name = lead.rest
    return _trim(name) if len(name) <= _LONGEST else name


def name_from_url(url: str) -> str | None:
    """The file name in an address: a query value such as ``fileName=``, else the last part of the path.

    None when neither has the extension of a file. Percent-encoded UTF-8 and cp949 are read.
    """
    try:
        address = urlsplit(clean(url))
    except ValueError:
        return None
    candidates = []
    for pair in re.split("[&;]", address.query):
        key, _, value = pair.partition("=")
        if key.lower() in _QUERY_KEYS:
            candidates.append(value.replace("+", " "))
    candidates.append(address.path)
    for candidate in candidates:
        name = base_name(_percent_decoded(candidate))
        if name and looks_like_file_name(name):
            return name
    return None


def _percent_decoded(text: str) -> str:
    raw = unquote_to_bytes(text)
    for charset in ("utf-8", "cp949"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return text


def _trim(name: str) -> str:
    """``name`` without what is glued to its end. A bare count or word goes only when an extension precedes it."""
    if (sized := _SIZED.search(name)) is not None:
        return name[: sized.end()]
    for pattern in (_BRACKETED, _TAIL, _ACTIONS):
        found = pattern.search(name)
        if found is None or not found.start() or (pattern is _ACTIONS and not _is_action(found[1])):
            continue
        head = _trim(name[: found.start()].rstrip())
        if looks_like_file_name(head) or (pattern is _BRACKETED and _SURE_SIZE.search(found[0])):
            return head
    return name


def _is_action(word: str) -> bool:
    return not is_file_link_text(word) or squash_label(word).strip("[]()") in ("다운로드", "내려받기", "download")
