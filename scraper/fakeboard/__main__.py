"""python -m scraper.fakeboard SKIN [--port N] [--posts N]: serve one fake board on loopback until killed.

SKIN "strange:SEED" is a random one; what was drawn is printed on stderr.
"""

from __future__ import annotations

import argparse
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import cast

from scraper.fakeboard.board import FakeBoard, Inside
from scraper.fakeboard.clock import FakeClock
from scraper.fakeboard.furniture import furniture
from scraper.fakeboard.server import serve
from scraper.fakeboard.site import FakeSite
from scraper.fakeboard.skins import SKINS
from scraper.fakeboard.skins.strange import make_skin
from scraper.fakeboard.traits import SkinName


def main() -> None:
    """Print the board's address and serve it."""
    parser = argparse.ArgumentParser(prog="python -m scraper.fakeboard", description="a fake Korean board on loopback")
    parser.add_argument("skin", type=_skin, help=f"strange:SEED or one of {', '.join(sorted(SKINS))}")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--posts", type=int, default=None)
    parser.add_argument(
        "--furniture",
        action="store_true",
        help="put counters, dates, tokens, links into the bodies, new at each look",
    )
    asked = parser.parse_args()
    clock = FakeClock(datetime.now(UTC))
    board = _board(asked.skin, asked.posts, clock, furniture if asked.furniture else None)
    with serve(FakeSite([board], clock=clock), asked.port) as server, suppress(KeyboardInterrupt):
        print(server.url(board.slug), flush=True)  # noqa: T201 - a person's tool: the address is its output
        threading.Event().wait()


def _skin(text: str) -> str:
    """A skin's name; argparse makes a sentence of the ValueError."""
    name, mark, seed = text.partition(":")
    if name not in SKINS or (name == "strange") != (bool(mark) and seed.isdigit()):
        raise ValueError(text)
    return text


def _board(skin: str, posts: int | None, clock: FakeClock, inside: Inside | None) -> FakeBoard:
    name, _, seed = skin.partition(":")
    if name != "strange":
        return FakeBoard("opinion", cast(SkinName, name), 90 if posts is None else posts, clock=clock, inside=inside)
    made = make_skin(int(seed))
    print(made.face, file=sys.stderr)  # noqa: T201 - what was drawn
    return made.board(clock, posts)


if __name__ == "__main__":
    main()
