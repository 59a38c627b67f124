"""What changed between two texts: word by word, and within a word what stands before and after its change, for Korean
joins particles and endings to words ("마을버스[-가-]{+는+}"). Numbers are never cut. Pure.

A line break counts as a word of its own; other white space parts words, and counts where it alone has changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Literal, NamedTuple

AROUND = 6
"""So many unchanged words are shown on each side of a change."""
ALIKE = 0.5
"""Words that share no more than this are two words, not one word that changed."""
_MOST = 10_000
"""Pairs of words that are compared to find which word became which; a longer stretch went, and another came."""

_LONGEST = 5_000
"""A longer stretch whose blanks alone changed is shown whole: the time grows with the square."""

_WORDS = re.compile(r"\n+|[^\s]+")
_ATOMS = re.compile(r"\d[\d,.]*\d|[A-Za-z]+|.", re.DOTALL)
_FIELDS = ("title", "author", "posted_at", "category", "body_text")

Kind = Literal["same", "gone", "new"]


class Piece(NamedTuple):
    """A stretch of text: unchanged, gone or new. ``joined``: no space stands between it and the piece before."""

    kind: Kind
    text: str
    joined: bool = False


def changes(before: str, after: str) -> list[Piece]:
    """The difference in reading order, nothing left out: what is same or gone is the old text, same or new the new."""
    old, new = (
        [_break(word) for word in _WORDS.findall(text.replace("\r\n", "\n").strip())] for text in (before, after)
    )
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pieces += [Piece("same", " ".join(old[a:b]))] if tag == "equal" else _replaced(old[a:b], new[c:d])
    return _merged(pieces)


def version_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Piece]]:
    """By field what changed between two versions."""
    return {name: changes(before[name] or "", after[name] or "") for name in _FIELDS if before[name] != after[name]}


def told(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    """JSON-ready."""
    return [piece._asdict() for piece in pieces]


def shortened(pieces: Iterable[Piece]) -> list[Piece]:
    """The same pieces for an eye: of a long unchanged stretch the first and last words only; breaks of lines (↵) and
    of paragraphs (¶), and blanks that changed (␣), as signs."""
    return [_short(piece) for piece in pieces]


def _short(piece: Piece) -> Piece:
    if not piece.text.strip(" "):
        return piece._replace(text="␣")
    words = piece.text.replace("\n\n", "¶").replace("\n", "↵").split(" ")
    if piece.kind == "same" and len(words) > 2 * AROUND:
        words = [*words[:AROUND], "…", *words[-AROUND:]]
    return piece._replace(text=" ".join(words))


def _break(word: str) -> str:
    """A word, or a line break; several are the end of a paragraph."""
    return "\n\n" if word.startswith("\n\n") else word


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """A stretch of words that became another one."""
    if old and new and "".join(old) == "".join(new):
        return _respaced(" ".join(old), " ".join(new))
    pieces: list[Piece] = []
    a = c = 0
    for one, other in [*_pairs(old, new), (len(old), len(new))]:
        pieces += [Piece("gone", word) for word in old[a:one]] + [Piece("new", word) for word in new[c:other]]
        if one < len(old):
            pieces += _within(_ATOMS.findall(old[one]), _ATOMS.findall(new[other]))
        a, c = one + 1, other + 1
    return pieces


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which word became which: the pairs, in order, that have the most in common."""
    if len(old) * len(new) > _MOST:
        return []
    atoms = [[_ATOMS.findall(word) for word in words] for words in (old, new)]
    worth = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a in reversed(range(len(old))):
        for c in reversed(range(len(new))):
            paired = _likeness(atoms[0][a], atoms[1][c])
            both = paired + worth[a + 1][c + 1] if paired > ALIKE else 0.0
            worth[a][c] = max(both, worth[a + 1][c], worth[a][c + 1])
    pairs: list[tuple[int, int]] = []
    a = c = 0
    while a < len(old) and c < len(new):
        if worth[a][c] == worth[a + 1][c]:
            a += 1
        elif worth[a][c] == worth[a][c + 1]:
            c += 1
        else:
            pairs.append((a, c))
            a, c = a + 1, c + 1
    return pairs


def _likeness(word: Sequence[str], other: Sequence[str]) -> float:
    """The share of two words that stands in both, at their beginnings and ends; 1 when only numbers differ."""
    if [atom for atom in word if not atom[0].isdecimal()] == [atom for atom in other if not atom[0].isdecimal()]:
        return 1.0 if len(word) == len(other) > 1 else 0.0
    start, end = _shared(word, other)
    return 2 * (len("".join(word[:start])) + len("".join(word[len(word) - end :]))) / len("".join((*word, *other)))


def _shared(word: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """How many atoms two words share at the beginning, and of the rest at the end."""
    most = min(len(word), len(other))
    start = next((n for n in range(most) if word[n] != other[n]), most)
    end = next((n for n in range(most - start) if word[-1 - n] != other[-1 - n]), most - start)
    return start, end


def _within(word: Sequence[str], other: Sequence[str]) -> list[Piece]:
    """One word that became another."""
    start, end = _shared(word, other)
    parts: tuple[tuple[Kind, Sequence[str]], ...] = (
        ("same", word[:start]),
        ("gone", word[start : len(word) - end]),
        ("new", other[start : len(other) - end]),
        ("same", word[len(word) - end :]),
    )
    told = [(kind, "".join(atoms)) for kind, atoms in parts if atoms]
    return [Piece(kind, text, bool(at)) for at, (kind, text) in enumerate(told)]


def _respaced(before: str, after: str) -> list[Piece]:
    """Words that were only joined or parted: sign by sign, spaces among them."""
    if len(before) > _LONGEST:
        return [Piece("gone", before), Piece("new", after)]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        parts: tuple[tuple[Kind, str], ...] = (("same", before[a:b]),)
        if tag != "equal":
            parts = (("gone", before[a:b]), ("new", after[c:d]))
        pieces += [Piece(kind, text, bool(pieces)) for kind, text in parts if text]
    return pieces


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Whole words that went, or came, one after the other as one stretch; what went before what came."""
    merged: list[Piece] = []
    for is_loose, stretch in groupby(_grouped(pieces), key=lambda each: each[0]):
        found = [piece for _, piece in stretch]
        if not is_loose:
            merged += found
            continue
        for kind in ("gone", "new"):
            words = [piece.text for piece in found if piece.kind == kind]
            merged += [Piece(kind, " ".join(words))] if words else []
    return merged


def _grouped(pieces: Sequence[Piece]) -> list[tuple[bool, Piece]]:
    """Each piece with whether it is a whole word that went or came."""
    following = [*(piece.joined for piece in pieces[1:]), False][: len(pieces)]
    return [
        (piece.kind != "same" and not piece.joined and not joined, piece)
        for piece, joined in zip(pieces, following, strict=True)
    ]
