"""What is taken out of the cells of rows: titles among links, numbers and categories before them, names behind labels.
Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from selectolax.lexbor import LexborNode

from scraper.korean.labels import Role, split_label
from scraper.page.calls import call_of
from scraper.page.document import ancestors, line, same, within
from scraper.page.induce.lists.columns import falls
from scraper.page.induce.lists.groups import leaves_of
from scraper.page.induce.lists.keys import Opener
from scraper.page.induce.lists.slots import is_badge, is_category, leading_word, noise_in
from scraper.page.induce.lists.tables import Shape, own_role
from scraper.page.induce.selectors import path_within, step, tag_of
from scraper.page.parts import Pick, Picks
from scraper.page.rows import Line

_HEADED = re.compile(r"\[\s*[^\W\d][^\[\]]{0,11}\]")
"""A category in brackets, which some posts have."""


def title_picks(shape: Shape, openers: Mapping[int, Opener], column: int | None) -> Picks:
    """How the title is taken out of its cell: the link, without the badges and counts inside it."""
    if column is None:
        return ()
    tails: Counter[str] = Counter()
    noise: Counter[str] = Counter()
    held: list[tuple[Opener, LexborNode, list[LexborNode]]] = []
    for place, opener in openers.items():
        cells = shape.cells(shape.rows[place])
        cell = cells[column] if column < len(cells) else None
        if cell is not None and within(opener.node, cell):
            links = [each for each in cell.css(tag_of(opener.node)) if line(each)]
            held.append((opener, cell, [each for each in links if not same(each, opener.node)]))
    is_alone = all(is_badge(line(other)) for _, _, others in held for other in others)
    telling = _telling(openers.values())
    for opener, cell, _ in held:
        spoken = _spoken(opener.node)
        way = tag_of(opener.node) if is_alone else _by_target(opener, telling, cell)
        tails[way if same(spoken, opener.node) else path_within(spoken, cell)] += 1
        noise.update(noise_in(spoken))
    if not tails:
        rows = [shape.cells(row) for row in shape.rows]
        columns = [cells[column] for cells in rows if column < len(cells)]
        if picks := _only_links([cell for cell in columns if cell is not None]):
            return picks
        noise.update(selector for cell in columns if cell is not None for selector in noise_in(cell))
        return (Pick(drop=tuple(noise)),) if noise else ()
    return tuple(Pick(select=tail, drop=tuple(noise)) for tail, _ in tails.most_common(2))


def _only_links(cells: Sequence[LexborNode]) -> Picks:
    """How the title is taken out of cells of rows that are clicked as a whole, where each has one link with words."""
    links = [[link for link in cell.css("a") if line(link)] for cell in cells]
    if not links or any(len(each) != 1 for each in links):
        return ()
    ways = Counter(path_within(each[0], cell) for each, cell in zip(links, cells, strict=True))
    noise = dict.fromkeys(selector for each in links for selector in noise_in(each[0]))
    return tuple(Pick(select=way, drop=tuple(noise)) for way, _ in ways.most_common(2))


def picks_of(lines: Sequence[Line], tags: tuple[str, ...]) -> Picks:
    """How the titles of rows that are read already are taken out of their cells."""
    shape = Shape("", tuple(entry.node for entry in lines), tags)
    openers = {
        at: Opener(at, entry.link, "", line(entry.link), None, call_of(entry.link), {})
        for at, entry in enumerate(lines)
    }
    places = Counter(entry.place for entry in lines).most_common(1)
    return title_picks(shape, openers, places[0][0]) if places else ()


def _spoken(opener: LexborNode) -> LexborNode:
    """The element of an opener that holds the title: itself, or a child where it says no more than a badge itself."""
    leaves = leaves_of(opener)
    longest = max(leaves, key=lambda leaf: len(leaf.text), default=None)
    own = next((leaf.text for leaf in leaves if same(leaf.node, opener)), "")
    if longest is None or same(longest.node, opener) or not is_badge(own):
        return opener
    return longest.node


def _telling(openers: Collection[Opener]) -> list[str]:
    """The parameters that differ from post to post, most of them: a board's own is the same for all."""
    values: dict[str, set[str]] = {}
    for opener in openers:
        for name, value in opener.values.items():
            if re.fullmatch(r"query:[\w.-]+", name):
                values.setdefault(name[6:], set()).add(value)
    return [name for name, told in values.items() if len(told) * 2 > len(openers)]


def _by_target(opener: Opener, telling: Sequence[str], cell: LexborNode) -> str:
    """A link among others in its cell: by the parameter or function that opens posts."""
    node = opener.node
    own = step(node)
    if "." in own:
        return own
    for name in ("href", "onclick"):
        value = node.attributes.get(name) or ""
        if opener.call is not None and f"{opener.call.name}(" in value:
            return f'{node.tag}[{name}*="{opener.call.name}("]'
        for told in telling if name == "href" else ():
            if f"{told}=" in value:
                return f'{node.tag}[href*="{told}="]'
    return path_within(node, cell)


def lead_picks(shape: Shape, openers: Mapping[int, Opener], column: int) -> dict[str, Picks]:
    """Picks for a number or a category that stands in the title's cell, in an element of its own before the link or
    before what holds it."""
    texts: dict[str, list[str]] = {}
    for place, opener in openers.items():
        row = shape.rows[place]
        cells = shape.cells(row)
        cell = cells[column] if column < len(cells) else None
        if cell is None or same(opener.node, cell) or not within(opener.node, cell):
            continue
        for outer in (opener.node, *ancestors(opener.node, cell)):
            before = outer.prev if not same(outer, cell) else None
            while before is not None:
                if before.is_element_node and line(before):
                    texts.setdefault(path_within(before, cell), []).append(line(before))
                before = before.prev
    found: dict[str, Picks] = {}
    for path, words in texts.items():
        picks = (Pick(select=path),)
        if len(words) * 5 < len(shape.rows) * 3:  # notices may go without
            if all(map(_HEADED.fullmatch, words)) and not any(map(is_badge, words)):
                found.setdefault("category", picks)
            continue
        told = [split_label(word) for word in words]
        if all(pair is not None and pair[0] == "number" for pair in told):
            found.setdefault("number", (Pick(select=path, label="number"),))
        elif falls(words):
            found.setdefault("number", picks)
        elif is_category(words):
            found.setdefault("category", picks)
    return found


def author_picks(shape: Shape, roles: Mapping[int, Role]) -> dict[str, Picks]:
    """Picks for words that stand behind a label inside their cell."""
    found: dict[str, Picks] = {}
    rows: Sequence[list[LexborNode | None]] = [shape.cells(row) for row in shape.rows]
    for place, role in roles.items():
        if role not in ("author", "category"):
            continue
        cells = [cell for cells in rows if place < len(cells) and (cell := cells[place]) is not None]
        if sum(own_role(cell) == role for cell in cells) * 2 > len(cells):
            found[role] = (Pick(select="*", label=role),)
        elif (pattern := leading_word([line(cell) for cell in cells], role)) is not None:
            found[role] = (Pick(select="*", pattern=pattern),)
    return found
