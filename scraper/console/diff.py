"""What changed between two texts, as a terminal shows it. Every piece is safe for it."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.console.text import safe_text
from scraper.korean.diff import Piece, shortened


def marked(pieces: Iterable[Piece]) -> str:
    """For a terminal, safe and without colours: [-gone-] and {+new+}; long unchanged stretches are cut."""
    line = ""
    for kind, text, joined in shortened(pieces):
        shown = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}[kind].format(safe_text(text))
        line += shown if joined or not line else f" {shown}"
    return line
