"""HWPX and docx: zip files of XML, read with the standard library.

Contract: a document type is refused, so no entity is ever expanded; only stored and deflated parts are unpacked, within
the allowance of one file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from scraper.filetext.values import MAX_ENTRIES, Allowance, NotRead, foreign

_PIECE = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SECTION = re.compile(r"Contents/section(\d+)\.xml", re.IGNORECASE)
_MANIFEST = "META-INF/manifest.xml"
_WORD_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_OTHERS = (("xl/workbook.xml", "an Excel workbook"), ("ppt/presentation.xml", "a PowerPoint file"))


@dataclass(frozen=True, slots=True)
class Markup:
    """Which elements of a vocabulary are text. Names are local; ``signs`` count only inside ``around``."""

    spaces: tuple[str, ...]
    around: str
    signs: dict[str, str]


HWPX = Markup(
    ("http://www.hancom.co.kr/hwpml/2011/paragraph", "http://www.owpml.org/owpml/2021/paragraph"),
    "t",
    {"tab": "\t", "lineBreak": "\n", "hyphen": "-", "nbSpace": "\xa0", "fwSpace": " "},
)
DOCX = Markup(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    "r",
    {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
)


def read_zipped(content: bytes) -> Iterator[str]:
    """The paragraphs in the order of the document."""
    with foreign("its zip container"):
        archive = zipfile.ZipFile(BytesIO(content))
    with archive:
        if len(archive.infolist()) > MAX_ENTRIES:
            raise NotRead("too large", f"it has more than {MAX_ENTRIES:,} parts")
        names = set(archive.namelist())
        allowance = Allowance()
        sections = sorted((int(found[1]), name) for name in names if (found := _SECTION.fullmatch(name)))
        parts, markup = [name for _, name in sections], HWPX
        if "word/document.xml" in names:
            parts, markup = [name for name in _WORD_PARTS if name in names], DOCX
        if not parts:
            raise NotRead("unsupported", next((told for name, told in _OTHERS if name in names), "a zip file"))
        if _MANIFEST in names and b"encryption-data" in b"".join(_unpacked(archive, _MANIFEST, allowance)):
            raise NotRead("encrypted", "locked by a password")
        for name in parts:
            yield from _paragraphs(_unpacked(archive, name, allowance), name, markup)


def _unpacked(archive: zipfile.ZipFile, name: str, allowance: Allowance) -> Iterator[bytes]:
    entry = archive.getinfo(name)
    if entry.flag_bits & 1:
        raise NotRead("encrypted", f"{name} is locked by a password")
    if entry.compress_type not in _METHODS:
        raise NotRead("unsupported", f"{name} is packed by method {entry.compress_type}")
    with foreign(name), archive.open(entry) as part:
        while piece := part.read(_PIECE):
            allowance.take(len(piece))
            yield piece


def _paragraphs(pieces: Iterator[bytes], name: str, markup: Markup) -> Iterator[str]:
    """Line by line; those before a damage are given before NotRead is raised."""
    lines = _Lines(markup)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lines.start
    parser.EndElementHandler = lines.end
    parser.CharacterDataHandler = lines.text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield from lines.take()
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        yield from lines.take(rest=True)
        raise NotRead("broken", f"{name}: {str(error)[:200]}") from error
    except NotRead:
        yield from lines.take(rest=True)
        raise
    yield from lines.take(rest=True)


def _refuse(*_: object) -> None:
    raise NotRead("broken", "its XML has a document type, which no such document needs")


@dataclass(slots=True)
class _Lines:
    """Paragraphs out of the events of a parser."""

    markup: Markup
    done: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    """Local names of the open elements; empty for those of another vocabulary."""
    fallbacks: int = 0
    """Open alternatives: what they say is said before them too."""

    def start(self, name: str, _: object) -> None:
        space, _, local = name.rpartition(" ")
        ours = space in self.markup.spaces
        if local == "Fallback":
            self.fallbacks += 1
        if ours and local == "p":
            self._end_line()
        elif ours and local in self.markup.signs and self.path and self.path[-1] == self.markup.around:
            self._add(self.markup.signs[local])
        self.path.append(local if ours else "")

    def end(self, name: str) -> None:
        if self.path.pop() == "p":
            self._end_line()
        if name.rpartition(" ")[2] == "Fallback":
            self.fallbacks -= 1

    def text(self, text: str) -> None:
        if self.path and self.path[-1] == "t":
            self._add(text)

    def take(self, *, rest: bool = False) -> list[str]:
        """The lines that are complete, and the begun one with ``rest``."""
        if rest:
            self._end_line()
        taken, self.done = self.done, []
        return taken

    def _add(self, text: str) -> None:
        if not self.fallbacks:
            self.line.append(text)

    def _end_line(self) -> None:
        if self.line:
            self.done.append("".join(self.line))
            self.line = []
