"""Ways in which real pages differ that must not change what is read of them. See transplant.py.

Each takes a post's tree, the slot of its body and a seeded ``Random`` and gives a tree and a slot: the same post. What
it shows (title, author, date, hits, files, body) stays; what nobody is meant to read of it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from selectolax.lexbor import LexborHTMLParser
from transplant_tree import Node, Slot, Way, at, node_of, put, text_of, walk

Made = tuple[Node, Slot]
_NAMES = ("class", "id")
_KEPT = frozenset("html head body meta link script style".split())
_ROWS = frozenset("table tbody thead tr ul ol dl select p span a b strong em font pre".split())

_REMARKS = ("<!-- //본문 -->", "<!-- s -->", "<!---->")
_SHARE = (
    '<div class="{0}sns"><a href="#" onclick="share(1)">페이스북</a> <a href="#" onclick="share(2)">트위터</a> '
    '<a href="#" onclick="share(3)">카카오톡</a> <button type="button">URL 복사</button></div>',
    '<ul class="{0}util"><li><button type="button">공유하기</button></li><li><button type="button">인쇄</button></li>'
    '<li><button type="button">글자크게</button></li><li><button type="button">글자작게</button></li></ul>',
)
_ADS = (
    '<div class="{0}ad"><ins class="adsbygoogle" data-ad-slot="81"></ins></div>',
    '<div class="{0}banner"><a href="http://shop.example/?ad=3"><img src="/banner/3.gif" alt="광고"></a></div>',
    '<p class="{0}ad">[광고]</p>',
)
_RELATED = (
    '<div class="{0}related"><h4>관련기사</h4><ul><li><a href="/v/8101">들길 따라 걷는 가을 축제</a></li>'
    '<li><a href="/v/8102">버스 노선 개편, 무엇이 달라지나</a></li>'
    '<li><a href="/v/8103">작은 도서관의 긴 하루</a></li></ul></div>',
    '<section class="{0}best"><h3>많이 본 뉴스</h3><ol><li><a href="/v/8111">1 물길 정비 공사 다음 달 시작</a></li>'
    '<li><a href="/v/8112">2 오래된 극장, 다시 불을 켜다</a></li>'
    '<li><a href="/v/8113">3 마을 숲 지도 완성</a></li></ol></section>',
)
_SURVEY = (
    '<form class="{0}research" action="/research" method="post"><fieldset><legend>만족도 조사</legend>'
    "<p>이 페이지에서 제공하는 정보에 만족하십니까?</p><label><input type=radio name=s value=5> 매우만족</label> "
    "<label><input type=radio name=s value=4> 만족</label> <label><input type=radio name=s value=3> 보통</label> "
    '<label><input type=radio name=s value=2> 불만족</label> <input type=submit value="의견등록"></fieldset></form>',
)
_TALK = (
    '<div class="{0}cmt"><h4>댓글 2</h4><ul><li><b>솔바람</b> <span>2026-11-20 09:14</span>'
    "<p>좋은 글 잘 읽었습니다.</p></li>"
    "<li><b>나루터</b> <span>2026-11-21 18:40</span><p>우리 동네에도 필요한 이야기네요.</p></li></ul></div>",
    '<section class="{0}reply"><p>댓글 <em>2</em>개</p><div class="item"><strong>먼산</strong>'
    "<i>2026.11.19 11:02</i>"
    '<div>응원합니다. 다음 소식도 기다릴게요.</div></div><div class="item">'
    "<strong>잔물결</strong><i>2026.11.19 20:31</i>"
    "<div>자료가 더 있으면 올려 주세요.</div></div></section>",
)
_NEIGHBOURS = (
    '<ul class="{0}prevnext"><li><strong>이전글</strong> <a href="?no=8120">겨울철 수도 계량기 보호 안내</a></li>'
    '<li><strong>다음글</strong> <a href="?no=8122">마을 회관 지붕 공사 알림</a></li></ul>',
    '<table><tr><th>이전글</th><td><a href="?no=8130">옛 우체국 건물 쓰임새 설문</a></td></tr>'
    "<tr><th>다음글</th><td>다음글이 없습니다.</td></tr></table>",
)


def without_names(tree: Node, slot: Slot, draw: Random) -> Made:
    """No class and no id; an element without words keeps its own, which may tell an icon."""
    return _named(tree, lambda kind, name: None), slot


def meaningless_names(tree: Node, slot: Slot, draw: Random) -> Made:
    """Every class and id another word: c1, c2 …"""
    known: dict[str, str] = {}
    return _named(tree, lambda kind, name: known.setdefault(f"{kind} {name}", f"c{len(known) + 1}")), slot


def _named(tree: Node, rename: Callable[[str, str], str | None]) -> Node:
    def changed(node: Node) -> Node:
        told = node.attributes
        if text_of((node,)) and node.tag not in _KEPT:
            told = tuple(
                (key, _each(key, value or "", rename) if key in ("class", "id") else value) for key, value in told
            )
            told = tuple((key, value) for key, value in told if value or key not in ("class", "id"))
        return replace(node, attributes=told, children=tuple(map(changed, node.children)))

    return changed(tree)


def _each(kind: str, value: str, rename: Callable[[str, str], str | None]) -> str:
    return " ".join(word for name in value.split() if (word := rename(kind, name)))


def in_sections(tree: Node, slot: Slot, draw: Random) -> Made:
    """Each ``<div>`` of the frame a ``<section>``."""
    wanted = at(tree, slot.path).children[slot.first : slot.end]

    def changed(node: Node) -> Node:
        if any(node is kept for kept in wanted):
            return node
        tag = "section" if node.tag == "div" else node.tag
        return replace(node, tag=tag, children=tuple(map(changed, node.children)))

    return changed(tree), slot


def in_cell(tree: Node, slot: Slot, draw: Random) -> Made:
    """The body in a cell of a table of its own."""
    if at(tree, slot.path).tag in _ROWS:
        return tree, slot
    return _wrapped(tree, slot, ("table", "tbody", "tr", "td"))


def in_wrapper(tree: Node, slot: Slot, draw: Random) -> Made:
    """One more element around the body."""
    if at(tree, slot.path).tag in _ROWS:
        return tree, slot
    return _wrapped(tree, slot, ("div",))


def _wrapped(tree: Node, slot: Slot, tags: tuple[str, ...]) -> Made:
    def around(node: Node) -> Node:
        inner = node.children[slot.first : slot.end]
        for tag in reversed(tags):
            inner = (Node(tag, (), inner),)
        return replace(node, children=(*node.children[: slot.first], *inner, *node.children[slot.end :]))

    path = (*slot.path, slot.first, *(0 for _ in tags[1:]))
    return put(tree, slot.path, around), Slot(path, 0, slot.end - slot.first)


def all_in_wrapper(tree: Node, slot: Slot, draw: Random) -> Made:
    """One more element around all of the page."""
    body = _body(tree)

    def around(node: Node) -> Node:
        return replace(node, children=(Node("div", (), node.children),))

    moved = (*slot.path[: len(body)], 0, *slot.path[len(body) :])
    return put(tree, body, around), replace(slot, path=moved)


def remarks(tree: Node, slot: Slot, draw: Random) -> Made:
    """Comments between the elements of the frame."""
    for path, node in reversed(list(walk(tree))):
        if path[: len(slot.path)] == slot.path or not node.tag or node.tag in ("textarea", "!", *_KEPT):
            continue
        if draw.random() < 0.2 and node.children:
            step = draw.randrange(len(node.children) + 1)
            tree, slot = _insert(tree, slot, path, step, Node("!", text=draw.choice(_REMARKS)))
    return tree, slot


def blanks(tree: Node, slot: Slot, draw: Random) -> Made:
    """White space around the short texts of the frame."""
    for path, node in list(walk(tree)):
        inside = path[: len(slot.path)] == slot.path and slot.first <= [*path, -1][len(slot.path)] < slot.end
        if node.tag or inside or at(tree, path[:-1]).tag in (*_KEPT, "title", "pre", "textarea"):
            continue
        if 0 < len(node.text.strip()) < 30 and draw.random() < 0.5:
            space = draw.choice(("\xa0", " \n\t", "\xa0\xa0"))
            tree = put(tree, path, lambda old, space=space: replace(old, text=f"{space}{old.text}{space}"))
    return tree, slot


def _insert(tree: Node, slot: Slot, path: Way, step: int, *made: Node) -> Made:
    """Nodes put among the children of an element, with where the body then stands."""

    def grown(node: Node) -> Node:
        return replace(node, children=(*node.children[:step], *made, *node.children[step:]))

    tree, more = put(tree, path, grown), len(made)
    if path == slot.path:
        if step <= slot.first:
            slot = replace(slot, first=slot.first + more, end=slot.end + more)
    elif slot.path[: len(path)] == path and step <= slot.path[len(path)]:
        slot = replace(slot, path=(*path, slot.path[len(path)] + more, *slot.path[len(path) + 1 :]))
    return tree, slot


@dataclass(frozen=True, slots=True)
class Box:
    """Something put above or below the body, beside it or beside the element that holds it."""

    forms: tuple[str, ...]
    is_above: bool
    is_closing: bool = False
    """It stands behind all that a post shows, files and writer among it."""

    def __call__(self, tree: Node, slot: Slot, draw: Random) -> Made:
        form = draw.choice(self.forms).format(draw.choice(("", "view_", "x")))
        root = LexborHTMLParser(f"<body>{form}</body>").body
        made = node_of(root) if root is not None else None
        assert made is not None
        path, step = slot.path, slot.first if self.is_above else slot.end
        is_whole = (slot.first, slot.end) == (0, len(at(tree, path).children))
        if is_whole and draw.random() < 0.5:
            path, step = path[:-1], path[-1] + (not self.is_above)
        while at(tree, path).tag in _ROWS:
            path, step = path[:-1], path[-1] + (not self.is_above)
        return _insert(tree, slot, path, step, *made.children)


def turned(tree: Node, slot: Slot, draw: Random) -> Made:
    """Writer, date and count in another order, where they stand side by side, each with its label."""
    for path, node in walk(tree):
        if path[: len(slot.path)] == slot.path or slot.path[: len(path)] == path:
            continue
        steps = [step for step, child in enumerate(node.children) if child.tag]
        told = [node.children[step] for step in steps]
        if not 2 <= len(told) <= 4 or len({child.tag for child in told}) > 1 or told[0].tag not in ("li", "span", "dl"):
            continue
        if not all(_is_labelled(text_of((child,))) for child in told):
            continue
        order = told[1:] + told[:1]
        children = list(node.children)
        for step, child in zip(steps, order, strict=True):
            children[step] = child
        made = replace(node, children=tuple(children))
        return put(tree, path, lambda _, made=made: made), slot
    return tree, slot


_LABELS = tuple("작성자 글쓴이 이름 작성일 등록일 등록자 게시일 날짜 조회 담당부서 부서".split())


def _is_labelled(text: str) -> bool:
    """Whether a text begins with a label, and goes on."""
    return len(text) < 40 and any(text.startswith(label) and len(text) > len(label) + 2 for label in _LABELS)


def _body(tree: Node) -> Way:
    return next(path for path, node in walk(tree) if node.tag == "body")


DAMAGES: dict[str, Callable[[Node, Slot, Random], Made]] = {
    "no names": without_names,
    "meaningless names": meaningless_names,
    "sections": in_sections,
    "a cell around the body": in_cell,
    "a wrapper around the body": in_wrapper,
    "a wrapper around all": all_in_wrapper,
    "comments of markup": remarks,
    "blanks": blanks,
    "facts turned": turned,
    "share bar above": Box(_SHARE, True),
    "share bar below": Box(_SHARE, False),
    "advertisement above": Box(_ADS, True),
    "advertisement below": Box(_ADS, False),
    "related below": Box(_RELATED, False, True),
    "survey below": Box(_SURVEY, False, True),
    "talk below": Box(_TALK, False, True),
    "neighbours below": Box(_NEIGHBOURS, False, True),
}


def damage(tree: Node, slot: Slot, draw: Random, shown: Sequence[str]) -> tuple[Node, list[str]]:
    """A post's page with one to three of these, and which they are. ``shown``: its files and its writer."""
    behind = text_of(_behind(tree, slot))
    rest = {
        name: way
        for name, way in DAMAGES.items()
        if not (isinstance(way, Box) and way.is_closing and any(told in behind for told in shown))
    }
    chosen = draw.sample(list(rest), draw.randint(1, 3))
    for name in chosen:
        tree, slot = rest[name](tree, slot, draw)
    return tree, chosen


def _behind(tree: Node, slot: Slot) -> list[Node]:
    """What stands behind the body."""
    found = list(at(tree, slot.path).children[slot.end :])
    for depth in range(len(slot.path) - 1, -1, -1):
        found += at(tree, slot.path[:depth]).children[slot.path[depth] + 1 :]
    return found
