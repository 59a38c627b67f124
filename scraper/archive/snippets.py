"""The line of a text round the words that were searched for, and where they stand in it.

Contract: pure. Places are character offsets; a word is found inside longer ones and across blanks, as the search does.
"""

from __future__ import annotations

import re

from scraper.archive.asking import asked
from scraper.archive.matching import stems_of
from scraper.archive.terms import KOREAN

_FOREIGN = f"[^\\W_{KOREAN}]"
_IS_FOREIGN = re.compile(_FOREIGN)
Mark = tuple[int, int]
"""Where a hit begins and ends in its text."""


def snippet(text: str, words: str, around: int = 24) -> tuple[str, list[Mark]]:
    """About a line of ``text`` round the first hit, with the places of all hits in that line."""
    flat = " ".join(text.split())
    start = max(0, min((begin for begin, _ in marks(flat, words)), default=0) - around)
    end = start + 3 * around
    line = ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
    return line, marks(line, words)


def marks(text: str, words: str) -> list[Mark]:
    """Where the words stand in ``text``: each whole, else without its particle, else all of them without blanks;
    phrases whatever signs part their words.
    """
    typed = asked(words)
    found: list[Mark] = []
    for word in typed.words:
        found += next(filter(None, (_places(text, _loose(stem)) for stem in stems_of(word))), [])
    for phrase in typed.phrases:
        found += _places(text, _apart("".join(phrase), r"[\W_]+".join(map(re.escape, phrase))))
    return _joined(found or ([] if typed.phrases else _places(text, _loose("".join(words.split())))))


def _loose(word: str) -> str:
    """The pattern of a word with blanks anywhere in it."""
    return _apart(word, r"\s*".join(map(re.escape, word)))


def _apart(word: str, pattern: str) -> str:
    """The pattern of ``word``, but not inside a longer number or foreign word: 1 does not stand in 2016."""
    before = f"(?<!{_FOREIGN})" if _IS_FOREIGN.match(word) else ""
    after = f"(?!{_FOREIGN})" if _IS_FOREIGN.match(word[-1:]) else ""
    return before + pattern + after


def _places(text: str, pattern: str) -> list[Mark]:
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if pattern else []


def _joined(found: list[Mark]) -> list[Mark]:
    """In order, those that overlap as one."""
    joined: list[Mark] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
