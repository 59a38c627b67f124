"""The newspapers of a soak: boards on several hosts that live from day to day, and what goes wrong at night."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from scraper.fakeboard import FakeBoard, FakeClock, FakeServer, FakeSite, Fault, serve
from scraper.fakeboard.content import write_author, write_body, write_title
from scraper.fakeboard.exchange import Answer, Route
from scraper.fakeboard.model import FakePost
from scraper.fakeboard.traits import TRAITS
from scraper.models import KST

START = datetime(2026, 3, 2, 3, tzinfo=KST)
SKINS: tuple[tuple[str, dict[str, Any]], ...] = (
    *((skin, {}) for skin in ("legacy", "gnuboard5", "gnuboard4", "zeroboard4", "rhymix", "rhymix_mobile", "xe")),
    *((skin, {}) for skin in ("kboard", "egov", "k2web", "ybscript", "siiru", "korcham", "ndsoft", "sub_read")),
    *(("mediaon", {}), ("gnuboard5", {"variant": "gallery"}), ("gnuboard5", {"variant": "mobile"})),
    *(("ndsoft", {"variant": "table"}), ("ybscript", {"variant": "cards"}), ("gnuboard5", {"variant": "5.2"})),
    *(("rhymix", {"variant": variant}) for variant in ("sketchbook5", "webzine", "gallery")),
)
_WORDS = {"작성자": "쓴 사람", "글쓴이": "쓴 사람", "작성일": "올린 날", "등록일": "올린 날", "조회": "읽음"}
PAIRED = ("legacy", "gnuboard5", "gnuboard4", "rhymix")
"""Whose addresses of posts name the board: two of them may share a host."""
PARKED = (
    b'<!doctype html><html><head><meta charset="utf-8"><title>paper.example</title></head>'
    b"<body><h1>This domain is for sale</h1><a href='/buy'>Buy now</a></body></html>"
)
EMPTY = (
    '<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>오피니언</title></head>'
    "<body><table><tr><td>게시물이 없습니다.</td></tr></table></body></html>"
).encode()
Mask = Callable[[Route, Answer], Answer]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a host for some nights. ``outcomes``: what its boards may end with, beside *ok*."""

    name: str
    outcomes: frozenset[str]
    faults: Callable[[Random], Callable[[str, str], Fault | None]] | None = None
    mask: Mask | None = None
    robots: tuple[int, str] | None = None
    is_down: bool = False
    is_part: bool = False
    """The lists show their newer part only, and count no more."""


def _often(share: float, *kinds: str, seconds: float = 1.0) -> Callable[[Random], Callable[[str, str], Fault | None]]:
    def made(rng: Random) -> Callable[[str, str], Fault | None]:
        return lambda method, path: Fault(rng.choice(kinds), seconds) if rng.random() < share else None

    return made


def _parked(route: Route, answer: Answer) -> Answer:
    if route.kind == "robots" or route.target == "/parked":
        return Answer(200, PARKED)
    return Answer(302, b"", headers=((b"Location", b"/parked"),))


def _views(body: bytes, status: int = 200) -> Mask:
    return lambda route, answer: Answer(status, body) if route.kind == "article" else answer


def _lists(body: bytes) -> Mask:
    return lambda route, answer: Answer(200, body) if route.kind == "listing" else answer


def _script(text: str) -> bytes:
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>오류</title></head><body><script>alert("{text}");'
        "history.back();</script></body></html>"
    ).encode()


