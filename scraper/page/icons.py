"""Icons that stand where a label might: an eye before a count of hits, a clock before a date. Pure.

An icon is an element without words. What it shows is told by its title, its names (``fa fa-eye``, ``VisibilityIcon``),
by the drawing it uses (``#icon-eye``), or by the words that a font of icons turns into pictures (``visibility``).
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.korean.words import Role, role_of, word_set

TAGS = frozenset("i svg span em b mat-icon".split())
DRAWN = "data-sinmungo-drawn"
"""The attribute that keeps the words of an icon of a font."""
_FONTS = "[class*=material-icons], [class*=material-symbols], mat-icon"
_SIGNS = ("material-icons", "material-symbols", "mat-icon")
_SHOWN: dict[Role, frozenset[str]] = {
    "hits": word_set("eye eyes visibility view views hit hits"),
    "author": word_set("user person account writer author"),
    "date": word_set("calendar clock time schedule date event today"),
    "comments": word_set("comment comments chat message bubble forum reply"),
    "files": word_set("paperclip clip attach attachment attachfile"),
    "votes": word_set("heart like thumb thumbs favorite star"),
}
_SHOWS = {word: role for role, words in _SHOWN.items() for word in words}
_DRAWERS = word_set(
    "icon icons ico ic icn fa fas far fal fab fad bi xi ri la las ti bx bxs bxr mdi fi pe glyphicon feather ion svg"
)
"""Words in the names of an icon beside what it shows."""
_OTHER = word_set("list grid slash off edit add plus minus check search refresh arrow up down left right")
"""Words beside which those above show something else."""
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_DRAWN_WORDS = re.compile(r"[\w\s]+", re.ASCII)
_KEPT_WORDS = re.compile(rf' {DRAWN}="({_DRAWN_WORDS.pattern})">', re.ASCII)


def icon_role(node: LexborNode) -> Role | None:
    """What an icon stands for as a label; None for what is no icon, or shows nothing that a post has."""
    tag = node.tag
    if tag not in TAGS:
        return None
    told = node.attributes
    names = " ".join(filter(None, (told.get("class"), told.get("data-icon"), told.get("data-testid"), told.get(DRAWN))))
    if tag == "svg" and (use := node.css_first("use")) is not None:
        address = use.attributes.get("href") or use.attributes.get("xlink:href") or ""
        names = f"{names} {address.rpartition('#')[2]}"
    role = role_of(told.get("title") or "")
    if not (names or role) or (tag != "svg" and node.text(strip=True)):
        return None
    if role is not None:
        return role
    words = [word.lower() for word in _WORD.findall(names)]
    if tag in ("span", "em", "b") and not any(word in _DRAWERS for word in words):
        return None
    shown = {_SHOWS[word] for word in words if word in _SHOWS}
    return shown.pop() if len(shown) == 1 and not any(word in _OTHER for word in words) else None


def draw_icons(tree: LexborHTMLParser, text: str) -> None:
    """Take out of a page the words that a font of icons shows as pictures: nobody reads them. They stay in an
    attribute; ``undrawn`` puts them back into the markup."""
    if not any(sign in text for sign in _SIGNS):
        return
    for node in tree.css(_FONTS):
        child = node.first_child
        if child is None or not child.is_text_node or child.next is not None:
            continue
        words = child.text_content or ""
        if _DRAWN_WORDS.fullmatch(words) and not words.isspace():
            node.attrs[DRAWN] = words
            child.remove()


def undrawn(markup: str) -> str:
    """The markup of a part of a page with the words of icons where the page had them."""
    return _KEPT_WORDS.sub(r">\1", markup) if DRAWN in markup else markup
