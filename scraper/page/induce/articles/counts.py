"""How often a post was read, where no label says so: the one bare number beside its date. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date
from scraper.page.document import line
from scraper.page.icons import icon_role
from scraper.page.induce.articles.lines import (
    LONGEST_LINE,
    PART,
    SPLIT,
    before_part,
    head_lines,
    is_labelled_otherwise,
    word_spots,
)
from scraper.page.induce.articles.names import holds_date
from scraper.page.induce.articles.outline import Outline
from scraper.page.induce.articles.views import View

_COUNT = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,6}|0)(?:\s?회)?")
_OTHER_COUNT = re.compile(
    r"(?:^|_|\b)(?:\w*(?:comment|reply|cmt|like|vote|recom)\w*|heart|good|thumb|num|no|day|page|size)(?:$|_|\b)"
)


def find_counted(view: View) -> Iterator[tuple[LexborNode, str | None]]:
    """2026.10.08 | 1,553: the one bare number in a line with a date, or in an element beside the one with the date."""
    page = view.page
    for piece in head_lines(view):
        if find_date(piece.text, page.seen_at) is None:
            continue
        for at in word_spots(view, piece):
            text = line(page.spots[at].node)
            parts = [part for part in SPLIT.split(text) if part]
            counts = [place for place, part in enumerate(parts) if _COUNT.fullmatch(part)]
            if len(counts) == 1 and any(holds_date(page, part) for part in parts):
                yield page.spots[at].node, rf"{before_part(counts[0])}({PART}++)"
        around = [at for at in (piece.spot, page.spots[piece.spot].up) if at >= 0]
        for holder in (at for at in around if len(line(page.spots[at].node)) <= LONGEST_LINE):
            inside = range(holder + 1, page.ends[holder])
            numbers = [
                at for at in inside if _COUNT.fullmatch(page.own[at]) and line(page.spots[at].node) == page.own[at]
            ]
            if len(numbers) == 1 and not _is_other_count(page, numbers[0]):
                yield page.spots[numbers[0]].node, None


def _is_other_count(page: Outline, at: int) -> bool:
    """Whether a number is said to be another thing than hits: by a label, an icon or a name, or counts clicks on the
    button that it stands on."""
    if any(page.spots[each].tag in ("button", "a") for each in list(page.around(at))[:3]):
        return True
    icons = [icon_role(page.spots[each].node) for each in (at - 1, *range(at + 1, page.ends[at]))]
    if any(role not in (None, "hits") for role in icons) or is_labelled_otherwise(page.spots[at].node):
        return True
    return any(_OTHER_COUNT.search(page.spots[each].names) for each in list(page.around(at))[:2])
