"""Is the last page that a pager offers the last one that there is?

Where nothing but the pager says so, the page after it is asked for: a pager may be misread, and what it hides would be
missing for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from scraper.errors import FetchError, PageError
from scraper.models import Ask, Listing
from scraper.sync import plan
from scraper.sync.said import many
from scraper.sync.source import Kept

Doubt = Literal["rank", "total", "full"]
"""The last row is not the first post by its number; the board counts more than were listed; or the last page is as full
as any, and neither number nor total tells more."""
Beyond = Literal["other", "nothing", "repeated", "unasked"]
"""What the page after the last shows: other posts, none or no list, those of the last page once more; or it was not
asked for, or shows some earlier page."""
Read = Callable[[Ask], tuple[Kept, Listing]]


@dataclass(frozen=True, slots=True)
class End:
    """What was found behind a last page. ``ask``: more posts, by the page after it."""

    ask: Ask | None = None
    said: str | None = None
    is_open: bool = False
    """Older posts may be there, and nothing leads to them."""


class Ending:
    """One run's. ``ahead``: pages that were read to look behind an end, and that the walk goes on with."""

    def __init__(self, slug: str, counts_notices: bool) -> None:
        self._slug = slug
        self._counts_notices = counts_notices
        self._fullest = 0
        self.ahead: dict[Ask, tuple[Kept, Listing]] = {}

    def see(self, seen: plan.Seen | None) -> None:
        """A page of the walk: how many posts a full one holds."""
        self._fullest = max(self._fullest, len(seen.keys) if seen else 0)

    def look(self, walk: plan.Walk, ask: Ask | None, read: Read) -> End:
        """Look behind the last page of a walk, if its end is in doubt. ``ask``: how the page after it is asked for."""
        doubt = doubt_of(walk, self._fullest, counts_notices=self._counts_notices)
        if doubt is None:
            return End()
        found: Beyond = "unasked"
        if ask is not None:
            try:
                kept, listing = read(ask)
            except (FetchError, PageError):  # a board may answer with anything there
                found = "nothing"
            else:
                found = beyond(walk, [row.key for row in listing.rows if not row.is_notice])
                if found == "other":
                    self.ahead[ask] = kept, listing
                    return End(ask)
        return verdict(self._slug, walk, doubt, found)


def doubt_of(walk: plan.Walk, fullest: int, *, counts_notices: bool) -> Doubt | None:
    """What speaks against the end of a walk; None when it is sure. ``fullest``: the most posts on a page."""
    last = walk.last
    if last is None or not last.keys:
        return None
    if last.total is not None:
        balanced = plan.is_balanced(walk, counts_notices=counts_notices)
        return "total" if balanced is False and len(walk.keys | walk.pinned) < last.total else None
    if last.meaning == "rank" and last.last_number is not None:
        return "rank" if last.last_number > 1 else None
    return "full" if len(last.keys) >= fullest else None


def beyond(walk: plan.Walk, shown: Collection[str]) -> Beyond:
    """What the keys on the page after the last mean; none for a page that is no list."""
    if not shown:
        return "nothing"
    if set(shown) - walk.keys - walk.pinned:
        return "other"
    return "repeated" if walk.last is not None and set(walk.last.keys) <= set(shown) else "unasked"


def verdict(slug: str, walk: plan.Walk, doubt: Doubt, found: Beyond) -> End:
    """What is said of an end behind which nothing was found; a total that does not add up is the balance sheet's."""
    last = walk.last
    if doubt == "rank" and last is not None:
        said = f"{slug}: its list ends at number {last.last_number}"
        if found == "unasked":
            return End(said=f"{said}, and no page of older posts could be asked for", is_open=True)
        return End(said=f"{said}; the page after it shows no older post")
    if doubt == "full" and found == "unasked":
        count = len(walk.keys | walk.pinned)
        told = many(count, "post is", "posts are")
        return End(said=f"{slug}: {told} listed; neither a total nor a pager tells whether there are more")
    return End()
