"""Pages that show no board themselves but lead to one: frames of a parked domain, a start page that goes on. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scraper.page.document import Document, line
from scraper.page.hidden import is_hidden
from scraper.page.scripts import constants, moving
from scraper.page.site import is_same_site
from scraper.urls import join

_HARDLY_ANY = 200
"""Characters of text on a page that is there only to lead elsewhere."""
_REFRESH = re.compile(r"""(?i)^\s*\d*(?:\.\d*)?\s*[;,]?\s*url\s*=\s*["']?([^"']+)""")
_NO_SIZE = re.compile(r"\s*0\D*|\s*1(?:px)?\s*")
_NO_SIZE_STYLE = re.compile(r"(?i)(?<![\w-])(?:width|height)\s*:\s*0")


def leads_to(document: Document) -> tuple[str, ...]:
    """The pages that this one shows in frames or goes on to by itself, absolute and in its order.

    A page with a text of its own goes nowhere, and what it frames counts only if it is of the same site.
    """
    is_bare = len(line(document.root)) < _HARDLY_ANY
    found = list(_framed(document))
    if is_bare:
        found += _refreshed(document)
        found += [moved] if (moved := moving(document, constants(document.scripts))) else []
    return tuple(
        dict.fromkeys(url for url in found if url != document.url and (is_bare or is_same_site(url, document.url)))
    )


def _framed(document: Document) -> Iterator[str]:
    for node in document.tree.css("frame[src], iframe[src]"):
        if node.tag == "iframe" and _is_unseen(node):
            continue
        url = join(document.base, (node.attributes.get("src") or "").strip(), document.charset)
        if url is not None:
            yield url


def _is_unseen(node: LexborNode) -> bool:
    attributes = node.attributes
    sizes = [attributes.get("width") or "", attributes.get("height") or ""]
    is_empty = any(_NO_SIZE.fullmatch(size) for size in sizes) or _NO_SIZE_STYLE.search(attributes.get("style") or "")
    return bool(is_empty) or is_hidden(attributes)


def _refreshed(document: Document) -> list[str]:
    """Where ``<meta http-equiv=refresh>`` leads; one without an address loads the page anew."""
    found = []
    for node in document.tree.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        said = _REFRESH.match(node.attributes.get("content") or "")
        url = join(document.base, said[1].strip(), document.charset) if said else None
        if url is not None:
            found.append(url)
    return found
