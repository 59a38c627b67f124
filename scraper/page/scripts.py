"""The small scripts of old boards: functions that join an address together or fill in a form. Read, never run. Pure.

Understood is the joining of literals, parameters, constants of the page and variables of the function; anything else
is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from scraper.korean.charset import quote_in
from scraper.page.document import Document
from scraper.urls import host_of, join, target_of

_TOKEN = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z_$][\w$.]*)|(\d+)|([+()]))""")
_SAID = r"""((?:'[^'\n]*'|"[^"\n]*"|[^;\n}'"])+)"""
"""What stands before the end of a statement; inside quotes a semicolon ends nothing (";jsessionid=")."""
_GIVEN = r"""((?:'[^'\n]*'|"[^"\n]*"|[^;\n}'"()])+)"""
"""What stands before the end of an argument."""
_MOVE = (
    rf"(?:(?:window|document|self|parent|top)\.)*location(?:\.href)?\s*=(?!=)\s*{_SAID}"
    rf"|location\.(?:assign|replace)\({_SAID}\)"
)
_GO = re.compile(rf"{_MOVE}|(?:window\.)?open\(\s*((?:'[^'\n]*'|\"[^\"\n]*\"|[^,;\n'\"])+)")
_MOVES = re.compile(_MOVE)
_INNER_BLOCK = re.compile(r"\{[^{}]*\}")
_DEEPEST_BLOCK = 20
_FIELD = re.compile(
    r"""(?:getElementById\(\s*['"]([\w-]+)['"]\s*\)|getElementsByName\(\s*['"]([\w-]+)['"]\s*\)\[0\]|([\w$.\[\]'"]+?)\.([\w$]+))"""
    r"""\.value\s*=(?!=)\s*([^;\n}]+)|\$\(\s*['"](?:form\w*\s+)?#?(?:\w*\[name=['"]?)?([\w-]+)[^)]*\)\.val\(([^;\n]*)\)"""
)
_CONSTANT = re.compile(r"""(?m)^\s*(?:var|let|const)\s+([\w$]+)\s*=\s*(['"])([^'"\n]*)\2\s*;""")
ACTION = re.compile(rf"""\.action\s*=(?!=)\s*{_SAID}|\.attr\(\s*['"]action['"]\s*,\s*{_GIVEN}\)""")
_VARIABLE = re.compile(rf"(?:\b(?:var|let|const)\s+|(?<![\w$.]))([\w$]+)\s*(\+?)=(?![=>])\s*{_SAID}")
_LONGEST_BODY = 3000
_ARGUMENT = "ARGUMENT_"
_LIBRARY = re.compile(
    r"(?i)jquery|bootstrap|swiper|slick|modernizr|polyfill|respond|html5|[.-]min\.js|editor|/ui[./]|chart|video"
)
CLICKED = "CLICKED_"
"""The name under which a handler's values hold the attribute of what was clicked."""


def constants(scripts: str) -> dict[str, str]:
    """The texts that the page's scripts give names to."""
    return {match[1]: match[3] for match in _CONSTANT.finditer(scripts)}


def with_locals(body: str, given: Mapping[str, str], charset: str) -> dict[str, str]:
    """The values with what a function's own variables are set to (``var url = '/view?no=' + no;``)."""
    values = dict(given)
    for match in _VARIABLE.finditer(body):
        value = evaluate(match[3], values, charset)
        if value is not None and match[1] not in ("location", "href"):
            values[match[1]] = values.get(match[1], "") + value if match[2] else value
    return values


@lru_cache(maxsize=64)
def handlers(scripts: str, name: str) -> tuple[str, ...]:
    """The functions in which an attribute (data-no) of what was clicked is taken, with CLICKED in its place."""
    short = name.removeprefix("data-")
    camel = re.sub(r"-(\w)", lambda found: found[1].upper(), short)
    given = re.compile(
        rf"""\$\(\s*this\s*\)\.(?:data|attr)\(\s*['"](?:data-)?{re.escape(short)}['"]\s*\)"""
        rf"""|[\w.]+\.dataset\.{re.escape(camel)}\b|[\w.]+\.getAttribute\(\s*['"]{re.escape(name)}['"]\s*\)"""
    )
    found = []
    for match in given.finditer(scripts):
        opened = max(scripts.rfind("{", 0, match.start()), scripts.rfind("=>", 0, match.start()) + 1)
        found.append(given.sub(CLICKED, _block(scripts, opened + 1)))
    return tuple(dict.fromkeys(found))


def going(document: Document, script: str, values: Mapping[str, str]) -> str | None:
    """The address that a script opens, here or in a window of its own; None when it cannot be told."""
    return _first_address(document, _GO.finditer(script), values)