_DOWN = frozenset({"unreachable", "policy"})
_BARRED = frozenset({"unreachable", "policy", "wall"})
_HURT = frozenset({"unreachable", "partial", "wall", "layout"})
TROUBLES = (
    Trouble("refused", _DOWN, is_down=True),
    Trouble("500", _DOWN, _often(1, "status:500")),
    Trouble("503, come back in hours", _DOWN, _often(1, "status:503;Retry-After=7200")),
    Trouble("some 500s", _HURT | {"policy"}, _often(0.25, "status:500", "reset")),
    Trouble("truncated", _HURT, _often(0.25, "truncate")),
    Trouble("too slow", _HURT, _often(0.06, "slow", seconds=4.0)),
    Trouble("429", _DOWN, _often(1, "status:429;Retry-After=9000")),
    Trouble("403", _BARRED, _often(1, "status:403")),
    Trouble("ban page", frozenset({"wall"}), _often(1, "ban")),
    Trouble("login page", frozenset({"wall"}), _often(1, "login")),
    Trouble("maintenance", frozenset({"wall"}), _often(1, "maintenance")),
    Trouble("robots forbids", frozenset({"policy"}), robots=(200, "User-agent: *\nDisallow: /\n")),
    Trouble("robots 503", frozenset({"policy"}), robots=(503, "")),
    Trouble("parked", frozenset({"wall", "layout", "unreachable"}), mask=_parked),
    Trouble(
        "views want a login", frozenset({"wall", "partial", "layout"}), mask=_views(_script("로그인 후 이용하십시오."))
    ),
    Trouble("views are 404", frozenset({"wall", "partial", "layout", "unreachable"}), mask=_views(b"not found", 404)),
    Trouble(
        "views say deleted", frozenset({"wall", "partial", "layout"}), mask=_views(_script("존재하지 않는 글입니다."))
    ),
    Trouble("empty lists", frozenset({"wall", "layout", "held"}), mask=_lists(EMPTY)),
    Trouble("part of the list", frozenset({"held"}), is_part=True),
)
QUIET = Trouble("", frozenset({"ok"}))


def redesign(page: bytes) -> bytes:
    """Another template: every class has a new name, and some labels read differently."""
    page = re.sub(rb"\bclass=([\"'])([^\"'>]+)", lambda m: b"class=" + m[1] + b"new-" + m[2], page)
    for codec in ("utf-8", "cp949"):
        for old, new in _WORDS.items():
            page = page.replace(old.encode(codec), new.encode(codec))
    return page


class PaperSite(FakeSite):
    """A site whose answers may pass through a mask of tonight, or a template of some board's own."""

    mask: Mask | None = None
    during: Callable[[], None] | None = None

    def answer(self, route: Route) -> Answer:
        if self.during is not None:
            self.during()
        answer = super().answer(route)
        if route.kind in ("listing", "article"):
            for board in self.boards:
                if isinstance(board, PaperBoard) and board.is_dead and board.owns(route.target):
                    return Answer(404, b"<!doctype html><title>404</title><h1>Not Found</h1>")
                if isinstance(board, PaperBoard) and board.is_redesigned and board.owns(route.target):
                    answer = Answer(answer.status, redesign(answer.body), answer.content_type, answer.headers)
        return answer if self.mask is None else self.mask(route, answer)


