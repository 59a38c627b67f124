"""A page as it may be looked at years later: its text and its own styles, and nothing that runs, moves or loads. Pure.

Contract: what is left asks for nothing by itself in any browser: also without a policy that forbids it.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from scraper.models import Page
from scraper.page.document import parse
from scraper.page.icons import undrawn

_GONE = (
    "script, link, base, meta[http-equiv], template, iframe, frame, object, embed, applet, portal, "
    "audio, video, source, track, noscript, image, set, animate, foreignObject"
)
_LOADS = frozenset("src srcset data background poster ping action formaction manifest xlink:href dynsrc lowsrc".split())
_EMBEDDED = ("data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp")
_LINKS = frozenset(("a", "area"))
_STYLE_LOADS = re.compile(r"url\s*\(|@import|image-set|\\", re.IGNORECASE)


def still(page: Page) -> str:
    """The HTML of ``page`` at rest. Raises Undecodable for what is no HTML page."""
    document = parse(page)
    for node in document.tree.css(_GONE):
        node.decompose()
    for node in document.tree.css("style"):
        if _STYLE_LOADS.search(node.text(deep=True)):
            node.decompose()
    for node in document.root.traverse():
        _calm(node)
    return "<!DOCTYPE html>\n" + undrawn(document.root.html or "")


def _calm(node: LexborNode) -> None:
    """Take from an element what runs or loads. A link asks for nothing until somebody follows it: it stays."""
    for name, value in list(node.attributes.items()):
        text = (value or "").strip()
        runs = name.startswith("on") or "javascript:" in "".join(text.lower().split())
        loads = name in _LOADS and not text.startswith(_EMBEDDED)
        refers = name == "href" and node.tag not in _LINKS
        styles = name == "style" and _STYLE_LOADS.search(text) is not None
        if runs or loads or refers or styles:
            del node.attrs[name]
