"""Where the attachments of a view page are linked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from scraper.korean.labels import role_of, split_label
from scraper.korean.lines import is_end
from scraper.korean.names import (
    is_download_word,
    is_file_link_text,
    looks_like_file_name,
    name_from_link,
    name_from_url,
)
from scraper.page.document import ancestors, ids, line, same
from scraper.page.induce.article_company import SENTENCE
from scraper.page.induce.article_outline import Outline
from scraper.page.induce.article_selectors import roots_of, ways_to
from scraper.page.induce.article_values import held_by
from scraper.page.induce.selectors import placed, step, tag_of
from scraper.page.parts import FilesPart, Pick

_CLICKED = "a[href], a[onclick], button[onclick], [data-file-nm]"
_LOADING = re.compile(
    r"(?i)down_?load|file_?down|down_?file|down\.(?:php|asp|aspx|jsp|do|html?)|fn_?\w*down|get_?file|atch_?file|/attach|attach_?(?:file|id)"
    r"|(?:mode|act|type|cmd|method|pgmode)=\w*down|[('\"]down['\"]"
)
_NO_FILE = re.compile(
    r"(?i)pre_?view|viewer|/view/|zip_?(?:all|down)|(?:all|batch|whole)_?(?:file_?)?down|down_?(?:load)?_?(?:all|zip)|action=zip|type=zip|facebook|twitter|share"
)
_BOX = re.compile(r"(?:^|\s)(?:attach(?:ed|ment)?s?|\w*_?files?)(?:_?(?:list|box|area|wrap|zone))?(?:$|\s)")
_CALLED = re.compile(r"([A-Za-z_$][\w$.]*)\s*\(")
_HIGHEST = 5
_UNSEEN = ("[href*='down' i]", "[onclick*='down' i]", "[href*='attach' i]", "[href*='/upload' i]")


@dataclass(frozen=True, slots=True)
class Found:
    """The links of one page that download, and the elements that are labelled 첨부파일."""

    links: tuple[LexborNode, ...]
    boxes: tuple[LexborNode, ...]

    @property
    def count(self) -> int:
        """How many files they lead to: a name and a button beside it may lead to one."""
        return len({_act(link) or str(place) for place, link in enumerate(self.links)})


def find_links(page: Outline, heading: int, body: LexborNode | None) -> Found:
    """The download links of an article, without zip-all and previews."""
    last = _last(page, heading, body)
    boxes = [box for box in (*_boxes(page, heading), *_named_boxes(page, heading)) if box <= last]
    inside = page.places.get(body.mem_id) if body is not None else None
    behind = max((piece.spot for piece in page.pieces if SENTENCE.search(piece.text) and not piece.is_link
                  and inside is not None and page.holds(inside, piece.spot)), default=0) + 1  # fmt: skip
    links: list[LexborNode] = []
    for at, node in sorted(
        {page.places.get(node.mem_id, 0): node for node in page.document.root.css(_CLICKED)}.items()
    ):
        boxed = any(page.holds(box, at) for box in boxes)
        if (at <= heading and not boxed) or page.spots[at].is_aside:
            continue
        is_inside = inside is not None and page.holds(inside, at) and not boxed
        if (at > last and not boxed) or (is_inside and at < behind):
            continue
        act = _act(node)
        text = line(node)
        if _NO_FILE.search(act) or (text and not is_file_link_text(text)):
            continue
        named = looks_like_file_name(name_from_link(text)) or looks_like_file_name(node.attributes.get("title") or "")
        loading = _LOADING.search(act) is not None or name_from_url(node.attributes.get("href") or "") is not None
        is_name = looks_like_file_name(name_from_link(text))
        if is_inside and not (loading and is_name and behind > 1):
            continue  # a link in the text
        if (
            (loading and (boxed or named or is_download_word(text) or _LOADING.search(act)))
            or (boxed and named)
            or is_name
        ):
            links.append(node)
    return Found(tuple(_without_icons(links)), tuple(page.spots[box].node for box in boxes))


def _without_icons(links: Sequence[LexborNode]) -> list[LexborNode]:
    """The links without those that have no words where another that has some leads to the same file."""
    worded = {_act(link) for link in links if line(link)}
    return [link for link in links if line(link) or _act(link) not in worded]


def _act(node: LexborNode) -> str:
    return " ".join(node.attributes.get(name) or "" for name in ("href", "onclick")).strip()


def _last(page: Outline, heading: int, body: LexborNode | None) -> int:
    """The place of the first line that ends the article behind its body: 이전글, 댓글, a list."""
    start = page.places.get(body.mem_id, heading) if body is not None else heading
    for piece in page.pieces:
        if piece.spot >= page.ends[start] and (is_end(piece.text) or page.spots[piece.spot].is_aside):
            return piece.spot
    return len(page.spots)


def _boxes(page: Outline, heading: int) -> Iterator[int]:
    """The elements that hold what is labelled 첨부파일: the smallest ones with something to click."""
    first = _first_row(page, heading)
    for piece in page.pieces:
        if piece.spot < first or len(piece.text) > 200 or page.spots[piece.spot].is_aside:
            continue
        told = split_label(piece.text)
        if not (len(piece.text) < 30 and role_of(piece.text) == "files") and not (
            told is not None and told[0] == "files"
        ):
            continue
        for at in list(page.around(piece.first))[:_HIGHEST]:
            if page.holds(at, heading) or page.spots[at].tag == "body":
                break
            if page.spots[at].node.css_first(_CLICKED) is not None:
                yield at
                break


def _first_row(page: Outline, heading: int) -> int:
    """The first row of the table whose rows tell a post, where the title stands in one of them; else the title."""
    row = next((at for at in page.around(heading) if page.spots[at].tag == "tr"), None)
    return heading if row is None else page.spots[row].up


def _named_boxes(page: Outline, heading: int) -> Iterator[int]:
    """The elements that are called by the attachments they hold."""
    for spot in page.spots[heading + 1 :]:
        if _BOX.search(spot.names) is not None and not spot.is_aside and spot.node.css_first(_CLICKED) is not None:
            yield spot.at


def files_part(pages: Sequence[tuple[LexborNode, Found]]) -> FilesPart | None:
    """One way to the download links of all pages; None when none is found."""
    first = next((found.links for _, found in pages if found.links), None)
    if first is None:
        return FilesPart()
    link = first[0]
    if is_file_link_text(text := line(link)) and not is_download_word(text):
        for way in _link_ways(link):
            if all(_finds(root, way, found.links) for root, found in pages):
                return FilesPart(select=way)
        return None
    item = _item(link, first)
    if item is None:
        return None
    for inner in _inner_ways(link):
        for way in _item_ways(item, inner):
            if all(_finds_items(root, way, inner, found.links) for root, found in pages):
                return FilesPart(select=way, link=inner, name=_name(item))
    return None


def cells_for(nodes: Sequence[LexborNode]) -> tuple[str, ...]:
    """The tags of the cells among which a label stands, told by elements that hold it; in a table its cells only."""
    for node in nodes:
        if any(outer.tag in ("td", "th", "tr", "table") for outer in (node, *list(ancestors(node))[:3])):
            return ("td", "th")
    return ("li", "dt", "dd", "p", "div")


def unseen_files(root: LexborNode, heading: LexborNode, body: LexborNode, way: str) -> FilesPart:
    """Where attachments would stand on a board whose pages seen so far have none: download links round the body."""
    around = next((outer for outer in ancestors(body) if held_by(heading, outer)), None)
    scopes = [around, around.parent] if around is not None else []
    named = [name for each in scopes if each is not None and each.tag not in ("body", "html") for name in roots_of(each)
             if same(root.css_first(name), each)]  # fmt: skip
    if not named or "," in way:
        return FilesPart(anywhere=True)
    ways = (f"{named[0]} a{each}:not({way} a)" for each in _UNSEEN)
    return FilesPart(select=", ".join(ways), anywhere=True)


def _finds(root: LexborNode, way: str, links: Sequence[LexborNode]) -> bool:
    found = _without_icons([node for node in root.css(way) if not line(node) or is_file_link_text(line(node))])
    return len(found) == len(links) and all(same(a, b) for a, b in zip(found, links, strict=True))


def _finds_items(root: LexborNode, way: str, inner: str, links: Sequence[LexborNode]) -> bool:
    found = [node.css_first(inner) for node in root.css(way)]
    return len(found) == len(links) and all(same(a, b) for a, b in zip(found, links, strict=True))


def _acts(link: LexborNode) -> Iterator[str]:
    """What of an address or a call says that it downloads."""
    for name in ("href", "onclick"):
        act = link.attributes.get(name) or ""
        called = _CALLED.search(act) if name == "onclick" or act.lower().startswith("javascript:") else None
        if called is not None and called[1] not in ("window.open", "location.href", "return", "void"):
            yield f"[{name}*='{called[1]}']"
        told = _LOADING.search(act)
        if told is not None and "'" not in told[0] and '"' not in told[0]:
            around = re.search(rf"[\w./]*{re.escape(told[0])}[\w.]*", act)
            if around is not None and not re.search(r"\d{3}", around[0]):
                yield f"[{name}*='{around[0]}']"
            yield f"[{name}*='{told[0]}']"


def _link_ways(link: LexborNode) -> Iterator[str]:
    acts = list(_acts(link))
    roots = [root for outer in list(ancestors(link))[:8] for root in roots_of(outer)]
    own = step(link)
    for root in roots:
        yield from (f"{root} {tag_of(link)}{act}" for act in acts)
        yield f"{root} {own}"
        yield f"{root} {tag_of(link)}"
    yield from (f"{tag_of(link)}{act}" for act in acts)
    outer = next((outer for outer in ancestors(link) if outer.tag in ("td", "dd", "li", "p", "div")), None)
    if outer is not None:
        yield from (f"{outer.tag} {tag_of(link)}{act}" for act in acts)
    for root in _placed_roots(link):
        yield from (f"{root} {tag_of(link)}{act}" for act in acts)
        yield f"{root} {tag_of(link)}"


def _item(link: LexborNode, links: Sequence[LexborNode]) -> LexborNode | None:
    """The element around one download button that also holds the file's name."""
    for outer in list(ancestors(link))[:4]:
        if sum(held_by(other, outer) for other in links) > 1:
            return None
        if any(len(words) > 2 for words, _ in _words_in(outer)):
            return outer
    return None


