"""Going through a board's list, page by page; every page is saved before the next is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from scraper.archive.store import Archive
from scraper.errors import LayoutChanged
from scraper.models import Ask, Board, Known, Listing, Row, Stretch
from scraper.page.layout import Layout
from scraper.sync import plan
from scraper.sync.judge import judge_listing
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.source import Kept, Source

AGAIN = 2
"""How many whole walks are made at most when the board's total does not fit what was seen."""


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
    """The finished walk; None when page 1 was enough."""
    unread: list[str] = field(default_factory=list)
    """Lines that look like rows but open no post."""


class Walker:
    """One board's list in one run."""

    def __init__(
        self, archive: Archive, source: Source, board: Board, layout: Layout, run_id: int, pulse: Pulse
    ) -> None:
        self._archive = archive
        self._source = source
        self._board = board
        self._layout = layout
        self._run_id = run_id
        self._pulse = pulse
        self._first = Ask(board.url, "listing")
        self.walked = Walked()

    def go(self, options: Options) -> Walked:
        """Finish an unfinished walk, else look at page 1 and walk on if anything changed there."""
        stretches = self._archive.find_coverage(self._board.id)
        last = stretches[-1] if stretches else None
        done = self._archive.find_first_walk_done_at(self._board.id) is not None
        if not done and last is not None:
            walk, follow = self._resumed([each for each in stretches if each.walk == last.walk])
            self._finish(self._walk_on(walk, follow, last.walk), last.walk)
            return self.walked
        kept, listing = self._read(self._first)
        seen = plan.seen_of(listing, 1)
        complete = last is not None and last.is_last and last.page == 1
        if complete and not options.whole and plan.is_quiet(last, seen):
            self._save(kept, listing, seen, self._run_id, is_last=True)
            return self.walked
        walk, follow = plan.advance(plan.Walk(), seen)
        self._save(kept, listing, seen, self._run_id, is_last=isinstance(follow, plan.Stop))
        self._finish(self._walk_on(walk, follow, self._run_id), self._run_id)
        return self.walked

    def _resumed(self, stretches: list[Stretch]) -> tuple[plan.Walk, Ask | plan.Stop | plan.Back | plan.Stuck]:
        """A walk as an interrupted run left it, and what follows: its last page is read again from the archive."""
        last = stretches[-1]
        listing, _ = judge_listing(self._archive.find_page(last.capture_id), self._layout)
        self._pulse.pages(len(stretches), listing.last_page)
        keys = frozenset(key for stretch in stretches for key in stretch.keys)
        known = self._archive.find_known(self._board.id)
        pinned = frozenset(post.key for post in known.values() if post.is_notice)
        self.walked.total = listing.total
        walk = plan.Walk(plan.seen_of(listing, last.page), keys, pinned, len({each.page for each in stretches}))
        if last.is_last or listing.next is None:
            return walk, plan.Stop("the last page")
        return walk, listing.next

    def _walk_on(self, walk: plan.Walk, follow: Ask | plan.Stop | plan.Back | plan.Stuck, number: int) -> plan.Walk:
        """From page to page until the plan says stop."""
        page = walk.last.page if walk.last else 1
        asks = {page + 1: follow} if isinstance(follow, Ask) else {}
        while not isinstance(follow, plan.Stop):
            if isinstance(follow, plan.Stuck):
                raise LayoutChanged(self._board.url, f"page {page}", follow.wanted, follow.found)
            if isinstance(follow, plan.Back):
                page = follow.page
                kept, listing = self._read(asks.get(page, self._first))
                seen = plan.seen_of(listing, page)
                walk = plan.Walk(
                    seen, walk.keys | set(seen.keys), walk.pinned | seen.pinned, walk.pages, walk.rereads, walk.barren
                )
                self._save(kept, listing, seen, number, is_last=listing.next is None)
                follow = listing.next if listing.next is not None else plan.Stop("the last page")
                continue
            page += 1
            asks[page] = follow
            kept, listing = self._read(follow)
            seen = plan.seen_of(listing, page)
            walk, follow = plan.advance(walk, seen)
            if not isinstance(follow, plan.Back):
                self._save(kept, listing, seen, number, is_last=isinstance(follow, plan.Stop))
            else:
                self._archive.save_outcome(kept.capture_id, "superseded")
        return walk

    def _finish(self, walk: plan.Walk, number: int) -> None:
        """Page 1 once more after a walk of many pages; another walk when the board's total does not fit."""
        for left in reversed(range(AGAIN)):
            if walk.pages > 1:
                walk = self._top_up(walk, number)
            balanced = plan.is_balanced(walk, counts_notices=self._layout.list.total_counts_notices)
            if balanced is not False:
                break
            total = walk.last.total if walk.last else None
            if not left:
                listed = len(walk.keys | walk.pinned)
                self._pulse.say(f"{self._board.slug}: the board says it has {total} posts, {listed} are listed")
                break
            kept, listing = self._read(self._first)
            seen = plan.seen_of(listing, 1)
            walk, follow = plan.advance(plan.Walk(), seen)
            self._save(kept, listing, seen, number, is_last=isinstance(follow, plan.Stop))
            walk = self._walk_on(walk, follow, number)
        self.walked.whole = walk

    def _top_up(self, walk: plan.Walk, number: int) -> plan.Walk:
        """What came on top while the list was walked."""
        follow: Ask | None = self._first
        page = 0
        while follow is not None:
            page += 1
            kept, listing = self._read(follow)
            seen = plan.seen_of(listing, page)
            fresh = bool(set(seen.keys) - walk.keys)
            follow = listing.next if fresh else None
            walk = plan.Walk(seen, walk.keys | set(seen.keys), walk.pinned | seen.pinned, walk.pages)
            self._save(kept, listing, seen, number, is_last=page == 1 and not fresh)
        if page > 1:
            return self._top_up(walk, number)
        return walk

    def _read(self, ask: Ask) -> tuple[Kept, Listing]:
        kept = self._source.fetch_page(ask)
        listing, document = judge_listing(kept.page, self._layout)
        self._pulse.charset = document.charset
        return kept, listing

    def _save(self, kept: Kept, listing: Listing, seen: plan.Seen, number: int, *, is_last: bool) -> None:
        stretch = Stretch(
            walk=number,
            page=seen.page,
            url=kept.page.url,
            capture_id=kept.capture_id,
            total=seen.total,
            keys=seen.keys,
            first_number=seen.first_number,
            last_number=seen.last_number,
            seen_at=kept.page.seen_at,
            is_last=is_last,
        )
        before = {
            known.key: known for known in self._archive.save_listing(self._board.id, kept.capture_id, listing, stretch)
        }
        walked = self.walked
        walked.total = listing.total if listing.total is not None else walked.total
        walked.unread.extend(text for text in listing.unread if text not in walked.unread)
        for row in listing.rows:
            known = before.get(row.key)
            self._count(row, known)
            if row.key not in walked.rows or not row.is_notice:
                walked.rows[row.key] = row
                walked.captures[row.key] = kept.capture_id
        self._pulse.pages(self._pulse.pages_done + 1, listing.last_page)
        self._pulse.meaning = listing.number_meaning if listing.number_meaning != "none" else self._pulse.meaning

    def _count(self, row: Row, known: Known | None) -> None:
        walked = self.walked
        if known is None:
            walked.new += row.key not in walked.rows
        elif known.state in ("missing", "gone"):
            walked.returned += 1
            walked.changed.add(row.key)
        elif known.version and plan.is_changed(row, known):
            walked.changed.add(row.key)