def moving(document: Document, values: Mapping[str, str]) -> str | None:
    """Where the scripts of a page lead whoever opens it: by what runs at once, else by what runs when it is loaded."""
    script = document.scripts
    body = document.tree.body
    loaded = (body.attributes.get("onload") if body is not None else None) or ""
    at_once = script
    for _ in range(_DEEPEST_BLOCK):
        at_once, blocks = _INNER_BLOCK.subn(";", at_once)
        if not blocks:
            break
    ways = (_first_address(document, _MOVES.finditer(each), values) for each in (at_once, loaded, script))
    return next(filter(None, ways), None)


def _first_address(document: Document, matches: Iterable[re.Match[str]], values: Mapping[str, str]) -> str | None:
    for match in matches:
        target = evaluate(next(group for group in match.groups() if group), values, document.charset)
        if target and (url := join(document.base, target, document.charset)):
            return url
    return None


def sources(document: Document) -> list[str]:
    """The addresses of the scripts of its own that a page loads, the last named first: those of a board stand behind
    the libraries."""
    told = (node.attributes.get("src") or "" for node in document.tree.css("script[src]"))
    urls = (join(document.base, src.strip(), document.charset) for src in told if not _LIBRARY.search(src))
    return [url for url in dict.fromkeys(urls) if url is not None and host_of(url) == host_of(document.url)][::-1]


def address_in(document: Document, script: str, name: str) -> str | None:
    """The address that a function opens which a script of the page's site defines, with {0}, {1} … for its arguments.

    None when it cannot be told, when a form is sent, and when the function is given the address itself.
    """
    found = definition(script, name.rpartition(".")[2])
    if found is None:
        return None
    names, body = found
    given = {each: f"{_ARGUMENT}{at}_" for at, each in enumerate(names)}
    values = with_locals(body, constants(document.scripts) | constants(script) | given, document.charset)
    if "submit" in body and assigned(body, values):
        return None
    for match in _GO.finditer(body):
        target = evaluate(next(group for group in match.groups() if group), values, document.charset)
        if target is None or _ARGUMENT not in target or target.startswith(_ARGUMENT):
            continue
        url = join(document.base, target, document.charset)
        if url is not None:
            address = target_of(url) if host_of(url) == host_of(document.base) else url
            return re.sub(rf"{_ARGUMENT}(\d+)_", r"{\1}", address)  # braces of its own are escaped
    return None


def definition(scripts: str, name: str) -> tuple[list[str], str] | None:
    """Parameter names and body of a function of the page."""
    escaped = re.escape(name)
    match = re.search(
        rf"function\s+{escaped}\s*\(([^)]*)\)\s*\{{|\b{escaped}\s*[=:]\s*function\s*\w*\s*\(([^)]*)\)\s*\{{", scripts
    )
    if match is None:
        return None
    names = [part.strip() for part in (match[1] or match[2] or "").split(",") if part.strip()]
    return names, _block(scripts, match.end())


def _block(scripts: str, start: int) -> str:
    """The script from ``start`` to the bracket that closes what is open there."""
    depth, at, end = 1, start, min(len(scripts), start + _LONGEST_BODY)
    while at < end and depth:
        depth += {"{": 1, "}": -1}.get(scripts[at], 0)
        at += 1
    return scripts[start:at]


def evaluate(expression: str, values: Mapping[str, str], charset: str) -> str | None:
    """The text that a joining of literals and parameters gives; None for anything else."""
    parts: list[str] = []
    at, expression = 0, expression.strip()
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None:
            return "".join(parts) if parts and not expression[at:].strip(" ;,)") else None
        at = match.end()
        literal = match[1] if match[1] is not None else match[2]
        if literal is not None:
            parts.append(re.sub(r"\\(.)", r"\1", literal))
        elif match[3] in ("encodeURIComponent", "encodeURI", "escape", "String", "parseInt"):
            continue
        elif match[3] is not None:
            name = match[3]
            if name not in values:
                return None
            parts.append(quote_in(values[name], charset) if parts else values[name])
        elif match[4] is not None:
            parts.append(match[4])
    return "".join(parts) or None


def assigned(body: str, values: Mapping[str, str]) -> dict[str, str]:
    """The form fields that a function sets, with what it sets them to."""
    fields = {}
    for match in _FIELD.finditer(body):
        name = match[1] or match[2] or match[4] or match[6]
        expression = (match[5] if match[5] is not None else match[7] or "").strip().rstrip(")")
        value = values.get(expression)
        if value is None:
            literal = re.fullmatch(r"""['"]([^'"]*)['"]|(\d+)""", expression)
            value = (literal[1] if literal[1] is not None else literal[2]) if literal else None
        if name and value is not None:
            fields[name] = value
    return fields
