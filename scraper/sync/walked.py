"""What the list of a board said in one run."""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.models import Ask, Row
from scraper.sync import plan


@dataclass
class Walked:
    """What the list said in this run."""

    rows: dict[str, Row] = field(default_factory=dict)
    captures: dict[str, int] = field(default_factory=dict)
    """By post key: the list page on which its row stands."""
    changed: set[str] = field(default_factory=set)
    """Posts whose row says something else than before."""
    new: int = 0
    returned: int = 0
    total: int | None = None
    whole: plan.Walk | None = None
    """The finished walk over the whole list; None when some of its pages were enough."""
    passing: frozenset[str] = frozenset()
    """Posts that another walk of this run, or of those that it went on from, saw, and the last one did not: they may
    have left in between."""
    absent: list[str] = field(default_factory=list)
    """Posts that the stretch where they would stand no longer shows; of a night that read some pages only."""
    unread: list[str] = field(default_factory=list)
    """Lines that look like rows but open no post."""
    feed: Ask | None = None
    """The board's feed, as its list offers it."""
    open_end: str | None = None
    """Why older posts may be there that the walk could not come to."""
