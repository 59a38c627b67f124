"""What a proposed layout does not find and the archive knows: where today's pages name the authors of held posts. Pure.

So a label that no list of words has ("쓴 사람") is learnt from what stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scraper.page.document import Document, line
from scraper.page.parts import Pick

LEAST = 2
"""So many different authors must stand behind the same label."""
_LONGEST_LABEL = 20
_SMALL = "span, li, dd, td, p, strong, em, b, i, div"
_EDGES = " :：|·/"


def author_pick(samples: Sequence[tuple[Document, str]]) -> Pick | None:
    """How the author is taken from all these pages of posts, each with the author that is held; None when no label
    stands before all of them."""
    authors = {" ".join(author.split()) for _, author in samples}
    if len(authors) < LEAST:
        return None
    first, *others = (dict.fromkeys(_ways(document, " ".join(author.split()))) for document, author in samples)
    return next((way for way in first if all(way in each for each in others)), None)


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
        if text == author and before is not None and _is_label(lead := line(before).strip(_EDGES)):
            yield Pick(select=f'{before.tag}:lexbor-contains("{lead}") + {node.tag}')


def _is_label(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LABEL and re.search(r'[\d"\\|]', text) is None
