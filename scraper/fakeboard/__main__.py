"""python -m scraper.fakeboard SKIN [--port N] [--posts N]: serve one fake board on loopback until killed."""

from __future__ import annotations

import argparse
import threading
from contextlib import suppress
from datetime import UTC, datetime

from scraper.fakeboard.board import FakeBoard
from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.server import serve
from scraper.fakeboard.site import FakeSite
from scraper.fakeboard.skins import SKINS


def main() -> None:
    """Print the board's address and serve it."""
    parser = argparse.ArgumentParser(prog="python -m scraper.fakeboard", description="a fake Korean board on loopback")
    parser.add_argument("skin", choices=sorted(SKINS))
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--posts", type=int, default=90)
    asked = parser.parse_args()
    clock = FakeClock(datetime.now(UTC))
    board = FakeBoard("opinion", asked.skin, asked.posts, clock=clock)
    with serve(FakeSite([board], clock=clock), asked.port) as server, suppress(KeyboardInterrupt):
        print(server.url("opinion"), flush=True)  # noqa: T201 - a person's tool: the address is its output
        threading.Event().wait()


if __name__ == "__main__":
    main()
