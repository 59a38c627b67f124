"""What markup says of a line that may be the title of a view page: headings, telling classes, size, links. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import takewhile

from scraper.korean.dates import find_date
from scraper.korean.labels import split_labels
from scraper.korean.lines import MARK, is_neighbour, is_tool
from scraper.korean.names import looks_like_file_name, name_from_link
from scraper.page.document import ids, line
from scraper.page.induce.articles.company import SENTENCE
from scraper.page.induce.articles.ends import says_files
from scraper.page.induce.articles.outline import Outline, Piece, is_date, roles_in, squash
from scraper.page.induce.selectors import name_id, placed, step
from scraper.urls import join

_CUE = re.compile(r"(?:^|[^a-z])(?:\w*(?:title|subject|subj|tit|ttl|heading|headline|sbj)\w*)(?:$|[^a-z])")
_NO_CUE = re.compile(
    r"page.?tit|site.?tit|sub.?tit|sub_tit|menu|logo|local|location|file|comment|reply|list|prev|next|sns|popup|layer|skip"
)
_PERSONS = re.compile(r"(?:^|[_\s])(?:comment|reply|cmt|author|writer|profile|nick)")
_SIZED = re.compile(r"font(?:-size)?\s*:[^;]*?([0-9]+(?:\.[0-9]+)?)\s*(px|pt|em|rem|%)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LARGE = {"px": 17.0, "pt": 13.0, "em": 1.3, "rem": 1.2, "%": 130.0}
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LARGE_FONT = 4
TAG = re.compile(r"[\[<【][가-힣A-Za-z·/ ]{2,8}[\]>】]\s*\S(?!.*[다요]\.(?:\s|$)).{4,}")
"""A kind of post in brackets before a title, no sentence: [기고] …"""
HEADED = 2.0
"""So much must markup speak for a title that ends as a sentence does."""
_BIG = 1.5
"""What it speaks for a line that its letters are large."""
_VALUED = re.compile(r"\S[^:：]{0,11}[:：]\s*\S.{0,30}")
"""A value behind its label: 조회수 : 421."""
_MARK = re.compile(rf"[\[(]\s*\+?[0-9,]{{1,6}}\s*[\])]|(?i:{MARK})")
_STATE = re.compile(
    r"(?:접수|모집|진행|신청|공고|공모|답변|처리)\s*(?:중|예정|마감|종료|완료)|예정|마감|종료|완료|결과\s*발표|D-\d+|공지(?:사항)?|필독|중요"
)
_COUNT = re.compile(r"\+?[0-9,]{1,6}")
_COUNTED = re.compile(r"(?:^|[_\s])(?:\w*(?:comment|reply|cmt|repl)\w*|num_?(?:txt|reply)?|count|cnt)(?:$|[_\s])")
_COUNTED_BEHIND = re.compile(r"\s*[\[(]?\s*[0-9]{1,4}\s*[\])]?$")
"""A count of comments behind a title."""
_LONGEST_COUNTS = 50
_CATEGORY = re.compile(r"(?:^|[_\s])(?:\w*cate(?:gory)?|ca_?name)(?:$|[_\s])")
_TO_CATEGORY = re.compile(r"(?i)[?&/](?:sca|cate?|category(?:_srl)?|cate_?(?:id|no|cd))[=/]")
_LONGEST_CATEGORY = 12
_UNSEEN = re.compile(
    r"(?:^|\s)(?:blind|ir(?:_\w{1,4})?|sound_only|sr_only|visually_hidden|screen_?(?:out|reader(?:_text)?)|a11y(?:_\w+)?)(?:$|\s)"
)
"""How an element is called that only screen readers are told."""
_SHARE, _MOST = 0.4, 0.7
_LONGEST_LINE, _MOST_PARTS, _LEAST_WORDS = 200, 12, 6
_LINKS = 3
_NEAR, _TEXT = 12, 200
"""So many lines behind a heading must hold so many characters of sentences."""


def look(page: Outline, piece: Piece, spot: int) -> float:
    """How much the markup of a line speaks for a title, or against it."""
    score = 0.0
    for at in list(page.around(piece.first if page.holds(spot, piece.first) else spot))[:4]:
        each = page.spots[at]
        if at < spot and page.ends[at] - at > 8:
            break
        if each.tag in _HEADS:
            score = max(score, 3.0 if each.tag == "h1" else 2.5 if each.tag in ("h2", "h3") else 2.0)
        elif not _HEADS.isdisjoint(each.names.split()):  # <span class="h3">
            score = max(score, HEADED)
        if _is_called(page, at):
            score = max(score, score + 1.0 if score >= 2 else 2.0)
        if each.tag in ("b", "strong", "th") or _BOLD.search(each.node.attributes.get("style") or ""):
            score = max(score, 0.7)
        if _is_large(page, at):
            score = max(score, _BIG)
    if piece.is_link and not leads_here(page, piece):
        score -= 3
    if any(_PERSONS.search(page.spots[at].names) for at in list(page.around(piece.first))[:4]):
        score -= 3
    if page.spots[spot].is_aside:
        score -= 5
    if _UNSEEN.search(page.spots[spot].names):
        score -= 3
    if _CATEGORY.search(page.spots[spot].names) and page.spots[spot].tag not in _HEADS:
        score -= 3
    if "title" in page.spots[spot].names.split() and score < 3:
        score += 0.5
    return score


def is_dated(page: Outline, piece: Piece, spot: int) -> bool:
    """Whether a line is called a title and holds words beside a date: 2026년 11월 22일 주보."""
    stamp = find_date(piece.text, page.seen_at)
    if stamp is None or roles_in(piece.text) or look(page, piece, spot) < HEADED:
        return False
    return re.search(r"[가-힣]{2,}", piece.text.replace(stamp.raw, "")) is not None


def _is_called(page: Outline, at: int) -> bool:
    """Whether an element's name says that it is a title."""
    names = page.spots[at].names
    return _CUE.search(names) is not None and _NO_CUE.search(names) is None


