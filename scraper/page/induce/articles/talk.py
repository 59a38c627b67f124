"""Where others answer a post: comments under it, told by their form alone. Pure."""

from __future__ import annotations

import re
from collections import defaultdict

from scraper.korean.dates import find_date
from scraper.korean.labels import role_of
from scraper.page.induce.articles.outline import Outline

_STAMP = 60
"""Characters of a line with a stamp; a longer one is text that names a time."""
_LEAST = 2
_RECORDS = frozenset(("div", "li", "dl", "article", "section", "ul"))
"""What a comment stands in. Rows of tables are none: a table of hours is part of many a text. A table of its own is one
where a name and a stamp come first in it."""
_ROWS = _RECORDS | {"tr"}
_LONGEST_NAME = 20
_STAMPED = re.compile(r"[^\d\s].{0,20}\s\S?\d")
_CLOCK = ("minute", "second")
_THIS_YEAR = re.compile(r"(?<![\d.])[0-9]{1,2}[-./][0-9]{1,2}\.?\s+[0-9]{1,2}:[0-9]{2}(?!\d)")
_WHO = re.compile(r"([^\s\d:：][^\s:：]{0,19})\s+(?:\(|\[)?([0-9]{2,4}[-./][0-9]{1,2}[-./][0-9]{1,2}\.?)(?:\)|\])?")
_EVENT = re.compile(r"\W*\S{0,4}\s?(?:일\s*시|일\s*정|기\s*간|시\s*간|때|언제)\s*[:：]")
"""How a line of a text begins that tells when something is held."""
_AGO = re.compile(r"[0-9]{1,2}\s*(?:초|분|시간|일|주|개월|달|년)\s*전")


def find_talk(page: Outline, heading: int) -> frozenset[int]:
    """The elements behind a heading that are comments: two and more siblings of one kind, each with a line that is no
    more than who and when (to the minute, or one word and a day), and with other words. One that follows the heading at
    once, with its text first, is the post: its board shows answers as it shows the question."""
    stamped: dict[int, set[int]] = defaultdict(set)
    headed: set[int] = set()
    opened: set[int] = set()
    worded: dict[int, int] = defaultdict(int)
    for place, piece in enumerate(page.pieces):
        if piece.spot <= heading:
            continue
        is_short = len(piece.text) <= _STAMP and _EVENT.match(piece.text) is None
        is_stamp = is_short and (_has_clock(page, piece.text) or _says_who(page, piece.text))
        opens = _opens_with_stamp(page, piece.text)
        is_label = not is_stamp and role_of(piece.text) is not None  # 입력 before its date, in a line of its own
        for at in page.around(piece.spot):
            if page.holds(at, heading):
                break
            if not worded[at] and is_stamp and _STAMPED.match(piece.text):
                headed.add(at)
            worded[at] += not is_label
            if opens:
                opened.add(at)
            if is_stamp:
                stamped[at].add(place)
    kinds: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    lines: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for at in worded:
        spot = page.spots[at]
        is_record = spot.tag in _RECORDS or (spot.tag == "table" and at in headed)
        if is_record and len(stamped[at]) == 1 and worded[at] > 1:
            kinds[spot.up, spot.tag, spot.names].append(at)
        if spot.tag in _ROWS and worded[at] == 1 and at in opened:
            lines[spot.up, spot.tag, spot.names].append(at)
    records = [alike for alike in kinds.values() if len(alike) >= _LEAST]
    talk = {at for alike in (*records, *(rows for rows in lines.values() if len(rows) > _LEAST)) for at in alike}
    follows = next((piece for piece in page.pieces if piece.spot > heading), None)
    is_text = follows is not None and len(follows.text) > _STAMP
    return frozenset(at for at in talk if follows is None or not is_text or not page.holds(at, follows.spot))


def _opens_with_stamp(page: Outline, text: str) -> bool:
    """Whether a line of text begins with a name and a time to the minute: 들국화 2018-06-09 22:20 잘 읽었습니다."""
    stamp = find_date(text[:_STAMP], page.seen_at) if _STAMPED.match(text) else None
    if stamp is None or stamp.precision not in _CLOCK:
        return False
    name, _, said = text.partition(stamp.raw)
    return 1 < len(name.strip()) <= _LONGEST_NAME and role_of(name) is None and len(said) > _LEAST


def _says_who(page: Outline, text: str) -> bool:
    """Whether a line is one word, that is no label, and a day: sns_21*** 2025-10-21."""
    found = _WHO.fullmatch(text)
    return found is not None and role_of(found[1]) is None and find_date(found[2], page.seen_at) is not None


def _has_clock(page: Outline, text: str) -> bool:
    if not any(map(str.isdecimal, text)):
        return False
    stamp = find_date(text, page.seen_at)
    if stamp is not None:
        return stamp.precision in _CLOCK
    return _AGO.search(text) is not None or _THIS_YEAR.search(text) is not None
