"""What the one who starts a run asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from scraper.sync.plan import HOLD_SHARE


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
    """Accept that suspiciously many posts vanished or read differently, and that the balance sheet does not balance."""
    hold_share: float = HOLD_SHARE
    """Of the posts held: when more than so many vanish at once, and more than a few, it is held until ``confirm``."""
    limit: int | None = None
    """Read at most so many articles."""
    since: date | None = None
    until: date | None = None
    """Read only articles posted in this stretch (KST); what lies outside stays listed and unread."""
