"""Months as a line of bars. Pure.

A month without a post is a dot when the lists of it were read, a question mark when they were not, or not all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

BARS = "▁▂▃▄▅▆▇█"
NOTHING, NEVER = "·", "?"


def sparkline(months: Sequence[Mapping[str, Any]], width: int) -> str:
    """The last ``width`` months, one sign each; the busiest of them is the highest bar."""
    shown = months[-width:] if width > 0 else ()
    most = max((month["posts"] for month in shown), default=0)
    return "".join(_sign(month, most) for month in shown)


def _sign(month: Mapping[str, Any], most: int) -> str:
    if month["posts"]:
        return BARS[-(-len(BARS) * month["posts"] // most) - 1]
    return NOTHING if month["fetched"] == "whole" else NEVER
