"""Time that only waiting moves, and a site whose answers take virtual time and fail by dice."""

from __future__ import annotations

import itertools
import random
import threading
from datetime import UTC, datetime, timedelta

import httpx

START = datetime(2026, 11, 2, tzinfo=UTC)


class VirtualTime(threading.Event):
    """A clock that only waiting moves, and the Event that is waited on."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        assert timeout >= 0
        self.now += timeout
        return self.is_set()

    def monotonic(self) -> float:
        return self.now

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.now)


class VirtualSite(httpx.BaseTransport):
    """Answers by dice; every request takes some virtual time and is noted with its start and end."""

    def __init__(self, time: VirtualTime, dice: random.Random, robots: str = "") -> None:
        self.time, self.dice, self.robots = time, dice, robots
        self.spans: list[tuple[float, float]] = []
        self.not_before = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        start = self.time.now
        assert start >= self.not_before - 1e-6, "Retry-After was broken"
        self.time.now += self.dice.choice([0.0, 0.01, 0.5, 3.0])
        self.spans.append((start, self.time.now))
        if request.url.path == "/robots.txt":
            return httpx.Response(200, content=self.robots.encode("ascii"))
        match self.dice.randrange(8):
            case 0:
                raise httpx.ReadTimeout("late")
            case 1:
                return httpx.Response(302, headers={"Location": f"/{self.dice.random()}"})
            case 2:
                return httpx.Response(500)
            case 3:
                seconds = self.dice.randrange(0, 120)
                self.not_before = self.time.now + seconds
                return httpx.Response(429, headers={"Retry-After": str(seconds)})
            case 4:
                until = (self.time.clock() + timedelta(seconds=self.dice.randrange(1, 100))).replace(microsecond=0)
                self.not_before = (until - START).total_seconds()
                return httpx.Response(503, headers={"Retry-After": until.strftime("%a, %d %b %Y %H:%M:%S GMT")})
            case _:
                return httpx.Response(200, content=b"page")

    def gaps(self) -> list[float]:
        return [begin - end for (_, end), (begin, _) in itertools.pairwise(self.spans)]
