"""A layout as TOML text that ``load_layout`` takes back: what ``sinmungo layout`` prints."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from scraper.page.layout import Layout, layout_values

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def layout_toml(layout: Layout) -> str:
    """Every value that differs from the default, one a line, tables after values."""
    lines: list[str] = []
    _write(lines, layout_values(layout), "")
    return "\n".join(lines) + "\n"


def _write(lines: list[str], table: Mapping[str, Any], path: str) -> None:
    tables = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lines.extend(f"{_key(key)} = {_inline(value)}" for key, value in table.items() if key not in tables)
    for key, value in tables.items():
        name = f"{path}.{_key(key)}" if path else _key(key)
        lines.extend(("", f"[{name}]"))
        _write(lines, value, name)


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        inside = ", ".join(_inline(each) for each in value)
        return f"[{inside}]"
    if isinstance(value, str) and "'" not in value and "\\" in value and "\n" not in value:
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
