"""A board's memory: posts, their order and files, and the verbs that change them.

Every verb takes the lock, stamps with the board's clock and returns the post's id. What a guest can see
is told by truth(). Ids never come back; printed numbers are ranks and shift.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal

from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.content import write_author, write_body, write_comment, write_title
from scraper.fakeboard.files import FakeFile, clean_rhymix_name, write_file
from scraper.fakeboard.traits import TRAITS, SkinName
from scraper.models import KST


@dataclass(slots=True)
class FakeComment:
    id: int
    author: str
    text: str
    at: datetime


@dataclass(slots=True)
class FakePost:
    """One post as the board stores it. ``at`` is in KST; ``body`` is plain text (see content)."""

    id: int
    title: str
    author: str
    body: str
    at: datetime
    hits: int = 0
    notice: bool = False
    secret: bool = False
    category: str | None = None
    parent: int | None = None
    member: int = 0
    good: int = 0
    nogood: int = 0
    files: list[FakeFile] = field(default_factory=list)
    comments: list[FakeComment] = field(default_factory=list)
    mark: str = ""

    @property
    def drawn(self) -> str:
        """The body as a view draws it: ``mark`` is where the site puts something of its own."""
        return f"{self.body}\n\n{self.mark}" if self.mark else self.body

    def file(self, file_id: int) -> FakeFile | None:
        return next((item for item in self.files if item.id == file_id), None)


class Memory:
    """The posts of one board. Use FakeBoard, which fills it from a seed."""

    def __init__(self, slug: str, skin: SkinName, seed: int, clock: FakeClock, first_id: int) -> None:
        self.slug = slug
        self.skin: SkinName = skin
        self.traits = TRAITS[skin]
        self.clock = clock
        self.lock = threading.RLock()
        self.rng = Random(f"{seed}/{slug}/{skin}")
        self.number_base = 0
        self._next_id = first_id
        self._posts: dict[int, FakePost] = {}
        self._order: list[int] = []
        self.comment_parents: dict[int, int] = {}

    # reading

    def ids(self) -> list[int]:
        """Ids of the posts in the list's order (the newest thread first), notices at their own place."""
        with self.lock:
            return list(self._order)

    def find(self, post_id: int) -> FakePost:
        """The post; KeyError when there is none or it was deleted."""
        with self.lock:
            return self._posts[post_id]

    def get(self, post_id: int | None) -> FakePost | None:
        """The post or None."""
        with self.lock:
            return None if post_id is None else self._posts.get(post_id)

    def posts(self) -> list[FakePost]:
        """The posts in the list's order."""
        with self.lock:
            return [self._posts[post_id] for post_id in self._order]

    def truth(self) -> list[dict[str, Any]]:
        """What a guest can see, JSON-ready, in the list's order.

        Each: idx title author date hits body files [{name, sha256}] files_refused [name] notice secret.
        ``date`` is YYYY-MM-DD in KST; of a secret post body is None and files are empty.
        """
        with self.lock:
            return [self._true(post) for post in self.posts()]

    def _true(self, post: FakePost) -> dict[str, Any]:
        shown = [item for item in post.files if item.look == "file" or self.traits.one_sequence]
        if post.secret or not self.traits.files:
            shown = []
        shown = shown[: self.traits.most_files]
        return {
            "idx": post.id,
            "title": post.title,
            "author": post.author if self.traits.author else None,
            "date": post.at.strftime("%Y-%m-%d"),
            "hits": post.hits if self.traits.hits else None,
            "body": None if post.secret else post.body,
            "files": [{"name": item.name, "sha256": item.sha256} for item in shown if not item.lost],
            "files_refused": [item.name for item in shown if item.lost],
            "notice": post.notice,
            "secret": post.secret,
        }

    # verbs

    def post(
        self,
        title: str | None = None,
        author: str | None = None,
        body: str | None = None,
        files: Sequence[str | tuple[str, bytes]] = (),
        notice: bool = False,
        secret: bool = False,
        reply_to: int | None = None,
        at: datetime | None = None,
        category: str | None = None,
    ) -> int:
        """Write a post; what is not given is made up. A file is a name, or a name and its bytes."""
        if secret and not self.traits.secrets:
            raise ValueError(f"the {self.skin} board knows no secret posts")
        with self.lock:
            made = self._make(title, author, body, at or self.clock.now())
            made.notice, made.secret, made.parent, made.category = notice, secret, reply_to, category or made.category
            for item in files:
                self._attach(made, *((item, None) if isinstance(item, str) else item))
            self._insert(made, 0 if reply_to is None else self._place_below(reply_to))
            return made.id

    def back_date(
        self, days: int = 30, title: str | None = None, body: str | None = None, in_place: bool | None = None
    ) -> int:
        """Write a post dated ``days`` ago. ``in_place``: among its date's neighbours, not on top.

        Unless said, boards put it in place; gnuboard5 orders by thread number, so there it stands on top.
        """
        with self.lock:
            made = self._make(title, None, body, self.clock.now() - timedelta(days=days))
            below = self.traits.in_place if in_place is None else in_place
            self._insert(made, self._place_at(made.at) if below else 0)
            return made.id

    def edit(self, post_id: int, title: str | None = None, body: str | None = None, author: str | None = None) -> int:
        """Change what is given; neither date nor place moves."""
        with self.lock:
            post = self.find(post_id)
            post.title = post.title if title is None else title
            post.body = post.body if body is None else body
            post.author = post.author if author is None else author
            return post_id

    def delete(self, post_id: int) -> int:
        """Take the post out for good; its replies stay."""
        with self.lock:
            del self._posts[post_id]
            self._order.remove(post_id)
            return post_id

    def pin(self, post_id: int) -> int:
        """Make the post a notice."""
        with self.lock:
            self.find(post_id).notice = True
            return post_id

    def unpin(self, post_id: int) -> int:
        """Make a notice an ordinary post again."""
        with self.lock:
            self.find(post_id).notice = False
            return post_id

    def renumber(self, by: int = 7) -> None:
        """From now on all printed numbers are higher by ``by``: ids and order stay."""
        with self.lock:
            self.number_base += by

    def raise_hits(self, post_id: int | None = None, by: int = 1) -> None:
        """Readers came: to one post, or to every post."""
        with self.lock:
            for post in self.posts() if post_id is None else [self.find(post_id)]:
                post.hits += by

    def swap_file(self, post_id: int, index: int, content: bytes | None = None) -> int:
        """Put other bytes under the same name. ``index`` counts all files of the post, images included."""
        with self.lock:
            post = self.find(post_id)
            old = post.files[index]
            new = self._new_file(post, old.name, write_file(self.rng, old.name) if content is None else content)
            new.look, new.downloads = old.look, old.downloads
            if not self.traits.one_sequence:
                new.id = old.id
            if not self.traits.own_names:
                new.stored = old.stored
            post.files[index] = new
            return post_id

    def remove_file(self, post_id: int, index: int) -> int:
        """Take a file off the post."""
        with self.lock:
            del self.find(post_id).files[index]
            return post_id

    def lose_file(self, post_id: int, index: int) -> int:
        """The file vanishes from the server's disk; the post still offers it."""
        with self.lock:
            self.find(post_id).files[index].lost = True
            return post_id

    def attach(
        self, post_id: int, name: str, content: bytes | None = None, look: Literal["file", "inline"] = "file"
    ) -> int:
        """Add a file, or an image that the body shows."""
        with self.lock:
            self._attach(self.find(post_id), name, content).look = look
            return post_id

    def comment(self, post_id: int, text: str | None = None, at: datetime | None = None) -> int:
        """Write a comment; on gnuboard5 and rhymix it takes an id of the same sequence as the posts."""
        with self.lock:
            text = write_comment(self.rng) if text is None else text
            moment = (at or self.clock.now()).astimezone(KST)
            made = FakeComment(self._take_id(), write_author(self.rng), text, moment)
            self.find(post_id).comments.append(made)
            self.comment_parents[made.id] = post_id
            return post_id

    # inside

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _make(self, title: str | None, author: str | None, body: str | None, at: datetime) -> FakePost:
        rng = self.rng
        return FakePost(
            id=self._take_id(),
            title=write_title(rng) if title is None else title,
            author=write_author(rng) if author is None else author,
            body=write_body(rng) if body is None else body,
            at=at.astimezone(KST),
            member=rng.choice((0, rng.randint(100, 999))),
            good=rng.randint(0, 40),
            nogood=rng.randint(0, 9),
        )

    def _insert(self, post: FakePost, place: int) -> None:
        self._posts[post.id] = post
        self._order.insert(place, post.id)

    def _place_at(self, at: datetime) -> int:
        """Below the last thread that is newer: a stray old date near the top does not count."""
        newer = [
            post_id for post_id in self._order if self._posts[post_id].parent is None and self._posts[post_id].at > at
        ]
        return self._place_below(newer[-1]) if newer else 0

    def _place_below(self, parent: int) -> int:
        place = self._order.index(parent) + 1
        while place < len(self._order) and self._posts[self._order[place]].parent is not None:
            place += 1
        return place

    def _new_file(self, post: FakePost, name: str, content: bytes) -> FakeFile:
        file_id = self._take_id() if self.traits.one_sequence else max((item.id for item in post.files), default=-1) + 1
        stem, dot, suffix = name.rpartition(".")
        taken = {item.stored for item in post.files}
        stored, count = name, 1
        while stored in taken:
            count += 1
            stored = f"{stem}[{count}]{dot}{suffix}"
        if self.traits.own_names:
            stored = f"{post.id}_{self.rng.randbytes(8).hex()}.{suffix.lower()}"
        return FakeFile(file_id, name, content, stored=stored)

    def _attach(self, post: FakePost, name: str, content: bytes | None) -> FakeFile:
        if self.traits.one_sequence:
            name = clean_rhymix_name(name)
        made = self._new_file(post, name, write_file(self.rng, name) if content is None else content)
        post.files.append(made)
        return made