def _item_ways(item: LexborNode, inner: str) -> Iterator[str]:
    """Selectors for what holds a name and its button; at last by the button, for a table of files has a head."""
    for outer in list(ancestors(item))[:6]:
        yield from (f"{root} {step(item)}" for root in roots_of(outer))
        yield from (f"{root} {tag_of(item)}" for root in roots_of(outer))
    yield step(item)
    roots = [root for outer in list(ancestors(item))[:6] for root in roots_of(outer)]
    yield from (f"{root} {tag_of(item)}:has({inner})" for root in (*roots, *_placed_roots(item)))


def _placed_roots(node: LexborNode) -> Iterator[str]:
    """The elements around one that have no name, by their place on the page."""
    for outer in list(ancestors(node))[:_HIGHEST]:
        if outer.tag not in ("body", "html") and not list(roots_of(outer)):
            yield from list(ways_to(outer))[-1:]


def _inner_ways(link: LexborNode) -> Iterator[str]:
    yield from (f"{tag_of(link)}{act}" for act in _acts(link))
    yield step(link)
    yield tag_of(link)


def _name(item: LexborNode) -> tuple[Pick, ...]:
    """Where in an item the name stands: the longest text outside the button."""
    leaves = _words_in(item)
    named = [each for each in leaves if looks_like_file_name(name_from_link(each[0]))] or leaves
    if not named:
        return ()
    best = max(named, key=lambda each: len(each[0]))[1]
    if same(best, item):  # bare text beside the button
        return (Pick(drop=("a", "button")),)
    ways = [step(best)] if "." in step(best) else []
    ways += [placed(best)] if best.tag in ("td", "dd", "li") else []
    return next(((Pick(select=way),) for way in ways if same(item.css_first(way), best)), ())


def _words_in(item: LexborNode) -> list[tuple[str, LexborNode]]:
    """The words of an element, and where they stand, but for those of links and buttons."""
    clicked = ids(item.css("a, button, script, style"))
    inside = [node for node in (item, *item.css("*")) if node.mem_id not in clicked]
    return [
        (words, node)
        for node in inside
        if (words := _own(node)) and not any(outer.mem_id in clicked for outer in ancestors(node, item))
    ]


def _own(node: LexborNode) -> str:
    """The words that stand in an element directly."""
    words: list[str] = []
    child = node.first_child
    while child is not None:
        if child.is_text_node:
            words.append(child.text_content or "")
        child = child.next
    return " ".join("".join(words).split())
