"""From what a person types to the FTS5 query that finds it: particles off, long words in pieces, blanks or none.

Contract: pure. Whatever is typed, the answer is a valid query or None; nothing typed acts as FTS5 syntax, but double
quotes: what stands in them is found as it stands.
"""

from __future__ import annotations

from itertools import combinations, pairwise

from scraper.archive.asking import asked
from scraper.archive.terms import LONGEST, is_korean, pieces_of, units_of

_PARTICLES = sorted(
    "이라고 에서는 으로는 에서도 에게는 에서 에게 으로 까지 부터 처럼 보다 마다 조차 이나 이라 라고 에는 에도 "
    "와의 과의 이 가 은 는 을 를 에 의 로 와 과 도 만 께".split(),
    key=len,
    reverse=True,
)
_COUNTED = frozenset("이 가 로 과 도 만".split())
"""After a digit these count: 50만, 3도, 종로 3가."""
_PLURAL = "들"
_SPLITS = 2
"""With how many blanks a word that was typed without any may stand in a text."""
_SPLIT_LENGTHS = range(3, 11)


def match_query(words: str, texts: str = "title body_text") -> str | None:
    """The FTS5 query for what a person typed: all words, each with or without its particle, and all phrases. None for
    no word.

    ``texts``: the columns of the index that hold texts and no pieces.
    """
    typed = asked(words)
    groups = [_group(word, texts) for word in typed.words] + [_phrase(phrase, texts) for phrase in typed.phrases]
    return " AND ".join(dict.fromkeys(groups)) or None


def loose_query(words: str) -> tuple[str, str] | None:
    """The words without blanks, and the FTS5 query for every post that may hold them with blanks elsewhere; None when a
    phrase is among them.

    Of two pieces of two units that overlap a blank parts only one, unless it is followed by another after one syllable.
    """
    typed = asked(words)
    needle = "" if typed.phrases else "".join(typed.words)
    pieces = list(pieces_of(units_of(needle), 2, 2))
    if not pieces:
        return (f'"{needle}" *', needle) if needle.isalnum() else None
    alone = len(pieces) == 1
    ways = (
        [f'"{pieces[0]}" OR "{" ".join(units_of(needle))}" *']
        if alone
        else [f'"{a}" OR "{b}"' for a, b in pairwise(pieces)]
    )
    return " AND ".join(f"({way})" for way in dict.fromkeys(ways)), needle


def stems_of(word: str) -> tuple[str, ...]:
    """The word, and it without its particle and plural, as long as two syllables are left."""
    bare = _without_particle(word)
    single = bare.removesuffix(_PLURAL) if len(bare) > len(_PLURAL) + 1 else bare
    return tuple(dict.fromkeys((word, bare, single)))


def _without_particle(word: str) -> str:
    for particle in _PARTICLES:
        stem = word.removesuffix(particle)
        if stem != word and len(stem) > 1 and not (stem[-1].isdigit() and particle in _COUNTED):
            return stem
    return word


def _group(word: str, texts: str) -> str:
    """The ways in which a word may stand in the index, one of which must be there."""
    if not word.isalnum():
        return f'({{{texts}}} : "{word}" *)'
    if is_korean(word) and len(word) == 1:
        return "(" + " OR ".join(f'"{word}{particle}"' for particle in ("", *_PARTICLES)) + ")"
    ways = [f'"{word}"']
    for stem in stems_of(word):
        ways.append(" AND ".join(f'"{piece}"' for piece in _indexed(stem)))
        if is_korean(stem) and len(stem) in _SPLIT_LENGTHS:
            ways.append(f"{{{texts}}} : (" + " OR ".join(f'"{spaced}" *' for spaced in _spaced(stem)) + ")")
    return "(" + " OR ".join(f"({way})" for way in dict.fromkeys(ways)) + ")"


def _phrase(words: tuple[str, ...], texts: str) -> str:
    """Words that follow each other, something may hang on the last one; a single word also inside longer ones."""
    if len(words) > 1:
        return f'({{{texts}}} : "{" ".join(words)}" *)'
    ways = dict.fromkeys((f'"{words[0]}"', " AND ".join(f'"{piece}"' for piece in _indexed(words[0]))))
    return "(" + " OR ".join(f"({way})" for way in ways) + ")"


def _indexed(word: str) -> list[str]:
    """The pieces that are indexed with every word that holds this one."""
    units = units_of(word)
    return list(pieces_of(units, LONGEST, LONGEST)) if len(units) > LONGEST else [word]


def _spaced(word: str) -> list[str]:
    """The word as two or three, none of them a single syllable but the first: 작은도서관 is 작은 도서관."""
    found = []
    for count in range(1, _SPLITS + 1):
        for places in combinations(range(1, len(word)), count):
            parts = [word[a:b] for a, b in zip((0, *places), (*places, len(word)), strict=True)]
            if all(len(part) > 1 for part in parts[1:]):
                found.append(" ".join(parts))
    return found
