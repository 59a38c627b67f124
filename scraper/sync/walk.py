"""Going through a board's list, page by page; every page is saved before the next is asked for."""

from __future__ import annotations

from dataclasses import replace

from scraper.archive.store import Archive
from scraper.errors import LayoutChanged, PageError, Truncated, Walled
from scraper.models import Ask, Board, Known, Listing, Page, Row, Stretch
from scraper.page.document import Document
from scraper.page.feed import feed_ask
from scraper.page.layout import Layout
from scraper.page.pager import page_ask
from scraper.sync import plan
from scraper.sync.identify import Identifier
from scraper.sync.judge import judge_listing
from scraper.sync.ledger import LISTED, Debt, debt_of, first_pages
from scraper.sync.options import Options
from scraper.sync.patrol import Patrol, look
from scraper.sync.pulse import Pulse
from scraper.sync.ruler import ruler_of
from scraper.sync.seams import borders_of
from scraper.sync.source import Kept, Source
from scraper.sync.walked import Walked

AGAIN = 2
"""How many whole walks are made at most when their end, or the board's total, does not fit what was seen."""


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
        self._document: Document | None = None
        self._identifier = Identifier(archive, source, board, layout, Options())
        self.walked = Walked()

    def go(self, options: Options) -> Walked:
        """Finish an unfinished walk, else look at page 1 and walk on if anything changed there."""
        self._identifier = Identifier(self._archive, self._source, self._board, self._layout, options)
        stretches = self._archive.find_coverage(self._board.id)
        last = stretches[-1] if stretches else None
        done = self._archive.find_first_walk_done_at(self._board.id) is not None
        if not done and last is not None:
            walk, follow = self._resumed([each for each in stretches if each.walk == last.walk])
            self._finish(*self._walk_on(walk, follow, last.walk), last.walk)
            return self.walked
        kept, listing, seen = self._look(self._first, 1)
        if done and stretches and not options.whole:
            if self._patrolled(kept, listing, seen, stretches):
                return self.walked
            kept, listing, seen = self._look(self._first, 1)
        walk, follow = plan.advance(plan.Walk(), seen)
        self._save(kept, listing, seen, self._run_id, is_last=plan.is_end(follow))
        self._finish(*self._walk_on(walk, follow, self._run_id), self._run_id)
        return self.walked

    def _patrolled(self, kept: Kept, listing: Listing, seen: plan.Seen, stretches: list[Stretch]) -> bool:
        """The pages that may hide a change, beginning with page 1; False when the whole list has to be walked."""
        same = plan.is_quiet(next(iter(first_pages(stretches)[-1:]), None), seen)
        known = self._archive.find_known(self._board.id)
        ruler = ruler_of(seen, known, stretches)
        debt = debt_of(known, ruler.belief.places, stretches, kept.page.seen_at, ruler.shortest(seen), same=same)
        if same and debt == Debt():
            self._save(kept, listing, seen, self._run_id, is_last=True)
            return True
        belief = replace(ruler.belief, is_grounded=ruler.belief.is_grounded and not debt.end)
        patrol = Patrol(belief, debt.pages, debt.keys, debt.round)
        while True:
            sight = ruler.sight(seen)
            if sight is None:
                self._archive.save_outcome(kept.capture_id, "superseded")
                return False
            patrol, follow = look(patrol, sight)
            is_end = isinstance(follow, plan.Stop)
            self._save(kept, listing, seen, self._run_id, is_last=is_end and patrol.is_sure)
            if isinstance(follow, plan.Stop):
                break
            ask = self._first if follow == 1 else self._page_ask(follow)
            if ask is None:
                return False
            kept, listing = self._read(ask)
            seen = plan.seen_of(listing, min(follow, listing.page or follow))
        self.walked.absent = patrol.map.absent() if follow.sure and patrol.is_sure else []
        if not ruler.is_counted:
            placed = patrol.map.placed()
            gone = set(self.walked.absent)
            self._archive.save_numbers(self._board.id, {key: at for key, at in placed.items() if key not in gone})
        return True

    def _page_ask(self, page: int) -> Ask | None:
        return page_ask(self._document, self._layout, page) if self._document is not None else None

    def _resumed(self, stretches: list[Stretch]) -> tuple[plan.Walk, Ask | plan.Stop | plan.Back | plan.Stuck]:
        """A walk as an interrupted run left it, and what follows: its last page is read again from the archive."""
        last = stretches[-1]
        listing = self._read_again(last.capture_id)
        self._pulse.pages(len(stretches), listing.last_page)
        ends = [place for place, stretch in enumerate(stretches, start=1) if stretch.is_last]
        walked = stretches[: ends[-1]] if ends else stretches  # a look at the top that broke off is made again
        keys = frozenset(key for stretch in walked for key in stretch.keys)
        known = self._archive.find_known(self._board.id)
        pinned = frozenset(post.key for post in known.values() if post.is_notice)
        self.walked.total = listing.total
        walk = plan.Walk(plan.seen_of(listing, last.page), keys, pinned, len({each.page for each in stretches}))
        if listing.next is None or any(each.is_last for each in stretches):
            return walk, plan.Stop("the last page")
        return walk, listing.next

    def _walk_on(
        self, walk: plan.Walk, follow: Ask | plan.Stop | plan.Back | plan.Stuck, number: int
    ) -> tuple[plan.Walk, plan.Stop]:
        """From page to page until the plan says stop."""
        page = walk.last.page if walk.last else 1
        asks = {page + 1: follow} if isinstance(follow, Ask) else {}
        while not isinstance(follow, plan.Stop):
            if isinstance(follow, plan.Stuck):
                follow = self._unstuck(follow, walk)
                continue
            if isinstance(follow, plan.Back):
                page, ask = self._back(follow.page, asks)
                kept, listing, seen = self._look(ask, page)
                walk, follow = plan.rejoin(walk, seen)
                self._save(kept, listing, seen, number, is_last=plan.is_end(follow))
                continue
            page += 1
            asks[page] = follow
            kept, listing, seen = self._look(follow, page)
            walk, follow = plan.advance(walk, seen)
            if isinstance(follow, plan.Back | plan.Stuck):
                self._archive.save_outcome(kept.capture_id, "superseded")
            else:
                self._save(kept, listing, seen, number, is_last=plan.is_end(follow))
        return walk, follow

    def _unstuck(self, stuck: plan.Stuck, walk: plan.Walk) -> plan.Stop:
        """Page 2 shows what page 1 showed: because a whole page of new posts came on top, or LayoutChanged."""
        kept, listing = self._read(self._first)
        self._archive.save_outcome(kept.capture_id, "superseded")
        if walk.last is None or plan.seen_of(listing, 1).keys == walk.last.keys:
            raise LayoutChanged(self._board.url, "page 2", stuck.wanted, stuck.found)
        return plan.Stop("new posts on top", sure=False)

    def _back(self, page: int, asks: dict[int, Ask]) -> tuple[int, Ask]:
        """How a page is asked for once more; page 1, when a resumed walk cannot tell."""
        ask = asks.get(page)
        if ask is None and page > 1:
            ask = self._page_ask(page)
        return (page, ask) if ask is not None else (1, self._first)

    def _finish(self, walk: plan.Walk, stop: plan.Stop, number: int) -> None:
        """Page 1 once more after a walk of many pages; another walk when its end or its sum is in doubt.

        A walk whose end remains in doubt is no walk over the whole list: later nights go on with it.
        """
        for left in reversed(range(AGAIN)):
            before = walk.keys
            if walk.pages > 1:
                walk = self._top_up(walk, number, proven=True, sure=stop.sure)
            balanced = plan.is_balanced(walk, counts_notices=self._layout.list.total_counts_notices)
            proven = stop.sure or walk.keys == before
            if balanced is not False and proven:
                break
            if not left:
                total, listed = walk.last.total if walk.last else None, len(walk.keys | walk.pinned)
                if balanced is False:
                    self._pulse.say(f"{self._board.slug}: the board says it has {total} posts, {listed} are listed")
                break
            kept, listing, seen = self._look(self._first, 1)
            walk, follow = plan.advance(plan.Walk(), seen)
            self._save(kept, listing, seen, number, is_last=plan.is_end(follow))
            walk, stop = self._walk_on(walk, follow, number)
        if not proven:
            return
        passed = self._passed(walk, number)
        rows = self.walked.rows  # also of an earlier walk of this run: what was listed tonight is not absent
        pinned = frozenset(key for key, row in rows.items() if row.is_notice)
        keys = walk.keys | (rows.keys() - pinned)
        self.walked.whole = replace(walk, keys=keys, pinned=walk.pinned | pinned, passed=passed)

    def _passed(self, walk: plan.Walk, number: int) -> frozenset[str]:
        """Posts that a finished walk may have passed by: the page above the border that they may have slid over is
        read again, and does not show what it showed before."""
        known = self._archive.find_known(self._board.id)
        absent = {post.key for post in plan.absent(known, walk)} - self.walked.rows.keys()
        listed = frozenset(key for key, post in known.items() if post.state in LISTED)
        stretches = self._archive.find_coverage(self._board.id)
        borders = borders_of(stretches, number, absent, listed)
        latest = {each.page: each for each in stretches if each.walk == number}
        moved: set[int] = set()
        for page in sorted(set(borders.values())):
            if not self._is_still(latest[page], number, is_last=not moved):
                moved.add(page)
        return frozenset(key for key, page in borders.items() if page in moved)

    def _is_still(self, stretch: Stretch, number: int, *, is_last: bool) -> bool:
        """Whether a page shows what it showed when the walk passed it. ``is_last``: if so, the walk is over."""
        ask = self._page_ask(stretch.page) if stretch.page > 1 else self._first
        if ask is None:
            return False
        kept, listing, seen = self._look(ask, stretch.page)
        still = (seen.keys, seen.total) == (stretch.keys, stretch.total)
        self._save(kept, listing, seen, number, is_last=still and is_last)
        return still

    def _top_up(self, walk: plan.Walk, number: int, *, proven: bool, sure: bool) -> plan.Walk:
        """What came on top while the list was walked. ``proven``: if nothing did, the walk is over; that new posts
        came does no harm where its end is ``sure``."""
        follow: Ask | None = self._first
        page, fresh = 0, False
        while follow is not None:
            page += 1
            kept, listing, seen = self._look(follow, page)
            fresh = bool(set(seen.keys) - walk.keys)
            follow = listing.next if fresh else None
            walk = plan.Walk(seen, walk.keys | set(seen.keys), walk.pinned | seen.pinned, walk.pages)
            self._save(kept, listing, seen, number, is_last=page == 1 and not fresh and proven)
        return self._top_up(walk, number, proven=sure, sure=sure) if page > 1 or fresh else walk

    def _read_again(self, capture_id: int) -> Listing:
        """A list page that was read before, out of the archive."""
        return self._identified(self._judged(self._archive.find_page(capture_id)))

    def _judged(self, page: Page) -> Listing:
        listing, self._document = judge_listing(page, self._layout)
        self.walked.feed = feed_ask(self._document, self._layout) or self.walked.feed
        self._pulse.charset = self._document.charset
        return listing

    def _read(self, ask: Ask) -> tuple[Kept, Listing]:
        kept = self._source.fetch_page(ask)
        try:
            listing = self._judged(kept.page)
        except (PageError, Truncated) as error:
            self._archive.save_outcome(kept.capture_id, f"wall:{error.wall}" if isinstance(error, Walled) else "failed")
            raise
        return kept, self._identified(listing)

    def _look(self, ask: Ask, page: int) -> tuple[Kept, Listing, plan.Seen]:
        kept, listing = self._read(ask)
        return kept, listing, plan.seen_of(listing, page)

    def _identified(self, listing: Listing) -> Listing:
        """The rows under the keys of their posts, also where the list links them by addresses only."""
        listing = self._identifier.identify(listing)
        self.walked.changed |= self._identifier.opened
        return listing

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
        pinned = {key for key, row in self.walked.rows.items() if row.is_notice}
        if any(row.key in pinned and not row.is_notice for row in listing.rows):  # pinned on another page
            rows = (replace(row, is_notice=row.is_notice or row.key in pinned) for row in listing.rows)
            listing = replace(listing, rows=tuple(rows))
        before = {
            known.key: known for known in self._archive.save_listing(self._board.id, kept.capture_id, listing, stretch)
        }
        walked = self.walked
        walked.total = listing.total if listing.total is not None else walked.total
        walked.unread.extend(text for text in listing.unread if text not in walked.unread)
        for row in listing.rows:
            known = before.get(row.key)
            self._count(row, known)
            if row.key not in walked.rows or row.number is not None or not row.is_notice:
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
