"""How ``doctor`` tells what it found: one line a fact, and the JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from scraper.console.text import safe_text, say

if TYPE_CHECKING:
    from scraper.archive.health import Fact

_STYLES = {"ok": "green", "undone": "yellow", "damaged": "red"}


def show_facts(facts: Sequence[Fact]) -> None:
    """One line each: how it is, what was looked at, what mends it."""
    for fact in facts:
        mend = f": {fact.next_step}" if fact.next_step else ""
        say(f"{fact.level:8} {fact.name:13} {safe_text(fact.told)}{mend}", _STYLES[fact.level])


def health_values(facts: Sequence[Fact], code: int) -> dict[str, Any]:
    """The object that ``doctor --json`` prints."""
    return {"facts": [asdict(fact) for fact in facts], "exit_code": code}
