"""A day passes on a board: new posts, edits, a deletion, readers. What changed is told."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import NamedTuple

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.content import write_body, write_title
from scraper.fakeboard.model import FakePost

HOUR = 3


class Change(NamedTuple):
    """One thing that happened: the verb, the post's id, a remark."""

    verb: str
    id: int
    note: str


def play_night(board: FakeBoard, n: int, rng: Random | None = None) -> list[Change]:
    """Play night ``n`` (1, 2, …): the clock moves on to about 03:00 KST of the next day.

    Odd nights: 4 posts (one with a file), a back-dated one, an edited body, a deletion, a replaced file, a comment,
    raised hits. Even nights: 3 posts, an edited title, a deletion, a pin, raised hits.
    A board too small for a step goes without it.
    """
    rng = rng or Random(f"night {n} of {board.slug}")
    with board.lock:
        return (_odd_night if n % 2 else _even_night)(board, rng, _Daytime(board))


class _Daytime:
    """Moves the clock through the day: a step for each new post, the rest at the end."""

    def __init__(self, board: FakeBoard) -> None:
        self.clock = board.clock
        now = self.clock.korea()
        self.end = (now + timedelta(days=1)).replace(hour=HOUR, minute=0, second=0, microsecond=0)
        self.step = (self.end - now) / 8

    def pass_hours(self) -> None:
        self.clock.advance(self.step)

    def pass_rest(self) -> None:
        self.clock.advance(max(timedelta(0), self.end - self.clock.korea()))


def _odd_night(board: FakeBoard, rng: Random, day: _Daytime) -> list[Change]:
    plain = _plain(board)
    changes: list[Change] = []
    for count in range(4):
        day.pass_hours()
        files = ["주민 설명회 자료집.pdf"] if count == 1 else []
        changes.append(Change("post", board.post(files=files), "with a file" if files else "new"))
    changes.append(Change("back_date", board.back_date(rng.randint(20, 200)), "older date"))
    edited, deleted = _pick(rng, plain, 2)
    changes += [Change("edit", board.edit(post.id, body=write_body(rng)), "body") for post in edited[:1]]
    changes += [Change("delete", board.delete(post.id), post.title) for post in deleted[:1]]
    gone = {change.id for change in changes if change.verb == "delete"}
    holders = [post for post in plain if post.id not in gone and any(_swappable(post))]
    for post in rng.sample(holders, min(1, len(holders))):
        index = _swappable(post).index(True)
        changes.append(Change("swap_file", board.swap_file(post.id, index), post.files[index].name))
    talked = [post for post in plain if post.id not in gone]
    if board.traits.comments:
        changes += [Change("comment", board.comment(post.id), "new comment") for post in talked[:1]]
    return changes + _readers(board, rng, day)


def _even_night(board: FakeBoard, rng: Random, day: _Daytime) -> list[Change]:
    plain = _plain(board)
    changes: list[Change] = []
    for _ in range(3):
        day.pass_hours()
        changes.append(Change("post", board.post(), "new"))
    edited, deleted = _pick(rng, plain, 2)
    changes += [Change("edit", board.edit(post.id, title=write_title(rng)), "title") for post in edited]
    changes += [Change("delete", board.delete(post.id), post.title) for post in deleted]
    left = [post for post in plain if post not in edited + deleted and post.parent is None and board.traits.notices]
    changes += [Change("pin", board.pin(post.id), post.title) for post in rng.sample(left, min(1, len(left)))]
    return changes + _readers(board, rng, day)


def _readers(board: FakeBoard, rng: Random, day: _Daytime) -> list[Change]:
    ids = board.ids()
    changes = []
    for post_id in rng.sample(ids, min(8, len(ids))):
        by = rng.randint(1, 40)
        board.raise_hits(post_id, by)
        changes.append(Change("raise_hits", post_id, f"+{by}"))
    day.pass_rest()
    return changes


def _plain(board: FakeBoard) -> list[FakePost]:
    parents = {post.parent for post in board.posts()}
    return [post for post in board.posts() if not post.notice and not post.secret and post.id not in parents]


def _pick(rng: Random, posts: list[FakePost], count: int) -> tuple[list[FakePost], list[FakePost]]:
    picked = rng.sample(posts, min(count, len(posts)))
    return picked[:1], picked[1:]


def _swappable(post: FakePost) -> list[bool]:
    return [item.look == "file" and not item.lost and bool(item.content) for item in post.files]
