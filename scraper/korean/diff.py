"""What changed between two texts: by words, and within a changed word by letters, for Korean joins particles to words.

Pure. White space does not count.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

AROUND = 6
"""So many unchanged words are shown on each side of a change."""
LONGEST = 100
"""Longer words are compared whole: no word of a language is so long, and the time grows with the square."""
ALIKE = 0.5
"""Words that share less are two words, not one word that changed."""


class Piece(NamedTuple):
    """A stretch of text: unchanged, gone or new. ``joined``: it continues the word of the piece before."""

    kind: Literal["same", "gone", "new"]
    text: str
    joined: bool = False


def changes(before: str, after: str) -> list[Piece]:
    """The difference in reading order; long unchanged stretches are cut to an ellipsis in the middle."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            same = old[a:b]
            shown = same if len(same) <= 2 * AROUND else [*same[:AROUND], "…", *same[-AROUND:]]
            pieces.append(Piece("same", " ".join(shown)))
        elif tag == "replace" and b - a == d - c:
            for word, other in zip_longest(old[a:b], new[c:d]):
                pieces += _within(word, other)
        else:
            pieces += [Piece("gone", " ".join(old[a:b]))] if b > a else []
            pieces += [Piece("new", " ".join(new[c:d]))] if d > c else []
    return pieces


def _within(word: str, other: str) -> list[Piece]:
    """One word that became another."""
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    if max(len(word), len(other)) > LONGEST or matcher.ratio() < ALIKE:
        return [Piece("gone", word), Piece("new", other)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", word[a:b], bool(pieces)))
            continue
        if b > a:
            pieces.append(Piece("gone", word[a:b], bool(pieces)))
        if d > c:
            pieces.append(Piece("new", other[c:d], bool(pieces)))
    return pieces
