"""The strict loading of layouts, from TOML or from the JSON values that the archive keeps.

An unknown key, a wrong type, a bad selector or expression is BadLayout with file, key and reason.
The data itself is in parts.py.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal, get_args, get_origin

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from scraper.errors import BadLayout
from scraper.korean.labels import Role
from scraper.page.parts import Layout, Pick, Picks

__all__ = ["Layout", "find_engines", "layout_from", "layout_values", "load_layout"]

ENGINES = resources.files("scraper.page") / "engines"


@lru_cache(maxsize=1)
def find_engines() -> Mapping[str, Layout]:
    """The layouts that ship, by name."""
    found = {}
    for entry in sorted(ENGINES.iterdir(), key=lambda entry: entry.name.removesuffix(".toml")):
        if entry.name.endswith(".toml"):
            layout = load_layout(entry.read_text(encoding="utf-8"), entry.name)
            found[layout.name] = layout
    return types.MappingProxyType(found)


def load_layout(text: str, where: str) -> Layout:
    """A Layout from TOML. ``where`` names the file in messages. ``extends`` names an engine that it completes.

    Raises BadLayout.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadLayout(f"{where}: not valid TOML: {error}") from error
    return layout_from(_extended(values, where, ()), where)


def layout_from(values: Mapping[str, Any], where: str) -> Layout:
    """A Layout from plain values (TOML, or what ``layout_values`` gave). Raises BadLayout."""
    layout = _build(Layout, values, where, "")
    assert isinstance(layout, Layout)
    return layout


def layout_values(layout: Layout) -> dict[str, Any]:
    """The layout as JSON values, without what equals the default; ``layout_from`` takes them back."""
    values = _plain(layout)
    assert isinstance(values, dict)
    return {"name": layout.name, **values}


def _extended(values: dict[str, Any], where: str, seen: tuple[str, ...]) -> dict[str, Any]:
    base = values.pop("extends", None)
    if base is None:
        return values
    entry = ENGINES / f"{base}.toml"
    if not isinstance(base, str) or not re.fullmatch(r"[\w-]+", base) or base in seen or not entry.is_file():
        raise BadLayout(f"{where}: extends: no engine is called {base!r}")
    below = tomllib.loads(entry.read_text(encoding="utf-8"))
    return _merged(_extended(below, f"{base}.toml", (*seen, base)), values)


