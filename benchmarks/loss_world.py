"""A board without HTTP or database: its list changes by night; the archive is in memory; the walker is the real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any, cast

from scraper.models import Ask, Known, Listing, NumberMeaning, Row, Silent, Stretch, Tally, Unseen
from scraper.sync import plan
from scraper.sync.audit import Reach, draw_up, still_counted
from scraper.sync.options import Options
from scraper.sync.pulse import Pulse
from scraper.sync.source import Kept
from scraper.sync.walk import Walker
from scraper.sync.walked import Walked

SIZE = 15
START = datetime(2026, 1, 1, 18, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "http://paper.example/list?page="


@dataclass(frozen=True)
class Climate:
    """What happens to a board in a night."""

    posts: int
    """0 to so many new posts, evenly."""
    back_dated: float
    """The share of them that stands 8 to 60 places down."""
    deleted: float
    """The chance of each post to be deleted; where ``rate`` says so, the number of deletions a night."""
    by_rate: bool
    pins: float
    """The chance that a post is pinned, and that one is unpinned."""
    renumbered: float
    """The chance that all numbers rise by a few."""
    cut: float
    """The chance that a run ends early."""


HOSTILE = Climate(12, 0.10, 0.001, False, 0.05, 0.005, 0.08)
CALM = Climate(3, 0.01, 0.1, True, 0.01, 0.0, 0.0)


class Cut(Exception):
    """The run ends here, whatever it was doing."""


@dataclass
class List:
    """A board's list, newest first: what its pages print."""

    rng: Random
    keys: list[str]
    numbers: NumberMeaning = "rank"
    totals: bool = True
    size: int = SIZE
    pinned: list[str] = field(default_factory=list)
    pins_everywhere: bool = True
    """On every page, or on page 1 only."""
    base: int = 0
    made: int = 0
    deleted: dict[str, int] = field(default_factory=dict)
    """When each was deleted, by night."""
    moved: set[str] = field(default_factory=set)
    """Those that were taken from one place to another."""

    @classmethod
    def of(
        cls, rng: Random, posts: int, numbers: NumberMeaning = "rank", *, totals: bool = True, size: int = SIZE
    ) -> List:
        return cls(rng, [str(number) for number in range(posts, 0, -1)], numbers, totals, size, made=posts)

    def live(self) -> set[str]:
        return {*self.keys, *self.pinned}

    def pass_day(self, climate: Climate, night: int) -> None:
        rng = self.rng
        for _ in range(rng.randint(0, climate.posts)):
            self.made += 1
            place = rng.randint(8, 60) if rng.random() < climate.back_dated else 0
            self.keys.insert(min(place, len(self.keys)), str(self.made))
        if climate.by_rate:
            lost = [rng.choice(self.keys)] if rng.random() < climate.deleted else []
        else:
            lost = [key for key in self.keys if rng.random() < climate.deleted]
        for key in lost:
            self.keys.remove(key)
            self.deleted[key] = night
        if rng.random() < climate.pins:
            self.pinned.insert(0, self.keys.pop(rng.randrange(min(60, len(self.keys)))))
        if self.pinned and rng.random() < climate.pins:
            key = self.pinned.pop()
            place = next((at for at, other in enumerate(self.keys) if int(other) < int(key)), len(self.keys))
            self.keys.insert(place, key)
        if rng.random() < climate.renumbered:
            self.base += rng.randint(1, 9)

    def page(self, page: int) -> Listing:
        pages = max(1, -(-len(self.keys) // self.size))
        start = (page - 1) * self.size
        rows = [_row(key, None, is_notice=True) for key in self.pinned if self.pins_everywhere or page == 1]
        top = self.base + len(self.keys) - start
        for at, key in enumerate(self.keys[start : start + self.size]):
            number = {"rank": top - at, "id": int(key), "none": None}[self.numbers]
            rows.append(_row(key, number, is_notice=False))
        follow = Ask(f"{URL}{page + 1}", "listing") if page < pages else None
        total = len(self.keys) + len(self.pinned) if self.totals else None
        return Listing(tuple(rows), total, page, pages, follow, not rows, self.numbers)


_ASK = Ask("http://paper.example/view", "article")


def _row(key: str, number: int | None, *, is_notice: bool) -> Row:
    return Row(key, number, "", False, None, None, None, _ASK, is_notice=is_notice)


@dataclass
class Shelf:
    """What an archive holds of one board, as far as the walker and the rules of absence need it."""

    known: dict[str, Known] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    done: bool = False
    pages: dict[int, Listing] = field(default_factory=dict)

    def find_coverage(self, board_id: int) -> list[Stretch]:
        return self.stretches

    def find_first_walk_done_at(self, board_id: int) -> datetime | None:
        return START if self.done else None

    def find_known(self, board_id: int) -> dict[str, Known]:
        return dict(self.known)

    def save_outcome(self, capture_id: int, outcome: str) -> None:
        pass

    def save_listings(
        self, board_id: int, pages: Sequence[tuple[int, Listing, Stretch]], unseen: Unseen
    ) -> list[list[Known]]:
        """The posts that are absent are taken from what was walked, by the rules of absence below."""
        before = [self._save_listing(listing, stretch) for _, listing, stretch in pages]
        for key, number in unseen.numbers.items():
            self.known[key] = replace(self.known[key], number=number)
        return before

    def _save_listing(self, listing: Listing, stretch: Stretch) -> list[Known]:
        before = []
        for row in listing.rows:
            held = self.known.get(row.key)
            if held is None:
                self.known[row.key] = _known(len(self.known) + 1, row, stretch.seen_at)
                continue
            before.append(held)
            number = held.number if row.number is None else row.number
            state = "live" if held.state == "missing" else held.state
            self.known[row.key] = replace(
                held, number=number, is_notice=row.is_notice, state=state, last_seen_at=stretch.seen_at, missing_at=None
            )
        self.stretches.append(stretch)
        return before


def _known(number: int, row: Row, at: datetime) -> Known:
    post = dict.fromkeys(Known.__slots__)
    post |= {"id": number, "key": row.key, "number": row.number, "title": "", "url": "", "is_notice": row.is_notice}
    post |= {"is_secret": False, "state": "live", "version": 1, "checked_at": at, "last_seen_at": at}
    return Known(**cast(dict[str, Any], post))


class Night(Walker):
    """The real walker, its pages taken from a List; ``left`` pages may be read before the run is cut."""

    def __init__(self, paper: List, shelf: Shelf, number: int, at: datetime, left: int | None) -> None:
        layout = SimpleNamespace(list=SimpleNamespace(total_counts_notices=True))
        board = SimpleNamespace(id=1, url=f"{URL}1", slug="board", number_meaning="rank")
        nothing = cast(Any, None)
        super().__init__(
            cast(Any, shelf), nothing, cast(Any, board), cast(Any, layout), number, Pulse("board", Silent())
        )
        self.paper, self.shelf, self.at, self.left = paper, shelf, at, left
        self.asked = 0

    def _read(self, ask: Ask) -> tuple[Any, Listing]:
        if self.asked == self.left:
            raise Cut
        self.asked += 1
        listing = self.paper.page(int(ask.url.rpartition("=")[2]))
        capture_id = len(self.shelf.pages) + 1
        self.shelf.pages[capture_id] = listing
        page = SimpleNamespace(url=ask.url, seen_at=self.at + timedelta(seconds=self.asked))
        return Kept(cast(Any, page), capture_id, False, "", 0), listing

    def _read_again(self, capture_id: int) -> Listing:
        return self.shelf.pages[capture_id]

    def _page_ask(self, page: int) -> Ask | None:
        return Ask(f"{URL}{page}", "listing")


def run(paper: List, shelf: Shelf, number: int, at: datetime, *, whole: bool, left: int | None) -> int:
    """One run of the real walker, and its absences as the real run takes them; how many pages it asked for."""
    night = Night(paper, shelf, number, at, left)
    try:
        walked = night.go(Options(whole=whole))
    except Cut:
        return night.asked
    shelf.done = shelf.done or walked.whole is not None
    absences(shelf, walked, at)
    return night.asked


def absences(shelf: Shelf, walked: Walked, at: datetime) -> None:
    gone = plan.absent(shelf.known, walked.whole) if walked.whole else [shelf.known[key] for key in walked.absent]
    listed = sum(post.state == "live" for post in shelf.known.values())
    if plan.is_held(len(gone), listed) or (walked.whole and gone and is_doubted(shelf, walked, gone)):
        return
    for post in gone:
        shelf.known[post.key] = replace(post, state="missing", missing_at=at)


def is_doubted(shelf: Shelf, walked: Walked, gone: Sequence[Known]) -> bool:
    """Whether the board still counts some of those that a whole walk no longer saw."""
    live = [post for post in shelf.known.values() if post.state == "live"]
    tally = Tally(walked.total, {"live": len(live)}, {"live": sum(post.is_notice for post in live)})
    reach = Reach(walked=True, settled=True, unlisted=tuple(post.key for post in gone))
    return still_counted(draw_up(tally, reach, counts_notices=True, before=None), None) > 0


def run_naive(paper: List, shelf: Shelf, left: int | None, *, stop_after: int = 5) -> int:
    """Newest first, until so many known rows follow each other."""
    page, met = 0, 0
    while met < stop_after and (left is None or page < left):
        page += 1
        listing = paper.page(page)
        for row in listing.rows:
            if row.is_notice:
                shelf.known.setdefault(row.key, _known(0, row, START))
            elif row.key in shelf.known:
                met += 1
                if met == stop_after:
                    break
            else:
                met = 0
                shelf.known[row.key] = _known(0, row, START)
        if listing.next is None:
            break
    return page


def missing_now(shelf: Shelf) -> set[str]:
    """The posts that are called missing."""
    return {key for key, post in shelf.known.items() if post.state == "missing"}
