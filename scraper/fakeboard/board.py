"""A fake board: a Memory filled from a seed, and the settings of its skin.

The same arguments and the same clock make the same board, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.content import CATEGORIES
from scraper.fakeboard.files import write_file_name
from scraper.fakeboard.model import FakePost, Memory
from scraper.fakeboard.traits import SkinName

YEARS = 4
Inside = Callable[["FakeBoard", FakePost, str], str]
"""Markup for a post of a board; the text is the address (path and query) at which it is being shown."""


class FakeBoard(Memory):
    """A board of ``posts`` seeded posts, notices, secret posts and replies included.

    Options, by skin:
    legacy     title_bytes, pager, group, link, columns (of its own, "vote", "file", "source"), variant (named; bare:
               the images of the header tell nothing); notice_twice
    gnuboard5  variant (5.2, 5.3, 5.4, gallery, mobile), address, columns (num, title, name, hit, good, nogood, date,
               file, extra), side_view, votes, list_under_view, categories, feed (the administrator allows RSS),
               members_only (guests see the list and no view)
    rhymix     variant (xedition, default, sketchbook5, webzine, gallery), rewrite (0, 1, 2), columns (of its own,
               "lastUpdate", "lastPost", "extra"), categories, global_notice (a board whose first notice stands
               here too), notice_twice, double_escaped (download links hold &amp;amp;), short_files
    rhymix_mobile, xe: as rhymix, in one variant each;  kboard: variant (default, thumbnail, avatar), columns (of its
               own, "extra"), categories, beside (a board on the same page)
    ndsoft     variant (table, div, ul), columns (parts of the byline)
    egov       columns, link, pager;  k2web, ybscript (variant table or cards), korcham: columns
    inside: what the site itself puts into the element of each body, drawn anew at every look (see furniture).
    closed: ids of posts whose view wants points (gnuboard).
    missing_file: one post offers a file that the server has lost.
    ``notice_twice``: notices stand among the numbered rows as well, and count.
    """

    def __init__(
        self,
        slug: str,
        skin: SkinName,
        posts: int = 90,
        seed: int = 1,
        *,
        clock: FakeClock,
        name: str = "오피니언",
        page_size: int = 10,
        first_id: int = 1,
        title_bytes: int = 60,
        pager: Literal["images", "links", "javascript", "post"] = "images",
        group: int = 10,
        link: Literal["href", "onclick"] = "href",
        variant: str | None = None,
        side_view: bool = True,
        votes: bool = False,
        list_under_view: bool = False,
        categories: Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
        global_notice: FakeBoard | None = None,
        notice_twice: bool = False,
        double_escaped: bool = False,
        missing_file: bool = False,
        address: Literal["query", "number", "slug"] = "query",
        rewrite: Literal[0, 1, 2] = 1,
        short_files: bool = False,
        beside: FakeBoard | None = None,
        feed: bool = False,
        members_only: bool = False,
        inside: Inside | None = None,
    ) -> None:
        super().__init__(slug, skin, seed, clock, first_id)
        self.inside = inside
        self.looks = 0
        self.name = name
        self.page_size = page_size
        self.title_bytes = title_bytes
        self.pager = pager
        self.group = group
        self.link = link
        self.variant = variant or self.traits.variant
        self.side_view = side_view
        self.votes = votes
        self.list_under_view = list_under_view
        self.categories = tuple(CATEGORIES if categories is None and self.traits.categories else categories or ())
        self.columns = self.traits.columns if columns is None else tuple(columns)
        self.global_notice = global_notice
        self.notice_twice = notice_twice
        self.double_escaped = double_escaped
        self.address = address
        self.slugs: dict[int, str] = {}
        self.closed: set[int] = set()
        self.rewrite = rewrite
        self.short_files = short_files
        self.beside = beside
        self.feed = feed
        self.members_only = members_only
        self._seed(posts, missing_file)

    # what stands where

    def notices(self) -> list[FakePost]:
        """Pinned posts in the list's order."""
        return [post for post in self.posts() if post.notice]

    def ordinary(self) -> list[FakePost]:
        """The posts of the numbered rows, in order."""
        return [post for post in self.posts() if self.notice_twice or not post.notice]

    def today(self) -> int:
        """How many posts bear today's date (KST)."""
        day = self.clock.korea().date()
        return sum(post.at.date() == day for post in self.posts())

    def fill(self, page: bytes, target: str) -> bytes:
        """A drawn page with what the site puts into a body in its place."""
        inside = self.inside
        if inside is None:
            return page

        def drawn(found: re.Match[bytes]) -> bytes:
            self.looks += 1
            return inside(self, self.find(int(found[1])), target).encode("ascii", "xmlcharrefreplace")

        return re.sub(rb"@@%b/(\d+)@@" % self.slug.encode("ascii"), drawn, page)

    def _make(self, title: str | None, author: str | None, body: str | None, at: datetime) -> FakePost:
        made = super()._make(title, author, body, at)
        made.mark = f"@@{self.slug}/{made.id}@@" if self.inside else ""
        if self.categories:
            made.category = self.categories[made.id % len(self.categories)]
        return made

    # seeding

    def _seed(self, count: int, missing_file: bool) -> None:
        rng, end = self.rng, self.clock.korea()
        start = end - timedelta(days=365 * YEARS)
        stamps = sorted(start + (end - start) * rng.random() for _ in range(count))
        stamps[-2:] = [end - timedelta(minutes=150), end - timedelta(minutes=40)][-count:] if count else []
        notices = set(rng.sample(range(count), 2)) if self.traits.notices and count >= 10 else set()
        free = [n for n in range(count) if n not in notices]
        secrets = set(rng.sample(free, 2)) if self.traits.secrets and count >= 10 else set()
        earlier: list[int] = []
        for n, at in enumerate(stamps):
            parent = rng.choice(earlier[-6:]) if earlier and n in free and rng.random() < 0.06 else None
            if not self.traits.replies:
                parent = None
            if n in free and n not in secrets and parent is None and rng.random() < 0.02 and n > 5:
                post_id = self.back_date((end - at).days + 20, in_place=self.skin == "legacy")
            else:
                post_id = self.post(at=at, notice=n in notices, secret=n in secrets, reply_to=parent)
            post = self.find(post_id)
            if parent is not None:
                post.title = f"Re: {self.find(parent).title}"[:80]
            elif n in free and n not in secrets:
                earlier.append(post_id)
            self._furnish(post, rng)
        self._odd_files(secrets, missing_file)

    def _furnish(self, post: FakePost, rng: Random) -> None:
        post.hits = int(rng.lognormvariate(4.6, 1.3)) if rng.random() < 0.97 else 0
        if self.categories:
            post.category = rng.choice(self.categories)
        if rng.random() < 0.1:
            for _ in range(rng.randint(1, 2)):
                self.attach(post.id, f"{rng.randint(1, 99)}_{rng.randint(1, 31)}.JPG", look="inline")
        if rng.random() < 0.12:
            for _ in range(rng.randint(1, 3)):
                self.attach(post.id, write_file_name(rng))
        for _ in range(rng.randint(1, 4) if rng.random() < 0.2 and self.traits.comments else 0):
            self.comment(post.id, at=min(post.at + timedelta(hours=rng.randint(1, 90)), self.clock.korea()))
        if rng.random() < 0.15:
            self._take_id()  # something that was deleted long ago

    def _odd_files(self, secrets: set[int], missing_file: bool) -> None:
        plain = [post for post in self.posts() if not post.secret]
        if len(plain) < 4:
            return
        first, second, third = (plain[len(plain) * part // 4] for part in (1, 2, 3))
        for name in ("현장 사진.jpg", "현장 사진.jpg", "사진 (2)의 '원본' #1.jpg"):
            self.attach(first.id, name)
        self.attach(second.id, "빈 파일.hwp", b"")
        if missing_file:
            self.attach(third.id, "사라진 보고서.pdf")
            self.lose_file(third.id, len(third.files) - 1)
