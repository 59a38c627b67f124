"""Going through a board's list. A walk saves every page before the next; a night that reads some, all at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scraper.archive.store import Archive
from scraper.errors import LayoutChanged
from scraper.models import Ask, Board, Known, Listing, Stretch, Unseen
from scraper.page.layout import Layout
from scraper.sync import plan
from scraper.sync.ending import Ending
from scraper.sync.identify import Identifier
from scraper.sync.ledger import LISTED, Debt, debt_of, first_pages
from scraper.sync.lister import Lister, Looked
from scraper.sync.options import Options
from scraper.sync.patrol import Patrol, look
from scraper.sync.pulse import Pulse
from scraper.sync.ruler import ruler_of
from scraper.sync.seams import borders_of
from scraper.sync.source import Kept, Source
from scraper.sync.walked import Walked

AGAIN = 2
"""How many whole walks are made at most when their end, or the board's total, does not fit what was seen."""

Follow = Ask | plan.Stop | plan.Back | plan.Stuck


class Walker(Lister):
    """One board's list in one run."""

    def __init__(
        self, archive: Archive, source: Source, board: Board, layout: Layout, run_id: int, pulse: Pulse
    ) -> None:
        super().__init__(archive, source, board, layout, run_id, pulse)
        self._options = Options()
        self._ending = Ending(board.slug, layout.list.total_counts_notices)

    def go(self, options: Options) -> Walked:
        """Finish an unfinished walk, else look at page 1 and walk on if anything changed there."""
        self._options = options
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
        walk, follow = self._onward(*plan.advance(plan.Walk(), seen))
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
        pages: list[Looked] = []
        try:
            while True:
                sight = ruler.sight(seen)
                if sight is None:
                    self._archive.save_outcome(kept.capture_id, "superseded")
                    return False
                patrol, follow = look(patrol, sight)
                pages.append((kept, listing, seen))
                if isinstance(follow, plan.Stop):
                    break
                ask = self._first if follow == 1 else self._page_ask(follow)
                if ask is None:
                    return False
                kept, listing = self._read(ask)
                seen = plan.seen_of(listing, plan.page_shown(listing, follow))
            self.walked.absent = patrol.map.absent() if follow.sure and patrol.is_sure else []
            unseen = self._unseen({} if ruler.is_counted else patrol.map.placed(), known)
            read, pages = pages, []
            self._save_all(read, self._run_id, is_last=patrol.is_sure, unseen=unseen)
        finally:  # a walk follows, or the end came: what was seen is known all the same
            if pages:
                self._save_all(pages, self._run_id, is_last=False)
        return True

    def _unseen(self, placed: Mapping[str, int | None], known: Mapping[str, Known]) -> Unseen:
        """What goes into the archive with the last page: a run that ends here has nothing left to find out."""
        gone, options = self.walked.absent, self._options
        held = sum(post.state in LISTED for post in known.values())
        is_believed = options.confirm or not plan.is_held(len(gone), held, share=options.hold_share)
        is_judged = is_believed and options.since is None and options.until is None
        return Unseen({key: at for key, at in placed.items() if key not in gone}, tuple(gone) if is_judged else ())

    def _resumed(self, stretches: list[Stretch]) -> tuple[plan.Walk, Follow]:
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
        later = frozenset(key for stretch in stretches[len(walked) :] for key in stretch.keys)
        walk = replace(walk, passed=later - keys)  # of another walk that broke off: they came after this one's end
        if listing.next is None or any(each.is_last for each in stretches):
            return walk, plan.Stop("the last page")
        return walk, listing.next

    def _walk_on(self, walk: plan.Walk, follow: Follow, number: int) -> tuple[plan.Walk, plan.Stop]:
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
                walk, follow = self._onward(*plan.rejoin(walk, seen))
                self._save(kept, listing, seen, number, is_last=plan.is_end(follow))
                continue
            page += 1
            asks[page] = follow
            ahead = self._ending.ahead.pop(follow, None)
            kept, listing = ahead if ahead is not None else self._read(follow)
            seen = plan.seen_of(listing, page)
            walk, follow = self._onward(*plan.advance(walk, seen))
            if isinstance(follow, plan.Back | plan.Stuck):
                self._archive.save_outcome(kept.capture_id, "superseded")
            else:
                self._save(kept, listing, seen, number, is_last=plan.is_end(follow))
        return walk, follow

    def _onward(self, walk: plan.Walk, follow: Follow) -> tuple[plan.Walk, Follow]:
        """The walk, and what follows; what the pager calls the end is looked behind if it is in doubt."""
        self._ending.see(walk.last)
        if not isinstance(follow, plan.Stop) or walk.last is None or walk.last.next is not None:
            return walk, follow
        document = self._document
        end = self._ending.look(walk, self._page_ask(walk.last.page + 1), self._read)
        self._document = document
        if end.ask is None and end.said is not None:
            self._pulse.say(end.said)
        self.walked.open_end = end.said if end.is_open else None
        return walk, end.ask or follow

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
            if not left or (balanced is not False and proven):
                break
            kept, listing, seen = self._look(self._first, 1)
            walk, follow = self._onward(*plan.advance(plan.Walk(), seen))
            self._save(kept, listing, seen, number, is_last=plan.is_end(follow))
            walk, stop = self._walk_on(walk, follow, number)
        if balanced is False:
            total, listed = walk.last.total if walk.last else None, len(walk.keys | walk.pinned)
            self._pulse.say(f"{self._board.slug}: the board says it has {total} posts, {listed} are listed")
        if not proven:
            return
        passed = walk.passed | self._passed(walk, number)
        rows = self.walked.rows  # also of an earlier walk of this run: what was listed tonight is not absent
        pinned = frozenset(key for key, row in rows.items() if row.is_notice)
        self.walked.passing = (frozenset(rows) | walk.passed) - walk.keys - walk.pinned
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
            walk = replace(walk, last=seen, keys=walk.keys | set(seen.keys), pinned=walk.pinned | seen.pinned)
            self._save(kept, listing, seen, number, is_last=page == 1 and not fresh and proven)
        return self._top_up(walk, number, proven=sure, sure=sure) if page > 1 or fresh else walk
