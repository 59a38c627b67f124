"""How the attachments of a board's posts are found: selectors for the links that lead to them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from scraper.korean.names import (
    is_download_word,
    is_file_link_text,
    looks_like_file_name,
    name_from_link,
)
from scraper.page.document import ancestors, head, ids, line, same, within
from scraper.page.induce.articles.files import Found, acts_of, without_icons
from scraper.page.induce.articles.ways import roots_of, ways_to
from scraper.page.induce.selectors import LONGEST, names_of, placed, step, tag_of
from scraper.page.parts import FilesPart, Pick

_HIGHEST = 5
_LONGEST_ITEM = 200
"""Characters of what holds one file's name and its button: an element with more holds the post."""
_UNSEEN = (
    ":is(a[href*='down' i], a[onclick*='down' i], a[href*='attach' i], a[href*='/upload' i], button[onclick*='down' i])"
)


def files_part(pages: Sequence[tuple[LexborNode, Found]], bodies: Sequence[LexborNode] = ()) -> FilesPart | None:
    """One way to the download links of all pages; None when none is found. What holds one of the ``bodies`` is no
    file's name and button."""
    first = next((found.links for _, found in pages if found.links), None)
    if first is None:
        return FilesPart()
    link = first[0]
    if is_file_link_text(text := line(link)) and not is_download_word(text):
        for way in _link_ways(link):
            if all(_finds(root, way, found.links) for root, found in pages):
                return FilesPart(select=way)
        return None
    item = _item(link, first, bodies)
    if item is None:
        return next((FilesPart(select=way) for way in _link_ways(link)
                     if all(_finds(root, way, found.links) for root, found in pages)), None)  # fmt: skip
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
    around = next((outer for outer in ancestors(body) if within(heading, outer)), None)
    scopes = [around, around.parent] if around is not None else []
    named = [name for each in scopes if each is not None and each.tag not in ("body", "html") for name in roots_of(each)
             if same(root.css_first(name), each)]  # fmt: skip
    inside = f"{way}{_unlike(body, root.css(way))} *"
    select = f"{named[0]} {_UNSEEN}:not({inside})" if named and "," not in way else None
    return FilesPart(select=select if select is not None and len(select) <= LONGEST else None, anywhere=True)


def _unlike(body: LexborNode, alike: Sequence[LexborNode]) -> str:
    """What tells a body from other elements that its selector finds: a class that all of them have and it lacks."""
    others = [set(names_of(node)) for node in alike if not same(node, body)]
    told = set.intersection(*others) - set(names_of(body)) if others else set()
    return f":not(.{min(told)})" if told else ""


def _finds(root: LexborNode, way: str, links: Sequence[LexborNode]) -> bool:
    found = without_icons([node for node in root.css(way) if not line(node) or is_file_link_text(line(node))])
    return len(found) == len(links) and all(same(a, b) for a, b in zip(found, links, strict=True))


def _finds_items(root: LexborNode, way: str, inner: str, links: Sequence[LexborNode]) -> bool:
    found = [node.css_first(inner) for node in root.css(way)]
    return len(found) == len(links) and all(same(a, b) for a, b in zip(found, links, strict=True))


def _link_ways(link: LexborNode) -> Iterator[str]:
    acts = list(acts_of(link))
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


def _item(link: LexborNode, links: Sequence[LexborNode], bodies: Sequence[LexborNode]) -> LexborNode | None:
    """The element around one download button that also holds the file's name."""
    for outer in list(ancestors(link))[:4]:
        if sum(within(other, outer) for other in links) > 1 or len(head(outer)) >= _LONGEST_ITEM:
            return None
        if any(within(body, outer) for body in bodies):
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
    yield from (f"{tag_of(link)}{act}" for act in acts_of(link))
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
    ways += [placed(best)] if best.tag in ("td", "dd", "li") else [tag_of(best)]
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
