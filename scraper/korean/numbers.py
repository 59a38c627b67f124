"""Numbers as boards print them: ``1163``, ``1,163``, ``2,013회``, ``조회 수 : 39``, ``1.2만``, ``[12]``.

The whole text must be one number; anything else is None, never a guess. Nothing is negative, and nothing is larger
than what a database integer holds.
"""

from __future__ import annotations

import re

from scraper.korean.words import leading_label

LARGEST = 2**63 - 1
_SURE = 19
"""So many digits may be more than that."""

_HALF_WIDTH = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | {"\u3000": " "})
_NUMBER = re.compile(
    r"(?:\+\s*)?(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]{1,3}))?"
    r"\s*(?P<unit>[천만억k])?\s*(?:회|건|개|명|번|hits?|views?)?",
    re.IGNORECASE,
)
_UNITS = {"천": 1_000, "k": 1_000, "만": 10_000, "억": 100_000_000}
_BRACKETS = {"[": "]", "(": ")", "<": ">", "【": "】"}
_COUNTING = ("number", "hits", "comments", "votes", "files")
_ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


def half_width(text: str) -> str:
    """Full-width digits, letters and marks as their ASCII twins; zero-width characters dropped; stripped."""
    if text.isascii():
        return text.strip()
    return _ZERO_WIDTH.sub("", text).translate(_HALF_WIDTH).strip()


def read_number(text: str) -> int | None:
    """The count that ``text`` consists of, or None. A label of a counting field may stand before it."""
    if text.isascii() and text.isdecimal() and len(text) < _SURE:
        return int(text)
    bare = half_width(text)
    lead = leading_label(bare)
    if lead is not None and lead.role in _COUNTING:
        bare = lead.rest
    if len(bare) > 1 and _BRACKETS.get(bare[0]) == bare[-1]:
        bare = bare[1:-1].strip()
    if len(bare) > 40:
        return None
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return None
    unit, part = (match["unit"] or "").lower(), match["part"] or ""
    if part and not unit:
        return None
    scale = 10 ** len(part)
    number = int(match["digits"].replace(",", "") + part) * _UNITS.get(unit, 1) // scale
    return number if number <= LARGEST else None
