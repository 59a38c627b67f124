"""Links that are calls: ``javascript:view('12')``, ``onclick="goPage(2)"``, and what they would ask for.

A call is resolved by reading the page's own function (string joining and form fields, nothing is run), or
by a layout's address for that function. Pure; None when it cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from scraper.korean.charset import quote_in
from scraper.korean.names import looks_like_file_name
from scraper.models import Ask, Kind
from scraper.page.document import Document
from scraper.page.forms import form_inputs, submit
from scraper.page.scripts import (
    ACTION,
    CLICKED,
    assigned,
    constants,
    definition,
    evaluate,
    going,
    handlers,
    with_locals,
)
from scraper.urls import join

_CALL = re.compile(
    r"""(?:^|[;\s{!(=]|return\s)\s*([A-Za-z_$][\w$]*(?:\.[\w$]+)*)\s*"""
    r"""\(((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^()'"])*)\)"""
)
_ARGUMENT = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"]*))\s*(?:,|$)""")
_NOT_OURS = frozenset(
    (
        *(
            "alert",
            "confirm",
            "if",
            "return",
            "void",
            "encodeURIComponent",
            "escape",
            "function",
            "history.back",
            "history.go",
        ),
        *(
            "event.preventDefault",
            "event.stopPropagation",
            "window.open",
            "open",
            "window.print",
            "print",
            "focus",
            "blur",
        ),
    )
)
_LONGEST_VALUE = 100
_PATH = re.compile(r"(?:https?:/)?/[\w.-]+/\S*")
_METHOD = re.compile(r"""\.method\s*=\s*['"](\w+)['"]|\.attr\(\s*['"]method['"]\s*,\s*['"](\w+)['"]""")
_FORM = re.compile(
    r"""(?:document\.)?(?:forms\[['"]?([\w-]+)['"]?\]|(?:document|self|window)\.([\w$]+)|getElementById\(['"]([\w-]+)['"]\)|"""
    r"""\$\(['"]#?([\w-]+)['"]\)|\b([\w$]+))\.(?:submit|action|attr)\b"""
)


@dataclass(frozen=True, slots=True)
class Call:
    """A script function and the arguments it is given, as text."""

    name: str
    arguments: tuple[str, ...]

    @property
    def raw(self) -> str:
        """The call in one spelling; serves as a last-resort identity."""
        return f"{self.name}({','.join(self.arguments)})"


def read_call(script: str) -> Call | None:
    """The first call in an ``href="javascript:…"`` or ``onclick`` that is not a browser's own function."""
    text = script.strip()
    is_address = text.lower().startswith("javascript:")
    if is_address:
        text = text[len("javascript:") :]
        if "'" not in text and '"' not in text:
            text = unquote(text)
    for match in _CALL.finditer(text):
        if match[1] not in _NOT_OURS:
            arguments = _arguments(match[2])  # cut before they are unescaped: %27 in a name ends no argument
            return Call(match[1], tuple(map(unquote, arguments)) if is_address else arguments)
    return None


def call_of(node: LexborNode) -> Call | None:
    """The call that a click on this element makes."""
    attributes = node.attributes
    href = (attributes.get("href") or "").strip()
    if href.lower().startswith("javascript:") and (call := read_call(href)):
        return call
    return read_call(attributes.get("onclick") or "")


def way_of(document: Document, node: LexborNode) -> str | None:
    """Where a click leads that sets the address itself: ``onclick="location.href='/view?no=3'"``.

    None when it asks first, as a button that deletes does.
    """
    script = node.attributes.get("onclick") or ""
    return None if "confirm" in script else going(document, script, {})


def _arguments(text: str) -> tuple[str, ...]:
    found = []
    at = 0
    while at < len(text) and (match := _ARGUMENT.match(text, at)) and match.end() > at:
        quoted = match[1] if match[1] is not None else match[2]
        found.append(re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match[3].strip())
        at = match.end()
    return tuple(found)


def resolve(
    document: Document, call: Call, kind: Kind, known: Mapping[str, str] | None = None, near: LexborNode | None = None
) -> Ask | None:
    """What a call would ask for: by the page's own function, else by ``known``, which maps function names to addresses
    with {0}, {1} … for the arguments.

    ``near`` is the element that was clicked: its form stands for ``this.form``.
    """
    found = definition(document.scripts, call.name.rpartition(".")[2])
    if found is not None and (ask := _carried_out(document, *found, call, kind, near)):
        return ask
    template = (known or {}).get(call.name)
    if template is None:
        return _told(document, call, kind) if kind == "attachment" and found is None else None
    quoted = [quote_in(argument, document.charset) for argument in call.arguments]
    try:
        url = join(document.base, template.format(*quoted), document.charset)
    except (IndexError, KeyError):
        return None
    return None if url is None else Ask(url, kind, referer=document.url)


def _told(document: Document, call: Call, kind: Kind) -> Ask | None:
    """What a call asks for that is given the address itself: ``file_download('/exec/download?no=3')``. A folder beside
    the name of a file is none: ``goDownLoad('공고.hwp', '1.hwp', '/upload/2026')``."""
    paths = [each for each in call.arguments if _PATH.fullmatch(each)]
    is_folder = all("?" not in path and "." not in path.rpartition("/")[2] for path in paths)
    if is_folder and any(looks_like_file_name(each) for each in call.arguments):
        return None
    url = join(document.base, paths[0], document.charset) if len(paths) == 1 else None
    return None if url is None else Ask(url, kind, referer=document.url)


def _carried_out(
    document: Document, names: Sequence[str], body: str, call: Call, kind: Kind, near: LexborNode | None
) -> Ask | None:
    values = constants(document.scripts)
    values.update(zip(names, call.arguments, strict=False))
    return _done(document, body, values, kind, near)


def clicked(document: Document, node: LexborNode, kind: Kind) -> Ask | None:
    """What a click on an element asks for whose script stands elsewhere on the page and takes what it needs from an
    attribute (``data-no``) of what was clicked."""
    for name, value in node.attributes.items():
        if not name.startswith("data-") or not value or len(value) > _LONGEST_VALUE:
            continue
        for body in handlers(document.scripts, name):
            ask = _done(document, body, {**constants(document.scripts), CLICKED: value}, kind, node)
            if ask is not None:
                return ask
    return None


def _done(document: Document, body: str, given: Mapping[str, str], kind: Kind, near: LexborNode | None) -> Ask | None:
    """What the statements of a function come to."""
    values = with_locals(body, given, document.charset)
    fields = assigned(body, values)
    if not fields or "submit" not in body:
        url = going(document, body, values)
        if url is not None:
            return Ask(url, kind, referer=document.url)
    return _submitted(document, body, fields, values, kind, near) if fields else None


def _submitted(
    document: Document,
    body: str,
    fields: dict[str, str],
    values: Mapping[str, str],
    kind: Kind,
    near: LexborNode | None,
) -> Ask | None:
    action = method = None
    if match := ACTION.search(body):
        action = evaluate(match[1] or match[2], values, document.charset)
        if action is None:
            return None
    if match := _METHOD.search(body):
        method = match[1] or match[2]
    form = _form(document, body, list(fields), near)
    if form is None:
        return None
    by_id = {node.attributes.get("id"): node.attributes.get("name") for node in form_inputs(document, form)}
    named = {(by_id.get(name) or name): value for name, value in fields.items()}
    return submit(document, form, named, kind, action, method)


def _form(document: Document, body: str, fields: Sequence[str], near: LexborNode | None) -> LexborNode | None:
    """The form that a function means: by its name, else the one that holds a field it sets."""
    forms = document.root.css("form")
    for match in _FORM.finditer(body):
        name = next(group for group in match.groups() if group)
        alias = re.search(
            rf"\b{re.escape(name)}\s*=\s*(?:document\.)?(?:forms\[['\"]?|getElementById\(['\"])?([\w$-]+)", body
        )
        for form in forms:
            if {name, alias[1] if alias else name} & {form.attributes.get("name"), form.attributes.get("id")}:
                return form
    for form in forms:
        names = {node.attributes.get(key) for node in form_inputs(document, form) for key in ("name", "id")}
        if names & set(fields):
            return form
    if near is not None:
        parent = near.parent
        while parent is not None and parent.tag != "form":
            parent = parent.parent
        return parent
    return None
