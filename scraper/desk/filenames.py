"""Names that any file system takes, made from names that a site gave: for Linux, macOS and Windows alike.

Contract: pure. A safe name is one component of a path, is never special, and is told apart from the other names of its
folder also where case and the form of Hangul do not count. What it was made from is not in it: a manifest keeps that.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 140
"""Bytes in UTF-8 of a name, about 46 syllables; encrypted Linux folders take 143, all others more."""

_LONGEST_ENDING = 20
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\ufffe\uffff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


class Names:
    """The names of one folder."""

    def __init__(self, *taken: str) -> None:
        self._taken = {_same(name) for name in taken}

    def take(self, raw: str) -> str:
        """A safe name for ``raw`` that nothing else in this folder has; the second of a name gets (2), and so on."""
        stem, ending = _parted(_cleaned(raw))
        number, name = 1, _fitted(stem, "", ending)
        while _same(name) in self._taken:
            number += 1
            name = _fitted(stem, f" ({number})", ending)
        self._taken.add(_same(name))
        return name


def _cleaned(raw: str) -> str:
    line = " ".join(unicodedata.normalize("NFC", raw).split())
    kept = "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")
    flat = " ".join(_FORBIDDEN.sub("_", kept).split()).rstrip(". ")
    if not flat:
        return "_"
    special = flat.startswith((".", "-", "~")) or _RESERVED.fullmatch(flat.partition(".")[0].rstrip())
    return f"_{flat}" if special else flat


def _parted(name: str) -> tuple[str, str]:
    """The name and its ending with the dot."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not ending.isalnum() or len(ending.encode()) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending


def _fitted(stem: str, mark: str, ending: str) -> str:
    room = LONGEST - len(f"{mark}{ending}".encode())
    short = stem.encode()[:room].decode("utf-8", "ignore")
    return f"{short.rstrip('. ')}{mark}{ending}"


def _same(name: str) -> str:
    """Equal for names that some file system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