def _is_large(page: Outline, at: int) -> bool:
    spot = page.spots[at]
    told = _SIZED.search(spot.node.attributes.get("style") or "")
    if told is not None:
        return float(told[1]) >= _LARGE[told[2].lower()]
    size = (spot.node.attributes.get("size") or "").lstrip("+") if spot.tag == "font" else ""
    return size.isdecimal() and int(size) >= _LARGE_FONT


def called_part(page: Outline, place: int) -> int | None:
    """Of a line with several elements the one that says most of it, or much of it and is called a title; the others
    are a category or counts."""
    piece = page.pieces[place]
    behind = page.pieces[place + 1].first if place + 1 < len(page.pieces) else len(page.spots)
    inside = range(piece.spot + 1, min(page.ends[piece.spot], max(behind, piece.first + 1)))
    told = [at for at in inside if _is_called(page, at) and len(page.own[at]) >= len(piece.text) * _SHARE]
    told = told or [at for at in inside if len(page.own[at]) >= len(piece.text) * _MOST]
    return max(told, key=lambda at: len(page.own[at]), default=None)


def part_beside_facts(page: Outline, piece: Piece) -> int | None:
    """Of a line whose elements are facts of the post, labelled ones or dates, but for one that one; the line has no
    words beside them."""
    if len(piece.text) > _LONGEST_LINE or page.own[piece.spot] or find_date(piece.text, page.seen_at) is None:
        return None
    parts = [at for at in range(piece.spot + 1, min(page.ends[piece.spot], piece.spot + _MOST_PARTS)) if page.own[at]]
    told = [at for at in parts if is_date(page.own[at], page.seen_at) or roles_in(page.own[at])]
    rest = [at for at in parts if at not in told]
    is_whole = len(rest) == 1 and len(told) > 1 and len(page.own[rest[0]]) >= _LEAST_WORDS
    return rest[0] if is_whole and rest[0] == parts[0] and page.block_of(rest[0]) == piece.spot else None


def stated_part(page: Outline, spot: int) -> int | None:
    """Of a heading with two elements the second, where the first says how things stand: <i>접수중</i> <b>…</b>."""
    parts = [at for at in range(spot + 1, page.ends[spot]) if page.own[at]]
    if len(parts) != 2 or page.own[spot] or _STATE.fullmatch(page.own[parts[0]].strip("[]() ")) is None:
        return None
    return parts[1]


def marks_in(page: Outline, spot: int) -> tuple[str, ...]:
    """Selectors for what stands in a title and is none of it: its category, counts of comments, marks of new posts."""
    whole = page.spots[spot].node
    inside = range(spot + 1, page.ends[spot])
    facts = facts_behind(page, spot)
    marks = [page.spots[at].node for at in inside if at in facts or _is_mark(page, at) or _is_category(page, spot, at)]
    known = {inner.mem_id for mark in marks for inner in (mark, *mark.css("*"))}
    found: dict[str, None] = {}
    for node in marks:
        name = name_id(node)
        for way in (step(node), *([f"#{name}"] if name else ()), placed(node)):
            if all(each.mem_id in known for each in whole.css(way)):
                found[way] = None
                break
    words = sum(map(len, {each.mem_id: line(each) for way in found for each in whole.css(way)}.values()))
    return tuple(found) if facts or words * 2 < len(line(whole)) else ()


def facts_behind(page: Outline, spot: int) -> list[int]:
    """The elements behind the words of a title in which no more stands than values with their labels, one of them a
    fact of the post: <div>… <span>조회수 : 421</span></div>."""
    first = page.spots[spot].node.first_child
    if first is None or not first.is_text_node or " ".join((first.text_content or "").split()) != page.own[spot]:
        return []
    parts = [at for at in range(spot + 1, min(page.ends[spot], spot + _MOST_PARTS)) if page.own[at]]
    told = all(_VALUED.fullmatch(page.own[at]) for at in parts) and any(roles_in(page.own[at]) for at in parts)
    return parts if told and len(page.own[spot]) >= _LEAST_WORDS else []


