"""What stands around a line that may be the title of a view page: facts of the post, the board's name. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from scraper.korean.dates import find_date
from scraper.korean.labels import role_of, split_labels
from scraper.page.induce.articles.outline import Outline, Piece, is_date, squash
from scraper.page.induce.articles.values import Value

_NEAR = 14
_NEARER = 5
_RANK = re.compile(r"h([1-6])")
BESIDE = 1.0
"""What a fact of the post right behind a line speaks for it as the title."""
REPORTER = re.compile(
    r"(?:[가-힣]{2,10}\s*=\s*)?(?!(?:시민|대표|선임|객원|인턴|수습|취재|편집|사진)\s?기자)[가-힣]{2,4}\s?(?:시민기자|대표기자|선임기자|객원기자|인턴기자|기자|특파원|논설위원|편집장)(?![가-힣])"
)
SENTENCE = re.compile(r"[다요까]\s?[.?!]")
_LONGEST_LINE = 90
_MOST_PARTS = 30
_BOARD = re.compile(
    r"(?:게시판|공지(?:사항)?|알림(?:사항|마당)?|소식(?:지)?|보도\s?자료|해명\s?자료|칼럼|자료실|서식|마당|광장|갤러리|앨범|사진(?:첩|방|관)|뉴스(?:레터)?"
    r"|방명록|고시\s?/?\s?공고|공고|입찰(?:정보)?|채용(?:정보|공고)?|행사(?:안내)?|기고|사설|오피니언|이야기|말씀|설교|주보|나눔|묻고\s?답하기|질문(?:과\s?답변)?|자유|상담|후기|리뷰|가정통신문"
    r"|notice|news|press|board|q\s?&\s?a|faq|column|gallery|reviews?|community)(?:상세(?:보기|내용|조회|페이지)?|글?보기|목록)?$",
    re.IGNORECASE,
)
_LONGEST_BOARD, _MOST_WORDS = 12, 3
_NAMES_BOARD = 2.5
"""What it speaks against a line that it is no more than the name of a board."""
_IN_MENU = 5.0
"""The same, where a link says so as well."""
_SECTION = 3.0
"""What it speaks against any short line that a link says so as well."""
_AGAIN = 1.0
_CELLS = ("td", "th", "dt", "dd")
_LONGEST_VALUE = 24
_ROW = 6
_HOME = re.compile(r"(?i)홈|home|메인|처음(?:으로)?")
_MOST_STEPS, _MOST_HOMES = 6, 5
_LONGEST_WORD = 8
_BY_THE_WAY = re.compile(r"(?!.*(?:명|제목|주제|질문|안건)\s?[:：])[가-힣]{1,6}(?: [가-힣]{1,6})?\s?[:：]\s?\S.{0,11}")
"""A word that is no label of a board with a short value, no name of something: 강사 : 최누리."""
_EDGES = " -·ㆍ>»▶■[]|"
_BRACKETS = ("[", "<", "(", "【")
"""What stands in them before other words is a kind of post."""


def metas_of(page: Outline, values: Sequence[Value]) -> Mapping[int, Collection[str]]:
    """The fields that lines tell of the post, by the index of the line."""
    told = [value for value in values if value.role != "title" and not value.is_weak]
    blocks = [(page.block_of(value.place), value) for value in told]
    found: defaultdict[int, set[str]] = defaultdict(set)
    for place, piece in enumerate(page.pieces):
        if page.spots[piece.spot].is_aside:
            continue
        told_here = {
            value.role
            for block, value in blocks
            if value.place == piece.first or (block == piece.spot and value.text in piece.text)
        }
        if len(piece.text) < 200:
            told_here |= {role for role, _ in split_labels(piece.text) if role in ("author", "date", "hits")}
        if told_here:
            found[place] |= told_here
        if piece.is_link or role_of(piece.text) is not None or len(piece.text) > _LONGEST_LINE:
            continue
        if _holds_date(page, piece) or any(is_date(page.own[at], page.seen_at) for at in _inside(page, piece)):
            found[place].add("date")
        if REPORTER.search(piece.text) is not None and SENTENCE.search(piece.text) is None:
            found[place].add("author")
    return found


def _inside(page: Outline, piece: Piece) -> range:
    """The elements in the block of a line."""
    return range(piece.spot + 1, min(page.ends[piece.spot], piece.spot + _MOST_PARTS))


def _is_fact(piece: Piece, values: Sequence[Value]) -> bool:
    """Whether a line is a labelled fact, also one that says little by itself (담당부서)."""
    return any(value.role != "title" and piece.first in (value.spot, value.place) for value in values)


def _holds_date(page: Outline, piece: Piece) -> bool:
    """Whether a line is a date, or a short line of facts with one ("윤새별 | 2026.11.02 10:33 | 조회 391")."""
    if is_date(piece.text, page.seen_at) or (split_labels(piece.text) and find_date(piece.text, page.seen_at)):
        return True
    return any(mark in piece.text for mark in ("|", "│", "·", "  ")) and find_date(piece.text, page.seen_at) is not None


def beside(page: Outline, place: int, values: Sequence[Value], metas: Mapping[int, Collection[str]]) -> float:
    """What it speaks for a line that a fact of the post follows at once."""
    behind = page.pieces[place + 1 : place + 2]
    is_told = place + 1 in metas or any(_is_fact(piece, values) for piece in behind)
    return BESIDE * (is_told or (bool(behind) and among_facts(page, place + 1)))


def among_facts(page: Outline, place: int) -> bool:
    """Whether a line is a short value behind a word of its own (강사 : 최누리), in a row of elements of which others
    tell facts of the post by their labels."""
    piece = page.pieces[place]
    if _BY_THE_WAY.fullmatch(piece.text) is None:
        return False
    own = page.spots[piece.spot]
    near = page.pieces[max(0, place - _ROW) : place + _ROW + 1]
    row = [each for each in near if (page.spots[each.spot].up, page.spots[each.spot].tag) == (own.up, own.tag)]
    return any(role in ("date", "hits") for each in row for role, _ in split_labels(each.text))


def holds_date_behind(page: Outline, piece: Piece, spot: int) -> bool:
    """Whether behind an element that is part of a line, in the same line, a date has an element of its own."""
    return any(is_date(page.own[at], page.seen_at) for at in _inside(page, piece) if at >= page.ends[spot])


def heads_subtitle(page: Outline, spot: int, below: int) -> bool:
    """Whether the heading behind one is lower and its sibling, and the upper is too long for the name of a board."""
    upper, lower = (_RANK.fullmatch(page.spots[at].tag) for at in (spot, below))
    is_higher = upper is not None and lower is not None and upper[1] < lower[1]
    words = page.own[spot]
    is_board = len(squash(words)) <= _LONGEST_BOARD or names_board(words)
    return is_higher and page.spots[spot].up == page.spots[below].up and not is_board


def is_led(page: Outline, piece: Piece) -> bool:
    """Whether a line begins with a label, none of a title, in an element of its own: <span>분류</span> 일반."""
    label = page.own[piece.first]
    if piece.first == piece.spot or label == piece.text or not piece.text.startswith(label) or label[:1] in _BRACKETS:
        return False
    return role_of(label) not in (None, "title")


def company(place: int, metas: Mapping[int, Collection[str]]) -> float:
    """How many fields stand near a line: after a title, seldom before; the nearer the better."""

    def told(places: range) -> set[str]:
        return {role for at in places for role in metas.get(at, ())}

    after = told(range(place + 1, place + _NEAR + 1))
    close = told(range(place + 1, place + _NEARER + 1))
    before = told(range(place - _NEARER, place))
    return 0.8 * len(after) + 0.8 * len(close) + 0.8 * len(before - after)


def standing(page: Outline) -> Mapping[str, float]:
    """By the squashed text of a line how much the rest of the page speaks against it as a title: that a short one is a
    word for a board, or a menu leads to it, or the path of the page says it, or it is the label of a row. Less than
    nothing for a longer one that stands on the page twice."""
    told = Counter("".join(piece.text.split()) for piece in page.pieces if not piece.is_link)
    again = {own: -_AGAIN for own, count in told.items() if count > 1 and len(own) > _LONGEST_BOARD}
    path = dict.fromkeys((*_path(page), *_row_labels(page)), _SECTION)
    return {**again, **path, **_board_names(page)}


def _path(page: Outline) -> Iterator[str]:
    """The words of the path to the page, where each has an element of its own: 홈, 알림마당, 시정 소식."""
    homes = (piece for piece in page.pieces if _HOME.fullmatch(piece.text.strip(_EDGES)) is not None)
    for piece in islice(homes, _MOST_HOMES):
        around = page.spots[piece.spot].up
        if around < 0:
            continue
        steps = ["".join(each.text.split()) for each in page.pieces if page.holds(around, each.spot)]
        if 1 < len(steps) <= _MOST_STEPS and all(len(each) <= _LONGEST_BOARD for each in steps):
            yield from steps


def _row_labels(page: Outline) -> Iterator[str]:
    """The short heads of rows with values beside them (처리구분, 공개여부), and short values beside known heads."""
    for head, beside in pairwise(page.pieces):
        left, right = page.spots[head.spot], page.spots[beside.spot]
        is_row = left.up == right.up and left.tag in _CELLS and right.tag in _CELLS
        is_known = role_of(head.text) not in (None, "title", "files")
        if is_row and is_known and len(beside.text) <= _LONGEST_VALUE:
            yield "".join(beside.text.split())
    for piece in page.pieces:
        own, spot = "".join(piece.text.split()), page.spots[piece.spot]
        if spot.tag == "th" and len(own) <= _LONGEST_BOARD and page.ends[spot.at] < len(page.spots):
            value = page.spots[page.ends[spot.at]]
            if value.tag == "td" and value.up == spot.up:
                yield own


def _board_names(page: Outline) -> Mapping[str, float]:
    """The same of words for a board, and of what a menu leads to."""
    texts = {"".join(piece.text.split()): piece.text.strip(_EDGES) for piece in page.pieces}
    links = menu_words(page)
    told = {own: _IN_MENU if _plain(own) in links else _NAMES_BOARD for own, text in texts.items() if names_board(text)}
    return {**{own: _SECTION for own in texts if _plain(own) in links}, **told}


def menu_words(page: Outline) -> frozenset[str]:
    """What short links say, white space and marks aside."""
    own = ("".join(piece.text.split()) for piece in page.pieces if piece.linked * 3 > len(piece.text) * 2)
    return frozenset(word for each in own if len(word := _plain(each)) <= _LONGEST_WORD)


def _plain(squashed: str) -> str:
    return squashed.strip(_EDGES)


def ends_in_board(text: str) -> bool:
    """Whether the last word of a text is what a board is called."""
    words = text.split()
    return bool(words) and names_board(words[-1])


def names_board(text: str) -> bool:
    """Whether a short text without a number is no more than what boards are called: 공지사항, 목양칼럼, 공지사항
    상세보기 …"""
    own = "".join(text.split())
    if len(text.split()) > _MOST_WORDS:
        return False
    return len(own) <= _LONGEST_BOARD and _BOARD.search(own) is not None and not any(map(str.isdecimal, own))
