"""What the one who starts a run asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Options:
    """Of one run; the same for every board in it."""

    recheck: timedelta | None = None
    """Read again what was last read longer ago, its files too. Zero: everything, and walk the whole list."""
    whole: bool = False
    """Walk the whole list even when page 1 shows nothing new."""
    retry: bool = False
    """Try failed posts and files again at once, whatever their gap."""
    confirm: bool = False
    """Mark as missing even when suspiciously many posts vanished at once."""
    limit: int | None = None
    """Read at most so many articles."""
    since: date | None = None
    until: date | None = None
    """Read only articles posted in this stretch (KST); what lies outside stays listed and unread."""
