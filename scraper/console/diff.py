"""What changed between two texts, as a terminal shows it. Every piece is safe for it."""

from __future__ import annotations

from scraper.console.text import safe_text
from scraper.korean import diff
from scraper.korean.diff import Piece


def changes(before: str, after: str) -> list[Piece]:
    """The difference of what a terminal may show of two texts, in reading order."""
    return diff.changes(safe_text(before), safe_text(after))


def marked(pieces: list[Piece]) -> str:
    """As text without colours: [-gone-] and {+new+}."""
    line = ""
    for kind, text, joined in pieces:
        shown = {"same": text, "gone": f"[-{text}-]", "new": f"{{+{text}+}}"}[kind]
        line += shown if joined or not line else f" {shown}"
    return line
