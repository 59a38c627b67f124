"""Going through a board's list. A walk saves every page before the next; a night that reads some, all at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scraper.archive.store import Archive
from scraper.errors import LayoutChanged, PageError, Truncated, Walled
from scraper.models import Ask, Board, Known, Listing, Page, Row, Stretch, Unseen
from scraper.page.document import Document
from scraper.page.feed import feed_ask
from scraper.page.layout import Layout
from scraper.page.pager import page_ask
from scraper.sync import plan
from scraper.sync.audit import LISTED
from scraper.sync.ending import Ending
from scraper.sync.identify import Identifier
from scraper.sync.judge import judge_listing
from scraper.sync.ledger import debt_of, first_pages
from scraper.sync.options import Options
from scraper.sync.patrol import Patrol, look
from scraper.sync.pulse import Pulse
from scraper.sync.ruler import ruler_of
from scraper.sync.source import Kept, Source
from scraper.sync.walked import Walked

AGAIN = 2
"""How many whole walks are made at most when their end, or the board's total, does not fit what was seen."""

_Read = tuple[Kept, Listing, plan.Seen]
Follow = Ask | plan.Stop | plan.Back | plan.Stuck


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
        self._options = Options()
        self.walked = Walked()
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
        kept, listing = self._read(self._first)
        seen = plan.seen_of(listing, 1)
        if done and stretches and not options.whole:
            if self._patrolled(kept, listing, seen, stretches):
                return self.walked
            kept, listing = self._read(self._first)
            seen = plan.seen_of(listing, 1)
        walk, follow = self._onward(*plan.advance(plan.Walk(), seen))
        self._save(kept, listing, seen, self._run_id, is_last=isinstance(follow, plan.Stop))
        self._finish(*self._walk_on(walk, follow, self._run_id), self._run_id)
        return self.walked

    def _patrolled(self, kept: Kept, listing: Listing, seen: plan.Seen, stretches: list[Stretch]) -> bool:
        """The pages that may hide a change, beginning with page 1; False when the whole list has to be walked."""
        first = first_pages(stretches)
        is_quiet = stretches[-1].is_last and bool(first) and plan.is_quiet(first[-1], seen)
        known = self._archive.find_known(self._board.id)
        ruler = ruler_of(seen, known, stretches)
        debt = debt_of(known, ruler.belief.places, first, kept.page.seen_at, len(seen.keys), quiet=is_quiet)
        if is_quiet and not debt.pages:
            self._save(kept, listing, seen, self._run_id, is_last=True)
            return True
        patrol = Patrol(ruler.belief, debt.pages, debt.keys)
        pages: list[_Read] = []
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

    def _page_ask(self, page: int) -> Ask | None:
        return page_ask(self._document, self._layout, page) if self._document is not None else None

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
                kept, listing = self._read(ask)
                seen = plan.seen_of(listing, page)
                walk, follow = self._onward(*plan.rejoin(walk, seen))
                self._save(kept, listing, seen, number, is_last=isinstance(follow, plan.Stop))
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
                self._save(kept, listing, seen, number, is_last=isinstance(follow, plan.Stop))
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
        """Page 1 once more after a walk of many pages; another walk when its end or its sum is in doubt."""
        for left in reversed(range(AGAIN)):
            before = walk.keys
            if walk.pages > 1:
                walk = self._top_up(walk, number)
            balanced = plan.is_balanced(walk, counts_notices=self._layout.list.total_counts_notices)
            if not left or (balanced is not False and (stop.sure or walk.keys == before)):
                break
            kept, listing = self._read(self._first)
            seen = plan.seen_of(listing, 1)
            walk, follow = self._onward(*plan.advance(plan.Walk(), seen))
            self._save(kept, listing, seen, number, is_last=isinstance(follow, plan.Stop))
            walk, stop = self._walk_on(walk, follow, number)
        if balanced is False:
            total, listed = walk.last.total if walk.last else None, len(walk.keys | walk.pinned)
            self._pulse.say(f"{self._board.slug}: the board says it has {total} posts, {listed} are listed")
        rows = self.walked.rows  # also of an earlier walk of this run: what was listed tonight is not absent
        pinned = frozenset(key for key, row in rows.items() if row.is_notice)
        self.walked.passing = frozenset(rows) - walk.keys - walk.pinned
        self.walked.whole = replace(walk, keys=walk.keys | (rows.keys() - pinned), pinned=walk.pinned | pinned)

    def _top_up(self, walk: plan.Walk, number: int) -> plan.Walk:
        """What came on top while the list was walked."""
        follow: Ask | None = self._first
        page, fresh = 0, False
        while follow is not None:
            page += 1
            kept, listing = self._read(follow)
            seen = plan.seen_of(listing, page)
            fresh = bool(set(seen.keys) - walk.keys)
            follow = listing.next if fresh else None
            walk = plan.Walk(seen, walk.keys | set(seen.keys), walk.pinned | seen.pinned, walk.pages)
            self._save(kept, listing, seen, number, is_last=page == 1 and not fresh)
        return self._top_up(walk, number) if page > 1 or fresh else walk

    def _read_again(self, capture_id: int) -> Listing:
        """A list page that was read before, out of the archive."""
        return self._identified(self._judged(self._archive.find_page(capture_id)))

    def _judged(self, page: Page) -> Listing:
        listing, document = judge_listing(page, self._layout)
        if self._document is None or listing.next is not None or listing.page not in (None, 1):
            self._document = document  # one whose pager has no other page beside it leads nowhere
        self.walked.feed = feed_ask(document, self._layout) or self.walked.feed
        self._pulse.charset = document.charset
        return listing

    def _read(self, ask: Ask) -> tuple[Kept, Listing]:
        kept = self._source.fetch_page(ask)
        try:
            listing = self._judged(kept.page)
        except (PageError, Truncated) as error:
            self._archive.save_outcome(kept.capture_id, f"wall:{error.wall}" if isinstance(error, Walled) else "failed")
            raise
        return kept, self._identified(listing)

    def _identified(self, listing: Listing) -> Listing:
        """The rows under the keys of their posts, also where the list links them by addresses only."""
        listing = self._identifier.identify(listing)
        self.walked.changed |= self._identifier.opened
        return listing

    def _save(self, kept: Kept, listing: Listing, seen: plan.Seen, number: int, *, is_last: bool) -> None:
        self._save_all([(kept, listing, seen)], number, is_last=is_last)

    def _save_all(self, pages: Sequence[_Read], number: int, *, is_last: bool, unseen: Unseen | None = None) -> None:
        """Pages in the order they were read, in one transaction. The last one tells ``is_last`` and ``unseen``."""
        walked = self.walked
        pinned = {key for key, row in walked.rows.items() if row.is_notice}
        told: list[tuple[int, Listing, Stretch]] = []
        for place, (kept, listing, seen) in enumerate(pages, start=1):
            rows = (replace(row, is_notice=row.is_notice or row.key in pinned) for row in listing.rows)
            listing = replace(listing, rows=tuple(rows))  # pinned on another page
            pinned |= {row.key for row in listing.rows if row.is_notice}
            told.append((kept.capture_id, listing, kept.stretch(seen, number, is_last and place == len(pages))))
        saved = self._archive.save_listings(self._board.id, told, unseen or Unseen())
        for (capture_id, listing, _), known in zip(told, saved, strict=True):
            before = {post.key: post for post in known}
            walked.total = listing.total if listing.total is not None else walked.total
            walked.unread.extend(text for text in listing.unread if text not in walked.unread)
            for row in listing.rows:
                self._count(row, before.get(row.key))
                if row.key not in walked.rows or row.number is not None or not row.is_notice:
                    walked.rows[row.key] = row
                    walked.captures[row.key] = capture_id
            self._pulse.pages(self._pulse.pages_done + 1, listing.last_page)
            self._pulse.meaning = listing.number_meaning if listing.number_meaning != "none" else self._pulse.meaning

    def _count(self, row: Row, known: Known | None) -> None:
        walked = self.walked
        if known is None:
            walked.new += row.key not in walked.rows
        elif known.state in ("missing", "gone"):
            walked.returned += 1
            walked.changed.add(row.key)
        elif (known.version or known.state == "blocked") and plan.is_changed(row, known):
            walked.changed.add(row.key)
