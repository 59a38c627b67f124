"""The controls of a pager: links, calls and choices with the page they lead to. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from scraper.models import Ask
from scraper.page.calls import call_of, read_call, resolve
from scraper.page.columns import label_of
from scraper.page.document import Document, closest
from scraper.page.forms import form_inputs, submit
from scraper.page.links import open_link, read_key, told_by
from scraper.page.parts import Layout
from scraper.page.steps import PARAMS
from scraper.urls import join

NUMBER = re.compile(r"[\[(<\s]*(\d{1,7})[\])>\s]*(?:페이지|쪽|page)?(?:\s*/\s*\d+)?", re.IGNORECASE)
_NUMBER_IMAGE = re.compile(
    r"(?i)(?:p|pg|page|n|no|num|number|btn)?[_-]?0*(\d{1,5})(?:_(?:on|off|o))?\.(?:gif|png|jpe?g)"
)
END = re.compile(r"(?im)맨\s*끝|맨\s*뒤|끝\s*페이지|마지막|^끝$|\blast\b|^(?:»|>>|≫|▶▶)$|_end\b|btn_?last|page_?last")
BACK = re.compile(r"(?im)이전|\bprev(?:ious)?\b|^(?:<|‹|◀|←)$|_prev\b|prev\.(?:gif|png|jpg)")
NEXT = re.compile(r"(?im)다음|\bnext\b|^(?:>|›|▶|→)$|_next\b|next\.(?:gif|png|jpg)")

_DESCENDANT = re.compile(r"\s*([\w.#-](?:[\w.#> -]*[\w-])?) +[\w.-]+\s*")
_WORDS = ("끝", "뒤", "마지막", "다음", "이전", "last", "end", "next", "prev", ".gif", ".png", ".jp")
"""One of these stands in whatever END, NEXT, BACK and the names of images match beside bare marks."""
_AROUND = " \t\r\n\xa0\u200b\ufeff[](){}<>«»≪≫‹›◀▶←→|/.-페이지쪽pageAGEP"


class Control(NamedTuple):
    """One of them. ``label`` holds its words, classes and title, a line each; ``page`` the number it bears."""

    label: str
    page: int | None
    ask: Ask | None
    node: LexborNode


def find_controls(document: Document, layout: Layout) -> tuple[LexborNode, list[Control]]:
    """The controls of a pager, and where they were looked for: in the element that the layout names, and where it is
    not there or holds none, on the whole page."""
    named = document.root.css_first(layout.pages.scope) if layout.pages.scope else None
    found = _read_all(document, layout, controls_of(document, layout, named)) if named is not None else []
    if named is not None and found:
        return named, found
    return document.root, _read_all(document, layout, controls_of(document, layout))


def _read_all(document: Document, layout: Layout, nodes: Sequence[LexborNode]) -> list[Control]:
    return [control for node in nodes if (control := read_control(document, layout, node)) is not None]


def controls_of(document: Document, layout: Layout, scope: LexborNode | None = None) -> Sequence[LexborNode]:
    """What may lead to another page: what the layout names, else everything that can be clicked or chosen in ``scope``
    (the whole page)."""
    if layout.pages.select:
        found = scope.css(layout.pages.select) if scope is not None else find_all(document.root, layout.pages.select)
        if found:
            return list({node.mem_id: node for node in found}.values())  # "a, b" may match twice
    scope = scope if scope is not None else document.root
    listed = [option for select in scope.css("select[onchange]") for option in _choices(select)]
    return [*_likely(scope.css("a, [onclick], [data-page]")), *listed]


def find_all(root: LexborNode, select: str) -> list[LexborNode]:
    """What a selector finds on a whole page; some of it perhaps twice."""
    around = _around(select)
    return [node for outer in root.css(around) for node in outer.css(select)] if around else root.css(select)


@lru_cache(maxsize=64)
def _around(select: str) -> str | None:
    """What stands around all that a selector finds (``.paging a, #pager a``): few elements, while every link of a page
    would be asked what stands around it. None for a selector of another form."""
    found = [_DESCENDANT.fullmatch(part) for part in select.split(",")]
    return ", ".join(part[1] for part in found if part) if all(found) else None


def _likely(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Those of all links of a page that may be controls, by a quick look that is never wrongly no: their text begins or
    ends with a number, is nothing but marks, or a word of a control stands in text, class or title."""
    texts = [node.text(deep=True) for node in nodes]
    lowered = [text.lower() for text in texts]
    words = _spoken("\n".join(lowered))
    telling: dict[tuple[str | None, str | None], bool] = {}
    found = []
    for node, text, low in zip(nodes, texts, lowered, strict=True):
        core = text.strip(_AROUND)
        is_likely = not core or core[0].isdecimal() or core[-1].isdecimal()
        for word in words:
            is_likely = is_likely or word in low
        if not is_likely:
            held = node.attributes
            names = (held.get("class"), held.get("title"))
            if names not in telling:
                telling[names] = bool(_spoken(" ".join(filter(None, names)).lower()))
            is_likely = telling[names]
        if is_likely:
            found.append(node)
    return found


def _spoken(lowered: str) -> list[str]:
    """The words of controls that stand in a text."""
    return [word for word in _WORDS if word in lowered]


def _choices(select: LexborNode) -> Sequence[LexborNode]:
    """The options of a select that leads from page to page: numbered from one on, unlike sizes of a list (10, 20)."""
    options = select.css("option[value]")
    labels = [NUMBER.fullmatch(label_of(option)) for option in options]
    numbers = [int(label[1]) for label in labels if label]
    return options if numbers == list(range(1, len(options) + 1)) else ()


def _chosen(document: Document, option: LexborNode) -> Ask | None:
    """What choosing an option of a pager asks for: its value as an address, or given to a function."""
    value = (option.attributes.get("value") or "").strip()
    around = closest(option, ("select",))
    script = (around.attributes.get("onchange") or "") if around is not None else ""
    call = read_call(script)
    if call is not None:
        arguments = tuple(value if argument.startswith("this.") else argument for argument in call.arguments)
        return resolve(document, replace(call, arguments=arguments), "listing", near=option)
    url = join(document.base, value, document.charset)
    return Ask(url, "listing", referer=document.url) if url and "location" in script else None


def read_control(document: Document, layout: Layout, node: LexborNode) -> Control | None:
    """An element as a control of the pager; None when it says no page, leads nowhere or to a post."""
    label = label_of(node)
    if len(label) > 30:
        return None
    attributes = node.attributes
    marks = "\n".join(filter(None, (label, attributes.get("class"), attributes.get("title"))))
    found = NUMBER.fullmatch(label) or _NUMBER_IMAGE.fullmatch(label)
    if found is None and not any(sign.search(marks) for sign in (END, NEXT, BACK)):
        return None
    href = (attributes.get("href") or "").strip()
    chosen = node.tag == "option"
    ask = _chosen(document, node) if chosen else open_link(document, layout, node, "listing")
    if ask is None and (sent := _number_sent(node)):
        ask = _sent_by_form(document, node, sent)
    if ask is None or (href.startswith("#") and not ask.form and ask.url == document.url):
        return None
    number = found[1] if found else None
    if _opens_post(document, layout, ask, node, number):
        return None
    return Control(marks, int(number) if number else None, ask, node)


def _opens_post(document: Document, layout: Layout, ask: Ask, node: LexborNode, number: str | None) -> bool:
    """Whether the address or the element holds a post's key: a number that leads there is a post's number."""
    in_element, in_address = _sources(layout.identity.key)
    if in_element and read_key(in_element, None, None, node):
        return True
    if ask.form and number is not None and read_key(in_address, told_by(ask), None, None) == number:
        return True  # a form has a field for the key also where it leads to a page
    key = read_key(in_address, ask.url, None, None)
    return key is not None and key != read_key(in_address, document.url, None, None)


@lru_cache(maxsize=256)
def _sources(key: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where an element and where an address may hold a post's key."""
    in_element = tuple(source for source in key if source.startswith("attr:"))
    return in_element, tuple(source for source in key if source.startswith(("query:", "path:")))


def _number_sent(node: LexborNode) -> str | None:
    """The page number that a click hands over: the last numeric argument of a call, or ``data-page``."""
    call = call_of(node)
    if call is not None:
        return next((argument for argument in reversed(call.arguments) if argument.isdigit()), None)
    page = node.attributes.get("data-page") or ""
    return page if page.isdigit() else None


def _sent_by_form(document: Document, node: LexborNode, number: str) -> Ask | None:
    """A pager call without a readable function: the form that has a field for the page number is sent with it, first
    of all the one around the pager."""
    around = closest(node, ("form",))
    for form in (*((around,) if around is not None else ()), *document.root.css("form")):
        names = {node.attributes.get("name") for node in form_inputs(document, form)}
        field = next((name for name in PARAMS if name in names), None)
        if field is not None:
            return submit(document, form, {field: number}, "listing")
    return None
