"""How a repair is shown: which layout is proposed, what it reads otherwise, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scraper.console.text import print_table, safe_text, say

_SHOWN = 40
_WIDTH = 60


def show_repair(found: Mapping[str, Any]) -> None:
    """The proposal and its differences, one value a line."""
    if found["new"] is None:
        say(f"{found['board']}: its layout {found['old']} still reads its pages; nothing to repair")
        return
    say(f"{found['board']}: {found['old']} -> {found['new']}, confidence {found['confidence']:.2f}")
    for reason in found["reasons"]:
        say(f"  {safe_text(reason)}")
    say(
        f"  {found['alike']} kept pages read the same, {found['older']} of the old face are not read any more, "
        f"{found['proofs']} archived posts read in the new face"
    )
    differences = found["differences"]
    if differences:
        columns = ("post", "page", "field", "held", "read now")
        rows = [
            (
                each["key"],
                f"{each['where']}, {'today' if each['capture_id'] is None else 'capture ' + str(each['capture_id'])}",
                each["field"],
                safe_text("" if each["held"] is None else each["held"], _WIDTH),
                safe_text("" if each["found"] is None else each["found"], _WIDTH),
            )
            for each in differences[:_SHOWN]
        ]
        print_table(columns, rows)
        if len(differences) > _SHOWN:
            say(f"  and {len(differences) - _SHOWN} more; --json prints them all")
