"""What a list says about its own size: "[오늘 0 / 전체 81]", "총 2477건, 248페이지 중 1페이지", "Page 1 / 32".

Pure. Every word of the text must belong to such a phrase, so that a headline ("교통사고 총 23건 발생") says nothing.
"총 23건" alone counts, though some boards mean this page's rows by it: whoever knows the rows must judge that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scraper.korean.numbers import half_width, read_number

_LONGEST = 160
_DIGITS = r"(?<![0-9.,/-])([0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)"
_N = rf"{_DIGITS}(?![.,/-]?[0-9])"
_POST = r"(?:등록\s*)?(?:게시\s*물|게시\s*글|글|기사|자료|주제|posts?|articles?|topics?)"
_COUNT = r"(?:건|개)"
_PAGE = r"(?:페이지|쪽|pages?)"
_ALL = r"(?:전체|총|모두|total)"


@dataclass(frozen=True, slots=True)
class Totals:
    """Posts of the whole list, its last page and the page shown, as far as the text says so."""

    total: int | None = None
    last_page: int | None = None
    page: int | None = None


_Rule = tuple[re.Pattern[str], tuple[str, ...]]


def _rule(pattern: str, *fields: str) -> _Rule:
    return re.compile(pattern, re.IGNORECASE), fields


_RULES: tuple[_Rule, ...] = (
    _rule(rf"^(?:icon\s*)?{_N}\s+(?:icon\s*)?{_DIGITS}\s*/\s*([0-9]++)$", "total", "page", "last_page"),
    _rule(rf"^{_N}\s*{_COUNT}\s*[(\[]\s*{_DIGITS}\s*/\s*([0-9]++)\s*{_PAGE}\s*[)\]]$", "total", "page", "last_page"),
    _rule(rf"^[0-9]+\s*[-–~]\s*[0-9]+\s*(?:of|/)\s*{_N}$", "total"),
    _rule(rf"^{_ALL}\s*{_N}\s*{_COUNT}의\s*[가-힣]{{1,8}}(?:이|가)\s*(?:등록되어\s*)?있습니다\.?$", "total"),
    _rule(rf"{_N}\s*{_PAGE}\s*중\s*{_N}\s*{_PAGE}(?:\s*[0-9]+\s*{_COUNT})?", "last_page", "page"),
    _rule(rf"{_N}\s*{_PAGE}\s*/\s*(?:{_ALL}\s*)?{_N}\s*{_PAGE}", "page", "last_page"),
    _rule(rf"{_DIGITS}\s*(?:/|of)\s*([0-9,]*[0-9])(?!\s*[./-]\s*[0-9])(?:\s*{_PAGE})?", "page", "last_page"),
    _rule(rf"^/\s*{_N}\s*{_PAGE}$", "last_page"),
    _rule(rf"{_ALL}\s*{_PAGE}\s*수?\s*[:(]?\s*{_N}", "last_page"),
    _rule(rf"{_ALL}\s*{_N}\s*{_PAGE}", "last_page"),
    _rule(rf"현재\s*{_PAGE}?\s*[:(]?\s*{_N}", "page"),
    _rule(rf"{_ALL}\s*{_POST}?\s*수?\s*[:(]?\s*{_N}\s*\)?\s*{_COUNT}?(?:의?\s*{_POST})?", "total"),
    _rule(rf"{_ALL}?\s*(?:등록|검색|게시)?\s*건\s*수\s*[:(]?\s*{_N}\s*{_COUNT}?", "total"),
    _rule(rf"검색\s*결과\s*[:(]?\s*{_N}\s*{_COUNT}", "total"),
    _rule(rf"(?<![가-힣]){_POST}\s*(?:수\s*[:(]?|[:(])\s*{_N}\s*{_COUNT}?", "total"),
    _rule(rf"(?<![가-힣]){_POST}\s*{_N}\s*{_COUNT}", "total"),
    _rule(rf"{_N}\s*{_COUNT}?의?\s*{_POST}", "total"),
    _rule(rf"(?:현재\s*)?{_N}\s*{_PAGE}", "page"),
    _rule(rf"(?<![a-z]){_PAGE}\s*:?\s*{_N}", "page"),
)
_FILLING = re.compile(
    r"(?:오늘|새\s*글)\s*[:(]?\s*[0-9,]+\s*(?:건|개)?|검색\s*결과|현재|페이지|page|(?:(?:이|가)\s*)?(?:검색|조회|등록)\s*되었습니다|등록(?:된|되어)|icon|"
    r"(?<![가-힣])(?:이|가|중|의|게시물|게시글|글|기사)(?![가-힣])|있습니다|입니다|[\s\[\](){}|│:.,/·•]",
    re.IGNORECASE,
)


def read_totals(text: str) -> Totals | None:
    """The sizes that the text of one element states; None when it states none or says anything besides.

    A bare fraction ("1 / 21") is page and last page; a bare "2 페이지" is a link of the pager and states nothing.
    """
    left = half_width(" ".join(text.split()))
    if not left or len(left) > _LONGEST or not any(c.isdecimal() for c in left):
        return None
    found: dict[str, int | None] = {"total": None, "last_page": None, "page": None}
    for pattern, fields in _RULES:
        match = pattern.search(left)
        if match is None:
            continue
        filled = _fill(found, fields, match.groups())
        if filled is not None:
            found = filled
            left = f"{left[: match.start()]} {left[match.end() :]}"
    is_pager_link = found["total"] is None and found["last_page"] is None and "현재" not in text
    return None if is_pager_link or _FILLING.sub("", left) else Totals(**found)


def _fill(found: Mapping[str, int | None], fields: Sequence[str], texts: Sequence[str]) -> dict[str, int | None] | None:
    """``found`` with more fields; None for a field twice, for "03/04" and for pages that make no sense."""
    filled = dict(found)
    for field, text in zip(fields, texts, strict=True):
        value = read_number(text)
        if value is None or filled[field] is not None or (len(text) > 1 and text[0] == "0"):
            return None
        filled[field] = value
    page, last = filled["page"], filled["last_page"]
    return None if page is not None and (page < 1 or (last is not None and page > last)) else filled
