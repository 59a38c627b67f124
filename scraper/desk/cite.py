"""How to cite a post: BibTeX, RIS, CSL-JSON and a line in Korean, each with the time and digest of what was kept.

Contract: pure. What is cited is one version of a post and the capture that it was read from, so a reader can tell what
the archive held. Each format escapes what it gives a meaning to; a text is always one line.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scraper.models import KST

_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
"""A brace gets a name, for BibTeX counts braces with and without a backslash."""
_UNSAFE_IN_URL = re.compile(r"""[\s{}\\"<>^`|]""")
_KEY = re.compile(r"[^A-Za-z0-9:._-]+")
_RIS_NAME = {",": "，", "*": "＊"}
"""A comma in a RIS author parts surname and given name, an asterisk is not allowed: their wide forms look the same."""


@dataclass(frozen=True, slots=True)
class Source:
    """One version of a post, and the capture that shows it."""

    board: str
    """Short name of the board."""
    key: str
    version: int
    title: str
    author: str | None
    paper: str
    """The board's name, which holds the paper's."""
    posted: date | None
    """The day in Korea."""
    url: str
    captured_at: datetime
    sha256: str
    """Of the bytes that were received, lower-case hex."""

    @property
    def name(self) -> str:
        """A name of ASCII letters for the entry, the same whenever it is cited."""
        whole = f"{self.board}-{self.key}-v{self.version}"
        plain = _KEY.sub("", whole)
        return plain if plain == whole else f"{plain.strip('-')}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def korean(sources: Sequence[Source]) -> str:
    """A line each: author, 「title」, paper, date, address, time of capture, digest."""
    lines = []
    for source in sources:
        kept = source.captured_at.astimezone(KST).strftime("%Y-%m-%d %H:%M:%S")
        parts = (
            _line(source.author),
            f"「{_line(source.title)}」",
            _line(source.paper),
            f"{source.posted.year}. {source.posted.month}. {source.posted.day}." if source.posted else "",
            _url(source.url),
            f"제{source.version}판",
            f"보존 {kept} (한국시간)",
            f"SHA-256 {source.sha256}",
        )
        lines.append(", ".join(part for part in parts if part))
    return "\n".join(lines)


def bibtex(sources: Sequence[Source]) -> str:
    """Entries of the type misc, for BibTeX and biblatex."""
    return "\n\n".join(map(_bibtex, sources))


def _bibtex(source: Source) -> str:
    kept = source.captured_at.astimezone(KST)
    fields = {
        "author": f"{{{_latex(source.author)}}}" if _line(source.author) else "",
        "title": f"{{{_latex(source.title)}}}",
        "howpublished": _latex(source.paper),
        "year": str(source.posted.year) if source.posted else "",
        "month": str(source.posted.month) if source.posted else "",
        "day": str(source.posted.day) if source.posted else "",
        "url": _url(source.url),
        "urldate": kept.strftime("%Y-%m-%d"),
        "note": _latex(_evidence(source)),
        "language": "korean",
    }
    told = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{source.name},\n{told}\n}}"


def ris(sources: Sequence[Source]) -> str:
    """Records of the type ELEC (a page of the web)."""
    return "\n".join(map(_ris, sources))


def _ris(source: Source) -> str:
    posted, kept = source.posted, source.captured_at.astimezone(KST)
    author = "".join(_RIS_NAME.get(letter, letter) for letter in _line(source.author))
    lines = (
        ("TY", "ELEC"),
        ("ID", source.name),
        ("AU", author),
        ("TI", _line(source.title)),
        ("T2", _line(source.paper)),
        ("PY", f"{posted.year:04}" if posted else ""),
        ("DA", posted.strftime("%Y/%m/%d/") if posted else ""),
        ("UR", _url(source.url)),
        ("Y2", kept.strftime("%Y/%m/%d/")),
        ("N1", _evidence(source)),
        ("LA", "ko"),
    )
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def csl_json(sources: Sequence[Source]) -> str:
    """A JSON array of items, as citation processors and Zotero read it."""
    return json.dumps([_csl(source) for source in sources], ensure_ascii=False, indent=1)


def _csl(source: Source) -> dict[str, Any]:
    kept = source.captured_at.astimezone(KST)
    item: dict[str, Any] = {
        "id": source.name,
        "type": "webpage",
        "title": _line(source.title),
        "container-title": _line(source.paper),
        "URL": _url(source.url),
        "accessed": {"date-parts": [[kept.year, kept.month, kept.day]]},
        "note": _evidence(source),
        "language": "ko",
    }
    if _line(source.author):
        item["author"] = [{"literal": _line(source.author)}]
    if source.posted:
        item["issued"] = {"date-parts": [[source.posted.year, source.posted.month, source.posted.day]]}
    return item


FORMATS: dict[str, Callable[[Sequence[Source]], str]] = {
    "korean": korean,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


def values(source: Source) -> dict[str, Any]:
    """The facts of a citation, as JSON."""
    return {
        "post": f"{source.board}/{source.key}",
        "version": source.version,
        "title": source.title,
        "author": source.author,
        "paper": source.paper,
        "posted": source.posted.isoformat() if source.posted else None,
        "url": source.url,
        "captured_at": source.captured_at.isoformat(),
        "sha256": source.sha256,
        "korean": korean([source]),
    }


def _evidence(source: Source) -> str:
    kept = source.captured_at.astimezone(KST).isoformat(timespec="seconds")
    return f"version {source.version} of {source.board}/{source.key}, captured {kept}, SHA-256 {source.sha256}"


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _latex(text: str | None) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in _line(text))


def _url(url: str) -> str:
    """The address with what would end it or open a group percent-encoded; the rest stays as it is."""
    return _UNSAFE_IN_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
