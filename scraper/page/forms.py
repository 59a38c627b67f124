"""What sending a form asks for, and which fields are its own where the parser lost them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from scraper.korean.charset import quote_in
from scraper.models import Ask, Kind
from scraper.page.document import Document
from scraper.urls import join, with_query


def submit(document: Document, form: LexborNode, fields: Mapping[str, str], kind: Kind, action: str | None = None,
           method: str | None = None) -> Ask | None:  # fmt: skip
    """What sending this form asks for, with some of its fields set to other values."""
    attributes = form.attributes
    left = dict(fields)
    pairs = []
    for node in form_inputs(document, form):
        name, value = node.attributes.get("name") or "", node.attributes.get("value") or ""
        if name and (node.attributes.get("type") or "").lower() not in (
            "submit",
            "button",
            "image",
            "reset",
            "checkbox",
            "radio",
            "file",
        ):
            pairs.append((name, left.pop(name, value)))
    pairs.extend(left.items())
    target = join(document.base, action or attributes.get("action") or document.url, document.charset)
    if target is None:
        return None
    encoded = [(quote_in(name, document.charset), quote_in(value, document.charset)) for name, value in pairs]
    if (method or attributes.get("method") or "get").lower() == "post":
        body = "&".join(f"{name}={value}" for name, value in encoded).encode("ascii")
        return Ask(target, kind, "POST", body, document.url)
    for name, value in encoded:
        target = with_query(target, name, value)
    return Ask(target, kind, referer=document.url)


def form_inputs(document: Document, form: LexborNode) -> list[LexborNode]:
    """The fields of a form; where the form stands between ``<table>`` and ``<tr>`` the parser leaves it empty, and
    the fields up to the next form are its own."""
    inside = form.css("input, textarea")
    if inside:
        return inside
    found, open_ = [], False
    for node in document.root.css("form, input"):
        if node.tag == "form":
            open_ = node.mem_id == form.mem_id
        elif open_:
            found.append(node)
    return found
