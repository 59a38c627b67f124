"""How counts are said in sentences. Pure."""

from __future__ import annotations


def many(number: int, one: str, more: str | None = None) -> str:
    """ "1 post", "2 posts", "1,204 posts". ``more``: the plural, where an s does not make it."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
