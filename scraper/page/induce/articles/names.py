"""Which short words of a view page may be a name, where no label says so. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from selectolax.lexbor import LexborNode

from scraper.korean.dates import find_date, read_date
from scraper.korean.labels import name_in, role_of, split_label
from scraper.korean.lines import is_end, is_tool
from scraper.korean.words import leading_label
from scraper.page.induce.articles.company import names_board
from scraper.page.induce.articles.outline import Outline, is_meta, squash
from scraper.page.induce.articles.views import View, bounds

_NAME = re.compile(
    r"(?:[가-힣]{2,4}(?:\s?(?:기자|시민기자|객원기자|선임기자|인턴기자|특파원|논설위원|편집장|목사|전도사|교수|원장|회장|대표|이사장|소장|팀장|과장"
    r"|위원|의원|작가|시인|님))?|[가-힣][*○〇ㅇ]{1,3}[가-힣]?|ㅇㅇ|(?:최고|웹)?관리자|웹마스터|운영자|대변인|편집부|편집국"
    r"|(?:[가-힣]{2,8}\s)?[가-힣]{1,8}(?:과|팀|실|처|국|담당관|센터|위원회|사무국|사무실|연구소|신문|뉴스|재단|협회|조합|본부|지부))"
    r"(?:\s?\((?:[가-힣 ·]{1,12}|[A-Za-z0-9_.-]{2,16})\))?"
)
_COUNTED = re.compile(
    r"(?:제|약)?\s*[0-9][0-9,.-]*\s*(?:호|회|면|판|차|쪽|권|명|개|건|점|분|초|위|시간|일|min|sec|kb|mb)(?:\s|$)",
    re.IGNORECASE,
)
"""A number with a word for what is counted: 제1580호, 5분 읽기."""
_KINDS = re.compile(
    r"[가-힣]{0,4}문의|일반|기타|중요|안내|모집|학사|장학|취업|채용|입찰|국제|교육|행사|홍보|학생|연구|수업|등록금?|대외활동|공모전?"
)
"""What boards call their kinds of posts, beside a date as a name might stand."""
_DEEDS = frozenset(("작성", "게시", "올림"))
"""Words before a name or a date alike."""
_LONGEST_NAME = 20


def is_name(view: View, text: str, *, strict: bool) -> bool:
    """Whether short words may be a name: no label, no fact, no board, nothing that a menu leads to."""
    name = name_in(text) if text.endswith(")") else None  # what boards print behind it in brackets goes
    if (
        not 1 < len(name or text) <= _LONGEST_NAME
        or text in _DEEDS
        or role_of(text) is not None
        or split_label(text) is not None
    ):
        return False
    if is_tool(text) or is_end(text) or holds_date(view.page, text) or names_board(text):
        return False
    lead = leading_label(text)
    if lead is not None and lead.role != "author":
        return False  # IP 118.*.*.24, 댓글 없음
    if not re.search(r"[^\W\d_]", text) or re.fullmatch(r"[\d,.\s]+\S?", text) or text[:1] in "#<>[(":
        return False
    if _COUNTED.match(text) or _KINDS.fullmatch(text) or (strict and not may_be_name(text)):
        return False
    return squash(text) not in _menu(view)


def may_be_name(text: str) -> bool:
    """Whether words have the form of a person's or an office's name, perhaps with an address behind it."""
    return _NAME.fullmatch(name_in(text) or text) is not None


def signs(page: Outline, place: int) -> bool:
    """Whether a line is a person's name under a line that may be a title."""
    before = page.pieces[place - 1] if place else None
    if before is None or before.linked or before.is_button or not may_be_name(page.pieces[place].text):
        return False
    return not (names_board(before.text) or is_tool(before.text) or is_meta(before.text, page.seen_at))


def holds_date(page: Outline, text: str) -> bool:
    """Whether a text is a date, says one among other words, or ends with one ("… Nov 03. 2026")."""
    if find_date(text, page.seen_at) is not None:
        return True
    words = text.split()
    return any(
        read_date(" ".join(words[at:]), page.seen_at) is not None for at in range(min(len(words), _LONGEST_NAME))
    )


def _menu(view: View) -> Collection[str]:
    """What short links say; one between title and body that only opens a menu may be the writer's name."""
    _, body, _ = bounds(view)
    links = [(at, piece) for at, piece in enumerate(view.page.pieces) if piece.is_link]
    rest = [
        piece for at, piece in links if at < view.heading or piece.spot > body or not opens_menu(view.page, piece.first)
    ]
    return {squash(piece.text) for piece in rest if len(piece.text) <= _LONGEST_NAME} - {""}


def opens_menu(page: Outline, at: int) -> bool:
    """Whether an element in or around a link leads nowhere by itself, and no other link stands beside it: a click on a
    nick shows what there is of its owner."""
    around = [page.spots[outer].node for outer in page.around(at) if page.spots[outer].tag in ("a", "li")]
    link = next((node for node in around if node.tag == "a"), None)
    href = link.attributes.get("href") if link is not None else None
    return href is not None and href.startswith(("#", "javascript:")) and not any(map(_is_beside_link, around))


def _is_beside_link(node: LexborNode) -> bool:
    """Whether the element before or behind one is a link, or holds one where both are items of a list."""
    before, behind = node.prev, node.next
    while before is not None and not before.is_element_node:
        before = before.prev
    while behind is not None and not behind.is_element_node:
        behind = behind.next
    beside = [each for each in (before, behind) if each is not None and each.tag == node.tag]
    return any(each.tag == "a" or each.css_first("a") is not None for each in beside)
