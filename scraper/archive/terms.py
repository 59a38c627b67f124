"""The pieces of Korean words that the index holds beside the words: by them a plain MATCH finds a word inside another.

Contract: pure. The same text gives the same terms as long as TERMS_VERSION is the same: to take an entry out, FTS5
needs exactly what was put in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

TERMS_VERSION = 2
"""Changes with ``search_terms``; meta keeps the one that the index was filled with."""

LONGEST = 4
"""Units of the longest piece."""

_COMMON = 12
"""A word up to so many characters may come again."""

_WORD = re.compile(r"[^\W_]+")
KOREAN = "\uac00-\ud7a3\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Hangul and Hanja, for a class of a regular expression."""
_UNIT = re.compile(f"[{KOREAN}]|[^{KOREAN}]+")
_ALL_KOREAN = re.compile(f"[{KOREAN}]+")


def words_of(text: str) -> list[str]:
    """Letters and digits between blanks and signs, in NFC; ``·`` and ``․`` are signs."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def units_of(word: str) -> list[str]:
    """A word in units: every syllable of Hangul or Hanja is one, and every run of anything else: 제3회 is 제, 3, 회."""
    return _UNIT.findall(word)


def is_korean(word: str) -> bool:
    """Whether it is all Hangul or Hanja."""
    return _ALL_KOREAN.fullmatch(word) is not None


def pieces_of(units: list[str], shortest: int = 2, longest: int = LONGEST) -> Iterator[str]:
    """Every stretch of so many units that follow each other, the shortest ones first."""
    for length in range(shortest, longest + 1):
        for start in range(len(units) - length + 1):
            yield "".join(units[start : start + length])


def search_terms(title: str, body: str | None) -> str:
    """The pieces of 2 to 4 units of every Korean or mixed word, and the foreign units of mixed words; each once."""
    terms: dict[str, None] = {}
    for word in dict.fromkeys(words_of(f"{title}\n{body or ''}")):
        terms.update(_terms_of_common(word) if len(word) <= _COMMON else _terms_of(word))
    return " ".join(terms)


def _terms_of(word: str) -> Mapping[str, None]:
    """Those of one word, in order."""
    units = units_of(word)
    terms = dict.fromkeys(pieces_of(units))
    if len(units) > 1:
        terms.update(dict.fromkeys(unit for unit in units if not is_korean(unit)))
    return terms


_terms_of_common = lru_cache(maxsize=4096)(_terms_of)
"""The posts of a board use the same words again and again."""
