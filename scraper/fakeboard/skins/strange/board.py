"""A board behind a strange face: seeded like any other, with what its face can show.

Its truth tells what a guest can see: a field that neither list nor view shows is None.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.content import CATEGORIES
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.skins.strange.face import Face

SLUGS = ("opinion", "column", "notice", "free", "B02", "readers")


class StrangeBoard(FakeBoard):
    """A board drawn with ``face``. ``posts`` None: as many as the face wants."""

    def __init__(self, face: Face, clock: FakeClock, posts: int | None = None) -> None:
        rng = face.rng("board")
        self.face = face
        size = rng.choice((5, 6, 7) if face.amount == "many" else (8, 10, 10, 12, 15))
        pages = {"one": 0.8, "few": rng.uniform(1.3, 3.2), "many": rng.uniform(5.3, 6.8)}[face.amount]
        super().__init__(
            rng.choice(SLUGS),
            "strange",
            max(5, round(size * pages)) if posts is None else posts,
            face.seed,
            clock=clock,
            name=rng.choice(("오피니언", "독자투고", "사설/칼럼", "공지사항", "자유게시판")),
            page_size=size,
            first_id=rng.choice((1, 37, 1204, 58110)),
            group=int(face.group),
            categories=CATEGORIES if face.extra in ("category", "tag") else (),
        )

    def _seed(self, count: int, missing_file: bool) -> None:
        face = self.face
        self.traits = replace(
            self.traits,
            notices=face.notice != "none",
            secrets=face.secrets == "yes",
            replies=face.replies == "yes",
            comments=face.comments != "none" or face.extra == "comments" or face.remarks == "yes",
            files=face.files != "none",
        )
        super()._seed(count, missing_file)
        rng = face.rng("seeding")
        for post in self.posts():
            if face.pictures == "none":
                post.files = [item for item in post.files if item.look == "file"]
            if face.files == "none":
                post.files = [item for item in post.files if item.look == "inline"]
            if post.secret:
                post.comments.clear()
            elif face.pictures == "only" and rng.random() < 0.3:
                post.body = ""
                self.attach(post.id, "지면.jpg", look="inline")

    def printed(self) -> dict[int, int | None]:
        """The number that the list prints before each post; None for none."""
        face = self.face
        if face.number == "none":
            return {post.id: None for post in self.posts()}
        counted = self.posts() if face.notice == "class" else self.ordinary()
        ranks: dict[int, int | None] = {
            post.id: post.id if face.number == "id" else len(counted) - place + self.number_base
            for place, post in enumerate(counted)
        }
        return {post.id: ranks.get(post.id) for post in self.posts()}

    def counted(self) -> int:
        """The total that the list states."""
        return len(self.posts() if self.face.notice == "class" else self.ordinary())

    def ordinary(self) -> list[FakePost]:
        """The posts of the numbered rows, in order."""
        twice = self.face.notice_twice == "yes"
        return [post for post in self.posts() if twice or not post.notice]

    def modified(self, post: FakePost) -> str:
        """A day on which the post was changed: a date that is not the post's own."""
        return min(post.at + timedelta(days=3 + post.id % 40), self.clock.korea()).strftime("%Y-%m-%d")

    def _true(self, post: FakePost) -> dict[str, Any]:
        face, true = self.face, super()._true(post)
        open_view = not post.secret
        has_author = face.list_author == "yes" or (open_view and face.view_author == "yes")
        has_date = face.list_date == "yes" or (open_view and face.view_date != "no")
        has_hits = face.list_hits == "yes" or (open_view and face.view_hits == "yes")
        true["author"] = post.author if has_author else None
        true["date"] = true["date"] if has_date else None
        true["hits"] = post.hits if has_hits else None
        true["posted_at"] = post.at.isoformat(timespec="seconds") if has_date else None
        true["number"] = self.printed()[post.id]
        true["category"] = post.category
        return true
