"""Small pieces of markup that the skins share."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil
from typing import Literal

from scraper.fakeboard.files import FakeFile

Block = Literal["text", "table", "quote"]


def text(value: str) -> str:
    """Escaped for HTML as PHP does it: quotes too."""
    return escape(value, quote=True)


def blocks(body: str) -> Iterator[tuple[Block, str]]:
    """The paragraphs of a plain body with their kinds."""
    for paragraph in body.split("\n\n"):
        if "\t" in paragraph:
            yield "table", paragraph
        elif paragraph.startswith("『") and paragraph.endswith("』"):
            yield "quote", paragraph
        else:
            yield "text", paragraph


def table(paragraph: str) -> str:
    """A table inside a body: cells parted by tabs."""
    rows = ("".join(f"<td>{text(cell)}</td>" for cell in line.split("\t")) for line in paragraph.split("\n"))
    return f'<table border="1">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'


def lines(paragraph: str, br: str = "<br>") -> str:
    """Escaped text with its line breaks."""
    return br.join(text(line) for line in paragraph.split("\n"))


def last_page(count: int, page_size: int) -> int:
    """The number of pages; an empty board has one."""
    return max(1, ceil(count / page_size))


def size(file: FakeFile) -> str:
    """A rounded size as boards print it: 607byte, 6.8K, 2.9M."""
    count = len(file.content)
    if count >= 1 << 20:
        return f"{count / (1 << 20):.1f}M"
    return f"{count / 1024:.1f}K" if count >= 1024 else f"{count}byte"
