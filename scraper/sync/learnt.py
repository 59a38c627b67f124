"""What a proposed layout does not find and the archive knows: where today's pages name the authors of held posts. Pure.

So a label that no list of words has ("쓴 사람") is learnt from what stands behind it, or the class of an element that
holds nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scraper.page.document import Document, line
from scraper.page.parts import Pick
from scraper.page.picks import Scope, pick

LEAST = 2
"""So many different authors must stand behind the same label, or in elements of the same class."""
_LONGEST_LABEL = 20
_SMALL = "span, a, li, dd, td, p, strong, em, b, i, div"
_CLASS = re.compile(r"[A-Za-z_-][A-Za-z_-]*")
"""Without digits, which may be those of one member."""
_EDGES = " :：|·/"


def author_pick(samples: Sequence[tuple[Document, str]]) -> Pick | None:
    """How the author is taken from all these pages of posts, each with the author that is held; None when nothing
    marks all of them."""
    told = [(document, " ".join(author.split())) for document, author in samples]
    if len({author for _, author in told}) < LEAST:
        return None
    ways = sorted(dict.fromkeys(_ways(*told[0])), key=lambda way: _is_bare(way))
    return next((way for way in ways if all(_gives(way, document, author) for document, author in told)), None)


def _is_bare(way: Pick) -> bool:
    """Whether only a class tells the author."""
    return way.pattern is None and "contains" not in (way.select or "")


def _gives(way: Pick, document: Document, author: str) -> bool:
    picked = pick(Scope(document.root, document.url), (way,), "author")
    return picked is not None and picked.text == author


def _ways(document: Document, author: str) -> Iterator[Pick]:
    for node in document.root.css(_SMALL):
        text = line(node)
        if not text.endswith(author) or len(text) > len(author) + _LONGEST_LABEL:
            continue
        lead = text[: -len(author)].strip(_EDGES)
        if lead and _is_label(lead):
            yield Pick(select=node.tag, pattern=rf"^{re.escape(lead)}[ :：|·/]*(\S.*)$")
        before = node.prev
        while before is not None and not before.is_element_node:
            before = before.prev
        if text == author:
            yield from (Pick(select=f"{node.tag}.{name}") for name in _classes(node.attributes.get("class")))
            if node.parent is not None:
                yield from (
                    Pick(select=f"{node.parent.tag}.{name} > {node.tag}")
                    for name in _classes(node.parent.attributes.get("class"))
                )
        if text == author and before is not None and _is_label(lead := line(before).strip(_EDGES)):
            yield Pick(select=f'{before.tag}:lexbor-contains("{lead}") + {node.tag}')


def _classes(value: str | None) -> list[str]:
    return [name for name in (value or "").split() if _CLASS.fullmatch(name)]


def _is_label(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LABEL and re.search(r'[\d"\\|]', text) is None
