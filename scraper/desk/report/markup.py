"""HTML from values. Whatever is not Markup becomes text, so nothing that was scraped can be live.

Pure. Characters that no HTML file may hold are left out.
"""

from __future__ import annotations

import html
from typing import NamedTuple

Child = object
"""Markup, text, a number, None (nothing) or a sequence of these."""


class Markup(str):
    """HTML that was made here."""

    __slots__ = ()


class Label(NamedTuple):
    """The same words in Korean and in English."""

    ko: str
    en: str


def tag(name: str, *children: Child, **attributes: object) -> Markup:
    """An element. ``class_`` is class, other underscores are hyphens; None and False leave an attribute out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Markup(f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Markup:
    """Children one after the other."""
    return Markup("".join(map(_child, children)))


def both(label: Label) -> Markup:
    """The words in both languages, each marked as such."""
    return joined(tag("span", label.ko, lang="ko"), " ", tag("span", label.en, lang="en"))


def escaped(text: str) -> str:
    """Text as it may stand anywhere in HTML, in attributes too."""
    return html.escape("".join(letter for letter in text if _is_allowed(letter)))


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, Label):
        return both(child)
    if isinstance(child, list | tuple):
        return joined(*child)
    return escaped(str(child))


def _is_allowed(letter: str) -> bool:
    code = ord(letter)
    return letter in "\t\n" or (code >= 0x20 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000)
