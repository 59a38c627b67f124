"""Which rows of a list are notices: by what stands where the number would, and by badges. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from selectolax.lexbor import LexborNode

from scraper.models import Row
from scraper.page.columns import label_of
from scraper.page.document import line, same
from scraper.page.picks import led_by
from scraper.page.rows import Line

_NOTICE = re.compile(
    r"(?i)[\[<(]?\s*(?:전체\s*|일반\s*)?(?:(?:상단\s*|중요\s*)?공지(?:\s*사항|\s*글)?|알림|notice|필독|중요|긴급|고정(?:글)?)\s*[\])>]?"
)


def says_notice(entry: Line, places: Mapping[str, int], number: str) -> bool:
    """Whether a row says so where others have their number (``number``), by a word or an image; in a row without a
    number column where the first words stand."""
    if not number:
        return _NOTICE.fullmatch(_image_words(entry, places) or next(filter(None, entry.texts), "")) is not None
    cell = _number_cell(entry, places)
    return any(_NOTICE.fullmatch(text) for text in (number, led_by(cell, "number") if cell is not None else ""))


def pinned(rows: list[Row], lines: Sequence[Line], *, is_pictured: bool = True) -> list[Row]:
    """The rows, those as notices that bear its badge anywhere but in the title (``[공지] <a>…``, an image), or stand
    without a number above others that all have theirs (BEST, AD): unless they have a number. Where all have the badge,
    or one stands below a row without, it is a category: notices stand on top.

    ``is_pictured`` False: there is no image with words.
    """
    above = next((at for at, row in enumerate(rows) if not row.is_notice and row.number is not None), 0)
    is_topped = all(row.is_notice or row.number is not None for row in rows[above:])
    badged = [
        row.is_notice or (is_topped and at < above) or _has_badge(entry, is_pictured=is_pictured)
        for at, (row, entry) in enumerate(zip(rows, lines, strict=True))
    ]
    first = next((at for at, badge in enumerate(badged) if not badge), None)
    if first is None:
        return rows
    if any(
        badge and not row.is_notice and row.number is None
        for row, badge in zip(rows[first:], badged[first:], strict=True)
    ):
        return rows
    return [
        replace(row, is_notice=True) if badge and row.number is None else row
        for row, badge in zip(rows, badged, strict=True)
    ]


def _has_badge(entry: Line, *, is_pictured: bool) -> bool:
    for node in (entry.link,) if entry.texts else (entry.link, entry.node):
        first = node.first_child
        if first is None or (first.is_text_node and first.next is None):
            continue  # nothing in it but its words
        words = _first_words(node)
        if _NOTICE.fullmatch(words) and words != line(node):
            return True
    before = entry.link.prev if not same(entry.link, entry.node) else None
    while before is not None:
        words = line(before) if before.is_element_node else " ".join((before.text_content or "").split())
        if _NOTICE.fullmatch(words):
            return True
        before = before.prev
    images = entry.node.css("img[alt]") if is_pictured else ()
    return any(_NOTICE.fullmatch((image.attributes.get("alt") or "").strip()) for image in images)


def _first_words(node: LexborNode) -> str:
    """What the first element with text says: it may be the badge of a notice."""
    words = (inner.text_content or "" for inner in node.traverse(include_text=True) if inner.tag == "-text")
    return next((" ".join(text.split()) for text in words if text.strip()), "")


def _number_cell(entry: Line, places: Mapping[str, int]) -> LexborNode | None:
    place = places.get("number")
    return entry.cells[place] if place is not None and place < len(entry.cells) else None


def _image_words(entry: Line, places: Mapping[str, int]) -> str:
    cell = _number_cell(entry, places)
    return label_of(cell) if cell is not None and cell.css_first("img") else ""