def _merged(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _build(kind: type, values: Any, where: str, path: str) -> Any:
    if not isinstance(values, Mapping):
        raise BadLayout(f"{where}: {path or 'the file'}: a table is wanted, not {_named(values)}")
    hints = _hints(kind)
    fields = {part.name: part for part in dataclasses.fields(kind)}
    given: dict[str, Any] = {}
    for key, value in values.items():
        name = f"{path}.{key}" if path else str(key)
        if key not in fields:
            raise BadLayout(f"{where}: {name}: unknown key; known here: {', '.join(fields)}")
        given[key] = _value(hints[key], value, where, name)
        _check(fields[key].metadata.get("check"), given[key], where, name)
    for part in fields.values():
        if (
            part.name not in given
            and part.default is dataclasses.MISSING
            and part.default_factory is dataclasses.MISSING
        ):
            raise BadLayout(f"{where}: {path}.{part.name}: is missing".replace(": .", ": "))
    return kind(**given)


_hints = cache(typing.get_type_hints)


def _value(hint: Any, value: Any, where: str, name: str) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if hint == Picks:
        listed = value if isinstance(value, list | tuple) else [value]
        return tuple(_pick(each, where, name) for each in listed)
    if origin in (types.UnionType, typing.Union):
        inner = [arg for arg in args if arg is not type(None)]
        return _value(inner[0], value, where, name)
    if origin is Literal:
        if value not in args:
            raise BadLayout(f"{where}: {name}: must be one of {', '.join(map(str, args))}, not {value!r}")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise BadLayout(f"{where}: {name}: a list is wanted, not {_named(value)}")
        if args[-1] is Ellipsis:
            return tuple(_value(args[0], each, where, f"{name}[{at}]") for at, each in enumerate(value))
        if len(value) != len(args):
            raise BadLayout(f"{where}: {name}: {len(args)} values are wanted, not {len(value)}")
        return tuple(_value(arg, each, where, name) for arg, each in zip(args, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise BadLayout(f"{where}: {name}: a table is wanted, not {_named(value)}")
        if args[1] == Picks and (strange := set(value) - set(get_args(Role))):
            raise BadLayout(f"{where}: {name}.{min(strange)}: no such field; known: {', '.join(get_args(Role))}")
        return {key: _value(args[1], each, where, f"{name}.{key}") for key, each in value.items()}
    if dataclasses.is_dataclass(hint):
        return _build(hint if isinstance(hint, type) else type(hint), value, where, name)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise BadLayout(f"{where}: {name}: {hint.__name__} is wanted, not {_named(value)}")
    return value


def _pick(value: Any, where: str, name: str) -> Pick:
    pick = _build(Pick, {"select": value} if isinstance(value, str) else value, where, name)
    assert isinstance(pick, Pick)
    ways = (pick.select, pick.label, pick.after, pick.before, pick.remark)
    if not any(ways) and pick.source == "text" and not pick.drop:
        raise BadLayout(f"{where}: {name}: a select, label or after (before, remark) is wanted")
    if pick.source != "text" and not re.fullmatch(r"attr:[\w-]+", pick.source):
        raise BadLayout(f"{where}: {name}.source: must be text or attr:NAME, not {pick.source!r}")
    return pick


_ANY = LexborHTMLParser("<p></p>")
_LONGEST, _LONGEST_SELECTOR = 400, 1_200
"""Characters: a way through ten tables inside each other takes some 400."""
_STACKED = re.compile(r"\([^()]*[*+}][^()]*\)[*+{]")


def _check(check: str | None, value: Any, where: str, name: str) -> None:
    """What a type does not say: that selectors, expressions, sources and templates can be used."""
    if check is None or value is None:
        return
    if check in ("step", "more"):
        least = 1 if check == "step" else 0
        if value < least:
            raise BadLayout(f"{where}: {name}: must be {least} or more, not {value}")
        return
    listed = tuple(value.values()) if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
    longest = _LONGEST_SELECTOR if check == "selector" else _LONGEST
    if any(len(each) > longest for each in listed):
        raise BadLayout(f"{where}: {name}: longer than {longest} characters")
    match check:
        case "selector":
            for each in listed:
                _check_selector(each, where, name)
        case "pattern":
            groups = 1 if name.endswith((".pattern", ".board_path")) else None
            for each in listed:
                _check_pattern(each, where, name, groups)
        case "replacement":
            _check_replacement(value, where, name)
        case "sources":
            for each in listed:
                _check_source(each, where, name)
        case "roles":
            for each in listed:
                if each and each not in get_args(Role):
                    raise BadLayout(f"{where}: {name}: {each!r} is no field; known: {', '.join(get_args(Role))}")
        case "tags":
            for each in listed:
                if not re.fullmatch(r"[a-z][a-z0-9]*", each):
                    raise BadLayout(f"{where}: {name}: {each!r} is no tag")
        case _:
            for each in listed:
                _check_template(each, where, name, named=check == "address")


def _check_selector(text: str, where: str, name: str) -> None:
    try:
        _ANY.css(text)
    except SelectolaxError as error:
        raise BadLayout(f"{where}: {name}: {text!r} is not a CSS selector") from error


def _check_pattern(text: str, where: str, name: str, groups: int | None = None) -> None:
    try:
        found = re.compile(text).groups
    except re.error as error:
        raise BadLayout(f"{where}: {name}: {text!r} is not a regular expression: {error}") from error
    if _STACKED.search(text):
        raise BadLayout(f"{where}: {name}: a repeated group holds a repetition, which can take for ever")
    if groups is not None and found != groups:
        raise BadLayout(f"{where}: {name}: exactly one group is wanted, {text!r} has {found}")


def _check_replacement(pair: tuple[str, str], where: str, name: str) -> None:
    _check_pattern(pair[0], where, name)
    known = re.compile(pair[0]).groups
    used = [int(number) for number in re.findall(r"\\(\d+)", pair[1])]
    if re.search(r"\\(?!\d)", pair[1]) or any(number > known for number in used):
        raise BadLayout(
            f"{where}: {name}: {pair[1]!r} may name the {known} groups of the expression (\\1), nothing else"
        )


def _check_source(text: str, where: str, name: str) -> None:
    how, _, what = text.partition(":")
    if how in ("path", "argument"):
        _check_pattern(what, where, name, groups=1)
    elif not re.fullmatch(r"query:[^\s=&]+|call:\d{1,2}|attr:[\w-]+", text):
        raise BadLayout(
            f"{where}: {name}: must be query:NAME, path:REGEX, call:N, argument:REGEX or attr:NAME, not {text!r}"
        )


def _check_template(text: str, where: str, name: str, *, named: bool) -> None:
    """An address with ``{key}``, or with ``{0}``, ``{1}`` … for the arguments of a call."""
    places = r"\{key\}" if named else r"\{\d\}"
    if re.search(r"[{}]", re.sub(places, "", text)) or (named and "{key}" not in text):
        raise BadLayout(f"{where}: {name}: {'{key}' if named else '{0}, {1} …'} is the only place to fill in {text!r}")


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        plain = {}
        for part in dataclasses.fields(value):
            held = getattr(value, part.name)
            default = part.default_factory() if part.default_factory is not dataclasses.MISSING else part.default
            if held != default:
                plain[part.name] = _plain(held)
        return plain
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _named(value: Any) -> str:
    names = {dict: "a table", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)
