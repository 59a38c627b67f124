"""What a person typed into a search, in words and phrases; and whether it was meant as search syntax.

Contract: pure. A part in double quotes is a phrase, everything else is words. ``find_syntax`` finds what FTS5 would act
upon and we do not: such a query would be answered, but not as it was meant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from scraper.archive.terms import words_of

_WORDS = re.compile(r"\d+(?:[.,·․:/-]\d+)+[^\W_]*|[^\W_]+")
"""A number with signs inside (4.15, 1,200명) is one word, everything else is parted by signs."""
_QUOTED = re.compile(r'"([^"]*)"')

FIELDS = frozenset(
    """title body_text search_terms text post_id board board_name key number category author posted_date posted_at
    posted_precision hits url is_notice is_secret characters files version state first_seen_at last_seen_at checked_at
    body date year since until""".split()
)
"""Before a colon these are meant as filters: columns of the indexes and of articles, and options of the search."""

_SYNTAX = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w-])-?(?i:{'|'.join(sorted(FIELDS))})\s*:",
        r"-?\{[^{}]*\}\s*:",
        r"(?<!\w)NEAR\s*\(",
        r"(?<![^\s()\"])(?:AND|OR|NOT)(?=[\s(\"]+[^\W_]|[\s(]*\")",
        r"(?<![*\w])\w+\*(?![*\w])|\"\*(?!\w)",
        r"(?<![\w^])\^(?:[^\W_]+(?![^\W_]|\^)|\")",
        r"\"\s*\+|\+\s*\"|(?<=[^\W\d_]\s)\+(?=\s+[^\W_])|(?<=\d\s)\+(?=\s+[^\W\d_])",
    )
)
"""A filter of columns, a group of them, NEAR, an operator before a word, a prefix (but no name like 김** or 김*수), a
beginning (but no ^^), phrases in a row (but no 1 + 1). What stands in quotes is an empty pair of them here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``words`` stand anywhere; of each phrase the words follow each other as they were typed."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


def asked(text: str) -> Asked:
    """What was typed, in NFC. A double quote without its fellow is a sign like others."""
    typed = unicodedata.normalize("NFC", text)
    phrases = tuple(tuple(words) for part in _QUOTED.findall(typed) if (words := words_of(part)))
    return Asked(tuple(_WORDS.findall(_QUOTED.sub(" ", typed))), phrases)


def find_syntax(text: str) -> str | None:
    """The first piece that is syntax of FTS5 and stands outside double quotes; a quote alone when it is not closed."""
    bare = _QUOTED.sub('""', unicodedata.normalize("NFC", text))
    if bare.count('"') % 2:
        return '"'
    found = [match for pattern in _SYNTAX if (match := pattern.search(bare))]
    return min(found, key=re.Match.start)[0].strip(' "') if found else None