def _is_mark(page: Outline, at: int) -> bool:
    text = line(page.spots[at].node)
    is_count = _COUNT.fullmatch(text) is not None and _COUNTED.search(page.spots[at].names) is not None
    if at > 0 and is_date(text, page.seen_at) and line(page.spots[page.spots[at].up].node).endswith(text):
        return page.own[page.spots[at].up] != ""  # a day behind the words of the title
    return is_count or _MARK.fullmatch(text) is not None or (text[:1] in ("(", "[") and tells_counts(text))


def _is_category(page: Outline, spot: int, at: int) -> bool:
    """Whether short words that a title begins with are called a category, lead to one, say how things stand, or are
    left out where the window's title says the others."""
    node, whole = page.spots[at].node, line(page.spots[spot].node)
    words = line(node)
    if not 0 < len(words) <= _LONGEST_CATEGORY or len(words) * 2 > len(whole) or not whole.startswith(words):
        return False
    href = (node.attributes.get("href") or "") if page.spots[at].tag == "a" else ""
    is_called = _CATEGORY.search(page.spots[at].names) is not None or _TO_CATEGORY.search(href) is not None
    if is_called or page.own[at] != words:
        return is_called
    return _STATE.fullmatch(words) is not None or _says_alone(page, whole[len(words) :], words)


def _says_alone(page: Outline, text: str, words: str) -> bool:
    """Whether the window's title says a text, without words that stand before it on the page."""
    told = page.document.tree.css_first("title")
    shown, window = squash(_COUNTED_BEHIND.sub("", text)), squash(told.text()) if told is not None else ""
    return len(shown) > _LEAST_WORDS - 2 and shown in window and squash(words) + shown not in window


def tells_counts(text: str) -> bool:
    """Whether a short text says how often a post was read, answered or liked, and nothing else."""
    roles = {role for role, _ in split_labels(text)} if len(text) < _LONGEST_COUNTS else set()
    return bool(roles) and roles <= {"hits", "comments", "votes"}


def blocks_in(page: Outline, spot: int, title: str) -> tuple[str, ...]:
    """Selectors for the blocks in a heading behind its own words, which stand in it directly: facts of the post. Where
    those words are the whole title no element in it is part of that."""
    inner = [at for at in range(spot + 1, page.ends[spot]) if page.spots[at].up == spot] if page.own[spot] else []
    is_whole = page.own[spot] == title
    blocks = [page.spots[at].node for at in inner if is_whole or page.block_of(at) == at]
    return tuple(dict.fromkeys(step(node) for node in blocks if line(node)))


def unmarked(page: Outline, spot: int, text: str) -> str:
    """The text of a heading without such marks."""
    ways = marks_in(page, spot)
    node = page.spots[spot].node
    is_whole = bool(ways) and "".join(line(node).split()) == "".join(text.split())
    return line(node, ids([each for way in ways for each in node.css(way)])) if is_whole else text


def is_menu(page: Outline, piece: Piece) -> bool:
    """Whether a line is little else than links side by side."""
    if piece.linked * 2 <= len(piece.text):
        return False
    inside = range(piece.spot + 1, min(page.ends[piece.spot], piece.spot + 4 * _MOST_PARTS))
    return sum(page.spots[at].tag == "a" and page.own[at] in piece.text for at in inside if page.own[at]) > _LINKS


def heads_links(page: Outline, place: int) -> bool:
    """Whether links to other pages stand behind a line, and neither text nor facts: buttons and files count for
    nothing, and the neighbours of a post end it."""
    behind = [
        piece
        for piece in takewhile(lambda piece: not is_neighbour(piece.text), page.pieces[place + 1 : place + 9])
        if not (is_tool(piece.text) or piece.is_button or says_files(piece.text))
        and not looks_like_file_name(name_from_link(piece.text))
    ]
    return len(behind) >= _LINKS and all(piece.linked * 2 > len(piece.text) for piece in behind[:_LINKS])


def heads_text(page: Outline, place: int, rows: Collection[int]) -> bool:
    """Whether sentences stand behind a line, before anything that is a row of a list (``rows``)."""
    told = 0
    for piece in page.pieces[place + 1 : place + _NEAR]:
        if any(at in rows for at in page.around(piece.spot)):
            break
        told += len(piece.text) if not piece.is_link and SENTENCE.search(piece.text) is not None else 0
    return told >= _TEXT


def leads_elsewhere(page: Outline, piece: Piece) -> bool:
    """Whether a line is a link, and not one to a place on its own page (#p701)."""
    link = next((page.spots[at].node for at in page.around(piece.first) if page.spots[at].tag == "a"), None)
    href = (link.attributes.get("href") or "") if link is not None else ""
    return piece.is_link and not (href.startswith("#") and len(href) > 1) and not leads_here(page, piece)


def leads_here(page: Outline, piece: Piece) -> bool:
    """Whether a line is a link to its own page."""
    link = next((page.spots[at].node for at in page.around(piece.first) if page.spots[at].tag == "a"), None)
    href = (link.attributes.get("href") or "") if link is not None else ""
    return bool(href) and join(page.document.base, href, page.document.charset) == page.document.url