class PaperBoard(FakeBoard):
    """A board that can be hidden from, redesigned, or closed for good."""

    is_dead = False
    is_redesigned = False
    alone = True
    """On its host."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.hidden: dict[int, tuple[FakePost, int]] = {}
        self._whole: list[int] | None = None

    def owns(self, target: str) -> bool:
        """Whether an address is one of this board's; a board alone on its host owns all."""
        return self.alone or re.search(rf"\b{self.slug}\b", target) is not None

    def shrink(self, is_part: bool) -> None:
        """Show the newer part of the list only, or all of it again."""
        with self.lock:
            if self._whole is not None:
                came = [post_id for post_id in self._order if post_id not in self._whole]
                self._order, self._whole = [*came, *(each for each in self._whole if each in self._posts)], None
            if is_part:
                self._whole = self._order
                self._order = self._order[: len(self._order) * 3 // 5]

    def take_away(self, post_id: int) -> None:
        """Delete a post that may come back."""
        with self.lock:
            self.hidden[post_id] = (self.find(post_id), self._order.index(post_id))
            self.delete(post_id)

    def bring_back(self, post_id: int) -> None:
        with self.lock:
            post, place = self.hidden.pop(post_id)
            self._insert(post, min(place, len(self._order)))


@dataclass
class Paper:
    """One host: its site, its server while it is up, its trouble tonight and how many nights that lasts."""

    site: PaperSite
    boards: list[PaperBoard]
    port: int = 0
    server: FakeServer | None = None
    trouble: Trouble = QUIET
    tonight: Trouble = QUIET
    """What goes on for ``left`` more nights."""
    left: int = 0
    _running: AbstractContextManager[FakeServer] | None = field(default=None, repr=False)

    def open(self) -> None:
        if self.server is None:
            self._running = serve(self.site, self.port)
            self.server = self._running.__enter__()
            self.port = self.server.server_port

    def close(self) -> None:
        if self._running is not None:
            self._running.__exit__(None, None, None)
            self.server = self._running = None

    def url(self, board: FakeBoard) -> str:
        return f"http://127.0.0.1:{self.port}{self.site.path(board)}"

    def suffer(self, trouble: Trouble, rng: Random) -> None:
        """Tonight's trouble."""
        self.trouble = trouble
        self.site.faults = trouble.faults(rng) if trouble.faults else None
        self.site.mask = trouble.mask
        self.site.robots = trouble.robots or (404, "")
        for board in self.boards:
            board.shrink(trouble.is_part)
        if trouble.is_down:
            self.close()
        else:
            self.open()


@contextmanager
def papers(seed: int, clock: FakeClock, boards: int) -> Iterator[list[Paper]]:
    """Hosts with one or two boards each, all of a seed."""
    rng = Random(f"papers {seed}")
    chosen = rng.sample(SKINS, boards)
    opened: list[Paper] = []
    left = boards
    while left > 0:
        skin, options = chosen[left - 1]
        many = 2 if skin in PAIRED and left > 1 and rng.random() < 0.6 else 1
        made = [
            PaperBoard(
                f"{skin.replace('_', '')}{left - count}", skin, rng.randint(18, 60), seed,  # type: ignore[arg-type]
                clock=clock, page_size=rng.choice((5, 8, 10)), first_id=1 + 100_000 * count,
                missing_file=TRAITS[skin].files and rng.random() < 0.2, **options,
            )
            for count in range(many)
        ]  # fmt: skip
        left -= many
        for board in made:
            board.alone = many == 1
        opened.append(Paper(PaperSite(made, clock=clock, name=f"신문 {len(opened)}", robots=(404, "")), made))
        opened[-1].open()
    try:
        yield opened
    finally:
        for paper in opened:
            paper.close()


def live_a_day(board: PaperBoard, rng: Random) -> None:
    """What happens on a board between two nights; the clock stands still."""
    with board.lock:
        traits = board.traits
        busy = rng.random()
        for _ in range(rng.choice((0, 0, 1, 2, 3)) if busy < 0.95 else rng.randint(12, 25)):
            files = ["주민 설명회 자료집.pdf"] if traits.files and rng.random() < 0.15 else []
            secret = traits.secrets and rng.random() < 0.06
            board.post(files=files, secret=secret, at=board.clock.now() - timedelta(minutes=rng.randint(1, 900)))
        if rng.random() < 0.15:
            board.back_date(rng.randint(3, 300))
        plain = [post for post in board.posts() if not post.secret]
        parents = {post.parent for post in board.posts()}
        for post in rng.sample(plain, min(len(plain), rng.choice((0, 0, 1, 1, 2)))):
            match rng.choice(("title", "body", "body", "author", "file")):
                case "title":
                    board.edit(post.id, title=write_title(rng))
                case "body":
                    board.edit(post.id, body=write_body(rng))
                case "author":
                    board.edit(post.id, author=write_author(rng))
                case "file" if traits.files:
                    _change_files(board, post, rng)
        loose = [post for post in plain if post.id not in parents and post.parent is None]
        if loose and rng.random() < 0.3:
            board.take_away(rng.choice(loose).id)
        if board.hidden and rng.random() < 0.05:
            board.bring_back(rng.choice(sorted(board.hidden)))
        if traits.notices and rng.random() < 0.06:
            pinned = board.notices()
            if pinned and rng.random() < 0.5:
                board.unpin(rng.choice(pinned).id)
            else:
                board.pin(rng.choice([post for post in board.posts() if post.parent is None]).id)
        if rng.random() < 0.005:
            board.renumber(rng.randint(1, 9))
        for post in board.posts():
            post.hits += rng.choice((0, 0, 0, 1, 4))
        if traits.comments and plain and rng.random() < 0.3:
            board.comment(rng.choice(board.ids()))


def _change_files(board: PaperBoard, post: FakePost, rng: Random) -> None:
    files = [index for index, item in enumerate(post.files) if item.look == "file" and not item.lost]
    if not files:
        board.attach(post.id, "붙임 자료.hwp")
    elif rng.random() < 0.5:
        board.swap_file(post.id, rng.choice(files))
    else:
        board.remove_file(post.id, rng.choice(files))
