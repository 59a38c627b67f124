"""Which lines of a view page are facts of the post: a label, its value, or both. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from scraper.korean.dates import find_date
from scraper.page.induce.articles.company import REPORTER
from scraper.page.induce.articles.outline import Outline
from scraper.page.induce.articles.values import Value

FACT = -150.0
"""What such a line is worth to a body."""
TOLD = -60.0
"""The same behind the facts of the head: a counter that stands in the element of the text can be left out of it."""
_NUMBERS = re.compile(r"[\d\s.,:*()\[\]/|·-]+")
_WORDS = 12
"""So many letters may stand beside a stamp: a name, a label."""
LONG = 100
"""Characters of a line that is no fact, whatever stands beside it."""


def tells_only_facts(text: str, seen_at: datetime) -> bool:
    """Whether a line says when, to the minute or beside a reporter, and beside numbers and addresses hardly more."""
    if len(text) >= LONG:
        return False
    stamp = find_date(text, seen_at)
    if stamp is None or not (stamp.precision in ("minute", "second") or REPORTER.search(text)):
        return False
    return len(_NUMBERS.sub("", text.replace(stamp.raw, ""))) <= _WORDS


def facts_in(page: Outline, values: Sequence[Value]) -> Mapping[int, Sequence[Value]]:
    """By its place the values that a line names or is. A long line in the same block is text, and so is any other line
    where a label and its value are one of several in it."""
    named: dict[int, list[Value]] = defaultdict(list)
    around: dict[int, list[Value]] = defaultdict(list)
    for value in values:
        for at in (value.spot, value.place):
            named[at].append(value)
            around[page.block_of(at)].append(value)
    found: dict[int, Sequence[Value]] = {}
    for place, piece in enumerate(page.pieces):
        own = [*named[piece.spot], *named[piece.first]]
        told = [
            value for value in own if (len(piece.text) < LONG and value.spot != value.place) or value.text in piece.text
        ]
        if len(piece.text) < LONG:
            told += [value for value in around[piece.spot] if value.text in piece.text]
        if told:
            found[place] = told
    return found
