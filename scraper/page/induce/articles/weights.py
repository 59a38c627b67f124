"""What one line of a view page is worth to a body: as prose, or as what is foreign to one. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from scraper.korean.dates import find_date
from scraper.korean.lines import is_end, is_section, is_tool
from scraper.korean.names import looks_like_file_name, name_from_link
from scraper.page.induce.articles.company import SENTENCE
from scraper.page.induce.articles.ends import LINE, says_files
from scraper.page.induce.articles.facts import tells_only_facts
from scraper.page.induce.articles.files import lists_files, tells_file
from scraper.page.induce.articles.named import is_foreign
from scraper.page.induce.articles.outline import Outline, Piece, is_date, is_meta, squash

NAME = -12.0
_LABELLED = 1.0
_LONGEST_NAME = 120
_ADDRESS = re.compile(r"https?://\S+(?:\s.{0,20})?$")
_COUNT = re.compile(r"[0-9]{1,7}")
"""Of what likes a post, before its text."""
_CONTENT = re.compile(r"(?:글|상세|본문|게시글|게시물|기사|주요)?(?:내용|본문)[:：]?")
_IMPRINT = re.compile(
    r"사업자\s*(?:등록)?\s*번호|통신\s*판매업|(?:이용\s*약관|[|·/])\s*개인정보\s*(?:취급|처리)\s*방침|개인정보\s*(?:취급|처리)\s*방침\s*(?:이용\s*약관|[|·/])"
)
"""What only the foot of a site says."""


def weight_of(
    page: Outline, piece: Piece, heading: int, prose: float, skin: Collection[str], *, in_body: bool
) -> float:
    """What a line that stands before the end is worth, ``prose`` being what stood before it, behind the element of the
    heading; ``in_body``: in an element that is called a body."""
    text = piece.text
    if page.spots[piece.spot].is_aside:
        return -40.0 - 0.2 * len(text)
    if squash(text) in skin:
        return -10.0 - 0.5 * len(text) if piece.is_link or prose < 1 else -3.0
    if piece.is_button or is_tool(text) or is_end(text):
        return -10.0
    if is_section(text) or (prose < LINE and _COUNT.fullmatch(text) is not None):
        return 0.0
    if says_files(text):
        return -60.0
    if _IMPRINT.search(text) is not None and SENTENCE.search(text) is None:
        return -10.0 - 0.2 * len(text)
    if lists_files(page, piece) or tells_file(text):
        return NAME
    if is_foreign(page, piece.spot, heading):
        return -12.0 - 0.2 * len(text)
    if prose < 1 and piece.linked * 2 > len(text) and _ADDRESS.match(text) is not None:
        return NAME
    if len(text) < _LONGEST_NAME and looks_like_file_name(name_from_link(text)):
        return -0.3 * len(text)
    if prose >= 1 and is_other_post(page, piece):
        return -15.0
    if piece.is_link:
        return -0.3 * len(text) if len(text) < 40 or prose < 1 else 0.1 * len(text)
    if page.spots[piece.spot].tag == "caption" or (page.spots[piece.spot].tag == "th" and len(text) < 20):
        return -3.0
    if len(text) < 60 and _beside_head(page, piece.spot):
        return 0.2 * len(text)
    if prose < 1 and is_meta(text, page.seen_at) and SENTENCE.search(text) is None:
        return _LABELLED if in_body else -30.0 if is_date(text, page.seen_at) else -12.0
    if prose < 1 and tells_only_facts(text, page.seen_at):
        return -30.0
    return 6.0 + len(text)


def is_other_post(page: Outline, piece: Piece) -> bool:
    """Whether a line is a link to what has a date of its own."""
    return piece.is_link and find_date(piece.text, page.seen_at) is not None


def _beside_head(page: Outline, spot: int) -> bool:
    """Whether a line stands in a cell beside a ``<th>`` that begins its row, and heads no text (내용)."""
    for at in list(page.around(spot))[:4]:
        if page.spots[at].tag == "tr":
            first = min(at + 1, len(page.spots) - 1)
            return page.spots[first].tag == "th" and _CONTENT.fullmatch(squash(page.own[first])) is None
    return False
