"""Edits and disappearances: what a board changed after we had read it.

Pure. Words that went are struck through, words that came are underlined; colour only adds to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from scraper.archive.values import Record
from scraper.desk.report import words
from scraper.desk.report.markup import Child, Label, Markup, joined, tag
from scraper.desk.report.tables import shown, table
from scraper.korean.diff import Piece, changes, shortened

MOST_WORDS, MOST_LETTERS = 3_000, 60_000
"""Longer texts are not compared: the time grows with the product of their lengths, the file with their size."""


def edits(rows: Sequence[Record]) -> Markup:
    """Each edit with what it changed, the newest first."""
    if not rows:
        return tag("p", words.NOTHING, class_="nothing-here")
    return joined(*map(_edit, rows))


def _edit(row: Record) -> Markup:
    head = tag(
        "h4",
        tag("span", row["title"], class_="title"),
        tag(
            "span",
            joined(row["key"], " · ", words.column("version"), f" {row['version']} · "),
            joined(words.column("seen_at"), f" {shown('seen_at', row['seen_at'])}"),
            class_="facts",
        ),
    )
    return tag("article", head, tag("dl", *_differences(row)), class_="edit")


def _differences(row: Record) -> Iterator[Markup]:
    fields = (("title", words.column("title")), ("author", words.column("author")), ("category", "category"))
    for name, label in (*fields, ("posted_at", words.column("posted_date")), ("body", words.BODY)):
        before, after = row[f"{name}_before"], row[name]
        if before != after:
            yield tag("dt", label)
            yield tag("dd", difference(before or "", after or ""))
    yield from _files(row)


def difference(before: str, after: str) -> Child:
    """What changed, by words; unchanged stretches are cut in the middle."""
    if max(map(len, (before, after))) > MOST_LETTERS or max(len(each.split()) for each in (before, after)) > MOST_WORDS:
        return words.TOO_LONG
    pieces = shortened(changes(before, after))
    if all(piece.kind == "same" for piece in pieces):
        return words.NO_WORDS
    return [_piece(piece, is_first=place == 0) for place, piece in enumerate(pieces)]


def _piece(piece: Piece, *, is_first: bool) -> Markup:
    blank = "" if is_first or piece.joined else " "
    names = {"gone": "del", "new": "ins"}
    return joined(blank, tag(names[piece.kind], piece.text) if piece.kind in names else piece.text)


def _files(row: Record) -> Iterator[Markup]:
    old, new = ({(key, sha): name for key, name, sha in json.loads(row[at])} for at in ("files_before", "files"))
    for label, held, other, mark in ((words.FILE_WENT, old, new, "del"), (words.FILE_CAME, new, old, "ins")):
        for key in sorted(held.keys() - other.keys()):
            yield tag("dt", label)
            yield tag("dd", tag(mark, held[key]), tag("span", f" sha256 {key[1][:12]}", class_="facts"))


def disappeared(rows: Sequence[Record]) -> Markup:
    """What is no longer there, with the beginning of the text that was kept."""
    columns = ("key", "title", "author", "posted_date", "state", "last_seen_at", "missing_at", "gone_at")
    kept = [
        tag("dl", tag("dt", joined(row["key"], " ", row["title"])), tag("dd", tag("del", row["beginning"]), "…"))
        for row in rows
        if row["beginning"]
    ]
    told = tag("details", tag("summary", Label("보존된 본문의 첫머리", "How the kept texts begin")), *kept)
    return joined(table(rows, columns), told if kept else None)
