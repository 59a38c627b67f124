"""A fake newspaper's site: several boards, one robots.txt, sessions and a hook for faults.

answer() is the whole site as a function of a Visit; the server only carries it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from types import ModuleType

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.exchange import Answer, Route, Session, Visit
from scraper.fakeboard.skins import SKINS

NOT_FOUND = "<!doctype html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
MAINTENANCE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>서비스 점검중</title></head>
<body><h1>시스템 점검중입니다</h1>
<p>더 나은 서비스를 위하여 점검을 하고 있습니다. 잠시 후 다시 찾아 주십시오.</p></body></html>"""
LOGIN = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>로그인</title></head><body><h1>로그인</h1>
<p>회원만 볼 수 있습니다.</p><form method="post" action="/login"><input type="text" name="mb_id" placeholder="아이디">
<input type="password" name="mb_password" placeholder="비밀번호"><button>로그인</button></form></body></html>"""
BAN = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>차단 안내</title></head>
<body><p>접근 불가합니다.</p><p>비정상적인 접근이 감지되어 접속이 차단되었습니다.</p></body></html>"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong with one answer.

    ``kind``: reset | truncate | slow | maintenance | login | ban | status:CODE with ";header=value" behind it.
    ``seconds``: how long a slow answer takes.
    """

    kind: str
    seconds: float = 1.0


Faults = Callable[[str, str], Fault | None]


class FakeSite:
    """Boards that share a host. ``robots`` is (status, text); ``faults`` is asked about every request."""

    def __init__(
        self,
        boards: Sequence[FakeBoard],
        *,
        clock: FakeClock,
        name: str = "솔내바람신문",
        robots: tuple[int, str] = (404, NOT_FOUND),
        gzip: bool = True,
    ) -> None:
        self.boards = tuple(boards)
        self.clock = clock
        self.name = name
        self.robots = robots
        self.gzip = gzip
        self.faults: Faults | None = None
        self.lock = threading.RLock()
        self.rng = Random(f"site/{name}")
        self.one_off: dict[str, int] = {}
        self._sessions: dict[str, Session] = {}
        for board in self.boards:
            board.lock = self.lock

    def board(self, slug: str) -> FakeBoard | None:
        """The board of that name."""
        return next((board for board in self.boards if board.slug == slug), None)

    def skin(self, board: FakeBoard) -> ModuleType:
        """The module that draws the board."""
        return SKINS[board.skin]

    def path(self, board: FakeBoard) -> str:
        """Path and query of the board's list."""
        return str(self.skin(board).list_path(board))

    def session(self, session_id: str | None) -> Session:
        """The session of that id, or a new one."""
        with self.lock:
            known = self._sessions.get(session_id or "")
            if known is not None:
                known.is_new = False
                return known
            made = Session(self.rng.randbytes(13).hex())
            self._sessions[made.id] = made
            return made

    def route(self, visit: Visit) -> Route:
        """What the request is about; a path that nobody knows is a 404."""
        if visit.path == "/robots.txt":
            return Route("robots", self._robots)
        for skin_name in dict.fromkeys(board.skin for board in self.boards):
            found: Route | None = SKINS[skin_name].route(self, visit)
            if found is not None:
                return replace(found, target=visit.target)
        return Route("other", lambda: Answer(404, NOT_FOUND.encode()))

    def answer(self, route: Route) -> Answer:
        """Carry a request out: pages are drawn one at a time, so that each shows one state."""
        with self.lock:
            answer = route.reply()
            for board in self.boards if route.kind == "article" else ():
                answer = replace(answer, body=board.fill(answer.body, route.target))
            return answer

    def _robots(self) -> Answer:
        status, text = self.robots
        is_page = text.lstrip().startswith("<")
        return Answer(status, text.encode(), b"text/html; charset=utf-8" if is_page else b"text/plain; charset=utf-8")
